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

from fundtrail import __version__
from fundtrail.evidence import file_digest
from fundtrail.records import Provenance, record_digest
from fundtrail.sum_tree import TreeKind
from oracles.cell import Row
from oracles.cell import Table as Sheet
from oracles.clock import Clock, time_text
from oracles.commit import Committed, Committer, Payee, entitlement_payment, reference_of
from oracles.context import check_context
from oracles.csv_table import read_csv
from oracles.errors import FileRefused, SubjectClosed
from oracles.header import find_header
from oracles.journal import Journal
from oracles.keyring import Keyring
from oracles.mapping import Mapping
from oracles.people import People
from oracles.policy_file import read_policy
from oracles.row import Complaint, RowReader, RowRefused
from oracles.run_index import RunIndex
from oracles.settings import Settings
from oracles.value import Parsed
from oracles.xlsx_table import read_xlsx

CONNECTOR = f"fundtrail-oracle/{__version__}"
Progress = Callable[[int, int | None], None]
_TELL_EVERY = 500
_TREES = {"run": TreeKind.RUN, "roster": TreeKind.ROSTER}
_OUTCOMES = {"credited": ("C", TreeKind.CREDITED), "returned": ("B", TreeKind.RETURNED)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What the journal took of one file."""

    file: int
    rows: int
    quarantined: int
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file as it came: where it lies, what it is called, what was told with it."""

    path: Path
    name: str
    source: str
    sha256: bytes
    told: Table[str, str]


def receive(
    path: Path, name: str, source: str, mapping: Mapping, told: Table[str, str]
) -> Received:
    """Hash the file and check what was told with it. Raises ContextError or EvidenceMissing."""
    told = check_context(mapping, told)
    digest, _ = file_digest(path)
    return Received(path=path, name=name, source=source, sha256=digest, told=told)


def known_file(journal: Journal, received: Received, mapping: Mapping) -> int | None:
    """The journal's id of this file, unless another mapping refused it as a whole."""
    found = journal.row(
        "SELECT id, refused, mapping, state FROM files WHERE sha256 = ? AND source = ?",
        received.sha256,
        received.source,
    )
    if found is None or (found[1] and found[2] != mapping.label and found[3] == "appended"):
        return None
    return int(found[0])


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
        self._people = People(keyring.secret("agency"))
        self._linkage = keyring.secret("linkage") if mapping.payee else b""
        self._programme = keyring.secret("programme") if mapping.lines in _TREES else b""
        self._run = (
            RunIndex(journal, evidence, received.told["run"]) if mapping.lines == "batch" else None
        )
        self._rows = self._quarantined = 0

    def read(self, progress: Progress) -> Intake:
        """Take the file into the journal. A file that cannot be read is taken as refused."""
        _refuse_closed(self._journal, self._mapping, self._received)
        with self._journal.transaction() as connection:
            self._forget_refused(connection)
            file = self._insert_file(connection)
            connection.execute("SAVEPOINT rows")
            try:
                sheet = self._read_rows(connection, file, progress)
                refused = False
            except FileRefused as error:
                connection.execute("ROLLBACK TO rows")
                self._rows, self._quarantined, sheet, refused = 0, 0, "", True
                complaint = Complaint(
                    rule=error.rule.slug,
                    column=error.expected if error.rule.slug == "file-missing-column" else "",
                    shape=error.shape,
                    detail=error.detail,
                )
                self._quarantine(connection, file, [complaint])
            connection.execute(
                "UPDATE files SET rows = ?, quarantined = ?, refused = ?, sheet = ? WHERE id = ?",
                (self._rows, self._quarantined, refused, sheet, file),
            )
        return Intake(file=file, rows=self._rows, quarantined=self._quarantined, refused=refused)

    def _read_rows(self, connection: sqlite3.Connection, file: int, progress: Progress) -> str:
        if self._mapping.reads == "policy":
            self._take_policy(connection, file)
            return ""
        table = self._open()
        header = find_header(table.rows, self._mapping.columns, self._mapping.header_rows_max)
        reader = RowReader(self._mapping, header, table.sheet)
        committer = self._committer(table.sheet)
        for row in table.rows:
            if row.blank:
                continue
            self._rows += 1
            self._take_row(connection, file, reader, committer, row)
            if self._rows % _TELL_EVERY == 0:
                progress(self._rows, table.count)
        if not self._rows:
            raise FileRefused("file-empty", expected="数据行 rows", got="只有表头 a header only")
        progress(self._rows, self._rows)
        return table.sheet

    def _take_row(
        self,
        connection: sqlite3.Connection,
        file: int,
        reader: RowReader,
        committer: Committer,
        row: Row,
    ) -> None:
        try:
            values = reader.read(row)
            if self._run is not None:
                self._take_result(connection, file, reader, committer, row, values)
            elif self._mapping.lines:
                self._take_entitlement(connection, file, reader, committer, row, values)
            else:
                self._take_entry(connection, file, committer, row, values)
        except RowRefused as refused:
            self._quarantined += 1
            self._quarantine(connection, file, refused.complaints)

    def _take_entry(
        self,
        connection: sqlite3.Connection,
        file: int,
        committer: Committer,
        row: Row,
        values: Table[str, Parsed],
    ) -> None:
        payee = self._payee(connection, committer, values)
        committed = committer.commit(values, row.number, payee)
        subject = str(committed.fields.get("run", committed.fields.get("programme", "")))
        insert_entry(connection, file, self._mapping.record, subject, committed.record)
        self._keep_openings(connection, file, committed)

    def _take_entitlement(
        self,
        connection: sqlite3.Connection,
        file: int,
        reader: RowReader,
        committer: Committer,
        row: Row,
        values: Table[str, Parsed],
    ) -> None:
        committed = committer.commit(values, row.number, self._payee(connection, committer, values))
        payee = committer.payee_identity(values)
        payment = entitlement_payment(committed.fields, payee, self._programme)
        tree = _TREES[self._mapping.lines]
        subject = self._received.told["run" if tree is TreeKind.RUN else "notice"]
        self._keep_line(connection, file, reader, row, values, committed, tree, subject, payment)

    def _take_result(
        self,
        connection: sqlite3.Connection,
        file: int,
        reader: RowReader,
        committer: Committer,
        row: Row,
        values: Table[str, Parsed],
    ) -> None:
        found = self._run.find(str(values[self._mapping.application])) if self._run else None
        if found is None:
            raise RowRefused([reader.complain("not-in-run", row, self._mapping.application)])
        payment, reference = found
        payee = Payee(reference=reference, key=self._people.key(connection, reference))
        committed = committer.commit(values, row.number, payee)
        suffix, tree = _OUTCOMES[str(committed.fields["outcome"])]
        subject = f"{self._received.told['run']}-{suffix}"
        self._keep_line(connection, file, reader, row, values, committed, tree, subject, payment)

    def _keep_line(
        self,
        connection: sqlite3.Connection,
        file: int,
        reader: RowReader,
        row: Row,
        values: Table[str, Parsed],
        committed: Committed,
        tree: TreeKind,
        subject: str,
        payment: bytes,
    ) -> None:
        amount = values[self._mapping.amount]
        cursor = connection.execute(
            "INSERT OR IGNORE INTO lines VALUES (?, ?, ?, ?, ?, ?)",
            (int(tree), subject, payment, amount, committed.record, file),
        )
        if not cursor.rowcount:
            column = self._mapping.payee or self._mapping.application
            raise RowRefused([reader.complain("duplicate-in-file", row, column)])
        self._keep_openings(connection, file, committed)

    def _take_policy(self, connection: sqlite3.Connection, file: int) -> None:
        record = read_policy(self._received.path, self._mapping, self._provenance(""))
        self._rows = 1
        subject = str(record.fields["programme"])
        insert_entry(connection, file, record.kind, subject, record.to_bytes())

    def _payee(
        self, connection: sqlite3.Connection, committer: Committer, values: Table[str, Parsed]
    ) -> Payee | None:
        identity = committer.payee_identity(values)
        if not identity:
            return None
        reference = reference_of(identity, self._linkage)
        return Payee(reference=reference, key=self._people.key(connection, reference))

    def _keep_openings(
        self, connection: sqlite3.Connection, file: int, committed: Committed
    ) -> None:
        connection.executemany(
            "INSERT INTO openings VALUES (?, ?, ?, ?, ?, ?)",
            [
                (file, o.payee_ref, o.commitment, o.group, o.nonce, o.ciphertext)
                for o in committed.openings
            ],
        )

    def _quarantine(
        self, connection: sqlite3.Connection, file: int, complaints: list[Complaint]
    ) -> None:
        connection.executemany(
            "INSERT OR IGNORE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (file, c.row, c.cell, c.sheet, c.column, c.rule, c.shape, c.detail)
                for c in complaints
            ],
        )

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
        """A file that another mapping refused is read anew; its `source` entry stays in the feed."""
        key = (self._received.sha256, self._received.source)
        connection.execute(
            "UPDATE entries SET file = NULL WHERE file IN "
            "(SELECT id FROM files WHERE sha256 = ? AND source = ?)",
            key,
        )
        connection.execute("DELETE FROM files WHERE sha256 = ? AND source = ?", key)

    def _committer(self, sheet: str) -> Committer:
        return Committer(
            self._mapping, self._provenance(sheet), self._received.told, self._settings.agency
        )

    def _provenance(self, sheet: str) -> Provenance:
        return Provenance(
            clock_offset_ms=self._settings.clock_offset_ms,
            collected_at=self._collected_at,
            connector=CONNECTOR,
            file_sha256=self._received.sha256.hex(),
            mapping=self._mapping.label,
            operator=self._settings.operator,
            row=0,
            sheet=sheet,
            source_system=self._settings.source_system,
        )

    def _open(self) -> Sheet:
        path = self._received.path
        if self._mapping.reads == "xlsx":
            return read_xlsx(path)
        titles = [column.titles[0] for column in self._mapping.columns]
        return read_csv(path, self._mapping.encodings, titles, self._mapping.header_rows_max)


def insert_entry(
    connection: sqlite3.Connection,
    file: int | None,
    kind: str,
    subject: str,
    data: bytes,
    position: int | None = None,
) -> bytes:
    """An entry for the feed, at its future position where that is known; its record digest."""
    digest = record_digest(data)
    connection.execute(
        "INSERT INTO entries (file, kind, subject, digest, data, position) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (file, kind, subject, digest, data, position),
    )
    return digest


def _refuse_closed(journal: Journal, mapping: Mapping, received: Received) -> None:
    subjects: list[tuple[TreeKind, str]] = []
    if mapping.lines in _TREES:
        tree = _TREES[mapping.lines]
        subjects = [(tree, received.told["run" if tree is TreeKind.RUN else "notice"])]
    elif mapping.lines == "batch":
        subjects = [(tree, f"{received.told['run']}-{s}") for s, tree in _OUTCOMES.values()]
    for tree, subject in subjects:
        if journal.row("SELECT 1 FROM trees WHERE tree = ? AND subject = ?", tree, subject):
            raise SubjectClosed(
                f"{subject} 的明细已经编制,不能再加; its root is named already, use a new code"
            )
