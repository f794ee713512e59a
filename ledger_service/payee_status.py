"""What the payee reads: did the money come, and if not, why, what to do and who to call.

Words of the payee, not of the office. Nobody is looked up here: the caller has shown a code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from fundtrail.enums import Stage
from fundtrail.money import yuan
from fundtrail.records import record_from_bytes
from fundtrail.sum_tree import TreeKind
from ledger_service import queries, words
from ledger_service.errors import NotFound
from ledger_service.finding import Finding, day_of
from ledger_service.held_up import held_up
from ledger_service.models import PaymentStatus, Words
from ledger_service.queries import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who to call, by agency code, else the hotline; and how long banks take."""

    contacts: Mapping[str, str]
    hotline: str
    bank_days: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The answer without its token."""

    programme: str
    payments: list[PaymentStatus]


_STOPPED: Mapping[Stage, tuple[Words, Words]] = {
    Stage.REJECTED: words.REJECTED,
    Stage.CANCELLED: words.CANCELLED,
}


def payee_status(
    connection: Connection, notice: str, payment_id: bytes, desk: Desk, now: datetime
) -> Status:
    """The status of the roster line `payment_id` of `notice` at `now`, the latest attempt first."""
    roster = [
        row
        for row in queries.places(connection, payment_id)
        if (row["kind"], row["subject"]) == (TreeKind.ROSTER, notice)
    ]
    if not roster:
        raise NotFound("roster line of", notice)

    shown = queries.notice(connection, notice)
    attempts = queries.attempts(connection, roster[0]["duty"])
    found = [(row, _of_run_line(connection, row, desk, now)) for row in attempts]
    if not found:
        found = [(roster[0], _not_in_a_run(connection, shown))]
    contact = _contact(shown, desk)
    payments = [_payment(row, finding, contact) for row, finding in found]
    payments.sort(key=lambda payment: payment.attempt, reverse=True)
    return Status(programme=shown["programme"], payments=payments)


def _payment(row: Row, finding: Finding, contact: Words) -> PaymentStatus:
    fields = record_from_bytes(row["record"]).fields
    return PaymentStatus(
        state=finding.state,
        amount_fen=row["amount_fen"],
        amount_yuan=yuan(int(row["amount_fen"])),
        period=fields["period"],
        date=finding.date,
        date_means=finding.date_means,
        reason=finding.reason,
        action=finding.action,
        contact=contact,
        attempt=fields["attempt"],
    )


def _of_run_line(connection: Connection, row: Row, desk: Desk, now: datetime) -> Finding:
    acts = queries.acts(connection, row["subject"])
    batches = {act["batch"] for act in acts if act["batch"]}
    answers = [
        place
        for place in queries.places(connection, row["payment_id"])
        if place["subject"] in batches and place["kind"] in (TreeKind.CREDITED, TreeKind.RETURNED)
    ]
    if answers:
        return _answered(answers)

    stage = Stage(acts[-1]["stage"])
    if held := held_up(connection, row, stage, now):
        return held
    if stage in (Stage.RELEASED, Stage.SETTLED):
        released = next(act for act in acts if act["act"] == "release")
        means = words.DATE_RELEASED
        usual = Words(zh=means.zh.format(desk.bank_days), en=means.en.format(desk.bank_days))
        return _waiting(words.WITH_THE_BANK, day_of(released["time"]), usual)
    reason, action = _STOPPED.get(stage, (None, words.NOTHING_TO_DO))
    return Finding(
        state=words.BEING_PREPARED,
        date=day_of(acts[0]["time"]),
        date_means=words.DATE_PREPARED,
        reason=reason,
        action=action,
    )


def _answered(answers: Sequence[Row]) -> Finding:
    """What the bank said; a return weighs more where it said both."""
    answer = max(answers, key=lambda place: int(place["kind"]))
    fields: Mapping[str, Any] = record_from_bytes(answer["record"]).fields
    if answer["kind"] == TreeKind.CREDITED:
        return Finding(
            state=words.PAID,
            date=fields["booked_on"],
            date_means=words.DATE_PAID,
            reason=None,
            action=words.CHECK_ACCOUNT,
        )
    reason, action = words.REASONS.get(fields["reason"], words.NO_REASON)
    return Finding(
        state=words.RETURNED,
        date=fields["booked_on"],
        date_means=words.DATE_RETURNED,
        reason=reason,
        action=action,
    )


def _not_in_a_run(connection: Connection, notice: Row) -> Finding:
    if queries.proved_first_runs(connection, notice["code"]):
        reason, action = words.NOT_IN_RUN
        return Finding(
            state=words.ON_HOLD,
            date=day_of(notice["closes_at"]),
            date_means=words.DATE_NOTICE_ENDS,
            reason=reason,
            action=action,
        )
    return _waiting(words.BEING_PREPARED, day_of(notice["closes_at"]), words.DATE_NOTICE_ENDS)


def _waiting(state: Words, date: str, means: Words) -> Finding:
    return Finding(
        state=state, date=date, date_means=means, reason=None, action=words.NOTHING_TO_DO
    )


def _contact(notice: Row, desk: Desk) -> Words:
    name = notice["agency_name"]
    number = desk.contacts.get(notice["agency_code"], desk.hotline)
    return words.both(f"{name},电话 {number}", f"{name}, telephone {number}")
