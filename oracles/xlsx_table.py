"""XLSX files through calamine: the first sheet, values with the types their cells had.

The sheet is held in compact form by the reader while its rows stream out; a million cells take
about 40 MB. Formulas count with the value that was saved with them.
"""

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from oracles.cell import Row, Table
from oracles.errors import FileRefused


def read_xlsx(path: Path) -> Table:
    """The rows of the first sheet. Raises FileRefused (`file-damaged`, `file-empty`)."""
    try:
        workbook = CalamineWorkbook.from_path(path)
        sheet = workbook.get_sheet_by_index(0)
    except PasswordError:
        raise FileRefused("file-damaged", got="有密码的工作簿 a workbook with a password") from None
    except (CalamineError, OSError, ValueError, IndexError) as error:
        got = f"不是 XLSX 工作簿 not a workbook: {type(error).__name__}"
        raise FileRefused("file-damaged", expected="XLSX", got=got) from error

    if sheet.start is None:
        raise FileRefused("file-empty", expected="至少一行 at least one row", got="空表 none")
    return Table(sheet=sheet.name, rows=_rows(sheet, sheet.start[1]), count=sheet.total_height)


def _rows(sheet: CalamineSheet, first_column: int) -> Iterator[Row]:
    before = [""] * first_column
    for number, values in enumerate(sheet.iter_rows(), 1):
        yield Row(number, [*before, *values] if before else values)
