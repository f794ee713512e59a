"""Which line was altered: one amount put back, and the anchored root comes out again.

Where exactly one amount was changed, the difference of the totals is its change; the line is then
the one whose corrected amount gives the root. That is a proof, not a guess. Other alterations (an
id, a record, several amounts) cannot be found from a root.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from fundtrail.errors import EvidenceAltered, FundtrailError
from fundtrail.evidence import AMOUNT_MAX_FEN, EvidenceLine, read_lines
from fundtrail.records import record_digest
from fundtrail.sum_tree import SumRoot, root_hash

LINES_MAX = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AlteredLine:
    """The line (from 1) whose amount was changed, and the amount that it must have."""

    line: int
    payment_id: bytes
    expected_fen: int
    computed_fen: int


def find_altered_line(
    path: Path, computed: SumRoot, *, root: bytes, total_fen: int
) -> AlteredLine | None:
    """The one altered amount that explains why `path` gives `computed` and not `root`."""
    change = total_fen - computed.total_fen
    if change == 0 or computed.count > LINES_MAX:
        return None
    try:
        lines = list(read_lines(path))
    except (EvidenceAltered, FundtrailError, pa.ArrowException):
        return None

    tree = _Levels(lines)
    for index, line in enumerate(lines):
        amount = line.amount_fen + change
        if 0 <= amount <= AMOUNT_MAX_FEN:
            top = tree.top_with(index, amount, change)
            if root_hash(computed.kind, top, total_fen, computed.count) == root:
                return AlteredLine(
                    line=index + 1,
                    payment_id=line.payment_id,
                    expected_fen=amount,
                    computed_fen=line.amount_fen,
                )
    return None


def amounts_by_payment(path: Path, wanted: set[bytes]) -> dict[bytes, tuple[int, int]]:
    """payment id → (line from 1, amount) of `wanted` lines; empty where the file is unreadable."""
    try:
        return {
            line.payment_id: (number, line.amount_fen)
            for number, line in enumerate(read_lines(path), 1)
            if line.payment_id in wanted
        }
    except FundtrailError:
        return {}


def differing_amounts(path: Path, other: Path, limit: int) -> list[tuple[int, int, int, int]]:
    """(line, amount, line of `other`, its amount) where both files hold a payment differently."""
    try:
        held = {
            line.payment_id: (number, line.amount_fen)
            for number, line in enumerate(read_lines(other), 1)
        }
        found = []
        for number, line in enumerate(read_lines(path), 1):
            there = held.get(line.payment_id)
            if there is not None and there[1] != line.amount_fen:
                found.append((number, line.amount_fen, *there))
    except FundtrailError:
        return []
    return found[:limit]


class _Levels:
    """Every node of the tree as its file has it; siblings do not change with one line."""

    def __init__(self, lines: list[EvidenceLine]) -> None:
        self._leaves = [(line.payment_id, record_digest(line.record)) for line in lines]
        level = [
            (_leaf(pid, line.amount_fen, digest), line.amount_fen)
            for line, (pid, digest) in zip(lines, self._leaves, strict=True)
        ]
        self._levels = [level]
        while len(level) > 1:
            pairs = zip(level[::2], level[1::2], strict=False)
            above = [(_node(a, a_sum, b, b_sum), a_sum + b_sum) for (a, a_sum), (b, b_sum) in pairs]
            if len(level) % 2:
                above.append(level[-1])
            level = above
            self._levels.append(level)

    def top_with(self, index: int, amount_fen: int, change: int) -> bytes:
        """The top hash if line `index` had `amount_fen`, which is `change` more than it has."""
        held = _leaf(self._leaves[index][0], amount_fen, self._leaves[index][1])
        for level in self._levels[:-1]:
            total = level[index][1] + change
            sibling = index ^ 1
            if sibling < len(level):
                other, other_sum = level[sibling]
                if sibling > index:
                    held = _node(held, total, other, other_sum)
                else:
                    held = _node(other, other_sum, held, total)
            index >>= 1
        return held


def _leaf(payment_id: bytes, amount_fen: int, digest: bytes) -> bytes:
    return hashlib.sha256(b"\x04" + payment_id + amount_fen.to_bytes(16, "big") + digest).digest()


def _node(left: bytes, left_sum: int, right: bytes, right_sum: int) -> bytes:
    return hashlib.sha256(
        b"\x05" + left + left_sum.to_bytes(16, "big") + right + right_sum.to_bytes(16, "big")
    ).digest()
