"""Lines with their places, and neighbours that show an absence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrail.errors import OrderError, ProofError, ProofIndexError, ProofPathError
from fundtrail.proofs import absence, find, placed, prove
from fundtrail.sum_tree import Line, SumTree, TreeKind, verify_absence, verify_inclusion

IDS = st.sets(st.binary(min_size=32, max_size=32).filter(any), min_size=2, max_size=40).map(sorted)


def tree_of(ids: list[bytes]) -> SumTree:
    lines = [Line(payment_id=i, amount_fen=n, record_digest=i) for n, i in enumerate(ids, 1)]
    return SumTree(lines, TreeKind.RUN)


@given(ids=IDS, data=st.data())
def test_every_payment_is_found_and_verifies(ids: list[bytes], data: st.DataObject) -> None:
    tree, wanted = tree_of(ids), data.draw(st.sampled_from(ids))
    root = tree.root

    found = find(tree, wanted)

    assert found.line.payment_id == wanted
    verify_inclusion(
        found.line,
        found.proof,
        kind=root.kind,
        root=root.root,
        total_fen=root.total_fen,
        count=root.count,
    )


@given(ids=IDS, data=st.data())
def test_a_payment_that_was_left_out_is_shown_absent_by_its_neighbours(
    ids: list[bytes], data: st.DataObject
) -> None:
    left_out = data.draw(st.sampled_from(ids))
    tree = tree_of([i for i in ids if i != left_out])
    root = tree.root

    verify_absence(
        left_out,
        [(neighbour.line, neighbour.proof) for neighbour in absence(tree, left_out)],
        kind=root.kind,
        root=root.root,
        total_fen=root.total_fen,
        count=root.count,
    )
    with pytest.raises(ProofPathError, match="it is not"):
        find(tree, left_out)


def test_a_payment_that_is_there_has_no_absence_and_no_place_is_made_up() -> None:
    tree = tree_of([bytes([n]) * 32 for n in (1, 2, 3)])

    with pytest.raises(ProofPathError, match="it is there"):
        absence(tree, b"\2" * 32)
    with pytest.raises(ProofIndexError):
        placed(tree, 3)


@given(ids=IDS, data=st.data())
def test_one_pass_over_the_lines_proves_what_the_whole_tree_proves(
    ids: list[bytes], data: st.DataObject
) -> None:
    tree, wanted = tree_of(ids), data.draw(st.sets(st.sampled_from(ids)))
    expected = {payment: find(tree, payment) for payment in wanted}

    assert prove(iter(tree.lines), wanted, TreeKind.RUN) == (tree.root, expected)


@given(ids=IDS, data=st.data())
def test_one_pass_over_the_lines_makes_up_no_payment(ids: list[bytes], data: st.DataObject) -> None:
    left_out = data.draw(st.sampled_from(ids))
    tree = tree_of([i for i in ids if i != left_out])

    assert prove(iter(tree.lines), [left_out], TreeKind.RUN) == (tree.root, {})


def test_one_pass_refuses_lines_out_of_order_and_no_lines() -> None:
    lines = tree_of([bytes([n]) * 32 for n in (1, 2, 3)]).lines

    with pytest.raises(OrderError):
        prove(reversed(lines), [lines[0].payment_id], TreeKind.RUN)
    with pytest.raises(ProofError, match="at least one line"):
        prove([], [], TreeKind.RUN)
