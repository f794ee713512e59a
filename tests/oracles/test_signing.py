"""Before an officer signs: what the statement says, in words, and on which network."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from fundtrail.chain.errors import CodeMismatch, WrongChain
from fundtrail.network import Contract
from fundtrail.statements import Allot, SeatOfficer
from oracles.draft import read_draft
from oracles.errors import DraftError
from oracles.oracle import Oracle
from tests.oracles.department_files import elders, write_roster
from tests.oracles.town import CIVIL, DOCUMENT, FINANCE, PASSPHRASE, Town, signer

ALLOT = {
    "id": "A-9", "fund": "OAA-2027", "programme": "OAA", "year": "2027", "agency": FINANCE,
    "amount_fen": "123_456_789",
}  # fmt: skip


@pytest.fixture
def oracle(town: Town, tmp_path: Path) -> Iterator[Oracle]:
    feed = f"s-{sha256(tmp_path.name.encode()).hexdigest()[:12]}"
    sources = {"roster": "shipped:roster"}
    folder = town.make_oracle(tmp_path / "oracle", CIVIL, feed, sources, tmp_path / "evidence")
    with town.open(folder) as oracle:
        yield oracle


def test_money_is_read_in_yuan_and_the_document_by_its_number(oracle: Oracle) -> None:
    draft = oracle.prepare.statement("Allot", ALLOT, document=DOCUMENT)
    words = dict(oracle.words(draft))
    assert words["声明 statement"] == "下达指标 allot an appropriation"
    assert words["金额 amount"] == "1,234,567.89 元"
    assert words["文号 document"] == DOCUMENT
    assert words["依据 rests on"] == "仅文号 document only"
    assert words["有效至 holds until"].endswith("(UTC+8)")


def test_what_a_run_rests_on_is_read_from_the_evidence(oracle: Oracle, tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "r.xlsx", [p.roster_row() for p in elders(3)])
    told = {"run": f"W-{oracle.settings.feed}", "region": "190102001", "period": "2026-10"}
    oracle.ingest("roster", roster, **told)
    draft = oracle.prepare.run(told["run"], fund="F", document=DOCUMENT)
    rests = dict(oracle.words(draft))["依据 rests on"]
    assert f"发放批次 run {told['run']}, 3 笔 lines, 450.00 元" in rests

    data = json.loads(draft.path.read_text(encoding="utf-8"))
    data["cites"]["position"] = 0
    draft.path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(DraftError, match="第 0 条"):
        oracle.words(read_draft(draft.path))


def test_roles_kinds_and_terms_are_read_in_words(oracle: Oracle) -> None:
    seat = {
        "key": signer("clerk").address, "agency": "1901-GK", "person": "7",
        "roles": "TREASURY", "valid_from": "2026-01-01", "valid_until": "2027-01-01T00:00:00Z",
    }  # fmt: skip
    draft = oracle.prepare.statement("SeatOfficer", seat, document=DOCUMENT)
    words = dict(oracle.words(draft))
    assert words["职责 roles"] == "国库支付 treasury"
    assert words["任期自 valid from"] == "2026-01-01 00:00 (UTC+8)"
    statement = draft.statement
    assert isinstance(statement, SeatOfficer)
    assert statement.valid_until == 1_798_761_600


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({**ALLOT, "amount_fen": "12.5"}, "amount_fen"),
        ({**ALLOT, "amount": "1"}, "amount"),
        ({name: text for name, text in ALLOT.items() if name != "fund"}, "fund"),
        ({**ALLOT, "year": "二〇二七"}, "year"),
    ],
)
def test_a_field_that_is_none_is_named(oracle: Oracle, given: dict[str, str], field: str) -> None:
    with pytest.raises(DraftError, match=field):
        oracle.prepare.statement("Allot", given, document=DOCUMENT)


def test_a_statement_is_dated_when_it_is_signed(oracle: Oracle, town: Town) -> None:
    draft = oracle.prepare.statement("Allot", ALLOT, document=DOCUMENT)
    town.pass_time(3_600)
    signed = oracle.sign(draft, signer("budget"))
    assert isinstance(signed.statement, Allot)
    assert isinstance(draft.statement, Allot)
    assert signed.statement.basis.signed_at >= draft.statement.basis.signed_at + 3_600
    assert read_draft(draft.path) == signed


def test_governors_sign_one_after_the_other_in_the_order_the_contract_wants(
    oracle: Oracle,
) -> None:
    draft = oracle.prepare.statement(
        "RevokeOfficer", {"key": signer("nobody").address, "reason": "调离"}, document=DOCUMENT
    )
    names = [f"governor {agency}" for agency in ("1901-CZJ", "1901-SJ", "1901-JC")]
    for name in names:
        draft = oracle.sign(draft, signer(name))
    again = oracle.sign(draft, signer(names[0]))
    assert again == draft
    addresses = [signer(name).address for name in names]
    assert list(draft.signed().signers(oracle.network)) == sorted(addresses)
    assert dict(oracle.words(draft))["理由 reason"] == "调离"


def test_an_officer_s_statement_takes_one_signature(oracle: Oracle) -> None:
    draft = oracle.sign(
        oracle.prepare.statement("Allot", ALLOT, document=DOCUMENT), signer("budget")
    )
    with pytest.raises(DraftError, match="已有签名"):
        oracle.sign(draft, signer("clerk"))


def test_a_statement_whose_time_is_over_is_not_signed_on(oracle: Oracle) -> None:
    draft = oracle.prepare.statement(
        "RevokeOfficer", {"key": signer("nobody").address, "reason": "调离"}, document=DOCUMENT
    )
    draft = oracle.sign(draft, signer("governor 1901-SJ"))
    oracle.close()
    folder = oracle.settings.folder
    with (
        Oracle.open(folder, passphrase=PASSPHRASE, clock=lambda: 2**32) as late,
        pytest.raises(DraftError, match="失效"),
    ):
        late.sign(draft, signer("governor 1901-JC"))


def test_a_text_that_is_not_what_the_digest_says_is_refused(oracle: Oracle) -> None:
    draft = oracle.prepare.statement("Allot", ALLOT, document=DOCUMENT)
    text = draft.path.read_text(encoding="utf-8")
    draft.path.write_text(text.replace(DOCUMENT, "云民发〔2026〕11号"), encoding="utf-8")
    with pytest.raises(DraftError, match=r"texts\.document"):
        read_draft(draft.path)


@pytest.mark.parametrize("data", ["", "[]", '{"version": 1}', '{"version": 2}'])
def test_what_is_no_statement_file_is_refused_by_its_name(tmp_path: Path, data: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(data, encoding="utf-8")
    with pytest.raises(DraftError, match=r"^x\.json"):
        read_draft(path)


def test_another_statement_of_the_same_name_is_not_taken_for_it(oracle: Oracle) -> None:
    first = oracle.prepare.statement("Allot", ALLOT, document=DOCUMENT)
    assert oracle.prepare.statement("Allot", ALLOT, document=DOCUMENT) == first
    with pytest.raises(DraftError, match="amount_fen"):
        oracle.prepare.statement("Allot", {**ALLOT, "amount_fen": "1"}, document=DOCUMENT)
    changed = oracle.prepare.statement(
        "Allot", {**ALLOT, "amount_fen": "1"}, document=DOCUMENT, again=True
    )
    assert changed.path == first.path


def test_nothing_is_signed_where_the_node_holds_other_code(town: Town, oracle: Oracle) -> None:
    draft = oracle.prepare.statement("Allot", ALLOT, document=DOCUMENT)
    held = town.network.contracts["FundLedger"]
    other = Contract(address=held.address, code_hash="0x" + "00" * 32)
    forged = replace(town.network, contracts={**town.network.contracts, "FundLedger": other})
    _refuses(oracle, forged, CodeMismatch)
    _refuses(oracle, replace(town.network, chain_id=1), WrongChain)
    assert read_draft(draft.path).signatures == ()


def _refuses(oracle: Oracle, network: object, error: type[Exception]) -> None:
    oracle.close()
    folder = oracle.settings.folder
    with Oracle.open(folder, passphrase=PASSPHRASE, network=network) as other:  # type: ignore[arg-type]
        path = next(other.outbox.glob("Allot*.json"))
        with pytest.raises(error):
            other.sign(read_draft(path), signer("budget"))
