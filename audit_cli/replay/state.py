"""What the replay remembers: funds, runs, batches, notices, feeds, and what is contested."""

from dataclasses import dataclass, field

from audit_cli.replay.contested import ChallengeState, DisputeState, ReceivableState, StandingHold
from fundtrail.chain.event_types import BatchSettled, FeedAnchored, NoticePublished, RunPrepared
from fundtrail.enums import AgencyKind, Stage

BEFORE_RELEASE = (Stage.PREPARED, Stage.REVIEWED, Stage.APPROVED)
STOPPED = (Stage.REJECTED, Stage.CANCELLED)


@dataclass(slots=True, kw_only=True)
class FundState:
    """A fund: `granted + recovered = passed on + committed + paid + available`, in fen.

    `held_fen` is the part of what is committed that disputes hold.
    """

    code: str
    programme: str
    year: int
    agency: str
    parent: str
    granted_fen: int = 0
    recovered_fen: int = 0
    passed_on_fen: int = 0
    committed_fen: int = 0
    paid_fen: int = 0
    held_fen: int = 0
    closed: bool = False

    @property
    def available_fen(self) -> int:
        """What is left; below zero the fund was overspent."""
        used = self.passed_on_fen + self.committed_fen + self.paid_fen
        return self.granted_fen + self.recovered_fen - used


@dataclass(slots=True, kw_only=True)
class RunState:
    """A run: what was prepared, and how far it came.

    `held_fen` are lines that disputes hold now, `struck_fen` lines that they took out for good,
    `out_count` both; `blocked_by` are proven frauds that nobody has closed.
    """

    prepared: RunPrepared
    agency: str
    required: int
    stage: Stage = Stage.PREPARED
    approvals: int = 0
    bank: str = ""
    people: list[int] = field(default_factory=list)
    credited_fen: int = 0
    returned_fen: int = 0
    settled_count: int = 0
    held_fen: int = 0
    struck_fen: int = 0
    out_count: int = 0
    blocked_by: list[bytes] = field(default_factory=list)
    holds: dict[AgencyKind, StandingHold] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The run's code."""
        return self.prepared.run

    @property
    def due_fen(self) -> int:
        """What the voucher is for: a line held at the release never comes back into the run."""
        return self.prepared.total_fen - self.held_fen - self.struck_fen

    @property
    def unsettled_fen(self) -> int:
        """What the bank has not answered for."""
        return self.due_fen - self.credited_fen - self.returned_fen


@dataclass(slots=True, kw_only=True)
class BatchState:
    """A bank batch; `reissued_fen` is what runs have taken up of a returned one."""

    settled: BatchSettled
    reissued_fen: int = 0


@dataclass(slots=True, kw_only=True)
class FeedState:
    """A feed and its anchors in chain order. `opened_at` is a block time.

    `cadences` holds the cadence promised when each of the anchors came.
    """

    code: str
    agency: str
    vkey_digest: bytes
    cadence_seconds: int
    opened_at: int
    anchors: list[FeedAnchored] = field(default_factory=list)
    cadences: list[int] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class LedgerState:
    """Everything but the Registry."""

    funds: dict[str, FundState] = field(default_factory=dict)
    runs: dict[str, RunState] = field(default_factory=dict)
    batches: dict[str, BatchState] = field(default_factory=dict)
    notices: dict[str, NoticePublished] = field(default_factory=dict)
    feeds: dict[str, FeedState] = field(default_factory=dict)
    transfers: set[str] = field(default_factory=set)
    disputes: dict[str, DisputeState] = field(default_factory=dict)
    receivables: dict[str, ReceivableState] = field(default_factory=dict)
    receipts: set[str] = field(default_factory=set)
    challenges: dict[bytes, ChallengeState] = field(default_factory=dict)

    def paid_before_by(self, reissue_of: str) -> str:
        """The run whose lines a run that cites `reissue_of` pays again; empty where none."""
        if reissue_of in self.batches:
            return self.batches[reissue_of].settled.run
        return self.disputes[reissue_of].opened.run if reissue_of in self.disputes else ""
