"""The days of one paid month: notice, vouchers, bank, reissue.

The days are those of the demonstration city (the bank pays after the October holiday), derived
from the month alone, so that any month can be asked for.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from demo.city.errors import CityError


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    first_day: date

    @classmethod
    def of(cls, month: str) -> "Timetable":
        if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
            raise CityError(
                f"月份应写作 2026-10,收到 {month!r}",
                f"expected a month like 2026-10, got {month!r}",
            )
        return cls(first_day=date.fromisoformat(f"{month}-01"))

    @property
    def month(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def last_day_before(self) -> date:
        return self.first_day - timedelta(days=1)

    @property
    def notice_opens(self) -> date:
        return self.last_day_before.replace(day=18)

    @property
    def notice_closes(self) -> date:
        return self.last_day_before.replace(day=25)

    @property
    def vouchers_issued(self) -> date:
        return self.last_day_before

    @property
    def paid(self) -> date:
        return self.first_day.replace(day=8)

    @property
    def reissue_vouchers_issued(self) -> date:
        return self.first_day.replace(day=14)

    @property
    def reissued(self) -> date:
        return self.first_day.replace(day=15)
