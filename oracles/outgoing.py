"""Acts on their way to the chain: nonce and raw transaction first, then the node, then the proof.

Guarantees: every signed statement handed in is recorded once and kept in the evidence once, however
often the oracle is killed; a node's acknowledgement counts for nothing, a timeout means unknown,
only status 1 at confirmation depth moves the journal on. What somebody else relayed counts as done.
A nonce that a refused transaction left open is filled with a no-op, a stuck transaction is replaced
under the same nonce with a higher fee. One process per relayer key.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fundtrail.chain.bindings import DisputeDesk, EvidenceLog, FundLedger, Registry
from fundtrail.chain.errors import (
    ContractRefused,
    NodeInconsistent,
    NodeRefused,
    NodeUnreachable,
    TransactionFailed,
    TransactionUnknown,
)
from fundtrail.chain.events import confirmed_head, read_events
from fundtrail.chain.recorded import read_recorded
from fundtrail.chain.relay import Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.chain.transaction import GAS_OF_NOOP, Call
from fundtrail.evidence import keep_statement, statements_path
from fundtrail.network import Network
from fundtrail.proofs import Placed
from fundtrail.signed_statements import SignedStatement
from fundtrail.statements import AnchorFeed
from oracles.acts import Acts, Offer, Recorded, offer_of

_CONTRACTS: dict[str, type[Registry | EvidenceLog | FundLedger | DisputeDesk]] = {
    "Registry": Registry,
    "EvidenceLog": EvidenceLog,
    "FundLedger": FundLedger,
    "DisputeDesk": DisputeDesk,
}
_POLL_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds: how long to wait for a receipt, and after how long a fee is raised."""

    wait: float = 60.0
    replace_after: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What travels beside a statement: the proof that a feed grew, or a line with its place."""

    consistency: Sequence[bytes] = ()
    line: Placed | None = None
    batch: str = ""


Proof = Callable[[SignedStatement], Beside]


class Outgoing:
    """Carries acts for one journal and one relayer. `proof` makes what travels beside them."""

    def __init__(
        self,
        *,
        acts: Acts,
        network: Network,
        rpc: Rpc,
        relayer: Relayer,
        evidence: Path,
        proof: Proof,
        patience: Patience,
    ) -> None:
        self._acts, self._network, self._rpc = acts, network, rpc
        self._relayer, self._evidence = relayer, evidence
        self._proof, self._patience = proof, patience

    def submit(self, signed: SignedStatement, proof: Proof | None = None) -> Recorded:
        """Record `signed` and keep it. Raises ContractRefused before anything is sent.

        `proof` is asked only where it is needed: not for what is recorded or under way already.
        """
        digest = signed.statement.digest(self._network)
        if self._acts.state(digest) in ("", "refused"):
            self._take(signed, digest, lambda: self._call(signed, proof or self._proof))
        return self.carry(digest)

    def carry_all(self) -> list[Recorded]:
        """Bring every act that is under way to its end, lowest nonce first."""
        return [self.carry(digest) for digest in self._acts.under_way()]

    def carry(self, digest: bytes) -> Recorded:
        """Bring one act of the journal to `kept`. Raises TransactionFailed, TransactionUnknown."""
        if self._acts.state(digest) in ("outgoing", "sent"):
            self._confirm(digest)
        if self._acts.state(digest) == "confirmed":
            self._keep(digest)
        return self._acts.recorded(digest)

    # Taking: nothing is sent here.

    def _take(self, signed: SignedStatement, digest: bytes, make: Callable[[], Call]) -> None:
        if self._adopt(signed.statement.contract, digest):
            return
        call = make()
        try:
            gas, fees = self._relayer.estimate(call), self._relayer.fees  # the node tries the call
        except ContractRefused as refused:
            if refused.refusal.name != "AlreadyRecorded":
                raise
            self._await_other(signed.statement.contract, digest)
            return

        def sign(nonce: int) -> Offer:
            raw = self._relayer.raw(call, nonce, gas=gas, fees=fees)
            return offer_of(raw, gas, fees)

        self._acts.take(signed, digest, call.data, self._relayer.nonce(pending=True), sign)

    def _call(self, signed: SignedStatement, proof: Proof) -> Call:
        beside = proof(signed)
        return self._relayer.call(
            signed.statement,
            signed.signatures,
            consistency_proof=beside.consistency,
            proof=beside.line,
            batch=beside.batch,
        )

    def _same_call(self, digest: bytes) -> Call:
        """The call as the journal has it. A feed's proof ages, that of a line does not."""
        signed = self._acts.signed(digest)
        if isinstance(signed.statement, AnchorFeed):
            return self._call(signed, self._proof)
        to = self._network.address(signed.statement.contract)
        return Call(to=to, data=self._acts.calldata(digest))

    def _adopt(self, contract: str, digest: bytes) -> bool:
        """Whether the contract has the statement already; then the journal has it as confirmed."""
        block = _CONTRACTS[contract](self._network, self._rpc).recorded_at(digest)
        if not block or block > confirmed_head(self._network, self._rpc):
            return False
        events = read_events(self._network, self._rpc, block, block)
        for found in read_recorded(self._network, self._rpc, events):
            if found.signed.statement.digest(self._network) == digest:
                self._acts.adopt(found, digest)
                return True
        raise NodeInconsistent(f"expected statement 0x{digest.hex()} in block {block}, got none")

    def _await_other(self, contract: str, digest: bytes) -> None:
        """Somebody else's transaction with this statement waits in the node's pool."""
        started = time.monotonic()
        while not self._adopt(contract, digest):
            if time.monotonic() - started > self._patience.wait:
                raise TransactionUnknown(digest, self._patience.wait)
            time.sleep(_POLL_SECONDS[-1])

    # Confirming: send, look, send again.

    def _confirm(self, digest: bytes) -> None:
        started, turn = time.monotonic(), 0
        while self._acts.state(digest) in ("outgoing", "sent"):
            waited = time.monotonic() - started
            try:
                if self._acts.state(digest) == "sent" and self._settled(digest):
                    return
                if turn:
                    self._unblock(digest)
                    time.sleep(_POLL_SECONDS[min(turn, len(_POLL_SECONDS)) - 1])
                self._send(digest)
            except NodeUnreachable:
                if waited > self._patience.wait:
                    raise
            if waited > self._patience.wait:
                hash_ = self._acts.offers(digest)[-1].transaction.hash
                raise TransactionUnknown(hash_, self._patience.wait)
            turn += 1

    def _settled(self, digest: bytes) -> bool:
        """Whether a receipt at confirmation depth decides the act; the journal then says so."""
        for offer in self._acts.offers(digest):
            try:
                receipt = self._relayer.confirmed(offer.transaction.hash)
            except TransactionFailed as failed:
                self._failed(digest, failed)
                return True
            if receipt is not None:
                self._acts.confirm(digest, receipt.hash, receipt.block)
                return True
        return False

    def _failed(self, digest: bytes, failed: TransactionFailed) -> None:
        """Status 0: somebody else was first, or the contract said no after the simulation."""
        if not self._adopt(self._acts.signed(digest).statement.contract, digest):
            self._acts.refuse(digest, failed.hash, str(failed))
            raise failed

    def _send(self, digest: bytes) -> None:
        """Hand over the newest offer that the node takes, and say that it was asked to."""
        offers = self._acts.offers(digest)
        refusals = []
        for offer in reversed(offers):
            try:
                self._relayer.send_raw(offer.transaction.raw)
                break
            except NodeRefused as refused:
                refusals.append(refused)
        else:
            self._not_taken(digest, offers, refusals[-1])
        self._acts.sent(digest)

    def _not_taken(self, digest: bytes, offers: Sequence[Offer], refused: NodeRefused) -> None:
        """A node will not take it: it is mined already, its nonce is used, or it never can be."""
        first = offers[0].transaction
        if any(self._relayer.receipts([offer.transaction.hash for offer in offers])):
            return
        if self._relayer.nonce(pending=False) > first.nonce:
            for offer in offers:
                self._acts.void(offer.transaction.hash)
            self._take(self._acts.signed(digest), digest, lambda: self._same_call(digest))
        else:
            self._acts.refuse(digest, first.hash, str(refused))
            raise refused

    def _unblock(self, digest: bytes) -> None:
        """What keeps a transaction from being mined: a gap before it, or too low a fee."""
        newest = self._acts.offers(digest)[-1]
        self._fill_gap(newest.transaction.nonce)
        # Where gas costs nothing there is nothing to raise, and nothing to pay it with.
        waited = time.time() - newest.stored_at
        if newest.fees.per_gas_max and waited > self._patience.replace_after:
            self._replace(digest, newest)

    def _fill_gap(self, nonce: int) -> None:
        """Use up the nonces below `nonce` that no transaction of this journal will use."""
        for missing in range(self._relayer.nonce(pending=True), nonce):
            offer = self._acts.offer_with(missing)
            if offer is None:
                fees = self._relayer.fees
                offer = offer_of(self._relayer.noop(missing, fees=fees), GAS_OF_NOOP, fees)
                self._acts.store(offer, None)
            self._relayer.send_raw(offer.transaction.raw)

    def _replace(self, digest: bytes, stuck: Offer) -> None:
        """Offer more for the same call under the same nonce."""
        to = self._network.address(self._acts.signed(digest).statement.contract)
        call, fees = Call(to=to, data=self._acts.calldata(digest)), stuck.fees.raised()
        raw = self._relayer.raw(call, stuck.transaction.nonce, gas=stuck.gas, fees=fees)
        self._acts.store(offer_of(raw, stuck.gas, fees), digest)

    # Keeping: the line in the evidence.

    def _keep(self, digest: bytes) -> None:
        recorded = self._acts.confirmed(digest)
        block_time = self._rpc.block_times([recorded.block])[recorded.block]
        keep_statement(statements_path(self._evidence, block_time), recorded)
        self._acts.keep(digest)
