"""One city for all lives that are played here: everybody seated, a clock to turn, and verbs.

The node is the lives' own, because its clock is turned; runs, funds and batches are named by the
tests, each of which keeps to its own.
"""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from fundtrail.chain.deploy import naming_acts
from fundtrail.chain.errors import ContractRefused
from fundtrail.chain.event import Event
from fundtrail.chain.event_types import FraudProven
from fundtrail.chain.events import read_events
from fundtrail.chain.transaction import Call
from fundtrail.enums import AgencyKind, Role
from fundtrail.ids import text_digest
from fundtrail.proofs import Placed
from fundtrail.statements import (
    Allot,
    Approve,
    Basis,
    PassOn,
    Prepare,
    PublishNotice,
    RegisterProgramme,
    Release,
    Review,
    SeatAgency,
    Settle,
    Statement,
)
from fundtrail.sum_tree import SumTree, TreeKind
from tests.chain.officers import City, basis

WHY = text_digest("理由")
ROOT_FUND, ROOT_FEN = "glbt-2026", 90_000_000_000
NOTICED_FUND = "ylbt-2026"  # of the programme whose rosters are shown before they are paid
NOTICE_SECONDS = 7 * 86_400
PERIOD = "2026-10"

Told = tuple[str, dict[str, str]]
"""A refusal: the name of the contract's error, and its arguments."""

_AGENCIES = {
    "xfj": AgencyKind.PROGRAMME,
    "zcy": AgencyKind.DISPUTES,
    "fyj": AgencyKind.DISPUTES,
    "sjj": AgencyKind.AUDIT,
    "jcy": AgencyKind.PROCURATORATE,
}
_OFFICERS = {
    "approver-2": ("mzj-shi", Role.APPROVE),
    "complainer": ("xfj", Role.DISPUTE),
    "decider": ("zcy", Role.DECIDE),
    "appellate": ("fyj", Role.APPEAL),
    "auditor": ("sjj", Role.HOLD),
    "prosecutor": ("jcy", Role.HOLD),
}
_numbers = itertools.count(1)


def fresh() -> Basis:
    """A basis that no other statement has."""
    return basis(f"云财社〔2026〕{next(_numbers)}号")


class Life(City):
    """A city in which everything can happen."""

    def now(self) -> int:
        """The time of the chain's head."""
        head = self.rpc.head()
        return self.rpc.block_times([head])[head]

    def travel(self, seconds: int) -> None:
        """Turn the clock on."""
        self.rpc.call("evm_increaseTime", seconds)
        self.rpc.call("evm_mine")

    # What anybody may send, and what is refused.

    def tell(self, data: bytes) -> list[Event]:
        """Call the desk without a signature; what it said."""
        receipt = self.relayer.record(Call(to=self.desk.address, data=data))
        return list(read_events(self.network, self.rpc, receipt.block, receipt.block))

    def prove(self, data: bytes) -> FraudProven:
        """Submit a challenge that holds."""
        (proven,) = [event for event in self.tell(data) if isinstance(event, FraudProven)]
        return proven

    def unproven(self, data: bytes) -> Told:
        """What the desk answers to a challenge that does not hold."""
        return self.turned_away(Call(to=self.desk.address, data=data))

    def refused(self, statement: Statement, officer: str, **beside: Any) -> Told:
        """What a contract answers to an officer's statement that it does not take."""
        return self.turned_away(self.call(statement, self.officers[officer], **beside))

    def turned_away(self, call: Call) -> Told:
        """The error and its arguments."""
        with pytest.raises(ContractRefused) as caught:
            self.relayer.record(call)
        return caught.value.refusal.name, dict(caught.value.refusal.args)

    # Money, and the way of a run.

    def fund(self, fund: str, amount_fen: int = 2_000_000, parent: str = ROOT_FUND) -> str:
        """A fund of the district with so much in it; its own code."""
        self.pass_on(parent, fund, amount_fen)
        return fund

    def pass_on(self, parent: str, fund: str, amount_fen: int) -> None:
        """From a fund of the city to one of the district."""
        act = PassOn(
            id=f"T-{next(_numbers)}", parent=parent, fund=fund, agency="mzj-qu",
            amount_fen=amount_fen, basis=fresh(),
        )  # fmt: skip
        self.act(act, "budget")

    def publish(self, notice: str, roster: SumTree) -> None:
        """Show a roster for as long as its programme asks, and wait until it closes."""
        opens = self.now() + 60
        act = PublishNotice(
            notice=notice, programme="ylbt", period=PERIOD, root=roster.root.root,
            total_fen=roster.root.total_fen, count=roster.root.count, opens_at=opens,
            closes_at=opens + NOTICE_SECONDS, basis=fresh(),
        )  # fmt: skip
        self.act(act, "oracle")
        self.travel(NOTICE_SECONDS + 120)

    def prepare(
        self, run: str, tree: SumTree, fund: str, *, notice: str = "", reissue_of: str = ""
    ) -> None:
        self.act(preparation(run, tree, fund, notice=notice, reissue_of=reissue_of), "preparer")

    def approve(
        self, run: str, tree: SumTree, fund: str, *, notice: str = "", reissue_of: str = ""
    ) -> None:
        """Prepare, review and approve."""
        self.prepare(run, tree, fund, notice=notice, reissue_of=reissue_of)
        root, total = tree.root.root, tree.root.total_fen
        self.act(Review(run=run, root=root, total_fen=total, basis=fresh()), "reviewer")
        self.act(Approve(run=run, root=root, total_fen=total, basis=fresh()), "approver")

    def release(self, run: str, amount_fen: int) -> None:
        self.act(voucher(run, amount_fen), "treasurer")

    def settle(self, batch: str, run: str, tree: SumTree) -> None:
        root = tree.root
        act = Settle(
            batch=batch, run=run, kind=int(root.kind), root=root.root,
            total_fen=root.total_fen, count=root.count, basis=fresh(),
        )  # fmt: skip
        self.act(act, "banker")

    def pay(self, run: str, tree: SumTree, fund: str, **cited: str) -> None:
        """As far as the release."""
        self.approve(run, tree, fund, **cited)
        self.release(run, tree.root.total_fen)

    def require_identity(self, *funds: str) -> None:
        """No fund has gained or lost a fen."""
        for fund in map(self.ledger.fund, funds):
            spent = fund.passed_on_fen + fund.committed_fen + fund.paid_fen
            assert fund.granted_fen + fund.recovered_fen == spent + fund.available_fen


def preparation(
    run: str, tree: SumTree, fund: str, *, notice: str = "", reissue_of: str = ""
) -> Prepare:
    root = tree.root
    return Prepare(
        run=run, fund=fund, notice=notice, reissue_of=reissue_of, period=PERIOD,
        root=root.root, total_fen=root.total_fen, count=root.count, basis=fresh(),
    )  # fmt: skip


def voucher(run: str, amount_fen: int) -> Release:
    return Release(
        run=run, bank="icbc", voucher=text_digest(f"凭证 {run}"), amount_fen=amount_fen,
        basis=fresh(),
    )  # fmt: skip


def settled_in(tree: SumTree, kind: TreeKind) -> SumTree:
    """The bank's report of all lines of a run."""
    return SumTree(tree.lines, kind)


def neighbour(placed: Placed, **changes: Any) -> Placed:
    """The same place with a line that does not stand there."""
    return replace(placed, line=replace(placed.line, **changes))


def seat_all(life: Life) -> Life:
    """Name the contracts, seat who contests money, and let the year's money in."""
    for named in naming_acts(life.network, basis()):
        life.govern(named)
    for agency, kind in _AGENCIES.items():
        seat = SeatAgency(
            agency=agency, kind=int(kind), parent="", region=310_000, name=agency, basis=fresh()
        )
        life.govern(seat)
    for person, (officer, (agency, roles)) in enumerate(_OFFICERS.items(), 21):
        life.seat(officer, agency, person, roles)
    for programme, seconds in (("glbt", 0), ("ylbt", NOTICE_SECONDS)):
        life.govern(_programme(programme, seconds))
    for programme, fund in (("glbt", ROOT_FUND), ("ylbt", NOTICED_FUND)):
        life.act(appropriation(f"T-{fund}", fund, ROOT_FEN, programme), "budget")
    return life


def appropriation(id: str, fund: str, amount_fen: int, programme: str = "glbt") -> Allot:
    return Allot(
        id=id, fund=fund, programme=programme, year=2026, agency="czj-shi",
        amount_fen=amount_fen, basis=fresh(),
    )  # fmt: skip


def _programme(programme: str, notice_seconds: int) -> RegisterProgramme:
    return RegisterProgramme(
        programme=programme, agency="mzj-shi", payee_kind=1, notice_seconds=notice_seconds,
        ladder_fen=(100_000_000,), feeds=("rosters",), basis=fresh(),
    )  # fmt: skip
