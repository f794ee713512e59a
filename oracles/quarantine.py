"""The quarantine: what could not be taken, where it stands, and what to do about it.

An entry names file, sheet, row and cell and the shape of the value; never the value.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from oracles.journal import Journal
from oracles.rules import rule


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineEntry:
    """One cell or one file. `row` is 0, `cell` empty where the whole file is meant."""

    source: str
    file: str
    sheet: str
    row: int
    cell: str
    column: str
    rule: str
    shape: str
    detail: str
    message_zh: str
    message_en: str
    todo_zh: str
    todo_en: str

    @property
    def place(self) -> str:
        """`civil/roster/190102001.xlsx D17`."""
        where = self.cell or (f"第 {self.row} 行" if self.row else "")
        return f"{self.file} {where}".rstrip()

    def to_json(self) -> dict[str, Any]:
        """The entry as an object."""
        return asdict(self)


def quarantine(journal: Journal, *, file: int = 0, source: str = "") -> Iterator[QuarantineEntry]:
    """Entries in the order of files and rows."""
    query = (
        "SELECT files.source, files.name, quarantine.sheet, row, cell, title, rule, shape, detail "
        "FROM quarantine JOIN files ON files.id = quarantine.file "
        "WHERE (? = 0 OR files.id = ?) AND (? = '' OR files.source = ?) "
        "ORDER BY files.id, row, quarantine.rowid"
    )
    for found in journal.rows(query, file, file, source, source):
        source_, name, sheet, row, cell, title, slug, shape, detail = found
        why = rule(slug)
        yield QuarantineEntry(
            source=source_,
            file=name,
            sheet=sheet,
            row=row,
            cell=cell,
            column=title,
            rule=slug,
            shape=shape,
            detail=detail,
            message_zh=why.zh,
            message_en=why.en,
            todo_zh=why.todo_zh,
            todo_en=why.todo_en,
        )
