"""死亡登记: who died, as the funeral offices register it; mostly people on no roster.

Rows of a district stand in the order of registration. The dead of former months come from the
population behind the payees; the planted ones are payees.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from demo.city.draw import Draw
from demo.city.handwriting import day_text
from demo.city.plan import City, District
from demo.city.planting import Plant, Planting
from demo.city.population import Person, Population
from demo.city.table import CsvTable

DEATH_COLUMNS = ("登记编号", "死者姓名", "公民身份号码", "死亡日期", "登记单位", "登记日期")
DATE_OF_DEATH = DEATH_COLUMNS.index("死亡日期")

_DAYS_REGISTERED = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    person: Person
    died: date
    registered: date
    plant: Plant | None = None


class DeathRegister:
    """GB 18030; `without_day` leaves the column of the day of death out."""

    def __init__(self, path: Path, city: City, *, without_day: bool = False) -> None:
        self._city, self._without_day = city, without_day
        self.path = path
        self.table = CsvTable(path, "gb18030", self._kept(DEATH_COLUMNS))
        self._rows = 0

    def append(self, death: Death, district: District) -> int:
        self._rows += 1
        style = Draw(self._city.seed, "death", death.person.number).below(3)
        cells = (
            f"BZ{district.code}{self._rows:07d}",
            death.person.name,
            death.person.id_number,
            day_text(death.died, style),
            f"{district.name}殡葬管理所",
            day_text(death.registered, style),
        )
        return self.table.append(self._kept(cells))

    def _kept(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        if not self._without_day:
            return cells
        return cells[:DATE_OF_DEATH] + cells[DATE_OF_DEATH + 1 :]


def deaths_of(
    city: City, district: District, population: Population, planting: Planting
) -> Iterator[Death]:
    """All deaths of a district by day of registration."""
    planted = sorted(_planted(city, district, planting), key=_registered)
    return heapq.merge(_former(city, population), planted, key=_registered)


def death_of(city: City, person: Person, registered: date) -> Death:
    draw = Draw(city.seed, "day of death", person.number)
    died = registered - timedelta(days=1 + draw.below(9))
    return Death(person=person, died=died, registered=registered)


def _former(city: City, population: Population) -> Iterator[Death]:
    last, dead = city.timetable.notice_opens, population.dead
    for nth, index in enumerate(dead):
        days = _DAYS_REGISTERED - _DAYS_REGISTERED * nth // len(dead)
        yield death_of(city, population.person(index), last - timedelta(days=days))


def _planted(city: City, district: District, planting: Planting) -> Iterator[Death]:
    for plant in planting.deaths(district.code):
        if plant.died is not None:
            wait = 2 + Draw(city.seed, "registered", plant.id).below(9)
            yield Death(
                person=plant.person,
                died=plant.died,
                registered=plant.died + timedelta(days=wait),
                plant=plant,
            )


def _registered(death: Death) -> date:
    return death.registered
