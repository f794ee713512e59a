"""Statements: every act as EIP-712 typed data (docs/format.md §6).

One frozen dataclass per act; the Solidity type string, the JSON message and the digest are derived
from its fields, so they cannot drift apart. Reading is strict: `sign_typed_data` would take "100"
for a number and ignore extra keys, this refuses both kinds of surprise.
"""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak

from fundtrail.errors import CodeError, StatementError
from fundtrail.ids import ZERO32, code_from_bytes32, code_to_bytes32
from fundtrail.network import Network

DOMAIN_NAME = "Fundtrail"
DOMAIN_VERSION = "1"
_DOMAIN = [
    {"name": "name", "type": "string"},
    {"name": "version", "type": "string"},
    {"name": "chainId", "type": "uint256"},
    {"name": "verifyingContract", "type": "address"},
]
_DECIMAL = re.compile(r"0|[1-9][0-9]*")


def _abi(kind: str) -> Any:
    """A field of Solidity type `kind`; `code` is a bytes32 that holds a code."""
    return field(metadata={"abi": kind})


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an act rests on and when it holds: two digests of 32 bytes, seconds since 1970 UTC."""

    evidence: bytes = _abi("bytes32")
    document: bytes = _abi("bytes32")
    signed_at: int = _abi("uint64")
    deadline: int = _abi("uint64")

    def __post_init__(self) -> None:
        _check_fields(self)
        if self.document == ZERO32:
            raise StatementError("basis.document: expected the digest of a document number, got 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An act. Subclasses name the contract and the fields, in the order of the type string."""

    contract: ClassVar[str]

    def __post_init__(self) -> None:
        _check_fields(self)

    @classmethod
    def type_name(cls) -> str:
        """The EIP-712 primary type."""
        return cls.__name__

    @classmethod
    def type_string(cls) -> str:
        """`PassOn(bytes32 id,…,Basis basis)Basis(bytes32 evidence,…)`."""
        return "".join(
            f"{owner.__name__}({','.join(f'{t} {n}' for n, t in _members(owner))})"
            for owner in (cls, Basis)
        )

    def message(self) -> dict[str, Any]:
        """The EIP-712 message in JSON form: decimal strings and lowercase 0x hex."""
        return _message(self)

    def values(self) -> tuple[Any, ...]:
        """The struct for ABI encoding: ints, bytes, lowercase addresses, tuples."""
        return _values(self)

    def typed_data(self, network: Network) -> dict[str, Any]:
        """The complete typed data, as a wallet shows it."""
        owners: tuple[type, ...] = (type(self), Basis)
        types = {o.__name__: [{"name": n, "type": t} for n, t in _members(o)] for o in owners}
        return {
            "types": {"EIP712Domain": _DOMAIN, **types},
            "primaryType": self.type_name(),
            "domain": {
                "name": DOMAIN_NAME,
                "version": DOMAIN_VERSION,
                "chainId": network.chain_id,
                "verifyingContract": network.address(self.contract),
            },
            "message": _native(self),
        }

    def digest(self, network: Network) -> bytes:
        """keccak256(0x19 ‖ 0x01 ‖ domain separator ‖ struct hash)."""
        signable = encode_typed_data(full_message=self.typed_data(network))
        return keccak(b"\x19" + signable.version + signable.header + signable.body)

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> Self:
        """The statement of a JSON message. Raises StatementError naming the field."""
        statement: Self = _from_message(cls, message, cls.__name__)
        return statement


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAgency(Statement):
    contract: ClassVar[str] = "Registry"
    agency: str = _abi("code")
    kind: int = _abi("uint8")
    parent: str = _abi("code")
    region: int = _abi("uint64")
    name: str = _abi("string")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatOfficer(Statement):
    contract: ClassVar[str] = "Registry"
    key: str = _abi("address")
    agency: str = _abi("code")
    person: int = _abi("uint32")
    roles: int = _abi("uint32")
    valid_from: int = _abi("uint64")
    valid_until: int = _abi("uint64")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeOfficer(Statement):
    contract: ClassVar[str] = "Registry"
    key: str = _abi("address")
    reason: bytes = _abi("bytes32")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterProgramme(Statement):
    contract: ClassVar[str] = "Registry"
    programme: str = _abi("code")
    agency: str = _abi("code")
    payee_kind: int = _abi("uint8")
    notice_seconds: int = _abi("uint64")
    ladder_fen: tuple[int, ...] = _abi("uint128[]")
    feeds: tuple[str, ...] = _abi("code[]")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGovernors(Statement):
    contract: ClassVar[str] = "Registry"
    keys: tuple[str, ...] = _abi("address[]")
    agencies: tuple[str, ...] = _abi("code[]")
    threshold: int = _abi("uint8")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFeed(Statement):
    contract: ClassVar[str] = "EvidenceLog"
    feed: str = _abi("code")
    vkey_digest: bytes = _abi("bytes32")
    cadence_seconds: int = _abi("uint64")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorFeed(Statement):
    contract: ClassVar[str] = "EvidenceLog"
    feed: str = _abi("code")
    size: int = _abi("uint64")
    root: bytes = _abi("bytes32")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishNotice(Statement):
    contract: ClassVar[str] = "EvidenceLog"
    notice: str = _abi("code")
    programme: str = _abi("code")
    period: str = _abi("code")
    root: bytes = _abi("bytes32")
    total_fen: int = _abi("uint128")
    count: int = _abi("uint64")
    opens_at: int = _abi("uint64")
    closes_at: int = _abi("uint64")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allot(Statement):
    contract: ClassVar[str] = "FundLedger"
    id: str = _abi("code")
    fund: str = _abi("code")
    programme: str = _abi("code")
    year: int = _abi("uint16")
    agency: str = _abi("code")
    amount_fen: int = _abi("uint128")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn(Statement):
    contract: ClassVar[str] = "FundLedger"
    id: str = _abi("code")
    parent: str = _abi("code")
    fund: str = _abi("code")
    agency: str = _abi("code")
    amount_fen: int = _abi("uint128")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepare(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = _abi("code")
    fund: str = _abi("code")
    notice: str = _abi("code")
    reissue_of: str = _abi("code")
    period: str = _abi("code")
    root: bytes = _abi("bytes32")
    total_fen: int = _abi("uint128")
    count: int = _abi("uint64")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = _abi("code")
    root: bytes = _abi("bytes32")
    total_fen: int = _abi("uint128")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = _abi("code")
    root: bytes = _abi("bytes32")
    total_fen: int = _abi("uint128")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = _abi("code")
    bank: str = _abi("code")
    voucher: bytes = _abi("bytes32")
    amount_fen: int = _abi("uint128")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle(Statement):
    contract: ClassVar[str] = "FundLedger"
    batch: str = _abi("code")
    run: str = _abi("code")
    kind: int = _abi("uint8")
    root: bytes = _abi("bytes32")
    total_fen: int = _abi("uint128")
    count: int = _abi("uint64")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = _abi("code")
    reason: bytes = _abi("bytes32")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameContract(Statement):
    contract: ClassVar[str] = "Registry"
    name: str = _abi("code")
    at: str = _abi("address")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateFeed(Statement):
    contract: ClassVar[str] = "EvidenceLog"
    feed: str = _abi("code")
    vkey_digest: bytes = _abi("bytes32")
    cadence_seconds: int = _abi("uint64")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(Statement):
    contract: ClassVar[str] = "FundLedger"
    id: str = _abi("code")
    fund: str = _abi("code")
    amount_fen: int = _abi("uint128")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Statement):
    contract: ClassVar[str] = "FundLedger"
    id: str = _abi("code")
    fund: str = _abi("code")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = _abi("code")
    reason: bytes = _abi("bytes32")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = _abi("code")
    until: int = _abi("uint64")
    reason: bytes = _abi("bytes32")
    basis: Basis = _abi("Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift(Statement):
    contract: ClassVar[str] = "FundLedger"
    run: str = _abi("code")
    reason: bytes = _abi("bytes32")
    basis: Basis = _abi("Basis")


STATEMENTS: dict[str, type[Statement]] = {
    act.__name__: act
    for act in (
        SeatAgency,
        SeatOfficer,
        RevokeOfficer,
        RegisterProgramme,
        SetGovernors,
        OpenFeed,
        AnchorFeed,
        PublishNotice,
        Allot,
        PassOn,
        Prepare,
        Review,
        Approve,
        Release,
        Settle,
        Reject,
        NameContract,
        RotateFeed,
        Recall,
        Close,
        Cancel,
        Hold,
        Lift,
    )
}


def statement_from_message(type_name: object, message: Mapping[str, Any]) -> Statement:
    """The statement of a known type. Raises StatementError for any other."""
    if not isinstance(type_name, str) or type_name not in STATEMENTS:
        raise StatementError(f"expected one of {sorted(STATEMENTS)}, got {type_name!r}")
    return STATEMENTS[type_name].from_message(message)


def camel(name: str) -> str:
    """`amount_fen` → `amountFen`: the name of a field in Solidity and in messages."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _members(owner: type) -> list[tuple[str, str]]:
    fields = dataclasses.fields(owner)
    return [(camel(f.name), f.metadata["abi"].replace("code", "bytes32")) for f in fields]


def _check_fields(owner: Any) -> None:
    for f in dataclasses.fields(owner):
        where = f"{type(owner).__name__}.{camel(f.name)}"
        kind, value = f.metadata["abi"], getattr(owner, f.name)
        if kind.endswith("[]"):
            if not isinstance(value, tuple):
                raise StatementError(f"{where}: expected a tuple, got {type(value).__name__}")
            for item in value:
                _check(item, kind[:-2], where)
        else:
            _check(value, kind, where)


def _check(value: object, kind: str, where: str) -> None:
    if kind.startswith("uint"):
        bits = int(kind[4:])
        if type(value) is not int or not 0 <= value < 2**bits:
            raise StatementError(f"{where}: expected a {kind}, got {value!r}")
    elif kind == "bytes32":
        if not isinstance(value, bytes) or len(value) != 32:
            raise StatementError(f"{where}: expected 32 bytes, got {value!r}")
    elif kind == "address":
        if not isinstance(value, str) or not re.fullmatch(r"0x[0-9a-f]{40}", value):
            raise StatementError(f"{where}: expected a lowercase 0x address, got {value!r}")
    elif kind == "code":
        try:
            code_to_bytes32(value)  # type: ignore[arg-type]  # it checks the type itself
        except CodeError as error:
            raise StatementError(f"{where}: {error}") from error
    elif kind == "string" and not isinstance(value, str):
        raise StatementError(f"{where}: expected text, got {value!r}")
    elif kind == "Basis" and not isinstance(value, Basis):
        raise StatementError(f"{where}: expected a basis, got {value!r}")


def _each(owner: Any, convert: Any) -> list[tuple[str, Any]]:
    rows = []
    for f in dataclasses.fields(owner):
        kind, value = f.metadata["abi"], getattr(owner, f.name)
        if kind.endswith("[]"):
            rows.append((camel(f.name), [convert(item, kind[:-2]) for item in value]))
        else:
            rows.append((camel(f.name), convert(value, kind)))
    return rows


def _message(owner: Any) -> dict[str, Any]:
    def text(value: Any, kind: str) -> Any:
        if kind.startswith("uint"):
            return str(value)
        if kind == "code":
            return "0x" + code_to_bytes32(value).hex()
        if kind == "bytes32":
            return "0x" + value.hex()
        return _message(value) if kind == "Basis" else value

    return dict(_each(owner, text))


def _native(owner: Any) -> dict[str, Any]:
    def native(value: Any, kind: str) -> Any:
        if kind == "code":
            return code_to_bytes32(value)
        return _native(value) if kind == "Basis" else value

    return dict(_each(owner, native))


def _values(owner: Any) -> tuple[Any, ...]:
    def value_of(value: Any, kind: str) -> Any:
        if kind == "code":
            return code_to_bytes32(value)
        return _values(value) if kind == "Basis" else value

    return tuple(value for _, value in _each(owner, value_of))


def _from_message(owner: Any, message: object, where: str) -> Any:
    fields = dataclasses.fields(owner)
    expected = {camel(f.name) for f in fields}
    if not isinstance(message, Mapping) or set(message) != expected:
        got = sorted(message) if isinstance(message, Mapping) else type(message).__name__
        raise StatementError(f"{where}: expected the fields {sorted(expected)}, got {got}")

    values = {}
    for f in fields:
        kind, item, name = f.metadata["abi"], message[camel(f.name)], f"{where}.{camel(f.name)}"
        if kind.endswith("[]"):
            if not isinstance(item, Sequence) or isinstance(item, str):
                raise StatementError(f"{name}: expected an array, got {item!r}")
            values[f.name] = tuple(_parse(entry, kind[:-2], name) for entry in item)
        else:
            values[f.name] = _parse(item, kind, name)
    return owner(**values)


def _parse(item: object, kind: str, where: str) -> Any:
    if kind == "Basis":
        return _from_message(Basis, item, where)
    if not isinstance(item, str):
        raise StatementError(f"{where}: expected a string, got {item!r}")
    if kind.startswith("uint"):
        if not _DECIMAL.fullmatch(item):
            raise StatementError(f"{where}: expected decimal digits, got {item!r}")
        return int(item)
    if kind in ("bytes32", "code"):
        if not re.fullmatch(r"0x[0-9a-f]{64}", item):
            raise StatementError(f"{where}: expected 0x and 64 lowercase hex digits, got {item!r}")
        return _parse_word(bytes.fromhex(item[2:]), kind, where)
    return item


def _parse_word(word: bytes, kind: str, where: str) -> bytes | str:
    try:
        return code_from_bytes32(word) if kind == "code" else word
    except CodeError as error:
        raise StatementError(f"{where}: {error}") from error
