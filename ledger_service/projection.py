"""From events to rows: pure. What contests money is taken by `contest_projection`.

Guarantees: equal events in equal order give equal rows, however they are cut into batches; what a
row needs from earlier batches comes from `Known`. Money is checked by the database, not here.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from fundtrail.chain.event import Event
from fundtrail.chain.event_types import (
    AgencySeated,
    Allotted,
    BatchSettled,
    ContractNamed,
    FeedAnchored,
    FeedLate,
    FeedOpened,
    FeedRotated,
    FundClosed,
    GovernorsSet,
    NoticePublished,
    OfficerRevoked,
    OfficerSeated,
    PassedOn,
    ProgrammeRegistered,
    Recalled,
    RunApproved,
    RunCancelled,
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
from ledger_service.contest_projection import UNSIGNED, Contests
from ledger_service.projected_rows import Known, KnownFund, KnownRun, Row, Rows, place


class Projection:
    """Rows of a range of blocks, by table."""

    def __init__(self, known: Known) -> None:
        self._rows, self._known = Rows(), known
        self._contests = Contests(self._rows, known)
        self._statement: StatementRecorded | None = None
        self._block = -1

    @property
    def rows(self) -> dict[str, list[Row]]:
        """What was taken so far, by table."""
        return self._rows.tables

    def take(self, event: Event) -> None:
        """Add the rows of one event."""
        if event.block != self._block:
            self._rows.add("blocks", event.block, event.block_time)
            self._block = event.block
        if isinstance(event, StatementRecorded):
            self._statement = event
            return
        if isinstance(event, GovernorsSet):
            self._take_governors(event)
            return
        if isinstance(event, UNSIGNED):
            self._contests.take_unsigned(event)
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
            where = (digest, *place(event), event.contract, event.transaction)
            self._rows.add("statements", *where, signers[digest], *_body(bodies.get(digest)))

    def _take(self, event: Event, act: bytes) -> None:
        match event:
            case AgencySeated() as e:
                name = e.name.replace("\0", "\ufffd")  # PostgreSQL's text holds no zero
                seat = (int(e.kind), e.parent or None, e.region, name)
                self._rows.add("agencies", e.agency, act, *seat)
            case OfficerSeated() as e:
                term = (e.valid_from, e.valid_until)
                self._rows.add("officers", e.key, act, e.agency, e.person, e.roles, *term)
            case OfficerRevoked() as e:
                self._rows.add("revocations", e.key, act, e.reason)
            case ProgrammeRegistered() as e:
                terms = (int(e.payee_kind), e.notice_seconds, list(e.ladder_fen), list(e.feeds))
                self._rows.add("programmes", e.programme, *place(e), act, e.agency, *terms)
            case FeedOpened() as e:
                self._rows.add("feeds", e.feed, act, e.agency, e.vkey_digest, e.cadence_seconds)
            case FeedRotated() as e:
                key = (e.vkey_digest, e.cadence_seconds)
                self._rows.add("feed_rotations", e.feed, *place(e), act, *key)
            case FeedAnchored() as e:
                self._rows.add("anchors", e.feed, e.size, act, e.root)
            case FeedLate() as e:
                self._rows.add("late_anchors", e.feed, *place(e), act, e.late_seconds)
            case NoticePublished() as e:
                tree = (e.root, e.total_fen, e.count)
                subject = (e.programme, e.agency, e.period)
                self._rows.add("notices", e.notice, act, *subject, *tree, e.opens_at, e.closes_at)
            case ContractNamed() as e:
                self._rows.add("contract_names", e.name, *place(e), act, e.at, e.succeeds)
            case _:
                self._take_money(event, act)

    def _take_money(self, event: Event, act: bytes) -> None:
        match event:
            case Allotted() as e:
                opened = KnownFund(programme=e.programme, year=e.year, parent=None)
                self._open_fund(e.fund, act, e.agency, opened)
                self._transfer(e, act, parent=None)
            case PassedOn() as e:
                above = self._known.funds[e.parent]
                opened = KnownFund(programme=above.programme, year=above.year, parent=e.parent)
                self._open_fund(e.fund, act, e.agency, opened)
                self._transfer(e, act, parent=e.parent)
            case Recalled() as e:
                self._take_back(e, act, e.amount_fen)
            case FundClosed() as e:
                self._take_back(e, act, e.returned_fen)
            case _:
                self._take_run(event, act)

    def _take_run(self, event: Event, act: bytes) -> None:
        match event:
            case RunPrepared() as e:
                self._known.runs[e.run] = KnownRun(fund=e.fund, total_fen=e.total_fen)
                cites = (e.fund, e.notice or None, e.reissue_of or None, e.period)
                self._rows.add("runs", e.run, act, *cites, e.root, e.total_fen, e.count)
                self._act(e, act, "prepare", Stage.PREPARED)
            case RunReviewed() as e:
                self._act(e, act, "review", Stage.REVIEWED)
            case RunApproved() as e:
                last = e.approvals == e.required
                self._act(e, act, "approve", Stage.APPROVED if last else Stage.REVIEWED)
                if last:
                    self._commit(e)
            case RunReleased() as e:
                self._act(e, act, "release", Stage.RELEASED, bank=e.bank)
            case BatchSettled() as e:
                tree = (e.kind, e.root, e.total_fen, e.count)
                self._rows.add("batches", e.batch, *place(e), act, e.run, *tree)
                self._act(e, act, "settle", Stage.RELEASED, batch=e.batch)
                back_to = "paid" if e.kind == TreeKind.CREDITED else "available"
                fund = self._known.runs[e.run].fund
                self._rows.move(e, fund, "committed", back_to, e.total_fen)
            case RunSettled() as e:
                self._settle_last_act(e)
            case RunRejected() as e:
                self._act(e, act, "reject", Stage.REJECTED)
            case RunCancelled() as e:
                self._act(e, act, "cancel", Stage.CANCELLED)
                self._uncommit(e)
            case _:
                self._contests.take(event, act)

    def _take_governors(self, event: GovernorsSet) -> None:
        recorded = self._statement
        act = recorded.statement if recorded and _together(recorded, event) else None
        sets = (event.threshold, list(event.keys), list(event.agencies))
        self._rows.add("governor_sets", *place(event), act, *sets)

    def _open_fund(self, code: str, act: bytes, agency: str, fund: KnownFund) -> None:
        if code in self._known.funds:
            return
        self._known.funds[code] = fund
        self._rows.add("funds", code, act, fund.programme, fund.year, agency, fund.parent)

    def _transfer(self, event: Allotted | PassedOn, act: bytes, *, parent: str | None) -> None:
        amount = event.amount_fen
        self._rows.add("transfers", event.id, *place(event), act, parent, event.fund, amount)
        self._rows.post(event, event.fund, "granted", amount)
        self._rows.post(event, event.fund, "available", amount)
        if parent:
            self._rows.post(event, parent, "passed_on", amount)
            self._rows.post(event, parent, "available", -amount)

    def _take_back(self, event: Recalled | FundClosed, act: bytes, amount_fen: int) -> None:
        """Money goes back up; at the top, where there is no other side, it lapses."""
        parent = self._known.funds[event.fund].parent
        back = (event.fund, parent, amount_fen, isinstance(event, FundClosed))
        self._rows.add("takebacks", event.id, *place(event), act, *back)
        self._rows.post(event, event.fund, "granted", -amount_fen)
        self._rows.post(event, event.fund, "available", -amount_fen)
        if parent:
            self._rows.move(event, parent, "passed_on", "available", amount_fen)

    def _act(self, event: Any, statement: bytes, act: str, stage: Stage, **of: str) -> None:
        acted = (int(stage), event.officer, of.get("bank"), of.get("batch"))
        self._rows.add("run_acts", event.run, *place(event), statement, act, *acted)

    def _settle_last_act(self, event: RunSettled) -> None:
        """RunSettled follows the BatchSettled of the same act and says what stage it led to."""
        *which, act, _, officer, bank, batch = self.rows["run_acts"][-1]
        if which[0] != event.run or act != "settle":
            raise ChainError(f"block {event.block}: expected a batch of {event.run} before")
        self.rows["run_acts"][-1] = (*which, act, int(Stage.SETTLED), officer, bank, batch)

    def _commit(self, event: RunApproved) -> None:
        run = self._known.runs[event.run]
        run.committed = True
        self._rows.move(event, run.fund, "available", "committed", run.due_fen)
        self._rows.post(event, run.fund, "held", run.held_fen)

    def _uncommit(self, event: RunCancelled) -> None:
        run = self._known.runs.pop(event.run)
        if run.committed:
            self._rows.move(event, run.fund, "committed", "available", run.due_fen)
            self._rows.post(event, run.fund, "held", -run.held_fen)

    def _statement_of(self, event: Event) -> bytes:
        recorded = self._statement
        if recorded is None or not _together(recorded, event):
            raise ChainError(f"block {event.block}: expected a statement before {event}")
        return recorded.statement


def _together(recorded: StatementRecorded, event: Event) -> bool:
    return (recorded.transaction, recorded.contract) == (event.transaction, event.contract)


def _body(recorded: RecordedStatement | None) -> Row:
    if recorded is None:
        return (None,) * 5
    statement: Any = recorded.signed.statement
    basis = statement.basis
    evidence = basis.evidence if basis.evidence != ZERO32 else None
    cited = (evidence, basis.document, basis.signed_at)
    return (statement.type_name(), *cited, recorded.to_line())
