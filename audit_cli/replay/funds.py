"""Money on its way down: allotments and what is passed on; and back up: recalls and closings."""

from collections.abc import Iterator

from audit_cli.replay.fault import MONEY, STATEMENTS, STATES, Fault
from audit_cli.replay.registry import RegistryReplay, Seat
from audit_cli.replay.state import FundState, LedgerState
from fundtrail.chain.event_types import Allotted, FundClosed, PassedOn, Recalled
from fundtrail.enums import AgencyKind


def allotted(
    state: LedgerState, registry: RegistryReplay, event: Allotted, seat: Seat | None
) -> Iterator[Fault]:
    """指标下达: a finance bureau grants a root fund."""
    yield from _use_transfer(state, event.id, event.amount_fen)
    if seat and registry.kind(seat.agency) != AgencyKind.FINANCE:
        yield _fault(STATEMENTS, event.fund, "下达机构类别", "kind of the allotting agency",
                     AgencyKind.FINANCE.en, registry.kind(seat.agency).en)  # fmt: skip
    if event.programme not in registry.programmes:
        yield _fault(STATES, event.fund, "项目未登记", "the programme is not registered",
                     "a programme", event.programme)  # fmt: skip
    fund = state.funds.setdefault(
        event.fund,
        FundState(
            code=event.fund,
            programme=event.programme,
            year=event.year,
            agency=event.agency,
            parent="",
        ),
    )
    held = (fund.programme, fund.year, fund.agency, fund.parent)
    if held != (event.programme, event.year, event.agency, ""):
        yield _fault(STATES, event.fund, "与已有资金账户不同", "not the fund that exists",
                     str(held), str((event.programme, event.year, event.agency, "")))  # fmt: skip
    yield from must_be_open(fund)
    fund.granted_fen += event.amount_fen


def passed_on(
    state: LedgerState, registry: RegistryReplay, event: PassedOn, seat: Seat | None
) -> Iterator[Fault]:
    """Nothing is passed on that was not received."""
    yield from _use_transfer(state, event.id, event.amount_fen)
    parent = state.funds.get(event.parent)
    if parent is None:
        yield _fault(STATES, event.fund, "上级资金账户不存在", "the parent fund does not exist",
                     "a fund", event.parent)  # fmt: skip
        return
    if seat and seat.agency != parent.agency:
        yield _fault(STATEMENTS, event.parent, "拨付机构不是账户所属机构",
                     "not signed by the fund's agency", parent.agency, seat.agency)  # fmt: skip
    if event.agency not in registry.agencies:
        yield _fault(STATES, event.fund, "机构未登记", "the agency is not seated",
                     "a seated agency", event.agency)  # fmt: skip
    if event.amount_fen > parent.available_fen:
        yield overspent(parent, event.amount_fen)

    child = state.funds.setdefault(
        event.fund,
        FundState(
            code=event.fund,
            programme=parent.programme,
            year=parent.year,
            agency=event.agency,
            parent=event.parent,
        ),
    )
    if (child.parent, child.agency) != (event.parent, event.agency):
        expected, got = f"{child.parent} {child.agency}", f"{event.parent} {event.agency}"
        yield _fault(STATES, event.fund, "与已有账户不同", "not the fund held", expected, got)
    yield from must_be_open(child)
    parent.passed_on_fen += event.amount_fen
    child.granted_fen += event.amount_fen


def recalled(state: LedgerState, event: Recalled, seat: Seat | None) -> Iterator[Fault]:
    """收回: the agency above takes back what the fund has available; both sides move."""
    yield from _use_transfer(state, event.id, event.amount_fen)
    child = state.funds.get(event.fund)
    parent = state.funds.get(child.parent) if child else None
    if child is None or parent is None or child.parent != event.parent:
        yield _fault(STATES, event.fund, "没有上级可收回", "no fund above it to recall to",
                     child.parent if child else "a fund", event.parent)  # fmt: skip
        return
    if seat and seat.agency != parent.agency:
        yield _fault(STATEMENTS, event.fund, "收回机构不是上级账户所属机构",
                     "not recalled by the agency above", parent.agency, seat.agency)  # fmt: skip
    if event.amount_fen > child.available_fen:
        yield overspent(child, event.amount_fen)
    _take_back(state, child, event.amount_fen)


def closed(
    state: LedgerState, registry: RegistryReplay, event: FundClosed, seat: Seat | None
) -> Iterator[Fault]:
    """结转: what is available goes up, or lapses at the top; nothing committed may be left."""
    yield from _use_transfer(state, event.id, 1)
    fund = state.funds.get(event.fund)
    if fund is None:
        yield _fault(STATES, event.fund, "资金账户不存在", "no such fund", "a fund", event.fund)
        return
    parent = state.funds.get(fund.parent)
    if seat and parent and seat.agency != parent.agency:
        yield _fault(STATEMENTS, event.fund, "关闭机构不是上级账户所属机构",
                     "not closed by the agency above", parent.agency, seat.agency)  # fmt: skip
    if seat and not parent and registry.kind(seat.agency) != AgencyKind.FINANCE:
        yield _fault(STATEMENTS, event.fund, "关闭机构类别", "kind of the closing agency",
                     AgencyKind.FINANCE.en, registry.kind(seat.agency).en)  # fmt: skip
    busy = [f.code for f in state.funds.values() if f.parent == fund.code and not f.closed]
    if fund.committed_fen or busy:
        yield _fault(STATES, event.fund, "仍有在途资金或未关闭的下级", "money or funds still open",
                     "none", f"{fund.committed_fen} fen, {busy}")  # fmt: skip
    if event.returned_fen != fund.available_fen:
        yield _fault(MONEY, event.fund, "交回的金额", "what went back (fen)",
                     str(fund.available_fen), str(event.returned_fen))  # fmt: skip
    if fund.closed and not event.returned_fen:
        yield from must_be_open(fund)
    _take_back(state, fund, event.returned_fen)
    fund.closed = True


def must_be_open(fund: FundState) -> Iterator[Fault]:
    """A closed fund takes neither money nor runs."""
    if fund.closed:
        yield _fault(STATES, fund.code, "资金账户已关闭", "the fund is closed", "open", "closed")


def _take_back(state: LedgerState, fund: FundState, amount_fen: int) -> None:
    fund.granted_fen -= amount_fen
    if fund.parent in state.funds:
        state.funds[fund.parent].passed_on_fen -= amount_fen


def overspent(fund: FundState, amount_fen: int) -> Fault:
    """More than is available."""
    return _fault(MONEY, fund.code, "超出可用余额", "over the available balance (fen)",
                  f"<= {fund.available_fen}", str(amount_fen))  # fmt: skip


def _use_transfer(state: LedgerState, code: str, amount_fen: int) -> Iterator[Fault]:
    if code in state.transfers or amount_fen == 0:
        yield Fault(step=STATES, subject=f"transfer:{code}", zh="转拨编号或金额",
                    en="transfer used once, for at least one fen", expected="a new one",
                    got=f"{code}, {amount_fen}")  # fmt: skip
    state.transfers.add(code)


def _fault(step: int, fund: str, zh: str, en: str, expected: str, got: str) -> Fault:
    return Fault(step=step, subject=f"fund:{fund}", zh=zh, en=en, expected=expected, got=got)
