"""Frauds of runs, proven by anybody from two proofs each; and the forged twin of every proof.

A fraud is a payment in two runs or twice in one, and lines out of order. What is no fraud is
refused by the error that says what it is. Frauds of rosters, batches and reissues are beside.
"""

from dataclasses import replace

import pytest

from fundtrail.chain.bindings import DisputeDesk
from fundtrail.enums import ChallengeKind, Stage
from fundtrail.ids import ZERO32, code_to_bytes32
from fundtrail.proofs import Placed, find, placed
from fundtrail.statements import Cancel, CloseChallenge
from fundtrail.sum_tree import SumTree, TreeKind
from tests.chain.life import WHY, Life, fresh, neighbour, voucher
from tests.chain.trees import FEN, WildTree, elders, hex_of, mismatch, pays, tree_of

duplicate = DisputeDesk.challenge_duplicate


# One payment in two runs, or twice in one


@pytest.fixture(scope="module")
def shared(life: Life) -> tuple[SumTree, SumTree]:
    """Two approved runs that pay one person both."""
    fund, twice = life.fund("F-dup"), pays("paid twice")
    one, other = tree_of(twice, *elders("one")), tree_of(twice, *elders("other"))
    life.approve("R-one", one, fund)
    life.approve("R-other", other, fund)
    return one, other


def test_twins_that_are_forged_are_no_duplicate(
    life: Life, shared: tuple[SumTree, SumTree]
) -> None:
    one, other = shared
    mine = find(one, pays("one-0").payment_id)
    theirs = find(other, pays("other-0").payment_id)
    copied = neighbour(theirs, payment_id=mine.line.payment_id)
    richer = neighbour(copied, amount_fen=FEN + 1)
    beyond = replace(copied, proof=replace(copied.proof, index=6))
    short = replace(copied, proof=replace(copied.proof, path=copied.proof.path[:1]))

    def told(twin: Placed) -> tuple[str, dict[str, str]]:
        return life.unproven(duplicate("R-one", mine, "R-other", twin))

    assert told(theirs) == (
        "Challenges_OtherPayment",
        {
            "paymentId": hex_of(mine.line.payment_id),
            "otherPaymentId": hex_of(theirs.line.payment_id),
        },
    )
    assert told(copied) == mismatch(copied, other)
    assert told(richer) == (
        "SumTree_TotalMismatch",
        {"expected": str(6 * FEN), "computed": str(6 * FEN + 1)},
    )
    assert told(beyond) == ("SumTree_IndexOutOfRange", {"index": "6", "count": "6"})
    assert told(short) == ("SumTree_ProofTooShort", {"length": "1"})
    index = str(mine.proof.index)
    itself = duplicate("R-one", mine, "R-one", mine)
    assert life.unproven(itself) == ("Challenges_SamePlace", {"index": index})


def test_one_payment_in_two_runs_blocks_both_until_an_auditor_closes_it(
    life: Life, shared: tuple[SumTree, SumTree]
) -> None:
    one, other = shared
    twice = pays("paid twice").payment_id
    line, twin = find(one, twice), find(other, twice)

    proven = life.prove(duplicate("R-other", twin, "R-one", line))

    assert (proven.kind, proven.payment_id) == (ChallengeKind.DUPLICATE, twice)
    assert (proven.one, proven.other) == (code_to_bytes32("R-one"), code_to_bytes32("R-other"))
    assert (proven.blocked, proven.submitter) == (True, life.relayer.address)
    held = life.desk.challenge(proven.challenge)
    assert (held.blocked_run, held.blocked_other_run, held.closed) == (True, True, False)
    turned = life.unproven(duplicate("R-one", line, "R-other", twin))
    assert turned == ("Challenges_AlreadyProven", {"challenge": hex_of(proven.challenge)})
    for run, tree in (("R-one", one), ("R-other", other)):
        assert life.refused(voucher(run, tree.root.total_fen), "treasurer") == (
            "Contests_RunBlocked",
            {"run": run, "challenges": "1"},
        )

    close = CloseChallenge(challenge=proven.challenge, reason=WHY, basis=fresh())
    assert life.refused(close, "prosecutor") == (
        "Challenges_NotAnAuditor",
        {"agency": "jcy", "kind": "6"},
    )
    assert life.refused(replace(close, reason=ZERO32), "auditor")[0] == "Challenges_NoReason"
    life.act(close, "auditor")
    again = replace(close, basis=fresh())
    assert life.refused(again, "auditor") == (
        "Challenges_NotOpen",
        {"challenge": hex_of(proven.challenge)},
    )
    life.release("R-one", one.root.total_fen)
    assert life.ledger.run("R-one").stage is Stage.RELEASED


def test_a_duplicate_of_a_run_that_is_paid_blocks_the_other_one(life: Life) -> None:
    fund, twice = life.fund("F-late"), pays("paid before")
    paid, next_month = tree_of(twice), tree_of(twice, *elders("next"))
    life.pay("R-paid", paid, fund)
    life.prepare("R-next", next_month, fund)
    line, twin = find(paid, twice.payment_id), find(next_month, twice.payment_id)

    proven = life.prove(duplicate("R-paid", line, "R-next", twin))

    held = life.desk.challenge(proven.challenge)
    assert (proven.blocked, held.blocked_run, held.blocked_other_run) == (False, False, True)
    life.act(Cancel(run="R-next", reason=WHY, basis=fresh()), "preparer")


def test_what_is_cancelled_pays_nobody_twice(life: Life) -> None:
    fund, tree = life.fund("F-gone"), tree_of(*elders("gone"))
    life.prepare("R-gone", tree, fund)
    life.prepare("R-stays", tree, fund)
    life.act(Cancel(run="R-gone", reason=WHY, basis=fresh()), "preparer")

    twin = placed(tree, 0)
    told = life.unproven(duplicate("R-stays", twin, "R-gone", twin))
    assert told == ("Contests_RunStopped", {"run": "R-gone"})


def test_one_payment_twice_in_one_run_is_a_duplicate(life: Life) -> None:
    first, *rest = tree_of(*elders("within")).lines
    tree = WildTree([first, first, *rest], TreeKind.RUN)
    life.approve("R-within", tree, life.fund("F-within"))

    proven = life.prove(duplicate("R-within", placed(tree, 0), "R-within", placed(tree, 1)))

    assert proven.one == proven.other == code_to_bytes32("R-within")
    assert life.ledger.run("R-within").challenges == 1


# Lines out of order


def test_a_run_out_of_order_is_blocked_once_whichever_lines_show_it(life: Life) -> None:
    a, b, c, d, e = tree_of(*elders("order")).lines
    tree = WildTree([a, d, c, b, e], TreeKind.RUN)
    life.approve("R-order", tree, life.fund("F-order"))
    order = DisputeDesk.challenge_order
    before, after = placed(tree, 1), placed(tree, 3)
    risen = placed(tree, 0)
    forged = neighbour(before, payment_id=e.payment_id)

    assert life.unproven(order("R-order", risen, after)) == (
        "Challenges_InOrder",
        {"paymentId": hex_of(a.payment_id), "nextPaymentId": hex_of(b.payment_id)},
    )
    turned = life.unproven(order("R-order", after, before))
    assert turned == ("Challenges_SamePlace", {"index": "3"})
    assert life.unproven(order("R-order", forged, after)) == mismatch(forged, tree)

    proven = life.prove(order("R-order", before, after))

    assert (proven.kind, proven.payment_id) == (ChallengeKind.MISORDERED, ZERO32)
    assert life.unproven(order("R-order", before, placed(tree, 2))) == (
        "Challenges_AlreadyProven",
        {"challenge": hex_of(proven.challenge)},
    )
    assert life.ledger.run("R-order").challenges == 1
