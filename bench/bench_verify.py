"""verify: lines of the evidence re-derived by the audit, beside bare SHA-256 over the same bytes.

Ours is what steps 2 and 4 of the audit stand on: Parquet read, every record held against its
grammar, order checked, root computed, on all cores (from 100,000 lines on; below that the audit
stays in one process, and so does the limit). The limit is SHA-256 over exactly the buffers that
must be hashed, on as many cores, without the time it takes to have them in memory.
"""

import hashlib
import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq

from audit_cli.line_files import POOL_ROWS, LineSource, derive_files
from bench.bench_commit import GROUPS, fields, provenance
from bench.trial import Pair, Stopwatch, alone, show, sizes
from fundtrail.evidence import EvidenceLine, lines_path, write_lines
from fundtrail.records import Record
from fundtrail.sum_tree import TreeKind

RUN = "R-bench"
PATH = lines_path(TreeKind.RUN, RUN)


def lines(count: int) -> Iterator[EvidenceLine]:
    """Entitlements as an oracle writes them, sorted."""
    for i in range(count):
        digests = (hashlib.sha256(f"{group} {i}".encode()).hexdigest() for group in GROUPS)
        record = Record(
            kind="entitlement",
            fields=fields() | {"application": f"SQ-190102001-{i:07d}"},
            commitments=dict(zip(GROUPS, digests, strict=True)),
            provenance=provenance(i + 4),
        )
        yield EvidenceLine(
            payment_id=i.to_bytes(4, "big") + hashlib.sha256(b"%d" % i).digest()[4:],
            amount_fen=7_500 + i % 5,
            record=record.to_bytes(),
        )


@contextmanager
def evidence_of(count: int) -> Iterator[Path]:
    """An evidence folder with one run of `count` lines, made outside of every clock."""
    with tempfile.TemporaryDirectory(prefix="fundtrail-verify-") as folder:
        write_lines(Path(folder) / PATH, lines(count), TreeKind.RUN)
        yield Path(folder)


def measure(count: int, *, evidence: Path) -> Pair:
    """Ours, then the limit."""
    source = LineSource(path=PATH, tree=TreeKind.RUN, subject=RUN)
    with Stopwatch() as ours:
        (outcome,) = derive_files(evidence, [source])
    assert outcome.root is not None, f"expected a root, got {outcome.unreadable}"
    assert (outcome.root.count, outcome.fault_count) == (count, 0)

    cores = (os.cpu_count() or 1) if count >= POOL_ROWS else 1
    return Pair(
        what=f"verify, {cores} core{'s' * (cores > 1)}",
        limit=f"bare SHA-256, {cores} core{'s' * (cores > 1)}",
        rows=count,
        ours=ours,
        bare=bare_time(evidence / PATH, cores),
    )


def bare_time(path: Path, cores: int) -> Stopwatch:
    """Hashing by all cores together, each with its share of the row groups."""
    groups = range(pq.ParquetFile(path).num_row_groups)
    if cores == 1:
        return hash_groups(path, list(groups))
    context = multiprocessing.get_context("spawn")
    shares = [list(groups[core::cores]) for core in range(cores)]
    with ProcessPoolExecutor(max_workers=cores, mp_context=context) as pool:
        parts = list(pool.map(hash_groups, [path] * cores, shares))
    return Stopwatch(
        sum(part.seconds for part in parts) / cores, sum(part.cpu_seconds for part in parts)
    )


def hash_groups(path: Path, groups: list[int]) -> Stopwatch:
    """Hashing of the records, lines and nodes of these row groups."""
    watch = Stopwatch()
    for group in groups:
        table = pq.ParquetFile(path).read_row_group(group, columns=["record"])
        buffers = [
            data
            for record in table.column("record").to_pylist()
            for data in (b"\x02" + record, bytes(81), bytes(97))  # a line; its share of the nodes
        ]
        with watch:
            for data in buffers:
                hashlib.sha256(data).digest()
    return watch


def measured(count: int) -> Pair:
    """In a process of its own."""
    with evidence_of(count) as evidence:
        return alone(partial(measure, evidence=evidence), count)


if __name__ == "__main__":
    show("verify", [measured(count) for count in sizes(__doc__ or "")])
