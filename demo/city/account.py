"""Bank accounts and telephones that are formally plausible and belong to nobody.

Accounts carry a Luhn digit (ISO/IEC 7812-1 annex B) under an issuer number of a national scheme
(leading 9) of country 000, which ISO 3166-1 does not assign. Telephones start with 109: mobile
numbers in China start with 13 to 19. Both are bijections of the person's number: no two alike.
"""

from enum import IntEnum

_SERIALS = 10**12
_PHONES = 10**8


class AccountOf(IntEnum):
    """Which account of a person: the one on the roster, a corrected one, one at another street."""

    FIRST = 0
    CORRECTED = 1
    ELSEWHERE = 2


def luhn_digit(digits: str) -> str:
    total = sum(map(int, digits[-2::-2]))
    total += sum(sum(divmod(2 * int(digit), 10)) for digit in digits[::-2])
    return str(-total % 10)


def account_number(issuer: str, person: int, which: AccountOf = AccountOf.FIRST) -> str:
    serial = which * 10**11 + person
    body = f"{issuer}{(serial * 618_033_988_749 + 271_828_182_845) % _SERIALS:012d}"
    return body + luhn_digit(body)


def phone_number(person: int) -> str:
    return f"109{(person * 61_803_399 + 31_415_927) % _PHONES:08d}"
