"""The lines file of a run, notice or batch, and the one entry that names its root.

Lines come out of the journal sorted by payment id (an index on disk), so memory does not grow with
their number. A lines file that another oracle put into the evidence is never written over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fundtrail.evidence import EvidenceLine, file_digest, lines_path, write_lines
from fundtrail.records import Provenance, Record
from fundtrail.sum_tree import SumRoot, TreeKind
from oracles.clock import Clock, time_text
from oracles.errors import JournalError, NothingToPrepare
from oracles.feed_log import FeedLog
from oracles.journal import Journal
from oracles.provenance import provenance_of
from oracles.settings import Settings
from oracles.taker import insert_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTree:
    """A root that the feed names; `digest` is the record digest of the entry that does."""

    kind: TreeKind
    subject: str
    root: bytes
    total_fen: int
    count: int
    digest: bytes


class TreeFiles:
    """Writes lines files of one journal and names them in one feed."""

    def __init__(
        self,
        *,
        journal: Journal,
        settings: Settings,
        evidence: Path,
        feed: FeedLog,
        clock: Clock,
    ) -> None:
        self._journal, self._settings = journal, settings
        self._evidence, self._feed, self._clock = evidence, feed, clock

    def name(self, kind: TreeKind, subject: str) -> NamedTree:
        """The tree of `subject`, written and named unless it was. Raises NothingToPrepare."""
        self._feed.settle()
        if named := self._named(kind, subject):
            return named
        path = lines_path(kind, subject)
        self._claim(kind, subject, path)
        root = write_lines(self._evidence / path, self._lines(kind, subject), kind)
        self._intend(root, subject, path)
        self._feed.settle()
        named = self._named(kind, subject)
        if named is None:
            raise JournalError(f"{path}: expected its root in the journal, got none")
        return named

    def subjects(self, kind: TreeKind) -> list[str]:
        """The runs, notices or batches that the journal holds lines for."""
        query = "SELECT DISTINCT subject FROM lines WHERE tree = ? ORDER BY subject"
        return [row[0] for row in self._journal.rows(query, int(kind))]

    def _named(self, kind: TreeKind, subject: str) -> NamedTree | None:
        found = self._journal.row(
            "SELECT root, total_fen, count, digest FROM trees "
            "WHERE tree = ? AND subject = ? AND state = 'appended'",
            int(kind),
            subject,
        )
        if found is None:
            return None
        root, total_fen, count, digest = found
        return NamedTree(
            kind=kind,
            subject=subject,
            root=root,
            total_fen=int(total_fen),
            count=count,
            digest=digest,
        )

    def _claim(self, kind: TreeKind, subject: str, path: str) -> None:
        """Say in the journal that this oracle writes the file, before it is there."""
        held = self._journal.row(
            "SELECT 1 FROM lines WHERE tree = ? AND subject = ? LIMIT 1", int(kind), subject
        )
        if held is None:
            known = "、".join(self.subjects(kind)) or "(无 none)"
            raise NothingToPrepare(
                f"没有 {subject} 的明细,已有 {known}; no lines of {subject!r}, there are: {known}"
            )
        claimed = self._journal.row(
            "SELECT 1 FROM trees WHERE tree = ? AND subject = ?", int(kind), subject
        )
        if claimed:
            return
        if (self._evidence / path).exists():
            raise JournalError(
                f"{path}: 已由他人写入证据 is in the evidence already, from elsewhere"
            )
        with self._journal.transaction() as connection:
            connection.execute(
                "INSERT INTO trees (tree, subject, state) VALUES (?, ?, 'writing')",
                (int(kind), subject),
            )

    def _lines(self, kind: TreeKind, subject: str) -> Iterator[EvidenceLine]:
        query = (
            "SELECT payment_id, amount_fen, record FROM lines "
            "WHERE tree = ? AND subject = ? ORDER BY payment_id"
        )
        for payment, amount, record in self._journal.rows(query, int(kind), subject):
            yield EvidenceLine(payment_id=payment, amount_fen=amount, record=record)

    def _intend(self, root: SumRoot, subject: str, path: str) -> None:
        sha256, size = file_digest(self._evidence / path)
        record = Record(
            kind="lines",
            fields={
                "count": root.count,
                "path": path,
                "root": root.root.hex(),
                "sha256": sha256.hex(),
                "size": size,
                "subject": subject,
                "total_fen": str(root.total_fen),
                "tree": root.kind.name.lower(),
            },
            commitments={},
            provenance=self._provenance(root.kind, subject),
        )
        first = self._feed.size()
        with self._journal.transaction() as connection:
            digest = insert_entry(connection, None, "lines", subject, record.to_bytes(), first)
            connection.execute(
                "UPDATE trees SET root = ?, total_fen = ?, count = ?, digest = ?, state = 'named' "
                "WHERE tree = ? AND subject = ?",
                (root.root, str(root.total_fen), root.count, digest, int(root.kind), subject),
            )
            self._feed.intend(connection, first, 1)

    def _provenance(self, kind: TreeKind, subject: str) -> Provenance:
        """Of the last file that the lines came from."""
        found = self._journal.row(
            "SELECT files.sha256, files.mapping, files.sheet FROM files WHERE id = "
            "(SELECT max(file) FROM lines WHERE tree = ? AND subject = ?)",
            int(kind),
            subject,
        )
        if found is None:
            raise JournalError(
                f"{subject}: expected the file of its lines in the journal, got none"
            )
        sha256, mapping, sheet = found
        return provenance_of(
            self._settings,
            sha256=sha256,
            mapping=mapping,
            collected_at=time_text(self._clock()),
            sheet=sheet,
        )
