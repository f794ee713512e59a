"""Lines with their places: what a contract judges by (docs/format.md §3.1).

Guarantees: `placed` and `absence` answer from the tree they are given, with proofs that
`fundtrail.sum_tree` and the contracts verify under its root. A tree proves nothing about reality.
"""

from bisect import bisect_left
from dataclasses import dataclass

from fundtrail.errors import ProofPathError
from fundtrail.sum_tree import Inclusion, Line, SumTree


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


def _place(tree: SumTree, payment_id: bytes) -> int:
    return bisect_left(tree.lines, payment_id, key=lambda line: line.payment_id)
