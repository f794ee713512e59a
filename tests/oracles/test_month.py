"""One month through the oracles: from the files of four departments to a run that is paid again."""

from pathlib import Path

import pytest

from fundtrail.chain.bindings import FundLedger
from fundtrail.chain.errors import ContractRefused
from fundtrail.enums import Stage
from fundtrail.evidence import lines_path, read_lines, read_statements
from fundtrail.records import record_from_bytes
from fundtrail.signed_statements import RecordedStatement
from fundtrail.sum_tree import TreeKind, sum_root
from oracles.errors import NotAnchored
from oracles.oracle import Oracle
from tests.oracles.department_files import (
    elders,
    write_notice,
    write_result,
    write_roster,
    write_vouchers,
)
from tests.oracles.town import (
    BANK,
    CIVIL,
    DOCUMENT,
    FUND,
    MONTH,
    NOTICE_DAYS,
    STREET,
    TREASURY,
    Town,
    act,
)

RUN = f"{STREET}-OAA-{MONTH}"
NOTICE = f"{RUN}-N"
TOLD = {"region": STREET, "period": MONTH}


@pytest.fixture(scope="module")
def oracles(town: Town, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Oracle]:
    folder = tmp_path_factory.mktemp("oracles")
    sources = {"roster": "shipped:roster", "notice": "shipped:notice", "reissue": "shipped:reissue"}
    made = {
        "civil": (CIVIL, "civil-affairs", sources),
        "treasury": (TREASURY, "treasury", {"vouchers": "shipped:vouchers"}),
        "bank": (BANK, "bank-a", {"result": "shipped:bank-result-csv"}),
    }
    return {
        name: town.open(town.make_oracle(folder / name, agency, feed, wanted))
        for name, (agency, feed, wanted) in made.items()
    }


def test_a_month_is_paid_returned_and_paid_again(
    town: Town, oracles: dict[str, Oracle], tmp_path: Path
) -> None:
    civil, treasury, bank = oracles["civil"], oracles["treasury"], oracles["bank"]
    people = elders(5)

    civil.ingest("notice", write_notice(tmp_path / "n.csv", people), notice=NOTICE, **TOLD)
    roster = write_roster(tmp_path / "r.xlsx", [p.roster_row() for p in people])
    civil.ingest("roster", roster, run=RUN, **TOLD)
    notice = civil.prepare.notice(NOTICE, document=DOCUMENT)
    with pytest.raises(NotAnchored):
        act(civil, notice, "clerk")
    civil.anchor()
    act(civil, notice, "clerk")

    run = civil.prepare.run(RUN, fund=FUND, notice=NOTICE, document=DOCUMENT)
    civil.anchor()
    with pytest.raises(ContractRefused, match="FundLedger_NoticeOpen"):
        act(civil, run, "clerk")
    town.pass_time((NOTICE_DAYS + 1) * 86_400)
    act(civil, run, "clerk")
    act(civil, civil.prepare.review(RUN, document=DOCUMENT), "reviewer")
    for seat, approver in enumerate(("approver", "approver-2"), 1):
        draft = civil.prepare.approve(RUN, document=DOCUMENT, seat=seat)
        act(civil, draft, approver)

    vouchers = write_vouchers(tmp_path / "v.csv", [("GK1", STREET, f"OAA-{MONTH}", "750.00")])
    treasury.ingest("vouchers", vouchers)
    treasury.anchor()
    act(treasury, treasury.prepare.release(RUN), "treasurer")

    bank.ingest("result", write_result(tmp_path / "b.csv", RUN, people, returned=[3]), run=RUN)
    assert bank.prepare.batches(RUN) == ("credited", "returned")
    for outcome in bank.prepare.batches(RUN):
        draft = bank.prepare.batch(RUN, outcome, document=DOCUMENT)
        bank.anchor()
        act(bank, draft, "teller")
    ledger = FundLedger(town.network, town.rpc)
    assert ledger.run(RUN).stage is Stage.SETTLED
    assert (ledger.run(RUN).credited_fen, ledger.run(RUN).returned_fen) == (60_000, 15_000)

    again = f"{RUN}-R1"
    roster = write_roster(tmp_path / "r1.xlsx", [people[2].roster_row()])
    civil.ingest("reissue", roster, run=again, **TOLD)
    draft = civil.prepare.run(
        again, fund=FUND, notice=NOTICE, reissue_of=f"{RUN}-B", document=DOCUMENT
    )
    civil.anchor()
    act(civil, draft, "clerk")
    assert ledger.run(again).reissue_of == f"{RUN}-B"

    _evidence_proves_the_run(town)


def _evidence_proves_the_run(town: Town) -> None:
    """The lines give the roots that the statements name, and the records hold nothing personal."""
    for kind, subject in (
        (TreeKind.ROSTER, NOTICE),
        (TreeKind.RUN, RUN),
        (TreeKind.CREDITED, f"{RUN}-C"),
        (TreeKind.RETURNED, f"{RUN}-B"),
        (TreeKind.RUN, f"{RUN}-R1"),
    ):
        lines = list(read_lines(town.evidence / lines_path(kind, subject)))
        root = sum_root([line.line() for line in lines], kind).root
        assert root in {getattr(r.signed.statement, "root", b"") for r in _statements(town)}
        for line in lines:
            text = line.record.decode()
            assert "张" not in text
            assert "190102194501" not in text
    attempts = [
        record_from_bytes(line.record).fields["attempt"]
        for line in read_lines(town.evidence / lines_path(TreeKind.RUN, f"{RUN}-R1"))
    ]
    assert attempts == [1]


def _statements(town: Town) -> list[RecordedStatement]:
    paths = sorted((town.evidence / "statements").glob("*.jsonl"))
    return [statement for path in paths for statement in read_statements(path)]


def test_a_document_that_is_handed_in_twice_changes_nothing(
    town: Town, oracles: dict[str, Oracle], tmp_path: Path
) -> None:
    treasury = oracles["treasury"]
    file = write_vouchers(tmp_path / "v.csv", [("GK9", STREET, "OAA-2026-11", "1.00")])
    first = treasury.ingest("vouchers", file)
    size = treasury.feed.size()
    second = treasury.ingest("vouchers", file)
    assert (first.already, second.already) == (False, True)
    assert treasury.feed.size() == size
