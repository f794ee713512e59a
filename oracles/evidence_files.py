"""What a file leaves in the evidence folder: its stored bytes and the openings of its rows.

Both are made again byte for byte after a kill: sealing is deterministic for one raw file (its key
is used for nothing else), and openings come from the journal in their order.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from fundtrail.errors import EvidenceAltered
from fundtrail.evidence import file_digest
from fundtrail.openings import seal_source
from oracles.durable import flush_folder, write_whole
from oracles.journal import Journal

OPENINGS_SCHEMA = pa.schema(
    [
        pa.field("payee_ref", pa.binary(32), nullable=False),
        pa.field("commitment", pa.binary(32), nullable=False),
        pa.field("group", pa.string(), nullable=False),
        pa.field("nonce", pa.binary(12), nullable=False),
        pa.field("ciphertext", pa.binary(), nullable=False),
    ]
)
_BATCH_ROWS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file of the evidence: path relative to the folder, SHA-256 and size of its bytes."""

    path: str
    sha256: bytes
    size: int


def store_source(evidence: Path, raw: Path, raw_sha256: bytes, agency_key: bytes | None) -> Stored:
    """Put a raw file under `sources/`, sealed where `agency_key` is given.

    Raises EvidenceAltered where the file is no longer the one that was read.
    """
    data = raw.read_bytes()
    if hashlib.sha256(data).digest() != raw_sha256:
        raise EvidenceAltered(
            f"{raw.name}: 文件在读取后被改动 changed after it was read; expected "
            f"{raw_sha256.hex()}, got {hashlib.sha256(data).hexdigest()}"
        )
    if agency_key is not None:
        # The sealing key follows from the raw digest, so it never meets other bytes than these.
        nonce = hashlib.sha256(b"fundtrail source nonce" + raw_sha256).digest()[:12]
        data = seal_source(agency_key, data, nonce)
    digest = hashlib.sha256(data).digest()
    path = f"sources/{digest.hex()}"
    write_whole(evidence / path, data)
    return Stored(path=path, sha256=digest, size=len(data))


def store_openings(
    evidence: Path, agency: str, name: str, journal: Journal, file: int
) -> Stored | None:
    """Write `openings/<agency>/<name>.parquet` of one file, or nothing where it has none."""
    if journal.row("SELECT 1 FROM openings WHERE file = ?", file) is None:
        return None
    path = f"openings/{agency}/{name}.parquet"
    target = evidence / path
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.new")
    with pq.ParquetWriter(aside, OPENINGS_SCHEMA, compression="zstd") as writer:
        for columns in _columns(journal, file):
            writer.write_table(pa.table(columns, schema=OPENINGS_SCHEMA))
    with aside.open("rb") as written:
        os.fsync(written.fileno())
    aside.replace(target)
    flush_folder(target.parent)
    digest, size = file_digest(target)
    return Stored(path=path, sha256=digest, size=size)


def _columns(journal: Journal, file: int) -> Iterator[dict[str, list[object]]]:
    query = (
        "SELECT payee_ref, commitment, grp, nonce, ciphertext FROM openings "
        "WHERE file = ? ORDER BY rowid"
    )
    part: list[tuple[object, ...]] = []
    for row in journal.rows(query, file):
        part.append(row)
        if len(part) == _BATCH_ROWS:
            yield _table(part)
            part = []
    if part:
        yield _table(part)


def _table(part: list[tuple[object, ...]]) -> dict[str, list[object]]:
    names = OPENINGS_SCHEMA.names
    return {name: list(values) for name, values in zip(names, zip(*part, strict=True), strict=True)}
