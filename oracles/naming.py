"""Naming a file in the feed: its `source` entry, the entries of its rows, its openings.

The second half of an ingest: everything the journal holds of a file goes to the evidence folder and
into one append. Can be done again from any point.
"""

import sqlite3
from pathlib import Path
from typing import Any

from fundtrail.records import Provenance, Record
from oracles.evidence_files import Stored, store_openings, store_source
from oracles.feed_log import FeedLog
from oracles.journal import Journal
from oracles.provenance import provenance_of
from oracles.settings import Settings
from oracles.taker import insert_entry

_FILE = (
    "SELECT id, sha256, source, name, mapping, collected_at, rows, quarantined FROM files "
    "WHERE id = ? AND state = 'committed'"
)


class Namer:
    """Names files of one journal in one feed."""

    def __init__(
        self,
        *,
        journal: Journal,
        settings: Settings,
        evidence: Path,
        feed: FeedLog,
    ) -> None:
        self._journal, self._settings = journal, settings
        self._evidence, self._feed = evidence, feed

    def name(self, file: int, raw: Path, agency_key: bytes | None) -> None:
        """Bring a committed file to `appended`; `agency_key` seals its raw bytes."""
        self._feed.settle()
        found = self._journal.row(_FILE, file)
        if found is None:
            return
        id_, sha256, source, *_ = found
        stored = store_source(self._evidence, raw, sha256, agency_key)
        openings = store_openings(
            self._evidence,
            self._settings.agency,
            f"{source}-{sha256.hex()[:16]}",
            self._journal,
            id_,
        )
        first = self._feed.size()
        with self._journal.transaction() as connection:
            self._intend(connection, found, stored, openings, first, sealed=agency_key is not None)
            connection.execute("UPDATE files SET state = 'named' WHERE id = ?", (id_,))
        self._feed.settle()

    def _intend(
        self,
        connection: sqlite3.Connection,
        found: tuple[Any, ...],
        stored: Stored,
        openings: Stored | None,
        first: int,
        *,
        sealed: bool,
    ) -> None:
        """The source's entry, then the rows in their order, then the openings' entry."""
        id_, sha256, _, name, mapping, collected_at, rows, quarantined = found
        provenance = provenance_of(
            self._settings, sha256=sha256, mapping=mapping, collected_at=collected_at
        )
        count, lowest = connection.execute(
            "SELECT count(*), min(id) FROM entries WHERE file = ? AND position IS NULL", (id_,)
        ).fetchone()
        connection.execute(
            "UPDATE entries SET position = ? + id - ? WHERE file = ? AND position IS NULL",
            (first + 1, lowest, id_),
        )
        source = {
            "name": name,
            "quarantined": quarantined,
            "rows": rows,
            "sealed": sealed,
            "sha256": stored.sha256.hex(),
            "size": stored.size,
        }
        self._place(connection, id_, "source", name, source, provenance, first)
        total = 1 + count
        if openings is not None:
            fields = {
                "path": openings.path,
                "role": "openings",
                "sha256": openings.sha256.hex(),
                "size": openings.size,
            }
            self._place(connection, id_, "file", openings.path, fields, provenance, first + total)
            total += 1
        self._feed.intend(connection, first, total)

    @staticmethod
    def _place(
        connection: sqlite3.Connection,
        file: int,
        kind: str,
        subject: str,
        fields: dict[str, Any],
        provenance: Provenance,
        position: int,
    ) -> None:
        record = Record(kind=kind, fields=fields, commitments={}, provenance=provenance)
        insert_entry(connection, file, kind, subject, record.to_bytes(), position)
