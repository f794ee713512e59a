"""Who may speak, as of any act: governors, agencies, officers and programmes replayed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audit_cli.chain_view import ChainAct
from audit_cli.replay.fault import STATEMENTS, STATES, Fault
from fundtrail.chain.event import Event
from fundtrail.chain.event_types import (
    AgencySeated,
    ContractNamed,
    GovernorsSet,
    OfficerRevoked,
    OfficerSeated,
    ProgrammeRegistered,
)
from fundtrail.enums import AgencyKind, Role
from fundtrail.network import Governors

GOVERNANCE = (
    AgencySeated,
    OfficerSeated,
    OfficerRevoked,
    ProgrammeRegistered,
    GovernorsSet,
    ContractNamed,
)

NO_ADDRESS = "0x" + "00" * 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An officer's seat. `revoked_block` is None while it stands."""

    key: str
    agency: str
    person: int
    roles: Role
    valid_from: int
    valid_until: int
    seated_block: int
    revoked_block: int | None = None


@dataclass(slots=True, kw_only=True)
class RegistryReplay:
    """The Registry up to the last act taken.

    `contracts` are the addresses of the network file, empty where they are not compared; `named`
    the addresses that governors gave each name, the last one in force.
    """

    governors: dict[str, str]
    threshold: int
    agencies: dict[str, AgencySeated] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    programmes: dict[str, ProgrammeRegistered] = field(default_factory=dict)
    contracts: Mapping[str, str] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, governors: Governors, contracts: Mapping[str, str] | None = None
    ) -> "RegistryReplay":
        """The Registry as deployed."""
        return cls(
            contracts=contracts or {},
            governors=dict(zip(governors.keys, governors.agencies, strict=True)),
            threshold=governors.threshold,
        )

    def take(self, act: ChainAct, event: Event) -> Iterator[Fault]:
        """One act of the governors."""
        yield from self._check_governors(act)
        match event:
            case AgencySeated():
                yield from self._seat_agency(event)
            case OfficerSeated():
                yield from self._seat_officer(event)
            case OfficerRevoked():
                yield from self._revoke(event)
            case ProgrammeRegistered():
                yield from self._register(event)
            case GovernorsSet():
                self.governors = dict(zip(event.keys, event.agencies, strict=False))
                self.threshold = event.threshold
            case ContractNamed():
                yield from self._name(event)

    def signer(self, act: ChainAct, roles: Role) -> tuple[Seat | None, list[Fault]]:
        """The officer who signed an act that asks for one of `roles`, and what is wrong."""
        if len(act.signers) != 1:
            fault = _who(act, "签署数", "number of signatures", "1", str(len(act.signers)))
            return None, [fault]
        seat = self.seats.get(act.signers[0])
        if seat is None:
            fault = _who(act, "签署人未任职", "the signer holds no seat", "a seat", act.signers[0])
            return None, [fault]
        return seat, list(self._check_seat(act, seat, roles))

    def was_named(self, name: str) -> bool:
        """Whether governors ever gave `name` to this network's contract."""
        return not self.contracts or self.contracts.get(name, "") in self.named.get(name, [])

    def successor(self, name: str) -> str:
        """The address that bears `name` in place of this network's contract, empty where none."""
        own = self.contracts.get(name, "")
        current = self.named.get(name, [own])[-1]
        return current if own and current != own else ""

    def kind(self, agency: str) -> AgencyKind:
        """The kind of an agency, NONE where it was never seated."""
        seated = self.agencies.get(agency)
        return AgencyKind(seated.kind) if seated else AgencyKind.NONE

    def answers_to(self, agency: str, superior: str) -> bool:
        """Whether `superior` is `agency` or above it."""
        seen: set[str] = set()
        while agency and agency not in seen:
            if agency == superior:
                return True
            seen.add(agency)
            agency = self.agencies[agency].parent if agency in self.agencies else ""
        return False

    def approvers(self, programme: str, total_fen: int) -> int:
        """How many must approve a run of `total_fen`."""
        terms = self.programmes.get(programme)
        return 1 + sum(step <= total_fen for step in terms.ladder_fen) if terms else 1

    def _check_governors(self, act: ChainAct) -> Iterator[Fault]:
        if len(act.signers) != self.threshold:
            yield _who(act, "签署的治理人数", "number of governors who signed",
                       str(self.threshold), str(len(act.signers)))  # fmt: skip
        if list(act.signers) != sorted(set(act.signers)):
            yield _who(act, "签署人次序", "signers in rising order, none twice",
                       "rising", ", ".join(act.signers))  # fmt: skip
        for key in act.signers:
            if key not in self.governors:
                yield _who(act, "签署人不是治理人", "the signer is no governor", "a governor", key)
        agencies = [self.governors[key] for key in act.signers if key in self.governors]
        if len(set(agencies)) != len(agencies):
            yield _who(act, "治理人同属一个机构", "governors of different agencies",
                       "different agencies", ", ".join(agencies))  # fmt: skip

    @staticmethod
    def _check_seat(act: ChainAct, seat: Seat, roles: Role) -> Iterator[Fault]:
        if seat.revoked_block is not None:
            yield _who(act, "签署人已被撤销", "the key was revoked", "a standing seat",
                       f"revoked in block {seat.revoked_block}")  # fmt: skip
        if not seat.valid_from <= act.time <= seat.valid_until:
            yield _who(act, "签署不在任期内", "outside the term of office",
                       f"{seat.valid_from} .. {seat.valid_until}", str(act.time))  # fmt: skip
        if not seat.roles & roles:
            yield _who(act, "签署人无此职权", "the role is missing", roles.en, seat.roles.en)

    def _seat_agency(self, event: AgencySeated) -> Iterator[Fault]:
        if event.agency in self.agencies:
            yield _order(event.agency, "机构重复登记", "agency seated twice", "once", "again")
        if event.parent and event.parent not in self.agencies:
            yield _order(event.agency, "上级机构未登记", "the parent is not seated",
                         "a seated parent", event.parent)  # fmt: skip
        self.agencies.setdefault(event.agency, event)

    def _seat_officer(self, event: OfficerSeated) -> Iterator[Fault]:
        if event.key in self.seats:
            yield _order(event.agency, "密钥重复任职", "key seated twice", "once", event.key)
        if event.agency not in self.agencies:
            yield _order(event.agency, "机构未登记", "the agency is not seated",
                         "a seated agency", event.agency)  # fmt: skip
        self.seats[event.key] = Seat(
            key=event.key,
            agency=event.agency,
            person=event.person,
            roles=Role(event.roles),
            valid_from=event.valid_from,
            valid_until=event.valid_until,
            seated_block=event.block,
        )

    def _name(self, event: ContractNamed) -> Iterator[Fault]:
        before = self.named.setdefault(event.name, [])
        if event.at in before or event.succeeds not in (before[-1:] or [NO_ADDRESS]):
            yield Fault(
                step=STATES,
                subject=f"contract:{event.name}",
                zh="合约命名",
                en="a contract named once, after the one before it",
                expected=f"a new address after {before[-1] if before else NO_ADDRESS}",
                got=f"{event.at} after {event.succeeds}",
            )
        before.append(event.at)

    def _revoke(self, event: OfficerRevoked) -> Iterator[Fault]:
        seat = self.seats.get(event.key)
        if seat is None or seat.revoked_block is not None:
            yield _order(event.key, "撤销的密钥未任职", "revoked key holds no seat",
                         "a seat", event.key)  # fmt: skip
            return
        held = {name: getattr(seat, name) for name in Seat.__slots__}
        self.seats[event.key] = Seat(**held | {"revoked_block": event.block})

    def _register(self, event: ProgrammeRegistered) -> Iterator[Fault]:
        if self.kind(event.agency) != AgencyKind.PROGRAMME:
            yield _order(event.agency, "项目主管机构类别", "kind of the programme's agency",
                         AgencyKind.PROGRAMME.en, self.kind(event.agency).en)  # fmt: skip
        if not _rises(event.ladder_fen):
            yield _order(event.agency, "审批阶梯未递增", "the ladder does not rise", "rising",
                         str(event.ladder_fen))  # fmt: skip
        self.programmes[event.programme] = event


def _rises(steps: Sequence[int]) -> bool:
    return all(before < after for before, after in pairwise(steps))


def _who(act: ChainAct, zh: str, en: str, expected: str, got: str) -> Fault:
    subject = f"statement:{act.statement.hex()}"
    return Fault(step=STATEMENTS, subject=subject, zh=zh, en=en, expected=expected, got=got)


def _order(agency: str, zh: str, en: str, expected: str, got: str) -> Fault:
    return Fault(step=STATES, subject=f"agency:{agency}", zh=zh, en=en, expected=expected, got=got)
