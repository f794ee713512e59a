"""Acts and their transactions in the journal: the table behind `outgoing`. Talks to no node.

Every change is one transaction of the journal; the states are drawn in `oracles.journal`.
"""

import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fundtrail.chain.transaction import Fees, RawTransaction
from fundtrail.signed_statements import RecordedStatement, SignedStatement
from fundtrail.statements import statement_from_message
from oracles.errors import JournalError
from oracles.journal import Journal
from oracles.statement_words import subject_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A statement that is on the chain and in the evidence."""

    digest: bytes
    type_name: str
    subject: str
    transaction: bytes
    block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A raw transaction that may still be mined, with what it offers."""

    transaction: RawTransaction
    gas: int
    fees: Fees
    stored_at: float


class Acts:
    """The acts of one journal by the digest of their statement."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # What is there.

    def state(self, digest: bytes) -> str:
        """The state of an act, empty where it is not in the journal."""
        return self._journal.value("SELECT state FROM acts WHERE digest = ?", digest) or ""

    def under_way(self) -> list[bytes]:
        """Acts that are neither kept nor refused, lowest nonce first."""
        query = (
            "SELECT digest FROM acts WHERE state NOT IN ('kept', 'refused') ORDER BY "
            "(SELECT min(nonce) FROM transactions WHERE act = acts.digest), rowid"
        )
        return [row[0] for row in self._journal.rows(query)]

    def signed(self, digest: bytes) -> SignedStatement:
        """The signed statement of an act."""
        type_name, message, signatures = self._held(digest, "type, message, signatures")
        return SignedStatement(
            statement=statement_from_message(type_name, json.loads(message)),
            signatures=tuple(bytes.fromhex(item) for item in json.loads(signatures)),
        )

    def calldata(self, digest: bytes) -> bytes:
        """What its transactions call, consistency proof included."""
        data: bytes = self._held(digest, "calldata")[0]
        return data

    def confirmed(self, digest: bytes) -> RecordedStatement:
        """A confirmed act as the evidence keeps it."""
        hash_, block = self._held(digest, "hash, block")
        return RecordedStatement(signed=self.signed(digest), transaction=hash_, block=block)

    def recorded(self, digest: bytes) -> Recorded:
        """A kept act. Raises JournalError for one that is not."""
        type_name, subject, hash_, block, state = self._held(
            digest, "type, subject, hash, block, state"
        )
        if state != "kept":
            raise JournalError(f"0x{digest.hex()}: expected a kept act, got {state}")
        return Recorded(
            digest=digest, type_name=type_name, subject=subject, transaction=hash_, block=block
        )

    def offers(self, digest: bytes) -> list[Offer]:
        """The open transactions of an act, all with one nonce, the newest last."""
        query = "act = ? AND state = 'open' ORDER BY stored_at"
        return [self._offer(row) for row in self._journal.rows(f"{_OFFERS} {query}", digest)]

    def offer_with(self, nonce: int) -> Offer | None:
        """The newest open transaction with this nonce."""
        query = f"{_OFFERS} nonce = ? AND state = 'open' ORDER BY stored_at DESC"
        row = self._journal.row(query, nonce)
        return self._offer(row) if row else None

    # What changes.

    def take(
        self,
        signed: SignedStatement,
        digest: bytes,
        calldata: bytes,
        seen_nonce: int,
        sign: Callable[[int], Offer],
    ) -> None:
        """Allocate a nonce, not below `seen_nonce`, and store the transaction signed with it."""
        with self._journal.transaction() as connection:
            nonce = connection.execute(
                "SELECT max(?, coalesce(max(nonce) + 1, 0)) FROM transactions WHERE state = 'open'",
                (seen_nonce,),
            ).fetchone()[0]
            self._insert(connection, signed, digest, calldata, "outgoing")
            self._store(connection, sign(nonce), digest)

    def adopt(self, found: RecordedStatement, digest: bytes) -> None:
        """What the chain has already, by whoever sent it."""
        with self._journal.transaction() as connection:
            _close(connection, digest)
            receipt = (found.transaction, found.block)
            self._insert(connection, found.signed, digest, b"", "confirmed", receipt)

    def store(self, offer: Offer, digest: bytes | None) -> None:
        """One more transaction: a replacement for an act, or a no-op for nobody."""
        with self._journal.transaction() as connection:
            self._store(connection, offer, digest)

    def sent(self, digest: bytes) -> None:
        """A node was asked to take it."""
        self._update(
            "UPDATE acts SET state = 'sent' WHERE digest = ? AND state = 'outgoing'", digest
        )

    def confirm(self, digest: bytes, hash_: bytes, block: int) -> None:
        """Status 1 at confirmation depth."""
        with self._journal.transaction() as connection:
            _close(connection, digest, hash_)
            connection.execute(
                "UPDATE acts SET state = 'confirmed', hash = ?, block = ? WHERE digest = ?",
                (hash_, block, digest),
            )

    def keep(self, digest: bytes) -> None:
        """The evidence has its line."""
        self._update("UPDATE acts SET state = 'kept' WHERE digest = ?", digest)

    def void(self, hash_: bytes) -> None:
        """A transaction whose nonce another one has used."""
        self._update("UPDATE transactions SET state = 'void' WHERE hash = ?", hash_)

    def refuse(self, digest: bytes, hash_: bytes, why: str) -> None:
        """The contract or the node said no."""
        with self._journal.transaction() as connection:
            _close(connection, digest, hash_)
            connection.execute(
                "UPDATE acts SET state = 'refused', refusal = ?, hash = ? WHERE digest = ?",
                (why, hash_, digest),
            )

    # SQL.

    def _held(self, digest: bytes, columns: str) -> tuple[Any, ...]:
        found = self._journal.row(f"SELECT {columns} FROM acts WHERE digest = ?", digest)  # noqa: S608
        if found is None:
            raise JournalError(f"0x{digest.hex()}: expected an act in the journal, got none")
        return found

    def _update(self, query: str, key: bytes) -> None:
        with self._journal.transaction() as connection:
            connection.execute(query, (key,))

    @staticmethod
    def _offer(row: tuple[Any, ...]) -> Offer:
        hash_, nonce, raw, gas, per_gas_max, priority, stored_at = row
        return Offer(
            transaction=RawTransaction(nonce=nonce, hash=hash_, raw=raw),
            gas=gas,
            fees=Fees(per_gas_max=per_gas_max, priority=priority),
            stored_at=stored_at,
        )

    @staticmethod
    def _insert(
        connection: sqlite3.Connection,
        signed: SignedStatement,
        digest: bytes,
        calldata: bytes,
        state: str,
        receipt: tuple[bytes, int] | None = None,
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

    @staticmethod
    def _store(connection: sqlite3.Connection, offer: Offer, digest: bytes | None) -> None:
        connection.execute(
            "INSERT OR IGNORE INTO transactions VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')",
            (
                offer.transaction.hash,
                offer.transaction.nonce,
                digest,
                offer.transaction.raw,
                offer.gas,
                offer.fees.per_gas_max,
                offer.fees.priority,
                offer.stored_at,
            ),
        )


_OFFERS = "SELECT hash, nonce, raw, gas, per_gas_max, priority, stored_at FROM transactions WHERE"


def offer_of(transaction: RawTransaction, gas: int, fees: Fees) -> Offer:
    """A transaction that is signed now."""
    return Offer(transaction=transaction, gas=gas, fees=fees, stored_at=time.time())


def _close(connection: sqlite3.Connection, digest: bytes, mined: bytes = b"") -> None:
    """None of the act's transactions is open any more; `mined` is the one that counted."""
    connection.execute(
        "UPDATE transactions SET state = iif(hash = ?, 'mined', 'void') "
        "WHERE act = ? AND state = 'open'",
        (mined, digest),
    )
