"""Planted against found: every fault put in must be found, and nothing else may be.

The subjects of the audit are payment ids; the city knows persons. The programme's key, which the
demonstration holds, turns one into the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from demo.city import City, Expected, Planted
from fundtrail.ids import duty_id, payment_id

Sighting = tuple[str, str]
"""(rule, subject): `("F01", "payment:…")` or `("id-number-checksum", "civil/roster/….xlsx:17")`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One planted fault, how many findings it must cause, and how many of them are there."""

    planted: Planted
    expected: frozenset[Sighting]
    missed: frozenset[Sighting]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The table, and what was found that nobody planted."""

    rows: tuple[Row, ...]
    invented: frozenset[Sighting]

    @property
    def holds(self) -> bool:
        """No fault missed and none invented."""
        return not self.invented and not any(row.missed for row in self.rows)


def compare(
    city: City, planted: Iterable[Planted], programme_key: bytes, found: frozenset[Sighting]
) -> Comparison:
    """Set what was planted against what was found."""
    rows = []
    for fault in planted:
        expected = frozenset(
            _sighting(city, expectation, programme_key) for expectation in fault.expect
        )
        rows.append(Row(planted=fault, expected=expected, missed=expected - found))
    known = frozenset(sighting for row in rows for sighting in row.expected)
    return Comparison(rows=tuple(rows), invented=found - known)


def audit_sightings(report: Mapping[str, Any]) -> frozenset[Sighting]:
    """The findings of an audit report."""
    return frozenset((finding["rule"], finding["subject"]) for finding in report["findings"])


def quarantine_sightings(rows: Iterable[tuple[str, str, int | None]]) -> frozenset[Sighting]:
    """(rule, file, row) of the oracles' quarantine; row None speaks of the whole file."""
    return frozenset((rule, _place(file, row)) for rule, file, row in rows)


def _sighting(city: City, expectation: Expected, programme_key: bytes) -> Sighting:
    if expectation.where == "quarantine":
        return expectation.rule, _place(expectation.file or "", expectation.row)
    payment = payment_of(city, expectation.id_number or "", programme_key)
    return expectation.rule, f"payment:{payment.hex()}"


def payment_of(city: City, id_number: str, programme_key: bytes) -> bytes:
    """The payment id of a person's month, first attempt."""
    duty = duty_id(
        programme_key,
        programme=city.policy.programme,
        element=city.policy.element,
        period=city.month,
        payee=f"cn-id:{id_number}",
    )
    return payment_id(duty, 0)


def _place(file: str, row: int | None) -> str:
    return file if row is None else f"{file}:{row}"
