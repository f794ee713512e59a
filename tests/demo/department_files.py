"""A reader of the city's files that shares no code with their writer."""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from demo.city import Month

ENCODINGS = {"funeral": "gb18030", "bank-a": "gb18030"}
HEADER_ROWS = {"roster": 3, "reissue": 3, "bank-b": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it stands in the file, its number counted as a person counts."""

    file: str
    number: int
    cells: dict[str, Any]

    def text(self, column: str) -> str:
        """The cell with full-width forms folded and blanks cut off."""
        return unicodedata.normalize("NFKC", str(self.cells[column])).strip()

    def fen(self, column: str) -> int:
        whole, _, part = self.text(column).replace(",", "").partition(".")
        return int(whole) * 100 + int(part.ljust(2, "0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    month: Month

    @property
    def root(self) -> Path:
        return self.month.layout.root

    def rows(self, pattern: str) -> Iterator[Row]:
        for path in sorted(self.root.glob(pattern)):
            every = _xlsx(path) if path.suffix == ".xlsx" else _csv(path)
            header_rows = HEADER_ROWS.get(path.parent.name, 1)
            header = every[header_rows - 1]
            for number, cells in enumerate(every[header_rows:], start=header_rows + 1):
                yield Row(
                    file=path.relative_to(self.root).as_posix(),
                    number=number,
                    cells=dict(zip(header, cells, strict=True)),
                )

    def expected(self, rule: str) -> set[str]:
        """The ID numbers of whom the audit must name under `rule`."""
        return {
            one.id_number
            for planted in self.month.planted
            for one in planted.expect
            if one.where == "audit" and one.rule == rule and one.id_number is not None
        }

    def quarantined(self, rule: str) -> set[tuple[str, int | None]]:
        return {
            (one.file, one.row)
            for planted in self.month.planted
            for one in planted.expect
            if one.where == "quarantine" and one.rule == rule and one.file is not None
        }


def _xlsx(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _csv(path: Path) -> list[list[str]]:
    with path.open(encoding=ENCODINGS.get(path.parent.name, "utf-8-sig"), newline="") as file:
        return list(csv.reader(file))
