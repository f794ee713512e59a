"""How clerks and old systems write: the harmless oddities that every reader of files must bear.

None of these is a fault: full-width digits, trailing blanks, three ways to write a day, thousands
separators. Money passes through here as fen and comes out as decimal text, never as a float.
"""

from datetime import date
from decimal import Decimal

from demo.city.draw import Draw

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_BLANKS = (" ", "  ", "\u3000")  # the last one is the full-width space

DATE_STYLES = 3


def day_text(day: date, style: int) -> str:
    """2026-10-08, 2026/10/8 or 20261008."""
    match style % DATE_STYLES:
        case 0:
            return day.isoformat()
        case 1:
            return f"{day.year}/{day.month}/{day.day}"
        case _:
            return f"{day:%Y%m%d}"


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def yuan_with_thousands(fen: int) -> str:
    return f"{yuan(fen):,.2f}"


def full_width(text: str) -> str:
    return text.translate(_FULL_WIDTH)


def sometimes_full_width(draw: Draw, text: str, odds: int) -> str:
    return full_width(text) if draw.one_in(odds) else text


def sometimes_padded(draw: Draw, text: str, odds: int) -> str:
    return text + draw.choice(_BLANKS) if draw.one_in(odds) else text
