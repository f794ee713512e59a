"""Finding the header: the row among the first ones that carries most of the titles.

Titles match after folding full-width characters and dropping blanks, so that `金额（元）` and
`金额(元) ` are one title. Columns that the mapping does not name stay in the raw file, unread.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from oracles.cell import Row, fold
from oracles.errors import FileRefused
from oracles.mapping import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Row number, width, and where each mapped column stands (None where it is left out)."""

    row: int
    width: int
    places: tuple[int | None, ...]


def find_header(rows: Iterator[Row], columns: Sequence[Column], search: int) -> Header:
    """The header; `rows` then stands at the first row below it. Raises FileRefused."""
    known = {fold(title) for column in columns for title in column.titles}
    best, score, passed = None, 0, []
    for row in islice(rows, search):
        passed.append(row)
        found = sum(fold(value) in known for value in row.values)
        if found > score:
            best, score = row, found
        if 2 * found >= len(columns) and found >= 1:
            return _places(row, columns)

    if not any(not row.blank for row in passed):
        raise FileRefused("file-empty", expected="表头 a header", got="空文件 nothing")
    return _places(best or passed[0], columns)


def _places(row: Row, columns: Sequence[Column]) -> Header:
    titles = [fold(value) for value in row.values]
    places: list[int | None] = []
    missing = []
    for column in columns:
        wanted = [fold(title) for title in column.titles]
        found = [place for place, title in enumerate(titles) if title in wanted]
        if len(found) > 1:
            got = f"{column.titles[0]} × {len(found)}"
            raise FileRefused("file-ambiguous-column", expected=column.titles[0], got=got)
        if not found and column.required:
            missing.append(column.titles[0])
        places.append(found[0] if found else None)
    if missing:
        got = "、".join(title for title in titles if title) or "空行 an empty row"
        raise FileRefused("file-missing-column", expected="、".join(missing), got=got[:200])
    width = max(place for place, title in enumerate(titles) if title) + 1
    return Header(row=row.number, width=width, places=tuple(places))
