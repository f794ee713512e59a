"""公示名册: the department's copy of what was posted, full and masked side by side."""

from pathlib import Path

from demo.city.draw import Draw
from demo.city.handwriting import day_text, sometimes_full_width, yuan
from demo.city.identity import masked
from demo.city.lines import Line
from demo.city.names import masked_name
from demo.city.plan import City, Street
from demo.city.population import Person
from demo.city.table import CsvTable

NOTICE_COLUMNS = (
    "公示编号",
    "申请编号",
    "姓名",
    "公民身份号码",
    "公示姓名",
    "公示证号",
    "档次",
    "金额(元)",
    "公示开始",
    "公示截止",
)


class Notice:
    """UTF-8 with a byte order mark, as spreadsheet programs save it."""

    def __init__(self, path: Path, city: City, street: Street) -> None:
        self._city, self._street = city, street
        self._code = f"GS-{city.run_code(street)}"
        self.path = path
        self.table = CsvTable(path, "utf-8-sig", NOTICE_COLUMNS)

    def append(self, line: Line, person: Person) -> int:
        hand = Draw(self._city.seed, "notice", self._street.code, line.index)
        timetable, style = self._city.timetable, self._street.number
        band = line.band if person is line.person else self._city.policy.band_of(person.age)
        return self.table.append(
            (
                self._code,
                line.application,
                person.name,
                person.id_number,
                masked_name(person.name),
                masked(person.id_number),
                band.label_zh,
                sometimes_full_width(hand, f"{yuan(band.amount_fen)}", 200),
                day_text(timetable.notice_opens, style),
                day_text(timetable.notice_closes, style),
            )
        )
