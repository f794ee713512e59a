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
    node,
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
    lines: Iterable[Line], payment_ids: Iterable[bytes], kind: TreeKind
) -> tuple[SumRoot, dict[bytes, Placed]]:
    """The root over sorted `lines`, and those of `payment_ids` that are there, with their places.

    One pass in O(log n) memory for each payment, for files of any length. Raises OrderError and
    ProofError.
    """
    builder = _Watching(payment_ids)
    for line in lines:
        builder.add(line)
    return builder.finish(kind), builder.found()


class _Watching(SumTreeBuilder):
    """Gathers the siblings of some lines on their way up."""

    def __init__(self, payment_ids: Iterable[bytes]) -> None:
        super().__init__(self._joined)
        self._wanted = frozenset(payment_ids)
        self._places: dict[bytes, tuple[Line, int, list[SumNode]]] = {}
        self._above: dict[SumNode, list[bytes]] = {}  # the payments below a node, by the node

    def add(self, line: Line) -> None:
        """Append one line, and watch it if it is wanted."""
        if line.payment_id in self._wanted:
            self._places[line.payment_id] = line, self.count, []
            self._above[line_hash(line), line.amount_fen] = [line.payment_id]
        super().add(line)

    def found(self) -> dict[bytes, Placed]:
        """The watched lines with their paths, once the tree is finished."""
        return {
            payment: Placed(line=line, proof=Inclusion(index=index, path=tuple(path)))
            for payment, (line, index, path) in self._places.items()
        }

    def _joined(self, left: SumNode, right: SumNode) -> SumNode:
        joined = node(left, right)
        below = [
            *self._climb(self._above.pop(left, []), right),
            *self._climb(self._above.pop(right, []), left),
        ]
        if below:
            self._above[joined] = below
        return joined

    def _climb(self, payments: list[bytes], sibling: SumNode) -> list[bytes]:
        for payment in payments:
            self._places[payment][2].append(sibling)
        return payments


def _place(tree: SumTree, payment_id: bytes) -> int:
    return bisect_left(tree.lines, payment_id, key=lambda line: line.payment_id)
