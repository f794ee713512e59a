"""Frauds that anybody proved, and their closing by an auditor."""

from collections.abc import Iterator

from eth_utils.crypto import keccak

from audit_cli.chain_view import ChainAct
from audit_cli.replay.contested import ChallengeState
from audit_cli.replay.disputes import check_agency
from audit_cli.replay.effects import Effect, check_effects
from audit_cli.replay.fault import STATEMENTS, STATES, Fault
from audit_cli.replay.registry import RegistryReplay, Seat
from audit_cli.replay.state import BEFORE_RELEASE, STOPPED, LedgerState
from fundtrail.chain.event_types import ChallengeClosed, FraudProven
from fundtrail.enums import AgencyKind, ChallengeKind
from fundtrail.errors import CodeError
from fundtrail.ids import code_from_bytes32


def proven(state: LedgerState, act: ChainAct, event: FraudProven) -> Iterator[Fault]:
    """举证: it blocks every run of it that is not released yet."""
    id_ = challenge_id(event.kind, event.one, event.other, event.payment_id)
    if id_ != event.challenge:
        yield _fault(STATES, event.challenge, "举证编号", "id of the challenge", id_.hex(),
                     event.challenge.hex())  # fmt: skip
    if event.challenge in state.challenges:
        yield _fault(STATES, event.challenge, "同一舞弊重复举证", "proven twice", "once", "again")
        return
    runs = [event.run, *([other] if (other := other_run(event)) else [])]
    for code in runs:
        run = state.runs.get(code)
        if run is None or run.stage in STOPPED:
            yield _fault(STATES, event.challenge, "批次已停止或不存在", "a run that was stopped",
                         "a run that goes", run.stage.en if run else "no run")  # fmt: skip
    blocks = [c for c in runs if c in state.runs and state.runs[c].stage in BEFORE_RELEASE]
    if event.blocked != (event.run in blocks):
        yield _fault(STATES, event.challenge, "是否止付", "blocked if and only if not released",
                     str(event.run in blocks), str(event.blocked))  # fmt: skip
    for code in blocks:
        state.runs[code].blocked_by.append(event.challenge)
    state.challenges[event.challenge] = ChallengeState(
        proven=event, other_run=runs[1] if len(runs) > 1 else "", blocks=tuple(blocks)
    )
    effects: list[Effect] = [("RunBlocked", code, event.challenge) for code in blocks]
    yield from check_effects(act, f"challenge:{event.challenge.hex()}", effects)


def closed(
    state: LedgerState, registry: RegistryReplay, act: ChainAct, event: ChallengeClosed,
    seat: Seat | None,
) -> Iterator[Fault]:  # fmt: skip
    """了结: by an auditor's office, with a reason; the runs go on."""
    challenge, id_ = state.challenges.get(event.challenge), event.challenge
    yield from check_agency(f"challenge:{id_.hex()}", event.agency, seat)
    if seat and registry.kind(seat.agency) != AgencyKind.AUDIT:
        yield _fault(STATEMENTS, id_, "了结机构类别", "kind of the closing agency",
                     AgencyKind.AUDIT.en, registry.kind(seat.agency).en)  # fmt: skip
    if challenge is None or challenge.closed or not any(event.reason):
        yield _fault(STATES, id_, "了结的举证不存在或已了结", "closes no open challenge",
                     "an open challenge and a reason", id_.hex())  # fmt: skip
    if challenge is None:
        return
    for code in challenge.blocks:
        blocked_by = state.runs[code].blocked_by
        if id_ in blocked_by:
            blocked_by.remove(id_)
    challenge.closed = event
    effects: list[Effect] = [("RunUnblocked", code, id_) for code in challenge.blocks]
    yield from check_effects(act, f"challenge:{id_.hex()}", effects)


def challenge_id(kind: ChallengeKind, one: bytes, other: bytes, payment_id: bytes) -> bytes:
    """keccak256(abi.encode(kind, one, other, payment id)): each in a word (docs/format.md §6)."""
    return keccak(int(kind).to_bytes(32, "big") + one + other + payment_id)


def other_run(event: FraudProven) -> str:
    """The second run of a payment that stands in two; empty for all else."""
    if event.kind != ChallengeKind.DUPLICATE:
        return ""
    codes = [tree_code(event.one), tree_code(event.other)]
    return next((code for code in codes if code != event.run), "")


def tree_code(word: bytes) -> str:
    """The code of a tree that a challenge names; its hex where it is no code."""
    try:
        return code_from_bytes32(word)
    except CodeError:
        return word.hex()


def _fault(step: int, id_: bytes, zh: str, en: str, expected: str, got: str) -> Fault:
    subject = f"challenge:{id_.hex()}"
    return Fault(step=step, subject=subject, zh=zh, en=en, expected=expected, got=got)
