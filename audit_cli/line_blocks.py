"""Lines re-derived at speed: the hot path of step 4, with step 2 on the way.

A block is a range of lines of one file; its outcome is a compact range, the few subtrees of the sum
tree that cover it (docs/format.md §3.1). Blocks of one file join in order whatever process made
them. `fundtrail.sum_tree` is the reference: a test compares. Plain functions over bytes and ints;
memory is that of one read batch.
"""

import hashlib
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import pyarrow.parquet as pq

from audit_cli.grammar import faulty_records
from fundtrail.sum_tree import SumNode, SumRoot, TreeKind, node

BATCH_ROWS = 5_000
FAULTS_MAX = 20

# (level, index at that level, node): a complete subtree of 2^level lines, or less at the right end.
Subtree = tuple[int, int, SumNode]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFault:
    """A line that is not what the format asks for: by its record (step 2) or its order (step 4).

    `line` counts from 1.
    """

    step: int
    line: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines `start` .. `stop` of one file. `first` and `last` are payment ids."""

    start: int
    stop: int
    subtrees: tuple[Subtree, ...]
    first: bytes
    last: bytes
    faults: tuple[LineFault, ...]
    fault_count: int


def read_block(path: Path, kind: str, row_groups: Sequence[int], start: int) -> Block:
    """Re-derive the lines of consecutive row groups, the first of which is line `start` (0-based).

    `kind` is the record kind that the lines must have. Raises pa.ArrowException or OSError where
    the bytes are no Parquet.
    """
    file = pq.ParquetFile(path)
    subtrees: list[Subtree] = []
    faults: list[LineFault] = []
    position, first, last = start, b"", b""
    for batch in file.iter_batches(BATCH_ROWS, row_groups=list(row_groups), use_threads=False):
        ids: list[bytes] = batch.column("payment_id").to_pylist()
        amounts: list[int] = batch.column("amount_fen").to_pylist()
        records: list[bytes] = batch.column("record").to_pylist()
        for index, fault in faulty_records(batch.column("record"), records, kind):
            faults.append(_record_fault(position + index + 1, fault))
        faults.extend(_order_faults([last, *ids] if position > start else ids, position, start))
        join(subtrees, compact_range(ids, amounts, records, position))
        position, first, last = position + len(ids), first or ids[0], ids[-1]
    return Block(
        start=start,
        stop=position,
        subtrees=tuple(subtrees),
        first=first,
        last=last,
        faults=tuple(faults[:FAULTS_MAX]),
        fault_count=len(faults),
    )


def compact_range(
    ids: Sequence[bytes], amounts: Sequence[int], records: Sequence[bytes], start: int
) -> Iterator[Subtree]:
    """The subtrees over lines that begin at place `start` of their tree, from left to right."""
    sha = hashlib.sha256
    # H04 over H02, H05 level by level, written out: a call per line would cost a third more.
    hashes = [
        sha(b"\x04" + i + a.to_bytes(16, "big") + sha(b"\x02" + r).digest()).digest()
        for i, a, r in zip(ids, amounts, records, strict=True)
    ]
    sums, level, right = list(amounts), 0, []
    while hashes:
        if start & 1:
            yield level, start, (hashes.pop(0), sums.pop(0))
            start += 1
        if len(hashes) & 1:
            right.append((level, start + len(hashes) - 1, (hashes.pop(), sums.pop())))
        hashes = [
            sha(
                b"\x05" + left + left_sum.to_bytes(16, "big") + next_ + next_sum.to_bytes(16, "big")
            ).digest()
            for left, left_sum, next_, next_sum in zip(
                hashes[::2], sums[::2], hashes[1::2], sums[1::2], strict=True
            )
        ]
        sums = list(map(operator.add, sums[::2], sums[1::2]))
        start, level = start >> 1, level + 1
    yield from reversed(right)


def join(held: list[Subtree], more: Iterable[Subtree]) -> None:
    """Put the subtrees of the next range behind those held, pairing siblings."""
    for subtree in more:
        held.append(subtree)
        while len(held) > 1 and _siblings(held[-2], held[-1]):
            (level, index, left), (_, _, right) = held[-2:]
            held[-2:] = [(level + 1, index >> 1, node(left, right))]


def root_of(blocks: Iterable[Block], kind: TreeKind) -> SumRoot | None:
    """The root over all blocks of one file in order, or None where there is no line."""
    held: list[Subtree] = []
    count = 0
    for block in blocks:
        join(held, block.subtrees)
        count = block.stop
    if not held:
        return None

    top = held[-1][2]
    for _, _, left in reversed(held[:-1]):
        top = node(left, top)
    return SumRoot(kind=kind, top=top[0], total_fen=top[1], count=count)


def order_fault(line: int, before: bytes, after: bytes) -> LineFault:
    """Line `line` does not rise above the one before it."""
    return LineFault(
        step=4,
        line=line,
        zh=f"支付编号未递增:上一行 {before.hex()},本行 {after.hex()}",
        en=f"expected a payment id above {before.hex()}, got {after.hex()}",
    )


def _siblings(left: Subtree, right: Subtree) -> bool:
    return left[0] == right[0] and not left[1] & 1 and left[1] + 1 == right[1]


def _record_fault(line: int, fault: str) -> LineFault:
    return LineFault(step=2, line=line, zh=f"记录不合格式:{fault}", en=f"record: {fault}")


def _order_faults(ids: Sequence[bytes], position: int, start: int) -> Iterator[LineFault]:
    if all(map(operator.lt, ids, islice(ids, 1, None))):
        return
    shift = 1 if position > start else 2
    for index, (before, after) in enumerate(pairwise(ids)):
        if not before < after:
            yield order_fault(position + index + shift, before, after)
