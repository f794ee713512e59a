"""A dispute's way: opened, decided, appealed, final; and what the ledger holds, frees or strikes.

Who opens, who decides and who hears the appeal are of three agencies, and the payer is none of
them but may appeal.
"""

from collections.abc import Generator, Iterator

from audit_cli.chain_view import ChainAct
from audit_cli.replay.contested import DisputeState
from audit_cli.replay.effects import Effect, check_effects
from audit_cli.replay.fault import MONEY, STATEMENTS, STATES, Fault
from audit_cli.replay.registry import RegistryReplay, Seat
from audit_cli.replay.state import BEFORE_RELEASE, STOPPED, LedgerState, RunState
from fundtrail.chain.event_types import (
    AppealDecided,
    DisputeAppealed,
    DisputeConcluded,
    DisputeDecided,
    DisputeOpened,
    ReissueOrdered,
)
from fundtrail.enums import DisputeStage, Outcome, Role, Stage

APPEAL_WINDOW_MAX = 366 * 86_400


def opened(
    state: LedgerState, registry: RegistryReplay, act: ChainAct, event: DisputeOpened,
    seat: Seat | None,
) -> Iterator[Fault]:  # fmt: skip
    """争议: one line; before the release exactly its amount is held out of the run."""
    run, code = state.runs.get(event.run), event.dispute
    yield from check_agency(f"dispute:{code}", event.agency, seat)
    if registry.successor("DisputeDesk"):
        yield _fault(STATES, code, "争议台已有后继", "opened at a desk that was succeeded",
                     registry.successor("DisputeDesk"), act.contract)  # fmt: skip
    if code in state.disputes or code in state.batches:
        yield _fault(STATES, code, "争议编号重复", "dispute code used twice", "a new code", code)
        return
    if run is None or run.stage in STOPPED:
        yield _fault(STATES, code, "批次已停止或不存在", "a run that was stopped",
                     "a run that goes", run.stage.en if run else "no run")  # fmt: skip
    if run is None:
        return
    before = run.stage in BEFORE_RELEASE
    if event.held != before or not any(event.reason):
        yield _fault(STATES, code, "是否暂扣", "held if and only if before the release",
                     str(before), str(event.held))  # fmt: skip
    state.disputes[code] = DisputeState(
        opened=event, payer=run.agency, opened_by=seat.person if seat else 0
    )
    effects: list[Effect] = []
    if before:
        effects.append(("LineHeld", code, event.run, event.amount_fen))
        _hold(state, run, event.amount_fen, 1)
    yield from check_effects(act, f"dispute:{code}", effects)
    if run.held_fen + run.struck_fen > run.prepared.total_fen:
        yield _fault(MONEY, code, "争议金额超出批次", "more contested than the run has (fen)",
                     f"<= {run.prepared.total_fen}",
                     str(run.held_fen + run.struck_fen))  # fmt: skip


def decided(
    state: LedgerState, act: ChainAct, event: DisputeDecided, seat: Seat | None
) -> Iterator[Fault]:
    """裁决: by neither the agency that opened it nor the one that pays; parties may appeal."""
    dispute = yield from _dispute_at(state, event, DisputeStage.OPEN, seat)
    if dispute is None:
        return
    yield from _check_impartial(dispute, seat)
    yield from _check_decision(event)
    window = (act.time, act.time + APPEAL_WINDOW_MAX)
    if not window[0] <= event.appeal_until <= window[1]:
        yield _fault(STATES, event.dispute, "复议期限", "time to appeal",
                     f"{window[0]} .. {window[1]}", str(event.appeal_until))  # fmt: skip
    dispute.decider, dispute.decided_by = event.agency, seat.person if seat else 0
    dispute.appeal_until, dispute.outcome = event.appeal_until, Outcome(event.outcome)
    dispute.stage = DisputeStage.DECIDED
    yield from check_effects(act, f"dispute:{event.dispute}", [])


def appealed(
    state: LedgerState, act: ChainAct, event: DisputeAppealed, seat: Seat | None
) -> Iterator[Fault]:
    """复议申请: by a party, in time."""
    dispute = yield from _dispute_at(state, event, DisputeStage.DECIDED, seat)
    if dispute is None:
        return
    parties = (dispute.opened.agency, dispute.payer)
    if event.agency not in parties:
        yield _fault(STATEMENTS, event.dispute, "申请复议的不是当事机构", "appealed by no party",
                     " / ".join(parties), event.agency)  # fmt: skip
    if act.time > dispute.appeal_until:
        yield _fault(STATES, event.dispute, "复议逾期", "appealed too late",
                     f"<= {dispute.appeal_until}", str(act.time))  # fmt: skip
    dispute.stage = DisputeStage.APPEALED
    yield from check_effects(act, f"dispute:{event.dispute}", [])


def appeal_decided(
    state: LedgerState, act: ChainAct, event: AppealDecided, seat: Seat | None
) -> Iterator[Fault]:
    """复议决定: by a third agency, and final."""
    dispute = yield from _dispute_at(state, event, DisputeStage.APPEALED, seat)
    if dispute is None:
        return
    yield from _check_impartial(dispute, seat)
    yield from _check_decision(event)
    dispute.appellate, dispute.outcome = event.agency, Outcome(event.outcome)
    final: Effect = ("DisputeConcluded", event.dispute, event.outcome)
    effects = [final, *_conclude(state, dispute)]
    yield from check_effects(act, f"dispute:{event.dispute}", effects)


def concluded(state: LedgerState, act: ChainAct, event: DisputeConcluded) -> Iterator[Fault]:
    """终局: nobody appealed in time. Anybody may say so; the contract judged it by its clock."""
    dispute = state.disputes.get(event.dispute)
    yield from _check_stage(event.dispute, dispute, DisputeStage.DECIDED)
    if dispute is None:
        return
    if act.time <= dispute.appeal_until:
        yield _fault(STATES, event.dispute, "复议期未满而终局", "final before the time to appeal "
                     "was over", f"> {dispute.appeal_until}", str(act.time))  # fmt: skip
    if event.outcome != dispute.outcome:
        yield _fault(STATES, event.dispute, "终局与裁决不同", "final otherwise than decided",
                     dispute.outcome.en, Outcome(event.outcome).en)  # fmt: skip
    yield from check_effects(act, f"dispute:{event.dispute}", _conclude(state, dispute))


def reissue_ordered(
    state: LedgerState, act: ChainAct, event: ReissueOrdered, seat: Seat | None
) -> Iterator[Fault]:
    """责令补发: of an upheld dispute, once, at most the line, by the agency that judged it."""
    code = event.dispute
    dispute = yield from _dispute_at(state, event, DisputeStage.FINAL, seat)
    if dispute is None:
        return
    yield from check_judge(dispute, seat)
    if dispute.outcome != Outcome.UPHELD or dispute.reissue_fen:
        yield _fault(STATES, code, "补发的争议未成立或已责令", "reissue of an upheld dispute, once",
                     Outcome.UPHELD.en, f"{dispute.outcome.en}, {dispute.reissue_fen} fen "
                     "before")  # fmt: skip
    if not 0 < event.amount_fen <= dispute.opened.amount_fen:
        yield _fault(MONEY, code, "补发金额超出该笔", "reissue above the line (fen)",
                     f"<= {dispute.opened.amount_fen}", str(event.amount_fen))  # fmt: skip
    dispute.reissue_fen = dispute.allowed_fen = event.amount_fen
    allowed: Effect = ("ReissueAllowed", code, dispute.opened.run, event.amount_fen)
    yield from check_effects(act, f"dispute:{code}", [allowed])


def check_judge(dispute: DisputeState, seat: Seat | None) -> Iterator[Fault]:
    """The agency whose decision is final, by one of its deciders."""
    role = Role.APPEAL if dispute.appellate else Role.DECIDE
    if seat and (seat.agency != dispute.judge or not seat.roles & role):
        yield _fault(STATEMENTS, dispute.code, "不是作出终局决定的机构", "not by the agency that "
                     "judged it", f"{dispute.judge}: {role.en}",
                     f"{seat.agency}: {seat.roles.en}")  # fmt: skip


def check_agency(subject: str, agency: str, seat: Seat | None) -> Iterator[Fault]:
    """The event names the signer's agency."""
    if seat and seat.agency != agency:
        yield Fault(step=STATEMENTS, subject=subject, zh="事件中的机构", en="agency of the event",
                    expected=seat.agency, got=agency)  # fmt: skip


def _conclude(state: LedgerState, dispute: DisputeState) -> list[Effect]:
    """End the dispute; what the ledger must book for it."""
    dispute.stage = DisputeStage.FINAL
    dismissed = dispute.outcome == Outcome.DISMISSED
    run, event = state.runs[dispute.opened.run], dispute.opened
    if not event.held:
        dispute.standing = not dismissed
        return []
    if run.stage in STOPPED:
        run.held_fen -= event.amount_fen
        return []
    _hold(state, run, -event.amount_fen, 0)
    if dismissed and run.stage in BEFORE_RELEASE:
        run.out_count -= 1
        dispute.standing = False
        return [("LineFreed", dispute.code, run.code, event.amount_fen)]
    return _strike(state, dispute, run, allow=dismissed)


def _strike(
    state: LedgerState, dispute: DisputeState, run: RunState, *, allow: bool
) -> list[Effect]:
    amount_fen = dispute.opened.amount_fen
    run.struck_fen += amount_fen
    dispute.struck = True
    fund = state.funds.get(run.prepared.fund)
    if fund is not None and run.stage >= Stage.APPROVED:
        fund.committed_fen -= amount_fen
    effects: list[Effect] = [("LineStruck", dispute.code, run.code, amount_fen)]
    if allow:
        dispute.allowed_fen = amount_fen
        effects.append(("ReissueAllowed", dispute.code, run.code, amount_fen))
    return effects


def _hold(state: LedgerState, run: RunState, amount_fen: int, lines: int) -> None:
    run.held_fen += amount_fen
    run.out_count += lines
    fund = state.funds.get(run.prepared.fund)
    if fund is not None and Stage.APPROVED <= run.stage <= Stage.SETTLED:
        fund.held_fen += amount_fen


def _dispute_at(
    state: LedgerState,
    event: DisputeDecided | DisputeAppealed | AppealDecided | ReissueOrdered,
    expected: DisputeStage,
    seat: Seat | None,
) -> Generator[Fault, None, DisputeState | None]:
    """The dispute of an act whose event names the signer's agency, and that it is at its stage."""
    dispute = state.disputes.get(event.dispute)
    yield from check_agency(f"dispute:{event.dispute}", event.agency, seat)
    yield from _check_stage(event.dispute, dispute, expected)
    return dispute


def _check_stage(
    code: str, dispute: DisputeState | None, expected: DisputeStage
) -> Iterator[Fault]:
    stage = dispute.stage if dispute else DisputeStage.NONE
    if stage != expected:
        yield _fault(STATES, code, "争议所处阶段", "stage of the dispute", expected.en, stage.en)


def _check_impartial(dispute: DisputeState, seat: Seat | None) -> Iterator[Fault]:
    if seat is None:
        return
    others = [dispute.opened.agency, dispute.payer, *([dispute.decider] if dispute.decider else [])]
    if seat.agency in others:
        yield _fault(STATEMENTS, dispute.code, "裁决机构不独立", "an agency that opened, decided "
                     "or pays", f"none of {', '.join(others)}", seat.agency)  # fmt: skip
    if seat.person in (dispute.opened_by, dispute.decided_by):
        yield _fault(STATEMENTS, dispute.code, "同一人办理了两个环节", "one person acted twice",
                     "a person who has not acted", f"person {seat.person}")  # fmt: skip


def _check_decision(event: DisputeDecided | AppealDecided) -> Iterator[Fault]:
    if event.outcome == Outcome.NONE or not any(event.reason):
        yield _fault(STATES, event.dispute, "裁决结果或理由", "an outcome with a reason",
                     "upheld or dismissed", Outcome(event.outcome).en)  # fmt: skip


def _fault(step: int, dispute: str, zh: str, en: str, expected: str, got: str) -> Fault:
    return Fault(step=step, subject=f"dispute:{dispute}", zh=zh, en=en, expected=expected, got=got)
