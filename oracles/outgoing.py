"""Acts on their way to the chain: nonce and raw transaction first, then the node, then the proof.

Guarantees: every signed statement handed in is recorded once and kept in the evidence once, however
often the oracle is killed; a node's acknowledgement counts for nothing, a timeout means unknown,
only status 1 at confirmation depth moves the journal on. What somebody else relayed counts as done.
A nonce that a refused transaction left open is filled with a no-op, a stuck transaction is replaced
under the same nonce with a higher fee. One process per relayer key.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fundtrail.chain.bindings import EvidenceLog, FundLedger, Registry
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
from fundtrail.chain.relay import Receipt, Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.chain.transaction import GAS_OF_NOOP, Call, Fees, RawTransaction
from fundtrail.evidence import keep_statement, statements_path
from fundtrail.network import Network
from fundtrail.signed_statements import RecordedStatement, SignedStatement
from fundtrail.statements import STATEMENTS, statement_from_message
from oracles.errors import JournalError
from oracles.journal import Journal
from oracles.statement_words import subject_of

_CONTRACTS: dict[str, type[Registry | EvidenceLog | FundLedger]] = {
    "Registry": Registry,
    "EvidenceLog": EvidenceLog,
    "FundLedger": FundLedger,
}
_POLL_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5)
Proof = Callable[[SignedStatement], Sequence[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds: how long to wait for a receipt, and after how long a fee is raised."""

    wait: float = 60.0
    replace_after: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A statement that is on the chain and in the evidence."""

    digest: bytes
    type_name: str
    subject: str
    transaction: bytes
    block: int


class Outgoing:
    """Carries acts for one journal and one relayer. `proof` makes consistency proofs of anchors."""

    def __init__(
        self,
        *,
        journal: Journal,
        network: Network,
        rpc: Rpc,
        relayer: Relayer,
        evidence: Path,
        proof: Proof,
        patience: Patience,
    ) -> None:
        self._journal, self._network, self._rpc = journal, network, rpc
        self._relayer, self._evidence = relayer, evidence
        self._proof, self._patience = proof, patience

    def submit(self, signed: SignedStatement) -> Recorded:
        """Record `signed` and keep it. Raises ContractRefused before anything is sent."""
        digest = signed.statement.digest(self._network)
        if self._state(digest) in (None, "refused"):
            self._take(signed, digest)
        return self.carry(digest)

    def carry_all(self) -> list[Recorded]:
        """Bring every act that is under way to its end, oldest nonce first."""
        query = (
            "SELECT digest FROM acts WHERE state NOT IN ('kept', 'refused') ORDER BY "
            "(SELECT min(nonce) FROM transactions WHERE act = acts.digest), rowid"
        )
        return [self.carry(row[0]) for row in list(self._journal.rows(query))]

    def carry(self, digest: bytes) -> Recorded:
        """Bring one act of the journal to `kept`. Raises TransactionFailed, TransactionUnknown."""
        state = self._state(digest)
        if state in ("outgoing", "sent"):
            self._confirm(digest)
        if self._state(digest) == "confirmed":
            self._keep(digest)
        return self._recorded(digest)

    # Taking: nothing is sent here.

    def _take(self, signed: SignedStatement, digest: bytes) -> None:
        if self._adopt(signed.statement.contract, digest):
            return None
        call = self._relayer.call(
            signed.statement, signed.signatures, consistency_proof=self._proof(signed)
        )
        try:
            gas, fees = self._relayer.estimate(call), self._relayer.fees  # the node tries the call
        except ContractRefused as refused:
            if refused.refusal.name != "AlreadyRecorded":
                raise
            return self._await_other(signed.statement.contract, digest)
        seen = self._relayer.nonce(pending=True)
        with self._journal.transaction() as connection:
            nonce = max(seen, self._next_nonce(connection))
            transaction = self._relayer.raw(call, nonce, gas=gas, fees=fees)
            self._insert_act(connection, signed, digest, "outgoing", calldata=call.data)
            self._store(connection, transaction, digest, gas, fees)

    def _await_other(self, contract: str, digest: bytes) -> None:
        """Somebody else's transaction with this statement waits in the node's pool."""
        started = time.monotonic()
        while not self._adopt(contract, digest):
            if time.monotonic() - started > self._patience.wait:
                raise TransactionUnknown(digest, self._patience.wait)
            time.sleep(_POLL_SECONDS[-1])

    def _next_nonce(self, connection: sqlite3.Connection) -> int:
        """One above the highest nonce that is still open here; 0 where none is."""
        found = connection.execute(
            "SELECT coalesce(max(nonce) + 1, 0) FROM transactions WHERE state = 'open'"
        ).fetchone()
        return int(found[0])

    def _insert_act(
        self,
        connection: sqlite3.Connection,
        signed: SignedStatement,
        digest: bytes,
        state: str,
        receipt: tuple[bytes, int] | None = None,
        calldata: bytes = b"",
    ) -> None:
        hash_, block = receipt or (None, None)
        connection.execute("UPDATE transactions SET act = NULL WHERE act = ?", (digest,))
        connection.execute("DELETE FROM acts WHERE digest = ?", (digest,))
        connection.execute(
            "INSERT INTO acts (digest, type, subject, message, signatures, calldata, state, hash, "
            "block) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                digest,
                signed.statement.type_name(),
                subject_of(signed.statement),
                json.dumps(signed.statement.message()),
                json.dumps([signature.hex() for signature in signed.signatures]),
                calldata,
                state,
                hash_,
                block,
            ),
        )

    def _store(
        self,
        connection: sqlite3.Connection,
        transaction: RawTransaction,
        digest: bytes | None,
        gas: int,
        fees: Fees,
    ) -> None:
        connection.execute(
            "INSERT OR IGNORE INTO transactions VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')",
            (
                transaction.hash,
                transaction.nonce,
                digest,
                transaction.raw,
                gas,
                fees.per_gas_max,
                fees.priority,
                time.time(),
            ),
        )

    def _adopt(self, contract: str, digest: bytes) -> bool:
        """Whether the contract has the statement already; then the journal has it as confirmed."""
        block = _CONTRACTS[contract](self._network, self._rpc).recorded_at(digest)
        if not block or block > confirmed_head(self._network, self._rpc):
            return False
        events = read_events(self._network, self._rpc, block, block)
        for found in read_recorded(self._network, self._rpc, events):
            if found.signed.statement.digest(self._network) == digest:
                with self._journal.transaction() as connection:
                    self._close(connection, digest)
                    receipt = (found.transaction, found.block)
                    self._insert_act(connection, found.signed, digest, "confirmed", receipt)
                return True
        raise NodeInconsistent(f"expected statement 0x{digest.hex()} in block {block}, got none")

    # Confirming: send, look, send again.

    def _confirm(self, digest: bytes) -> None:
        started, turn = time.monotonic(), 0
        while self._state(digest) in ("outgoing", "sent"):
            waited = time.monotonic() - started
            try:
                if self._state(digest) == "sent" and self._settled(digest):
                    return
                if turn:
                    self._unblock(digest)
                    time.sleep(_POLL_SECONDS[min(turn, len(_POLL_SECONDS)) - 1])
                self._send(digest)
            except NodeUnreachable:
                if waited > self._patience.wait:
                    raise
            if waited > self._patience.wait:
                raise TransactionUnknown(self._open(digest)[-1][0], self._patience.wait)
            turn += 1

    def _unblock(self, digest: bytes) -> None:
        """What keeps a transaction from being mined: a gap before it, or too low a fee."""
        for _, nonce, _ in self._open(digest):
            self._fill_gap(nonce)
        self._replace_stuck(digest)

    def _settled(self, digest: bytes) -> bool:
        """Whether a receipt at confirmation depth decides the act; the journal then says so."""
        for hash_, _nonce, _raw in self._open(digest):
            try:
                receipt = self._relayer.confirmed(hash_)
            except TransactionFailed as failed:
                self._failed(digest, failed)
                return True
            if receipt is not None:
                self._confirmed(digest, receipt)
                return True
        return False

    def _confirmed(self, digest: bytes, receipt: Receipt) -> None:
        with self._journal.transaction() as connection:
            self._close(connection, digest, receipt.hash)
            connection.execute(
                "UPDATE acts SET state = 'confirmed', hash = ?, block = ? WHERE digest = ?",
                (receipt.hash, receipt.block, digest),
            )

    def _failed(self, digest: bytes, failed: TransactionFailed) -> None:
        """Status 0: somebody else was first, or the contract said no after the simulation."""
        if self._adopt(self._signed(digest).statement.contract, digest):
            return
        self._refuse(digest, str(failed), failed.hash)
        raise failed

    def _send(self, digest: bytes) -> None:
        for hash_, nonce, raw in self._open(digest):
            try:
                self._relayer.send_raw(raw)
            except NodeRefused as refused:
                self._not_taken(digest, hash_, nonce, refused)
                return
        with self._journal.transaction() as connection:
            connection.execute(
                "UPDATE acts SET state = 'sent' WHERE digest = ? AND state = 'outgoing'", (digest,)
            )

    def _not_taken(self, digest: bytes, hash_: bytes, nonce: int, refused: NodeRefused) -> None:
        """A node will not take it: it is mined already, its nonce is used, or it never can be."""
        if self._relayer.receipt(hash_) is not None:
            return
        if self._relayer.nonce(pending=False) > nonce:
            with self._journal.transaction() as connection:
                connection.execute(
                    "UPDATE transactions SET state = 'void' WHERE hash = ?", (hash_,)
                )
            if not self._open(digest):
                self._take(self._signed(digest), digest)
            return
        if len(self._open(digest)) > 1:
            return  # a replacement that the node finds too cheap; the first one still counts
        self._refuse(digest, str(refused), hash_)
        raise refused

    def _fill_gap(self, nonce: int) -> None:
        """Use up the nonces below `nonce` that no transaction of this journal will use."""
        for missing in range(self._relayer.nonce(pending=True), nonce):
            held = self._journal.value(
                "SELECT raw FROM transactions WHERE nonce = ? AND state = 'open' "
                "ORDER BY stored_at DESC",
                missing,
            )
            if held is None:
                noop = self._relayer.noop(missing)
                with self._journal.transaction() as connection:
                    self._store(connection, noop, None, GAS_OF_NOOP, self._relayer.fees)
                held = noop.raw
            self._relayer.send_raw(held)

    def _replace_stuck(self, digest: bytes) -> None:
        """Offer more for the same nonce when the last offer has waited too long."""
        found = self._journal.row(
            "SELECT nonce, gas, per_gas_max, priority, stored_at, acts.type, acts.calldata "
            "FROM transactions JOIN acts ON acts.digest = transactions.act "
            "WHERE act = ? AND transactions.state = 'open' ORDER BY stored_at DESC",
            digest,
        )
        if found is None or time.time() - found[4] < self._patience.replace_after:
            return
        nonce, gas, per_gas_max, priority, _, type_name, calldata = found
        fees = Fees(per_gas_max=per_gas_max, priority=priority).raised()
        to = self._network.address(STATEMENTS[type_name].contract)
        transaction = self._relayer.raw(Call(to=to, data=calldata), nonce, gas=gas, fees=fees)
        with self._journal.transaction() as connection:
            self._store(connection, transaction, digest, gas, fees)

    # Keeping: the line in the evidence.

    def _keep(self, digest: bytes) -> None:
        found = self._journal.row("SELECT hash, block FROM acts WHERE digest = ?", digest)
        if found is None:
            raise JournalError(f"0x{digest.hex()}: expected an act, got none")
        block_time = self._rpc.block_times([found[1]])[found[1]]
        recorded = RecordedStatement(
            signed=self._signed(digest), transaction=found[0], block=found[1]
        )
        keep_statement(statements_path(self._evidence, block_time), recorded)
        with self._journal.transaction() as connection:
            connection.execute("UPDATE acts SET state = 'kept' WHERE digest = ?", (digest,))

    # The journal's side.

    def _state(self, digest: bytes) -> str | None:
        state: str | None = self._journal.value("SELECT state FROM acts WHERE digest = ?", digest)
        return state

    def _open(self, digest: bytes) -> list[tuple[bytes, int, bytes]]:
        query = (
            "SELECT hash, nonce, raw FROM transactions WHERE act = ? AND state = 'open' "
            "ORDER BY stored_at"
        )
        return [(row[0], row[1], row[2]) for row in self._journal.rows(query, digest)]

    def _signed(self, digest: bytes) -> SignedStatement:
        found = self._journal.row(
            "SELECT type, message, signatures FROM acts WHERE digest = ?", digest
        )
        if found is None:
            raise JournalError(f"0x{digest.hex()}: expected an act in the journal, got none")
        message: dict[str, Any] = json.loads(found[1])
        return SignedStatement(
            statement=statement_from_message(found[0], message),
            signatures=tuple(bytes.fromhex(item) for item in json.loads(found[2])),
        )

    def _recorded(self, digest: bytes) -> Recorded:
        found = self._journal.row(
            "SELECT type, subject, hash, block, state, refusal FROM acts WHERE digest = ?", digest
        )
        if found is None or found[4] != "kept":
            raise JournalError(f"0x{digest.hex()}: expected a kept act, got {found}")
        return Recorded(
            digest=digest,
            type_name=found[0],
            subject=found[1],
            transaction=found[2],
            block=found[3],
        )

    def _refuse(self, digest: bytes, why: str, hash_: bytes) -> None:
        with self._journal.transaction() as connection:
            self._close(connection, digest, hash_)
            connection.execute(
                "UPDATE acts SET state = 'refused', refusal = ?, hash = ? WHERE digest = ?",
                (why, hash_, digest),
            )

    @staticmethod
    def _close(connection: sqlite3.Connection, digest: bytes, mined: bytes = b"") -> None:
        connection.execute(
            "UPDATE transactions SET state = iif(hash = ?, 'mined', 'void') "
            "WHERE act = ? AND state = 'open'",
            (mined, digest),
        )
