"""One small month on a chain of its own, and copies of its evidence to be spoiled."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from audit_cli.case import Request
from audit_cli.findings import Finding
from audit_cli.openings_keys import OpeningKeys
from audit_cli.report import Report
from audit_cli.verification import verify
from fundtrail.chain.anvil import Anvil
from fundtrail.chain.rpc import Rpc
from tests.scenario import START, Scenario, build_scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiled:
    """A copy of the month's evidence that a test may change."""

    month: Scenario
    evidence: Path

    def flip(self, path: str, offset: int) -> None:
        """Flip one bit of the byte at `offset`."""
        file = self.evidence / path
        data = bytearray(file.read_bytes())
        data[offset] ^= 1
        file.write_bytes(data)

    def audit(self, **asked: object) -> Report:
        """Audit the copy."""
        return audit(self.month, self.evidence, **asked)


@pytest.fixture(scope="session")
def node() -> Iterator[Anvil]:
    """The month's own node."""
    with Anvil(timestamp=START) as anvil:
        yield anvil


@pytest.fixture(scope="session")
def month(node: Anvil, tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The month as it happened. Tests copy it before they change a byte."""
    return build_scenario(node.url, tmp_path_factory.mktemp("month"))


@pytest.fixture
def spoiled(month: Scenario, tmp_path: Path) -> Spoiled:
    """A copy of the evidence."""
    shutil.copytree(month.evidence, tmp_path / "evidence")
    return Spoiled(month=month, evidence=tmp_path / "evidence")


@pytest.fixture
def rpc(node: Anvil, month: Scenario) -> Iterator[Rpc]:
    """The node, put back afterwards as it was: a test may bend the chain itself."""
    with Rpc(node.url) as rpc:
        snapshot = rpc.call("evm_snapshot")
        yield rpc
        rpc.call("evm_revert", snapshot)


def audit(
    month: Scenario,
    evidence: Path,
    *,
    network_file: Path | None = None,
    as_of: date | None = None,
    keys: OpeningKeys | None = None,
    rpc_urls: tuple[str, ...] = (),
) -> Report:
    """The report on `evidence`."""
    return verify(
        Request(
            network_file=network_file or month.network_path,
            evidence=evidence,
            as_of=as_of,
            keys=keys,
            rpc_urls=rpc_urls,
        )
    )


def named(report: Report, path: str, rule: str = "") -> list[Finding]:
    """The findings that name `path`, of one rule or of all."""
    return [
        finding
        for finding in report.findings
        if finding.evidence.get("file") == path and rule in ("", finding.rule)
    ]
