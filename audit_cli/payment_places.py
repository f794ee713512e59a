"""Where a payment stands: every line of the evidence with its id, proved into its root."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit_cli.line_files import LineSource
from fundtrail.errors import FundtrailError, ProofError
from fundtrail.evidence import read_lines
from fundtrail.records import record_from_bytes
from fundtrail.sum_tree import Inclusion, Line, SumTree, verify_inclusion


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line that holds the payment. `line` counts from 1, `fields` are those of its record."""

    source: LineSource
    line: int
    amount_fen: int
    fields: dict[str, Any]
    hashed: Line
    inclusion: Inclusion
    count: int

    def fault(self, *, root: bytes, total_fen: int, count: int) -> str | None:
        """Why the line is not proved into `root`, or None where it is."""
        try:
            verify_inclusion(
                self.hashed,
                self.inclusion,
                kind=self.source.tree,
                root=root,
                total_fen=total_fen,
                count=count,
            )
        except ProofError as error:
            return str(error)
        return None


def places(evidence: Path, sources: Iterable[LineSource], payment_id: bytes) -> Iterator[Place]:
    """Every place of `payment_id`. A file that cannot be read holds nothing."""
    for source in sources:
        if _holds(evidence / source.path, payment_id):
            yield from _places(evidence / source.path, source, payment_id)


def _holds(path: Path, payment_id: bytes) -> bool:
    try:
        file = pq.ParquetFile(path)
        wanted = pa.scalar(payment_id, pa.binary(32))
        return any(
            pc.any(pc.equal(batch.column(0), wanted)).as_py()
            for batch in file.iter_batches(columns=["payment_id"])
        )
    except (pa.ArrowException, OSError):
        return False


def _places(path: Path, source: LineSource, payment_id: bytes) -> Iterator[Place]:
    try:
        lines = list(read_lines(path))
        hashed = [line.line() for line in lines]
        tree = SumTree(hashed, source.tree)
    except FundtrailError:
        return
    for index, line in enumerate(lines):
        if line.payment_id == payment_id:
            yield Place(
                source=source,
                line=index + 1,
                amount_fen=line.amount_fen,
                fields=dict(record_from_bytes(line.record).fields),
                hashed=hashed[index],
                inclusion=tree.inclusion(index),
                count=len(lines),
            )


def same_duty(path: Path, fields: dict[str, Any], attempt: int) -> str | None:
    """The payment id (hex) of another attempt at the same duty in `path`, if it holds one."""
    try:
        for line in read_lines(path):
            other = record_from_bytes(line.record).fields
            same = all(
                other[name] == fields[name]
                for name in ("payee_ref", "programme", "element", "period")
            )
            if same and other["attempt"] == attempt:
                return line.payment_id.hex()
    except (FundtrailError, KeyError):
        return None
    return None
