"""The payments of a scenario, and their lines as rosters, runs and banks have them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fundtrail.evidence import EvidenceLine
from fundtrail.ids import duty_id, payee_ref, payment_id
from tests.scenario.cast import (
    BANDS,
    BANK,
    PERIOD,
    PROGRAMME,
    age,
    openings,
    outcome,
    payee,
    secret,
)
from tests.scenario.folder import record_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One line that stands in a run. `payee` is the identity behind it and stays in the test."""

    street: str
    run: str
    notice: str
    application: str
    payee: str
    payment_id: bytes
    amount_fen: int
    attempt: int
    outcome: str  # credited, returned, or empty while the bank has not answered


def payment(street: str, number: int, attempt: int) -> Payment:
    """The payment of one elder."""
    run = f"{street}-OAA-{PERIOD}"
    duty = duty_id(
        secret("programme"),
        programme=PROGRAMME,
        element="base",
        period=PERIOD,
        payee=payee(street, number),
    )
    return Payment(
        street=street,
        run=f"{run}-R{attempt}" if attempt else run,
        notice=f"{run}-N",
        application=f"{street}-{number:04d}",
        payee=payee(street, number),
        payment_id=payment_id(duty, attempt),
        amount_fen=_band(number)[2],
        attempt=attempt,
        outcome=outcome(street, number, attempt),
    )


def entitlements(
    street: str, name: str, digest: bytes, people: Sequence[int], attempt: int
) -> Iterator[EvidenceLine]:
    """The lines of `people` as the file `name` has them in its rows."""
    for row, number in enumerate(people, 2):
        made = payment(street, number, attempt)
        low, high, _ = _band(number)
        fields = {
            "age": age(number),
            "application": made.application,
            "attempt": attempt,
            "band": f"{low}-{high}",
            "element": "base",
            "payee_ref": payee_ref(secret("linkage"), made.payee).hex(),
            "period": PERIOD,
            "programme": PROGRAMME,
            "region": street,
        }
        held = {o.group: o.commitment.hex() for o in openings(street, number, name)}
        record = record_of("entitlement", fields, digest, row=row, commitments=held)
        yield EvidenceLine(payment_id=made.payment_id, amount_fen=made.amount_fen, record=record)


def bank_results(digest: bytes, paid: Sequence[Payment]) -> Iterator[EvidenceLine]:
    """The lines that the bank reports, all credited or all returned."""
    for row, made in enumerate(paid, 2):
        fields = {
            "application": made.application,
            "bank": BANK,
            "booked_on": "2026-10-10",
            "outcome": made.outcome,
            "reason": "AC04" if made.outcome == "returned" else "",
            "run": made.run,
        }
        record = record_of("bank-result", fields, digest, row=row)
        yield EvidenceLine(payment_id=made.payment_id, amount_fen=made.amount_fen, record=record)


def _band(number: int) -> tuple[int, int, int]:
    return next(band for band in BANDS if band[0] <= age(number) <= band[1])
