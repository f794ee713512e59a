"""The real servers that tests meet: one anvil and one PostgreSQL for each run, ended with it."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from xprocess import ProcessStarter, XProcess

from fundtrail.chain.anvil import arguments, free_port
from fundtrail.chain.errors import NodeUnreachable
from fundtrail.chain.rpc import Rpc
from ledger_service.postgres import Postgres, embedded

CHAIN_ID = 31337


@pytest.fixture(scope="session")
def anvil(xprocess: XProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a node that every test of this run shares. Deploy contracts of your own on it."""
    port, folder = free_port(), tmp_path_factory.mktemp("anvil")
    url = f"http://127.0.0.1:{port}"

    class Starter(ProcessStarter):
        args = arguments(port=port, chain_id=CHAIN_ID, folder=folder, state=None, timestamp=None)
        env = {**os.environ, "TMPDIR": str(folder)}
        timeout = 30
        terminate_on_interrupt = True

        def startup_check(self) -> bool:
            try:
                with Rpc(url, timeout_seconds=2) as rpc:
                    return rpc.chain_id() == CHAIN_ID
            except NodeUnreachable:
                return False

    # Named for this process, so that two runs side by side have a node each.
    name = f"anvil-{os.getpid()}"
    xprocess.ensure(name, Starter, persist_logs=False)
    yield url
    node = xprocess.getinfo(name)
    node.terminate()
    shutil.rmtree(str(node.controldir), ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server that every test of this run shares; fast, and not durable."""
    with tempfile.TemporaryDirectory(prefix="fundtrail-test-") as folder:
        Path(folder).chmod(0o711)  # as root the server runs as another user
        with embedded(Path(folder) / "postgres", durable=False) as server:
            yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The URL of an empty database of this test's own."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield postgres.database_url(name)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
