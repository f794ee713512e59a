"""The evidence folder of a scenario: feeds, lines, openings and sealed sources."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fundtrail.evidence import EvidenceLine, file_digest, lines_path, write_lines
from fundtrail.ids import payee_ref
from fundtrail.network import Network
from fundtrail.openings import seal_opening, seal_source
from fundtrail.records import Provenance, Record, record_digest
from fundtrail.sum_tree import SumRoot, TreeKind
from fundtrail.tiles import FeedReader, FeedWriter
from tests.scenario.cast import CITY, FEEDS, openings, payee, secret

_OPENINGS = pa.schema(
    [
        pa.field("payee_ref", pa.binary(32), nullable=False),
        pa.field("commitment", pa.binary(32), nullable=False),
        pa.field("group", pa.string(), nullable=False),
        pa.field("nonce", pa.binary(12), nullable=False),
        pa.field("ciphertext", pa.binary(), nullable=False),
    ]
)


def record_of(
    kind: str,
    fields: Mapping[str, Any],
    file_sha256: bytes,
    *,
    row: int,
    commitments: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of a record as one oracle of the scenario writes it."""
    provenance = Provenance(
        clock_offset_ms=12,
        collected_at="2026-10-01T08:00:00Z",
        connector="scenario/1",
        file_sha256=file_sha256.hex(),
        mapping=f"{kind}@1",
        operator="op-7",
        row=row,
        sheet="",
        source_system="scenario",
    )
    held = commitments or {}
    return Record(kind=kind, fields=fields, commitments=held, provenance=provenance).to_bytes()


class Folder:
    """Writes below `path`; `cited` is the record digest of each lines file by its path."""

    def __init__(self, path: Path, network: Network) -> None:
        self.path, self._network = path, network
        self._writers: dict[str, FeedWriter] = {}
        self.cited: dict[str, bytes] = {}
        (path / "sources").mkdir(parents=True, exist_ok=True)

    def open_feeds(self) -> None:
        """Make the folders of all feeds."""
        for feed in FEEDS:
            origin = self._network.origin(feed)
            private = Ed25519PrivateKey.from_private_bytes(secret(f"feed/{feed}"))
            self._writers[feed] = FeedWriter(self.path / "feeds" / origin, origin, private)

    def vkey_digest(self, feed: str) -> bytes:
        """SHA-256 of a feed's vkey file."""
        return hashlib.sha256((self._writers[feed].folder / "vkey").read_bytes()).digest()

    def reader(self, feed: str) -> FeedReader:
        """A feed as it stands."""
        return self._writers[feed].reader()

    def append(self, feed: str, entry: bytes) -> bytes:
        """Append one entry; answers its record digest."""
        self._writers[feed].append([entry])
        return record_digest(entry)

    def source(self, feed: str, name: str, *, rows: int) -> bytes:
        """Keep a sealed raw file and name it in the feed; answers the raw file's digest."""
        raw = f"synthetic {name}\n".encode()
        digest = hashlib.sha256(raw).digest()
        sealed = seal_source(secret("agency"), raw, secret(f"nonce/{name}")[:12])
        stored = hashlib.sha256(sealed).hexdigest()
        (self.path / "sources" / stored).write_bytes(sealed)
        fields = {
            "name": name,
            "quarantined": 0,
            "rows": rows,
            "sealed": True,
            "sha256": stored,
            "size": len(sealed),
        }
        self.append(feed, record_of("source", fields, digest, row=0))
        return digest

    def lines(
        self, feed: str, kind: TreeKind, subject: str, lines: Iterable[EvidenceLine]
    ) -> SumRoot:
        """Write a lines file and name it in the feed."""
        path = lines_path(kind, subject)
        ordered = sorted(lines, key=lambda line: line.payment_id)
        root = write_lines(self.path / path, ordered, kind)
        digest, size = file_digest(self.path / path)
        fields = {
            "count": root.count,
            "path": path,
            "root": root.root.hex(),
            "sha256": digest.hex(),
            "size": size,
            "subject": subject,
            "total_fen": str(root.total_fen),
            "tree": kind.name.lower(),
        }
        self.cited[path] = self.append(feed, record_of("lines", fields, digest, row=0))
        return root

    def openings(self, street: str, name: str, people: Sequence[int]) -> None:
        """Seal every opening under its person's key and name the file in the feed."""
        rows = []
        for number in people:
            reference = payee_ref(secret("linkage"), payee(street, number))
            for opening in openings(street, number, name):
                key = secret(f"person/{street}/{number}")
                nonce = secret(f"nonce/{street}/{number}/{name}/{opening.group}")[:12]
                rows.append(seal_opening(opening, reference, key, nonce))
        path = f"openings/{CITY}/{street}-{name.partition('.')[0]}.parquet"
        (self.path / path).parent.mkdir(parents=True, exist_ok=True)
        columns = {field: [getattr(row, field) for row in rows] for field in _OPENINGS.names}
        pq.write_table(pa.table(columns, schema=_OPENINGS), self.path / path)
        digest, size = file_digest(self.path / path)
        fields = {"path": path, "role": "openings", "sha256": digest.hex(), "size": size}
        self.append("civil-affairs", record_of("file", fields, digest, row=0))
