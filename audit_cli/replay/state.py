"""What the replay remembers: funds, runs, batches, notices and feeds."""

from dataclasses import dataclass, field

from fundtrail.chain.event_types import BatchSettled, FeedAnchored, NoticePublished, RunPrepared
from fundtrail.enums import Stage


@dataclass(slots=True, kw_only=True)
class FundState:
    """A fund: `granted + recovered = passed on + committed + paid + available`, in fen."""

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

    @property
    def available_fen(self) -> int:
        """What is left; below zero the fund was overspent."""
        used = self.passed_on_fen + self.committed_fen + self.paid_fen
        return self.granted_fen + self.recovered_fen - used


@dataclass(slots=True, kw_only=True)
class RunState:
    """A run: what was prepared, and how far it came."""

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

    @property
    def code(self) -> str:
        """The run's code."""
        return self.prepared.run

    @property
    def unsettled_fen(self) -> int:
        """What the bank has not answered for."""
        return self.prepared.total_fen - self.credited_fen - self.returned_fen


@dataclass(slots=True, kw_only=True)
class BatchState:
    """A bank batch; `reissued_fen` is what runs have taken up of a returned one."""

    settled: BatchSettled
    reissued_fen: int = 0


@dataclass(slots=True, kw_only=True)
class FeedState:
    """A feed and its anchors in chain order. `opened_at` is a block time."""

    code: str
    agency: str
    vkey_digest: bytes
    cadence_seconds: int
    opened_at: int
    anchors: list[FeedAnchored] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class LedgerState:
    """Everything but the Registry."""

    funds: dict[str, FundState] = field(default_factory=dict)
    runs: dict[str, RunState] = field(default_factory=dict)
    batches: dict[str, BatchState] = field(default_factory=dict)
    notices: dict[str, NoticePublished] = field(default_factory=dict)
    feeds: dict[str, FeedState] = field(default_factory=dict)
    transfers: set[str] = field(default_factory=set)
