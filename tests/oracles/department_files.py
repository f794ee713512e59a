"""Department files as the tests need them: a few rows, in the shapes of the demonstration city."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from oracles.identity import check_character

ROSTER = (
    "序号", "申请编号", "姓名", "公民身份号码", "性别", "出生日期", "年龄", "档次",
    "发放金额(元)", "开户银行", "银行账号", "联系电话", "居住地址",
)  # fmt: skip
NOTICE = (
    "公示编号", "申请编号", "姓名", "公民身份号码", "公示姓名", "公示证号", "档次", "金额(元)",
    "公示开始", "公示截止",
)  # fmt: skip
RESULT = (
    "批次号", "流水号", "户名", "账号", "金额(元)", "结果", "原因代码", "入账日期", "附言",
)  # fmt: skip
VOUCHER = ("凭证号", "用款单位", "项目", "金额(元)", "收款银行", "开具日期")
DEATH = ("登记编号", "死者姓名", "公民身份号码", "死亡日期", "登记单位", "登记日期")


@dataclass(frozen=True, slots=True, kw_only=True)
class Elder:
    """A payee that no real person can be: region 19 was never assigned."""

    number: int
    amount: str = "150.00"

    @property
    def name(self) -> str:
        return f"张{'甲乙丙丁戊己庚辛壬癸'[self.number % 10]}"

    @property
    def application(self) -> str:
        return f"OAA190102001{self.number:06d}"

    @property
    def id_number(self) -> str:
        first_17 = f"19010219450101{self.number:03d}"
        return first_17 + check_character(first_17)

    def roster_row(self, **changed: object) -> list[object]:
        row: dict[str, object] = dict(
            zip(
                ROSTER,
                (
                    self.number, self.application, self.name, self.id_number, "女", "1945-01-01",
                    81, "80-89岁", float(self.amount), "云州银行", f"900001{self.number:013d}",
                    "10900000000", "向阳社区1号",
                ),
                strict=True,
            )
        )  # fmt: skip
        return list({**row, **changed}.values())


def elders(count: int) -> list[Elder]:
    return [Elder(number=number) for number in range(1, count + 1)]


def write_roster(
    path: Path, rows: Iterable[Sequence[object]], header: Sequence[str] = ROSTER
) -> Path:
    """A workbook with two title rows above the header, as street offices send it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "发放名册"
    sheet.append(["云州市云东区安宁街道老年综合津贴发放名册(2026年10月)"])
    sheet.append(["填报单位:安宁街道", None, None, "单位:元"])
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    encoding: str = "utf-8-sig",
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def write_notice(path: Path, people: Iterable[Elder]) -> Path:
    rows = [
        ("GS-1", p.application, p.name, p.id_number, "张*", "1901**********0001", "80-89岁",
         p.amount, "2026/9/18", "20260925")
        for p in people
    ]  # fmt: skip
    return write_csv(path, NOTICE, rows)


def write_result(
    path: Path, run: str, people: Iterable[Elder], returned: Sequence[int] = ()
) -> Path:
    rows = []
    for serial, p in enumerate(people, 1):
        back = p.number in returned
        rows.append(
            (run, f"20261008{serial:06d}", p.name, f"900001{p.number:013d}", p.amount,
             "失败" if back else "成功", "AC04" if back else "", "20261008", p.application)
        )  # fmt: skip
    return write_csv(path, RESULT, rows, "gb18030")


def write_vouchers(path: Path, vouchers: Iterable[tuple[str, str, str, str]]) -> Path:
    """(number, unit, item, amount in yuan)."""
    rows = (
        (number, unit, item, amount, "BANK-A", "2026-09-30")
        for number, unit, item, amount in vouchers
    )
    return write_csv(path, VOUCHER, rows)
