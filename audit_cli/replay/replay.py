"""The replay itself: every act of the chain in order, by the rules of the four contracts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audit_cli.chain_view import ChainAct, ChainView
from audit_cli.findings import Finding
from audit_cli.replay import (
    challenges,
    disputes,
    evidence_log,
    funds,
    holds,
    recoveries,
    runs,
)
from audit_cli.replay.effects import check_effects
from audit_cli.replay.fault import STATEMENTS, STATES, Fault
from audit_cli.replay.registry import GOVERNANCE, RegistryReplay, Seat
from audit_cli.replay.state import LedgerState
from fundtrail.chain.event import Event
from fundtrail.chain.event_types import (
    Allotted,
    AppealDecided,
    BatchSettled,
    ChallengeClosed,
    DisputeAppealed,
    DisputeConcluded,
    DisputeDecided,
    DisputeOpened,
    FeedAnchored,
    FeedOpened,
    FeedRotated,
    FraudProven,
    FundClosed,
    NoticePublished,
    PassedOn,
    Recalled,
    RecoveryClosed,
    RecoveryOrdered,
    RecoveryReceived,
    ReissueOrdered,
    RunApproved,
    RunCancelled,
    RunHeld,
    RunLifted,
    RunPrepared,
    RunRejected,
    RunReleased,
    RunReviewed,
    RunSettled,
)
from fundtrail.enums import Role
from fundtrail.network import Governors, Network

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
    FeedRotated: Role.ORACLE,
    Recalled: Role.BUDGET,
    FundClosed: Role.BUDGET,
    RunCancelled: Role.PREPARE | Role.APPROVE,
    RunHeld: Role.HOLD,
    RunLifted: Role.HOLD,
    DisputeOpened: Role.DISPUTE,
    DisputeDecided: Role.DECIDE,
    DisputeAppealed: Role.DISPUTE,
    AppealDecided: Role.APPEAL,
    ReissueOrdered: Role.DECIDE | Role.APPEAL,
    RecoveryOrdered: Role.DECIDE | Role.APPEAL | Role.HOLD,
    RecoveryReceived: Role.BANK,
    RecoveryClosed: Role.BUDGET,
    ChallengeClosed: Role.HOLD,
}
_CURRENT = {NoticePublished: "EvidenceLog", Allotted: "FundLedger", RunPrepared: "FundLedger"}


_DESK = "DisputeDesk"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedAct:
    """An act with the seat of its officer as of then; None for governors, strangers, anybody."""

    act: ChainAct
    seat: Seat | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """The state after the last act, and every rule that was broken on the way."""

    registry: RegistryReplay
    state: LedgerState
    acts: tuple[SignedAct, ...]
    findings: tuple[Finding, ...]


def replay_chain(chain: ChainView, network: Network) -> Replayed:
    """Replay what was read of a network's chain."""
    contracts = {name: contract.address for name, contract in network.contracts.items()}
    return replay(chain.acts, network.governors, contracts)


def replay(
    acts: Iterable[ChainAct], governors: Governors, contracts: Mapping[str, str] | None = None
) -> Replayed:
    """Replay `acts` from the governors as deployed; `contracts` are addresses by name."""
    registry, state = RegistryReplay.of(governors, contracts), LedgerState()
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
    if not act.statement:
        return None, list(_apply_unsigned(state, registry, act, event))

    role = _ROLES.get(type(event))
    if role is None:
        return None, [_nothing_happened(act)]
    seat, faults = registry.signer(act, role)
    faults += _check_current(registry, event)
    if act.contract == _DESK:
        faults += _check_named(registry, act)
        faults += _apply_contest(registry, state, act, seat)
    elif isinstance(event, FeedAnchored):
        late = evidence_log.lateness(state, event)
        faults += evidence_log.anchored(state, event, seat)
        faults += check_effects(act, f"feed:{event.feed}", late)
    else:
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
        case _:
            yield from _apply_other(registry, state, event, seat)


def _apply_other(
    registry: RegistryReplay, state: LedgerState, event: Event, seat: Seat | None
) -> Iterator[Fault]:
    match event:
        case FeedOpened():
            yield from evidence_log.opened(state, event, seat)
        case FeedRotated():
            yield from evidence_log.rotated(state, event, seat)
        case NoticePublished():
            yield from evidence_log.published(state, registry, event, seat)
        case Recalled():
            yield from funds.recalled(state, event, seat)
        case FundClosed():
            yield from funds.closed(state, registry, event, seat)
        case RunCancelled():
            yield from runs.cancelled(state, registry, event, seat)
        case RunHeld():
            yield from holds.held(state, registry, event, seat)
        case RunLifted():
            yield from holds.lifted(state, registry, event, seat)


def _apply_contest(
    registry: RegistryReplay, state: LedgerState, act: ChainAct, seat: Seat | None
) -> Iterator[Fault]:
    match act.events[0]:
        case DisputeOpened() as event:
            yield from disputes.opened(state, registry, act, event, seat)
        case DisputeDecided() as event:
            yield from disputes.decided(state, act, event, seat)
        case DisputeAppealed() as event:
            yield from disputes.appealed(state, act, event, seat)
        case AppealDecided() as event:
            yield from disputes.appeal_decided(state, act, event, seat)
        case ReissueOrdered() as event:
            yield from disputes.reissue_ordered(state, act, event, seat)
        case RecoveryOrdered() as event:
            yield from recoveries.ordered(state, registry, act, event, seat)
        case RecoveryReceived() as event:
            yield from recoveries.received(state, registry, act, event, seat)
        case RecoveryClosed() as event:
            yield from recoveries.closed(state, registry, act, event, seat)
        case ChallengeClosed() as event:
            yield from challenges.closed(state, registry, act, event, seat)


def _apply_unsigned(
    state: LedgerState, registry: RegistryReplay, act: ChainAct, event: Event
) -> Iterator[Fault]:
    yield from _check_named(registry, act)
    if isinstance(event, FraudProven):
        yield from challenges.proven(state, act, event)
    elif isinstance(event, DisputeConcluded):
        yield from disputes.concluded(state, act, event)
    else:
        yield _nothing_happened(act)


def _check_current(registry: RegistryReplay, event: Event) -> Iterator[Fault]:
    """What a contract begins it no longer begins once governors named its successor."""
    name = _CURRENT.get(type(event), "")
    if name and registry.successor(name):
        yield Fault(step=STATES, subject=f"contract:{name}", zh="合约已有后继而仍开新事",
                    en="begun at a contract that was succeeded",
                    expected=registry.successor(name), got=registry.contracts[name])  # fmt: skip


def _check_named(registry: RegistryReplay, act: ChainAct) -> Iterator[Fault]:
    """The ledger hears a desk only once governors have named it."""
    if len(act.events) > 1 and not registry.was_named(_DESK):
        yield Fault(step=STATES, subject=f"contract:{_DESK}", zh="争议台未经命名而被账本采信",
                    en="the ledger followed a desk that was never named",
                    expected="named by the governors", got="not named")  # fmt: skip


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
