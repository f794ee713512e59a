"""The plan of the city: its size, its names, and what it refuses."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from demo.city import Band, CityError, Policy, build_city, load_policy
from demo.city.draw import Draw, Weighted
from demo.city.permutation import Permutation
from demo.city.policy import age_on
from demo.city.population import populate
from demo.city.pyramid import Pyramid


def test_the_default_city_has_nine_streets_and_two_banks() -> None:
    city = build_city()

    assert [district.code for district in city.districts] == ["190102", "190103", "190104"]
    assert [street.code for street in city.streets[:4]] == [
        "190102001",
        "190102002",
        "190102003",
        "190103001",
    ]
    assert [street.bank.code for street in city.streets[:4]] == ["BANK-A", "BANK-B"] * 2
    assert city.payees == 20_000
    assert city.run_code(city.streets[0]) == "190102001-OAA-2026-10"


@pytest.mark.parametrize("payees", [270, 20_000, 1_234_567, 6_000_000])
def test_streets_grow_in_number_and_not_beyond_25_000_payees(payees: int) -> None:
    city = build_city(payees=payees)

    assert city.payees == payees
    assert max(street.payees for street in city.streets) <= 25_000
    assert len({street.name for street in city.streets}) == len(city.streets)


def test_six_million_fit_into_the_id_numbers_of_three_districts() -> None:
    populations = populate(build_city(payees=6_000_000))

    ends = [populations[code].strangers.stop for code in sorted(populations)]
    assert sum(ends) > 6_000_000
    assert all(p.person(p.strangers[-1]).age >= 65 for p in populations.values())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"payees": 10}, "270 至 6000000，收到 10.*expected 270 to 6000000 .* got 10"),
        ({"payees": 6_000_001}, "got 6000001"),
        ({"districts": 1}, "expected 2 to 90 as number of districts, got 1"),
        ({"districts": 0}, "expected 2 to 90 as number of districts, got 0"),
        ({"streets_per_district": 0}, "expected 1 to 999 as streets per district, got 0"),
        ({"streets_per_district": 1000}, "expected 1 to 999 as streets per district, got 1000"),
        ({"month": "2026-13"}, "月份应写作 2026-10.*got '2026-13'"),
        ({"month": "2026-1"}, "got '2026-1'"),
        ({"month": "2025-12"}, "expected a month from 2026-01-01 on, got 2025-12"),
    ],
)
def test_a_city_that_cannot_be_is_refused_in_both_languages(
    arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(CityError, match=message):
        build_city(**arguments)


def test_too_many_people_for_the_id_numbers_of_a_district_are_refused() -> None:
    city = build_city(payees=6_000_000, districts=2, streets_per_district=150)
    crowded = city.districts[0]
    pyramid = Pyramid.of(first_day=date(2026, 10, 1), count=crowded.payees * 2, male=True)
    assert pyramid.most_births_in_a_day() > 500

    merged = type(crowded)(code="190102", name="云中区", streets=city.streets)
    lonely = type(city)(
        code=city.code,
        name=city.name,
        seed=city.seed,
        timetable=city.timetable,
        policy=city.policy,
        districts=(merged,),
    )
    with pytest.raises(CityError, match=r"请增加区的个数.*ask for more districts"):
        populate(lonely)


@pytest.mark.parametrize("size", [1, 2, 3, 100, 1023, 1024, 1025])
def test_a_permutation_hits_everything_once(size: int) -> None:
    order = Permutation.of(Draw(1, "order"), size)

    assert sorted(order.at(index) for index in range(size)) == list(range(size))
    with pytest.raises(IndexError, match=f"got {size}"):
        order.at(size)


def test_ranks_of_one_day_of_birth_are_counted_without_a_gap() -> None:
    pyramid = Pyramid.of(first_day=date(2026, 10, 1), count=60_000, male=False)
    births = [pyramid.birth(rank) for rank in range(60_000)]
    assert len({(birth.day, birth.nth) for birth in births}) == 60_000
    assert max(birth.nth for birth in births) == pyramid.most_births_in_a_day() - 1
    assert births[0].day == date(1961, 10, 1)
    assert all(a.day >= b.day for a, b in pairwise(births))


def test_ages_are_counted_on_the_day() -> None:
    assert age_on(date(2026, 10, 1), born=date(1956, 10, 1)) == 70
    assert age_on(date(2026, 10, 1), born=date(1956, 10, 2)) == 69


def test_draws_follow_the_frequencies_and_do_not_depend_on_each_other() -> None:
    table = Weighted({"often": 9, "seldom": 1})
    drawn = [Draw(7, "test", n).weighted(table) for n in range(2000)]
    assert 120 < drawn.count("seldom") < 280
    assert Draw(7, "test", 5).weighted(table) == drawn[5]

    many = Draw(7, "refill")
    assert len({many.below(1 << 60) for _ in range(100)}) == 100


def test_the_policy_knows_each_age_and_its_wrong_neighbour() -> None:
    policy = load_policy()
    amounts = {age: policy.band_of(age).amount_fen for age in (65, 69, 70, 79, 80, 90, 99, 100)}
    assert amounts == {
        65: 7500,
        69: 7500,
        70: 15000,
        79: 15000,
        80: 18000,
        90: 35000,
        99: 35000,
        100: 60000,
    }
    assert policy.wrong_band_for(70).amount_fen == 18000
    assert policy.wrong_band_for(104).amount_fen == 35000
    with pytest.raises(CityError, match="expected an age of at least 65, got 64"):
        policy.band_of(64)


@pytest.mark.parametrize("upper_from", [69, 71])
def test_bands_with_gap_or_overlap_are_refused(upper_from: int) -> None:
    lower = Band(label_zh="低", label_en="low", age_from=65, age_to=69, amount_fen=1)
    upper = Band(label_zh="高", label_en="high", age_from=upper_from, amount_fen=2)
    whole = load_policy()
    with pytest.raises(CityError, match="got low then high"):
        Policy(
            programme=whole.programme,
            element=whole.element,
            title_zh=whole.title_zh,
            title_en=whole.title_en,
            effective_from=whole.effective_from,
            source_zh=whole.source_zh,
            source_en=whole.source_en,
            age_on=whole.age_on,
            month_of_death_payable=True,
            bands=(lower, upper),
        )
