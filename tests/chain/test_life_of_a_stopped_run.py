"""A run that is held, lifted, rejected, cancelled, or large: it waits, and no money is lost."""

from fundtrail.chain.event_types import RunHeld, RunLifted
from fundtrail.chain.events import read_events
from fundtrail.enums import AgencyKind, Role, Stage
from fundtrail.ids import ZERO32
from fundtrail.statements import Approve, Cancel, Hold, Lift, Reject, Review
from tests.chain.life import WHY, Life, fresh, preparation, voucher
from tests.chain.trees import elders, hex_of, pays, tree_of


def hold(run: str, until: int = 0) -> Hold:
    return Hold(run=run, until=until, reason=WHY, basis=fresh())


def lift(run: str) -> Lift:
    return Lift(run=run, reason=WHY, basis=fresh())


def test_a_held_run_waits_until_the_auditor_lifts_it(life: Life) -> None:
    tree = tree_of(*elders("held"))
    fund, total = life.fund("F-held"), tree.root.total_fen
    life.approve("R-held", tree, fund)
    receipt = life.act(hold("R-held"), "auditor")

    assert life.refused(voucher("R-held", total), "treasurer") == (
        "Contests_RunHeld",
        {"run": "R-held", "agency": "sjj", "until": "0", "reason": hex_of(WHY)},
    )
    assert life.refused(lift("R-held"), "prosecutor") == (
        "Contests_NotHeld",
        {"run": "R-held", "agency": "jcy"},
    )
    assert life.refused(lift("R-held"), "approver")[0] == "Authority_RoleMissing"
    assert life.ledger.standing_hold("R-held", AgencyKind.AUDIT).agency == "sjj"
    assert life.ledger.fund(fund).committed_fen == total

    lifted = life.act(lift("R-held"), "auditor")
    life.release("R-held", total)
    events = list(read_events(life.network, life.rpc, receipt.block, lifted.block))
    told = [event for event in events if isinstance(event, RunHeld | RunLifted)]
    assert [(type(event).__name__, event.agency) for event in told] == [
        ("RunHeld", "sjj"),
        ("RunLifted", "sjj"),
    ]
    life.require_identity(fund)


def test_a_hold_until_a_day_ends_on_that_day(life: Life) -> None:
    tree = tree_of(*elders("day"))
    life.approve("R-day", tree, life.fund("F-day"))
    until = life.now() + 3_600
    life.act(hold("R-day", until), "prosecutor")

    told = life.refused(voucher("R-day", tree.root.total_fen), "treasurer")
    assert told[0] == "Contests_RunHeld"
    assert (told[1]["agency"], told[1]["until"]) == ("jcy", str(until))
    life.travel(3_660)
    life.release("R-day", tree.root.total_fen)
    assert life.refused(hold("R-day"), "auditor") == ("Contests_PastHolding", {"run": "R-day"})


def test_a_hold_says_why_and_lies_ahead(life: Life) -> None:
    tree = tree_of(*elders("why"))
    life.prepare("R-why", tree, life.fund("F-why"))

    silent = Hold(run="R-why", until=0, reason=ZERO32, basis=fresh())
    assert life.refused(silent, "auditor") == ("FundLedger_NoReason", {"run": "R-why"})
    name, arguments = life.refused(hold("R-why", until=1), "auditor")
    assert (name, arguments["run"], arguments["until"]) == ("Contests_HoldInPast", "R-why", "1")
    life.seat("outsider", "xfj", 31, Role.HOLD)
    assert life.refused(hold("R-why"), "outsider") == ("Contests_NotAWatchdog", {"agency": "xfj"})


def test_a_rejected_run_stays_rejected_and_its_money_is_free(life: Life) -> None:
    fund, tree = life.fund("F-reject", 75_000), tree_of(*elders("reject"))
    life.prepare("R-reject", tree, fund)
    silent = Reject(run="R-reject", reason=ZERO32, basis=fresh())
    assert life.refused(silent, "reviewer") == ("FundLedger_NoReason", {"run": "R-reject"})

    life.act(Reject(run="R-reject", reason=WHY, basis=fresh()), "reviewer")

    assert life.ledger.run("R-reject").stage is Stage.REJECTED
    review = Review(
        run="R-reject", root=tree.root.root, total_fen=tree.root.total_fen, basis=fresh()
    )
    assert life.refused(review, "reviewer") == (
        "FundLedger_WrongStage",
        {
            "run": "R-reject",
            "expected": str(int(Stage.PREPARED)),
            "actual": str(int(Stage.REJECTED)),
        },
    )
    again = preparation("R-reject", tree, fund)
    assert life.refused(again, "preparer") == ("FundLedger_RunExists", {"run": "R-reject"})
    life.pay("R-corrected", tree, fund)


def test_a_cancelled_run_gives_back_what_it_had_committed(life: Life) -> None:
    fund, tree = life.fund("F-cancel", 75_000), tree_of(*elders("cancel"))
    cancel = Cancel(run="R-cancel", reason=WHY, basis=fresh())
    life.approve("R-cancel", tree, fund)
    assert life.ledger.fund(fund).available_fen == 0

    life.act(cancel, "preparer")

    assert life.ledger.run("R-cancel").stage is Stage.CANCELLED
    assert life.ledger.fund(fund).available_fen == 75_000
    life.pay("R-instead", tree, fund)
    late = Cancel(run="R-instead", reason=WHY, basis=fresh())
    assert life.refused(late, "approver") == (
        "FundLedger_WrongStage",
        {
            "run": "R-instead",
            "expected": str(int(Stage.APPROVED)),
            "actual": str(int(Stage.RELEASED)),
        },
    )
    life.require_identity(fund)


def test_a_large_run_needs_two_approvers_who_are_two_people(life: Life) -> None:
    tree = tree_of(pays("large", fen=100_000_000))
    root, total = tree.root.root, tree.root.total_fen
    life.prepare("R-large", tree, life.fund("F-large", total))
    life.act(Review(run="R-large", root=root, total_fen=total, basis=fresh()), "reviewer")

    def approval() -> Approve:
        return Approve(run="R-large", root=root, total_fen=total, basis=fresh())

    life.act(approval(), "approver")
    run = life.ledger.run("R-large")
    assert (run.stage, run.approvals, run.required) == (Stage.REVIEWED, 1, 2)
    assert life.refused(approval(), "approver") == (
        "FundLedger_SamePerson",
        {"run": "R-large", "person": "4"},
    )
    life.seat("approver's other key", "mzj-shi", 4, Role.APPROVE)
    assert life.refused(approval(), "approver's other key")[0] == "FundLedger_SamePerson"
    life.act(approval(), "approver-2")
    assert life.ledger.run("R-large").stage is Stage.APPROVED
