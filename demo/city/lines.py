"""The lines of one street's month: who is on the roster, for how much, and what the bank did.

One line is made at a time from the plan; nothing is kept. About one line in 64 is returned by the
bank and reissued with a corrected account.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from demo.city.account import AccountOf, account_number
from demo.city.draw import Draw, Weighted
from demo.city.faults import (
    CREDITED_OFF_BY_ONE_FEN,
    RETURNED_NOT_REISSUED,
    WRONG_BAND,
)
from demo.city.plan import City, Street
from demo.city.planting import Plant, Planting
from demo.city.policy import Band
from demo.city.population import Person, Population

# ISO 20022 reasons: wrong account number, closed account, name does not match the account.
_RETURN_REASONS = Weighted({"AC01": 5, "AC04": 3, "BE01": 2})
_RETURN_EVERY = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`noticed` is who was published under this application; nobody where it was left out."""

    street: Street
    index: int
    application: str
    person: Person
    noticed: Person | None
    band: Band
    account: str
    return_reason: str | None
    plant: Plant | None

    @property
    def amount_fen(self) -> int:
        return self.band.amount_fen

    @property
    def payable(self) -> bool:
        """False where the row cannot be read without guessing and stays in quarantine."""
        return self.plant is None or self.plant.kind.quarantine_rule is None

    @property
    def credited_fen(self) -> int:
        off = self.plant is not None and self.plant.kind is CREDITED_OFF_BY_ONE_FEN
        return self.amount_fen - off

    @property
    def reissued(self) -> bool:
        return self.return_reason is not None and self.plant is None

    @property
    def corrected_account(self) -> str:
        return account_number(self.street.bank.issuer, self.person.number, AccountOf.CORRECTED)


def application_of(city: City, street: Street, index: int) -> str:
    return f"{city.policy.programme}{street.code}{index + 1:06d}"


def lines_of(
    city: City, street: Street, population: Population, planting: Planting
) -> Iterator[Line]:
    plants = planting.on(street)
    for index in range(street.payees):
        plant = plants.get(index)
        person = plant.person if plant else population.person(street.first + index)
        yield Line(
            street=street,
            index=index,
            application=application_of(city, street, index),
            person=person,
            noticed=plant.noticed if plant else person,
            band=_band(city, person, plant),
            account=account_number(
                street.bank.issuer,
                person.number,
                plant.account_of if plant else AccountOf.FIRST,
            ),
            return_reason=_return_reason(city, street, index, plant),
            plant=plant,
        )


def _return_reason(city: City, street: Street, index: int, plant: Plant | None) -> str | None:
    """One place of every 64 comes back; a planted line only where that is its fault."""
    block, place = divmod(index, _RETURN_EVERY)
    draw = Draw(city.seed, "return", street.code, block)
    drawn = draw.below(_RETURN_EVERY) == place
    if drawn if plant is None else plant.kind is RETURNED_NOT_REISSUED:
        return draw.weighted(_RETURN_REASONS)
    return None


def _band(city: City, person: Person, plant: Plant | None) -> Band:
    if plant is not None and plant.kind is WRONG_BAND:
        return city.policy.wrong_band_for(person.age)
    return city.policy.band_of(person.age)
