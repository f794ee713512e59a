"""The index: the same bytes however it came about, and nothing that breaks the ledger's rules."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from fundtrail.chain.anvil import Anvil
from fundtrail.chain.bindings import EvidenceLog, FundLedger, Registry
from fundtrail.chain.rpc import Rpc
from fundtrail.ids import ZERO32
from fundtrail.statements import Allot, Basis
from ledger_service import indexer as indexer_module
from ledger_service.database import current_revision, engine_of, migrate
from ledger_service.indexer import Indexer, dump, read_cursor
from ledger_service.projected_rows import COLUMNS
from ledger_service.queries import transfers
from tests.scenario import START, Scenario, build_scenario


def dumped(engine: Engine) -> bytes:
    with engine.connect() as connection:
        return b"".join(dump(connection))


@pytest.fixture
def follower(engine: Engine, month: Scenario) -> Iterator[Indexer]:
    with Rpc(month.network.rpc_urls) as rpc:
        yield Indexer(engine, month.network, rpc)


@pytest.mark.parametrize("stride", [1, 7, 30])
def test_an_index_in_steps_has_the_bytes_of_one_in_a_single_step(
    engine: Engine, follower: Indexer, month_url: str, stride: int
) -> None:
    for block in range(1, 90, stride):
        list(follower.catch_up(to_block=block))
    list(follower.catch_up())
    with engine_of(month_url) as whole:
        assert dumped(engine) == dumped(whole)


def test_a_rebuilt_index_has_the_same_bytes(engine: Engine, follower: Indexer) -> None:
    list(follower.catch_up())
    before = dumped(engine)
    list(follower.rebuild())
    assert dumped(engine) == before
    assert len(before) > 10_000


def test_an_index_cut_off_in_a_transaction_goes_on_where_it_was(
    engine: Engine, follower: Indexer, month_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(follower.catch_up(to_block=40))
    with monkeypatch.context() as patch:
        patch.setattr(indexer_module, "_move_cursor", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            list(follower.catch_up())
    with engine.connect() as connection:
        cursor = read_cursor(connection)
    assert cursor is not None
    assert cursor.block == 40
    list(follower.catch_up())
    with engine_of(month_url) as whole:
        assert dumped(engine) == dumped(whole)


def test_a_reorganised_chain_is_indexed_again_from_its_first_block(
    engine: Engine, tmp_path: Path
) -> None:
    with Anvil(timestamp=START) as anvil, Rpc(anvil.url) as rpc:
        month = build_scenario(anvil.url, tmp_path)
        follower = Indexer(engine, month.network, rpc)
        list(follower.catch_up())
        rpc.call("anvil_reorg", 5, [])
        steps = list(follower.catch_up())
        assert [step.reorganised for step in steps] == [True]
        after = dumped(engine)
        assert b"190101001-OAA-2026-10-R1-C" not in after
        list(follower.rebuild())
        assert dumped(engine) == after


def test_a_chain_that_grew_shorter_is_indexed_again(engine: Engine, tmp_path: Path) -> None:
    with Anvil(timestamp=START) as anvil, Rpc(anvil.url) as rpc:
        month = build_scenario(anvil.url, tmp_path)
        follower = Indexer(engine, month.network, rpc)
        list(follower.catch_up())
        rpc.call("anvil_rollback", 10)
        assert [step.reorganised for step in follower.catch_up()] == [True]


def test_every_statement_is_kept_as_the_chain_carried_it(month: Scenario, month_url: str) -> None:
    with engine_of(month_url) as engine, engine.connect() as connection:
        lines = connection.execute(text("SELECT line FROM statements ORDER BY block, log_index"))
        assert [row.line for row in lines] == [s.to_line() for s in month.statements]


def test_a_statement_that_a_relaying_contract_hid_is_indexed_without_its_text(
    engine: Engine, tmp_path: Path
) -> None:
    with Anvil(timestamp=START) as anvil, Rpc(anvil.url) as rpc:
        month = build_scenario(anvil.url, tmp_path)
        now = rpc.block_times([rpc.head()])[rpc.head()]
        allot = Allot(
            id="A-2026-2",
            fund="OAA-2026",
            programme="OAA",
            year=2026,
            agency="1901-CZJ",
            amount_fen=5,
            basis=Basis(evidence=ZERO32, document=b"\1" * 32, signed_at=now, deadline=now + 9_999),
        )
        signature = month.officers["budget-finance"].sign(allot.digest(month.network))
        relay_hidden(rpc, month.network.address("FundLedger"), FundLedger.allot(allot, signature))
        list(Indexer(engine, month.network, rpc).catch_up())
        with engine.connect() as connection:
            query = "SELECT type, line FROM statements WHERE digest = :digest"
            digest = {"digest": allot.digest(month.network)}
            assert connection.execute(text(query), digest).one() == (None, None)
            (*_, hidden) = transfers(connection, "OAA-2026")
    assert (hidden.id, hidden.amount_fen) == ("A-2026-2", 5)
    assert (hidden.agency.code, hidden.basis.document) == ("1901-CZJ", None)


def relay_hidden(rpc: Rpc, target: str, data: bytes) -> None:
    """Deploy a contract that holds `data` in its code and calls `target` with it when called."""
    head, zero, size = 64, "6000", f"61{len(data):04x}"
    code = f"{size}61{head:04x}{zero}39"  # CODECOPY(0, head, size)
    code += f"{zero}{zero}{size}{zero}{zero}73{target[2:]}5af1"  # CALL(target, size bytes)
    done = len(code) // 2 + 3 + len("600080fd") // 2
    code += f"60{done:02x}57{zero}80fd5b00"  # JUMPI(done); REVERT(0, 0); done: STOP
    call = bytes.fromhex(code)
    runtime = call.ljust(head, b"\x00") + data
    creation = bytes.fromhex(f"61{len(runtime):04x}600e60003961{len(runtime):04x}6000f3") + runtime
    made = _send(rpc, {"data": "0x" + creation.hex()})
    called = _send(rpc, {"to": made["contractAddress"], "data": "0x"})
    assert (made["status"], called["status"]) == ("0x1", "0x1")


def _send(rpc: Rpc, request: dict[str, str]) -> dict[str, str]:
    sender = rpc.call("eth_accounts")[0]
    gas = {"from": sender, "gas": hex(9_000_000), "gasPrice": "0x0"}
    sent = rpc.call("eth_sendTransaction", request | gas)
    while (receipt := rpc.call("eth_getTransactionReceipt", sent)) is None:
        time.sleep(0.005)
    return dict(receipt)


def test_the_projection_agrees_with_the_views_of_the_contracts(
    month: Scenario, month_url: str
) -> None:
    with (
        engine_of(month_url) as engine,
        engine.connect() as connection,
        Rpc(month.network.rpc_urls) as rpc,
    ):
        ledger, registry = FundLedger(month.network, rpc), Registry(month.network, rpc)
        log = EvidenceLog(month.network, rpc)
        for run in connection.execute(text("SELECT * FROM run_stages")):
            assert ledger.run(run.run).stage == run.stage
        for agency in connection.execute(text("SELECT * FROM agencies")):
            assert registry.agency(agency.code).name == agency.name
        for feed in connection.execute(text("SELECT DISTINCT ON (feed) * FROM anchors "
                                            "ORDER BY feed, size DESC")):  # fmt: skip
            held = log.feed(feed.feed)
            assert (held.size, held.root) == (feed.size, feed.root)


@pytest.mark.parametrize("table", list(COLUMNS))
def test_no_row_of_the_ledger_can_be_changed_or_deleted(month_url: str, table: str) -> None:
    column = COLUMNS[table][0]
    with engine_of(month_url) as engine:
        update, delete = f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"  # noqa: S608
        for change in (update, delete):
            with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
                connection.execute(text(change))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE balances SET available_fen = available_fen + 1 WHERE fund = 'OAA-2026'",
        "UPDATE balances SET paid_fen = paid_fen - 1, available_fen = available_fen + 1 "
        "WHERE fund = 'OAA-2026'",
        "INSERT INTO balances (fund) VALUES ('OAA-2026')",
        "INSERT INTO balances (fund) VALUES ('NONE-2026')",
        "INSERT INTO anchors SELECT feed, size + 1, statement, '\\x00' FROM anchors LIMIT 1",
        "INSERT INTO transfers SELECT 'X', 999, log_index, statement, parent, fund, amount_fen "
        "FROM transfers LIMIT 1",
        "INSERT INTO runs SELECT 'a code with spaces', statement, fund, notice, reissue_of, period,"
        " root, total_fen, count FROM runs LIMIT 1",
    ],
)
def test_the_database_refuses_what_does_not_add_up(month_url: str, change: str) -> None:
    with engine_of(month_url) as engine, pytest.raises(IntegrityError):  # noqa: SIM117
        with engine.begin() as connection:
            connection.execute(text(change))


def test_migrations_go_back_to_nothing_and_forward_again(postgres_url: str) -> None:
    with engine_of(postgres_url) as engine:
        migrate(engine)
        made = _objects(engine)
        migrate(engine, "base")
        assert _objects(engine) == {"alembic_version"}
        assert current_revision(engine) == ""
        migrate(engine)
        assert _objects(engine) == made


def _objects(engine: Engine) -> set[str]:
    query = """
        SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'S')
        UNION SELECT typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE n.nspname = 'public' AND t.typtype = 'd'
        UNION SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'public'
    """
    with engine.connect() as connection:
        return {row.name for row in connection.execute(text(query))}
