"""What becomes of one readable row: an entry of the feed, a line of a run, or a line of a batch."""

import sqlite3
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Protocol

from fundtrail.records import record_digest
from fundtrail.sum_tree import TreeKind
from oracles.cell import Row
from oracles.commit import Committed, Committer, Payee, entitlement_payment, reference_of
from oracles.mapping import Mapping
from oracles.people import People
from oracles.row import RowReader, RowRefused
from oracles.run_index import RunIndex
from oracles.value import Parsed

ROSTERS = {"run": TreeKind.RUN, "roster": TreeKind.ROSTER}
BATCHES = {"credited": ("C", TreeKind.CREDITED), "returned": ("B", TreeKind.RETURNED)}


class Taker(Protocol):
    """Takes rows into the journal. Raises RowRefused for one that belongs into quarantine."""

    def take(self, row: Row, values: Table[str, Parsed]) -> None:
        """Take one row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every taker works with: one file's place in the journal, its mapping, its people."""

    connection: sqlite3.Connection
    file: int
    mapping: Mapping
    told: Table[str, str]
    reader: RowReader
    committer: Committer
    people: People
    linkage_key: bytes

    def payee(self, values: Table[str, Parsed]) -> Payee | None:
        """Who the row's payee column names, None where the mapping has none."""
        identity = self.committer.payee_identity(values)
        return self.person(reference_of(identity, self.linkage_key)) if identity else None

    def person(self, reference: bytes) -> Payee:
        """The person of a payee reference, with the key of their openings."""
        return Payee(reference=reference, key=self.people.key(self.connection, reference))

    def keep_line(
        self,
        row: Row,
        values: Table[str, Parsed],
        committed: Committed,
        place: tuple[TreeKind, str, bytes],
    ) -> None:
        """A line of `place`: tree, subject, payment id. Raises RowRefused for a second one."""
        amount = values[self.mapping.amount]
        cursor = self.connection.execute(
            "INSERT OR IGNORE INTO lines VALUES (?, ?, ?, ?, ?, ?)",
            (int(place[0]), place[1], place[2], amount, committed.record, self.file),
        )
        if not cursor.rowcount:
            column = self.mapping.payee or self.mapping.application
            raise RowRefused([self.reader.complain("duplicate-in-file", row, column)])
        self.keep_openings(committed)

    def keep_openings(self, committed: Committed) -> None:
        """The openings of a row, until they lie in the evidence."""
        self.connection.executemany(
            "INSERT INTO openings VALUES (?, ?, ?, ?, ?, ?)",
            [
                (self.file, o.payee_ref, o.commitment, o.group, o.nonce, o.ciphertext)
                for o in committed.openings
            ],
        )


@dataclass(frozen=True, slots=True)
class EntryTaker:
    """One entry of the feed for each row: deaths, certifications, vouchers."""

    desk: Desk

    def take(self, row: Row, values: Table[str, Parsed]) -> None:
        """Take one row."""
        desk = self.desk
        committed = desk.committer.commit(values, row.number, desk.payee(values))
        subject = str(committed.fields.get("run", ""))
        insert_entry(desk.connection, desk.file, desk.mapping.record, subject, committed.record)
        desk.keep_openings(committed)


@dataclass(frozen=True, slots=True)
class EntitlementTaker:
    """A line of a run or of a notice: the payment id follows from the duty."""

    desk: Desk
    programme_key: bytes

    def take(self, row: Row, values: Table[str, Parsed]) -> None:
        """Take one row."""
        desk = self.desk
        committed = desk.committer.commit(values, row.number, desk.payee(values))
        payee = desk.committer.payee_identity(values)
        payment = entitlement_payment(committed.fields, payee, self.programme_key)
        tree, subject = entitlement_subject(desk.mapping, desk.told)
        desk.keep_line(row, values, committed, (tree, subject, payment))


@dataclass(frozen=True, slots=True)
class ResultTaker:
    """A line of a bank batch: the payment id is that of the run's line with this application."""

    desk: Desk
    run: RunIndex

    def take(self, row: Row, values: Table[str, Parsed]) -> None:
        """Take one row."""
        desk = self.desk
        found = self.run.find(str(values[desk.mapping.application]))
        if found is None:
            column = desk.mapping.application
            raise RowRefused([desk.reader.complain("not-in-run", row, column)])
        payment, reference = found
        committed = desk.committer.commit(values, row.number, desk.person(reference))
        suffix, tree = BATCHES[str(committed.fields["outcome"])]
        subject = f"{desk.told['run']}-{suffix}"
        desk.keep_line(row, values, committed, (tree, subject, payment))


def entitlement_subject(mapping: Mapping, told: Table[str, str]) -> tuple[TreeKind, str]:
    """The tree that a mapping's entitlements belong to, and the run or notice that was told."""
    tree = ROSTERS[mapping.lines]
    return tree, told["run" if tree is TreeKind.RUN else "notice"]


def subjects(mapping: Mapping, told: Table[str, str]) -> list[tuple[TreeKind, str]]:
    """Every tree that a file of this mapping adds lines to."""
    if mapping.lines in ROSTERS:
        return [entitlement_subject(mapping, told)]
    if mapping.lines == "batch":
        return [(tree, f"{told['run']}-{suffix}") for suffix, tree in BATCHES.values()]
    return []


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
