"""What governors sign: who may speak, for what, and which contracts are the network's."""

from dataclasses import dataclass
from typing import ClassVar

from fundtrail.statement import Basis, Statement, abi


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAgency(Statement):
    contract: ClassVar[str] = "Registry"
    agency: str = abi("code")
    kind: int = abi("uint8")
    parent: str = abi("code")
    region: int = abi("uint64")
    name: str = abi("string")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatOfficer(Statement):
    contract: ClassVar[str] = "Registry"
    key: str = abi("address")
    agency: str = abi("code")
    person: int = abi("uint32")
    roles: int = abi("uint32")
    valid_from: int = abi("uint64")
    valid_until: int = abi("uint64")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeOfficer(Statement):
    contract: ClassVar[str] = "Registry"
    key: str = abi("address")
    reason: bytes = abi("bytes32")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterProgramme(Statement):
    contract: ClassVar[str] = "Registry"
    programme: str = abi("code")
    agency: str = abi("code")
    payee_kind: int = abi("uint8")
    notice_seconds: int = abi("uint64")
    ladder_fen: tuple[int, ...] = abi("uint128[]")
    feeds: tuple[str, ...] = abi("code[]")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGovernors(Statement):
    contract: ClassVar[str] = "Registry"
    keys: tuple[str, ...] = abi("address[]")
    agencies: tuple[str, ...] = abi("code[]")
    threshold: int = abi("uint8")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameContract(Statement):
    contract: ClassVar[str] = "Registry"
    name: str = abi("code")
    at: str = abi("address")
    basis: Basis = abi("Basis")
