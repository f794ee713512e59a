"""The evidence folder (docs/format.md §7): where everything lies, and line files in both ways.

The file that does the folder's I/O. Writers write aside and rename; the statements file takes
whole lines under a lock. Reading streams: memory does not grow with the number of lines.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from fundtrail.errors import EvidenceAltered, EvidenceMissing, MoneyError
from fundtrail.records import record_digest
from fundtrail.signed_statements import RecordedStatement, recorded_from_line
from fundtrail.sum_tree import Line, SumRoot, SumTreeBuilder, TreeKind

AMOUNT_MAX_FEN = 2**64 - 1
BATCH_ROWS = 20_000
LINES_SCHEMA = pa.schema(
    [
        pa.field("payment_id", pa.binary(32), nullable=False),
        pa.field("amount_fen", pa.uint64(), nullable=False),
        pa.field("record", pa.binary(), nullable=False),
    ]
)
_FOLDER = {
    TreeKind.RUN: "runs",
    TreeKind.ROSTER: "rosters",
    TreeKind.CREDITED: "batches",
    TreeKind.RETURNED: "batches",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """A line with the canonical bytes of its record."""

    payment_id: bytes
    amount_fen: int
    record: bytes

    def line(self) -> Line:
        """The line that is hashed."""
        return Line(
            payment_id=self.payment_id,
            amount_fen=self.amount_fen,
            record_digest=record_digest(self.record),
        )


def lines_path(kind: TreeKind, subject: str) -> str:
    """`runs/<run>/lines.parquet` and its siblings, relative to the evidence folder."""
    return f"{_FOLDER[kind]}/{subject}/lines.parquet"


def write_lines(path: Path, lines: Iterable[EvidenceLine], kind: TreeKind) -> SumRoot:
    """Write sorted lines, return their root. Raises OrderError or MoneyError, leaving no file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    builder = SumTreeBuilder()
    try:
        with pq.ParquetWriter(aside, LINES_SCHEMA, compression="zstd") as writer:
            for chunk in _chunks(lines):
                for item in chunk:
                    if item.amount_fen > AMOUNT_MAX_FEN:
                        raise MoneyError(f"expected at most 2^64 - 1 fen, got {item.amount_fen}")
                    builder.add(item.line())
                columns = {
                    "payment_id": [item.payment_id for item in chunk],
                    "amount_fen": [item.amount_fen for item in chunk],
                    "record": [item.record for item in chunk],
                }
                writer.write_table(pa.table(columns, schema=LINES_SCHEMA))
        root = builder.finish(kind)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    with aside.open("rb") as file:
        os.fsync(file.fileno())
    aside.replace(path)
    return root


def read_lines(path: Path) -> Iterator[EvidenceLine]:
    """Lines in order. Raises EvidenceMissing, or EvidenceAltered naming the file."""
    if not path.is_file():
        raise EvidenceMissing(f"{path}: expected this file, it is missing")
    try:
        file = pq.ParquetFile(path)
        if not file.schema_arrow.equals(LINES_SCHEMA):
            raise EvidenceAltered(f"{path}: expected the columns {LINES_SCHEMA.names}")
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            for payment, amount, record in zip(
                *(batch.column(name).to_pylist() for name in LINES_SCHEMA.names), strict=True
            ):
                yield EvidenceLine(payment_id=payment, amount_fen=amount, record=record)
    except (pa.ArrowException, OSError) as error:
        raise EvidenceAltered(f"{path}: not a readable lines file: {error}") from error


def file_digest(path: Path) -> tuple[bytes, int]:
    """SHA-256 and size of a file, streamed. Raises EvidenceMissing."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest(), path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        raise EvidenceMissing(f"{path}: expected this file, it is missing") from None


def statements_path(evidence: Path, block_time: int) -> Path:
    """The file of the month of `block_time` (seconds since 1970 UTC)."""
    return evidence / "statements" / f"{datetime.fromtimestamp(block_time, UTC):%Y-%m}.jsonl"


def keep_statement(path: Path, recorded: RecordedStatement) -> bool:
    """Append one statement unless its transaction is there; mends a torn last line first.

    Returns whether it was added. Safe between processes; durable on return.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        held = file.read()
        whole = held[: held.rfind(b"\n") + 1]
        if len(whole) != len(held):
            file.truncate(len(whole))
        line = recorded.to_line()
        if line in whole.splitlines(keepends=True):
            return False
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
        return True


def read_statements(path: Path) -> Iterator[RecordedStatement]:
    """Statements of one file. Raises errors of `recorded_from_line` prefixed with file and line."""
    for number, line in enumerate(path.read_bytes().splitlines(keepends=True), 1):
        try:
            yield recorded_from_line(line)
        except Exception as error:
            raise type(error)(f"{path}:{number}: {error}") from error


def _chunks(lines: Iterable[EvidenceLine]) -> Iterator[list[EvidenceLine]]:
    chunk: list[EvidenceLine] = []
    for item in lines:
        chunk.append(item)
        if len(chunk) == BATCH_ROWS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
