"""Writes one street after another: roster, notice, bank result and what was reissued.

One line is in memory at a time, and the few of the street that came back. Vouchers are drawn up
for what is payable: rows that must stay in quarantine are in no voucher and in no bank file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from demo.city.account import AccountOf
from demo.city.bank_result import BankResult
from demo.city.certification import Certification
from demo.city.layout import Layout
from demo.city.lines import Line, lines_of
from demo.city.notice import Notice
from demo.city.plan import City, Street
from demo.city.planted import Sightings
from demo.city.planting import Planting
from demo.city.population import Population
from demo.city.roster import Roster
from demo.city.vouchers import Vouchers

Progress = Callable[[int], None]

_REPORT_EVERY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run as the files have it: what is payable, and the part that the bank returned."""

    code: str
    street: Street
    lines: int
    total_fen: int
    returned: int
    returned_fen: int


@dataclass(slots=True, kw_only=True)
class _Tally:
    lines: int = 0
    total_fen: int = 0
    returned: int = 0
    returned_fen: int = 0

    def add(self, line: Line) -> None:
        self.lines += 1
        self.total_fen += line.amount_fen
        if line.return_reason:
            self.returned += 1
            self.returned_fen += line.amount_fen

    def run(self, code: str, street: Street) -> Run:
        return Run(
            code=code,
            street=street,
            lines=self.lines,
            total_fen=self.total_fen,
            returned=self.returned,
            returned_fen=self.returned_fen,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all streets share: the plan and the files of the city."""

    city: City
    layout: Layout
    populations: dict[str, Population]
    planting: Planting
    seen: Sightings
    certification: Certification
    vouchers: Vouchers
    vouchers_reissue: Vouchers
    progress: Progress

    def write_street(self, street: Street) -> tuple[Run, Run | None]:
        """The run of the street, and its reissue run where something came back."""
        code, tally, returned = self.city.run_code(street), _Tally(), []
        roster = Roster(self.layout.roster(street), self.city, street)
        notice = Notice(self.layout.notice(street), self.city, street)
        path = self.layout.result(street.bank, code)
        result = BankResult(path, self.city, street, code, reissue=False)
        with roster.table, notice.table, result.table:
            for line in self._lines(street):
                self._note(line, roster.path, roster.append(line))
                self._publish(line, notice)
                self._certify(line)
                if line.payable:
                    tally.add(line)
                    self._note(line, result.path, result.append(line))
                if line.reissued:
                    returned.append(line)

        self.vouchers.append(street, code, tally.total_fen)
        reissue = self._write_reissue(street, f"{code}-R1", returned) if returned else None
        return tally.run(code, street), reissue

    def _write_reissue(self, street: Street, code: str, returned: Sequence[Line]) -> Run:
        """Everything that came back is paid again to the corrected account, and arrives."""
        tally = _Tally()
        roster = Roster(self.layout.reissue(street), self.city, street, reissue=True)
        path = self.layout.result(street.bank, code)
        result = BankResult(path, self.city, street, code, reissue=True)
        with roster.table, result.table:
            for line in returned:
                roster.append(line)
                result.append(line)
                tally.add(replace(line, return_reason=None))

        self.vouchers_reissue.append(street, code, tally.total_fen)
        return tally.run(code, street)

    def _lines(self, street: Street) -> Iterator[Line]:
        """The lines of the street, reported to whoever shows the progress."""
        population, told = self.populations[street.district_code], 0
        for line in lines_of(self.city, street, population, self.planting):
            yield line
            if line.index - told >= _REPORT_EVERY:
                self.progress(line.index - told)
                told = line.index
        self.progress(street.payees - told)

    def _publish(self, line: Line, notice: Notice) -> None:
        if line.noticed is not None:
            self._note(line, notice.path, notice.append(line, line.noticed))

    def _certify(self, line: Line) -> None:
        """Once for each person: the second line of a duplicate brings no second certification."""
        if line.plant is None or line.plant.account_of is not AccountOf.ELSEWHERE:
            row = self.certification.append_payee(line)
            self._note(line, self.certification.path, row)

    def _note(self, line: Line, path: Path, row: int) -> None:
        if line.plant is not None:
            self.seen.note(line.plant, self.layout.name(path), row)
