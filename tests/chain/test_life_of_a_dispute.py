"""What contests money, played from Python: a line, a run, and money that comes back."""

import secrets
import time
from dataclasses import replace

import pytest

from fundtrail.chain.bindings import DisputeDesk, FundLedger
from fundtrail.chain.deploy import naming_acts
from fundtrail.chain.errors import ContractRefused
from fundtrail.chain.event_types import FraudProven, LineHeld
from fundtrail.chain.events import read_events
from fundtrail.chain.recorded import read_recorded
from fundtrail.chain.refusal import Refusal
from fundtrail.chain.transaction import Call
from fundtrail.enums import (
    AgencyKind,
    ChallengeKind,
    DisputeStage,
    Outcome,
    RecoveryStage,
    Role,
    Stage,
)
from fundtrail.ids import code_to_bytes32, text_digest
from fundtrail.proofs import Placed, absence, find, placed
from fundtrail.statements import (
    Allot,
    Appeal,
    Approve,
    BookReceipt,
    CloseChallenge,
    Decide,
    DecideAppeal,
    OpenDispute,
    OrderRecovery,
    OrderReissue,
    PassOn,
    Prepare,
    Release,
    Review,
    SeatAgency,
    Settle,
    Statement,
)
from fundtrail.sum_tree import Line, SumTree, TreeKind
from tests.chain.officers import City, basis

WHY = text_digest("理由")
SHARED = text_digest("a payment that stands in more than one run")


@pytest.fixture(scope="module", autouse=True)
def _desk(city: City) -> None:
    """Name the desk, seat who disputes, decides and audits, and give the district its money."""
    for act in naming_acts(city.network, basis()):
        city.govern(act)
    agencies = {"xfj": AgencyKind.PROGRAMME, "zcy": AgencyKind.DISPUTES, "fyj": AgencyKind.DISPUTES}
    for agency, kind in (agencies | {"sjj": AgencyKind.AUDIT}).items():
        seat = SeatAgency(
            agency=agency, kind=int(kind), parent="", region=1, name=agency, basis=basis()
        )
        city.govern(seat)
    city.seat("complainer", "xfj", 21, Role.DISPUTE)
    city.seat("decider", "zcy", 22, Role.DECIDE)
    city.seat("appellate", "fyj", 23, Role.APPEAL)
    city.seat("auditor", "sjj", 24, Role.HOLD)
    allot = Allot(
        id="T-1",
        fund="glbt-shi",
        programme="glbt",
        year=2026,
        agency="czj-shi",
        amount_fen=9_000_000,
        basis=basis(),
    )
    city.act(allot, "budget")
    down = PassOn(
        id="T-2",
        parent="glbt-shi",
        fund="glbt-qu",
        agency="mzj-qu",
        amount_fen=9_000_000,
        basis=basis(),
    )
    city.act(down, "budget")


def tree_of(*lines: Line, kind: TreeKind = TreeKind.RUN) -> SumTree:
    return SumTree(sorted(lines), kind)


def lines(count: int = 6) -> list[Line]:
    return [
        Line(
            payment_id=secrets.token_bytes(32), amount_fen=15_000 + n, record_digest=bytes([n]) * 32
        )
        for n in range(count)
    ]


def approved(city: City, run: str, tree: SumTree) -> None:
    root, total = tree.root.root, tree.root.total_fen
    prepare = Prepare(
        run=run,
        fund="glbt-qu",
        notice="",
        reissue_of="",
        period="2026-10",
        root=root,
        total_fen=total,
        count=tree.root.count,
        basis=basis(),
    )
    city.act(prepare, "preparer")
    city.act(Review(run=run, root=root, total_fen=total, basis=basis()), "reviewer")
    city.act(Approve(run=run, root=root, total_fen=total, basis=basis()), "approver")


def release(run: str, amount_fen: int) -> Release:
    return Release(
        run=run, bank="icbc", voucher=text_digest(run), amount_fen=amount_fen, basis=basis()
    )


def settle(city: City, batch: str, run: str, tree: SumTree) -> None:
    act = Settle(
        batch=batch,
        run=run,
        kind=int(tree.root.kind),
        root=tree.root.root,
        total_fen=tree.root.total_fen,
        count=tree.root.count,
        basis=basis(),
    )
    city.act(act, "banker")


def dispute(city: City, dispute: str, run: str, line: Placed) -> None:
    city.act(opening(dispute, run, line), "complainer", proof=line)


def opening(dispute: str, run: str, line: Placed) -> OpenDispute:
    return OpenDispute(
        dispute=dispute,
        run=run,
        payment_id=line.line.payment_id,
        amount_fen=line.line.amount_fen,
        reason=WHY,
        basis=basis(),
    )


def decide(city: City, dispute: str, outcome: Outcome, seconds: int) -> int:
    until = int(time.time()) + seconds
    act = Decide(
        dispute=dispute, outcome=int(outcome), reason=WHY, appeal_until=until, basis=basis()
    )
    city.act(act, "decider")
    return until


def conclude(city: City, dispute: str, after: int) -> None:
    """Anybody may, once the time to appeal is over."""
    time.sleep(max(0.0, after + 1.1 - time.time()))
    city.relayer.record(at_desk(city, DisputeDesk.conclude(dispute)))


def at_desk(city: City, data: bytes) -> Call:
    return Call(to=city.desk.address, data=data)


def refusal(city: City, call: Call) -> Refusal:
    with pytest.raises(ContractRefused) as caught:
        city.relayer.record(call)
    return caught.value.refusal


def refused_act(city: City, statement: Statement, officer: str) -> Refusal:
    return refusal(city, city.call(statement, city.officers[officer]))


def test_a_dismissed_dispute_holds_exactly_its_line_and_gives_it_back(city: City) -> None:
    tree = tree_of(*lines())
    line, total = placed(tree, 3), tree.root.total_fen
    approved(city, "R-D", tree)
    before = city.ledger.fund("glbt-qu")

    dispute(city, "D-D", "R-D", line)

    held = city.ledger.fund("glbt-qu")
    assert held.held_fen - before.held_fen == line.line.amount_fen
    assert (held.committed_fen, held.available_fen) == (before.committed_fen, before.available_fen)
    assert city.desk.dispute("D-D").payer == "mzj-qu"
    told = refused_act(city, release("R-D", total), "treasurer")
    assert told.name == "FundLedger_VoucherDiffers"
    assert told.args["dueFen"] == str(total - line.line.amount_fen)

    until = decide(city, "D-D", Outcome.DISMISSED, 2)
    early = refusal(city, at_desk(city, DisputeDesk.conclude("D-D")))
    assert early.name == "DisputeDesk_AppealOpen"
    conclude(city, "D-D", until)

    assert city.desk.dispute("D-D").stage is DisputeStage.FINAL
    assert city.ledger.fund("glbt-qu") == before
    city.act(release("R-D", total), "treasurer")
    assert city.ledger.run("R-D").stage is Stage.RELEASED


def test_an_upheld_dispute_strikes_its_line_and_the_rest_of_the_run_is_paid(city: City) -> None:
    tree = tree_of(*lines())
    line = placed(tree, 0)
    approved(city, "R-U", tree)
    before = city.ledger.fund("glbt-qu")
    dispute(city, "D-U", "R-U", line)
    decide(city, "D-U", Outcome.DISMISSED, 600)
    city.act(Appeal(dispute="D-U", reason=WHY, basis=basis()), "complainer")

    upheld = DecideAppeal(dispute="D-U", outcome=int(Outcome.UPHELD), reason=WHY, basis=basis())
    city.act(upheld, "appellate")

    fund, amount = city.ledger.fund("glbt-qu"), line.line.amount_fen
    assert fund.held_fen == before.held_fen
    assert fund.committed_fen == before.committed_fen - amount
    assert fund.available_fen == before.available_fen + amount
    assert city.ledger.run("R-U").struck_fen == amount

    city.act(release("R-U", tree.root.total_fen - amount), "treasurer")
    rest = tree_of(*tree.lines[1:], kind=TreeKind.CREDITED)
    settle(city, "B-U", "R-U", rest)
    assert city.ledger.run("R-U").stage is Stage.SETTLED
    city.act(OrderReissue(dispute="D-U", amount_fen=amount, basis=basis()), "appellate")
    assert city.ledger.batch("D-U").total_fen == amount


def test_a_dispute_with_another_amount_or_a_forged_line_is_refused(city: City) -> None:
    tree = tree_of(*lines())
    line = placed(tree, 2)
    approved(city, "R-F", tree)
    richer = replace(line, line=replace(line.line, amount_fen=1))
    moved = replace(line, proof=replace(line.proof, index=3))
    complainer = city.officers["complainer"]

    told = refusal(city, city.call(opening("D-F", "R-F", line), complainer, proof=richer))
    assert told.name == "DisputeDesk_LineDiffers"
    for forged in (richer, moved):
        told = refusal(city, city.call(opening("D-F", "R-F", forged), complainer, proof=forged))
        assert told.name in {"SumTree_RootMismatch", "SumTree_TotalMismatch"}

    told = refusal(
        city,
        Call(to=city.ledger.address, data=FundLedger.contest_line("D-F", "R-F", 1)),
    )
    assert told.name == "Contests_NotTheDesk"
    assert city.ledger.run("R-F").held_fen == 0


def test_a_proven_duplicate_blocks_a_run_until_an_auditor_closes_it(city: City) -> None:
    twin = Line(payment_id=SHARED, amount_fen=15_000, record_digest=b"\7" * 32)
    first, second = tree_of(twin, *lines()), tree_of(twin, *lines())
    approved(city, "R-1", first)
    city.act(release("R-1", first.root.total_fen), "treasurer")
    approved(city, "R-2", second)
    proof = DisputeDesk.challenge_duplicate("R-2", find(second, SHARED), "R-1", find(first, SHARED))
    city.relayer.record(at_desk(city, proof))

    events = list(read_events(city.network, city.rpc))
    proven = [event for event in events if isinstance(event, FraudProven)][-1]
    assert (proven.kind, proven.run, proven.payment_id) == (ChallengeKind.DUPLICATE, "R-2", SHARED)
    assert {proven.one, proven.other} == {code_to_bytes32("R-1"), code_to_bytes32("R-2")}
    assert (proven.blocked, proven.submitter) == (True, city.relayer.address)
    challenge = city.desk.challenge(proven.challenge)
    assert (challenge.blocked_run, challenge.blocked_other_run) == (True, False)
    assert challenge.closed is False
    told = refused_act(city, release("R-2", second.root.total_fen), "treasurer")
    assert told.name == "Contests_RunBlocked"
    assert refusal(city, at_desk(city, proof)).name == "Challenges_AlreadyProven"

    close = CloseChallenge(challenge=proven.challenge, reason=WHY, basis=basis())
    assert refused_act(city, close, "approver").name == "Authority_RoleMissing"
    city.act(close, "auditor")
    city.act(release("R-2", second.root.total_fen), "treasurer")
    assert city.ledger.run("R-2").stage is Stage.RELEASED


def test_forged_twins_of_a_duplicate_prove_nothing(city: City) -> None:
    one, two = tree_of(*lines()), tree_of(*lines())
    approved(city, "R-3", one)
    approved(city, "R-4", two)
    mine, theirs = placed(one, 1), placed(two, 1)
    copied = replace(theirs, line=mine.line)  # a line of the other run under its neighbour's place

    for twin, name in (
        (theirs, "Challenges_OtherPayment"),
        (copied, "SumTree_RootMismatch"),
        (mine, "SumTree_RootMismatch"),
    ):
        data = DisputeDesk.challenge_duplicate("R-3", mine, "R-4", twin)
        assert refusal(city, at_desk(city, data)).name in {name, "SumTree_TotalMismatch"}

    itself = DisputeDesk.challenge_duplicate("R-3", mine, "R-3", mine)
    assert refusal(city, at_desk(city, itself)).name == "Challenges_SamePlace"
    ordered = DisputeDesk.challenge_order("R-3", placed(one, 1), placed(one, 2))
    assert refusal(city, at_desk(city, ordered)).name == "Challenges_InOrder"
    assert city.ledger.run("R-3").challenges == city.ledger.run("R-4").challenges == 0


def test_a_payment_of_a_batch_that_no_run_ordered_is_proven_by_its_neighbours(city: City) -> None:
    tree = tree_of(*lines())
    approved(city, "R-5", tree)
    city.act(release("R-5", tree.root.total_fen), "treasurer")
    stranger = Line(payment_id=text_digest("stranger"), amount_fen=9, record_digest=bytes(32))
    batch = tree_of(stranger, *tree.lines[:2], kind=TreeKind.CREDITED)
    settle(city, "B-5", "R-5", batch)

    line = find(batch, stranger.payment_id)
    neighbours = absence(tree, stranger.payment_id)
    data = DisputeDesk.challenge_stranger("B-5", line, neighbours)
    honest = find(batch, tree.lines[0].payment_id)
    false = DisputeDesk.challenge_stranger("B-5", honest, neighbours)
    refused = {"SumTree_NotBetween", "SumTree_NotAtEdge"}
    assert refusal(city, at_desk(city, false)).name in refused
    city.relayer.record(at_desk(city, data))

    events = list(read_events(city.network, city.rpc))
    proven = [event for event in events if isinstance(event, FraudProven)][-1]
    assert (proven.kind, proven.blocked) == (ChallengeKind.STRANGER, False)


def test_money_that_was_paid_wrongly_comes_back_to_its_fund(city: City) -> None:
    tree = tree_of(*lines())
    approved(city, "R-6", tree)
    city.act(release("R-6", tree.root.total_fen), "treasurer")
    credited = tree_of(*tree.lines, kind=TreeKind.CREDITED)
    settle(city, "B-6", "R-6", credited)
    line = placed(tree, 4)
    amount = line.line.amount_fen
    dispute(city, "D-6", "R-6", line)
    assert city.desk.dispute("D-6").held is False
    conclude(city, "D-6", decide(city, "D-6", Outcome.UPHELD, 2))
    before = city.ledger.fund("glbt-qu")

    order = OrderRecovery(
        receivable="V-6",
        cause=code_to_bytes32("D-6"),
        run="R-6",
        payment_id=line.line.payment_id,
        amount_fen=amount,
        basis=basis(),
    )
    city.act(order, "decider", proof=find(credited, line.line.payment_id), batch="B-6")
    over = BookReceipt(receipt="C-6", receivable="V-6", amount_fen=amount + 1, basis=basis())
    told = refused_act(city, over, "banker")
    assert told.name == "DisputeDesk_AmountOver"
    assert told.args["subject"] == "V-6"
    city.act(replace(over, amount_fen=amount), "banker")

    fund = city.ledger.fund("glbt-qu")
    assert fund.recovered_fen == before.recovered_fen + amount
    assert fund.available_fen == before.available_fen + amount
    assert city.desk.receivable("V-6").stage is RecoveryStage.REPAID


def test_every_act_of_the_desk_is_read_back_from_the_chain(city: City) -> None:
    tree = tree_of(*lines())
    approved(city, "R-7", tree)
    dispute(city, "D-7", "R-7", placed(tree, 5))

    events = list(read_events(city.network, city.rpc))
    recorded = list(read_recorded(city.network, city.rpc, events))

    last = recorded[-1].signed.statement
    assert isinstance(last, OpenDispute)
    assert (last.dispute, last.run) == ("D-7", "R-7")
    assert [e for e in events if isinstance(e, LineHeld)][-1].amount_fen == last.amount_fen
