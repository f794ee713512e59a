"""Money that was paid wrongly: ordered back, received, closed.

It comes back to the fund that paid it, and where that year is over to its appropriation.
"""

from dataclasses import replace

import pytest

from fundtrail.chain.bindings import DisputeDesk
from fundtrail.chain.event_types import MoneyRecovered
from fundtrail.chain.events import read_events
from fundtrail.enums import Outcome, RecoveryStage
from fundtrail.ids import ZERO32, code_to_bytes32
from fundtrail.proofs import find
from fundtrail.statements import (
    BookReceipt,
    Close,
    CloseRecovery,
    Decide,
    OpenDispute,
    OrderRecovery,
)
from fundtrail.sum_tree import Line, SumTree, TreeKind
from tests.chain.life import WHY, Life, appropriation, fresh, neighbour, settled_in
from tests.chain.trees import FEN, elders, hex_of, mismatch, pays, tree_of


def paid(life: Life, name: str, fund: str) -> SumTree:
    """A run whose every line was credited in the batch `B-<name>`."""
    tree = tree_of(*elders(name))
    life.pay(f"R-{name}", tree, fund)
    credited = settled_in(tree, TreeKind.CREDITED)
    life.settle(f"B-{name}", f"R-{name}", credited)
    return credited


def upheld(life: Life, name: str, tree: SumTree, line: Line) -> None:
    """The dispute `D-<name>` about a line that was paid, decided for good."""
    run = find(SumTree(tree.lines, TreeKind.RUN), line.payment_id)
    opened = OpenDispute(
        dispute=f"D-{name}", run=f"R-{name}", payment_id=line.payment_id,
        amount_fen=line.amount_fen, reason=WHY, basis=fresh(),
    )  # fmt: skip
    life.act(opened, "complainer", proof=run)
    decided = Decide(
        dispute=f"D-{name}", outcome=int(Outcome.UPHELD), reason=WHY,
        appeal_until=life.now() + 60, basis=fresh(),
    )  # fmt: skip
    life.act(decided, "decider")
    life.travel(120)
    life.tell(DisputeDesk.conclude(f"D-{name}"))


def order(name: str, line: Line, amount_fen: int = FEN, cause: bytes = b"") -> OrderRecovery:
    return OrderRecovery(
        receivable=f"V-{name}", cause=cause or code_to_bytes32(f"D-{name}"), run=f"R-{name}",
        payment_id=line.payment_id, amount_fen=amount_fen, basis=fresh(),
    )  # fmt: skip


def receive(receipt: str, name: str, amount_fen: int) -> BookReceipt:
    return BookReceipt(
        receipt=receipt, receivable=f"V-{name}", amount_fen=amount_fen, basis=fresh()
    )


def closing(name: str, how: RecoveryStage) -> CloseRecovery:
    return CloseRecovery(receivable=f"V-{name}", how=int(how), reason=WHY, basis=fresh())


def owed(life: Life, name: str) -> str:
    """A fund of its own to which one line is to come back, under `V-<name>`."""
    fund = life.fund(f"F-{name}")
    credited = paid(life, name, fund)
    line = credited.lines[0]
    upheld(life, name, credited, line)
    proof = find(credited, line.payment_id)
    life.act(order(name, line), "decider", proof=proof, batch=f"B-{name}")
    return fund


def test_no_more_is_ordered_than_was_credited_and_only_what_was(life: Life) -> None:
    credited = paid(life, "due", life.fund("F-due"))
    line, other = credited.lines[0], credited.lines[1]
    upheld(life, "due", credited, line)
    proof = find(credited, line.payment_id)

    def told(act: OrderRecovery, by: str = "decider", batch: str = "B-due") -> object:
        return life.refused(act, by, proof=proof, batch=batch)

    assert told(order("due", line, FEN + 1)) == (
        "DisputeDesk_AmountOver",
        {"subject": "V-due", "amountFen": str(FEN + 1), "leftFen": str(FEN)},
    )
    assert told(order("due", other)) == ("DisputeDesk_NoCause", {"cause": "D-due"})
    assert told(order("due", line, cause=code_to_bytes32("D-none"))) == (
        "DisputeDesk_NoCause",
        {"cause": "D-none"},
    )
    assert told(order("due", line), batch="B-none") == (
        "Challenges_UnknownBatch",
        {"batch": "B-none"},
    )
    assert told(order("due", line), by="appellate")[0] == "Authority_RoleMissing"
    elsewhere = find(credited, other.payment_id)
    assert life.refused(order("due", line), "decider", proof=elsewhere, batch="B-due") == (
        "DisputeDesk_NotCredited",
        {"batch": "B-due", "paymentId": hex_of(line.payment_id)},
    )
    forged = neighbour(elsewhere, payment_id=line.payment_id)
    by_another_line = life.refused(order("due", line), "decider", proof=forged, batch="B-due")
    assert by_another_line == mismatch(forged, credited)

    life.act(order("due", line), "decider", proof=proof, batch="B-due")
    again = replace(order("due", line), receivable="V-again")
    assert told(again) == ("DisputeDesk_RecoveryOrdered", {"receivable": "V-due"})


def test_what_is_received_is_available_again_and_the_rest_is_offset(life: Life) -> None:
    fund = owed(life, "part")
    before = life.ledger.fund(fund)
    life.act(receive("C-part-1", "part", 4_000), "banker")

    after = life.ledger.fund(fund)
    assert after.recovered_fen == before.recovered_fen + 4_000
    assert after.available_fen == before.available_fen + 4_000
    assert life.refused(receive("C-part-2", "part", FEN), "banker") == (
        "DisputeDesk_AmountOver",
        {"subject": "V-part", "amountFen": str(FEN), "leftFen": str(FEN - 4_000)},
    )
    assert life.refused(receive("C-part-1", "part", 1), "banker") == (
        "DisputeDesk_ReceiptExists",
        {"receipt": "C-part-1"},
    )
    repaid = closing("part", RecoveryStage.REPAID)
    assert life.refused(repaid, "budget") == ("DisputeDesk_UnknownClosing", {"how": "2"})
    life.act(closing("part", RecoveryStage.OFFSET), "budget")

    assert life.desk.receivable("V-part").stage is RecoveryStage.OFFSET
    assert life.refused(receive("C-part-3", "part", 1), "banker") == (
        "DisputeDesk_NotOpen",
        {"receivable": "V-part", "stage": str(int(RecoveryStage.OFFSET))},
    )
    life.require_identity(fund)


def test_what_will_not_come_back_is_written_off_by_the_finance_bureau(life: Life) -> None:
    owed(life, "lost")
    off = closing("lost", RecoveryStage.WRITTEN_OFF)

    assert life.refused(off, "preparer") == (
        "DisputeDesk_WrongKind",
        {"agency": "mzj-qu", "expected": "1", "actual": "2"},
    )
    silent = life.refused(replace(off, reason=ZERO32), "budget")
    assert silent == ("DisputeDesk_NoReason", {"subject": "V-lost"})
    life.act(off, "budget")
    assert life.desk.receivable("V-lost").stage is RecoveryStage.WRITTEN_OFF


def test_the_last_fen_repays_it(life: Life) -> None:
    owed(life, "all")
    life.act(receive("C-all-1", "all", FEN - 1), "banker")
    assert life.desk.receivable("V-all").stage is RecoveryStage.ORDERED
    life.act(receive("C-all-2", "all", 1), "banker")
    assert life.desk.receivable("V-all").stage is RecoveryStage.REPAID


@pytest.mark.parametrize("watchdog", ["auditor", "prosecutor"])
def test_what_a_proven_fraud_paid_is_ordered_back_by_a_watchdog(life: Life, watchdog: str) -> None:
    name = f"fraud-{watchdog}"
    fund, twice = life.fund(f"F-{name}"), pays(name)
    first, second = tree_of(twice), tree_of(twice, *elders(name))
    for run, tree in ((f"R-{name}", first), (f"R-{name}-2", second)):
        life.pay(run, tree, fund)
    credited = settled_in(first, TreeKind.CREDITED)
    life.settle(f"B-{name}", f"R-{name}", credited)
    proof = find(credited, twice.payment_id)
    unproven = order(name, twice, cause=code_to_bytes32("X"))
    told = life.refused(unproven, watchdog, proof=proof, batch=f"B-{name}")
    assert told == ("DisputeDesk_NoCause", {"cause": "X"})

    proven = life.prove(
        DisputeDesk.challenge_duplicate(
            f"R-{name}",
            find(first, twice.payment_id),
            f"R-{name}-2",
            find(second, twice.payment_id),
        )
    )
    cause = order(name, twice, cause=proven.challenge)
    assert life.refused(cause, "decider", proof=proof, batch=f"B-{name}")[0] == (
        "Authority_RoleMissing"
    )
    life.act(cause, watchdog, proof=proof, batch=f"B-{name}")
    life.act(receive(f"C-{name}", name, FEN), "banker")
    assert life.ledger.fund(fund).recovered_fen == FEN


def test_money_for_a_year_that_is_over_goes_to_its_appropriation(life: Life) -> None:
    life.act(appropriation("A-past", "past", 100_000), "budget")
    fund = life.fund("past-qu", 100_000, parent="past")
    credited = paid(life, "past", fund)
    line = credited.lines[0]
    upheld(life, "past", credited, line)
    proof = find(credited, line.payment_id)
    life.act(order("past", line), "decider", proof=proof, batch="B-past")
    for number, closed in (("C-past-qu", fund), ("C-past", "past")):
        life.act(Close(id=number, fund=closed, basis=fresh()), "budget")

    booked = life.act(receive("C-past-1", "past", FEN), "banker")

    events = read_events(life.network, life.rpc, booked.block, booked.block)
    (recovered,) = [event for event in events if isinstance(event, MoneyRecovered)]
    assert (recovered.fund, recovered.amount_fen) == ("past", FEN)
    year = life.ledger.fund("past")
    assert (year.closed, year.recovered_fen, year.available_fen) == (True, FEN, FEN)
    assert life.ledger.fund(fund).recovered_fen == 0
    life.act(Close(id="C-past-2", fund="past", basis=fresh()), "budget")
    assert life.ledger.fund("past").available_fen == 0
    life.require_identity(fund, "past")
