"""What contests money: disputes, recoveries, and the end of a proven challenge."""

from dataclasses import dataclass
from typing import ClassVar

from fundtrail.statement import Basis, Statement, abi


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDispute(Statement):
    contract: ClassVar[str] = "DisputeDesk"
    dispute: str = abi("code")
    run: str = abi("code")
    payment_id: bytes = abi("bytes32")
    amount_fen: int = abi("uint128")
    reason: bytes = abi("bytes32")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(Statement):
    contract: ClassVar[str] = "DisputeDesk"
    dispute: str = abi("code")
    outcome: int = abi("uint8")
    reason: bytes = abi("bytes32")
    appeal_until: int = abi("uint64")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(Statement):
    contract: ClassVar[str] = "DisputeDesk"
    dispute: str = abi("code")
    reason: bytes = abi("bytes32")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideAppeal(Statement):
    contract: ClassVar[str] = "DisputeDesk"
    dispute: str = abi("code")
    outcome: int = abi("uint8")
    reason: bytes = abi("bytes32")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReissue(Statement):
    contract: ClassVar[str] = "DisputeDesk"
    dispute: str = abi("code")
    amount_fen: int = abi("uint128")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecovery(Statement):
    contract: ClassVar[str] = "DisputeDesk"
    receivable: str = abi("code")
    cause: bytes = abi("bytes32")
    run: str = abi("code")
    payment_id: bytes = abi("bytes32")
    amount_fen: int = abi("uint128")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookReceipt(Statement):
    contract: ClassVar[str] = "DisputeDesk"
    receipt: str = abi("code")
    receivable: str = abi("code")
    amount_fen: int = abi("uint128")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRecovery(Statement):
    contract: ClassVar[str] = "DisputeDesk"
    receivable: str = abi("code")
    how: int = abi("uint8")
    reason: bytes = abi("bytes32")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseChallenge(Statement):
    contract: ClassVar[str] = "DisputeDesk"
    challenge: bytes = abi("bytes32")
    reason: bytes = abi("bytes32")
    basis: Basis = abi("Basis")
