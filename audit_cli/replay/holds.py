"""Watchdogs' holds on whole runs: an auditor's office and a prosecutor's, one each at a time."""

from collections.abc import Iterator

from audit_cli.replay.contested import StandingHold
from audit_cli.replay.fault import STATEMENTS, STATES, Fault
from audit_cli.replay.registry import RegistryReplay, Seat
from audit_cli.replay.state import BEFORE_RELEASE, LedgerState
from fundtrail.chain.event_types import RunHeld, RunLifted
from fundtrail.enums import AgencyKind

_WATCHDOGS = (AgencyKind.AUDIT, AgencyKind.PROCURATORATE)


def held(
    state: LedgerState, registry: RegistryReplay, event: RunHeld, seat: Seat | None
) -> Iterator[Fault]:
    """暂扣: before the release, until a second or until it is lifted, never without a reason."""
    yield from _check_watchdog(registry, event, seat)
    run = state.runs.get(event.run)
    if run is None or run.stage not in BEFORE_RELEASE:
        yield _fault(STATES, event.run, "止付时批次不在拨付之前", "held when it could not be",
                     "a run before its release", run.stage.en if run else "no run")  # fmt: skip
    if run is None:
        return
    if (event.until and event.until <= event.block_time) or not any(event.reason):
        yield _fault(STATES, event.run, "止付期限或理由", "hold with an end ahead and a reason",
                     f"> {event.block_time}", str(event.until))  # fmt: skip
    kind = registry.kind(event.agency)
    before = run.holds.get(kind)
    if before and before.agency != event.agency and before.stands(event.block_time):
        yield _fault(STATES, event.run, "已由同类机构止付", "held by another office already",
                     before.agency, event.agency)  # fmt: skip
    run.holds[kind] = StandingHold(agency=event.agency, until=event.until, reason=event.reason)


def lifted(
    state: LedgerState, registry: RegistryReplay, event: RunLifted, seat: Seat | None
) -> Iterator[Fault]:
    """解除: by the office that holds it."""
    yield from _check_watchdog(registry, event, seat)
    run = state.runs.get(event.run)
    hold = run.holds.pop(registry.kind(event.agency), None) if run else None
    if hold is None or hold.agency != event.agency or not any(event.reason):
        yield _fault(STATES, event.run, "解除的不是本机构的止付", "lifted what it did not hold",
                     hold.agency if hold else "a hold", event.agency)  # fmt: skip


def _check_watchdog(
    registry: RegistryReplay, event: RunHeld | RunLifted, seat: Seat | None
) -> Iterator[Fault]:
    if seat and seat.agency != event.agency:
        yield _fault(STATEMENTS, event.run, "事件中的机构", "agency of the event", seat.agency,
                     event.agency)  # fmt: skip
    if seat and registry.kind(seat.agency) not in _WATCHDOGS:
        yield _fault(STATEMENTS, event.run, "止付机构类别", "kind of the holding agency",
                     " / ".join(kind.en for kind in _WATCHDOGS),
                     registry.kind(seat.agency).en)  # fmt: skip


def _fault(step: int, run: str, zh: str, en: str, expected: str, got: str) -> Fault:
    return Fault(step=step, subject=f"run:{run}", zh=zh, en=en, expected=expected, got=got)
