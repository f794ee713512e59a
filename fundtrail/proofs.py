"""Lines with their places: what a contract judges by (docs/format.md §3.1).

Guarantees: `placed`, `absence` and `prove` answer from the lines they are given, with proofs that
`fundtrail.sum_tree` and the contracts verify under their root. A tree proves nothing about reality.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from fundtrail.errors import ProofPathError
from fundtrail.sum_tree import (
    Inclusion,
    Line,
    SumNode,
    SumRoot,
    SumTree,
    SumTreeBuilder,
    TreeKind,
    line_hash,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A line, and the proof of where it stands."""

    line: Line
    proof: Inclusion

    def values(self) -> tuple[tuple[bytes, int, bytes], tuple[int, tuple[tuple[bytes, int], ...]]]:
        """The struct for ABI encoding."""
        line, proof = self.line, self.proof
        return (line.payment_id, line.amount_fen, line.record_digest), (proof.index, proof.path)


def placed(tree: SumTree, index: int) -> Placed:
    """The line at `index` (0-based). Raises ProofIndexError outside the tree."""
    return Placed(proof=tree.inclusion(index), line=tree.lines[index])


def find(tree: SumTree, payment_id: bytes) -> Placed:
    """The line of `payment_id`. Raises ProofPathError where the tree has none."""
    at = _place(tree, payment_id)
    if at == len(tree.lines) or tree.lines[at].payment_id != payment_id:
        raise ProofPathError(f"expected the payment {payment_id.hex()} in the tree, it is not")
    return placed(tree, at)


def absence(tree: SumTree, payment_id: bytes) -> tuple[Placed, ...]:
    """The one or two neighbours that show that `payment_id` is not in the sorted tree."""
    at = _place(tree, payment_id)
    if at < len(tree.lines) and tree.lines[at].payment_id == payment_id:
        raise ProofPathError(f"expected no payment {payment_id.hex()} in the tree, it is there")
    inside = range(len(tree.lines))
    return tuple(placed(tree, index) for index in (at - 1, at) if index in inside)


def prove(
    lines: Iterable[Line], payment_id: bytes, kind: TreeKind
) -> tuple[SumRoot, Placed | None]:
    """The root over sorted `lines`, and the line of `payment_id` where it is among them.

    One pass in O(log n) memory, for files of any length. Raises OrderError and ProofError.
    """
    builder = _Watching(payment_id)
    for line in lines:
        builder.add(line)
    return builder.finish(kind), builder.placed()


class _Watching(SumTreeBuilder):
    """Gathers the siblings of one line on its way up."""

    def __init__(self, payment_id: bytes) -> None:
        super().__init__()
        self._payment_id, self._index = payment_id, 0
        self._line: Line | None = None
        self._watched: SumNode | None = None
        self._path: list[SumNode] = []

    def add(self, line: Line) -> None:
        """Append one line, and watch it if it is the one."""
        if line.payment_id == self._payment_id:
            self._line, self._index = line, self.count
            self._watched = line_hash(line), line.amount_fen
        super().add(line)

    def placed(self) -> Placed | None:
        """The watched line with its path, once the tree is finished."""
        if self._line is None:
            return None
        proof = Inclusion(index=self._index, path=tuple(self._path))
        return Placed(line=self._line, proof=proof)

    def _join(self, left: SumNode, right: SumNode) -> SumNode:
        joined = super()._join(left, right)
        if self._watched in (left, right):
            self._path.append(right if self._watched == left else left)
            self._watched = joined
        return joined


def _place(tree: SumTree, payment_id: bytes) -> int:
    return bisect_left(tree.lines, payment_id, key=lambda line: line.payment_id)
