"""The agencies, officers and funds of the gas bench: one street under one district.

Each act is measured the first time it is done here, as `costs` records it by name.
"""

from dataclasses import dataclass, field

from bench.gas_chain import GasChain, key
from fundtrail.enums import AgencyKind, PayeeKind, Role
from fundtrail.statements import (
    Allot,
    NameContract,
    PassOn,
    PublishNotice,
    RegisterProgramme,
    SeatAgency,
    SeatOfficer,
)
from fundtrail.sum_tree import SumRoot

PROGRAMME, PERIOD = "OAA", "2026-10"
FINANCE, CITY, DISTRICT, STREET = "1901-CZJ", "1901-MZJ", "190101-MZJ", "190101001-JD"
TREASURY, BANK, AUDIT, PROCURATORATE = "1901-GK", "BANK-A", "1901-SJ", "1901-JC"
DISPUTES = "1901-ZY"
ROOT_FUND, CITY_FUND, DISTRICT_FUND = "OAA-2026", "OAA-2026-1901", "OAA-2026-190101"
NOTICE_SECONDS = 7 * 86_400
LADDER_FEN = (10_000_000_000,)  # 100 million yuan: above every run that one approver suffices for
GRANT_FEN = 1_000_000_000_000

AGENCIES = (
    (FINANCE, AgencyKind.FINANCE, "", "云州市财政局"),
    (CITY, AgencyKind.PROGRAMME, "", "云州市民政局"),
    (DISTRICT, AgencyKind.PROGRAMME, CITY, "云州市清河区民政局"),
    (STREET, AgencyKind.PROGRAMME, DISTRICT, "清河街道办事处"),
    (TREASURY, AgencyKind.TREASURY, "", "云州市国库支付中心"),
    (BANK, AgencyKind.BANK, "", "云州银行"),
    (AUDIT, AgencyKind.AUDIT, "", "云州市审计局"),
    (PROCURATORATE, AgencyKind.PROCURATORATE, "", "云州市人民检察院"),
    (DISPUTES, AgencyKind.DISPUTES, "", "云州市争议处理中心"),
)
OFFICERS = {
    "finance": (FINANCE, Role.BUDGET),
    "city": (CITY, Role.BUDGET),
    "district": (DISTRICT, Role.BUDGET),
    "clerk": (STREET, Role.PREPARE | Role.PUBLISH),
    "reviewer": (STREET, Role.REVIEW),
    "approver": (DISTRICT, Role.APPROVE),
    "approver-2": (DISTRICT, Role.APPROVE),
    "treasurer": (TREASURY, Role.TREASURY),
    "teller": (BANK, Role.BANK),
    "oracle": (CITY, Role.ORACLE),
    "inspector": (AUDIT, Role.HOLD),
    "petitioner": (CITY, Role.DISPUTE),
    "judge": (DISPUTES, Role.DECIDE),
    "appellate": (PROCURATORATE, Role.APPEAL),
}


@dataclass(slots=True, kw_only=True)
class Town:
    """A chain with everybody seated, the money passed down, and what each act has cost."""

    chain: GasChain
    costs: dict[str, int] = field(default_factory=dict)
    _transfers: int = 0

    def cost(self, name: str, gas: int) -> None:
        """Keep the gas of an act under its name; the first time counts."""
        self.costs.setdefault(name, gas)

    def seat(self) -> None:
        """The network's contracts by name, agencies, officers and the programme."""
        chain = self.chain
        for name in chain.network.contracts:
            named = NameContract(name=name, at=chain.network.address(name), basis=chain.basis())
            self.cost("NameContract", chain.govern(named))
        for code, kind, parent, name in AGENCIES:
            seat = SeatAgency(
                agency=code, kind=int(kind), parent=parent, region=190_101, name=name,
                basis=chain.basis(),
            )  # fmt: skip
            self.cost("SeatAgency", chain.govern(seat))
        for person, (officer, (agency, roles)) in enumerate(OFFICERS.items(), 1):
            self.cost("SeatOfficer", self.seat_officer(officer, agency, roles, person))
        programme = RegisterProgramme(
            programme=PROGRAMME, agency=CITY, payee_kind=int(PayeeKind.PERSON),
            notice_seconds=NOTICE_SECONDS, ladder_fen=LADDER_FEN, feeds=("civil-affairs",),
            basis=chain.basis(),
        )  # fmt: skip
        self.cost("RegisterProgramme", chain.govern(programme))

    def seat_officer(self, officer: str, agency: str, roles: Role, person: int) -> int:
        """Seat one more; answers the gas."""
        seat = SeatOfficer(
            key=key(officer).address, agency=agency, person=person, roles=int(roles),
            valid_from=self.chain.now, valid_until=self.chain.now + 3 * 365 * 86_400,
            basis=self.chain.basis(),
        )  # fmt: skip
        return self.chain.govern(seat)

    def grant(self) -> None:
        """The appropriation, topped up once, and passed on to the district."""
        for name in ("Allot", "Allot, once more"):
            allot = Allot(
                id=self.transfer(), fund=ROOT_FUND, programme=PROGRAMME, year=2026, agency=FINANCE,
                amount_fen=GRANT_FEN, basis=self.chain.basis(),
            )  # fmt: skip
            self.cost(name, self.chain.act("finance", allot))
        self.pass_on("finance", ROOT_FUND, CITY_FUND, CITY, GRANT_FEN)
        self.pass_on("city", CITY_FUND, DISTRICT_FUND, DISTRICT, GRANT_FEN)

    def pass_on(self, officer: str, parent: str, fund: str, agency: str, amount_fen: int) -> None:
        """Pass money on to a fund below."""
        statement = PassOn(
            id=self.transfer(), parent=parent, fund=fund, agency=agency, amount_fen=amount_fen,
            basis=self.chain.basis(),
        )  # fmt: skip
        self.cost("PassOn", self.chain.act(officer, statement))

    def street_fund(self, fund: str, amount_fen: int) -> None:
        """A fund of the street's own, with exactly this much in it."""
        self.pass_on("district", DISTRICT_FUND, fund, STREET, amount_fen)

    def publish(self, notice: str, roster: SumRoot) -> None:
        """A notice that opens soon; let NOTICE_SECONDS pass before it is cited."""
        basis = self.chain.basis()
        opens = self.chain.now + 3_600
        statement = PublishNotice(
            notice=notice, programme=PROGRAMME, period=PERIOD, root=roster.root,
            total_fen=roster.total_fen, count=roster.count,
            opens_at=opens, closes_at=opens + NOTICE_SECONDS, basis=basis,
        )  # fmt: skip
        self.cost("PublishNotice", self.chain.act("clerk", statement))

    def transfer(self) -> str:
        """A code that no transfer had."""
        self._transfers += 1
        return f"T-2026-{self._transfers}"


def seated(chain: GasChain) -> Town:
    """The town on its first working day."""
    town = Town(chain=chain)
    town.seat()
    town.grant()
    return town
