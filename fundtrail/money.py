"""Money as whole fen (0.01 CNY). Never meets a float; a sum that leaves u128 is refused."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NewType

from fundtrail.errors import MoneyError

Fen = NewType("Fen", int)

FEN_MAX = 2**128 - 1
_DECIMAL = re.compile(r"0|[1-9][0-9]*")
_YUAN = re.compile(r"(0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2}))?")


def fen(value: int) -> Fen:
    """`value` as fen. Raises MoneyError outside 0 .. 2^128 - 1 or for anything but an int."""
    if type(value) is not int or not 0 <= value <= FEN_MAX:
        raise MoneyError(f"expected an integer of fen in 0 .. 2^128 - 1, got {value!r}")
    return Fen(value)


def add(left: int, right: int) -> Fen:
    """Checked addition."""
    return fen(left + right)


def total(amounts: Iterable[int]) -> Fen:
    """Checked sum of amounts in fen."""
    return fen(sum(amounts))


def fen_from_json(text: object) -> Fen:
    """Fen from its JSON form: a string of decimal digits without leading zeros."""
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise MoneyError(f"expected fen as a string of decimal digits, got {text!r}")
    return fen(int(text))


def fen_from_yuan(text: str) -> Fen:
    """Fen from an amount in yuan as clerks write it: `1,234.50`, `１２３４．５`, `￥150.00元`.

    Raises MoneyError for a sign, more than two decimals, or misplaced separators.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removesuffix("元").strip()
    match = _YUAN.fullmatch(plain)
    if match is None:
        raise MoneyError(f"expected an amount in yuan such as 1,234.50, got {text!r}")

    whole, cents = match.group(1).replace(",", ""), match.group(2) or ""
    return fen(int(whole) * 100 + int(cents.ljust(2, "0")))


def yuan(amount: int) -> str:
    """`amount` fen for people: `1,234.50`."""
    sign = "-" if amount < 0 else ""
    whole, cents = divmod(abs(amount), 100)
    return f"{sign}{whole:,}.{cents:02d}"
