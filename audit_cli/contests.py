"""What is contested, for the report: holds, disputes, proven frauds, recoveries.

Reasons are digests: their text is with the agency that gave them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from audit_cli.replay.challenges import tree_code
from audit_cli.replay.contested import ChallengeState, DisputeState, ReceivableState
from audit_cli.replay.replay import Replayed
from audit_cli.replay.state import BEFORE_RELEASE
from fundtrail.enums import ChallengeKind, DisputeStage, Outcome, RecoveryStage
from fundtrail.money import yuan


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One of them. `kind` is hold, dispute, challenge or recovery; amounts are in fen."""

    kind: str
    code: str
    run: str
    payment: str
    amount_fen: int | None
    open: bool
    zh: str
    en: str
    agencies: tuple[str, ...]
    reason: str
    block: int

    def to_json(self) -> dict[str, Any]:
        """The object of the report; money as text."""
        held = {name: getattr(self, name) for name in self.__slots__}
        amount = None if self.amount_fen is None else str(self.amount_fen)
        return held | {"amount_fen": amount, "agencies": list(self.agencies)}


def contests(replayed: Replayed, time: int) -> tuple[Contest, ...]:
    """All that was ever contested, and the holds that stand at `time`."""
    state = replayed.state
    return (
        *_holds(replayed, time),
        *(_dispute(dispute) for dispute in state.disputes.values()),
        *(_challenge(challenge) for challenge in state.challenges.values()),
        *(_recovery(due) for due in state.receivables.values()),
    )


def _holds(replayed: Replayed, time: int) -> Iterator[Contest]:
    for run in replayed.state.runs.values():
        for hold in run.holds.values():
            if run.stage in BEFORE_RELEASE and hold.stands(time):
                until = f"{datetime.fromtimestamp(hold.until, UTC):%Y-%m-%dT%H:%M:%SZ}"
                yield Contest(
                    kind="hold",
                    code=run.code,
                    run=run.code,
                    payment="",
                    amount_fen=run.due_fen,
                    open=True,
                    zh=f"暂扣至 {until}" if hold.until else "暂扣至解除",
                    en=f"held until {until}" if hold.until else "held until it is lifted",
                    agencies=(hold.agency,),
                    reason=hold.reason.hex(),
                    block=run.prepared.block,
                )


def _dispute(dispute: DisputeState) -> Contest:
    event = dispute.opened
    zh, en = dispute.stage.zh, dispute.stage.en
    if dispute.outcome != Outcome.NONE:
        zh, en = f"{zh}:{dispute.outcome.zh}", f"{en}: {dispute.outcome.en}"
    for said, words in (
        (dispute.holds, ("该笔暂扣", "line held")),
        (dispute.struck, ("该笔已剔除", "line struck")),
        (
            dispute.allowed_fen,
            (
                f"准予补发 {yuan(dispute.allowed_fen)} 元,已列 {yuan(dispute.reissued_fen)} 元",
                f"reissue of {dispute.allowed_fen} fen allowed, {dispute.reissued_fen} taken up",
            ),
        ),
    ):
        zh, en = (f"{zh},{words[0]}", f"{en}, {words[1]}") if said else (zh, en)
    agencies = (event.agency, dispute.decider, dispute.appellate)
    return Contest(
        kind="dispute",
        code=dispute.code,
        run=event.run,
        payment=event.payment_id.hex(),
        amount_fen=event.amount_fen,
        open=dispute.stage != DisputeStage.FINAL,
        zh=zh,
        en=en,
        agencies=tuple(agency for agency in agencies if agency),
        reason=event.reason.hex(),
        block=event.block,
    )


def _challenge(challenge: ChallengeState) -> Contest:
    event, end = challenge.proven, challenge.closed
    kind = ChallengeKind(event.kind)
    trees = f"{tree_code(event.one)}, {tree_code(event.other)}"
    zh, en = f"{kind.zh}({trees})", f"{kind.en} ({trees})"
    zh += f",由 {end.agency} 了结" if end else ",未了结"
    en += f", closed by {end.agency}" if end else ", not closed"
    return Contest(
        kind="challenge",
        code=event.challenge.hex(),
        run=event.run,
        payment=event.payment_id.hex() if any(event.payment_id) else "",
        amount_fen=None,
        open=end is None,
        zh=zh,
        en=en,
        agencies=(end.agency,) if end else (),
        reason=end.reason.hex() if end else "",
        block=event.block,
    )


def _recovery(due: ReceivableState) -> Contest:
    event = due.ordered
    got = yuan(due.received_fen)
    return Contest(
        kind="recovery",
        code=event.receivable,
        run=event.run,
        payment=event.payment_id.hex(),
        amount_fen=event.amount_fen,
        open=due.stage == RecoveryStage.ORDERED,
        zh=f"{due.stage.zh},已到账 {got} 元",
        en=f"{due.stage.en}, {due.received_fen} fen received",
        agencies=(event.agency,),
        reason=due.reason.hex(),
        block=event.block,
    )
