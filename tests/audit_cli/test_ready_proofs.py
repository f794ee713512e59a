"""A duplicate that the audit finds comes with its proof, and is played on the chain as it is."""

import json
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from audit_cli.cli import app
from audit_cli.ready_proof import ProofFileError, read_proof
from fundtrail.chain.anvil import Anvil, free_port
from fundtrail.chain.bindings import DisputeDesk, FundLedger
from fundtrail.chain.rpc import Rpc
from fundtrail.enums import ChallengeKind
from fundtrail.network import dump_network, load_network
from fundtrail.signers import write_keystore
from fundtrail.sum_tree import TreeKind
from tests.audit_cli.contested import TWICE, _After
from tests.audit_cli.test_altered_amount import change_amounts
from tests.scenario import START
from tests.scenario.cast import STREETS, secret
from tests.scenario.chain import Chain
from tests.scenario.contests import RUNS
from tests.scenario.month import _Month

FIRST = RUNS[STREETS[1]]


class Twice(_After):
    """A second run pays somebody whom the first has paid; nobody has proven it."""

    def live(self) -> dict[str, int]:
        self._seat()
        self._make_run(STREETS[1], TWICE, [0], attempt=0, reissue_of="")
        self._chain.time += 60
        return {}

    def payment_id(self) -> bytes:
        return self._tree(TreeKind.RUN, TWICE).lines[0].payment_id


class City:
    """A folder with the network file and the evidence, and the node that holds the chain."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder, self.evidence = folder, folder / "evidence"
        self.evidence.mkdir(parents=True)
        self.rpc = Rpc(url)
        month = _Month(Chain(self.rpc, self.evidence), self.evidence)
        month.live()
        twice = Twice(month, self.evidence)
        twice.live()
        self.payment = twice.payment_id()
        self.network = month.chain.network
        for path in (self.anchor, self.evidence / "network.toml"):
            path.write_text(dump_network(self.network), encoding="utf-8")

    @property
    def anchor(self) -> Path:
        return self.folder / "network.toml"

    @property
    def key(self) -> Path:
        """A key that nobody has seated anywhere."""
        path = self.folder / "anybody.json"
        if not path.exists():
            write_keystore(path, secret("anybody"), "pw", iterations=1)
        return path

    def verify(self, proofs: Path, evidence: Path | None = None) -> dict[str, Any]:
        """The finding F02 of an audit."""
        result = ask(
            "verify", "--network", self.anchor, "--evidence", evidence or self.evidence,
            "--format", "json", "--proofs", proofs,
        )  # fmt: skip
        findings = json.loads(result.stdout)["findings"]
        [found] = [finding for finding in findings if finding["rule"] == "F02"]
        assert found["subject"] == f"payment:{self.payment.hex()}"
        return dict(found)


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(
        app, [str(item) for item in arguments], env={"FUNDTRAIL_AUDIT_PASSPHRASE": "pw"}
    )


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with Anvil(timestamp=START) as anvil:
        city = City(anvil.url, tmp_path_factory.mktemp("twice") / "city")
        yield city
        city.rpc.close()


@pytest.fixture(scope="module")
def proof(city: City, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that an audit writes."""
    folder = tmp_path_factory.mktemp("proofs")
    return folder / str(city.verify(folder)["evidence"]["proof"])


@pytest.fixture(autouse=True)
def _as_it_was(city: City) -> Iterator[None]:
    snapshot = city.rpc.call("evm_snapshot")
    yield
    city.rpc.call("evm_revert", snapshot)


def test_the_finding_is_played_on_the_chain_as_it_is(city: City, tmp_path: Path) -> None:
    finding = city.verify(tmp_path / "proofs")
    command = shlex.split(finding["evidence"]["command"])
    name = finding["evidence"]["proof"]
    assert name == f"F02-{city.payment.hex()[:16]}-1.json"
    assert command[:3] == ["fundtrail-audit", "challenge", str(tmp_path / "proofs" / name)]
    assert command[3:] == ["--network", str(city.anchor)]

    asked = ask(*command[1:])
    assert asked.exit_code == 0
    assert "合约认可,尚未提交" in asked.stdout
    assert FundLedger(city.network, city.rpc).run(TWICE).challenges == 0

    played = ask(*command[1:], "--key", city.key, "--format", "json")
    assert played.exit_code == 0, played.stderr
    [said] = json.loads(played.stdout)["challenges"]
    assert (said["holds"], said["runs"]) == (True, sorted([FIRST, TWICE]))
    proven = DisputeDesk(city.network, city.rpc).challenge(bytes.fromhex(said["challenge"]))
    assert (proven.kind, proven.payment_id) == (ChallengeKind.DUPLICATE, city.payment)
    assert FundLedger(city.network, city.rpc).run(TWICE).challenges == 1

    again = ask(*command[1:], "--key", city.key)
    assert again.exit_code == 0
    assert "此前已举证 already" in again.stdout
    known = city.verify(tmp_path / "again")
    assert known["evidence"]["challenge"] == said["challenge"]
    assert "command" not in known["evidence"]
    assert list((tmp_path / "again").iterdir()) == []


def test_the_report_shows_the_command_and_no_proof_is_made_unasked(
    city: City, tmp_path: Path
) -> None:
    where = ("--network", city.anchor, "--evidence", city.evidence)
    shown = ask("verify", *where, "--proofs", tmp_path / "proofs").stdout
    assert "上链举证 prove it on the chain: fundtrail-audit challenge" in shown
    unasked = ask("verify", *where).stdout
    assert "F02" in unasked
    assert "fundtrail-audit challenge" not in unasked


def test_no_proof_is_made_from_lines_that_are_not_those_of_the_chain(
    city: City, tmp_path: Path
) -> None:
    copy = tmp_path / "evidence"
    shutil.copytree(city.evidence, copy)
    change_amounts(copy / "runs" / TWICE / "lines.parquet", {1: 1})

    assert "command" not in city.verify(tmp_path / "proofs", copy)["evidence"]


def test_a_forged_proof_is_refused_in_words_and_the_others_are_handed_in(
    city: City, proof: Path, tmp_path: Path
) -> None:
    held = read_proof(proof, city.network)
    other = replace(held.line.line, record_digest=bytes(32))
    forged = replace(held, line=replace(held.line, line=other))
    bent = tmp_path / "bent.json"
    bent.write_bytes(forged.to_bytes(city.network))

    result = ask("challenge", bent, proof, "--network", city.anchor, "--key", city.key)

    assert result.exit_code == 1
    assert [line[0] for line in result.stdout.splitlines() if line[0] in "✓✗"] == ["✗", "✓"]
    assert "已上链举证" in result.stdout
    assert FundLedger(city.network, city.rpc).run(TWICE).challenges == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 2),
        ("network", "elsewhere"),
        ("chain_id", 1),
        ("challenge", "order"),
        ("to", "0x" + "11" * 20),
        ("run", "not a code"),
        ("calldata", "0x00"),
        ("payment_id", "77"),
        ("twin", {}),
    ],
)
def test_a_file_that_contradicts_itself_or_the_network_is_not_handed_in(
    city: City, proof: Path, tmp_path: Path, field: str, value: object
) -> None:
    file = tmp_path / proof.name
    file.write_text(json.dumps({**json.loads(proof.read_text()), field: value}))

    result = ask("challenge", file, "--network", city.anchor, "--key", city.key)

    assert result.exit_code == 2
    assert f"{file.name}: 不是可用的举证文件" in result.stderr
    with pytest.raises(ProofFileError):
        read_proof(file, load_network(city.anchor))


def test_without_a_node_or_with_a_key_that_is_none_nothing_is_handed_in(
    city: City, proof: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "key.json"
    broken.write_text("{}")
    dead = f"http://127.0.0.1:{free_port()}"

    no_key = ask("challenge", proof, "--network", city.anchor, "--key", broken)
    no_node = ask("challenge", proof, "--network", city.anchor, "--rpc", dead)

    assert (no_key.exit_code, no_node.exit_code) == (2, 3)
    assert "节点没有应答" in no_node.stderr
    assert FundLedger(city.network, city.rpc).run(TWICE).challenges == 0
