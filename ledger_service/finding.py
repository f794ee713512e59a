"""How one payment stands, in the words of the payee."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ledger_service.models import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one attempt stands; `date_means` says what the date is, or why there is none."""

    state: Words
    date: str | None
    date_means: Words
    reason: Words | None
    action: Words


def day_of(seconds: int) -> str:
    """The day of a second since 1970 UTC; those past the year 9999 are its last day."""
    return f"{datetime.fromtimestamp(min(int(seconds), 253_402_300_799), UTC):%Y-%m-%d}"
