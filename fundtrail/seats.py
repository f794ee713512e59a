"""Seats: who may speak, replayed from governance statements alone (docs/format.md §6 and §8).

Guarantees: every seat rests on signatures of the governors that `network.toml` names, or of those
that they set after them. No node is asked, so block times are not known: an act passes when it
could lawfully have been recorded between its `signedAt` and its `deadline`. Whether a revocation
or the naming of a successor was left out cannot be seen from here either; the audit asks the chain.
"""

from dataclasses import dataclass

from fundtrail.enums import AgencyKind, Role
from fundtrail.errors import AuthorityError
from fundtrail.network import Network
from fundtrail.signed_statements import SignedStatement
from fundtrail.statements import (
    NameContract,
    RegisterProgramme,
    RevokeOfficer,
    SeatAgency,
    SeatOfficer,
    SetGovernors,
    Statement,
)

GOVERNANCE = (
    SeatAgency,
    SeatOfficer,
    RevokeOfficer,
    RegisterProgramme,
    SetGovernors,
    NameContract,
)
_LEVELS_MAX = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An officer: key, agency code, person number, and the agency's kind and name."""

    key: str
    agency: str
    agency_kind: AgencyKind
    agency_name: str
    person: int


class Seats:
    """The registry as the statements recorded so far have made it."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._governors = frozenset(network.governors.keys)
        self._threshold = network.governors.threshold
        self._agencies: dict[str, SeatAgency] = {}
        self._officers: dict[str, SeatOfficer] = {}
        self._named: dict[str, str] = {}
        self.programmes: dict[str, RegisterProgramme] = {}

    def record(self, signed: SignedStatement) -> None:
        """Take in one governance statement. Raises AuthorityError unless the governors signed."""
        self._require_governors(signed)
        match signed.statement:
            case SeatAgency() as act:
                self._agencies[act.agency] = act
            case SeatOfficer() as act if act.key in self._officers:
                raise AuthorityError(f"{act.key}: expected a key never seated before")
            case SeatOfficer() as act:
                self._agency(act.agency)
                self._officers[act.key] = act
            case RevokeOfficer() as act:
                self._officers.pop(act.key, None)
            case RegisterProgramme() as act:
                self.programmes[act.programme] = act
            case SetGovernors() as act:
                self._governors, self._threshold = frozenset(act.keys), act.threshold
            case NameContract() as act:
                self._named[act.name] = act.at
            case act:
                raise AuthorityError(f"expected a governance statement, got {act.type_name()}")

    def signer(self, signed: SignedStatement, role: Role) -> Seat:
        """Who signed. Raises AuthorityError unless one officer did, in term and with `role`."""
        act = signed.statement
        signers = signed.signers(self._network)
        if len(signers) != 1:
            raise AuthorityError(f"{_name(act)}: expected one signature, got {len(signers)}")
        officer = self._officers.get(signers[0])
        if officer is None:
            raise AuthorityError(f"{_name(act)}: expected a seated officer, got key {signers[0]}")

        basis = act.basis  # type: ignore[attr-defined]  # every statement of §6 ends with one
        if officer.valid_from > basis.deadline or officer.valid_until < basis.signed_at:
            raise AuthorityError(
                f"{_name(act)}: expected a signature in the officer's term "
                f"{officer.valid_from} .. {officer.valid_until}, got {basis.signed_at}"
            )
        if not Role(officer.roles) & role:
            held = Role(officer.roles).en
            raise AuthorityError(f"{_name(act)}: expected the role {role.en}, got {held}")
        agency = self._agency(officer.agency)
        return Seat(
            key=officer.key,
            agency=officer.agency,
            agency_kind=AgencyKind(agency.kind),
            agency_name=agency.name,
            person=officer.person,
        )

    def require_current(self, act: Statement) -> None:
        """Raise AuthorityError if the governors have named a successor of the act's contract.

        What was begun before goes on there; only what begins asks.
        """
        at = self._network.address(act.contract)
        named = self._named.get(act.contract, at)
        if named != at:
            raise AuthorityError(f"{_name(act)}: expected the {act.contract} at {named}, got {at}")

    def kind(self, agency: str) -> AgencyKind:
        """The kind of a seated agency."""
        return AgencyKind(self._agency(agency).kind)

    def answers_to(self, agency: str, superior: str) -> bool:
        """Whether `agency` is `superior` or stands below it."""
        for _ in range(_LEVELS_MAX + 1):
            if agency == superior:
                return True
            agency = self._agencies[agency].parent if agency in self._agencies else ""
        return False

    def _agency(self, code: str) -> SeatAgency:
        if code not in self._agencies:
            raise AuthorityError(f"expected the seat of agency {code} among the statements")
        return self._agencies[code]

    def _require_governors(self, signed: SignedStatement) -> None:
        name, signers = _name(signed.statement), signed.signers(self._network)
        if len(signers) != self._threshold:
            raise AuthorityError(
                f"{name}: expected {self._threshold} governors to sign, got {len(signers)}"
            )
        if list(signers) != sorted(set(signers)):
            raise AuthorityError(f"{name}: expected different signers in rising order")
        for key in signers:
            if key not in self._governors:
                raise AuthorityError(f"{name}: expected signatures of governors, got key {key}")


def _name(statement: Statement) -> str:
    return statement.type_name()
