"""Sum trees: Python and Solidity give one answer to every proof, true or forged."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundtrail.errors import MoneyError, ProofIndexError, ProofPathError, RootMismatchError
from fundtrail.money import FEN_MAX
from fundtrail.sum_tree import (
    Inclusion,
    Line,
    SumRoot,
    SumTree,
    TreeKind,
    line_hash,
    node,
    root_hash,
    verify_absence,
    verify_inclusion,
)
from tests.chain.libraries import Libraries, Question
from tests.fundtrail.vectors import load, unhex

FAST = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
VECTORS = load("sum_tree.json")["cases"]
DIGEST = st.binary(min_size=32, max_size=32)
KINDS = st.sampled_from(TreeKind)
AMOUNTS = st.one_of(st.integers(0, 100), st.integers(0, FEN_MAX // 64))
ANY_AMOUNT = st.one_of(AMOUNTS, st.integers(0, FEN_MAX), st.integers(FEN_MAX - 100, FEN_MAX))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A line, its proof, and the root it is said to be under."""

    line: Line
    proof: Inclusion
    root: SumRoot
    sealed: bytes

    def question(self) -> Question:
        return "verifyLine", (*placed(self.line, self.proof), sealed(self.root, self.sealed))

    def verify(self) -> None:
        verify_inclusion(self.line, self.proof, **claimed(self.root, self.sealed))


@st.composite
def trees(draw: st.DrawFn) -> SumTree:
    ids = sorted(draw(st.sets(DIGEST.filter(any), min_size=1, max_size=33)))
    lines = [Line(payment_id=i, amount_fen=draw(AMOUNTS), record_digest=draw(DIGEST)) for i in ids]
    return SumTree(lines, draw(KINDS))


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """A true claim, or one with one thing in it changed."""
    tree = draw(trees())
    index = draw(st.integers(0, len(tree.lines) - 1))
    true = claim(tree, index)
    return draw(st.sampled_from([*CHANGES, lambda unchanged, _: unchanged]))(true, draw)


def claim(tree: SumTree, index: int) -> Claim:
    line, proof = tree.lines[index], tree.inclusion(index)
    return Claim(line=line, proof=proof, root=tree.root, sealed=tree.root.root)


def change_amount(true: Claim, draw: st.DrawFn) -> Claim:
    return replace(true, line=replace(true.line, amount_fen=draw(ANY_AMOUNT)))


def change_payment(true: Claim, draw: st.DrawFn) -> Claim:
    return replace(true, line=replace(true.line, payment_id=draw(DIGEST)))


def change_index(true: Claim, draw: st.DrawFn) -> Claim:
    return replace(true, proof=replace(true.proof, index=draw(st.integers(0, 40))))


def change_count(true: Claim, draw: st.DrawFn) -> Claim:
    counts = st.one_of(st.integers(0, 40), st.integers(0, 2**64 - 1))
    return replace(true, root=replace(true.root, count=draw(counts)))


def change_total(true: Claim, draw: st.DrawFn) -> Claim:
    return replace(true, root=replace(true.root, total_fen=draw(ANY_AMOUNT)))


def change_kind(true: Claim, draw: st.DrawFn) -> Claim:
    return replace(true, root=replace(true.root, kind=draw(KINDS)))


def change_node(true: Claim, draw: st.DrawFn) -> Claim:
    path = list(true.proof.path)
    if path:
        at = draw(st.integers(0, len(path) - 1))
        other = draw(DIGEST), draw(ANY_AMOUNT)
        path[at] = draw(st.sampled_from([other, (path[at][0], other[1]), (other[0], path[at][1])]))
    return replace(true, proof=replace(true.proof, path=tuple(path)))


def change_length(true: Claim, draw: st.DrawFn) -> Claim:
    path = true.proof.path
    more = draw(st.lists(st.tuples(DIGEST, AMOUNTS), min_size=1, max_size=2))
    shorter = path[: draw(st.integers(0, len(path)))]
    return replace(
        true, proof=replace(true.proof, path=draw(st.sampled_from([(*path, *more), shorter])))
    )


CHANGES = [
    change_amount,
    change_payment,
    change_index,
    change_count,
    change_total,
    change_kind,
    change_node,
    change_length,
]


def placed(line: Line, proof: Inclusion) -> tuple[object, object]:
    return (line.payment_id, line.amount_fen, line.record_digest), (proof.index, list(proof.path))


def sealed(root: SumRoot, digest: bytes) -> tuple[object, ...]:
    return int(root.kind), root.total_fen, root.count, digest


def claimed(root: SumRoot, digest: bytes) -> dict[str, object]:
    return {
        "kind": root.kind, "root": digest, "total_fen": root.total_fen, "count": root.count
    }  # fmt: skip


def said_in_python(verify: Callable[[], None]) -> set[str]:
    """The names that Solidity may answer with where Python says this; none where it accepts."""
    try:
        verify()
    except ProofIndexError:
        return {"SumTree_IndexOutOfRange"}
    except ProofPathError as error:
        for length in ("long", "short"):
            if f"too {length}" in str(error):
                return {f"SumTree_ProofToo{length.capitalize()}"}
        reasons = ("NeighbourCount", "NotNeighbours", "NotAtEdge", "NotBetween")
        return {f"SumTree_{reason}" for reason in reasons}
    except RootMismatchError:
        return {"SumTree_TotalMismatch", "SumTree_RootMismatch"}
    except MoneyError:
        return {"SumTree_Overflow"}
    return set()


def assert_agree(answer: object, names: set[str]) -> None:
    assert answer in names if names else answer == ()


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["name"])
def test_every_vector_is_met_by_both(libraries: Libraries, case: dict[str, object]) -> None:
    lines = [
        Line(
            payment_id=unhex(line["payment_id"]),
            amount_fen=int(line["amount_fen"]),
            record_digest=unhex(line["record_digest"]),
        )
        for line in case["lines"]
    ]
    tree = SumTree(lines, TreeKind(case["kind"]))
    every = range(len(lines))

    leaves = libraries.answers([("leaf", (placed(x, tree.inclusion(0))[0],)) for x in lines])
    proofs = libraries.answers([claim(tree, index).question() for index in every])
    top = (unhex(case["top"]), int(case["total_fen"]))
    (seal,) = libraries.answers([("seal", (case["kind"], top, case["count"]))])

    assert tree.root.root == unhex(case["root"])
    assert [leaf[0][0] for leaf in leaves] == [unhex(line["hash"]) for line in case["lines"]]
    assert proofs == [()] * len(lines)
    assert seal == (unhex(case["root"]),)


@given(tree=trees())
@FAST
def test_every_line_of_any_tree_is_proved_to_both(libraries: Libraries, tree: SumTree) -> None:
    true = [claim(tree, index) for index in range(len(tree.lines))]
    for each in true:
        each.verify()
    assert libraries.answers([each.question() for each in true]) == [()] * len(true)


@given(several=st.lists(claims(), min_size=8, max_size=8))
@FAST
def test_a_changed_proof_is_refused_by_both_for_one_reason(
    libraries: Libraries, several: list[Claim]
) -> None:
    answers = libraries.answers([each.question() for each in several])
    for each, answer in zip(several, answers, strict=True):
        assert_agree(answer, said_in_python(each.verify))


@given(tree=trees(), data=st.data())
@FAST
def test_absence_is_proved_to_both_by_the_same_neighbours(
    libraries: Libraries, tree: SumTree, data: st.DataObject
) -> None:
    wanted = data.draw(st.one_of(DIGEST, st.sampled_from([line.payment_id for line in tree.lines])))
    indices = st.integers(0, len(tree.lines) - 1)
    drawn = data.draw(st.lists(st.lists(indices, max_size=3), max_size=4))
    beside = sum(line.payment_id < wanted for line in tree.lines)
    true = [i for i in (beside - 1, beside) if 0 <= i < len(tree.lines)]
    choices = [true, *drawn, *map(list, product(range(min(3, len(tree.lines))), repeat=2))]

    pairs = [[(tree.lines[i], tree.inclusion(i)) for i in chosen] for chosen in choices]
    root = sealed(tree.root, tree.root.root)
    answers = libraries.answers(
        [("verifyAbsence", (wanted, [placed(*each) for each in pair], root)) for pair in pairs]
    )

    for pair, answer in zip(pairs, answers, strict=True):
        said = said_in_python(
            lambda pair=pair: verify_absence(wanted, pair, **claimed(tree.root, tree.root.root))
        )
        assert_agree(answer, said)


@given(left=st.tuples(DIGEST, ANY_AMOUNT), right=st.tuples(DIGEST, ANY_AMOUNT))
@FAST
def test_nodes_sum_alike_and_overflow_alike(
    libraries: Libraries, left: tuple[bytes, int], right: tuple[bytes, int]
) -> None:
    (answer,) = libraries.answers([("node", (left, right))])
    try:
        assert answer == (node(left, right),)
    except MoneyError:
        assert answer == "SumTree_Overflow"


@given(
    line=st.builds(
        Line, payment_id=DIGEST, amount_fen=st.integers(0, FEN_MAX), record_digest=DIGEST
    ),
    kind=KINDS,
    count=st.integers(0, 2**64 - 1),
)
@FAST
def test_lines_and_roots_hash_alike(
    libraries: Libraries, line: Line, kind: TreeKind, count: int
) -> None:
    top = line_hash(line), line.amount_fen
    leaf, seal = libraries.answers(
        [("leaf", (placed(line, Inclusion(index=0, path=()))[0],)), ("seal", (kind, top, count))]
    )
    assert leaf == (top,)
    assert seal == (root_hash(kind, *top, count),)
