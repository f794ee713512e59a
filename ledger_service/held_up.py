"""Why a payment that the bank has not answered is on hold: its own line, or its whole list.

A line that a dispute holds weighs more than a list that is examined. What was released before the
dispute goes on. Nothing here says who objected, nor what was found.
"""

from datetime import datetime

from sqlalchemy import Connection

from fundtrail.enums import DisputeStage, Stage
from ledger_service import contest_queries, words
from ledger_service.finding import Finding, day_of
from ledger_service.models import Words
from ledger_service.queries import Row

_BEFORE_RELEASE = (Stage.PREPARED, Stage.REVIEWED, Stage.APPROVED)
_ENDED = (Stage.REJECTED, Stage.CANCELLED)


def held_up(connection: Connection, line: Row, stage: Stage, now: datetime) -> Finding | None:
    """Why the run's line is on hold at `now`; None where it is not."""
    if stage in _ENDED:
        return None
    if disputed := _disputed(connection, line):
        return disputed
    if stage in _BEFORE_RELEASE:
        return _list_stopped(connection, line["subject"], now)
    return None


def _disputed(connection: Connection, line: Row) -> Finding | None:
    for dispute in reversed(contest_queries.disputes(connection, line["subject"])):
        if dispute["payment_id"] != line["payment_id"]:
            continue
        if dispute["line"] == "held":
            return _in_dispute(dispute)
        if dispute["line"] in ("struck", "reissue-allowed") and dispute["taken_out"]:
            day = day_of(dispute["time"])
            return _on_hold(words.LINE_STRUCK, day, words.DATE_STRUCK)
    return None


def _in_dispute(dispute: Row) -> Finding:
    match DisputeStage(dispute["stage"]):
        case DisputeStage.DECIDED:
            day = day_of(dispute["appeal_until"])
            return _on_hold(words.IN_DISPUTE, day, words.DATE_APPEAL_UNTIL)
        case DisputeStage.APPEALED:
            return _on_hold(words.IN_DISPUTE, None, words.DATE_UNTIL_APPEAL_DECIDED)
        case _:
            return _on_hold(words.IN_DISPUTE, None, words.DATE_UNTIL_DECIDED)


def _list_stopped(connection: Connection, run: str, now: datetime) -> Finding | None:
    if contest_queries.standing_blocks(connection, run):
        return _on_hold(words.LIST_BLOCKED, None, words.DATE_UNTIL_LIFTED)
    holds = contest_queries.standing_holds(connection, run, int(now.timestamp()))
    if not holds:
        return None
    until = holds[0]["until"]
    if not until:
        return _on_hold(words.LIST_HELD, None, words.DATE_UNTIL_LIFTED)
    return _on_hold(words.LIST_HELD, day_of(until), words.DATE_HELD_UNTIL)


def _on_hold(why: tuple[Words, Words], date: str | None, date_means: Words) -> Finding:
    reason, action = why
    return Finding(
        state=words.ON_HOLD, date=date, date_means=date_means, reason=reason, action=action
    )
