"""国库集中支付凭证: one voucher of the treasury for each run, by street, item and bank.

`用款单位` and `项目` joined by a hyphen are the code of the run. Amounts carry thousands
separators.
"""

from datetime import date
from pathlib import Path

from demo.city.handwriting import day_text, yuan_with_thousands
from demo.city.plan import Street
from demo.city.table import CsvTable

VOUCHER_COLUMNS = ("凭证号", "用款单位", "项目", "金额(元)", "收款银行", "开具日期")


class Vouchers:
    def __init__(self, path: Path, issued: date) -> None:
        self._issued = issued
        self._rows = 0
        self.table = CsvTable(path, "utf-8-sig", VOUCHER_COLUMNS)

    def append(self, street: Street, run: str, total_fen: int) -> int:
        self._rows += 1
        return self.table.append(
            (
                f"GK{self._issued:%Y%m%d}{self._rows:05d}",
                street.code,
                run.removeprefix(f"{street.code}-"),
                yuan_with_thousands(total_fen),
                street.bank.code,
                day_text(self._issued, 0),
            )
        )
