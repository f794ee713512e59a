"""What a bank reports against what was ordered: every contradiction is proven by two proofs.

A batch comes after the release, so a proven fraud blocks nothing; it stands as an open case. The
forged twin of every proof is refused by the error that says what it is.
"""

from dataclasses import replace

import pytest

from fundtrail.chain.bindings import DisputeDesk
from fundtrail.enums import ChallengeKind
from fundtrail.ids import ZERO32, code_to_bytes32
from fundtrail.proofs import absence, find, placed
from fundtrail.sum_tree import SumTree, TreeKind
from tests.chain.life import Life, neighbour
from tests.chain.trees import FEN, WildTree, elders, hex_of, mismatch, pays, tree_of

CREDITED, RETURNED = TreeKind.CREDITED, TreeKind.RETURNED


@pytest.fixture(scope="module")
def run(life: Life) -> SumTree:
    """Sixteen people, released to the bank."""
    tree = tree_of(*elders("bank", 16))
    life.pay("R-bank", tree, life.fund("F-bank"))
    return tree


def test_a_batch_out_of_order_is_a_case(life: Life, run: SumTree) -> None:
    wild = WildTree([run.lines[1], run.lines[0]], CREDITED)
    life.settle("B-order", "R-bank", wild)
    order = DisputeDesk.challenge_batch_order
    first, second = placed(wild, 0), placed(wild, 1)
    forged = neighbour(second, record_digest=ZERO32)

    assert life.unproven(order("B-order", second, first)) == (
        "Challenges_SamePlace",
        {"index": "1"},
    )
    assert life.unproven(order("B-order", first, forged)) == mismatch(forged, wild)
    assert life.unproven(order("B-none", first, second)) == (
        "Challenges_UnknownBatch",
        {"batch": "B-none"},
    )
    risen = neighbour(first, payment_id=ZERO32)
    assert life.unproven(order("B-order", risen, second)) == (
        "Challenges_InOrder",
        {"paymentId": hex_of(ZERO32), "nextPaymentId": hex_of(second.line.payment_id)},
    )

    proven = life.prove(order("B-order", first, second))

    assert (proven.kind, proven.run) == (ChallengeKind.MISORDERED, "R-bank")
    assert (proven.other, proven.blocked) == (code_to_bytes32("B-order"), False)


def test_a_payment_that_no_run_ordered_is_proven_by_its_neighbours(
    life: Life, run: SumTree
) -> None:
    stranger = pays("a friend of the bank's")
    batch = tree_of(stranger, run.lines[2], kind=CREDITED)
    life.settle("B-stranger", "R-bank", batch)
    line, around = find(batch, stranger.payment_id), absence(run, stranger.payment_id)
    honest = find(batch, run.lines[2].payment_id)
    strange = DisputeDesk.challenge_stranger

    assert life.unproven(strange("B-stranger", honest, (placed(run, 1), placed(run, 2)))) == (
        "SumTree_NotBetween",
        {"paymentId": hex_of(honest.line.payment_id)},
    )
    apart = placed(run, 0), placed(run, 15)
    assert life.unproven(strange("B-stranger", line, apart)) == (
        "SumTree_NotNeighbours",
        {"left": "0", "right": "15"},
    )
    invented = neighbour(honest, payment_id=stranger.payment_id)
    assert life.unproven(strange("B-stranger", invented, around)) == mismatch(invented, batch)
    assert life.unproven(strange("B-none", line, around))[0] == "Challenges_UnknownBatch"

    proven = life.prove(strange("B-stranger", line, around))

    assert (proven.kind, proven.blocked) == (ChallengeKind.STRANGER, False)
    assert proven.payment_id == stranger.payment_id
    assert (proven.one, proven.other) == (code_to_bytes32("R-bank"), code_to_bytes32("B-stranger"))


def test_another_amount_than_the_one_that_was_ordered_is_proven(life: Life, run: SumTree) -> None:
    short = replace(run.lines[3], amount_fen=FEN - 1_000)
    batch = tree_of(short, run.lines[4], kind=CREDITED)
    life.settle("B-amount", "R-bank", batch)
    line, ordered = find(batch, short.payment_id), placed(run, 3)
    differs = DisputeDesk.challenge_batch_amount

    honest = find(batch, run.lines[4].payment_id)
    assert life.unproven(differs("B-amount", honest, placed(run, 4))) == (
        "Challenges_SameAmount",
        {"amountFen": str(FEN)},
    )
    assert life.unproven(differs("B-amount", line, placed(run, 4))) == (
        "Challenges_OtherPayment",
        {
            "paymentId": hex_of(short.payment_id),
            "otherPaymentId": hex_of(run.lines[4].payment_id),
        },
    )
    total = run.root.total_fen
    richer = neighbour(placed(run, 4), amount_fen=FEN + 1)
    assert life.unproven(differs("B-amount", honest, richer)) == (
        "SumTree_TotalMismatch",
        {"expected": str(total), "computed": str(total + 1)},
    )

    proven = life.prove(differs("B-amount", line, ordered))

    assert (proven.kind, proven.payment_id) == (ChallengeKind.BATCH_AMOUNT, short.payment_id)
    assert life.unproven(differs("B-amount", line, ordered)) == (
        "Challenges_AlreadyProven",
        {"challenge": hex_of(proven.challenge)},
    )


def test_credited_and_returned_both_is_proven(life: Life, run: SumTree) -> None:
    both, once = run.lines[5], run.lines[6]
    credited = tree_of(both, once, kind=CREDITED)
    returned = tree_of(both, run.lines[7], kind=RETURNED)
    life.settle("B-credited", "R-bank", credited)
    life.settle("B-returned", "R-bank", returned)
    line, twin = find(credited, both.payment_id), find(returned, both.payment_id)
    twice = DisputeDesk.challenge_reported_twice

    other = find(credited, once.payment_id)
    assert life.unproven(twice("B-credited", other, "B-returned", twin)) == (
        "Challenges_OtherPayment",
        {"paymentId": hex_of(once.payment_id), "otherPaymentId": hex_of(both.payment_id)},
    )
    copied = neighbour(find(returned, run.lines[7].payment_id), payment_id=once.payment_id)
    told = life.unproven(twice("B-credited", other, "B-returned", copied))
    assert told == mismatch(copied, returned)
    assert life.unproven(twice("B-credited", line, "B-credited", line)) == (
        "Challenges_SamePlace",
        {"index": str(line.proof.index)},
    )

    proven = life.prove(twice("B-returned", twin, "B-credited", line))

    assert (proven.kind, proven.payment_id) == (ChallengeKind.REPORTED_TWICE, both.payment_id)
    assert {proven.one, proven.other} == {
        code_to_bytes32("B-credited"),
        code_to_bytes32("B-returned"),
    }


def test_one_payment_twice_in_one_batch_is_reported_twice(life: Life, run: SumTree) -> None:
    batch = WildTree([run.lines[8], run.lines[8]], CREDITED)
    life.settle("B-within", "R-bank", batch)

    data = DisputeDesk.challenge_reported_twice(
        "B-within", placed(batch, 0), "B-within", placed(batch, 1)
    )
    assert life.prove(data).kind is ChallengeKind.REPORTED_TWICE


def test_batches_of_two_runs_do_not_contradict_each_other(life: Life, run: SumTree) -> None:
    fund, tree = life.fund("F-bank-2"), tree_of(run.lines[0], *elders("second"))
    life.pay("R-bank-2", tree, fund)
    here, there = tree_of(run.lines[9], kind=CREDITED), tree_of(tree.lines[0], kind=CREDITED)
    life.settle("B-here", "R-bank", here)
    life.settle("B-there", "R-bank-2", there)

    told = life.unproven(
        DisputeDesk.challenge_reported_twice("B-here", placed(here, 0), "B-there", placed(there, 0))
    )
    assert told == ("Challenges_OtherRun", {"run": "R-bank", "otherRun": "R-bank-2"})
