import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fundtrail.errors import CanonicalError, SignatureError, StatementError
from fundtrail.network import Contract, Governors, Network
from fundtrail.signed_statements import (
    RecordedStatement,
    SignedStatement,
    recorded_from_line,
    recover,
)
from fundtrail.signers import KeySigner
from fundtrail.statements import STATEMENTS, Basis, Review, Statement, statement_from_message
from tests.fundtrail.vectors import load, unhex

VECTORS = load("statements.json")
CASES = VECTORS["cases"]
SIGNED_STRUCT = re.compile(r"^struct (\w+) \{[^}]*\bBasis basis;", re.MULTILINE)
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


def network() -> Network:
    return Network(
        name="vectors",
        chain_id=VECTORS["chain_id"],
        rpc_urls=("http://127.0.0.1:1",),
        first_block=0,
        confirmations=1,
        contracts={
            name: Contract(address=address, code_hash="0x" + "00" * 32)
            for name, address in VECTORS["contracts"].items()
        },
        governors=Governors(threshold=2, keys=(), agencies=()),
    )


def test_the_vectors_cover_every_act_and_no_other() -> None:
    assert {case["type"] for case in CASES} == set(STATEMENTS)


def test_every_struct_that_the_contracts_take_has_a_vector() -> None:
    sources = (Path(__file__).parents[2] / "contracts" / "src" / "types").glob("*.sol")
    structs = [
        name
        for source in sources
        for name in SIGNED_STRUCT.findall(source.read_text(encoding="utf-8"))
    ]

    assert sorted(structs) == sorted(case["type"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["type"])
def test_type_strings_and_digests_match_the_vectors(case: dict[str, Any]) -> None:
    statement = statement_from_message(case["type"], case["message"])

    assert statement.type_string() == case["type_string"]
    assert statement.contract == case["contract"]
    assert statement.message() == case["message"]
    assert statement.digest(network()) == unhex(case["digest"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["type"])
def test_a_message_with_a_field_too_few_too_many_or_of_another_form_is_refused(
    case: dict[str, Any],
) -> None:
    message = case["message"]
    first = next(iter(message))
    without = {name: value for name, value in message.items() if name != first}

    for wrong in (
        without,
        message | {"extra": "1"},
        message | {first: 1},
        message | {first: "0X" + "0" * 64},
        message | {first: None},
        message | {"basis": message["basis"] | {"deadline": "-1"}},
        message | {"basis": message["basis"] | {"document": "0x" + "00" * 32}},
    ):
        with pytest.raises(StatementError):
            statement_from_message(case["type"], wrong)


def test_an_unknown_act_is_refused() -> None:
    with pytest.raises(StatementError):
        statement_from_message("Mint", {})


def review() -> Review:
    basis = Basis(evidence=bytes(32), document=b"\1" * 32, signed_at=1, deadline=2)
    return Review(run="R-1", root=b"\2" * 32, total_fen=5, basis=basis)


def recorded() -> RecordedStatement:
    signature = KeySigner(b"\1" * 32).sign(review().digest(network()))
    signed = SignedStatement(statement=review(), signatures=(signature,))
    return RecordedStatement(signed=signed, transaction=b"\3" * 32, block=7)


def test_a_statement_that_is_out_of_range_cannot_be_made() -> None:
    for wrong in ({"total_fen": 2**128}, {"total_fen": True}, {"root": b""}, {"run": "a b"}):
        with pytest.raises(StatementError):
            replace(review(), **wrong)


def test_a_recorded_statement_is_read_back_with_its_signer() -> None:
    held = recorded_from_line(recorded().to_line())

    assert held == recorded()
    assert held.signed.signers(network()) == (KeySigner(b"\1" * 32).address,)


def test_every_changed_byte_of_a_kept_statement_is_noticed() -> None:
    line = recorded().to_line()
    for position in range(len(line)):
        changed = bytearray(line)
        changed[position] ^= 1
        try:
            held = recorded_from_line(bytes(changed))
            unchanged = (
                held.transaction == recorded().transaction
                and held.block == recorded().block
                and held.signed.signers(network()) == recorded().signed.signers(network())
            )
        except (StatementError, CanonicalError, SignatureError):
            unchanged = False
        assert not unchanged, f"byte {position} of {line!r}"


def test_a_malleated_signature_is_refused() -> None:
    digest = review().digest(network())
    signature = KeySigner(b"\1" * 32).sign(digest)
    high_s = ORDER - int.from_bytes(signature[32:64], "big")
    twin = signature[:32] + high_s.to_bytes(32, "big") + bytes([55 - signature[64]])

    with pytest.raises(SignatureError, match="malleated"):
        recover(digest, twin)
    for short in (signature[:64], signature[:64] + b"\0", bytes(65)):
        with pytest.raises(SignatureError):
            recover(digest, short)


@pytest.mark.parametrize("act", STATEMENTS.values(), ids=lambda act: act.type_name())
def test_the_normative_page_has_every_type_string_word_by_word(act: type[Statement]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
    own, basis = act.type_string().split("Basis(bytes32 evidence")

    assert f"\n{own}\n" in page
    assert f"\nBasis(bytes32 evidence{basis}\n" in page
