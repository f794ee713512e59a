"""The log tree of RFC 9162: append-only logs, inclusion and consistency.

Hashes with prefixes 00 and 01; pure functions over leaf hashes. Verifiers raise.
"""

import hashlib
from collections.abc import Callable, Sequence

from fundtrail.errors import ProofError, ProofIndexError, ProofPathError, RootMismatchError

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """SHA256(0x00 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (RFC 9162 §2.1.1)."""
    if not leaves:
        return EMPTY_ROOT

    level = list(leaves)
    while len(level) > 1:
        above = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


class LogFrontier:
    """The root of a growing log in O(log n) memory."""

    def __init__(self) -> None:
        self._frontier: list[tuple[int, bytes]] = []
        self.size = 0

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        height = 0
        while self._frontier and self._frontier[-1][0] == height:
            leaf = node_hash(self._frontier.pop()[1], leaf)
            height += 1
        self._frontier.append((height, leaf))
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves added."""
        if not self._frontier:
            return EMPTY_ROOT
        top = self._frontier[-1][1]
        for _, left in reversed(self._frontier[:-1]):
            top = node_hash(left, top)
        return top


def inclusion_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """PATH(index, leaves) of RFC 9162 §2.1.3.1."""
    if not 0 <= index < len(leaves):
        raise ProofIndexError(index=index, count=len(leaves))

    path: list[bytes] = []
    level, position = list(leaves), index
    while len(level) > 1:
        sibling = position ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        above = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            above.append(level[-1])
        level, position = above, position >> 1
    return tuple(path)


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that `path` leads to (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofIndexError(index=index, count=size)

    fn, sn, computed = index, size - 1, leaf
    for sibling in path:
        if sn == 0:
            raise ProofPathError(f"path too long: {len(path)} nodes for size {size}")
        if fn & 1 or fn == sn:
            computed = node_hash(sibling, computed)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            computed = node_hash(computed, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise ProofPathError(f"path too short: {len(path)} nodes for size {size}")
    return computed


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes
) -> None:
    """Raise unless `path` places `leaf` at `index` under `expected`."""
    computed = root_from_inclusion(leaf, index, size, path)
    if computed != expected:
        raise RootMismatchError(expected=expected, computed=computed)


def consistency_path(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """PROOF(old_size, leaves) of RFC 9162 §2.1.4.1; empty for old_size 0 or the whole."""
    return consistency_from(lambda low, high: root(leaves[low:high]), old_size, len(leaves))


def consistency_from(
    range_root: Callable[[int, int], bytes], old_size: int, new_size: int
) -> tuple[bytes, ...]:
    """As `consistency_path`, from the roots of leaf ranges `[low, high)` wherever they are kept."""
    if not 0 <= old_size <= new_size:
        raise ProofIndexError(index=old_size, count=new_size + 1)
    if old_size in (0, new_size):
        return ()
    return tuple(_subproof(range_root, old_size, 0, new_size, complete=True))


def _subproof(
    range_root: Callable[[int, int], bytes], size: int, low: int, high: int, *, complete: bool
) -> list[bytes]:
    if size == high - low:
        return [] if complete else [range_root(low, high)]

    split = split_point(high - low)
    middle = low + split
    if size <= split:
        left = _subproof(range_root, size, low, middle, complete=complete)
        return [*left, range_root(middle, high)]
    right = _subproof(range_root, size - split, middle, high, complete=False)
    return [*right, range_root(low, middle)]


def split_point(count: int) -> int:
    """The largest power of two below `count` (count > 1)."""
    return 1 << (count - 1).bit_length() - 1


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: Sequence[bytes]
) -> None:
    """Raise unless the log of `new_size` extends the log of `old_size` (RFC 9162 §2.1.4.2)."""
    if old_size > new_size:
        raise ProofError(f"expected a log of at least {old_size} entries, got {new_size}")
    if old_size in (0, new_size):
        if path:
            raise ProofPathError(f"expected an empty path, got {len(path)} nodes")
        if old_size == new_size and old_root != new_root:
            raise RootMismatchError(expected=old_root, computed=new_root)
        if old_size == 0 and old_root != EMPTY_ROOT:
            raise RootMismatchError(expected=old_root, computed=EMPTY_ROOT)
        return

    computed_old, computed_new = _roots_from_consistency(old_size, old_root, new_size, path)
    if computed_old != old_root:
        raise RootMismatchError(expected=old_root, computed=computed_old)
    if computed_new != new_root:
        raise RootMismatchError(expected=new_root, computed=computed_new)


def _roots_from_consistency(
    old_size: int, old_root: bytes, new_size: int, path: Sequence[bytes]
) -> tuple[bytes, bytes]:
    nodes = list(path)
    if old_size & (old_size - 1) == 0:
        nodes.insert(0, old_root)
    if not nodes:
        raise ProofPathError("path too short: expected at least one node, got none")

    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = nodes[0]
    for sibling in nodes[1:]:
        if sn == 0:
            raise ProofPathError(f"path too long for sizes {old_size} and {new_size}")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(sibling, fr), node_hash(sibling, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise ProofPathError(f"path too short for sizes {old_size} and {new_size}")
    return fr, sr
