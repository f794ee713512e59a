"""From the events that contest money to rows: holds, disputes, challenges, recoveries.

Guarantees: what an event follows from is its own code: a dispute's for lines, a challenge's for
blocks, a receivable's for recovered money. Those rows cite no statement, because anyone may have
caused them; the acts that officers signed do.
"""

from fundtrail.chain.event import Event
from fundtrail.chain.event_types import (
    AppealDecided,
    ChallengeClosed,
    DisputeAppealed,
    DisputeConcluded,
    DisputeDecided,
    DisputeOpened,
    FraudProven,
    LineFreed,
    LineHeld,
    LineStruck,
    MoneyRecovered,
    RecoveryClosed,
    RecoveryOrdered,
    RecoveryReceived,
    ReissueAllowed,
    ReissueOrdered,
    RunBlocked,
    RunHeld,
    RunLifted,
    RunUnblocked,
)
from fundtrail.errors import ChainError
from fundtrail.ids import ZERO32, code_from_bytes32
from fundtrail.sum_tree import TreeKind
from ledger_service.projected_rows import Known, Rows, place

# Events that no signed statement need stand behind, or one for another contract.
UNSIGNED = (
    DisputeConcluded,
    FraudProven,
    LineFreed,
    LineHeld,
    LineStruck,
    MoneyRecovered,
    ReissueAllowed,
    RunBlocked,
    RunUnblocked,
)


_OfLine = LineHeld | LineFreed | LineStruck | ReissueAllowed


class Contests:
    """Adds the rows of contests to `rows`."""

    def __init__(self, rows: Rows, known: Known) -> None:
        self._rows, self._known = rows, known

    def take_unsigned(self, event: Event) -> None:
        """Add the rows of an event of UNSIGNED."""
        match event:
            case LineHeld() | LineFreed() | LineStruck():
                self._take_line(event)
            case ReissueAllowed() as e:
                self._line_act(e, "reissue-allowed")
                # A disputed line is a returned batch without a root, as in the contract.
                tree = (int(TreeKind.RETURNED), None, e.amount_fen, 1)
                self._rows.add("batches", e.dispute, *place(e), None, e.run, *tree)
            case DisputeConcluded() as e:
                self._dispute_act(e, None, "conclude", None, int(e.outcome))
            case FraudProven() as e:
                trees = (_code(e.one), _code(e.other))
                proven = (e.run, int(e.kind), *trees, _or_none(e.payment_id))
                self._rows.add(
                    "challenges", e.challenge, *place(e), *proven, e.blocked, e.submitter
                )
            case RunBlocked() as e:
                self._rows.add("run_blocks", e.run, e.challenge, *place(e), "block")
            case RunUnblocked() as e:
                self._rows.add("run_blocks", e.run, e.challenge, *place(e), "unblock")
            case MoneyRecovered() as e:
                amount = (e.run, e.fund, e.amount_fen)
                self._rows.add("recoveries", e.receivable, *place(e), *amount)
                self._rows.post(e, e.fund, "recovered", e.amount_fen)
                self._rows.post(e, e.fund, "available", e.amount_fen)

    def take(self, event: Event, act: bytes) -> None:
        """Add the rows of an event that the statement `act` caused."""
        match event:
            case RunHeld() as e:
                self._hold(e, act, "hold", e.until)
            case RunLifted() as e:
                self._hold(e, act, "lift", None)
            case DisputeOpened() as e:
                line = (e.run, e.payment_id, e.amount_fen, e.held, e.agency, e.reason)
                self._rows.add("disputes", e.dispute, *place(e), act, *line)
            case DisputeDecided() as e:
                told = (int(e.outcome), e.reason, e.appeal_until)
                self._dispute_act(e, act, "decide", e.agency, *told)
            case DisputeAppealed() as e:
                self._dispute_act(e, act, "appeal", e.agency, None, e.reason)
            case AppealDecided() as e:
                self._dispute_act(e, act, "decide-appeal", e.agency, int(e.outcome), e.reason)
            case ReissueOrdered() as e:
                self._dispute_act(e, act, "order-reissue", e.agency, None, None, None, e.amount_fen)
            case ChallengeClosed() as e:
                self._rows.add("challenge_acts", e.challenge, *place(e), act, e.agency, e.reason)
            case _:
                self._take_recovery(event, act)

    def _take_recovery(self, event: Event, act: bytes) -> None:
        match event:
            case RecoveryOrdered() as e:
                due = (e.cause, e.run, e.payment_id, e.amount_fen, e.agency)
                self._rows.add("receivables", e.receivable, *place(e), act, *due)
            case RecoveryReceived() as e:
                received = (e.receivable, e.amount_fen, e.agency)
                self._rows.add("receipts", e.receipt, *place(e), act, *received)
            case RecoveryClosed() as e:
                ended = (int(e.stage), _or_none(e.reason))
                self._rows.add("recovery_closings", e.receivable, *place(e), act, *ended)
            case _:
                raise ChainError(f"expected an event that is projected, got {event}")

    def _take_line(self, event: LineHeld | LineFreed | LineStruck) -> None:
        """A held line stays committed and is shown apart; a struck one is available again."""
        run, amount_fen = self._known.runs[event.run], event.amount_fen
        held_fen = amount_fen if isinstance(event, LineHeld) else -amount_fen
        run.held_fen += held_fen
        if run.committed:
            self._rows.post(event, run.fund, "held", held_fen)
        if isinstance(event, LineStruck):
            run.struck_fen += amount_fen
            if run.committed:
                self._rows.move(event, run.fund, "committed", "available", amount_fen)
        self._line_act(event, type(event).__name__.removeprefix("Line").lower())

    def _hold(
        self, event: RunHeld | RunLifted, statement: bytes, act: str, until: int | None
    ) -> None:
        told = (event.agency, act, until, event.reason, event.officer)
        self._rows.add("holds", event.run, *place(event), statement, *told)

    def _line_act(self, event: _OfLine, act: str) -> None:
        where = (event.dispute, *place(event), event.run)
        self._rows.add("line_acts", *where, act, event.amount_fen)

    def _dispute_act(
        self,
        event: DisputeDecided | DisputeAppealed | AppealDecided | DisputeConcluded | ReissueOrdered,
        statement: bytes | None,
        act: str,
        agency: str | None,
        outcome: int | None = None,
        reason: bytes | None = None,
        appeal_until: int | None = None,
        amount_fen: int | None = None,
    ) -> None:
        told = (act, agency, outcome, reason, appeal_until, amount_fen)
        self._rows.add("dispute_acts", event.dispute, *place(event), statement, *told)


def _code(word: bytes) -> str:
    return code_from_bytes32(word)


def _or_none(digest: bytes) -> bytes | None:
    return digest if digest != ZERO32 else None
