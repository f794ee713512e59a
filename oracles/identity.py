"""Numbers of people and organisations, as payee identities (docs/format.md §3, duty).

GB 11643-1999 for residents, and with the same check for permits of Hong Kong, Macao and Taiwan
residents (81, 82, 83) and of foreign permanent residents (9). A legacy number of 15 digits becomes
its 18-character form. GB 32100-2015 for organisations. Whether a number was ever issued, and to
whom, is not known here; no region is looked up, because regions are merged and renamed.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from oracles.cell import Raw, is_number, shape_of
from oracles.errors import CellRefused

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_LEGACY = re.compile(r"[0-9]{15}")
_CURRENT = re.compile(r"[0-9]{17}[0-9X]")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]{1,3}")

_ORG_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG = re.compile(rf"[{_ORG_ALPHABET}]{{18}}")


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A checked number of 18 characters."""

    number: str

    @property
    def payee(self) -> str:
        """`cn-id:` and the number."""
        return f"cn-id:{self.number}"

    @property
    def born(self) -> date:
        """The date of birth inside the number."""
        return date.fromisoformat(self.number[6:14])

    def age_on(self, day: date) -> int:
        """Completed years on `day`."""
        born = self.born
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def resident_id(value: Raw) -> ResidentId:
    """The number in a cell. Raises CellRefused; a numeric cell is refused whatever it holds."""
    if is_number(value):
        raise CellRefused("id-number-rounded", shape=shape_of(value), expected="a text cell")
    text = unicodedata.normalize("NFKC", str(value)).strip().lstrip("'").upper()
    if _SCIENTIFIC.fullmatch(text):
        raise CellRefused("id-number-rounded", shape=shape_of(text), expected="18 characters")

    if _LEGACY.fullmatch(text):
        first_17 = f"{text[:6]}19{text[6:]}"
        text = first_17 + check_character(first_17)
    if not _CURRENT.fullmatch(text):
        raise CellRefused("id-number-shape", shape=shape_of(text), expected="18 characters")
    if check_character(text[:17]) != text[17]:
        raise CellRefused("id-number-checksum", shape=shape_of(text))
    _check_birth(text)
    return ResidentId(text)


def check_character(first_17: str) -> str:
    """ISO 7064 MOD 11-2 over 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def organisation_id(value: Raw) -> str:
    """`cn-org:` and the unified social credit code in a cell. Raises CellRefused."""
    if is_number(value):
        raise CellRefused("number-rounded", shape=shape_of(value), expected="a text cell")
    text = unicodedata.normalize("NFKC", str(value)).strip().upper()
    if not _ORG.fullmatch(text) or _ORG_ALPHABET[_org_check(text)] != text[17]:
        raise CellRefused("organisation-id", shape=shape_of(text), expected="18 characters")
    return f"cn-org:{text}"


def _org_check(code: str) -> int:
    """31 less the weighted sum modulo 31 (GB 32100-2015 §4.3)."""
    places = (_ORG_ALPHABET.index(character) for character in code[:17])
    total = sum(place * weight for place, weight in zip(places, _ORG_WEIGHTS, strict=True))
    return -total % 31


def _check_birth(number: str) -> None:
    try:
        born = date.fromisoformat(number[6:14])
    except ValueError:
        born = None
    if born is None or born.year < 1800:
        raise CellRefused("id-number-date", shape=shape_of(number)) from None
