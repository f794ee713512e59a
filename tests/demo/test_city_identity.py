"""Numbers in the city are formally valid and can belong to nobody."""

from datetime import date

import pytest

from demo.city.account import AccountOf, account_number, luhn_digit, phone_number
from demo.city.identity import (
    check_character,
    id_number,
    masked,
    rounded_by_excel,
    with_bad_check,
)
from demo.city.names import masked_name
from tests.demo.department_files import Files

# GB/T 2260: the first two digits of every region that exists or existed.
ASSIGNED_PROVINCES = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64"),
    *("65", "71", "81", "82", "83", "91"),
}
# The standard's own table of position weights: 2^(18 - i) mod 11.
WEIGHTS = [pow(2, 18 - position, 11) for position in range(1, 18)]


def valid_gb11643(number: str) -> bool:
    digits = [*map(int, number[:17]), 10 if number[17] == "X" else int(number[17])]
    return sum(d * w for d, w in zip(digits, [*WEIGHTS, 1], strict=True)) % 11 == 1


def valid_luhn(number: str) -> bool:
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_printed_in_gb_11643_have_the_check_character_we_compute(number: str) -> None:
    assert check_character(number[:17]) == number[17]
    assert valid_gb11643(number)


def test_every_man_and_woman_of_a_day_has_a_number_of_their_own() -> None:
    born = date(1950, 1, 31)
    numbers = {
        id_number(region="190102", born=born, nth=nth, male=male)
        for nth in range(500)
        for male in (True, False)
    }

    assert len(numbers) == 1000
    assert all(valid_gb11643(number) for number in numbers)
    with pytest.raises(ValueError, match="expected 0 <= nth < 500, got 500"):
        id_number(region="190102", born=born, nth=500, male=True)


def test_the_bad_check_character_is_bad_for_each_of_the_eleven() -> None:
    seen = set()
    for nth in range(200):
        number = id_number(region="190103", born=date(1955, 5, 5), nth=nth, male=False)
        seen.add(number[-1])
        assert not valid_gb11643(with_bad_check(number))
    assert seen == set("0123456789X")


def test_excel_keeps_fifteen_digits() -> None:
    assert rounded_by_excel("190102194801011234") == 190102194801011000


def test_notices_show_the_ends_only() -> None:
    assert masked("190102194801011234") == "1901**********1234"
    assert [masked_name(n) for n in ("张三", "张小三", "欧阳小三")] == ["张*", "张*三", "欧**三"]


def test_accounts_pass_luhn_and_no_two_are_alike() -> None:
    assert luhn_digit("7992739871") == "3"
    numbers = {account_number("900001", n, which) for n in range(2000) for which in AccountOf}
    assert len(numbers) == 2000 * len(AccountOf)
    assert all(valid_luhn(number) and len(number) == 19 for number in numbers)


def test_no_two_telephones_are_alike() -> None:
    assert len({phone_number(n) for n in range(5000)}) == 5000


def test_nobody_in_the_files_can_be_real(files: Files) -> None:
    people = [*files.rows("civil/notice/*.csv"), *files.rows("funeral/deaths.csv")]
    numbers = [row.text("公民身份号码") for row in people]

    assert len(numbers) > 2400
    assert "19" not in ASSIGNED_PROVINCES
    assert all(number.startswith("1901") and valid_gb11643(number) for number in numbers)


def test_accounts_and_telephones_in_the_files_are_assigned_to_nobody(files: Files) -> None:
    rows = [*files.rows("civil/roster/*.xlsx"), *files.rows("civil/reissue/*.xlsx")]
    accounts = [row.text("银行账号") for row in rows]

    assert len(set(accounts)) == len(accounts)
    assert all(a.startswith(("900001", "900002")) and valid_luhn(a) for a in accounts)
    assert all(row.text("联系电话").startswith("109") for row in rows)
