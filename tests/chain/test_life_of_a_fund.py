"""Money goes down, comes back up, and a year ends: no fen is gained or lost on the way."""

from fundtrail.ids import text_digest
from fundtrail.statements import Allot, Cancel, Close, PassOn, Recall
from tests.chain.life import ROOT_FUND, Life, appropriation, fresh
from tests.chain.trees import elders, tree_of


def recall(id: str, fund: str, amount_fen: int) -> Recall:
    return Recall(id=id, fund=fund, amount_fen=amount_fen, basis=fresh())


def close(id: str, fund: str) -> Close:
    return Close(id=id, fund=fund, basis=fresh())


def test_what_is_recalled_goes_back_to_where_it_came_from(life: Life) -> None:
    fund, before = life.fund("F-recall", 1_000), life.ledger.fund(ROOT_FUND)

    life.act(recall("H-1", fund, 400), "budget")

    assert life.ledger.fund(fund).granted_fen == life.ledger.fund(fund).available_fen == 600
    assert life.ledger.fund(ROOT_FUND).passed_on_fen == before.passed_on_fen - 400
    assert life.ledger.fund(ROOT_FUND).available_fen == before.available_fen + 400
    life.require_identity(fund, ROOT_FUND)


def test_no_more_is_recalled_than_is_there_nor_twice_under_one_number(life: Life) -> None:
    fund = life.fund("F-over", 1_000)
    life.act(recall("H-2", fund, 400), "budget")

    assert life.refused(recall("H-3", fund, 601), "budget") == (
        "FundLedger_Overspend",
        {"fund": fund, "requestedFen": "601", "availableFen": "600"},
    )
    assert life.refused(recall("H-2", fund, 1), "budget") == (
        "FundLedger_TransferExists",
        {"id": "H-2"},
    )
    assert life.refused(recall("H-4", ROOT_FUND, 1), "budget") == (
        "FundLedger_NoParent",
        {"fund": ROOT_FUND},
    )
    assert life.refused(recall("H-5", fund, 1), "preparer") == (
        "FundLedger_WrongAgency",
        {"expected": "czj-shi", "actual": "mzj-qu"},
    )


def test_a_fund_closes_when_nothing_of_it_is_under_way(life: Life) -> None:
    fund, tree = life.fund("F-close", 100_000), tree_of(*elders("close"))
    total = tree.root.total_fen
    life.approve("R-close", tree, fund)
    before = life.ledger.fund(ROOT_FUND)
    assert life.refused(close("C-1", fund), "budget") == (
        "FundLedger_FundBusy",
        {"fund": fund, "committedFen": str(total), "openChildren": "0"},
    )

    cancel = Cancel(run="R-close", reason=text_digest("年终"), basis=fresh())
    life.act(cancel, "approver")
    life.act(close("C-2", fund), "budget")

    closed, root = life.ledger.fund(fund), life.ledger.fund(ROOT_FUND)
    assert (closed.closed, closed.granted_fen, closed.available_fen) == (True, 0, 0)
    assert root.available_fen == before.available_fen + 100_000
    assert root.open_children == before.open_children - 1
    life.require_identity(fund, ROOT_FUND)
    again = PassOn(
        id="T-again", parent=ROOT_FUND, fund=fund, agency="mzj-qu", amount_fen=1, basis=fresh()
    )
    assert life.refused(again, "budget") == ("FundLedger_FundClosed", {"fund": fund})
    assert life.refused(close("C-3", fund), "budget") == ("FundLedger_FundClosed", {"fund": fund})


def test_a_year_closes_from_below_and_what_is_left_lapses(life: Life) -> None:
    life.act(appropriation("A-year", "year", 5_000), "budget")
    life.pass_on("year", "year-qu", 2_000)
    assert life.refused(close("C-4", "year"), "budget") == (
        "FundLedger_FundBusy",
        {"fund": "year", "committedFen": "0", "openChildren": "1"},
    )

    life.act(close("C-5", "year-qu"), "budget")
    life.act(close("C-6", "year"), "budget")

    year = life.ledger.fund("year")
    assert (year.closed, year.granted_fen, year.passed_on_fen) == (True, 0, 0)
    late: Allot = appropriation("A-late", "year", 1)
    assert life.refused(late, "budget") == ("FundLedger_FundClosed", {"fund": "year"})
