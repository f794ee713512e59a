"""The sum tree: payment lines under one root that fixes order, count and money.

Shape of RFC 9162 §2.1, hashes and sums of docs/format.md §3.1. Both child sums are hashed, so a
root cannot hide overspend. Compute and verify are two functions; verifiers raise.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from fundtrail.errors import (
    OrderError,
    ProofError,
    ProofIndexError,
    ProofPathError,
    RootMismatchError,
)
from fundtrail.money import FEN_MAX, fen

SumNode = tuple[bytes, int]
"""(hash of 32 bytes, sum in fen)."""


class TreeKind(IntEnum):
    """What a root speaks of; the second byte of H06."""

    RUN = 1
    CREDITED = 2
    RETURNED = 3
    ROSTER = 4


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Line:
    """One payment: 32-byte payment id, amount in fen, 32-byte record digest."""

    payment_id: bytes
    amount_fen: int
    record_digest: bytes

    def __post_init__(self) -> None:
        fen(self.amount_fen)
        if len(self.payment_id) != 32 or len(self.record_digest) != 32:
            raise ProofError("expected a payment id and a record digest of 32 bytes each")


@dataclass(frozen=True, slots=True, kw_only=True)
class SumRoot:
    """A run, batch or roster: kind, top hash, total in fen, count of lines."""

    kind: TreeKind
    top: bytes
    total_fen: int
    count: int

    @property
    def root(self) -> bytes:
        """SHA256(0x06 ‖ kind u8 ‖ top ‖ total u128 ‖ count u64)."""
        return root_hash(self.kind, self.top, self.total_fen, self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """Sibling nodes from the leaf upwards, for the line at `index` (0-based)."""

    index: int
    path: tuple[SumNode, ...]


def root_hash(kind: int, top: bytes, total_fen: int, count: int) -> bytes:
    """SHA256(0x06 ‖ kind u8 ‖ top ‖ total u128 ‖ count u64)."""
    head = b"\x06" + bytes([kind]) + top
    return hashlib.sha256(
        head + fen(total_fen).to_bytes(16, "big") + count.to_bytes(8, "big")
    ).digest()


def line_hash(line: Line) -> bytes:
    """SHA256(0x04 ‖ payment_id ‖ amount u128 ‖ record_digest)."""
    amount = line.amount_fen.to_bytes(16, "big")
    return hashlib.sha256(b"\x04" + line.payment_id + amount + line.record_digest).digest()


def node(left: SumNode, right: SumNode) -> SumNode:
    """SHA256(0x05 ‖ left ‖ left_sum u128 ‖ right ‖ right_sum u128), and the checked sum."""
    total = left[1] + right[1]
    if total > FEN_MAX:
        fen(total)
    data = b"\x05" + left[0] + left[1].to_bytes(16, "big") + right[0] + right[1].to_bytes(16, "big")
    return hashlib.sha256(data).digest(), total


class SumTreeBuilder:
    """Builds the root line by line in O(log n) memory; refuses lines out of order.

    `join` makes the node over two; a builder that watches lines sees their siblings there.
    """

    def __init__(self, join: Callable[[SumNode, SumNode], SumNode] = node) -> None:
        self._join = join
        self._frontier: list[tuple[int, SumNode]] = []  # (height, node), heights falling
        self._last = b""
        self.count = 0

    def add(self, line: Line) -> None:
        """Append one line. Raises OrderError unless its payment id is above the last one."""
        if line.payment_id <= self._last:
            raise OrderError(
                f"line {self.count}: expected a payment id above {self._last.hex()}, "
                f"got {line.payment_id.hex()}"
            )
        self._last = line.payment_id
        self.count += 1

        height, carried, join = 0, (line_hash(line), line.amount_fen), self._join
        while self._frontier and self._frontier[-1][0] == height:
            carried = join(self._frontier.pop()[1], carried)
            height += 1
        self._frontier.append((height, carried))

    def finish(self, kind: TreeKind) -> SumRoot:
        """The root of all lines added. Raises ProofError for a tree of no lines."""
        if not self._frontier:
            raise ProofError("expected at least one line, got none")

        top = self._frontier[-1][1]
        for _, left in reversed(self._frontier[:-1]):
            top = self._join(left, top)
        return SumRoot(kind=kind, top=top[0], total_fen=top[1], count=self.count)


def sum_root(lines: Iterable[Line], kind: TreeKind) -> SumRoot:
    """The root over sorted `lines`."""
    builder = SumTreeBuilder()
    for line in lines:
        builder.add(line)
    return builder.finish(kind)


class SumTree:
    """All levels of a tree in memory, for proofs. About 100 bytes a node, 2 n nodes."""

    def __init__(self, lines: Sequence[Line], kind: TreeKind) -> None:
        self.lines = lines
        self.root = sum_root(lines, kind)
        self._levels: list[list[SumNode]] = [[(line_hash(x), x.amount_fen) for x in lines]]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            level = [node(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
            if len(below) % 2:
                level.append(below[-1])  # an unpaired node rises unchanged, as in RFC 9162
            self._levels.append(level)

    def inclusion(self, index: int) -> Inclusion:
        """The proof for the line at `index`."""
        if not 0 <= index < len(self.lines):
            raise ProofIndexError(index=index, count=len(self.lines))

        path: list[SumNode] = []
        position = index
        for level in self._levels[:-1]:
            sibling = position ^ 1
            if sibling < len(level):
                path.append(level[sibling])
            position >>= 1
        return Inclusion(index=index, path=tuple(path))


def top_from_inclusion(line: Line, proof: Inclusion, count: int) -> SumNode:
    """The top that `proof` leads to in a tree of `count` lines (RFC 9162 §2.1.3.2)."""
    if not 0 <= proof.index < count:
        raise ProofIndexError(index=proof.index, count=count)

    fn, sn = proof.index, count - 1
    computed = (line_hash(line), line.amount_fen)
    for sibling in proof.path:
        if sn == 0:
            raise ProofPathError(f"path too long: {len(proof.path)} nodes for {count} lines")
        if len(sibling[0]) != 32:
            raise ProofPathError(f"expected sibling hashes of 32 bytes, got {len(sibling[0])}")
        fen(sibling[1])
        if fn & 1 or fn == sn:
            computed = node(sibling, computed)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            computed = node(computed, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise ProofPathError(f"path too short: {len(proof.path)} nodes for {count} lines")
    return computed


def verify_inclusion(
    line: Line, proof: Inclusion, *, kind: TreeKind, root: bytes, total_fen: int, count: int
) -> None:
    """Raise unless `proof` places `line` under the `kind` root with this total and count."""
    top, total = top_from_inclusion(line, proof, count)
    computed = root_hash(kind, top, total, count)
    if computed != root or total != total_fen:
        raise RootMismatchError(expected=root, computed=computed)


def verify_absence(
    payment_id: bytes,
    neighbours: Sequence[tuple[Line, Inclusion]],
    *,
    kind: TreeKind,
    root: bytes,
    total_fen: int,
    count: int,
) -> None:
    """Raise unless one or two neighbours prove that `payment_id` is not under the root."""
    for line, proof in neighbours:
        verify_inclusion(line, proof, kind=kind, root=root, total_fen=total_fen, count=count)

    if len(neighbours) == 2:
        (left, left_proof), (right, right_proof) = neighbours
        adjacent = left_proof.index + 1 == right_proof.index
        proven = adjacent and left.payment_id < payment_id < right.payment_id
    elif len(neighbours) == 1:
        line, proof = neighbours[0]
        before_first = proof.index == 0 and payment_id < line.payment_id
        after_last = proof.index == count - 1 and line.payment_id < payment_id
        proven = before_first or after_last
    else:
        proven = False
    if not proven:
        raise ProofPathError(f"neighbours do not enclose {payment_id.hex()}")
