"""A run's way: prepared, reviewed, approved, released, settled; or rejected, or cancelled."""

from collections.abc import Iterator

from audit_cli.replay.fault import MONEY, STATEMENTS, STATES, Fault
from audit_cli.replay.funds import must_be_open, overspent
from audit_cli.replay.registry import RegistryReplay, Seat
from audit_cli.replay.state import (
    BEFORE_RELEASE,
    BatchState,
    FundState,
    LedgerState,
    RunState,
)
from fundtrail.chain.event_types import (
    BatchSettled,
    RunApproved,
    RunCancelled,
    RunPrepared,
    RunRejected,
    RunReleased,
    RunReviewed,
)
from fundtrail.enums import AgencyKind, Stage
from fundtrail.sum_tree import TreeKind


def prepared(
    state: LedgerState, registry: RegistryReplay, event: RunPrepared, seat: Seat | None
) -> Iterator[Fault]:
    """编制: by the fund's agency, over a notice that has run out."""
    fund = state.funds.get(event.fund)
    if event.run in state.runs:
        yield _fault(
            STATES, event.run, "批次编号重复", "run code used twice", "a new code", event.run
        )
        return
    agency = fund.agency if fund else ""
    run = RunState(
        prepared=event,
        agency=agency,
        required=registry.approvers(fund.programme if fund else "", event.total_fen),
    )
    state.runs[event.run] = run
    yield from _act(run, seat)
    if fund is None:
        yield _fault(
            STATES, event.run, "资金账户不存在", "the fund does not exist", "a fund", event.fund
        )
        return
    if seat and seat.agency != agency:
        yield _fault(STATEMENTS, event.run, "编制机构不是账户所属机构",
                     "not prepared by the fund's agency", agency, seat.agency)  # fmt: skip
    yield from must_be_open(fund)
    if event.total_fen > fund.available_fen:
        yield overspent(fund, event.total_fen)
    if not event.count or not event.total_fen:
        yield _fault(STATES, event.run, "空批次", "an empty run", "> 0", str(event.count))
    yield from _check_notice(state, registry, event, fund)
    yield from _check_reissue(state, event)


def reviewed(
    state: LedgerState, registry: RegistryReplay, event: RunReviewed, seat: Seat | None
) -> Iterator[Fault]:
    """复核: another person of the same agency or above it."""
    run = state.runs.get(event.run)
    yield from _check_stage(event.run, run, Stage.PREPARED)
    if run is None:
        return
    yield from _check_superior(registry, run, seat)
    yield from _act(run, seat)
    run.stage = Stage.REVIEWED


def approved(
    state: LedgerState, registry: RegistryReplay, event: RunApproved, seat: Seat | None
) -> Iterator[Fault]:
    """审批: the last approver that the amount asks for commits the money."""
    run = state.runs.get(event.run)
    yield from _check_stage(event.run, run, Stage.REVIEWED)
    if run is None:
        return
    yield from _check_superior(registry, run, seat)
    yield from _act(run, seat)
    run.approvals += 1
    if (event.approvals, event.required) != (run.approvals, run.required):
        yield _fault(STATES, event.run, "审批人数", "approvals that the ladder asks for",
                     f"{run.approvals} / {run.required}",
                     f"{event.approvals} / {event.required}")  # fmt: skip
    if run.approvals != run.required:
        return
    fund = state.funds.get(run.prepared.fund)
    if fund is not None:
        due_fen = run.prepared.total_fen - run.struck_fen
        if due_fen > fund.available_fen:
            yield overspent(fund, due_fen)
        fund.committed_fen += due_fen
        fund.held_fen += run.held_fen
    run.stage = Stage.APPROVED


def released(
    state: LedgerState, registry: RegistryReplay, event: RunReleased, seat: Seat | None
) -> Iterator[Fault]:
    """国库拨付: a treasury of another agency, for all that is not held or struck, to a bank."""
    run = state.runs.get(event.run)
    yield from _check_stage(event.run, run, Stage.APPROVED)
    if run is None:
        return
    if seat and seat.agency == run.agency:
        yield _fault(STATEMENTS, event.run, "编制机构自行拨付", "released by its own agency",
                     "another agency", seat.agency)  # fmt: skip
    if seat and registry.kind(seat.agency) != AgencyKind.TREASURY:
        yield _fault(STATEMENTS, event.run, "拨付机构类别", "kind of the releasing agency",
                     AgencyKind.TREASURY.en, registry.kind(seat.agency).en)  # fmt: skip
    if registry.kind(event.bank) != AgencyKind.BANK:
        yield _fault(STATEMENTS, event.run, "收款机构不是银行", "released to no bank",
                     AgencyKind.BANK.en, registry.kind(event.bank).en)  # fmt: skip
    if event.amount_fen != run.due_fen:
        yield _fault(MONEY, event.run, "拨付金额", "released amount (fen)",
                     str(run.due_fen), str(event.amount_fen))  # fmt: skip
    yield from _check_free(run, event.block_time)
    yield from _act(run, seat)
    run.bank, run.stage = event.bank, Stage.RELEASED


def settled(state: LedgerState, event: BatchSettled, seat: Seat | None) -> Iterator[Fault]:
    """银行回单: credited money is paid, returned money is available again."""
    run = state.runs.get(event.run)
    yield from _check_stage(event.run, run, Stage.RELEASED)
    if run is None:
        return
    if event.batch in state.batches or event.batch in state.disputes:
        yield _fault(
            STATES, event.run, "回单编号重复", "batch code used twice", "a new code", event.batch
        )
    if seat and seat.agency != run.bank:
        yield _fault(STATEMENTS, event.run, "回单银行", "not reported by the bank of the release",
                     run.bank, seat.agency)  # fmt: skip
    if seat and seat.person in run.people:
        yield _same_person(run, seat)
    if event.total_fen > run.unsettled_fen:
        yield _fault(MONEY, event.run, "回单超出批次", "more than is unsettled (fen)",
                     f"<= {run.unsettled_fen}", str(event.total_fen))  # fmt: skip
    left = run.prepared.count - run.out_count - run.settled_count
    if left and event.count > left:
        yield _fault(STATES, event.run, "回单笔数超出批次", "more lines than are left",
                     str(left), str(event.count))  # fmt: skip
    state.batches[event.batch] = BatchState(settled=event)
    _book(state, run, event)


def rejected(
    state: LedgerState, registry: RegistryReplay, event: RunRejected, seat: Seat | None
) -> Iterator[Fault]:
    """退回: before the last approval, by somebody who did not prepare it."""
    run = state.runs.get(event.run)
    if run is None or run.stage not in (Stage.PREPARED, Stage.REVIEWED):
        yield from _check_stage(event.run, run, Stage.REVIEWED)
    if run is None:
        return
    yield from _check_superior(registry, run, seat)
    if seat and run.people and seat.person == run.people[0]:
        yield _same_person(run, seat)
    run.stage = Stage.REJECTED
    _leave_reissue(state, run)


def cancelled(
    state: LedgerState, registry: RegistryReplay, event: RunCancelled, seat: Seat | None
) -> Iterator[Fault]:
    """撤销: any time before the release, by the fund's agency or above it."""
    run = state.runs.get(event.run)
    if run is None or run.stage not in BEFORE_RELEASE:
        yield from _check_stage(event.run, run, Stage.APPROVED)
    if run is None:
        return
    yield from _check_superior(registry, run, seat)
    fund = state.funds.get(run.prepared.fund)
    if fund is not None and run.stage == Stage.APPROVED:
        fund.committed_fen -= run.prepared.total_fen - run.struck_fen
        fund.held_fen -= run.held_fen
    run.stage = Stage.CANCELLED
    _leave_reissue(state, run)


def run_settled(state: LedgerState, code: str) -> Iterator[Fault]:
    """The bank has answered for every fen."""
    run = state.runs.get(code)
    if run is None or run.stage != Stage.SETTLED:
        yield _fault(STATES, code, "批次并未结清", "the run is not settled", "0 fen left",
                     f"{run.unsettled_fen} fen left" if run else "no run")  # fmt: skip


def _book(state: LedgerState, run: RunState, event: BatchSettled) -> None:
    fund = state.funds.get(run.prepared.fund)
    if run.settled_count < run.prepared.count - run.out_count:  # else: lines reported once more
        run.settled_count += event.count
    credited = event.kind == TreeKind.CREDITED
    if credited:
        run.credited_fen += event.total_fen
    else:
        run.returned_fen += event.total_fen
    if fund is not None:
        fund.committed_fen -= event.total_fen
        fund.paid_fen += event.total_fen if credited else 0
    if run.unsettled_fen == 0:
        run.stage = Stage.SETTLED


def _check_notice(
    state: LedgerState, registry: RegistryReplay, event: RunPrepared, fund: FundState
) -> Iterator[Fault]:
    terms = registry.programmes.get(fund.programme)
    if not event.notice:
        if terms and terms.notice_seconds:
            yield _fault(STATES, event.run, "未引用公示", "cites no notice", "a notice", "none")
        return
    notice = state.notices.get(event.notice)
    shown = (notice.agency, notice.programme, notice.period) if notice else None
    wanted = (fund.agency, fund.programme, event.period)
    if notice is None or shown != wanted:
        yield _fault(STATES, event.run, "公示不属于本机构、项目和月份",
                     "notice of another agency, programme or period", str(wanted),
                     str(shown))  # fmt: skip
        return
    if notice.closes_at > event.block_time:
        yield _fault(STATES, event.run, "公示尚未结束", "the notice is still open",
                     f"closed at {notice.closes_at}", str(event.block_time))  # fmt: skip


def _check_reissue(state: LedgerState, event: RunPrepared) -> Iterator[Fault]:
    if not event.reissue_of:
        return
    batch = state.batches.get(event.reissue_of)
    dispute = state.disputes.get(event.reissue_of)
    if dispute is None and (batch is None or batch.settled.kind != TreeKind.RETURNED):
        yield _fault(STATES, event.run, "补发未引用退票批次", "reissues what was not returned",
                     "a returned batch", event.reissue_of)  # fmt: skip
        return
    original = state.runs[state.paid_before_by(event.reissue_of)].prepared
    wanted = (original.fund, original.notice, original.period)
    if wanted != (event.fund, event.notice, event.period):
        yield _fault(STATES, event.run, "补发与原批次不同", "the reissue differs from its run",
                     str(wanted), str((event.fund, event.notice, event.period)))  # fmt: skip
    reissued_fen, limit_fen = _take_up(state, event.reissue_of, event.total_fen)
    if reissued_fen > limit_fen:
        yield _fault(MONEY, event.run, "补发超出退票", "reissues more than came back (fen)",
                     f"<= {limit_fen}", str(reissued_fen))  # fmt: skip


def _take_up(state: LedgerState, code: str, amount_fen: int) -> tuple[int, int]:
    """Count `amount_fen` as paid again; what is taken up by now, and what may be."""
    dispute = state.disputes.get(code)
    if dispute is not None:
        dispute.reissued_fen += amount_fen
        return dispute.reissued_fen, dispute.allowed_fen
    batch = state.batches[code]
    batch.reissued_fen += amount_fen
    return batch.reissued_fen, batch.settled.total_fen


def _leave_reissue(state: LedgerState, run: RunState) -> None:
    """Leave to another run what this one would have paid again; what is struck stays its own."""
    code = run.prepared.reissue_of
    if code in state.batches or code in state.disputes:
        _take_up(state, code, run.struck_fen - run.prepared.total_fen)


def _check_free(run: RunState, time: int) -> Iterator[Fault]:
    """Neither a standing hold nor a proven fraud keeps the run where it is."""
    if run.blocked_by:
        yield _fault(STATES, run.code, "存在未了结的舞弊举证而拨付", "released while blocked",
                     "no open challenge", ", ".join(b.hex() for b in run.blocked_by))  # fmt: skip
    for hold in run.holds.values():
        if hold.stands(time):
            until = str(hold.until) if hold.until else "lifted"
            yield _fault(STATES, run.code, "止付期间拨付", "released while held",
                         f"not before {until}", f"held by {hold.agency}")  # fmt: skip


def _check_stage(code: str, run: RunState | None, expected: Stage) -> Iterator[Fault]:
    stage = run.stage if run else Stage.NONE
    if stage != expected:
        yield _fault(STATES, code, "批次所处阶段", "stage of the run", expected.en, stage.en)


def _check_superior(registry: RegistryReplay, run: RunState, seat: Seat | None) -> Iterator[Fault]:
    if seat and not registry.answers_to(run.agency, seat.agency):
        yield _fault(STATEMENTS, run.code, "签署机构不是本机构或其上级",
                     "neither the fund's agency nor above it", run.agency, seat.agency)  # fmt: skip


def _act(run: RunState, seat: Seat | None) -> Iterator[Fault]:
    if seat is None:
        return
    if seat.person in run.people:
        yield _same_person(run, seat)
    run.people.append(seat.person)


def _same_person(run: RunState, seat: Seat) -> Fault:
    return _fault(STATEMENTS, run.code, "同一人办理了两个环节", "one person acted twice",
                  "a person who has not acted", f"person {seat.person}")  # fmt: skip


def _fault(step: int, run: str, zh: str, en: str, expected: str, got: str) -> Fault:
    return Fault(step=step, subject=f"run:{run}", zh=zh, en=en, expected=expected, got=got)
