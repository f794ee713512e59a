"""What contests money: projected as the contracts hold it, and told to those who ask."""

from collections.abc import Iterator
from dataclasses import asdict

import psycopg
import pytest
from sqlalchemy import Engine, text

from fundtrail.chain.anvil import Anvil
from fundtrail.chain.bindings import DisputeDesk, FundLedger
from fundtrail.chain.rpc import Rpc
from ledger_service.database import engine_of
from ledger_service.indexer import Indexer, dump
from ledger_service.postgres import Postgres
from ledger_service.projected_rows import COLUMNS
from tests.ledger_service.conftest import Asked, index_all, running, settings_of
from tests.scenario import START, Scenario, build_scenario

TERMS = (
    "granted_fen",
    "recovered_fen",
    "passed_on_fen",
    "committed_fen",
    "paid_fen",
    "available_fen",
    "held_fen",
)
STREET_3 = "190101003-OAA-2026-10"


@pytest.fixture(scope="module")
def contested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    with Anvil(timestamp=START) as anvil:
        yield build_scenario(anvil.url, tmp_path_factory.mktemp("contested"), contested=True)


@pytest.fixture(scope="module")
def contested_url(postgres: Postgres, contested: Scenario) -> str:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE contested")
    with engine_of(postgres.database_url("contested")) as engine:
        index_all(engine, contested)
    return postgres.database_url("contested")


@pytest.fixture(scope="module")
def desk(contested: Scenario, contested_url: str) -> Iterator[Asked]:
    with running(settings_of(contested, contested_url)) as asked:
        yield asked


@pytest.fixture
def follower(engine: Engine, contested: Scenario) -> Iterator[Indexer]:
    with Rpc(contested.network.rpc_urls) as rpc:
        yield Indexer(engine, contested.network, rpc)


def dumped(engine: Engine) -> bytes:
    with engine.connect() as connection:
        return b"".join(dump(connection))


def test_contests_indexed_block_by_block_have_the_bytes_of_a_single_step(
    engine: Engine, follower: Indexer, contested_url: str
) -> None:
    for block in range(80, 200):
        list(follower.catch_up(to_block=block))
    with engine_of(contested_url) as whole:
        assert dumped(engine) == dumped(whole)
    before = dumped(engine)
    list(follower.rebuild())
    assert dumped(engine) == before


def test_every_table_of_contests_was_filled(contested_url: str) -> None:
    with engine_of(contested_url) as engine, engine.connect() as connection:
        empty = [
            table
            for table in COLUMNS
            if not connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first()  # noqa: S608
        ]
    assert empty == ["revocations", "late_anchors"]


@pytest.mark.parametrize(
    "when",
    ["run held", "line held", "dispute decided", "line freed", "line struck", "reissue prepared"],
)
def test_after_each_contest_the_balances_are_those_of_the_contract(
    engine: Engine, follower: Indexer, contested: Scenario, when: str
) -> None:
    block = contested.blocks[when]
    list(follower.catch_up(to_block=block))
    with engine.connect() as connection, Rpc(contested.network.rpc_urls) as rpc:
        ledger = FundLedger(contested.network, rpc)
        for row in connection.execute(text("SELECT * FROM balances")).mappings():
            held = asdict(ledger.fund(row["fund"], block=block))
            assert {t: int(row[t]) for t in TERMS} == {t: held[t] for t in TERMS}, row["fund"]


def test_in_the_end_funds_and_disputes_are_as_the_contracts_have_them(
    contested: Scenario, contested_url: str
) -> None:
    with (
        engine_of(contested_url) as engine,
        engine.connect() as connection,
        Rpc(contested.network.rpc_urls) as rpc,
    ):
        ledger, desk = FundLedger(contested.network, rpc), DisputeDesk(contested.network, rpc)
        for row in connection.execute(text("SELECT * FROM balances")).mappings():
            held = asdict(ledger.fund(row["fund"]))
            assert {t: int(row[t]) for t in TERMS} == {t: held[t] for t in TERMS}, row["fund"]
        for run in connection.execute(text("SELECT * FROM run_stages")):
            assert ledger.run(run.run).stage == run.stage
        for dispute in connection.execute(text("SELECT * FROM disputes")).mappings():
            told = desk.dispute(dispute["code"])
            assert (told.run, told.payment_id) == (dispute["run"], dispute["payment_id"])
        for challenge in connection.execute(text("SELECT * FROM challenges")).mappings():
            assert desk.challenge(challenge["id"]).blocked_run == challenge["blocked"]
