"""资格认证: who proved to be alive, when and how; one row for each payee, within twelve months."""

from datetime import timedelta
from pathlib import Path

from demo.city.draw import Draw, Weighted
from demo.city.handwriting import day_text, sometimes_full_width
from demo.city.lines import Line
from demo.city.plan import City
from demo.city.population import Person
from demo.city.table import CsvTable

CERTIFICATION_COLUMNS = ("认证编号", "姓名", "公民身份号码", "认证日期", "认证方式")

_WAYS = Weighted({"手机人脸识别": 55, "社区上门": 20, "窗口办理": 15, "数据比对": 10})
_DAYS_BEFORE = (14, 330)


class Certification:
    """The encoding is an argument, for the file that comes in a wrong one."""

    def __init__(self, path: Path, city: City, encoding: str = "utf-8-sig") -> None:
        self._city = city
        self.path = path
        self.table = CsvTable(path, encoding, CERTIFICATION_COLUMNS)

    def append_payee(self, line: Line) -> int:
        died = line.plant.died if line.plant else None
        days_dead = (self._city.timetable.first_day - died).days if died else 0
        return self.append(line.person, days_before=max(_DAYS_BEFORE[0], days_dead + 1))

    def append(self, person: Person, days_before: int = _DAYS_BEFORE[0]) -> int:
        """A certification `days_before` the month or more, so that nobody certifies once dead."""
        hand = Draw(self._city.seed, "certification", person.number)
        days = days_before + hand.below(_DAYS_BEFORE[1] - days_before)
        day = self._city.timetable.first_day - timedelta(days=days)
        return self.table.append(
            (
                f"RZ{person.number:09d}",
                person.name,
                sometimes_full_width(hand, person.id_number, 300),
                day_text(day, hand.below(3)),
                hand.weighted(_WAYS),
            )
        )
