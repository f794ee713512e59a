"""Every act in words, before it is signed."""

import dataclasses
import re
from typing import Any

import pytest

from fundtrail.ids import code_to_bytes32
from fundtrail.statements import (
    STATEMENTS,
    Basis,
    CloseChallenge,
    Hold,
    NameContract,
    OrderRecovery,
    Statement,
)
from oracles.draft import draft_name
from oracles.statement_words import TITLES, describe, subject_of

BASIS = Basis(evidence=bytes(32), document=b"\1" * 32, signed_at=1, deadline=2)
VALUES: dict[str, Any] = {
    "code": "X-1",
    "bytes32": b"\2" * 32,
    "address": "0x" + "33" * 20,
    "string": "云州市审计局",
    "Basis": BASIS,
}


def value_of(kind: str) -> Any:
    if kind.endswith("[]"):
        return (value_of(kind[:-2]),)
    return VALUES.get(kind, 2)


def sample(act: type[Statement]) -> Statement:
    return act(**{f.name: value_of(f.metadata["abi"]) for f in dataclasses.fields(act)})


def test_every_act_has_a_title_and_no_title_is_left_over() -> None:
    assert set(TITLES) == set(STATEMENTS)


@pytest.mark.parametrize("act", STATEMENTS.values(), ids=STATEMENTS)
def test_every_field_is_named_in_both_languages(act: type[Statement]) -> None:
    rows = describe(sample(act), {})

    assert len(rows) == len(dataclasses.fields(act)) + 4
    for name, value in rows:
        assert re.search(r"[\u4e00-\u9fff].* [a-z]", name)
        assert value
    assert subject_of(sample(act))


def test_a_hold_without_end_says_so() -> None:
    rows = dict(describe(Hold(run="R-1", until=0, reason=b"\3" * 32, basis=BASIS), {}))

    assert rows["暂扣至 until"] == "另行解除 until it is lifted"


@pytest.mark.parametrize(
    ("act", "changed"),
    [
        (NameContract, {"name": "FundLedger"}),
        (CloseChallenge, {"challenge": b"\4" * 32}),
        (OrderRecovery, {"receivable": "V-2"}),
    ],
)
def test_what_statements_are_about_tells_their_files_apart(
    act: type[Statement], changed: dict[str, Any]
) -> None:
    one = sample(act)
    other = dataclasses.replace(one, **changed)

    assert draft_name(one, subject_of(one)) != draft_name(other, subject_of(other))


def test_a_recovery_names_its_dispute_by_its_code_and_a_fraud_by_its_id() -> None:
    of_dispute = dataclasses.replace(sample(OrderRecovery), cause=code_to_bytes32("D-1"))
    of_fraud = dataclasses.replace(sample(OrderRecovery), cause=b"\5" * 32)

    assert dict(describe(of_dispute, {}))["缘由 cause"] == "争议 dispute D-1"
    assert dict(describe(of_fraud, {}))["缘由 cause"] == f"质疑 challenge {'05' * 32}"
