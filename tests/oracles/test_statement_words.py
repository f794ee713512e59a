"""Every act in words, before it is signed."""

import dataclasses
import re
from typing import Any

import pytest

from fundtrail.statements import STATEMENTS, Basis, Hold, Statement
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
