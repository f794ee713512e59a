"""Who acts in the story: agencies, officers with their keys, governors.

Every key is derived from the city's seed, so the story can be told again with the same addresses.
Such keys guard nothing: they are for this demonstration and for no other network.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from demo.city import City, District, Street
from fundtrail.enums import AgencyKind, Role
from fundtrail.signers import KeySigner

FINANCE = "1901-CZJ"
CIVIL = "1901-MZJ"
TREASURY = "1901-GK"
AUDIT = "1901-SJ"
PROCURATORATE = "1901-JC"
DISPUTES = "1901-ZY"

_DUTIES = {
    "budget": Role.BUDGET,
    "clerk": Role.PREPARE | Role.PUBLISH,
    "reviewer": Role.REVIEW,
    "approver": Role.APPROVE,
    "approver-2": Role.APPROVE,
    "treasurer": Role.TREASURY,
    "teller": Role.BANK,
    "oracle": Role.ORACLE,
    "inspector": Role.HOLD,
    "desk": Role.DISPUTE,
    "judge": Role.DECIDE,
    "misplaced": Role.TREASURY,  # seated by mistake: a treasury role in a paying agency
    "clerk-again": Role.REVIEW,  # a second key of the clerk: still one person
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A row of the registry."""

    code: str
    kind: AgencyKind
    parent: str
    region: int
    name: str
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A person with a duty in an agency; `person` is the number in the personnel register."""

    agency: str
    duty: str
    person: int
    roles: Role
    signer: KeySigner


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody, by agency and duty."""

    agencies: tuple[Agency, ...]
    officers: tuple[Officer, ...]
    governors: tuple[tuple[str, KeySigner], ...]
    relayer: KeySigner
    deployer: KeySigner

    def officer(self, agency: str, duty: str) -> Officer:
        """The officer with this duty; KeyError names who is not there."""
        for officer in self.officers:
            if (officer.agency, officer.duty) == (agency, duty):
                return officer
        raise KeyError(f"{agency} has no {duty}")


def district_agency(district_code: str) -> str:
    """`190102-MZJ`."""
    return f"{district_code}-MZJ"


def street_agency(street_code: str) -> str:
    """`190102001-JD`."""
    return f"{street_code}-JD"


def cast_of(city: City) -> Cast:
    """The cast of a city, always the same for one seed."""
    agencies = tuple(_agencies(city))
    officers = tuple(_officers(agencies, city.seed))
    governors = tuple(
        (agency, key(city.seed, f"governor {agency}")) for agency in (FINANCE, AUDIT, PROCURATORATE)
    )
    return Cast(
        agencies=agencies,
        officers=officers,
        governors=tuple(sorted(governors, key=lambda pair: pair[1].address)),
        relayer=key(city.seed, "relayer"),
        deployer=key(city.seed, "deployer"),
    )


def key(seed: int, name: str) -> KeySigner:
    """A demonstration key; never use one on another network."""
    return KeySigner(hashlib.sha256(f"fundtrail demo key {seed} {name}".encode()).digest())


def _agencies(city: City) -> Iterator[Agency]:
    region = int(city.code)
    yield _agency(FINANCE, AgencyKind.FINANCE, "", region, f"{city.name}财政局", "budget")
    yield _agency(
        CIVIL,
        AgencyKind.PROGRAMME,
        FINANCE,
        region,
        f"{city.name}民政局",
        *("budget", "oracle", "judge"),
    )
    yield _agency(
        TREASURY, AgencyKind.TREASURY, "", region, f"{city.name}国库支付中心", "treasurer", "oracle"
    )
    yield _agency(AUDIT, AgencyKind.AUDIT, "", region, f"{city.name}审计局", "inspector")
    yield _agency(
        PROCURATORATE, AgencyKind.PROCURATORATE, "", region, f"{city.name}人民检察院", "inspector"
    )
    yield _agency(DISPUTES, AgencyKind.DISPUTES, "", region, f"{city.name}争议受理中心", "desk")
    for bank in city.banks:
        yield _agency(bank.code, AgencyKind.BANK, "", region, bank.name, "teller", "oracle")
    for district in city.districts:
        yield _district(district)
        for street in district.streets:
            yield _street(street)


def _district(district: District) -> Agency:
    code, name = district_agency(district.code), f"{district.name}民政局"
    duties = ("budget", "approver", "approver-2")
    return _agency(code, AgencyKind.PROGRAMME, CIVIL, int(district.code), name, *duties)


def _street(street: Street) -> Agency:
    duties = ("clerk", "reviewer", *(("misplaced", "clerk-again") if street.number == 1 else ()))
    parent, name = district_agency(street.district_code), f"{street.name}办事处"
    code = street_agency(street.code)
    return _agency(code, AgencyKind.PROGRAMME, parent, int(street.code), name, *duties)


def _agency(
    code: str, kind: AgencyKind, parent: str, region: int, name: str, *duties: str
) -> Agency:
    return Agency(code=code, kind=kind, parent=parent, region=region, name=name, duties=duties)


def _officers(agencies: tuple[Agency, ...], seed: int) -> Iterator[Officer]:
    persons = count(1001)
    for agency in agencies:
        numbers = {duty: next(persons) for duty in agency.duties}
        for duty in agency.duties:
            yield Officer(
                agency=agency.code,
                duty=duty,
                person=numbers[duty.removesuffix("-again")],
                roles=_DUTIES[duty],
                signer=key(seed, f"{agency.code} {duty}"),
            )
