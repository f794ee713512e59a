"""From parsed values to a record: public fields, one salted commitment per group, openings.

Guarantees: a record holds no personal value, only commitments with fresh random salts; what opens
them is encrypted under the person's key at once.
"""

import os
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fundtrail.ids import duty_id, payee_ref, payment_id
from fundtrail.openings import Opening, SealedOpening, seal_opening
from fundtrail.records import KINDS, Provenance, Record
from oracles.identity import ResidentId
from oracles.mapping import Mapping, fill
from oracles.value import Parsed, plain_text

Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Who a row speaks of: the pseudonym, the key, and the payment id where it has one already."""

    reference: bytes
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """A record's canonical bytes and the openings of its commitments."""

    record: bytes
    fields: Table[str, Any]
    openings: tuple[SealedOpening, ...]


class Committer:
    """Commits the rows of one file. `told` and `agency` fill templates; `random` makes salts."""

    def __init__(
        self,
        mapping: Mapping,
        provenance: Provenance,
        told: Table[str, str],
        agency: str,
        random: Random = os.urandom,
    ) -> None:
        self._mapping, self._provenance, self._random = mapping, provenance, random
        self._known = {**told, "agency": agency}
        first = f"{told['period']}-01" if "period" in told else ""
        self._first_day = date.fromisoformat(first) if first else None
        self._kinds = KINDS[mapping.record]

    def commit(self, values: Table[str, Parsed], row: int, payee: Payee | None) -> Committed:
        """The record of one row. Raises RecordError where the mapping makes none of its kind."""
        sealed = tuple(self._sealed(values, payee)) if payee else ()
        fields = self._fields(values, payee)
        record = Record(
            kind=self._mapping.record,
            fields=fields,
            commitments={opening.group: opening.commitment.hex() for opening in sealed},
            provenance=replace(self._provenance, row=row),
        )
        return Committed(record=record.to_bytes(), fields=fields, openings=sealed)

    def payee_identity(self, values: Table[str, Parsed]) -> str:
        """`cn-id:…` or `cn-org:…`, empty where the mapping has no payee column."""
        value = values.get(self._mapping.payee, "")
        return value.payee if isinstance(value, ResidentId) else str(value)

    def _sealed(self, values: Table[str, Parsed], payee: Payee) -> Iterator[SealedOpening]:
        for group, names in self._mapping.groups.items():
            value = {name: plain_text(values[name]) for name in names}
            opening = Opening(group=group, salt=self._random(32), value=value)
            yield seal_opening(opening, payee.reference, payee.key, self._random(12))

    def _fields(self, values: Table[str, Parsed], payee: Payee | None) -> dict[str, Any]:
        known: dict[str, Any] = {**self._known, **values}
        known["payee_ref"] = payee.reference.hex() if payee else ""
        person = values.get(self._mapping.payee)
        if self._first_day and isinstance(person, ResidentId):
            known["age"] = person.age_on(self._first_day)
        return {
            name: self._typed(fill(template, known), self._kinds[name])
            for name, template in self._mapping.fields.items()
        }

    @staticmethod
    def _typed(value: Any, kind: str) -> Any:
        if isinstance(value, ResidentId):
            return value.number
        return str(value) if kind == "money" else value


def entitlement_payment(fields: Table[str, Any], payee: str, programme_key: bytes) -> bytes:
    """The payment id of an entitlement's fields (H07 over its duty)."""
    duty = duty_id(
        programme_key,
        programme=fields["programme"],
        element=fields["element"],
        period=fields["period"],
        payee=payee,
    )
    return payment_id(duty, fields["attempt"])


def reference_of(payee: str, linkage_key: bytes) -> bytes:
    """The payee reference of an identity."""
    return payee_ref(linkage_key, payee)
