from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrail.errors import (
    FundtrailError,
    MoneyError,
    OrderError,
    ProofError,
    ProofIndexError,
    ProofPathError,
)
from fundtrail.money import FEN_MAX
from fundtrail.sum_tree import (
    Inclusion,
    Line,
    SumTree,
    TreeKind,
    line_hash,
    sum_root,
    verify_absence,
    verify_inclusion,
)
from tests.fundtrail.vectors import load, unhex

VECTORS = load("sum_tree.json")
TREES = st.lists(
    st.tuples(st.binary(min_size=32, max_size=32), st.integers(0, 2**64)),
    min_size=1,
    max_size=40,
    unique_by=lambda pair: pair[0],
).filter(lambda pairs: all(any(pair[0]) for pair in pairs))


def lines_of(case: dict[str, Any]) -> list[Line]:
    return [
        Line(
            payment_id=unhex(line["payment_id"]),
            amount_fen=int(line["amount_fen"]),
            record_digest=unhex(line["record_digest"]),
        )
        for line in case["lines"]
    ]


def tree_of(pairs: list[tuple[bytes, int]]) -> SumTree:
    rows = [Line(payment_id=i, amount_fen=a, record_digest=bytes(32)) for i, a in sorted(pairs)]
    return SumTree(rows, TreeKind.RUN)


def verify(tree: SumTree, line: Line, proof: Inclusion) -> None:
    root = tree.root
    verify_inclusion(
        line,
        proof,
        kind=root.kind,
        root=root.root,
        total_fen=root.total_fen,
        count=root.count,
    )


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_roots_and_proofs_match_the_vectors(case: dict[str, Any]) -> None:
    lines, kind = lines_of(case), TreeKind(case["kind"])
    tree = SumTree(lines, kind)

    assert [line_hash(line) for line in lines] == [unhex(line["hash"]) for line in case["lines"]]
    assert tree.root == sum_root(lines, kind)
    assert tree.root.top == unhex(case["top"])
    assert tree.root.total_fen == int(case["total_fen"])
    assert tree.root.root == unhex(case["root"])
    for proof in case["inclusions"]:
        found = tree.inclusion(proof["index"]).path
        assert [node[0] for node in found] == [unhex(item) for item in proof["path_hashes"]]
        assert [node[1] for node in found] == [int(item) for item in proof["path_sums"]]


@pytest.mark.parametrize("case", VECTORS["overflow_refused"], ids=lambda case: case["name"])
def test_a_total_over_the_range_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(MoneyError):
        tree_of([(bytes([i + 1]) * 32, int(a)) for i, a in enumerate(case["amounts"])])


@given(TREES)
def test_every_line_is_proved_into_its_root(pairs: list[tuple[bytes, int]]) -> None:
    tree = tree_of(pairs)
    for index, line in enumerate(tree.lines):
        verify(tree, line, tree.inclusion(index))


@given(TREES, st.data())
def test_a_forged_twin_of_a_proof_is_refused(
    pairs: list[tuple[bytes, int]], data: st.DataObject
) -> None:
    tree = tree_of(pairs)
    index = data.draw(st.integers(0, len(tree.lines) - 1))
    line, proof = tree.lines[index], tree.inclusion(index)

    forged_lines = [
        Line(payment_id=line.payment_id, amount_fen=line.amount_fen + 1, record_digest=bytes(32)),
        Line(payment_id=bytes(32), amount_fen=line.amount_fen, record_digest=bytes(32)),
        Line(payment_id=line.payment_id, amount_fen=line.amount_fen, record_digest=b"\1" * 32),
    ]
    for forged in forged_lines:
        with pytest.raises(ProofError):
            verify(tree, forged, proof)
    for twin in forged_proofs(proof, tree.root.count):
        with pytest.raises(FundtrailError):
            verify(tree, line, twin)


def forged_proofs(proof: Inclusion, count: int) -> list[Inclusion]:
    path = proof.path
    twins = [
        Inclusion(index=count, path=path),
        Inclusion(index=-1, path=path),
        Inclusion(index=proof.index, path=(*path, (bytes(32), 0))),
    ]
    if path:
        (node, amount), rest = path[0], path[1:]
        twins += [
            Inclusion(index=proof.index, path=rest),
            Inclusion(index=proof.index, path=((node, amount + 1), *rest)),
            Inclusion(index=proof.index, path=((bytes(32), amount), *rest)),
            Inclusion(index=proof.index ^ 1, path=path),
        ]
    return twins


def test_a_root_of_another_kind_total_or_count_is_refused() -> None:
    tree = tree_of([(bytes([i]) * 32, i) for i in range(1, 6)])
    line, proof, root = tree.lines[2], tree.inclusion(2), tree.root
    facts = {"kind": root.kind, "root": root.root, "total_fen": root.total_fen, "count": 5}

    for wrong in ({"kind": TreeKind.ROSTER}, {"total_fen": 14}, {"count": 4}, {"root": bytes(32)}):
        with pytest.raises(ProofError):
            verify_inclusion(line, proof, **(facts | wrong))  # type: ignore[arg-type]  # one is wrong


@given(TREES, st.binary(min_size=32, max_size=32))
def test_absence_is_proved_by_neighbours(pairs: list[tuple[bytes, int]], wanted: bytes) -> None:
    tree = tree_of(pairs)
    ids = [line.payment_id for line in tree.lines]
    if wanted in ids:
        return
    place = sum(1 for item in ids if item < wanted)
    near = [i for i in (place - 1, place) if 0 <= i < len(ids)]
    neighbours = [(tree.lines[i], tree.inclusion(i)) for i in near]
    root = tree.root
    facts = {
        "kind": root.kind,
        "root": root.root,
        "total_fen": root.total_fen,
        "count": root.count,
    }

    verify_absence(wanted, neighbours, **facts)  # type: ignore[arg-type]  # facts of one root
    for present in ids:
        with pytest.raises(ProofPathError):
            verify_absence(present, neighbours, **facts)  # type: ignore[arg-type]  # as above
    with pytest.raises(ProofPathError):
        verify_absence(wanted, [], **facts)  # type: ignore[arg-type]  # as above


def test_neighbours_with_a_line_between_them_prove_nothing() -> None:
    tree = tree_of([(bytes([i]) * 32, 1) for i in (1, 3, 5)])
    apart = [(tree.lines[i], tree.inclusion(i)) for i in (0, 2)]
    root = tree.root

    with pytest.raises(ProofPathError):
        verify_absence(b"\2" * 32, apart, kind=root.kind, root=root.root, total_fen=3, count=3)


def test_lines_out_of_order_or_twice_are_refused() -> None:
    line = Line(payment_id=b"\2" * 32, amount_fen=1, record_digest=bytes(32))
    lower = Line(payment_id=b"\1" * 32, amount_fen=1, record_digest=bytes(32))

    with pytest.raises(OrderError):
        sum_root([line, lower], TreeKind.RUN)
    with pytest.raises(OrderError):
        sum_root([line, line], TreeKind.RUN)


def test_a_tree_of_no_lines_has_no_root() -> None:
    with pytest.raises(ProofError):
        sum_root([], TreeKind.RUN)


def test_a_line_that_is_not_money_is_refused() -> None:
    with pytest.raises(MoneyError):
        Line(payment_id=bytes(32), amount_fen=FEN_MAX + 1, record_digest=bytes(32))
    with pytest.raises(ProofIndexError):
        tree_of([(b"\1" * 32, 1)]).inclusion(1)
