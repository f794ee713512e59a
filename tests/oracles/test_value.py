"""What stands in a cell, read as its column's type: nothing is guessed, nothing becomes a float."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles.cell import Raw, address, fold, shape_of
from oracles.errors import CellRefused
from oracles.value import DATE_FORMS, choice, code_text, day, digits, fen, text, whole, yuan

FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
amounts = st.integers(0, 2**63 - 1)
dates = st.dates(date(1850, 1, 1), date(2150, 12, 31))
any_date = day(DATE_FORMS)


@given(amount=amounts, separated=st.booleans(), wide=st.booleans(), sign=st.booleans())
def test_an_amount_reads_the_same_however_it_is_written(
    amount: int, separated: bool, wide: bool, sign: bool
) -> None:
    units = f"{amount // 100:,}" if separated else str(amount // 100)
    written = f"{units}.{amount % 100:02d}"
    written = f"￥{written}元" if sign else written
    assert yuan(written.translate(FULL_WIDTH) if wide else written) == amount


@given(amount=st.integers(0, 10**12))
def test_a_numeric_cell_gives_the_amount_that_the_file_shows(amount: int) -> None:
    assert yuan(float(f"{amount // 100}.{amount % 100:02d}")) == amount


@given(amount=amounts)
def test_fen_are_read_as_whole_numbers(amount: int) -> None:
    assert fen(str(amount)) == amount


@pytest.mark.parametrize(
    "value", ["", "-1.00", "1.005", "一百", "1,23.00", 0.30000000000000004, -5.0, True, "9" * 20]
)
def test_what_is_no_amount_is_refused(value: Raw) -> None:
    with pytest.raises(CellRefused, match="value-not-money"):
        yuan(value)


@given(born=dates)
def test_a_day_reads_the_same_in_every_agreed_form(born: date) -> None:
    written = [
        born.isoformat(),
        f"{born.year}/{born.month}/{born.day}",
        f"{born:%Y%m%d}".rjust(8, "0"),
        f"{born.year}年{born.month}月{born.day}日",
    ]
    for form in (*written, *(item.translate(FULL_WIDTH) for item in written)):
        assert any_date(form) == born.isoformat()
    assert any_date(born) == any_date(datetime(born.year, born.month, born.day)) == born.isoformat()  # noqa: DTZ001


@pytest.mark.parametrize(
    "value", ["2026-02-30", "2026-10-8", "08/10/2026", "46303", 46303.0, "2026"]
)
def test_a_day_in_another_form_is_refused(value: Raw) -> None:
    with pytest.raises(CellRefused, match="value-not-date"):
        any_date(value)


def test_a_form_that_was_not_agreed_is_refused() -> None:
    with pytest.raises(CellRefused, match="2026-10-08"):
        day(("2026-10-08",))("20261008")


@given(number=st.integers(0, 10**15 - 1))
def test_a_number_in_a_numeric_cell_counts_while_all_its_digits_are_there(number: int) -> None:
    assert digits(float(number)) == text(float(number)) == str(number)
    assert whole(float(number)) == number


@given(number=st.integers(10**15, 10**19))
def test_a_longer_one_has_lost_digits_and_is_refused(number: int) -> None:
    with pytest.raises(CellRefused, match="number-rounded"):
        digits(float(number))


@given(number=st.text("0123456789", min_size=1, max_size=30))
def test_digits_may_be_grouped_and_full_width(number: str) -> None:
    grouped = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    assert digits(grouped.translate(FULL_WIDTH)) == number


@pytest.mark.parametrize("value", ["62x22", "六二", timedelta(days=1)])
def test_digits_with_anything_else_are_refused(value: Raw) -> None:
    with pytest.raises(CellRefused, match="value-not-digits"):
        digits(value)


def test_a_word_stands_for_what_was_agreed_and_no_other_word_does() -> None:
    outcome = choice({"成功": "credited", "失败": "returned"})
    assert outcome(" 成功　") == "credited"
    with pytest.raises(CellRefused, match="成功 / 失败"):
        outcome("处理中")


def test_a_code_is_a_code() -> None:
    assert code_text("ＯＡＡ-2026 ") == "OAA-2026"
    with pytest.raises(CellRefused, match="value-not-code"):
        code_text("综合津贴")


@given(value=st.one_of(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_shape_shows_no_digit_of_the_value_but_zeros_at_its_end(value: Raw) -> None:
    shape = shape_of(value)
    assert shape
    if isinstance(value, str) and len(value.strip()) > 3 and value.strip().isalnum():
        assert value.strip() not in shape


@pytest.mark.parametrize(
    ("column", "row", "expected"), [(0, 1, "A1"), (3, 17, "D17"), (25, 2, "Z2"), (26, 3, "AA3")]
)
def test_cells_have_the_address_that_a_spreadsheet_shows(
    column: int, row: int, expected: str
) -> None:
    assert address(column, row) == expected


def test_titles_are_compared_without_blanks_and_width() -> None:
    assert fold("\ufeff 金额（元） ") == fold("金额(元)")
