"""What an audit was asked, and what it read: the steps take a `Case` and answer with findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from audit_cli.chain_view import ChainView
from audit_cli.feeds import FeedView
from audit_cli.findings import Finding
from audit_cli.held_statements import HeldStatements
from audit_cli.line_files import LineOutcome
from audit_cli.named_files import FoundFile, NamedFile
from audit_cli.openings_keys import OpeningKeys
from audit_cli.replay.replay import Replayed
from audit_cli.steps import STEPS, StepResult
from fundtrail.chain.rpc import Rpc
from fundtrail.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the auditor asked for. `rpc_urls` empty: those of the network file.

    `proofs` is the folder that the proofs of frauds are to lie in; None where none are wanted.
    """

    network_file: Path
    evidence: Path
    rpc_urls: tuple[str, ...] = ()
    as_of: date | None = None
    keys: OpeningKeys | None = None
    proofs: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything the steps look at. `chain`, `replayed`, `rpc` are None where no node answered."""

    request: Request
    network: Network
    network_bytes: bytes
    as_of: date
    rpc: Rpc | None
    chain: ChainView | None
    replayed: Replayed | None
    reading: tuple[Finding, ...]
    held: HeldStatements
    feeds: Mapping[str, FeedView]
    named: tuple[NamedFile, ...]
    present: frozenset[str]
    found: Mapping[str, FoundFile]
    outcomes: Mapping[str, LineOutcome]

    @property
    def evidence(self) -> Path:
        """The evidence folder."""
        return self.request.evidence

    def read_findings(self, step: int) -> list[Finding]:
        """What reading chain, feeds and statements found for `step`."""
        views = [finding for feed in self.feeds.values() for finding in feed.findings]
        everything = [*self.reading, *views, *self.held.findings]
        return [finding for finding in everything if finding.step == step]


def result(number: int, checked: int, findings: Iterable[Finding]) -> StepResult:
    """The result of step `number`."""
    return StepResult(step=STEPS[number], checked=checked, findings=tuple(findings))
