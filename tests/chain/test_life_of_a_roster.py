"""A run against the roster that was shown: who was not on it, and who was with another amount.

Proven by anybody from two proofs; the forged twin of every proof is refused by its own error.
"""

from dataclasses import replace

import pytest

from fundtrail.chain.bindings import DisputeDesk
from fundtrail.enums import ChallengeKind
from fundtrail.ids import ZERO32, code_to_bytes32, text_digest
from fundtrail.proofs import absence, find, placed
from fundtrail.sum_tree import SumTree, TreeKind
from tests.chain.life import NOTICED_FUND, Life, neighbour
from tests.chain.trees import FEN, WildTree, elders, hex_of, mismatch, pays, tree_of


@pytest.fixture(scope="module")
def shown(life: Life) -> tuple[SumTree, SumTree]:
    """A run with one person too many and one fen too much, and the roster that it cites."""
    fund, listed = life.fund("F-shown", parent=NOTICED_FUND), elders("shown", 6)
    roster = tree_of(*listed, kind=TreeKind.ROSTER)
    raised = replace(listed[2], amount_fen=FEN + 1)
    run = tree_of(pays("nobody's neighbour"), *listed[:2], raised, *listed[3:5])
    life.publish("N-shown", roster)
    life.approve("R-shown", run, fund, notice="N-shown")
    return run, roster


def test_a_line_that_was_never_shown_is_proven_by_its_neighbours(
    life: Life, shown: tuple[SumTree, SumTree]
) -> None:
    run, roster = shown
    stranger = find(run, pays("nobody's neighbour").payment_id)
    around, honest = absence(roster, stranger.line.payment_id), placed(run, 1)
    unlisted = DisputeDesk.challenge_unlisted
    payment = hex_of(stranger.line.payment_id)

    listed = find(run, pays("shown-0").payment_id)
    left = find(roster, listed.line.payment_id).proof.index
    beside = placed(roster, max(0, left - 1)), placed(roster, max(1, left))
    assert life.unproven(unlisted("R-shown", listed, beside)) == (
        "SumTree_NotBetween",
        {"paymentId": hex_of(listed.line.payment_id)},
    )
    assert life.unproven(unlisted("R-shown", stranger, (placed(roster, 0), placed(roster, 5)))) == (
        "SumTree_NotNeighbours",
        {"left": "0", "right": "5"},
    )
    assert life.unproven(unlisted("R-shown", stranger, (placed(roster, 2),))) == (
        "SumTree_NotAtEdge",
        {"index": "2", "count": "6"},
    )
    none = life.unproven(unlisted("R-shown", stranger, ()))
    assert none == ("SumTree_NeighbourCount", {"length": "0"})
    invented = neighbour(honest, payment_id=text_digest("invented"))
    assert life.unproven(unlisted("R-shown", invented, around)) == mismatch(invented, run)
    moved = neighbour(around[0], record_digest=ZERO32)
    turned = life.unproven(unlisted("R-shown", stranger, (moved, *around[1:])))
    assert turned == mismatch(moved, roster)

    proven = life.prove(unlisted("R-shown", stranger, around))

    assert (proven.kind, hex_of(proven.payment_id)) == (ChallengeKind.UNLISTED, payment)
    assert (proven.one, proven.other) == (code_to_bytes32("R-shown"), code_to_bytes32("N-shown"))
    assert life.ledger.run("R-shown").challenges >= 1


def test_another_amount_than_the_one_that_was_shown_is_proven(
    life: Life, shown: tuple[SumTree, SumTree]
) -> None:
    run, roster = shown
    payment = pays("shown-2").payment_id
    paid, listed = find(run, payment), find(roster, payment)
    honest = pays("shown-1").payment_id
    differs = DisputeDesk.challenge_roster_amount

    same = life.unproven(differs("R-shown", find(run, honest), find(roster, honest)))
    assert same == ("Challenges_SameAmount", {"amountFen": str(FEN)})
    assert life.unproven(differs("R-shown", paid, find(roster, honest))) == (
        "Challenges_OtherPayment",
        {"paymentId": hex_of(payment), "otherPaymentId": hex_of(honest)},
    )
    cheaper = neighbour(find(roster, honest), amount_fen=FEN - 1)
    total = roster.root.total_fen
    assert life.unproven(differs("R-shown", find(run, honest), cheaper)) == (
        "SumTree_TotalMismatch",
        {"expected": str(total), "computed": str(total - 1)},
    )

    proven = life.prove(differs("R-shown", paid, listed))

    assert (proven.kind, proven.payment_id) == (ChallengeKind.ROSTER_AMOUNT, payment)
    assert proven.blocked


def test_a_run_without_notice_has_no_roster_to_differ_from(life: Life) -> None:
    tree = tree_of(*elders("free"))
    life.approve("R-free", tree, life.fund("F-free"))
    line, other = placed(tree, 0), placed(tree, 1)

    for data in (
        DisputeDesk.challenge_unlisted("R-free", line, (other,)),
        DisputeDesk.challenge_roster_amount("R-free", line, other),
        DisputeDesk.challenge_roster_order("R-free", line, other),
    ):
        assert life.unproven(data) == ("Challenges_NoNotice", {"run": "R-free"})


def test_a_roster_out_of_order_blocks_the_run_that_cites_it(life: Life) -> None:
    fund, (a, b, c, *_) = life.fund("F-wild", parent=NOTICED_FUND), elders("wild")
    run = tree_of(a, b, c)
    low, middle, high = run.lines
    roster = WildTree([low, high, middle], TreeKind.ROSTER)
    life.publish("N-wild", roster)
    life.approve("R-wild", run, fund, notice="N-wild")
    order = DisputeDesk.challenge_roster_order
    forged = neighbour(placed(roster, 0), payment_id=high.payment_id)

    assert life.unproven(order("R-wild", placed(roster, 0), placed(roster, 1)))[0] == (
        "Challenges_InOrder"
    )
    assert life.unproven(order("R-wild", forged, placed(roster, 2))) == mismatch(forged, roster)
    run_s = placed(run, 1), placed(run, 2)
    assert life.unproven(order("R-wild", *run_s))[0] == "Challenges_InOrder"

    proven = life.prove(order("R-wild", placed(roster, 1), placed(roster, 2)))

    assert (proven.kind, proven.blocked) == (ChallengeKind.MISORDERED, True)
    assert (proven.one, proven.other) == (code_to_bytes32("R-wild"), code_to_bytes32("N-wild"))
