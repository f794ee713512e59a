"""Money that was paid and comes back: ordered, received, closed; never above what was ordered.

That no order is above its line is for step 8, which has the bank's lines.
"""

from collections.abc import Iterator

from audit_cli.chain_view import ChainAct
from audit_cli.replay.contested import ReceivableState
from audit_cli.replay.disputes import check_agency, check_judge
from audit_cli.replay.effects import Effect, check_effects
from audit_cli.replay.fault import MONEY, STATEMENTS, STATES, Fault
from audit_cli.replay.registry import RegistryReplay, Seat
from audit_cli.replay.state import FundState, LedgerState
from fundtrail.chain.event_types import RecoveryClosed, RecoveryOrdered, RecoveryReceived
from fundtrail.enums import AgencyKind, DisputeStage, Outcome, RecoveryStage, Role
from fundtrail.ids import ZERO32, code_to_bytes32

_WATCHDOGS = (AgencyKind.AUDIT, AgencyKind.PROCURATORATE)
_UNPAID = (RecoveryStage.OFFSET, RecoveryStage.WRITTEN_OFF)


def ordered(
    state: LedgerState, registry: RegistryReplay, act: ChainAct, event: RecoveryOrdered,
    seat: Seat | None,
) -> Iterator[Fault]:  # fmt: skip
    """责令追回: of an upheld dispute, or of a proven fraud; once for a payment of a run."""
    code = event.receivable
    yield from check_agency(f"receivable:{code}", event.agency, seat)
    yield from _check_cause(state, registry, event, seat)
    if code in state.receivables:
        yield _fault(STATES, code, "应收编号重复", "receivable code used twice", "a new code", code)
        return
    place = (event.run, event.payment_id)
    before = [
        r.ordered.receivable
        for r in state.receivables.values()
        if (r.ordered.run, r.ordered.payment_id) == place
    ]
    if before or not event.amount_fen or event.run not in state.runs:
        yield _fault(STATES, code, "同一笔重复追回", "one order for a payment of a run",
                     "the first one", ", ".join(before) or event.run)  # fmt: skip
    state.receivables[code] = ReceivableState(ordered=event, ordered_by=seat.person if seat else 0)
    yield from check_effects(act, f"receivable:{code}", [])


def received(
    state: LedgerState, registry: RegistryReplay, act: ChainAct, event: RecoveryReceived,
    seat: Seat | None,
) -> Iterator[Fault]:  # fmt: skip
    """追回到账: booked by a bank; the run's fund has it, or the next open one above."""
    due, code = state.receivables.get(event.receivable), event.receivable
    yield from check_agency(f"receivable:{code}", event.agency, seat)
    yield from _check_open(code, due, seat)
    if seat and registry.kind(seat.agency) != AgencyKind.BANK:
        yield _fault(STATEMENTS, code, "入账机构类别", "kind of the booking agency",
                     AgencyKind.BANK.en, registry.kind(seat.agency).en)  # fmt: skip
    if event.receipt in state.receipts:
        yield _fault(STATES, code, "入账凭据重复", "receipt booked twice", "once", event.receipt)
    state.receipts.add(event.receipt)
    if due is None:
        return
    left_fen = due.ordered.amount_fen - due.received_fen
    if not 0 < event.amount_fen <= left_fen:
        yield _fault(MONEY, code, "追回超出应收", "received above what was ordered (fen)",
                     f"<= {left_fen}", str(event.amount_fen))  # fmt: skip
    due.received_fen += event.amount_fen
    fund = _receiving(state, due.ordered.run)
    effects: list[Effect] = []
    if fund is not None:
        fund.recovered_fen += event.amount_fen
        effects.append(("MoneyRecovered", code, due.ordered.run, fund.code, event.amount_fen))
    if due.received_fen == due.ordered.amount_fen:
        due.stage = RecoveryStage.REPAID
        effects.append(("RecoveryClosed", code, RecoveryStage.REPAID, ZERO32))
    yield from check_effects(act, f"receivable:{code}", effects)


def closed(
    state: LedgerState, registry: RegistryReplay, act: ChainAct, event: RecoveryClosed,
    seat: Seat | None,
) -> Iterator[Fault]:  # fmt: skip
    """抵扣或核销: by a finance bureau, with a reason."""
    due, code = state.receivables.get(event.receivable), event.receivable
    yield from _check_open(code, due, seat)
    if seat and registry.kind(seat.agency) != AgencyKind.FINANCE:
        yield _fault(STATEMENTS, code, "了结机构类别", "kind of the closing agency",
                     AgencyKind.FINANCE.en, registry.kind(seat.agency).en)  # fmt: skip
    if event.stage not in _UNPAID or not any(event.reason):
        yield _fault(STATES, code, "追回了结方式或理由", "a way to close and a reason",
                     " / ".join(stage.en for stage in _UNPAID),
                     RecoveryStage(event.stage).en)  # fmt: skip
    if due is not None:
        due.stage, due.reason = RecoveryStage(event.stage), event.reason
    yield from check_effects(act, f"receivable:{code}", [])


def _check_cause(
    state: LedgerState, registry: RegistryReplay, event: RecoveryOrdered, seat: Seat | None
) -> Iterator[Fault]:
    place = (event.run, event.payment_id)
    for dispute in state.disputes.values():
        if code_to_bytes32(dispute.code) == event.cause:
            final = (dispute.stage, dispute.outcome) == (DisputeStage.FINAL, Outcome.UPHELD)
            if not final or (dispute.opened.run, dispute.opened.payment_id) != place:
                yield _no_cause(event, f"dispute {dispute.code}: {dispute.outcome.en}")
            yield from check_judge(dispute, seat)
            return
    challenge = state.challenges.get(event.cause)
    runs = (challenge.proven.run, challenge.other_run) if challenge else ()
    paid = challenge.proven.payment_id if challenge else b""
    if challenge is None or challenge.closed or event.run not in runs or paid != event.payment_id:
        yield _no_cause(event, event.cause.hex())
    watchdog = seat and registry.kind(seat.agency) in _WATCHDOGS and seat.roles & Role.HOLD
    if seat and not watchdog:
        yield _fault(STATEMENTS, event.receivable, "责令追回的机构", "ordered by no watchdog",
                     " / ".join(kind.en for kind in _WATCHDOGS), seat.agency)  # fmt: skip


def _no_cause(event: RecoveryOrdered, got: str) -> Fault:
    return _fault(STATES, event.receivable, "追回没有依据", "nothing to recover by",
                  "an upheld dispute or an open challenge of this payment", got)  # fmt: skip


def _check_open(code: str, due: ReceivableState | None, seat: Seat | None) -> Iterator[Fault]:
    stage = due.stage if due else RecoveryStage.NONE
    if stage != RecoveryStage.ORDERED:
        yield _fault(STATES, code, "追回所处阶段", "stage of the receivable",
                     RecoveryStage.ORDERED.en, stage.en)  # fmt: skip
    if due and seat and seat.person == due.ordered_by:
        yield _fault(STATEMENTS, code, "责令人自行入账或了结", "one person ordered and ended it",
                     "another person", f"person {seat.person}")  # fmt: skip


def _receiving(state: LedgerState, run: str) -> FundState | None:
    """The run's fund, or above it where that is closed."""
    held = state.runs.get(run)
    fund = state.funds.get(held.prepared.fund) if held else None
    while fund is not None and fund.closed and fund.parent in state.funds:
        fund = state.funds[fund.parent]
    return fund


def _fault(step: int, code: str, zh: str, en: str, expected: str, got: str) -> Fault:
    return Fault(step=step, subject=f"receivable:{code}", zh=zh, en=en, expected=expected, got=got)
