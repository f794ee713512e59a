"""One small month on a chain of its own, indexed once, asked over real HTTP."""

import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
from sqlalchemy import Engine

from fundtrail.chain.anvil import Anvil
from fundtrail.chain.rpc import Rpc
from ledger_service.app import create_app
from ledger_service.database import engine_of, migrate
from ledger_service.evidence_store import EvidenceStore
from ledger_service.indexer import Indexer
from ledger_service.logs import make_logger
from ledger_service.postgres import Postgres
from ledger_service.settings import Settings
from ledger_service.web_server import WebServer, listen
from tests.scenario import START, Scenario, build_scenario

NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)


@dataclass(slots=True)
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A running service: who asks it, what it logs, its database and its clock."""

    client: httpx.Client
    log: io.StringIO
    engine: Engine
    clock: Clock

    def get(self, path: str, **options: Any) -> Any:
        """The JSON of a read that must succeed."""
        response = self.client.get(path, **options)
        assert response.status_code == 200, response.text
        return response.json()

    def logged(self) -> list[dict[str, Any]]:
        """The log so far, line by line."""
        return [json.loads(line) for line in self.log.getvalue().splitlines()]


@contextmanager
def running(settings: Settings) -> Iterator[Asked]:
    """The service on a free port, in a thread, until the block ends."""
    assert settings.database_url is not None
    log, clock, started = io.StringIO(), Clock(), threading.Event()
    app = create_app(settings, clock=clock, log=make_logger(log))
    listener = listen("127.0.0.1", 0)
    server = WebServer(app, on_started=lambda _: started.set())
    thread = threading.Thread(target=server.serve_on, args=(listener,))
    thread.start()
    try:
        assert started.wait(20), "the service did not start"
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with (
            engine_of(settings.database_url.get_secret_value()) as engine,
            httpx.Client(base_url=url, trust_env=False) as client,
        ):
            yield Asked(client=client, log=log, engine=engine, clock=clock)
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def settings_of(month: Scenario, url: str, **chosen: Any) -> Settings:
    """Settings over the month; nothing follows the chain unless asked."""
    values = {"index": False, "network": month.network_path, "evidence": month.evidence}
    return Settings(**{**values, "database_url": url, **chosen})


def index_all(engine: Engine, month: Scenario) -> None:
    """Migrate, index and load everything there is."""
    migrate(engine)
    with Rpc(month.network.rpc_urls) as rpc:
        assert list(Indexer(engine, month.network, rpc).catch_up())
    assert all(not result.problem for result in EvidenceStore(engine, month.evidence).load())


def indexed_database(postgres: Postgres, name: str, month: Scenario) -> str:
    """The URL of a new database of this name that holds everything there is."""
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    with engine_of(postgres.database_url(name)) as engine:
        index_all(engine, month)
    return postgres.database_url(name)


@pytest.fixture(scope="session")
def month_node() -> Iterator[Anvil]:
    with Anvil(timestamp=START) as anvil:
        yield anvil


@pytest.fixture(scope="session")
def month(month_node: Anvil, tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return build_scenario(month_node.url, tmp_path_factory.mktemp("month"))


@pytest.fixture(scope="session")
def month_url(postgres: Postgres, month: Scenario) -> str:
    """The URL of a database that holds the whole month."""
    return indexed_database(postgres, "month", month)


@pytest.fixture(scope="session")
def service(month: Scenario, month_url: str) -> Iterator[Asked]:
    """One service over the indexed month for all tests that only read."""
    with running(settings_of(month, month_url)) as asked:
        yield asked


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    """An engine on a database of this test's own, with the tables made."""
    with engine_of(postgres_url) as made:
        migrate(made)
        yield made
