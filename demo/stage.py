"""The stage: a chain that lives in the month of the story, and officers' acts on it.

The chain's clock is the story's: anvil lets it be set, no real network does. Everything else is
what a real network does: statements signed by officers' keys, carried by a relayer, refused or
recorded by the contracts, and kept in the evidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from demo.cast import Cast, Officer
from demo.narrator import LOCAL, Narrator
from fundtrail.chain.errors import ContractRefused
from fundtrail.chain.refusal import Refusal
from fundtrail.chain.relay import Receipt, Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.chain.transaction import Call
from fundtrail.evidence import keep_statement, statements_path
from fundtrail.ids import ZERO32, text_digest
from fundtrail.network import Network
from fundtrail.proofs import Placed
from fundtrail.signed_statements import RecordedStatement, SignedStatement
from fundtrail.signers import KeySigner
from fundtrail.statements import Basis, Statement

VALID_SECONDS = 7 * 24 * 3600


def at(day: date, hour: int = 9, minute: int = 0) -> int:
    """Unix seconds of a local time of the story."""
    return int(datetime.combine(day, time(hour, minute), LOCAL).timestamp())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where acts happen."""

    network: Network
    rpc: Rpc
    relayer: Relayer
    cast: Cast
    evidence: Path
    narrator: Narrator

    def now(self) -> int:
        """The time of the newest block."""
        return self.rpc.block_times([self.rpc.head()])[self.rpc.head()]

    def travel(self, seconds: int) -> None:
        """Let the chain's clock read `seconds`; never backwards."""
        if seconds > self.now():
            self.rpc.call("evm_setNextBlockTimestamp", hex(seconds))
            self.rpc.call("evm_mine")

    def basis(self, document: str, evidence: bytes = ZERO32) -> Basis:
        """A basis signed now, good for a week."""
        now = self.now()
        return Basis(
            evidence=evidence,
            document=text_digest(document),
            signed_at=now,
            deadline=now + VALID_SECONDS,
        )

    def sign(self, statement: Statement, *signers: KeySigner) -> SignedStatement:
        """Signatures in the order of the signers' addresses."""
        digest = statement.digest(self.network)
        ordered = sorted(signers, key=lambda signer: signer.address)
        return SignedStatement(
            statement=statement, signatures=tuple(signer.sign(digest) for signer in ordered)
        )

    def govern(self, statements: Sequence[Statement]) -> list[Receipt]:
        """Record governance acts that do not depend on each other, by two governors each."""
        governors = [signer for _, signer in self.cast.governors[:2]]
        signed = [self.sign(statement, *governors) for statement in statements]
        calls = [self.relayer.call(item.statement, item.signatures) for item in signed]
        receipts = self.relayer.record_all(calls)
        for item, receipt in zip(signed, receipts, strict=True):
            self._keep(item, receipt)
        return receipts

    def act(
        self, officer: Officer, statement: Statement, what: str, proof: Placed | None = None
    ) -> SignedStatement:
        """Sign, record, keep and tell one act of one officer; `proof` is the line it is about."""
        signed = self.sign(statement, officer.signer)
        call = self.relayer.call(statement, signed.signatures, proof=proof)
        receipt = self.relayer.record(call)
        self._keep(signed, receipt)
        self.narrator.act(receipt.block, self.now(), self.who(officer), what)
        return signed

    def send(self, who: str, contract: str, data: bytes, what: str) -> None:
        """An act that takes no officer: anybody may send it."""
        receipt = self.relayer.record(Call(to=self.network.address(contract), data=data))
        self.narrator.act(receipt.block, self.now(), who, what)

    def refused(self, officer: Officer, statement: Statement, attempt: str) -> Refusal:
        """An act that must be refused; tells it by the contract's own words."""
        return self.refused_again(officer, self.sign(statement, officer.signer), attempt)

    def refused_again(self, officer: Officer, signed: SignedStatement, attempt: str) -> Refusal:
        """The same for a statement that is signed already."""
        try:
            self.relayer.record(self.relayer.call(signed.statement, signed.signatures))
        except ContractRefused as refusal:
            self.narrator.refused(self.who(officer), attempt, str(refusal.refusal))
            return refusal.refusal
        raise AssertionError(f"the contract took what it must refuse: {attempt}")

    def who(self, officer: Officer) -> str:
        """`清河区民政局 · 审批 approve`."""
        name = next(agency.name for agency in self.cast.agencies if agency.code == officer.agency)
        return f"{name}({officer.roles.zh} {officer.person})"

    def _keep(self, signed: SignedStatement, receipt: Receipt) -> None:
        recorded = RecordedStatement(signed=signed, transaction=receipt.hash, block=receipt.block)
        seconds = self.rpc.block_times([receipt.block])[receipt.block]
        keep_statement(statements_path(self.evidence, seconds), recorded)
