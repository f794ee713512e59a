"""Generated modules are what the artifacts say, and the tables agree with Solidity."""

import re
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fundtrail.chain.artifacts import CONTRACTS, artifact, signature
from fundtrail.chain.backend import require_coincurve
from fundtrail.chain.bindings import FUNCTIONS
from fundtrail.chain.errors import ArtifactError, BackendError
from fundtrail.chain.generate import bindings
from fundtrail.chain.generate.__main__ import main
from fundtrail.chain.generate.params import FOREIGN
from fundtrail.enums import (
    AgencyKind,
    ChallengeKind,
    DisputeStage,
    Outcome,
    PayeeKind,
    RecoveryStage,
    Role,
    Stage,
)
from fundtrail.ids import code_to_bytes32

TYPES = Path(__file__).resolve().parents[2] / "contracts" / "src" / "types"
SOURCES = "\n".join(file.read_text() for file in sorted(TYPES.glob("*.sol")))


def test_the_bindings_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_every_function_of_every_abi_is_bound_under_its_own_selector() -> None:
    ours = {
        signature(entry)
        for name in CONTRACTS
        for entry in artifact(name).entries("function")
        if entry["name"] not in FOREIGN
    }
    bound = {f"{f.name}({','.join(f.inputs)})" for f in FUNCTIONS.values()}
    assert bound == ours


@pytest.mark.parametrize(
    "kind", [AgencyKind, PayeeKind, Stage, DisputeStage, Outcome, RecoveryStage, ChallengeKind]
)
def test_enumerations_have_the_members_of_the_contracts(kind: type) -> None:
    body = re.search(rf"enum {kind.__name__} {{([^}}]*)}}", SOURCES)

    assert body is not None
    assert re.findall(r"\w+", body.group(1)) == [member.name for member in kind]  # type: ignore[attr-defined]
    assert all(member.zh and member.en for member in kind)  # type: ignore[attr-defined]


def test_roles_have_the_bits_of_the_contracts() -> None:
    bits = dict(re.findall(r"uint32 internal constant (\w+) = (\d+);", SOURCES))
    all_bits = int(bits.pop("ALL"))

    assert {name: int(bit) for name, bit in bits.items()} == {r.name: int(r) for r in Role}
    assert all_bits == sum(Role)
    assert Role(6).zh == "编制、复核"


def test_runtime_code_is_recognised_whatever_its_immutables() -> None:
    ledger = artifact("FundLedger")
    start, _ = ledger.immutables[0]
    filled, changed = bytearray(ledger.runtime_code), bytearray(ledger.runtime_code)
    filled[start + 31] = 7
    changed[start - 1] ^= 1

    assert ledger.runs_as(bytes(filled))
    assert not ledger.runs_as(bytes(changed))
    assert not ledger.runs_as(ledger.runtime_code + b"\0")
    assert not ledger.runs_as(b"")


def test_an_artifact_that_is_not_there_is_named() -> None:
    with pytest.raises(ArtifactError, match=r"Nowhere\.json: no such artifact"):
        artifact("Nowhere")


def test_a_slow_signing_backend_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    require_coincurve()

    monkeypatch.setenv("ECC_BACKEND_CLASS", "eth_keys.backends.NativeECCBackend")
    with pytest.raises(BackendError, match="got NativeECCBackend"):
        require_coincurve()


PROOF = {
    "name": "proof",
    "type": "tuple",
    "internalType": "struct Inclusion",
    "components": [
        {"name": "run", "type": "bytes32", "internalType": "RunId"},
        {"name": "pathSums", "type": "uint128[]", "internalType": "uint128[]"},
    ],
}
CHALLENGE = {
    "type": "function",
    "name": "challenge",
    "stateMutability": "nonpayable",
    "inputs": [PROOF, {**PROOF, "name": "others", "type": "tuple[]"}],
    "outputs": [],
}


def test_a_struct_that_is_no_statement_becomes_a_dataclass_that_encodes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    abi = (*artifact("FundLedger").abi, CHALLENGE)
    ledger = replace(artifact("FundLedger"), abi=abi)
    monkeypatch.setattr(
        bindings, "artifact", lambda name: ledger if name == "FundLedger" else artifact(name)
    )
    made: dict[str, Any] = {"__name__": "made"}
    monkeypatch.setitem(sys.modules, "made", ModuleType("made"))

    exec(bindings.source(), made)  # noqa: S102  # it is our own

    proof = made["Inclusion"](run="R-1", path_sums=(1, 2))
    calldata = made["FundLedger"].challenge(proof, [proof, proof])
    expected = (code_to_bytes32("R-1"), (1, 2))
    assert made["FUNCTIONS"][calldata[:4]].values(calldata) == (expected, (expected, expected))
