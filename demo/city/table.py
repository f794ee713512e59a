"""What a department's file is to its writer: rows appended one by one, each answering its number.

Nothing is kept in memory, and the same rows give the same bytes.
"""

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

Cell = str | int | Decimal | None


class Table(Protocol):
    """`append` answers the row number that a person sees, the first row of the file being 1."""

    def append(self, cells: Sequence[Cell]) -> int: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class CsvTable:
    """Comma-separated, CRLF, in the encoding of the system that wrote it."""

    def __init__(self, path: Path, encoding: str, header: Sequence[str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding=encoding, newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._rows = 0
        self.append(header)

    def append(self, cells: Sequence[Cell]) -> int:
        self._writer.writerow(cells)
        self._rows += 1
        return self._rows

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
