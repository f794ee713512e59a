"""From events to rows: pure, one row shape per table of `migrations/versions/0001_chain.py`.

Guarantees: equal events in equal order give equal rows, however they are cut into batches; what a
row needs from earlier batches (the programme of a parent fund, how many approvals a run asks for)
comes from `Known`. Money is checked by the database, not here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fundtrail.chain.event import Event
from fundtrail.chain.event_types import (
    AgencySeated,
    Allotted,
    BatchSettled,
    FeedAnchored,
    FeedOpened,
    GovernorsSet,
    NoticePublished,
    OfficerRevoked,
    OfficerSeated,
    PassedOn,
    ProgrammeRegistered,
    RunApproved,
    RunPrepared,
    RunRejected,
    RunReleased,
    RunReviewed,
    RunSettled,
    StatementRecorded,
)
from fundtrail.enums import Stage
from fundtrail.errors import ChainError
from fundtrail.ids import ZERO32
from fundtrail.signed_statements import RecordedStatement
from fundtrail.sum_tree import TreeKind

Row = tuple[Any, ...]

# Table → columns, in the order in which rows are built here.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "blocks": ("number", "time"),
    "statements": ("digest", "block", "log_index", "contract", "transaction", "signers",
                   "type", "evidence", "document", "signed_at", "line"),
    "governor_sets": ("block", "log_index", "statement", "threshold", "keys", "agencies"),
    "agencies": ("code", "statement", "kind", "parent", "region", "name"),
    "officers": ("key", "statement", "agency", "person", "roles", "valid_from", "valid_until"),
    "revocations": ("key", "statement", "reason"),
    "programmes": ("code", "block", "log_index", "statement", "agency", "payee_kind",
                   "notice_seconds", "ladder_fen", "feeds"),
    "feeds": ("code", "statement", "agency", "vkey_digest", "cadence_seconds"),
    "anchors": ("feed", "size", "statement", "root"),
    "notices": ("code", "statement", "programme", "agency", "period", "root", "total_fen",
                "count", "opens_at", "closes_at"),
    "funds": ("code", "statement", "programme", "year", "agency", "parent"),
    "transfers": ("id", "block", "log_index", "statement", "parent", "fund", "amount_fen"),
    "runs": ("code", "statement", "fund", "notice", "reissue_of", "period", "root",
             "total_fen", "count"),
    "batches": ("code", "block", "log_index", "statement", "run", "kind", "root", "total_fen",
                "count"),
    "run_acts": ("run", "block", "log_index", "statement", "act", "stage", "officer", "bank",
                 "batch"),
    "postings": ("fund", "block", "log_index", "term", "amount_fen"),
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Known:
    """What earlier blocks settled: programme and year of a fund; fund and total of a run."""

    funds: dict[str, tuple[str, int]] = field(default_factory=dict)
    runs: dict[str, tuple[str, int]] = field(default_factory=dict)


class Projection:
    """Rows of a range of blocks, by table."""

    def __init__(self, known: Known) -> None:
        self.rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self._known = known
        self._statement: StatementRecorded | None = None
        self._block = -1

    def take(self, event: Event) -> None:
        """Add the rows of one event."""
        if event.block != self._block:
            self._add("blocks", event.block, event.block_time)
            self._block = event.block
        if isinstance(event, StatementRecorded):
            self._statement = event
            return
        if isinstance(event, GovernorsSet):
            self._take_governors(event)
            return
        self._take(event, self._statement_of(event))

    def take_statements(
        self, events: Iterable[StatementRecorded], bodies: Mapping[bytes, RecordedStatement]
    ) -> None:
        """Add the statements of `events`, each with its text where `bodies` has it."""
        signers: dict[bytes, list[str]] = {}
        first: dict[bytes, StatementRecorded] = {}
        for event in events:  # one for each signature
            first.setdefault(event.statement, event)
            signers.setdefault(event.statement, []).append(event.signer)
        for digest, event in first.items():
            place = (digest, *_place(event), event.contract, event.transaction)
            self._add("statements", *place, signers[digest], *_body(bodies.get(digest)))

    def _take(self, event: Event, act: bytes) -> None:
        match event:
            case AgencySeated() as e:
                name = e.name.replace("\0", "\ufffd")  # PostgreSQL's text holds no zero
                self._add("agencies", e.agency, act, int(e.kind), e.parent or None, e.region, name)
            case OfficerSeated() as e:
                term = (e.valid_from, e.valid_until)
                self._add("officers", e.key, act, e.agency, e.person, e.roles, *term)
            case OfficerRevoked() as e:
                self._add("revocations", e.key, act, e.reason)
            case ProgrammeRegistered() as e:
                terms = (int(e.payee_kind), e.notice_seconds, list(e.ladder_fen), list(e.feeds))
                self._add("programmes", e.programme, *_place(e), act, e.agency, *terms)
            case FeedOpened() as e:
                self._add("feeds", e.feed, act, e.agency, e.vkey_digest, e.cadence_seconds)
            case FeedAnchored() as e:
                self._add("anchors", e.feed, e.size, act, e.root)
            case NoticePublished() as e:
                tree = (e.root, e.total_fen, e.count)
                subject = (e.programme, e.agency, e.period)
                self._add("notices", e.notice, act, *subject, *tree, e.opens_at, e.closes_at)
            case Allotted() as e:
                self._open_fund(e.fund, act, e.programme, e.year, e.agency, None)
                self._transfer(e, act, parent=None)
            case PassedOn() as e:
                programme, year = self._known.funds[e.parent]
                self._open_fund(e.fund, act, programme, year, e.agency, e.parent)
                self._transfer(e, act, parent=e.parent)
            case _:
                self._take_run(event, act)

    def _take_run(self, event: Event, act: bytes) -> None:
        match event:
            case RunPrepared() as e:
                self._known.runs[e.run] = (e.fund, e.total_fen)
                cites = (e.fund, e.notice or None, e.reissue_of or None, e.period)
                self._add("runs", e.run, act, *cites, e.root, e.total_fen, e.count)
                self._act(e, act, "prepare", Stage.PREPARED)
            case RunReviewed() as e:
                self._act(e, act, "review", Stage.REVIEWED)
            case RunApproved() as e:
                last = e.approvals == e.required
                self._act(e, act, "approve", Stage.APPROVED if last else Stage.REVIEWED)
                if last:
                    self._post_run(e, "available", "committed", self._known.runs[e.run][1])
            case RunReleased() as e:
                self._act(e, act, "release", Stage.RELEASED, bank=e.bank)
            case BatchSettled() as e:
                tree = (e.kind, e.root, e.total_fen, e.count)
                self._add("batches", e.batch, *_place(e), act, e.run, *tree)
                self._act(e, act, "settle", Stage.RELEASED, batch=e.batch)
                back_to = "paid" if e.kind == TreeKind.CREDITED else "available"
                self._post_run(e, "committed", back_to, e.total_fen)
            case RunSettled() as e:
                self._settle_last_act(e)
            case RunRejected() as e:
                self._act(e, act, "reject", Stage.REJECTED)
            case _:
                raise ChainError(f"expected an event that is projected, got {event}")

    def _take_governors(self, event: GovernorsSet) -> None:
        recorded = self._statement
        act = recorded.statement if recorded and _together(recorded, event) else None
        sets = (event.threshold, list(event.keys), list(event.agencies))
        self._add("governor_sets", *_place(event), act, *sets)

    def _open_fund(
        self, fund: str, act: bytes, programme: str, year: int, agency: str, parent: str | None
    ) -> None:
        if fund in self._known.funds:
            return
        self._known.funds[fund] = (programme, year)
        self._add("funds", fund, act, programme, year, agency, parent)

    def _transfer(self, event: Allotted | PassedOn, act: bytes, *, parent: str | None) -> None:
        amount = event.amount_fen
        self._add("transfers", event.id, *_place(event), act, parent, event.fund, amount)
        self._post(event, event.fund, "granted", amount)
        self._post(event, event.fund, "available", amount)
        if parent:
            self._post(event, parent, "passed_on", amount)
            self._post(event, parent, "available", -amount)

    def _act(self, event: Any, statement: bytes, act: str, stage: Stage, **of: str) -> None:
        place = (event.run, *_place(event), statement)
        self._add(
            "run_acts", *place, act, int(stage), event.officer, of.get("bank"), of.get("batch")
        )

    def _settle_last_act(self, event: RunSettled) -> None:
        """RunSettled follows the BatchSettled of the same act and says what stage it led to."""
        *place, act, _, officer, bank, batch = self.rows["run_acts"][-1]
        if place[0] != event.run or act != "settle":
            raise ChainError(f"block {event.block}: expected a batch of {event.run} before")
        self.rows["run_acts"][-1] = (*place, act, int(Stage.SETTLED), officer, bank, batch)

    def _post_run(self, event: Any, out_of: str, into: str, amount_fen: int) -> None:
        fund, _ = self._known.runs[event.run]
        self._post(event, fund, out_of, -amount_fen)
        self._post(event, fund, into, amount_fen)

    def _post(self, event: Event, fund: str, term: str, amount_fen: int) -> None:
        self._add("postings", fund, *_place(event), term, amount_fen)

    def _statement_of(self, event: Event) -> bytes:
        recorded = self._statement
        if recorded is None or not _together(recorded, event):
            raise ChainError(f"block {event.block}: expected a statement before {event}")
        return recorded.statement

    def _add(self, table: str, *row: Any) -> None:
        self.rows[table].append(row)


def _together(recorded: StatementRecorded, event: Event) -> bool:
    return (recorded.transaction, recorded.contract) == (event.transaction, event.contract)


def _place(event: Event) -> tuple[int, int]:
    return event.block, event.log_index


def _body(recorded: RecordedStatement | None) -> Row:
    if recorded is None:
        return (None,) * 5
    statement: Any = recorded.signed.statement
    basis = statement.basis
    evidence = basis.evidence if basis.evidence != ZERO32 else None
    cited = (evidence, basis.document, basis.signed_at)
    return (statement.type_name(), *cited, recorded.to_line())
