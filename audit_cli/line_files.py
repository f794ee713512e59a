"""Line files re-derived on all cores: each file's root, and what is wrong with its lines.

A file that is no Parquet any more is an outcome, not an exception. Small evidence is read in this
process; above `POOL_ROWS` lines, blocks of row groups go to worker processes.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit_cli.line_blocks import FAULTS_MAX, Block, LineFault, order_fault, read_block, root_of
from fundtrail.errors import EvidenceAltered, MoneyError
from fundtrail.evidence import LINES_SCHEMA
from fundtrail.sum_tree import SumRoot, TreeKind

POOL_ROWS = 100_000
TASK_ROWS = 60_000
RECORD_KINDS = {
    TreeKind.RUN: "entitlement",
    TreeKind.ROSTER: "entitlement",
    TreeKind.CREDITED: "bank-result",
    TreeKind.RETURNED: "bank-result",
}
# A fork starts at once; a spawned worker would import the whole command first, for a second. The
# workers take no lock of the parent's: they read with their own handles, hash, and use no threads.
_START = "fork" if sys.platform == "linux" else "spawn"
_UNREADABLE = (pa.ArrowException, OSError, MemoryError, MoneyError, EvidenceAltered)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSource:
    """A line file to re-derive: its path in the evidence, and what it says it is."""

    path: str
    tree: TreeKind
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOutcome:
    """What a line file turned out to be. `root` is None where it could not be read to the end."""

    source: LineSource
    root: SumRoot | None
    faults: tuple[LineFault, ...] = ()
    fault_count: int = 0
    unreadable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    path: Path
    kind: str
    row_groups: tuple[int, ...]
    start: int
    rows: int


def derive_files(
    evidence: Path, sources: Sequence[LineSource], progress: Progress | None = None
) -> list[LineOutcome]:
    """The outcome of every file that is there, in the order of `sources`."""
    planned = [(source, _plan(evidence, source)) for source in sources]
    rows = sum(task.rows for _, tasks in planned if isinstance(tasks, list) for task in tasks)
    report = _Progress(total=rows, call=progress)
    cores = os.cpu_count() or 1
    if rows < POOL_ROWS or cores == 1:
        return [_outcome(source, _run_here(tasks, report)) for source, tasks in planned]

    context = multiprocessing.get_context(_START)
    with ProcessPoolExecutor(max_workers=cores, mp_context=context) as pool:
        running = [
            (source, tasks if isinstance(tasks, str) else [pool.submit(_read, t) for t in tasks])
            for source, tasks in planned
        ]
        return [_outcome(source, _collect(futures, report)) for source, futures in running]


class _Progress:
    def __init__(self, *, total: int, call: Progress | None) -> None:
        self._done, self._total, self._call = 0, total, call

    def add(self, rows: int) -> None:
        self._done += rows
        if self._call:
            self._call(self._done, self._total)


def _plan(evidence: Path, source: LineSource) -> list[_Task] | str:
    """The tasks of one file, or why it cannot be read."""
    path, kind = evidence / source.path, RECORD_KINDS[source.tree]
    try:
        file = pq.ParquetFile(path)
        if not file.schema_arrow.equals(LINES_SCHEMA):
            return f"expected the columns {LINES_SCHEMA.names} of format.md §7"
        sizes = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
    except _UNREADABLE as error:
        return str(error)
    return list(_tasks(path, kind, sizes))


def _tasks(path: Path, kind: str, sizes: Sequence[int]) -> Iterator[_Task]:
    groups: list[int] = []
    start = rows = 0
    for index, size in enumerate(sizes):
        groups.append(index)
        rows += size
        if rows >= TASK_ROWS or index == len(sizes) - 1:
            yield _Task(path=path, kind=kind, row_groups=tuple(groups), start=start, rows=rows)
            groups, start, rows = [], start + rows, 0


def _read(task: _Task) -> Block | str:
    """The block, or why it cannot be read: an exception of Arrow may not survive the way back."""
    try:
        block = read_block(task.path, task.kind, task.row_groups, task.start)
    except _UNREADABLE as error:
        return str(error)
    if block.stop != task.start + task.rows:
        return f"expected {task.rows} rows in row groups {task.row_groups}, got {block.stop}"
    return block


def _run_here(tasks: list[_Task] | str, report: _Progress) -> Iterator[Block | str]:
    if isinstance(tasks, str):
        yield tasks
        return
    for task in tasks:
        yield _read(task)
        report.add(task.rows)


def _collect(futures: list[Future[Block | str]] | str, report: _Progress) -> Iterator[Block | str]:
    if isinstance(futures, str):
        yield futures
        return
    for future in futures:
        try:
            block = future.result()
        except BrokenProcessPool:
            block = "the process that read it ended abnormally"
        if isinstance(block, Block):
            report.add(block.stop - block.start)
        yield block


def _outcome(source: LineSource, parts: Iterator[Block | str]) -> LineOutcome:
    held = list(parts)
    broken = next((part for part in held if isinstance(part, str)), None)
    blocks = [part for part in held if isinstance(part, Block)]
    faults = [fault for block in blocks for fault in block.faults]
    faults += [
        order_fault(after.start + 1, before.last, after.first)
        for before, after in pairwise(blocks)
        if before.stop == after.start and not before.last < after.first
    ]
    return LineOutcome(
        source=source,
        root=root_of(blocks, source.tree) if broken is None else None,
        faults=tuple(sorted(faults, key=lambda fault: fault.line)[:FAULTS_MAX]),
        fault_count=max(len(faults), sum(block.fault_count for block in blocks)),
        unreadable=broken,
    )
