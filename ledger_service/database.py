"""PostgreSQL: the embedded server or the one that DATABASE_URL names, and its migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine

import migrations
from ledger_service.postgres import Postgres, embedded
from ledger_service.settings import Settings

DATABASE = "fundtrail"
POOL_SIZE = 8


@contextmanager
def database(settings: Settings) -> Iterator[Engine]:
    """An engine on the service's database; an embedded server lives as long as the block."""
    if settings.database_url is not None:
        with engine_of(settings.database_url.get_secret_value()) as engine:
            yield engine
        return

    folder = settings.data_folder / "postgres"
    with embedded(folder, durable=settings.database_durable) as server:
        _create(server)
        with engine_of(server.database_url(DATABASE)) as engine:
            yield engine


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    """An engine on `url`, disposed of with the block. Values are never put into messages."""
    engine = create_engine(
        url, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, pool_pre_ping=True, hide_parameters=True
    )
    try:
        yield engine
    finally:
        engine.dispose()


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to `revision`, forward or back (`base` is empty), in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        if revision == "base" or revision.startswith("-"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def driver(connection: Connection) -> psycopg.Connection[Any]:
    """The psycopg connection below, for COPY, in the same transaction."""
    below: Any = connection.connection.driver_connection
    return cast("psycopg.Connection[Any]", below)


def current_revision(engine: Engine) -> str:
    """The revision the tables stand at, empty where there are none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def _create(server: Postgres) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
