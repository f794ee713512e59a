"""发放名册: the payment list of one street and month, and the 补发名册 of what came back."""

from pathlib import Path

from demo.city.account import phone_number
from demo.city.draw import Draw
from demo.city.faults import ID_BAD_CHECKSUM, ID_ROUNDED_BY_EXCEL
from demo.city.handwriting import day_text, sometimes_full_width, sometimes_padded, yuan
from demo.city.identity import rounded_by_excel, with_bad_check
from demo.city.lines import Line
from demo.city.plan import City, Street
from demo.city.table import Cell
from demo.city.workbook import XlsxTable

ROSTER_COLUMNS = (
    "序号",
    "申请编号",
    "姓名",
    "公民身份号码",
    "性别",
    "出生日期",
    "年龄",
    "档次",
    "发放金额(元)",
    "开户银行",
    "银行账号",
    "联系电话",
    "居住地址",
)


class Roster:
    """Two title rows and a header, then one row for each line."""

    def __init__(self, path: Path, city: City, street: Street, *, reissue: bool = False) -> None:
        name = "补发名册" if reissue else "发放名册"
        day = city.timetable.paid if reissue else city.timetable.vouchers_issued
        first = city.timetable.first_day
        title = (
            f"{city.name}{street.district_name}{street.name}{city.policy.title_zh}{name}"
            f"（{first.year}年{first.month}月）"
        )
        office = f"填报单位：{street.name}社会事务办公室"
        self._city, self._street, self._reissue = city, street, reissue
        self._rows = 0
        self.path = path
        self.table = XlsxTable(
            path,
            name,
            titles=((title,), (office, None, None, f"填报日期：{day}", None, None, "单位：元")),
            header=ROSTER_COLUMNS,
        )

    def append(self, line: Line) -> int:
        self._rows += 1
        return self.table.append(self._cells(line))

    def _cells(self, line: Line) -> tuple[Cell, ...]:
        person, street = line.person, self._street
        hand = Draw(self._city.seed, "roster", street.code, line.index)
        style = street.number + hand.one_in(50)
        return (
            self._rows,
            line.application,
            sometimes_padded(hand, person.name, 120),
            _id_cell(line),
            "男" if person.male else "女",
            day_text(person.born, style),
            person.age,
            line.band.label_zh,
            yuan(line.amount_fen),
            street.bank.name,
            line.corrected_account if self._reissue else line.account,
            sometimes_full_width(hand, phone_number(person.number), 150),
            sometimes_padded(
                hand, f"{self._city.name}{street.district_name}{street.name}{person.address}", 90
            ),
        )


def _id_cell(line: Line) -> str | int:
    kind = line.plant.kind if line.plant else None
    if kind is ID_ROUNDED_BY_EXCEL:
        return rounded_by_excel(line.person.id_number)
    if kind is ID_BAD_CHECKSUM:
        return with_bad_check(line.person.id_number)
    return line.person.id_number
