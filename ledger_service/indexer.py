"""The index: follows the chain into PostgreSQL.

Guarantees: a range of blocks, its rows, the balances and the cursor are one transaction, so a
killed index loses nothing and repeats nothing; a block that is no longer the node's own makes the
projection start again from the network's first block; a rebuilt projection has the same bytes
(`dump`). One indexer works at a time, others wait for it. Believes the node: the audit does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, text

from fundtrail.chain.errors import TransactionUnreadable
from fundtrail.chain.event_types import StatementRecorded
from fundtrail.chain.events import confirmed_head, read_events
from fundtrail.chain.recorded import read_recorded
from fundtrail.chain.rpc import Rpc
from fundtrail.enums import Stage
from fundtrail.network import Network
from fundtrail.signed_statements import RecordedStatement
from ledger_service.database import driver
from ledger_service.errors import ProjectionError
from ledger_service.projected_rows import COLUMNS, Known, KnownFund, KnownRun, Row
from ledger_service.projection import Projection

RANGE_BLOCKS = 20_000
_LOCK = 0x66756E647472  # "fundtr"
_TERMS = ("granted", "recovered", "passed_on", "committed", "paid", "available", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One transaction of the index: blocks `first` to `last`, and whether it began again."""

    first: int
    last: int
    head: int
    events: int
    reorganised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The last block that is indexed, and its hash."""

    block: int
    block_hash: bytes


class Indexer:
    """Follows one network through one node."""

    def __init__(self, engine: Engine, network: Network, rpc: Rpc) -> None:
        self._engine, self._network, self._rpc = engine, network, rpc

    def catch_up(self, to_block: int | None = None) -> Iterator[Step]:
        """Index up to the confirmed head, or `to_block` if it comes first, step by step."""
        while step := self.step(to_block):
            yield step

    def rebuild(self) -> Iterator[Step]:
        """Forget the projection and make it again from the network's first block."""
        with self._engine.begin() as connection:
            _lock(connection)
            _forget(connection)
        yield from self.catch_up()

    def step(self, to_block: int | None = None) -> Step | None:
        """Index one range of blocks; None where there is nothing new."""
        head = confirmed_head(self._network, self._rpc)
        last = head if to_block is None else min(head, to_block)
        with self._engine.begin() as connection:
            _lock(connection)
            cursor = read_cursor(connection)
            reorganised = cursor is not None and not self._holds(cursor, head)
            if reorganised:
                _forget(connection)
                cursor = None
            first = cursor.block + 1 if cursor else self._network.first_block
            if first > last:
                return None
            last = min(last, first + RANGE_BLOCKS - 1)
            events = self._index(connection, first, last)
        return Step(first=first, last=last, head=head, events=events, reorganised=reorganised)

    def _index(self, connection: Connection, first: int, last: int) -> int:
        block_hash = self._block_hash(last)
        projection = Projection(_known(connection))
        recorded: list[StatementRecorded] = []
        events = 0
        for event in read_events(self._network, self._rpc, first, last):
            projection.take(event)
            events += 1
            if isinstance(event, StatementRecorded):
                recorded.append(event)
        projection.take_statements(recorded, self._bodies(recorded))
        if self._block_hash(last) != block_hash:
            raise ProjectionError(f"block {last}: expected 0x{block_hash.hex()} until the end")

        _write(connection, projection)
        _balance(connection, first)
        _move_cursor(connection, Cursor(block=last, block_hash=block_hash))
        return events

    def _holds(self, cursor: Cursor, head: int) -> bool:
        return cursor.block <= head and self._block_hash(cursor.block) == cursor.block_hash

    def _block_hash(self, number: int) -> bytes:
        block = self._rpc.call("eth_getBlockByNumber", hex(number), False)
        if block is None:
            raise ProjectionError(f"expected block {number}, the node has none")
        return bytes.fromhex(block["hash"][2:])

    def _bodies(self, events: Sequence[StatementRecorded]) -> dict[bytes, RecordedStatement]:
        """The statements by digest, without those that a relaying contract hid."""
        try:
            return self._read(events)
        except TransactionUnreadable:
            groups: dict[bytes, list[StatementRecorded]] = {}
            for event in events:
                groups.setdefault(event.statement, []).append(event)
            bodies: dict[bytes, RecordedStatement] = {}
            for group in groups.values():
                try:
                    bodies |= self._read(group)
                except TransactionUnreadable:
                    continue
            return bodies

    def _read(self, events: Sequence[StatementRecorded]) -> dict[bytes, RecordedStatement]:
        found = read_recorded(self._network, self._rpc, events)
        return {recorded.signed.statement.digest(self._network): recorded for recorded in found}


def read_cursor(connection: Connection) -> Cursor | None:
    """Where the index stands; None before the first block."""
    row = connection.execute(text("SELECT block, block_hash FROM chain_cursor")).first()
    return Cursor(block=row.block, block_hash=bytes(row.block_hash)) if row else None


def dump(connection: Connection) -> Iterator[bytes]:
    """The projection as bytes: equal chains give equal dumps, whenever and however indexed."""
    copying = driver(connection)
    for table, columns in (*COLUMNS.items(), ("balances", ("fund", *map("{}_fen".format, _TERMS)))):
        yield f"-- {table}\n".encode()
        fields = sql.SQL(", ").join(map(sql.Identifier, columns))
        query = sql.SQL("COPY (SELECT {f} FROM {t} ORDER BY {f}) TO STDOUT")
        with copying.cursor().copy(query.format(f=fields, t=sql.Identifier(table))) as copy:
            for chunk in copy:
                yield bytes(chunk)


def _lock(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _forget(connection: Connection) -> None:
    tables = ", ".join([*COLUMNS, "balances", "chain_cursor"])
    connection.execute(text(f"TRUNCATE {tables}"))


def _known(connection: Connection) -> Known:
    funds = connection.execute(text("SELECT code, programme, year, parent FROM funds"))
    runs = connection.execute(
        text(
            "SELECT code, fund, total_fen, stage, coalesce(held, 0) AS held, "
            "coalesce(struck, 0) AS struck FROM runs JOIN run_stages g ON g.run = code "
            "LEFT JOIN run_lines l ON l.run = code "
            "WHERE stage IN (1, 2, 3, 4) OR (stage = 5 AND held > 0)"
        )
    )
    return Known(
        funds={
            row.code: KnownFund(programme=row.programme, year=row.year, parent=row.parent)
            for row in funds
        },
        runs={
            row.code: KnownRun(
                fund=row.fund,
                total_fen=int(row.total_fen),
                held_fen=int(row.held),
                struck_fen=int(row.struck),
                committed=row.stage >= Stage.APPROVED,
            )
            for row in runs
        },
    )


def _write(connection: Connection, projection: Projection) -> None:
    copying = driver(connection)
    for table, rows in projection.rows.items():
        if rows:
            _copy(copying, table, rows)


def _copy(copying: psycopg.Connection[Any], table: str, rows: Sequence[Row]) -> None:
    fields = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table]))
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), fields)
    with copying.cursor().copy(query) as copy:
        for row in rows:
            copy.write_row(row)


def _balance(connection: Connection, first: int) -> None:
    """Move the balances by the postings of the blocks from `first` on."""
    connection.execute(
        text("INSERT INTO balances (fund) SELECT code FROM funds ON CONFLICT DO NOTHING")
    )
    sums = ", ".join(
        f"coalesce(sum(amount_fen) FILTER (WHERE term = '{term}'), 0) AS {term}" for term in _TERMS
    )
    moves = ", ".join(f"{term}_fen = b.{term}_fen + moved.{term}" for term in _TERMS)
    connection.execute(
        text(
            f"UPDATE balances AS b SET {moves} FROM (SELECT fund, {sums} FROM postings "  # noqa: S608
            "WHERE block >= :first GROUP BY fund) AS moved WHERE b.fund = moved.fund"
        ),
        {"first": first},
    )


def _move_cursor(connection: Connection, cursor: Cursor) -> None:
    connection.execute(
        text(
            "INSERT INTO chain_cursor (block, block_hash) VALUES (:block, :hash) "
            "ON CONFLICT (one) DO UPDATE SET block = :block, block_hash = :hash"
        ),
        {"block": cursor.block, "hash": cursor.block_hash},
    )
