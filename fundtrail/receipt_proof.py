"""The proof of one receipt, statement by statement; `fundtrail.receipts` drives it.

Each statement must find what it follows. The numbers are those of `fundtrail.receipts`.
"""

from dataclasses import dataclass, field

from fundtrail.enums import AgencyKind, Role
from fundtrail.errors import AuthorityError, ReceiptError
from fundtrail.receipt_document import Receipt, ReceiptLine
from fundtrail.records import record_from_bytes
from fundtrail.seats import GOVERNANCE, Seat, Seats
from fundtrail.signed_statements import RecordedStatement
from fundtrail.statements import (
    Approve,
    Prepare,
    PublishNotice,
    RegisterProgramme,
    Release,
    Review,
    Settle,
    Statement,
)
from fundtrail.sum_tree import TreeKind, verify_inclusion


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A proven act: the statement and the officer's seat."""

    recorded: RecordedStatement
    seat: Seat

    @property
    def statement(self) -> Statement:
        """What was signed."""
        return self.recorded.signed.statement


@dataclass(slots=True, kw_only=True)
class ReceiptProof:
    """The state of one verification."""

    receipt: Receipt
    seats: Seats
    acts: list[Act] = field(default_factory=list)
    _people: set[int] = field(default_factory=set)
    _programme: str = ""
    _notice: PublishNotice | None = None
    _publisher: str = ""
    _prepare: Prepare | None = None
    _agency: str = ""
    _reviewed: bool = False
    _approvals: int = 0
    _release: Release | None = None
    _left_fen: int = 0
    _settled: set[str] = field(default_factory=set)

    def take(self, recorded: RecordedStatement) -> None:
        """Prove one statement. Raises ReceiptError, AuthorityError, SignatureError, ProofError."""
        act = recorded.signed.statement
        if isinstance(act, GOVERNANCE):
            return self.seats.record(recorded.signed)  # (1)

        match act:
            case PublishNotice():
                seat = self.seats.signer(recorded.signed, Role.PUBLISH)
                self._take_notice(act, seat)
            case Prepare():
                seat = self.seats.signer(recorded.signed, Role.PREPARE)
                self._take_prepare(act, seat)
            case Review():
                seat = self.seats.signer(recorded.signed, Role.REVIEW)
                self._take_review(act, seat)
            case Approve():
                seat = self.seats.signer(recorded.signed, Role.APPROVE)
                self._take_approval(act, seat)
            case Release():
                seat = self.seats.signer(recorded.signed, Role.TREASURY)
                self._take_release(act, seat)
            case Settle():
                seat = self.seats.signer(recorded.signed, Role.BANK)
                self._take_settlement(act, seat)
            case _:
                raise ReceiptError(f"statements: expected acts on one run, got {act.type_name()}")
        self.acts.append(Act(recorded=recorded, seat=seat))
        return None

    def finish(self) -> None:
        """Require that the run was prepared and that every batch line has its statement."""
        if self._prepare is None:
            raise ReceiptError("statements: expected a Prepare of the run, got none")
        named = [batch.batch for batch in self.receipt.batches]
        if sorted(named) != sorted(self._settled):
            raise ReceiptError(f"batches: expected those of Settle {self._settled}, got {named}")

    def _take_notice(self, act: PublishNotice, seat: Seat) -> None:  # (2)
        if self._notice is not None or self._prepare is not None:
            raise ReceiptError("statements: expected one PublishNotice, before Prepare")
        self.seats.require_current(act)
        _require_kind(act, seat, AgencyKind.PROGRAMME)
        asked, shown = self._terms(act.programme).notice_seconds, act.closes_at - act.opens_at
        if shown < asked:
            raise ReceiptError(f"PublishNotice: expected {asked} seconds of notice, got {shown}")
        if act.opens_at < act.basis.signed_at:
            raise ReceiptError("PublishNotice: expected a notice that opens after it was signed")
        self._notice, self._publisher = act, seat.agency

    def _take_prepare(self, act: Prepare, seat: Seat) -> None:  # (3), (7)
        if self._prepare is not None or act.run != self.receipt.run:
            raise ReceiptError(f"statements: expected one Prepare of {self.receipt.run}")
        self.seats.require_current(act)
        record = record_from_bytes(self.receipt.line.record)
        if record.kind != "entitlement" or record.fields["period"] != act.period:
            raise ReceiptError(f"line: expected an entitlement of {act.period}")
        self._programme = str(record.fields["programme"])
        self._require_notice(act, seat)
        _require_line(self.receipt.line, act, TreeKind.RUN)
        self._prepare, self._agency = act, seat.agency
        self._act_once(act, seat)

    def _require_notice(self, act: Prepare, seat: Seat) -> None:
        asked = self._terms(self._programme).notice_seconds
        shown = self._notice
        if shown is None and not act.notice and not asked:
            return
        if shown is None or shown.notice != act.notice:
            raise ReceiptError(f"Prepare: expected the PublishNotice of {act.notice or 'a notice'}")
        if (shown.programme, shown.period) != (self._programme, act.period):
            raise ReceiptError(f"PublishNotice: expected {self._programme} {act.period}")
        if shown.closes_at > act.basis.deadline:
            raise ReceiptError(f"Prepare: expected a time after the notice, {shown.closes_at}")
        if self._publisher != seat.agency:
            raise AuthorityError(f"Prepare: expected {self._publisher}, got {seat.agency}")

    def _take_review(self, act: Review, seat: Seat) -> None:  # (4)
        self._require_judged(act, seat)
        if self._reviewed:
            raise ReceiptError("statements: expected one Review")
        self._reviewed = True
        self._act_once(act, seat)

    def _take_approval(self, act: Approve, seat: Seat) -> None:  # (4)
        prepared = self._require_judged(act, seat)
        if not self._reviewed or self._approvals == self._required(prepared):
            raise ReceiptError(f"statements: expected {self._required(prepared)} Approve, reviewed")
        self._approvals += 1
        self._act_once(act, seat)

    def _require_judged(self, act: Review | Approve, seat: Seat) -> Prepare:
        prepared = self._prepared(act, act.run)
        if (act.root, act.total_fen) != (prepared.root, prepared.total_fen):
            raise ReceiptError(f"{act.type_name()}: expected the root and the total of Prepare")
        if not self.seats.answers_to(self._agency, seat.agency):
            raise AuthorityError(
                f"{act.type_name()}: expected {self._agency} or one above it, got {seat.agency}"
            )
        return prepared

    def _take_release(self, act: Release, seat: Seat) -> None:  # (4)
        prepared = self._prepared(act, act.run)
        if self._release is not None or self._approvals != self._required(prepared):
            raise ReceiptError(
                f"Release: expected {self._required(prepared)} approvals, got {self._approvals}"
            )
        if seat.agency == self._agency:
            raise AuthorityError(f"Release: expected another agency than {seat.agency}")
        _require_kind(act, seat, AgencyKind.TREASURY)
        if self.seats.kind(act.bank) != AgencyKind.BANK:
            raise AuthorityError(f"Release: expected a bank, got {act.bank}")
        if not 0 < act.amount_fen <= prepared.total_fen:  # less where disputes took lines out
            raise ReceiptError(
                f"Release: expected 1 to {prepared.total_fen} fen, got {act.amount_fen}"
            )
        self._release, self._left_fen = act, act.amount_fen
        self._act_once(act, seat)

    def _take_settlement(self, act: Settle, seat: Seat) -> None:  # (5), (7)
        self._prepared(act, act.run)
        if self._release is None:
            raise ReceiptError("statements: expected a Release before Settle")
        if seat.agency != self._release.bank:
            raise AuthorityError(f"Settle: expected {self._release.bank}, got {seat.agency}")
        line = next((b.line for b in self.receipt.batches if b.batch == act.batch), None)
        if line is None or line.payment_id != self.receipt.line.payment_id:
            raise ReceiptError(f"batches: expected a line of this payment in {act.batch}")
        fields = record_from_bytes(line.record).fields
        outcome = TreeKind(act.kind).name.lower()
        if (fields.get("run"), fields.get("outcome")) != (act.run, outcome):
            raise ReceiptError(f"{act.batch}: expected a bank result of {act.run}, {outcome}")
        _require_line(line, act, TreeKind(act.kind))
        if act.total_fen > self._left_fen:
            raise ReceiptError(
                f"Settle: expected at most {self._left_fen} fen of the voucher, got {act.total_fen}"
            )
        self._left_fen -= act.total_fen
        self._settled.add(act.batch)
        self._require_new_person(act, seat)  # one bank officer may report several batches

    def _prepared(self, act: Statement, run: str) -> Prepare:
        if self._prepare is None or run != self._prepare.run:
            raise ReceiptError(f"{act.type_name()}: expected a Prepare of {run} before it")
        return self._prepare

    def _required(self, prepared: Prepare) -> int:
        ladder = self._terms(self._programme).ladder_fen
        return 1 + sum(step <= prepared.total_fen for step in ladder)

    def _terms(self, programme: str) -> RegisterProgramme:
        if programme not in self.seats.programmes:
            raise ReceiptError(f"statements: expected RegisterProgramme of {programme}")
        return self.seats.programmes[programme]

    def _act_once(self, act: Statement, seat: Seat) -> None:
        self._require_new_person(act, seat)
        self._people.add(seat.person)

    def _require_new_person(self, act: Statement, seat: Seat) -> None:  # (6)
        if seat.person in self._people:
            raise AuthorityError(f"{act.type_name()}: expected a person who has not acted yet")


def _require_kind(act: Statement, seat: Seat, kind: AgencyKind) -> None:
    if seat.agency_kind != kind:
        raise AuthorityError(
            f"{act.type_name()}: expected an agency of kind {kind.en}, "
            f"got {seat.agency} ({seat.agency_kind.en})"
        )


def _require_line(line: ReceiptLine, act: Prepare | Settle, kind: TreeKind) -> None:
    verify_inclusion(
        line.line(),
        line.inclusion,
        kind=kind,
        root=act.root,
        total_fen=act.total_fen,
        count=act.count,
    )
