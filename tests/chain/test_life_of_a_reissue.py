"""What came back is paid again under the next attempt; what did not come back is not.

A payment id of attempt n + 1 says which duty it pays. Whether attempt n came back is judged from
the returned batch, or the dispute, that the run cites.
"""

from fundtrail.chain.bindings import DisputeDesk
from fundtrail.enums import ChallengeKind, Outcome, Stage
from fundtrail.ids import ZERO32, code_to_bytes32, payment_id
from fundtrail.proofs import absence, find, placed
from fundtrail.statements import Cancel, Decide, OpenDispute, OrderReissue
from fundtrail.sum_tree import SumTree, TreeKind
from tests.chain.life import NOTICED_FUND, WHY, Life, fresh, neighbour, preparation, settled_in
from tests.chain.trees import FEN, duty, elders, hex_of, mismatch, pays, tree_of

reissue = DisputeDesk.challenge_reissue


def came_back(life: Life, name: str, count: int = 3) -> tuple[str, SumTree]:
    """A fund with a run that came back whole, in the batch `B-<name>`."""
    fund, tree = life.fund(f"F-{name}"), tree_of(*elders(name, count))
    life.pay(f"R-{name}", tree, fund)
    life.settle(f"B-{name}", f"R-{name}", settled_in(tree, TreeKind.RETURNED))
    return fund, tree


def test_a_payment_is_tried_until_it_arrives(life: Life) -> None:
    fund, _ = came_back(life, "try", 1)
    full = life.ledger.fund(fund).available_fen

    second = tree_of(pays("try-0", 1))
    life.pay("R-try-1", second, fund, reissue_of="B-try")
    life.settle("B-try-1", "R-try-1", settled_in(second, TreeKind.RETURNED))
    third = tree_of(pays("try-0", 2))
    life.pay("R-try-2", third, fund, reissue_of="B-try-1")
    life.settle("B-try-2", "R-try-2", settled_in(third, TreeKind.CREDITED))

    assert life.ledger.run("R-try-2").stage is Stage.SETTLED
    assert life.ledger.fund(fund).paid_fen == FEN
    assert life.ledger.fund(fund).available_fen == full - FEN
    assert life.ledger.batch("B-try-1").reissued_fen == FEN
    life.require_identity(fund)
    for run, tree, cited, attempt in (
        ("R-try-1", second, tree_of(pays("try-0"), kind=TreeKind.RETURNED), 1),
        ("R-try-2", third, settled_in(second, TreeKind.RETURNED), 2),
    ):
        lawful = reissue(run, placed(tree, 0), duty("try-0"), attempt, (placed(cited, 0),))
        before = payment_id(duty("try-0"), attempt - 1)
        told = life.unproven(lawful)
        assert told == ("SumTree_NotBetween", {"paymentId": hex_of(before)})


def test_no_more_is_paid_again_than_came_back(life: Life) -> None:
    fund, tree = came_back(life, "more")
    again = tree_of(*(pays(f"more-{n}", 1) for n in range(3)))
    life.prepare("R-more-1", tree_of(pays("more-0", 1)), fund, reissue_of="B-more")

    whole = preparation("R-more-2", again, fund, reissue_of="B-more")
    assert life.refused(whole, "preparer") == (
        "FundLedger_ReissueOver",
        {"batch": "B-more", "requestedFen": str(3 * FEN), "remainingFen": str(2 * FEN)},
    )
    unknown = preparation("R-more-3", again, fund, reissue_of="B-never")
    assert life.refused(unknown, "preparer") == (
        "FundLedger_NotReturned",
        {"batch": "B-never"},
    )
    life.act(Cancel(run="R-more-1", reason=WHY, basis=fresh()), "preparer")
    life.prepare("R-more-4", again, fund, reissue_of="B-more")
    assert life.ledger.batch("B-more").reissued_fen == tree.root.total_fen


def test_a_reissue_that_cites_nothing_is_proven(life: Life) -> None:
    again = pays("bold", 1)
    tree = tree_of(again, *elders("quiet"))
    life.approve("R-bold", tree, life.fund("F-bold"))
    line = find(tree, again.payment_id)

    for forged_duty, attempt in ((duty("bold"), 0), (duty("bold"), 2), (ZERO32, 1)):
        assert life.unproven(reissue("R-bold", line, forged_duty, attempt, ())) == (
            "Challenges_NotAReissue",
            {
                "paymentId": hex_of(again.payment_id),
                "dutyId": hex_of(forged_duty),
                "attempt": str(attempt),
            },
        )
    other = placed(tree, 0) if line.proof.index else placed(tree, 1)
    invented = neighbour(other, payment_id=again.payment_id)
    told = life.unproven(reissue("R-bold", invented, duty("bold"), 1, ()))
    assert told == mismatch(invented, tree)

    proven = life.prove(reissue("R-bold", line, duty("bold"), 1, ()))

    assert (proven.kind, proven.payment_id) == (ChallengeKind.REISSUED, again.payment_id)
    assert (proven.one, proven.other) == (code_to_bytes32("R-bold"), ZERO32)
    assert (proven.blocked, life.ledger.run("R-bold").challenges) == (True, 1)


def test_a_reissue_of_what_the_cited_batch_did_not_bring_back_is_proven(life: Life) -> None:
    fund, tree = came_back(life, "cited")
    returned = settled_in(tree, TreeKind.RETURNED)
    lawful, swapped = pays("cited-0", 1), pays("somebody else", 1)
    again = tree_of(lawful, swapped)
    life.approve("R-cited-1", again, fund, reissue_of="B-cited")
    neighbours = absence(returned, pays("somebody else").payment_id)
    moved = neighbour(neighbours[0], record_digest=ZERO32)
    line = find(again, swapped.payment_id)

    told = life.unproven(
        reissue("R-cited-1", line, duty("somebody else"), 1, (moved, *neighbours[1:]))
    )
    assert told == mismatch(moved, returned)

    proven = life.prove(reissue("R-cited-1", line, duty("somebody else"), 1, neighbours))

    assert (proven.kind, proven.other) == (ChallengeKind.REISSUED, code_to_bytes32("B-cited"))
    assert proven.blocked


def test_what_a_dispute_let_be_paid_again_is_no_fraud(life: Life) -> None:
    fund, tree = life.fund("F-just"), tree_of(*elders("just"))
    line = find(tree, pays("just-0").payment_id)
    life.approve("R-just", tree, fund)
    opened = OpenDispute(
        dispute="D-just", run="R-just", payment_id=line.line.payment_id, amount_fen=FEN,
        reason=WHY, basis=fresh(),
    )  # fmt: skip
    life.act(opened, "complainer", proof=line)
    upheld = Decide(
        dispute="D-just", outcome=int(Outcome.UPHELD), reason=WHY,
        appeal_until=life.now() + 60, basis=fresh(),
    )  # fmt: skip
    life.act(upheld, "decider")
    life.travel(120)
    life.tell(DisputeDesk.conclude("D-just"))
    life.act(OrderReissue(dispute="D-just", amount_fen=FEN, basis=fresh()), "decider")

    again = tree_of(pays("just-0", 1))
    life.approve("R-just-1", again, fund, reissue_of="D-just")

    told = life.unproven(reissue("R-just-1", placed(again, 0), duty("just-0"), 1, ()))
    assert told == ("Challenges_WasReturned", {"paymentId": hex_of(line.line.payment_id)})
    life.release("R-just-1", FEN)
    life.require_identity(fund)


def test_a_reissue_is_not_measured_by_the_roster(life: Life) -> None:
    fund, tree = life.fund("F-roster", parent=NOTICED_FUND), tree_of(*elders("roster"))
    life.publish("N-roster", settled_in(tree, TreeKind.ROSTER))
    life.pay("R-roster", tree, fund, notice="N-roster")
    life.settle("B-roster", "R-roster", settled_in(tree, TreeKind.RETURNED))
    again = tree_of(pays("roster-0", 1))
    life.prepare("R-roster-1", again, fund, notice="N-roster", reissue_of="B-roster")

    data = DisputeDesk.challenge_unlisted("R-roster-1", placed(again, 0), (placed(tree, 0),))
    assert life.unproven(data) == (
        "Challenges_IsReissue",
        {"run": "R-roster-1", "reissueOf": "B-roster"},
    )
