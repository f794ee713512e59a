"""代发结果: what the agent bank says became of each line of one run.

One bank sends CSV in GB 18030, the other a workbook with a title row. `附言` echoes the application
number that the payment instruction carried; `原因代码` is an ISO 20022 reason, empty where the
money arrived.
"""

from datetime import date
from pathlib import Path

from demo.city.draw import Draw
from demo.city.handwriting import day_text, sometimes_padded, yuan
from demo.city.lines import Line
from demo.city.plan import City, Street
from demo.city.table import CsvTable, Table
from demo.city.workbook import XlsxTable

RESULT_COLUMNS = (
    "批次号",
    "流水号",
    "户名",
    "账号",
    "金额(元)",
    "结果",
    "原因代码",
    "入账日期",
    "附言",
)


class BankResult:
    """`入账日期` is the day on which the bank handled the line, credited or returned."""

    def __init__(self, path: Path, city: City, street: Street, run: str, *, reissue: bool) -> None:
        self._city, self._street, self._run, self._reissue = city, street, run, reissue
        self._day: date = city.timetable.reissued if reissue else city.timetable.paid
        self._serial = 0
        self.path = path
        self.table: Table = (
            CsvTable(path, "gb18030", RESULT_COLUMNS)
            if path.suffix == ".csv"
            else XlsxTable(
                path, "代发结果", ((f"{street.bank.name}代发结果清单",),), RESULT_COLUMNS
            )
        )

    def append(self, line: Line) -> int:
        self._serial += 1
        hand = Draw(self._city.seed, "bank", self._run, line.index)
        reason = None if self._reissue else line.return_reason
        amount = yuan(line.amount_fen if self._reissue else line.credited_fen)
        as_text = self._street.bank.suffix == ".csv"
        return self.table.append(
            (
                self._run,
                f"{self._day:%Y%m%d}{self._street.number:04d}{self._serial:06d}",
                sometimes_padded(hand, line.person.name, 100),
                line.corrected_account if self._reissue else line.account,
                f"{amount}" if as_text else amount,
                "失败" if reason else "成功",
                reason,
                day_text(self._day, 2 if as_text else 0),
                line.application,
            )
        )
