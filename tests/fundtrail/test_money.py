import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrail.errors import MoneyError
from fundtrail.money import FEN_MAX, add, fen, fen_from_json, fen_from_yuan, total, yuan

AMOUNTS = st.integers(min_value=0, max_value=FEN_MAX)


@given(AMOUNTS)
def test_yuan_is_read_back_as_the_same_fen(amount: int) -> None:
    assert fen_from_yuan(yuan(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("150", 15_000),
        ("1,234.5", 123_450),
        ("１２３４．５６", 123_456),
        (" ￥75.00 元 ", 7_500),
        ("0.01", 1),
    ],
)
def test_amounts_as_clerks_write_them_are_understood(text: str, amount: int) -> None:
    assert fen_from_yuan(text) == amount


@pytest.mark.parametrize("text", ["-1", "1.234", "12,34.00", "1e3", "", "abc", "1.", "+5", "1 000"])
def test_amounts_that_could_mean_two_things_are_refused(text: str) -> None:
    with pytest.raises(MoneyError):
        fen_from_yuan(text)


@pytest.mark.parametrize("value", [-1, FEN_MAX + 1, 1.0, True, "1"])
def test_only_whole_fen_in_range_are_money(value: int) -> None:
    with pytest.raises(MoneyError):
        fen(value)


def test_a_sum_over_the_range_is_refused() -> None:
    assert add(FEN_MAX - 1, 1) == FEN_MAX
    with pytest.raises(MoneyError):
        add(FEN_MAX, 1)
    with pytest.raises(MoneyError):
        total([FEN_MAX, 0, 1])


@pytest.mark.parametrize("value", ["01", "-1", "1.0", "", 1, None, "1 "])
def test_money_in_json_is_a_string_of_plain_digits(value: object) -> None:
    with pytest.raises(MoneyError):
        fen_from_json(value)
    assert fen_from_json("15000") == 15_000
