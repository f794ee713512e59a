"""The journal: what this oracle has read, named, appended and sent. The file that does SQLite.

WAL, `synchronous=FULL`, `BEGIN IMMEDIATE`, one writer: a second process in the folder is refused.
Every step below is one transaction; what lies between two of them can be done again.

    what   state      means                                        and after a kill
    file   committed  rows, openings, quarantine are here          its evidence is written again
           named      sealed source, openings lie in the evidence  see append
           appended   the feed's checkpoint holds its entries      nothing to do
    tree   writing    a lines file is being written                it is written again
           named      its digest and root are in an entry          see append
           appended   the feed's checkpoint holds that entry       nothing to do
    append intended   entries stand at their future positions      the checkpoint decides
           appended   done; the entries live in the feed           nothing to do
    act    outgoing   nonce allocated, raw transaction stored      it is sent
           sent       a node was asked to take it: unknown         a receipt, or it is sent again
           confirmed  status 1 at confirmation depth               its line goes to the evidence
           kept       the evidence has its line                    nothing to do
           refused    the contract or the node said no             the reason stands here

Before `committed` there is nothing of a file, before `outgoing` nothing of an act: whoever handed
it in hands it in again.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from oracles.errors import JournalError, OracleBusy

FILE = "journal.sqlite"
VERSION = 1

_SCHEMA = """
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    mapping TEXT NOT NULL,
    sheet TEXT NOT NULL,
    told TEXT NOT NULL,
    collected_at TEXT NOT NULL,
    rows INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('committed', 'named', 'appended')),
    UNIQUE (sha256, source)
) STRICT;
CREATE TABLE quarantine (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    row INTEGER NOT NULL,
    cell TEXT NOT NULL,
    sheet TEXT NOT NULL,
    title TEXT NOT NULL,
    rule TEXT NOT NULL,
    shape TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (file, row, cell, rule)
) STRICT;
CREATE TABLE people (
    payee_ref BLOB PRIMARY KEY,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE openings (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    payee_ref BLOB NOT NULL,
    commitment BLOB NOT NULL,
    grp TEXT NOT NULL,
    nonce BLOB NOT NULL,
    ciphertext BLOB NOT NULL
) STRICT;
CREATE INDEX openings_of_file ON openings (file);
CREATE TABLE lines (
    tree INTEGER NOT NULL,
    subject TEXT NOT NULL,
    payment_id BLOB NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    record BLOB NOT NULL,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    UNIQUE (tree, subject, payment_id)
) STRICT;
CREATE TABLE trees (
    tree INTEGER NOT NULL,
    subject TEXT NOT NULL,
    root BLOB,
    total_fen TEXT,
    count INTEGER,
    digest BLOB,
    state TEXT NOT NULL CHECK (state IN ('writing', 'named', 'appended')),
    PRIMARY KEY (tree, subject)
) STRICT;
CREATE TABLE appends (
    id INTEGER PRIMARY KEY,
    first INTEGER NOT NULL UNIQUE,
    count INTEGER NOT NULL CHECK (count > 0),
    state TEXT NOT NULL CHECK (state IN ('intended', 'appended'))
) STRICT;
CREATE UNIQUE INDEX one_append_at_a_time ON appends (state) WHERE state = 'intended';
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    file INTEGER REFERENCES files ON DELETE CASCADE,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    digest BLOB NOT NULL,
    data BLOB,
    position INTEGER UNIQUE
) STRICT;
CREATE INDEX entries_by_digest ON entries (digest);
CREATE INDEX entries_by_subject ON entries (kind, subject);
CREATE INDEX entries_of_file ON entries (file);
CREATE TABLE acts (
    digest BLOB PRIMARY KEY,
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    signatures TEXT NOT NULL,
    calldata BLOB NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('outgoing', 'sent', 'confirmed', 'kept', 'refused')),
    hash BLOB,
    block INTEGER,
    refusal TEXT NOT NULL DEFAULT '',
    CHECK ((state IN ('confirmed', 'kept')) = (block IS NOT NULL))
) STRICT;
CREATE TABLE transactions (
    hash BLOB PRIMARY KEY,
    nonce INTEGER NOT NULL,
    act BLOB REFERENCES acts,
    raw BLOB NOT NULL,
    gas INTEGER NOT NULL,
    per_gas_max INTEGER NOT NULL,
    priority INTEGER,
    stored_at REAL NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'mined', 'void'))
) STRICT;
CREATE INDEX transactions_by_nonce ON transactions (nonce);
CREATE INDEX transactions_of_act ON transactions (act);
"""


class Journal:
    """An open journal. Reads see the last commit; writes go through `transaction`."""

    def __init__(self, folder: Path) -> None:
        self._lock = (folder / f"{FILE}.lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise OracleBusy(
                "另一个进程正在使用此目录 another process works in this oracle folder"
            ) from None
        self._connection = sqlite3.connect(folder / FILE, isolation_level=None)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "temp_store = FILE",
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        self._prepare()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and let the next process in."""
        self._connection.close()
        self._lock.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing, on disk when it returns."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, streamed."""
        cursor = self._connection.execute(query, values)
        while part := cursor.fetchmany(1000):
            yield from part

    def row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        found: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
        return found

    def value(self, query: str, *values: object) -> Any:
        """The first value of the first row, or None."""
        found = self.row(query, *values)
        return found[0] if found else None

    def scratch(self, table: str) -> None:
        """Define a temporary table; it lies in a file and ends with the process."""
        self._connection.execute(table)

    def _prepare(self) -> None:
        version = self.value("PRAGMA user_version")
        if version == 0:
            script = f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version = {VERSION};COMMIT;"
            self._connection.executescript(script)
        elif version != VERSION:
            raise JournalError(f"{FILE}: expected version {VERSION}, got {version}")
