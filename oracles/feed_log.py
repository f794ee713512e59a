"""The oracle's own feed: entries of the journal at their positions, appended exactly once.

Entries are first intended: their positions are written down beside the feed's size at that moment.
The feed's checkpoint then says whether the append happened, whenever the oracle was killed.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from fundtrail.records import Record, record_digest, record_from_bytes
from fundtrail.tiles import FeedReader, FeedWriter
from oracles.errors import JournalError
from oracles.journal import Journal


class FeedLog:
    """The feed in `folder`. `writer` is opened only for appending: it takes the feed's key."""

    def __init__(self, journal: Journal, folder: Path, writer: Callable[[], FeedWriter]) -> None:
        self._journal, self._folder, self._open = journal, folder, writer
        self._writer: FeedWriter | None = None

    def begun(self) -> bool:
        """Whether the feed has a checkpoint yet."""
        return (self._folder / "checkpoint").is_file()

    def reader(self) -> FeedReader:
        """The feed as it stands; a new one is begun, empty."""
        return FeedReader(self._folder) if self.begun() else self._feed().reader()

    def size(self) -> int:
        """Entries in the feed. Raises JournalError unless the journal counts as many."""
        counted = self._journal.value("SELECT coalesce(max(position) + 1, 0) FROM entries")
        held = self.reader().checkpoint.size
        if counted != held:
            raise JournalError(
                f"日志与数据流不符: expected {counted} entries in the feed, got {held}"
            )
        return held

    def intend(self, connection: sqlite3.Connection, first: int, count: int) -> None:
        """Write down that the entries from position `first` on are to be appended."""
        connection.execute(
            "INSERT INTO appends (first, count, state) VALUES (?, ?, 'intended')", (first, count)
        )

    def settle(self) -> None:
        """Do the append that is intended, or find that it was done. Raises JournalError."""
        pending = self._journal.row("SELECT id, first, count FROM appends WHERE state = 'intended'")
        if pending is None:
            return
        append, first, count = pending
        held = self.reader().checkpoint.size
        if held == first:
            self._feed().append(self._data(first, count))
        elif held == first + count:
            self._compare(first, count)
        else:
            raise JournalError(
                f"日志与数据流不符: expected {first} or {first + count} entries, got {held}"
            )
        self._done(append, first, count)

    def entry(self, position: int) -> Record:
        """The record at `position`."""
        return record_from_bytes(next(self.reader().entries(position)))

    def _feed(self) -> FeedWriter:
        if self._writer is None:
            self._writer = self._open()
        return self._writer

    def _data(self, first: int, count: int) -> Iterator[bytes]:
        query = "SELECT data FROM entries WHERE position >= ? AND position < ? ORDER BY position"
        return (row[0] for row in self._journal.rows(query, first, first + count))

    def _compare(self, first: int, count: int) -> None:
        for position, (mine, theirs) in enumerate(
            zip(self._data(first, count), self.reader().entries(first), strict=True), first
        ):
            if mine != theirs:
                raise JournalError(
                    f"数据流第 {position} 条与日志不符: expected {record_digest(mine).hex()}, "
                    f"got {record_digest(theirs).hex()}"
                )

    def _done(self, append: int, first: int, count: int) -> None:
        span = (first, first + count)
        with self._journal.transaction() as connection:
            connection.execute("UPDATE appends SET state = 'appended' WHERE id = ?", (append,))
            connection.execute(
                "DELETE FROM openings WHERE file IN (SELECT file FROM entries "
                "WHERE position >= ? AND position < ? AND kind = 'source')",
                span,
            )
            connection.execute(
                "UPDATE files SET state = 'appended' WHERE id IN (SELECT file FROM entries "
                "WHERE position >= ? AND position < ? AND kind = 'source')",
                span,
            )
            connection.execute(
                "UPDATE trees SET state = 'appended' WHERE digest IN (SELECT digest FROM entries "
                "WHERE position >= ? AND position < ? AND kind = 'lines')",
                span,
            )
            connection.execute(
                "UPDATE entries SET data = NULL WHERE position >= ? AND position < ?", span
            )
