"""Cells as they come out of a file, with the address that a clerk sees in the spreadsheet.

A value keeps the type its file gave it: that an ID stood in a numeric cell is itself a finding.
`shape_of` describes a value without showing it, for quarantine and logs.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

Raw = str | int | float | bool | date | datetime | time | timedelta | None

_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts from 1 with titles and header; `values[0]` is column A."""

    number: int
    values: Sequence[Raw]

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(value is not None and str(value).strip() for value in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of one sheet, to be read once. `sheet` is empty for CSV, `count` where known."""

    sheet: str
    rows: Iterator[Row]
    count: int | None


def address(column: int, row: int) -> str:
    """`D17` for column 3 (from 0) of row 17; without a row the column alone."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}" if row else letters


def is_number(value: Raw) -> bool:
    """Whether the cell was numeric."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def decimal_text(value: float) -> str:
    """A numeric cell as plain decimal digits: what the file says, not its binary neighbour."""
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def fold(value: Raw) -> str:
    """A title without blanks, full-width characters made plain: how titles are compared."""
    if value is None or value == "":
        return ""
    return "".join(unicodedata.normalize("NFKC", str(value)).replace("\ufeff", "").split())


def shape_of(value: Raw) -> str:
    """What a value looks like, with none of its characters but a run of zeros at the end."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        text = decimal_text(value)
        kind = "digits" if text.isdigit() else "characters of a number"
        return f"{len(text)} {kind}{_tail(text)}"
    if not isinstance(value, str):
        return "a date or time"
    return _shape_of_text(value.strip())


def _shape_of_text(text: str) -> str:
    if text.isascii() and text.isdigit():
        return f"{len(text)} digits{_tail(text)}"
    if _SCIENTIFIC.fullmatch(text):
        return "a number in scientific notation"
    if text[:-1].isascii() and text[:-1].isdigit() and text[-1] in "Xx":
        return f"{len(text) - 1} digits and X"
    digits = sum(character.isdigit() for character in text)
    return f"{len(text)} characters, {digits} of them digits"


def _tail(text: str) -> str:
    zeros = len(text) - len(text.rstrip("0"))
    return f", ends in {'0' * min(zeros, 3)}" if zeros >= 2 else ""
