"""Cell values as the mapping's types read them: text, digits, code, int, money, date, choice, id.

Each parser takes the raw cell and raises CellRefused with a rule. Money becomes whole fen, dates
become `YYYY-MM-DD`, full-width digits and blanks become plain ones. Nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime

from fundtrail.errors import CodeError, MoneyError
from fundtrail.ids import code, period
from fundtrail.money import fen_from_yuan
from oracles.cell import Raw, decimal_text, is_number, shape_of
from oracles.errors import CellRefused
from oracles.identity import ResidentId, organisation_id, resident_id

Parsed = str | int | ResidentId
Parser = Callable[[Raw], Parsed]

AMOUNT_MAX_FEN = 2**63 - 1
_EXACT_DIGITS = 15
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DATES = {
    "2026-10-08": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
    "2026/10/8": re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
    "20261008": re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
    "2026年10月8日": re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日"),
}
DATE_FORMS = tuple(_DATES)


def text(value: Raw) -> str:
    """Text without the blanks around it. A numeric cell counts while its digits are exact."""
    if is_number(value):
        return _exact(value)
    if isinstance(value, date):
        raise CellRefused("value-unknown", shape=shape_of(value), expected="a text cell")
    return str(value).replace("\ufeff", "").strip()


def digits(value: Raw) -> str:
    """A number that is a name, such as an account: digits only, separators dropped."""
    plain = re.sub(r"[\s-]", "", _folded(value))
    if not plain.isascii() or not plain.isdigit():
        raise CellRefused("value-not-digits", shape=shape_of(value))
    return plain


def whole(value: Raw) -> int:
    """A whole number."""
    plain = _folded(value)
    if not _WHOLE.fullmatch(plain):
        raise CellRefused("value-not-number", shape=shape_of(value))
    return int(plain)


def yuan(value: Raw) -> int:
    """Fen from yuan, as clerks write it (docs of `fundtrail.money.fen_from_yuan`)."""
    plain = decimal_text(value) if isinstance(value, float) else str(value)
    try:
        amount = fen_from_yuan(plain)
    except MoneyError:
        raise CellRefused("value-not-money", shape=shape_of(value), expected="1,234.50") from None
    return _bounded(amount, value)


def fen(value: Raw) -> int:
    """Fen as a whole number."""
    plain = _folded(value).replace(",", "")
    if not plain.isascii() or not plain.isdigit():
        raise CellRefused("value-not-money", shape=shape_of(value), expected="123450")
    return _bounded(int(plain), value)


def code_text(value: Raw) -> str:
    """A code of docs/format.md §1."""
    try:
        return code(_folded(value))
    except CodeError:
        raise CellRefused("value-not-code", shape=shape_of(value)) from None


def period_text(value: Raw) -> str:
    """A period `YYYY-MM`."""
    try:
        return period(_folded(value))
    except CodeError:
        raise CellRefused("value-not-date", shape=shape_of(value), expected="2026-10") from None


def day(forms: tuple[str, ...]) -> Parser:
    """A parser of dates in the agreed forms; a date cell of a spreadsheet is always one."""
    patterns = [_DATES[form] for form in forms]
    expected = " / ".join(forms)

    def parse(value: Raw) -> str:
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return value.isoformat()
        plain = _folded(value)
        for pattern in patterns:
            if match := pattern.fullmatch(plain):
                return _calendar_day(match, value, expected)
        raise CellRefused("value-not-date", shape=shape_of(value), expected=expected)

    return parse


def choice(values: Mapping[str, str]) -> Parser:
    """A parser of agreed words, to what they stand for."""
    known = {unicodedata.normalize("NFKC", word): meaning for word, meaning in values.items()}
    expected = " / ".join(values)

    def parse(value: Raw) -> str:
        word = _folded(value)
        if word not in known:
            raise CellRefused("value-unknown", shape=shape_of(value), expected=expected)
        return known[word]

    return parse


PARSERS: dict[str, Parser] = {
    "text": text,
    "digits": digits,
    "int": whole,
    "yuan": yuan,
    "fen": fen,
    "code": code_text,
    "period": period_text,
    "resident-id": resident_id,
    "organisation-id": organisation_id,
}


def plain_text(value: Parsed) -> str:
    """A parsed value as the string that is committed to."""
    return value.number if isinstance(value, ResidentId) else str(value)


def _folded(value: Raw) -> str:
    plain = _exact(value) if is_number(value) else str(value)
    return unicodedata.normalize("NFKC", plain).replace("\ufeff", "").strip()


def _exact(value: Raw) -> str:
    plain = decimal_text(value)  # type: ignore[arg-type]  # callers asked is_number
    if len(plain.lstrip("-").replace(".", "")) > _EXACT_DIGITS:
        raise CellRefused("number-rounded", shape=shape_of(value), expected="a text cell")
    return plain


def _bounded(amount: int, value: Raw) -> int:
    if amount > AMOUNT_MAX_FEN:
        raise CellRefused("value-not-money", shape=shape_of(value), expected="at most 2^63 - 1 fen")
    return amount


def _calendar_day(match: re.Match[str], value: Raw, expected: str) -> str:
    year, month, number = (int(part) for part in match.groups())
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        raise CellRefused("value-not-date", shape=shape_of(value), expected=expected) from None
