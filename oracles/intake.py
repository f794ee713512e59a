"""The intake: read → parse (quarantine what fails) → commit → journal, one file at a time.

Guarantees: a file is in the journal whole or not at all; the same file again changes nothing; no
row is dropped, each is a record or a line of the quarantine. Memory does not grow with the file,
but for an XLSX sheet, which its reader holds in compact form.
"""

import json
import sqlite3
from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path

from fundtrail.evidence import file_digest
from fundtrail.records import Provenance
from oracles.cell import Table as Sheet
from oracles.clock import Clock, time_text
from oracles.commit import Committer
from oracles.context import check_context
from oracles.csv_table import read_csv
from oracles.errors import ContextError, FileRefused, SubjectClosed
from oracles.header import find_header
from oracles.journal import Journal
from oracles.keyring import Keyring
from oracles.mapping import Mapping
from oracles.people import People
from oracles.policy_file import read_policy
from oracles.provenance import provenance_of
from oracles.row import Complaint, RowReader, RowRefused
from oracles.run_index import RunIndex
from oracles.settings import Settings
from oracles.taker import (
    ROSTERS,
    Desk,
    EntitlementTaker,
    EntryTaker,
    ResultTaker,
    Taker,
    insert_entry,
    subjects,
)
from oracles.xlsx_table import read_xlsx

Progress = Callable[[int, int | None], None]
_TELL_EVERY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file as it came: where it lies, what it is called, what was told with it."""

    path: Path
    name: str
    source: str
    sha256: bytes
    told: Table[str, str]


def silent(_rows: int, _total: int | None) -> None:
    """The progress that nobody watches."""


def receive(
    path: Path, name: str, source: str, mapping: Mapping, told: Table[str, str]
) -> Received:
    """Hash the file and check what was told with it. Raises ContextError or EvidenceMissing."""
    told = check_context(mapping, told)
    digest, _ = file_digest(path)
    return Received(path=path, name=name, source=source, sha256=digest, told=told)


def known_file(journal: Journal, received: Received, mapping: Mapping) -> int | None:
    """The journal's id of this file, None where it is new or may be read anew.

    A file that was refused is read anew with another mapping or context; one that was taken is
    never taken for something else: ContextError names what was told the first time.
    """
    found = journal.row(
        "SELECT id, refused, mapping, told, state FROM files WHERE sha256 = ? AND source = ?",
        received.sha256,
        received.source,
    )
    if found is None:
        return None
    file, refused, label, told, state = found
    same = label == mapping.label and json.loads(told) == received.told
    if refused and state == "appended" and not same:
        return None
    for name, value in json.loads(told).items():
        if received.told.get(name) != value:
            raise ContextError(
                f"{name}: 同一文件此前以 {name}={value} 接收; this file was taken with "
                f"{name}={value}, got {received.told.get(name)!r}"
            )
    return int(file)


class Reading:
    """One file on its way into the journal, inside one transaction."""

    def __init__(
        self,
        *,
        journal: Journal,
        settings: Settings,
        keyring: Keyring,
        evidence: Path,
        clock: Clock,
        mapping: Mapping,
        received: Received,
    ) -> None:
        self._journal, self._settings, self._keyring = journal, settings, keyring
        self._mapping, self._received = mapping, received
        self._collected_at = time_text(clock())
        self._run = (
            RunIndex(journal, evidence, received.told["run"]) if mapping.lines == "batch" else None
        )
        self._rows = self._quarantined = 0

    def read(self, progress: Progress) -> int:
        """The file's id in the journal. A file that cannot be read is taken as refused."""
        self._refuse_closed()
        with self._journal.transaction() as connection:
            self._forget_refused(connection)
            file = self._insert_file(connection)
            connection.execute("SAVEPOINT rows")
            try:
                sheet, refused = self._read_file(connection, file, progress), False
            except FileRefused as error:
                connection.execute("ROLLBACK TO rows")
                self._rows, self._quarantined, sheet, refused = 0, 0, "", True
                _quarantine(connection, file, [_whole_file(error)])
            connection.execute(
                "UPDATE files SET rows = ?, quarantined = ?, refused = ?, sheet = ? WHERE id = ?",
                (self._rows, self._quarantined, refused, sheet, file),
            )
        return file

    def _read_file(self, connection: sqlite3.Connection, file: int, progress: Progress) -> str:
        """The name of the sheet that was read."""
        if self._mapping.reads == "policy":
            self._take_policy(connection, file)
            return ""
        table = self._open()
        header = find_header(table.rows, self._mapping.columns, self._mapping.header_rows_max)
        reader = RowReader(self._mapping, header, table.sheet)
        taker = self._taker(connection, file, reader, table.sheet)
        for row in table.rows:
            if row.blank:
                continue
            self._rows += 1
            try:
                taker.take(row, reader.read(row))
            except RowRefused as refused:
                self._quarantined += 1
                _quarantine(connection, file, refused.complaints)
            if self._rows % _TELL_EVERY == 0:
                progress(self._rows, table.count)
        if not self._rows:
            raise FileRefused("file-empty", expected="数据行 rows", got="只有表头 a header only")
        progress(self._rows, self._rows)
        return table.sheet

    def _taker(
        self, connection: sqlite3.Connection, file: int, reader: RowReader, sheet: str
    ) -> Taker:
        mapping, told = self._mapping, self._received.told
        desk = Desk(
            connection=connection,
            file=file,
            mapping=mapping,
            told=told,
            reader=reader,
            committer=Committer(mapping, self._provenance(sheet), told, self._settings.agency),
            people=People(self._keyring.secret("agency")),
            linkage_key=self._keyring.secret("linkage") if mapping.payee else b"",
        )
        if self._run is not None:
            return ResultTaker(desk, self._run)
        if mapping.lines in ROSTERS:
            return EntitlementTaker(desk, self._keyring.secret("programme"))
        return EntryTaker(desk)

    def _take_policy(self, connection: sqlite3.Connection, file: int) -> None:
        record = read_policy(self._received.path, self._mapping, self._provenance(""))
        self._rows = 1
        subject = str(record.fields["programme"])
        insert_entry(connection, file, record.kind, subject, record.to_bytes())

    def _insert_file(self, connection: sqlite3.Connection) -> int:
        received = self._received
        cursor = connection.execute(
            "INSERT INTO files (sha256, source, name, mapping, sheet, told, collected_at, rows, "
            "quarantined, refused, state) VALUES (?, ?, ?, ?, '', ?, ?, 0, 0, 0, 'committed')",
            (
                received.sha256,
                received.source,
                received.name,
                self._mapping.label,
                json.dumps(dict(received.told), sort_keys=True),
                self._collected_at,
            ),
        )
        return int(cursor.lastrowid or 0)

    def _forget_refused(self, connection: sqlite3.Connection) -> None:
        """A file that another mapping refused is read anew; its old entry stays in the feed."""
        key = (self._received.sha256, self._received.source)
        connection.execute(
            "UPDATE entries SET file = NULL WHERE file IN "
            "(SELECT id FROM files WHERE sha256 = ? AND source = ?)",
            key,
        )
        connection.execute("DELETE FROM files WHERE sha256 = ? AND source = ?", key)

    def _refuse_closed(self) -> None:
        for tree, subject in subjects(self._mapping, self._received.told):
            query = "SELECT 1 FROM trees WHERE tree = ? AND subject = ?"
            if self._journal.row(query, int(tree), subject):
                raise SubjectClosed(
                    f"{subject} 的明细已经编制,不能再加; its root is named already, use a new code"
                )

    def _provenance(self, sheet: str) -> Provenance:
        return provenance_of(
            self._settings,
            sha256=self._received.sha256,
            mapping=self._mapping.label,
            collected_at=self._collected_at,
            sheet=sheet,
        )

    def _open(self) -> Sheet:
        path = self._received.path
        if self._mapping.reads == "xlsx":
            return read_xlsx(path)
        titles = [column.titles[0] for column in self._mapping.columns]
        return read_csv(path, self._mapping.encodings, titles, self._mapping.header_rows_max)


def _whole_file(error: FileRefused) -> Complaint:
    column = error.expected if error.rule.slug == "file-missing-column" else ""
    return Complaint(rule=error.rule.slug, column=column, shape=error.shape, detail=error.detail)


def _quarantine(connection: sqlite3.Connection, file: int, complaints: list[Complaint]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(file, c.row, c.cell, c.sheet, c.column, c.rule, c.shape, c.detail) for c in complaints],
    )
