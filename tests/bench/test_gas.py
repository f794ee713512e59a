"""Gas on a node of its own: what a run costs does not depend on how many are paid."""

from collections.abc import Iterator

import pytest

from bench.gas_acts import measure_acts, unmeasured
from bench.gas_chain import gas_chain
from bench.gas_lives import Life, measure_anchor, measure_lives
from bench.gas_town import Town, seated
from bench.gas_where import measure_where


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with gas_chain() as chain:
        yield seated(chain)


@pytest.fixture(scope="module")
def lives(town: Town) -> dict[tuple[int, bool], Life]:
    return {(life.rows, life.returned > 0): life for life in measure_lives(town, (1, 300))}


def test_a_run_of_three_hundred_costs_what_a_run_of_one_costs(
    lives: dict[tuple[int, bool], Life],
) -> None:
    one, many = lives[1, False].gas, lives[300, False].gas
    assert abs(many - one) < one // 100  # what differs are the zero bytes of the numbers


def test_the_life_of_a_run_stays_below_the_bar(lives: dict[tuple[int, bool], Life]) -> None:
    assert not [life.name for life in lives.values() if life.above_bar]


def test_a_bare_anchor_is_the_floor(town: Town, lives: dict[tuple[int, bool], Life]) -> None:
    assert 43_000 < measure_anchor(town) < min(lives[1, False].acts.values())


def test_where_the_gas_of_a_life_goes_is_all_of_it() -> None:
    acts = measure_where(2)
    assert [act.act for act in acts] == [
        "Prepare", "Review", "Approve", "Release", "Settle, credited",
    ]  # fmt: skip
    assert [act.fresh_slots for act in acts] == [6, 1, 1, 2, 4]
    for act in acts:
        # What no step is charged for by name: computing, calls and one ecrecover of 3,000.
        assert 3_000 < act.rest < 30_000


def test_every_act_of_the_contracts_is_measured() -> None:
    with gas_chain() as chain:
        measure_acts(town := seated(chain))
    assert unmeasured(town) == []


def test_the_same_acts_cost_the_same_gas_on_another_node() -> None:
    def costs() -> dict[str, int]:
        with gas_chain() as chain:
            measure_acts(town := seated(chain))
            return town.costs

    assert costs() == costs()
