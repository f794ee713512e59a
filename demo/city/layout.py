"""Which file lies where below `files/`: one folder for each department."""

from dataclasses import dataclass
from pathlib import Path

from demo.city.plan import Bank, Street


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    root: Path

    def roster(self, street: Street) -> Path:
        return self.root / "civil" / "roster" / f"{street.code}.xlsx"

    def notice(self, street: Street) -> Path:
        return self.root / "civil" / "notice" / f"{street.code}.csv"

    def reissue(self, street: Street) -> Path:
        return self.root / "civil" / "reissue" / f"{street.code}.xlsx"

    def result(self, bank: Bank, run: str) -> Path:
        return self.root / bank.folder / f"{run}{bank.suffix}"

    @property
    def deaths(self) -> Path:
        return self.root / "funeral" / "deaths.csv"

    @property
    def deaths_supplement(self) -> Path:
        return self.root / "funeral" / "deaths-supplement.csv"

    @property
    def certification(self) -> Path:
        return self.root / "hr" / "life-certification.csv"

    @property
    def certification_supplement(self) -> Path:
        return self.root / "hr" / "life-certification-supplement.csv"

    @property
    def vouchers(self) -> Path:
        return self.root / "treasury" / "vouchers.csv"

    @property
    def vouchers_reissue(self) -> Path:
        return self.root / "treasury" / "vouchers-reissue.csv"

    def name(self, path: Path) -> str:
        """As `planted.json` writes it: `civil/roster/190102001.xlsx`."""
        return path.relative_to(self.root).as_posix()
