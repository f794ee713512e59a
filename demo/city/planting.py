"""Where each fault goes: which street, which line, whom it touches.

Guarantees: no line and no person carries two faults; a duplicate spans two districts; the faults
are spread evenly over the streets, and a run that the bank spoils by one fen hosts no other one
(but the second line of a duplicate where no other street is left).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from demo.city.account import AccountOf
from demo.city.draw import Draw
from demo.city.faults import (
    CREDITED_OFF_BY_ONE_FEN,
    DIED_IN_PAID_MONTH,
    DUPLICATE_TWO_DISTRICTS,
    FAULT_KINDS,
    ID_ROUNDED_BY_EXCEL,
    ON_RUN_NOT_ON_NOTICE,
    PAID_AFTER_DEATH,
    PERSONAL_KINDS,
    SWAPPED_AFTER_NOTICE,
    FaultKind,
    how_many,
)
from demo.city.plan import City, Street
from demo.city.population import Person, Population

_DAYS_DEAD_AT_MOST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One line with a fault: whom it pays, and whom the notice showed in its place."""

    id: str
    kind: FaultKind
    street: Street
    index: int
    person: Person
    noticed: Person | None
    account_of: AccountOf = AccountOf.FIRST
    died: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planting:
    """All planted lines; a duplicate is two of them with one id."""

    plants: tuple[Plant, ...]

    def on(self, street: Street) -> dict[int, Plant]:
        return {plant.index: plant for plant in self.plants if plant.street.code == street.code}

    def deaths(self, district_code: str) -> list[Plant]:
        return [
            plant
            for plant in self.plants
            if plant.died is not None and plant.street.district_code == district_code
        ]


def plant_ids(city: City) -> dict[str, list[str]]:
    """The ids of each kind of fault, numbered through: P01, P02, ...; decoys are D01, D02."""
    ids: dict[str, list[str]] = {}
    number = 0
    for kind in FAULT_KINDS:
        count = _how_many(kind, city)
        ids[kind.slug] = [f"P{number + nth:02d}" for nth in range(1, count + 1)]
        number += count
    decoys = how_many(DIED_IN_PAID_MONTH, city.payees)
    ids[DIED_IN_PAID_MONTH.slug] = [f"D{nth:02d}" for nth in range(1, decoys + 1)]
    return ids


def plant_faults(city: City, populations: dict[str, Population]) -> Planting:
    dealer = _Dealer(city, populations)
    ids = plant_ids(city)
    return Planting(
        plants=tuple(
            plant
            for kind in PERSONAL_KINDS
            for nth, plant_id in enumerate(ids[kind.slug])
            for plant in dealer.deal(kind, plant_id, nth)
        )
    )


def _how_many(kind: FaultKind, city: City) -> int:
    count = how_many(kind, city.payees)
    if kind is CREDITED_OFF_BY_ONE_FEN:
        return min(count, len(city.streets) - 1)  # one street stays whole for the returns
    return count


class _Dealer:
    """Deals lines to faults, each line once."""

    def __init__(self, city: City, populations: dict[str, Population]) -> None:
        self._city = city
        self._populations = populations
        self._draw = Draw(city.seed, "faults")
        self._taken: set[tuple[str, int]] = set()
        self._load: Counter[str] = Counter()
        self._spoiled: set[str] = set()

    def deal(self, kind: FaultKind, plant_id: str, nth: int) -> Iterator[Plant]:
        street, index, person = self._line(self._city.streets, _fits(kind))
        noticed = None if kind is ON_RUN_NOT_ON_NOTICE else person
        if kind is SWAPPED_AFTER_NOTICE:
            population = self._populations[street.district_code]
            person = population.person(population.strangers[nth])
        if kind is CREDITED_OFF_BY_ONE_FEN:
            self._spoiled.add(street.code)
        died = self._day_of_death(kind, nth)
        yield Plant(
            id=plant_id,
            kind=kind,
            street=street,
            index=index,
            person=person,
            noticed=noticed,
            died=died,
        )
        if kind is DUPLICATE_TWO_DISTRICTS:
            yield self._second_line(plant_id, street, person)

    def _second_line(self, plant_id: str, street: Street, person: Person) -> Plant:
        others = [s for s in self._city.streets if s.district_code != street.district_code]
        other, index, _ = self._line(others, lambda _: True)
        return Plant(
            id=plant_id,
            kind=DUPLICATE_TWO_DISTRICTS,
            street=other,
            index=index,
            person=person,
            noticed=person,
            account_of=AccountOf.ELSEWHERE,
        )

    def _line(
        self, streets: Sequence[Street], fits: Callable[[Person], bool]
    ) -> tuple[Street, int, Person]:
        """A free line of the street that carries least so far; of a spoiled one only if it must."""
        whole = [street for street in streets if street.code not in self._spoiled] or streets
        least = min(self._load[street.code] for street in whole)
        street = self._draw.choice([s for s in whole if self._load[s.code] == least])
        self._load[street.code] += 1
        while True:
            index = self._draw.below(street.payees)
            person = self._populations[street.district_code].person(street.first + index)
            if (street.code, index) not in self._taken and fits(person):
                self._taken.add((street.code, index))
                return street, index, person

    def _day_of_death(self, kind: FaultKind, nth: int) -> date | None:
        """The first of each kind dies on the day next to the border between the months."""
        timetable = self._city.timetable
        if kind is PAID_AFTER_DEATH:
            days = self._draw.below(_DAYS_DEAD_AT_MOST) if nth else 0
            return timetable.last_day_before - timedelta(days=days)
        if kind is DIED_IN_PAID_MONTH:
            return timetable.first_day + timedelta(days=4 * nth)
        return None


def _fits(kind: FaultKind) -> Callable[[Person], bool]:
    if kind is ID_ROUNDED_BY_EXCEL:  # a number that ends in X cannot be typed as a number
        return lambda person: person.id_number[-1] != "X" and person.id_number[-3:] != "000"
    return lambda _: True
