"""Handing in a proven fraud: the contract judges, anybody's key pays the gas, nobody signs.

Guarantees: nothing is sent that the contract would refuse, and what is recorded already is not sent
again. Without a key the contract is only asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from audit_cli.ready_proof import DuplicateProof
from fundtrail.chain.errors import ContractRefused
from fundtrail.chain.event_types import FraudProven
from fundtrail.chain.events import read_events
from fundtrail.chain.network_check import check_network
from fundtrail.chain.refusal import Refusal
from fundtrail.chain.relay import Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.chain.transaction import Call
from fundtrail.network import Network
from fundtrail.signers import KeySigner, Signer

ALREADY = "Challenges_AlreadyProven"
_NOBODY = bytes(31) + b"\x01"  # the key of nobody, for questions: it sends nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the contract said to one proof. `event` is there where it was sent and recorded."""

    proof: DuplicateProof
    refusal: Refusal | None = None
    event: FraudProven | None = None

    @property
    def holds(self) -> bool:
        """Whether it is proven, or would be if it were sent."""
        return self.refusal is None or self.refusal.name == ALREADY

    @property
    def zh(self) -> str:
        """The contract's answer, Chinese."""
        if self.refusal:
            return "此前已举证 already" if self.refusal.name == ALREADY else self.refusal.zh
        if self.event is None:
            return "合约认可,尚未提交(加 --key 提交)"
        stopped = "相关批次已停住" if self.event.blocked else f"{self.event.run} 已拨付,立案"
        return f"已上链举证,区块 {self.event.block};{stopped}"

    @property
    def en(self) -> str:
        """The contract's answer, English."""
        if self.refusal:
            return "proven before" if self.refusal.name == ALREADY else self.refusal.en
        if self.event is None:
            return "the contract takes it; not sent, give --key to send it"
        return f"proven in block {self.event.block}, challenge 0x{self.event.challenge.hex()}"

    def to_json(self) -> dict[str, Any]:
        """The object of the answer."""
        event, refusal = self.event, self.refusal
        return {
            "proof": self.proof.name,
            "payment": self.proof.payment_id.hex(),
            "runs": [self.proof.run, self.proof.other_run],
            "holds": self.holds,
            "refusal": refusal.name if refusal else None,
            "challenge": event.challenge.hex() if event else None,
            "block": event.block if event else None,
            "transaction": "0x" + event.transaction.hex() if event else None,
            "message": f"{self.zh} {self.en}",
        }


def challenge(
    proofs: Sequence[DuplicateProof], network: Network, rpc: Rpc, key: Signer | None
) -> list[Judged]:
    """Ask the contract about each proof and, with `key`, hand in those that hold.

    Raises WrongChain or CodeMismatch where the node holds another network.
    """
    check_network(network, rpc)
    relayer = Relayer(network, rpc, key or KeySigner(_NOBODY))
    return [_judge(proof, network, rpc, relayer, send=key is not None) for proof in proofs]


def _judge(
    proof: DuplicateProof, network: Network, rpc: Rpc, relayer: Relayer, *, send: bool
) -> Judged:
    call = Call(to=network.address("DisputeDesk"), data=proof.calldata())
    refusal = relayer.simulate(call)
    if refusal is not None or not send:
        return Judged(proof=proof, refusal=refusal)
    try:
        receipt = relayer.record(call)
    except ContractRefused as refused:  # somebody was faster
        return Judged(proof=proof, refusal=refused.refusal)
    events = read_events(network, rpc, receipt.block, receipt.block)
    (event,) = (
        event
        for event in events
        if isinstance(event, FraudProven) and event.transaction == receipt.hash
    )
    return Judged(proof=proof, event=event)
