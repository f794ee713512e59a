"""The residents of a district, each made when asked for and never stored.

Guarantees: no two residents of the city share an ID number, an account or a telephone; a resident
is the same whenever asked. The first ones are the payees of the month in the order of the
streets, then come the dead of former months, then strangers who get nothing.
"""

from dataclasses import dataclass
from datetime import date

from demo.city.draw import Draw
from demo.city.errors import CityError
from demo.city.identity import SEQUENCES_PER_DAY_AND_SEX, id_number
from demo.city.names import draw_name
from demo.city.permutation import Permutation
from demo.city.places import draw_address
from demo.city.plan import City, District
from demo.city.policy import age_on
from demo.city.pyramid import Pyramid, men_among

STRANGERS = 120

_DEAD_AT_LEAST = 20
_PAYEES_PER_DEAD = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A resident; `number` is unique in the city."""

    number: int
    name: str
    id_number: str
    male: bool
    born: date
    age: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    seed: int
    district: District
    first_day: date
    first_number: int
    order: Permutation
    men: Pyramid
    women: Pyramid

    @property
    def dead(self) -> range:
        """Indices of those who died in former months and are on no roster."""
        payees = self.district.payees
        return range(payees, payees + dead_of(self.district))

    @property
    def strangers(self) -> range:
        return range(self.dead.stop, self.dead.stop + STRANGERS)

    def person(self, index: int) -> Person:
        rank = self.order.at(index)
        male = rank < self.men.count
        birth = self.men.birth(rank) if male else self.women.birth(rank - self.men.count)
        number = self.first_number + index
        draw = Draw(self.seed, "person", number)
        return Person(
            number=number,
            name=draw_name(draw, male=male),
            id_number=id_number(
                region=self.district.code, born=birth.day, nth=birth.nth, male=male
            ),
            male=male,
            born=birth.day,
            age=age_on(self.first_day, born=birth.day),
            address=draw_address(draw),
        )


def dead_of(district: District) -> int:
    return max(_DEAD_AT_LEAST, district.payees // _PAYEES_PER_DEAD)


def populate(city: City) -> dict[str, Population]:
    """The population of each district by its code."""
    populations, first_number = {}, 0
    for district in city.districts:
        size = district.payees + dead_of(district) + STRANGERS
        populations[district.code] = _population(city, district, size, first_number)
        first_number += size
    return populations


def _population(city: City, district: District, size: int, first_number: int) -> Population:
    first_day, men = city.timetable.first_day, men_among(size)
    population = Population(
        seed=city.seed,
        district=district,
        first_day=first_day,
        first_number=first_number,
        order=Permutation.of(Draw(city.seed, "order", district.code), size),
        men=Pyramid.of(first_day=first_day, count=men, male=True),
        women=Pyramid.of(first_day=first_day, count=size - men, male=False),
    )
    for pyramid in (population.men, population.women):
        if pyramid.most_births_in_a_day() > SEQUENCES_PER_DAY_AND_SEX:
            raise CityError(
                f"{district.name}人数过多，身份证顺序码不够用：请增加区的个数",
                f"too many people in {district.code} for the ID numbers: ask for more districts",
            )
    return population
