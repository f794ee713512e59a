"""Resident ID numbers that are formally valid and belong to nobody.

GB 11643-1999: six digits of region, eight of birth, three of sequence (odd for men), one check
character by ISO 7064 MOD 11-2. The region starts with 19, a province prefix that GB/T 2260 has
never assigned, so no real person can have such a number.
"""

from datetime import date

SEQUENCES_PER_DAY_AND_SEX = 500

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def check_character(first_17: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def id_number(*, region: str, born: date, nth: int, male: bool) -> str:
    """The number of the `nth` man or woman (from 0) of one region and day of birth."""
    if not 0 <= nth < SEQUENCES_PER_DAY_AND_SEX:
        raise ValueError(f"expected 0 <= nth < {SEQUENCES_PER_DAY_AND_SEX}, got {nth}")

    scattered = (nth * 137 + born.toordinal() * 211) % SEQUENCES_PER_DAY_AND_SEX
    first_17 = f"{region}{born:%Y%m%d}{scattered * 2 + male:03d}"
    return first_17 + check_character(first_17)


def with_bad_check(number: str) -> str:
    """The same number with the check character of another one."""
    place = _CHECKS.index(number[-1])
    return number[:-1] + _CHECKS[(place + 4) % 11].replace("X", "7")


def rounded_by_excel(number: str) -> int:
    """What a numeric cell keeps of the number: fifteen significant digits."""
    return int(number[:15] + "000")


def masked(number: str) -> str:
    """As a public notice shows it: 1901**********1234."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"
