"""What departments sign about their records: feeds, heads and notices."""

from dataclasses import dataclass
from typing import ClassVar

from fundtrail.statement import Basis, Statement, abi


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFeed(Statement):
    contract: ClassVar[str] = "EvidenceLog"
    feed: str = abi("code")
    vkey_digest: bytes = abi("bytes32")
    cadence_seconds: int = abi("uint64")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorFeed(Statement):
    contract: ClassVar[str] = "EvidenceLog"
    feed: str = abi("code")
    size: int = abi("uint64")
    root: bytes = abi("bytes32")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateFeed(Statement):
    contract: ClassVar[str] = "EvidenceLog"
    feed: str = abi("code")
    vkey_digest: bytes = abi("bytes32")
    cadence_seconds: int = abi("uint64")
    basis: Basis = abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishNotice(Statement):
    contract: ClassVar[str] = "EvidenceLog"
    notice: str = abi("code")
    programme: str = abi("code")
    period: str = abi("code")
    root: bytes = abi("bytes32")
    total_fen: int = abi("uint128")
    count: int = abi("uint64")
    opens_at: int = abi("uint64")
    closes_at: int = abi("uint64")
    basis: Basis = abi("Basis")
