"""What moves money, what stops it, and what gives it back."""

from dataclasses import dataclass
from typing import ClassVar

from fundtrail.statement import Basis, Statement, abi


@dataclass(frozen=True, slots=True, kw_only=True)
class Allot(Statement):
    contract: ClassVar[str] = "FundLedger"
    id: str = abi("code")
    fund: str = abi("code")
    programme: str = abi("code")
    year: int = abi("uint16")
    agency: str = abi("code")
    amount_fen: int = abi("uint128")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn(Statement):
    contract: ClassVar[str] = "FundLedger"
    id: str = abi("code")
    parent: str = abi("code")
    fund: str = abi("code")
    agency: str = abi("code")
    amount_fen: int = abi("uint128")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepare(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = abi("code")
    fund: str = abi("code")
    notice: str = abi("code")
    reissue_of: str = abi("code")
    period: str = abi("code")
    root: bytes = abi("bytes32")
    total_fen: int = abi("uint128")
    count: int = abi("uint64")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = abi("code")
    root: bytes = abi("bytes32")
    total_fen: int = abi("uint128")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = abi("code")
    root: bytes = abi("bytes32")
    total_fen: int = abi("uint128")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = abi("code")
    bank: str = abi("code")
    voucher: bytes = abi("bytes32")
    amount_fen: int = abi("uint128")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle(Statement):
    contract: ClassVar[str] = "FundLedger"
    batch: str = abi("code")
    run: str = abi("code")
    kind: int = abi("uint8")
    root: bytes = abi("bytes32")
    total_fen: int = abi("uint128")
    count: int = abi("uint64")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = abi("code")
    reason: bytes = abi("bytes32")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(Statement):
    contract: ClassVar[str] = "FundLedger"
    id: str = abi("code")
    fund: str = abi("code")
    amount_fen: int = abi("uint128")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Statement):
    contract: ClassVar[str] = "FundLedger"
    id: str = abi("code")
    fund: str = abi("code")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = abi("code")
    reason: bytes = abi("bytes32")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = abi("code")
    until: int = abi("uint64")
    reason: bytes = abi("bytes32")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = abi("code")
    reason: bytes = abi("bytes32")
    basis: Basis = abi("Basis")
