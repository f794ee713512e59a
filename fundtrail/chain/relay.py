"""The relayer: carries signed statements to the chain with a gas key of its own.

A relayer has no say: who signed the statement counts, not who sent it. Each step can be taken
alone, so that a journal can store the raw transaction before it is sent.

Guarantees: only a receipt with status 1 at confirmation depth is taken for recorded. A node's
acknowledgement is not. No answer means unknown, never failed, and the same raw transaction can be
sent again at any time.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from fundtrail.chain.backend import require_coincurve
from fundtrail.chain.calldata import act_calldata
from fundtrail.chain.errors import (
    ContractRefused,
    NodeRefused,
    TransactionFailed,
    TransactionUnknown,
)
from fundtrail.chain.refusal import Refusal
from fundtrail.chain.reverts import explain
from fundtrail.chain.rpc import LATEST, Block, Rpc
from fundtrail.chain.rpc import Call as RpcCall
from fundtrail.chain.transaction import (
    GAS_OF_NOOP,
    Call,
    Fees,
    RawTransaction,
    sign_transaction,
    suggest_fees,
)
from fundtrail.network import Network
from fundtrail.proofs import Placed
from fundtrail.signers import Signer
from fundtrail.statements import Statement

GAS_MARGIN_PERCENT = 25
WAIT_SECONDS = 60.0
RESEND_SECONDS = 5.0
PIPELINE_MAX = 250  # engines lose count of a sender who has thousands under way
_POLL_SECONDS = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A mined transaction. `created` is the address of the contract it made, or empty."""

    hash: bytes
    block: int
    status: int
    gas_used: int
    created: str


class Relayer:
    """Sends for one key on one network. Allocates no nonces by itself but in `record`.

    `fees` are asked of the node for each transaction, unless they are given.
    """

    def __init__(
        self, network: Network, rpc: Rpc, signer: Signer, *, fees: Fees | None = None
    ) -> None:
        require_coincurve()
        self._network = network
        self._rpc = rpc
        self._signer = signer
        self._fees = fees

    @property
    def address(self) -> str:
        """The lowercase address that pays the gas."""
        return self._signer.address

    @property
    def fees(self) -> Fees:
        """What is offered per gas now."""
        return self._fees or suggest_fees(self._rpc)

    def call(
        self,
        statement: Statement,
        signatures: Sequence[bytes],
        *,
        consistency_proof: Sequence[bytes] = (),
        proof: Placed | None = None,
        batch: str = "",
    ) -> Call:
        """The call that records `statement` at its contract; proofs as for `act_calldata`."""
        data = act_calldata(
            statement, signatures, consistency_proof=consistency_proof, proof=proof, batch=batch
        )
        return Call(to=self._network.address(statement.contract), data=data)

    def simulate(self, call: Call, block: Block = LATEST) -> Refusal | None:
        """What the contract would say now: None, or its refusal. Sends nothing."""
        tag = block if isinstance(block, str) else hex(block)
        try:
            self._rpc.call("eth_call", call.params(self.address), tag)
        except NodeRefused as error:
            if error.data is None:
                raise
            return explain(error.data)
        return None

    def estimate(self, call: Call) -> int:
        """Gas for `call`, with a margin. Raises ContractRefused where it would revert."""
        return _with_margin(self._estimates([call])[0])

    def raw(
        self, call: Call, nonce: int, *, gas: int | None = None, fees: Fees | None = None
    ) -> RawTransaction:
        """The signed transaction. Deterministic when `gas` and `fees` are given; sends nothing."""
        return sign_transaction(
            self._signer,
            chain_id=self._network.chain_id,
            nonce=nonce,
            call=call,
            gas=self.estimate(call) if gas is None else gas,
            fees=self.fees if fees is None else fees,
        )

    def noop(self, nonce: int, *, fees: Fees | None = None) -> RawTransaction:
        """A transaction that does nothing but use up `nonce`, to fill a gap."""
        return self.raw(Call(to=self.address), nonce, gas=GAS_OF_NOOP, fees=fees)

    def nonce(self, *, pending: bool = True) -> int:
        """The next nonce as the node sees it, with or without what waits in its pool."""
        return self._rpc.nonce(self.address, pending=pending)

    def send_raw(self, raw: bytes) -> None:
        """Hand `raw` to the node. Returning is an acknowledgement, not a record.

        Sending what the node has already is no error. Raises NodeRefused, or NodeUnreachable: then
        it is unknown whether it arrived.
        """
        outcome = self.send_raw_batch([raw])[0]
        if outcome is not None:
            raise outcome

    def send_raw_batch(self, raws: Sequence[bytes]) -> list[NodeRefused | None]:
        """Hand over many, in JSON-RPC batches; None for each that the node has now."""
        calls: list[RpcCall] = [("eth_sendRawTransaction", ("0x" + raw.hex(),)) for raw in raws]
        outcomes = self._rpc.batch_outcomes(calls)
        return [
            outcome if isinstance(outcome, NodeRefused) and not self._is_known(raw) else None
            for raw, outcome in zip(raws, outcomes, strict=True)
        ]

    def receipt(self, hash_: bytes) -> Receipt | None:
        """The receipt as the node has it now, at any depth and with any status."""
        return self.receipts([hash_])[0]

    def receipts(self, hashes: Sequence[bytes]) -> list[Receipt | None]:
        """Receipts of many transactions. A node that cannot say yet has none: it is unknown."""
        calls: list[RpcCall] = [("eth_getTransactionReceipt", ("0x" + h.hex(),)) for h in hashes]
        return [_receipt(answer) for answer in self._rpc.batch_outcomes(calls)]

    def confirmed(self, hash_: bytes) -> Receipt | None:
        """The receipt once it is at confirmation depth with status 1; None before.

        Raises TransactionFailed for status 0 at that depth.
        """
        return self.confirmed_all([hash_])[0]

    def confirmed_all(self, hashes: Sequence[bytes]) -> list[Receipt | None]:
        """`confirmed` for many, in one pass."""
        receipts = self.receipts(hashes)
        deepest = self._rpc.head() - self._network.confirmations + 1
        confirmed = [r if r is not None and r.block <= deepest else None for r in receipts]
        for receipt in confirmed:
            if receipt is not None and receipt.status != 1:
                raise TransactionFailed(receipt.hash, receipt.block, self._why(receipt))
        return confirmed

    def wait(self, hash_: bytes, timeout_seconds: float = WAIT_SECONDS) -> Receipt:
        """Wait for `confirmed`. Raises TransactionUnknown when the time is up."""
        return self.wait_all([hash_], timeout_seconds)[0]

    def wait_all(
        self, hashes: Sequence[bytes], timeout_seconds: float = WAIT_SECONDS
    ) -> list[Receipt]:
        """Wait for many. Raises TransactionUnknown for the first that is not confirmed in time."""
        started, turn, found = time.monotonic(), 0, dict[bytes, Receipt]()
        while missing := [hash_ for hash_ in hashes if hash_ not in found]:
            fresh = self.confirmed_all(missing)
            found |= {receipt.hash: receipt for receipt in fresh if receipt is not None}
            if len(found) < len(set(hashes)):
                waited = time.monotonic() - started
                if waited > timeout_seconds:
                    raise TransactionUnknown(
                        next(h for h in missing if h not in found), timeout_seconds
                    )
                time.sleep(_POLL_SECONDS[min(turn, len(_POLL_SECONDS) - 1)])
                turn += 1
        return [found[hash_] for hash_ in hashes]

    def record(self, call: Call, timeout_seconds: float = WAIT_SECONDS) -> Receipt:
        """Estimate, sign, send and wait. For a key that nobody else sends with meanwhile.

        Raises ContractRefused before anything is sent, TransactionFailed or TransactionUnknown.
        """
        return self.record_all([call], timeout_seconds)[0]

    def record_all(
        self, calls: Sequence[Call], timeout_seconds: float = WAIT_SECONDS
    ) -> list[Receipt]:
        """Record many, in their order. None may depend on another: all are estimated first.

        `timeout_seconds` is for each `PIPELINE_MAX` of them.
        """
        fees, estimates, first = self.fees, self._estimates(calls), self.nonce()
        transactions = [
            self.raw(call, first + index, gas=_with_margin(gas), fees=fees)
            for index, (call, gas) in enumerate(zip(calls, estimates, strict=True))
        ]
        parts = range(0, len(transactions), PIPELINE_MAX)
        return [
            receipt
            for at in parts
            for receipt in self._carry(transactions[at : at + PIPELINE_MAX], timeout_seconds)
        ]

    def _carry(
        self, transactions: Sequence[RawTransaction], timeout_seconds: float
    ) -> list[Receipt]:
        """Send and wait, and send again what an engine acknowledged and lost."""
        hashes, deadline = [t.hash for t in transactions], time.monotonic() + timeout_seconds
        while True:
            for outcome in self.send_raw_batch([t.raw for t in transactions]):
                if outcome is not None:
                    raise outcome
            left = deadline - time.monotonic()
            try:
                return self.wait_all(hashes, max(0.0, min(RESEND_SECONDS, left)))
            except TransactionUnknown:
                if left <= RESEND_SECONDS:
                    raise

    def _estimates(self, calls: Sequence[Call]) -> list[int]:
        asked: list[RpcCall] = [("eth_estimateGas", (c.params(self.address),)) for c in calls]
        outcomes = self._rpc.batch_outcomes(asked)
        for call, outcome in zip(calls, outcomes, strict=True):
            if isinstance(outcome, NodeRefused):
                # Not every engine gives the revert's bytes with an estimate.
                refusal = explain(outcome.data) if outcome.data else self.simulate(call)
                raise ContractRefused(refusal) if refusal else outcome
        return [int(outcome, 16) for outcome in outcomes]

    def _is_known(self, raw: bytes) -> bool:
        """Whether the node has this very transaction; engines word their refusals differently."""
        hash_ = keccak(raw)
        asked: list[RpcCall] = [("eth_getTransactionByHash", ("0x" + hash_.hex(),))]
        found = self._rpc.batch_outcomes(asked)[0]
        return found is not None and not isinstance(found, NodeRefused)

    def _why(self, receipt: Receipt) -> Refusal | None:
        """The refusal of a failed transaction, found by trying it again on the block before."""
        sent = self._rpc.call("eth_getTransactionByHash", "0x" + receipt.hash.hex())
        if sent is None or not sent.get("to"):
            return None
        data = bytes.fromhex(sent["input"][2:])
        try:
            return self.simulate(Call(to=sent["to"], data=data), receipt.block - 1)
        except NodeRefused:
            return None  # the node has no state of that block any more


def _with_margin(gas: int) -> int:
    return gas * (100 + GAS_MARGIN_PERCENT) // 100


def _receipt(answer: dict[str, Any] | NodeRefused | None) -> Receipt | None:
    # geth refuses while it indexes; a pending receipt has no block on some engines.
    if not isinstance(answer, dict) or answer.get("blockNumber") is None:
        return None
    return Receipt(
        hash=bytes.fromhex(answer["transactionHash"][2:]),
        block=int(answer["blockNumber"], 16),
        status=int(answer["status"], 16),
        gas_used=int(answer["gasUsed"], 16),
        created=(answer.get("contractAddress") or "").lower(),
    )
