import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrail.canonical import canonical
from fundtrail.errors import CodeError, FormatError
from fundtrail.ids import (
    code,
    code_from_bytes32,
    code_to_bytes32,
    duty_id,
    payee_ref,
    payment_id,
    period,
    text_digest,
)
from fundtrail.records import commitment, record_digest
from tests.fundtrail.vectors import load, unhex

VECTORS = load("payment_id.json")
CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}", fullmatch=True)


@given(CODES)
def test_a_code_survives_the_chain(text: str) -> None:
    assert code_from_bytes32(code_to_bytes32(text)) == text


@pytest.mark.parametrize("text", ["", "-a", "a b", "街道", "a" * 32, "a\n", "a/b"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(CodeError):
        code(text)


@pytest.mark.parametrize("word", [b"a\0b".ljust(32, b"\0"), b"\xff" * 32, b"a", b"\0a" + bytes(30)])
def test_a_word_that_holds_no_code_is_refused(word: bytes) -> None:
    with pytest.raises(CodeError):
        code_from_bytes32(word)


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "26-01", "2026-10 "])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(CodeError):
        period(text)


def test_duties_and_payment_ids_match_the_vectors() -> None:
    duty = duty_id(
        unhex(VECTORS["programme_key"]),
        programme="OAA",
        element="base",
        period="2026-10",
        payee="cn-id:190102194801011234",
    )

    assert duty == unhex(VECTORS["duty_id"])
    for case in VECTORS["payment_ids"]:
        assert payment_id(duty, case["attempt"]) == unhex(case["payment_id"])


def test_references_commitments_and_record_digests_match_the_vectors() -> None:
    reference = payee_ref(unhex(VECTORS["linkage_key"]), "cn-id:190102194801011234")
    assert reference == unhex(VECTORS["payee_ref"])

    case = VECTORS["commitment"]
    value = {"name": "张三", "id_number": "190102194801011234"}
    assert canonical(value).decode() == case["value"]
    assert commitment(unhex(case["salt"]), value) == unhex(case["commitment"])

    record = VECTORS["record"]
    assert record_digest(record["canonical"].encode()) == unhex(record["digest"])


def test_keys_and_attempts_of_another_width_are_refused() -> None:
    with pytest.raises(FormatError):
        duty_id(b"short", programme="OAA", element="base", period="2026-10", payee="cn-id:1")
    with pytest.raises(FormatError):
        payee_ref(b"short", "cn-id:1")
    with pytest.raises(FormatError):
        payment_id(bytes(32), 2**32)
    with pytest.raises(FormatError):
        text_digest("  ")
