"""What the replay remembers of what is contested: holds, disputes, receivables, challenges."""

from dataclasses import dataclass

from fundtrail.chain.event_types import (
    ChallengeClosed,
    DisputeOpened,
    FraudProven,
    RecoveryOrdered,
)
from fundtrail.enums import DisputeStage, Outcome, RecoveryStage


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingHold:
    """A watchdog's hold on a run. `until` is its last second, 0: until it is lifted."""

    agency: str
    until: int
    reason: bytes

    def stands(self, time: int) -> bool:
        """Whether it holds the run at `time`."""
        return not self.until or time <= self.until


@dataclass(slots=True, kw_only=True)
class DisputeState:
    """A dispute about one line. Its code stands for a returned batch of `allowed_fen`."""

    opened: DisputeOpened
    payer: str
    opened_by: int
    decider: str = ""
    decided_by: int = 0
    appellate: str = ""
    appeal_until: int = 0
    stage: DisputeStage = DisputeStage.OPEN
    outcome: Outcome = Outcome.NONE
    struck: bool = False
    standing: bool = True
    reissue_fen: int = 0
    allowed_fen: int = 0
    reissued_fen: int = 0

    @property
    def code(self) -> str:
        """The dispute's code."""
        return self.opened.dispute

    @property
    def holds(self) -> bool:
        """Whether the line is out of its run until the dispute ends."""
        return self.opened.held and self.stage != DisputeStage.FINAL

    @property
    def judge(self) -> str:
        """The agency whose decision counts."""
        return self.appellate or self.decider


@dataclass(slots=True, kw_only=True)
class ReceivableState:
    """Money that was paid and is to come back."""

    ordered: RecoveryOrdered
    ordered_by: int
    received_fen: int = 0
    stage: RecoveryStage = RecoveryStage.ORDERED
    reason: bytes = b""


@dataclass(slots=True, kw_only=True)
class ChallengeState:
    """A fraud that the contract judged from proofs. `blocks` are the runs it keeps from release."""

    proven: FraudProven
    other_run: str
    blocks: tuple[str, ...]
    closed: ChallengeClosed | None = None
