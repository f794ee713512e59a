"""The rows of the projection: one shape per table of migrations 0001 and 0004, gathered by table.

`Known` is what a row needs from earlier blocks. Money is checked by the database, not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fundtrail.chain.event import Event

Row = tuple[Any, ...]

# Table → columns, in the order in which rows are built.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "blocks": ("number", "time"),
    "statements": ("digest", "block", "log_index", "contract", "transaction", "signers",
                   "type", "evidence", "document", "signed_at", "line"),
    "governor_sets": ("block", "log_index", "statement", "threshold", "keys", "agencies"),
    "contract_names": ("name", "block", "log_index", "statement", "at", "succeeds"),
    "agencies": ("code", "statement", "kind", "parent", "region", "name"),
    "officers": ("key", "statement", "agency", "person", "roles", "valid_from", "valid_until"),
    "revocations": ("key", "statement", "reason"),
    "programmes": ("code", "block", "log_index", "statement", "agency", "payee_kind",
                   "notice_seconds", "ladder_fen", "feeds"),
    "feeds": ("code", "statement", "agency", "vkey_digest", "cadence_seconds"),
    "feed_rotations": ("feed", "block", "log_index", "statement", "vkey_digest",
                       "cadence_seconds"),
    "anchors": ("feed", "size", "statement", "root"),
    "late_anchors": ("feed", "block", "log_index", "statement", "late_seconds"),
    "notices": ("code", "statement", "programme", "agency", "period", "root", "total_fen",
                "count", "opens_at", "closes_at"),
    "funds": ("code", "statement", "programme", "year", "agency", "parent"),
    "transfers": ("id", "block", "log_index", "statement", "parent", "fund", "amount_fen"),
    "takebacks": ("id", "block", "log_index", "statement", "fund", "parent", "amount_fen",
                  "closes"),
    "runs": ("code", "statement", "fund", "notice", "reissue_of", "period", "root",
             "total_fen", "count"),
    "batches": ("code", "block", "log_index", "statement", "run", "kind", "root", "total_fen",
                "count"),
    "run_acts": ("run", "block", "log_index", "statement", "act", "stage", "officer", "bank",
                 "batch"),
    "holds": ("run", "block", "log_index", "statement", "agency", "act", "until", "reason",
              "officer"),
    "disputes": ("code", "block", "log_index", "statement", "run", "payment_id", "amount_fen",
                 "held", "agency", "reason"),
    "dispute_acts": ("dispute", "block", "log_index", "statement", "act", "agency", "outcome",
                     "reason", "appeal_until", "amount_fen"),
    "line_acts": ("dispute", "block", "log_index", "run", "act", "amount_fen"),
    "challenges": ("id", "block", "log_index", "run", "kind", "one", "other", "payment_id",
                   "blocked", "submitter"),
    "challenge_acts": ("challenge", "block", "log_index", "statement", "agency", "reason"),
    "run_blocks": ("run", "challenge", "block", "log_index", "act"),
    "receivables": ("code", "block", "log_index", "statement", "cause", "run", "payment_id",
                    "amount_fen", "agency"),
    "receipts": ("id", "block", "log_index", "statement", "receivable", "amount_fen", "agency"),
    "recoveries": ("receivable", "block", "log_index", "run", "fund", "amount_fen"),
    "recovery_closings": ("receivable", "block", "log_index", "statement", "stage", "reason"),
    "postings": ("fund", "block", "log_index", "term", "amount_fen"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFund:
    """A fund: what its children inherit, and where its money goes back."""

    programme: str
    year: int
    parent: str | None


@dataclass(slots=True, kw_only=True)
class KnownRun:
    """A run's fund and money; `committed` from its last approval on."""

    fund: str
    total_fen: int
    held_fen: int = 0
    struck_fen: int = 0
    committed: bool = False

    @property
    def due_fen(self) -> int:
        """What is committed for it, before a bank answers: held lines count, struck ones do not."""
        return self.total_fen - self.struck_fen


@dataclass(slots=True, kw_only=True)
class Known:
    """What earlier blocks settled, by code."""

    funds: dict[str, KnownFund] = field(default_factory=dict)
    runs: dict[str, KnownRun] = field(default_factory=dict)


class Rows:
    """Rows by table."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {table: [] for table in COLUMNS}

    def add(self, table: str, *row: Any) -> None:
        """One row, in the order of COLUMNS."""
        self.tables[table].append(row)

    def post(self, event: Event, fund: str, term: str, amount_fen: int) -> None:
        """Move one term of a fund; nothing where the amount is zero."""
        if amount_fen:
            self.add("postings", fund, *place(event), term, amount_fen)

    def move(self, event: Event, fund: str, out_of: str, into: str, amount_fen: int) -> None:
        """Move money of a fund from one term to another."""
        self.post(event, fund, out_of, -amount_fen)
        self.post(event, fund, into, amount_fen)


def place(event: Event) -> tuple[int, int]:
    """Where an event stands: block and log index."""
    return event.block, event.log_index
