"""The replay itself: every act of the chain in order, by the rules of three contracts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audit_cli.chain_view import ChainAct
from audit_cli.findings import Finding
from audit_cli.replay import evidence_log, funds, runs
from audit_cli.replay.fault import STATEMENTS, STATES, Fault
from audit_cli.replay.registry import GOVERNANCE, RegistryReplay, Seat
from audit_cli.replay.state import LedgerState
from fundtrail.chain.event import Event
from fundtrail.chain.event_types import (
    Allotted,
    BatchSettled,
    FeedAnchored,
    FeedOpened,
    NoticePublished,
    PassedOn,
    RunApproved,
    RunPrepared,
    RunRejected,
    RunReleased,
    RunReviewed,
    RunSettled,
)
from fundtrail.enums import Role
from fundtrail.network import Governors

_ROLES: dict[type[Event], Role] = {
    FeedOpened: Role.ORACLE,
    FeedAnchored: Role.ORACLE,
    NoticePublished: Role.PUBLISH,
    Allotted: Role.BUDGET,
    PassedOn: Role.BUDGET,
    RunPrepared: Role.PREPARE,
    RunReviewed: Role.REVIEW,
    RunApproved: Role.APPROVE,
    RunReleased: Role.TREASURY,
    BatchSettled: Role.BANK,
    RunRejected: Role.REVIEW | Role.APPROVE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedAct:
    """An act with the seat of its officer as of then; None for governors and strangers."""

    act: ChainAct
    seat: Seat | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """The state after the last act, and every rule that was broken on the way."""

    registry: RegistryReplay
    state: LedgerState
    acts: tuple[SignedAct, ...]
    findings: tuple[Finding, ...]


def replay(acts: Iterable[ChainAct], governors: Governors) -> Replayed:
    """Replay `acts` from the governors as deployed."""
    registry, state = RegistryReplay.of(governors), LedgerState()
    done: list[SignedAct] = []
    findings: list[Finding] = []
    for act in acts:
        seat, faults = _take(registry, state, act)
        findings.extend(fault.finding(act) for fault in faults)
        done.append(SignedAct(act=act, seat=seat))
    return Replayed(registry=registry, state=state, acts=tuple(done), findings=tuple(findings))


def _take(
    registry: RegistryReplay, state: LedgerState, act: ChainAct
) -> tuple[Seat | None, list[Fault]]:
    if not act.events:
        return None, [_nothing_happened(act)]
    event = act.events[0]
    if isinstance(event, GOVERNANCE):
        return None, list(registry.take(act, event))

    role = _ROLES.get(type(event))
    if role is None:
        return None, [_nothing_happened(act)]
    seat, faults = registry.signer(act, role)
    faults += _apply(registry, state, event, seat)
    for more in act.events[1:]:
        faults += _follow(state, more)
    officer = getattr(event, "officer", None)
    if seat and officer is not None and officer != seat.key:
        faults.append(_other_officer(act, seat.key, officer))
    return seat, faults


def _apply(
    registry: RegistryReplay, state: LedgerState, event: Event, seat: Seat | None
) -> Iterator[Fault]:
    match event:
        case Allotted():
            yield from funds.allotted(state, registry, event, seat)
        case PassedOn():
            yield from funds.passed_on(state, registry, event, seat)
        case RunPrepared():
            yield from runs.prepared(state, registry, event, seat)
        case RunReviewed():
            yield from runs.reviewed(state, registry, event, seat)
        case RunApproved():
            yield from runs.approved(state, registry, event, seat)
        case RunReleased():
            yield from runs.released(state, registry, event, seat)
        case BatchSettled():
            yield from runs.settled(state, event, seat)
        case RunRejected():
            yield from runs.rejected(state, registry, event, seat)
        case FeedOpened():
            yield from evidence_log.opened(state, event, seat)
        case FeedAnchored():
            yield from evidence_log.anchored(state, event, seat)
        case NoticePublished():
            yield from evidence_log.published(state, registry, event, seat)


def _follow(state: LedgerState, event: Event) -> Iterator[Fault]:
    if isinstance(event, RunSettled):
        yield from runs.run_settled(state, event.run)
    else:
        name = type(event).__name__
        yield Fault(step=STATES, subject=f"event:{name}", zh="多余的事件", en="an event too many",
                    expected="one event a statement", got=name)  # fmt: skip


def _nothing_happened(act: ChainAct) -> Fault:
    return Fault(step=STATES, subject=f"statement:{act.statement.hex()}", zh="没有相应的事件",
                 en="a statement without its event", expected="an event", got=act.name)  # fmt: skip


def _other_officer(act: ChainAct, expected: str, got: str) -> Fault:
    return Fault(step=STATEMENTS, subject=f"statement:{act.statement.hex()}", zh="事件中的经办人",
                 en="officer of the event", expected=expected, got=got)  # fmt: skip
