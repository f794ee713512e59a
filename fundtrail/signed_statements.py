"""Signed and recorded statements: signatures, recovery, and the line kept in the evidence.

A recorded statement verifies with no node: its signatures are over the EIP-712 digest, and its
line in the evidence is canonical JSON (docs/format.md §6).
"""

import re
from dataclasses import dataclass
from typing import Any

from eth_keys.datatypes import Signature
from eth_keys.exceptions import BadSignature
from eth_utils.exceptions import ValidationError

from fundtrail.canonical import canonical, parse_canonical
from fundtrail.errors import SignatureError, StatementError
from fundtrail.network import Network
from fundtrail.statements import Statement, statement_from_message

VERSION = 1
_HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
_KEYS = {"block", "contract", "message", "signatures", "transaction", "type", "version"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedStatement:
    """A statement with its signatures of 65 bytes, r ‖ s ‖ v."""

    statement: Statement
    signatures: tuple[bytes, ...]

    def signers(self, network: Network) -> tuple[str, ...]:
        """The lowercase addresses that signed, in the order of the signatures."""
        digest = self.statement.digest(network)
        return tuple(recover(digest, signature) for signature in self.signatures)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedStatement:
    """A signed statement and where the chain holds it: transaction (32 bytes) and block."""

    signed: SignedStatement
    transaction: bytes
    block: int

    def to_line(self) -> bytes:
        """The line of `statements/<yyyy-mm>.jsonl`, newline included."""
        return canonical(self.to_json()) + b"\n"

    def to_json(self) -> dict[str, Any]:
        """The object of that line."""
        statement = self.signed.statement
        return {
            "block": str(self.block),
            "contract": statement.contract,
            "message": statement.message(),
            "signatures": ["0x" + signature.hex() for signature in self.signed.signatures],
            "transaction": "0x" + self.transaction.hex(),
            "type": statement.type_name(),
            "version": VERSION,
        }


def recover(digest: bytes, signature: bytes) -> str:
    """The lowercase address that signed `digest`. Raises SignatureError; high s is refused."""
    if len(signature) != 65 or signature[64] not in (27, 28):
        raise SignatureError("expected 65 bytes r ‖ s ‖ v with v 27 or 28")
    if int.from_bytes(signature[32:64], "big") > _HALF_ORDER:
        raise SignatureError("expected a low s, got a malleated signature")

    try:
        parsed = Signature(signature[:64] + bytes([signature[64] - 27]))
        return parsed.recover_public_key_from_msg_hash(digest).to_address()
    except (BadSignature, ValidationError) as error:
        raise SignatureError(f"signature does not recover a key: {error}") from error


def recorded_from_line(line: bytes) -> RecordedStatement:
    """A line of the evidence, newline included. Raises StatementError or CanonicalError."""
    if not line.endswith(b"\n"):
        raise StatementError("expected a newline at the end of the statement, got none")
    return recorded_from_json(parse_canonical(line[:-1]))


def recorded_from_json(data: object) -> RecordedStatement:
    """The recorded statement of a parsed line."""
    if not isinstance(data, dict) or set(data) != _KEYS:
        got = sorted(data) if isinstance(data, dict) else type(data).__name__
        raise StatementError(f"expected the keys {sorted(_KEYS)}, got {got}")
    if data["version"] != VERSION or isinstance(data["version"], bool):
        raise StatementError(f"expected version {VERSION}, got {data['version']!r}")

    statement = statement_from_message(data["type"], data["message"])
    if data["contract"] != statement.contract:
        raise StatementError(f"expected contract {statement.contract}, got {data['contract']!r}")
    if not isinstance(data["block"], str) or not re.fullmatch(r"0|[1-9][0-9]*", data["block"]):
        raise StatementError(f"expected a block number in digits, got {data['block']!r}")
    if not isinstance(data["signatures"], list) or not data["signatures"]:
        raise StatementError("expected at least one signature")
    return RecordedStatement(
        signed=SignedStatement(
            statement=statement,
            signatures=tuple(_hex(item, 65, "signature") for item in data["signatures"]),
        ),
        transaction=_hex(data["transaction"], 32, "transaction"),
        block=int(data["block"]),
    )


def _hex(item: object, width: int, where: str) -> bytes:
    if not isinstance(item, str) or not re.fullmatch(rf"0x[0-9a-f]{{{2 * width}}}", item):
        raise StatementError(f"{where}: expected 0x and {2 * width} hex digits, got {item!r}")
    return bytes.fromhex(item[2:])
