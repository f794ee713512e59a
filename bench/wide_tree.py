"""A sum tree of a million lines in which only a few matter, in the memory of those few.

All other lines are one and the same filler, so that equal ranges have equal nodes. Such a tree is
not sorted; a contract that is shown inclusion proofs sees siblings and no line beside, so what a
proof costs is what it costs in any tree of this size.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fundtrail.log_tree import split_point
from fundtrail.proofs import Placed
from fundtrail.sum_tree import Inclusion, Line, SumNode, SumRoot, TreeKind, line_hash, node

FILLER = Line(payment_id=b"\x7f" * 32, amount_fen=5_000, record_digest=b"\x5a" * 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class WideTree:
    """`count` lines, `lines` of them by their index, the rest filler."""

    kind: TreeKind
    count: int
    lines: Mapping[int, Line]

    def root(self) -> SumRoot:
        """The root as a statement names it."""
        top, total = self._range(0, self.count)
        return SumRoot(kind=self.kind, top=top, total_fen=total, count=self.count)

    def placed(self, index: int) -> Placed:
        """The line at `index` and its proof (RFC 9162 §2.1.3.1)."""
        path, low, high = list[SumNode](), 0, self.count
        while high - low > 1:
            middle = low + split_point(high - low)
            if index < middle:
                path.append(self._range(middle, high))
                high = middle
            else:
                path.append(self._range(low, middle))
                low = middle
        proof = Inclusion(index=index, path=tuple(reversed(path)))
        return Placed(line=self.lines[index], proof=proof)

    def _range(self, low: int, high: int) -> SumNode:
        if not any(low <= index < high for index in self.lines):
            return _filler(high - low)
        if high - low == 1:
            line = self.lines[low]
            return line_hash(line), line.amount_fen
        middle = low + split_point(high - low)
        return node(self._range(low, middle), self._range(middle, high))


@cache
def _filler(count: int) -> SumNode:
    if count == 1:
        return line_hash(FILLER), FILLER.amount_fen
    split = split_point(count)
    return node(_filler(split), _filler(count - split))
