import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from fundtrail.canonical import canonical, parse_canonical
from fundtrail.errors import CanonicalError
from tests.fundtrail.vectors import load

VECTORS = load("canonical.json")
INTS = st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
VALUES = st.recursive(
    st.text() | INTS | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("case", VECTORS["accepted"], ids=lambda case: case["name"])
def test_published_vectors_come_out_byte_for_byte(case: dict[str, Any]) -> None:
    expected = case["canonical"].encode()

    assert canonical(json.loads(case["input"])) == expected
    assert parse_canonical(expected) == json.loads(case["input"])


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: case["name"])
def test_what_the_format_does_not_know_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(CanonicalError):
        parse_canonical(case["input"].encode())


@given(VALUES)
def test_the_fast_encoder_writes_what_the_reference_encoder_writes(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_reading_gives_back_what_was_written(value: Any) -> None:
    assert parse_canonical(canonical(value)) == value


def test_a_duplicate_key_is_named() -> None:
    with pytest.raises(CanonicalError, match="'a' twice"):
        parse_canonical(b'{"a":1,"a":1}')


@pytest.mark.parametrize("value", [None, 1.0, b"bytes", {1: "key"}, {"a": {"b": 2**53}}])
def test_foreign_python_values_are_refused_with_their_place(value: Any) -> None:
    with pytest.raises(CanonicalError, match=r"^\$"):
        canonical(value)
