"""Raw transactions: built, hashed and signed here, so that they can be stored before they are sent.

Deterministic: the same signer, nonce, call and fees give the same bytes and so the same hash.
"""

from dataclasses import dataclass

import rlp  # type: ignore[import-untyped]  # it ships no types
from eth_utils.crypto import keccak

from fundtrail.chain.rpc import LATEST, Rpc
from fundtrail.signers import Signer

GAS_OF_NOOP = 21_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a transaction does: an address (empty to create a contract) and its calldata."""

    to: str
    data: bytes = b""

    def params(self, sender: str) -> dict[str, str]:
        """The call as eth_call and eth_estimateGas take it."""
        call = {"from": sender, "data": "0x" + self.data.hex()}
        return {**call, "to": self.to} if self.to else call


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """Wei per gas. `priority` is None on a chain without base fee (EIP-155 transaction)."""

    per_gas_max: int
    priority: int | None = None

    def raised(self, percent: int = 20) -> "Fees":
        """Fees for a replacement with the same nonce; nodes ask for at least a tenth more."""
        more = self.per_gas_max * (100 + percent) // 100 + 1
        if self.priority is None:
            return Fees(per_gas_max=more)
        return Fees(per_gas_max=more, priority=self.priority * (100 + percent) // 100 + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTransaction:
    """A signed transaction. `hash` is known before any node has seen `raw`."""

    nonce: int
    hash: bytes
    raw: bytes


def suggest_fees(rpc: Rpc) -> Fees:
    """What the node asks for now: nothing at all on a chain that is free of charge."""
    block, price = rpc.batch(
        [("eth_getBlockByNumber", (LATEST, False)), ("eth_gasPrice", ())],
    )
    if block.get("baseFeePerGas") is None:
        return Fees(per_gas_max=int(price, 16))
    base = int(block["baseFeePerGas"], 16)
    priority = max(0, int(price, 16) - base)
    return Fees(per_gas_max=2 * base + priority, priority=priority)


def sign_transaction(
    signer: Signer, *, chain_id: int, nonce: int, call: Call, gas: int, fees: Fees
) -> RawTransaction:
    """Sign `call`. EIP-1559 where there is a priority fee, else EIP-155."""
    to = bytes.fromhex(call.to[2:])
    if fees.priority is None:
        raw = _sign_legacy(signer, chain_id, [nonce, fees.per_gas_max, gas, to, 0, call.data])
    else:
        prices = [fees.priority, fees.per_gas_max]
        raw = _sign_typed(signer, [chain_id, nonce, *prices, gas, to, 0, call.data, []])
    return RawTransaction(nonce=nonce, hash=keccak(raw), raw=raw)


def _sign_legacy(signer: Signer, chain_id: int, fields: list[object]) -> bytes:
    # EIP-155: v = 35 + 2 * chain id + y parity.
    parity, r, s = _sign(signer, rlp.encode([*fields, chain_id, 0, 0]))
    return bytes(rlp.encode([*fields, 35 + 2 * chain_id + parity, r, s]))


def _sign_typed(signer: Signer, fields: list[object]) -> bytes:
    # EIP-1559: 0x02 ‖ rlp([…, access list, y parity, r, s]).
    parity, r, s = _sign(signer, b"\x02" + rlp.encode(fields))
    return b"\x02" + bytes(rlp.encode([*fields, parity, r, s]))


def _sign(signer: Signer, payload: bytes) -> tuple[int, int, int]:
    signature = signer.sign(keccak(payload))
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")
    return signature[64] - 27, r, s
