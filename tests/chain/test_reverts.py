"""Every refusal in words: complete against the ABIs, and readable by a clerk."""

import re
from typing import Any

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from fundtrail.chain.artifacts import CONTRACTS, artifact, canonical_type, signature
from fundtrail.chain.refusal_words import WORDS
from fundtrail.chain.reverts import errors_by_selector, explain
from fundtrail.enums import Stage
from fundtrail.ids import code_to_bytes32

ERRORS = {e["name"]: e for name in CONTRACTS for e in artifact(name).entries("error")}
BUILT_IN = {"Error", "Panic", "Unknown"}


def revert(name: str, *values: Any) -> bytes:
    entry = next(e for e in errors_by_selector().values() if e["name"] == name)
    types = [canonical_type(param) for param in entry["inputs"]]
    return keccak(text=signature(entry))[:4] + encode(types, values)


def test_every_error_of_every_abi_has_its_words_and_no_words_are_left_over() -> None:
    assert set(WORDS) == set(ERRORS) | BUILT_IN


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_the_words_use_arguments_that_the_error_has(name: str) -> None:
    arguments = {
        re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", param["name"]).lower()
        for param in ERRORS[name]["inputs"]
    }
    for sentence in WORDS[name]:
        assert set(re.findall(r"{(\w+)}", sentence)) <= arguments


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_the_chinese_sentence_is_chinese_and_the_english_is_not(name: str) -> None:
    zh, en = WORDS[name]
    assert re.search(r"[\u4e00-\u9fff]", zh)
    assert not re.search(r"[\u4e00-\u9fff]", en)
    assert zh.endswith("。")
    assert en.endswith(".")


def test_an_overspend_is_told_in_yuan_with_the_funds_code() -> None:
    data = revert("FundLedger_Overspend", code_to_bytes32("glbt-qu"), 100_000_001, 100_000_000)

    refusal = explain(data)

    assert refusal.name == "FundLedger_Overspend"
    assert refusal.args == {
        "fund": "glbt-qu",
        "requestedFen": "100000001",
        "availableFen": "100000000",
    }
    assert refusal.zh == "资金 glbt-qu 可用 1,000,000.00 元,申请 1,000,000.01 元,超支,已拒绝。"
    assert "CNY 1,000,000.00 available, CNY 1,000,000.01 was asked" in refusal.en


def test_stages_and_times_and_roles_are_told_in_words() -> None:
    run = code_to_bytes32("R-1")

    stage = explain(revert("FundLedger_WrongStage", run, Stage.REVIEWED, Stage.PREPARED))
    notice = explain(revert("FundLedger_NoticeOpen", run, 1_760_000_000))
    role = explain(revert("Authority_RoleMissing", "0x" + "11" * 20, 16, 6))

    assert stage.zh == "批次 R-1 应处于“已复核”,实为“已编制”。"
    assert "2025-10-09 16:53:20 UTC+8" in notice.zh
    assert "需要 国库支付,现有 编制、复核" in role.zh
    assert "expected treasury, has prepare, review" in role.en


def test_a_term_without_end_does_not_break_the_sentence() -> None:
    refusal = explain(revert("Authority_NotYetValid", "0x" + "11" * 20, 2**64 - 1))

    assert str(2**64 - 1) in refusal.zh


def test_a_malformed_code_is_shown_in_hex() -> None:
    assert "0x" + "ff" * 32 in explain(revert("Codes_Malformed", b"\xff" * 32)).zh


def test_panics_and_plain_reverts_are_explained() -> None:
    assert "17" in explain(revert("Panic", 0x11)).zh
    assert "no more gas" in explain(revert("Error", "no more gas")).en


@given(st.binary(max_size=200))
def test_explaining_never_fails(data: bytes) -> None:
    assert explain(data).zh


@pytest.mark.parametrize("name", sorted(ERRORS))
@given(tail=st.binary(max_size=200))
def test_explaining_damaged_arguments_never_fails(name: str, tail: bytes) -> None:
    assert explain(keccak(text=signature(ERRORS[name]))[:4] + tail).en
