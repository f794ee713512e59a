"""Numbers of people and organisations.

Vectors: 11010519491231002X is the worked example of GB 11643-1999 (annex), 91350100M000100Y43 that
of GB 32100-2015; the others follow from the same arithmetic and belong to nobody.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles.errors import CellRefused
from oracles.identity import check_character, organisation_id, resident_id

EXAMPLE = "11010519491231002X"


def test_the_worked_example_of_the_standard_is_accepted() -> None:
    person = resident_id(EXAMPLE)
    assert person.payee == "cn-id:11010519491231002X"
    assert person.born == date(1949, 12, 31)


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        " 11010519491231002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "'11010519491231002X",
    ],
)
def test_how_a_clerk_writes_it_does_not_matter(written: str) -> None:
    assert resident_id(written).number == EXAMPLE


def test_a_legacy_number_becomes_the_number_of_the_same_person() -> None:
    assert resident_id("110105491231002").number == EXAMPLE


@pytest.mark.parametrize(
    "first_17",
    [
        "81000019500101001",  # Hong Kong resident's permit
        "82000019500101002",  # Macao
        "83000019500101003",  # Taiwan
        "91101561950010100"[:6] + "19500101" + "001",  # foreign permanent resident
    ],
)
def test_permits_of_those_who_are_no_residents_are_accepted(first_17: str) -> None:
    number = first_17 + check_character(first_17)
    assert resident_id(number).number == number


@pytest.mark.parametrize(
    ("value", "rule", "shape"),
    [
        (190102194001010000, "id-number-rounded", "18 digits, ends in 000"),
        (1.90102194001010000e17, "id-number-rounded", "18 digits, ends in 000"),
        (110105491231002, "id-number-rounded", "15 digits"),
        ("1.90102E+17", "id-number-rounded", "a number in scientific notation"),
        ("110105194912310021", "id-number-checksum", "18 digits"),
        ("11010519491231001X", "id-number-checksum", "17 digits and X"),
        ("1101051949123100", "id-number-shape", "16 digits, ends in 00"),
        ("K1234567(8)", "id-number-shape", "11 characters, 8 of them digits"),
    ],
)
def test_what_is_wrong_is_named_and_never_shown(value: str | int, rule: str, shape: str) -> None:
    with pytest.raises(CellRefused) as refused:
        resident_id(value)
    assert (refused.value.rule.slug, refused.value.shape) == (rule, shape)
    assert str(value) not in str(refused.value)


def test_a_birth_date_that_does_not_exist_is_refused() -> None:
    first_17 = "11010519490230002"
    with pytest.raises(CellRefused, match="id-number-date"):
        resident_id(first_17 + check_character(first_17))


@given(place=st.integers(0, 17), other=st.sampled_from("0123456789"))
def test_any_changed_digit_is_noticed(place: int, other: str) -> None:
    changed = EXAMPLE[:place] + other + EXAMPLE[place + 1 :]
    if changed == EXAMPLE:
        assert resident_id(changed).number == EXAMPLE
        return
    with pytest.raises(CellRefused):
        resident_id(changed)


@pytest.mark.parametrize(
    ("on", "age"), [(date(2026, 12, 30), 76), (date(2026, 12, 31), 77), (date(2027, 1, 1), 77)]
)
def test_the_age_counts_completed_years(on: date, age: int) -> None:
    assert resident_id(EXAMPLE).age_on(on) == age


def test_an_organisation_is_known_by_its_credit_code() -> None:
    assert organisation_id("91350100M000100Y43") == "cn-org:91350100M000100Y43"


@pytest.mark.parametrize("written", ["91350100M000100Y44", "91350100I000100Y43", "9135010"])
def test_a_wrong_credit_code_is_refused(written: str) -> None:
    with pytest.raises(CellRefused, match="organisation-id"):
        organisation_id(written)
