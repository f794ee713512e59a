"""The application: `create_app(settings)` wires everything and starts nothing until it is run."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

from fastapi import FastAPI
from sqlalchemy import Engine
from structlog.typing import FilteringBoundLogger

import fundtrail
from fundtrail.network import load_network
from ledger_service import ledger_routes, operation_routes, payee_routes
from ledger_service.database import database, migrate
from ledger_service.guard import Guard
from ledger_service.logs import make_logger
from ledger_service.metrics import Metrics
from ledger_service.problems import add_handlers
from ledger_service.service import Clock, Service
from ledger_service.settings import Settings
from ledger_service.worker import IndexState, Worker


def wall_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    clock: Clock = wall_clock,
    log: FilteringBoundLogger | None = None,
) -> FastAPI:
    """The service of one network. Raises NetworkFileError before anything is started."""
    network = load_network(settings.network)
    logger, metrics = log or make_logger(), Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            engine = stack.enter_context(database(settings))
            migrate(engine)
            index = IndexState()
            if settings.index:
                worker = Worker(settings, engine, network, metrics, logger)
                index = stack.enter_context(worker).state
            app.state.service = service(engine, index)
            yield

    def service(engine: Engine, index: IndexState) -> Service:
        return Service(
            settings=settings,
            network=network,
            clock=clock,
            metrics=metrics,
            log=logger,
            engine=engine,
            index=index,
        )

    app = FastAPI(
        title="资金溯源 Fundtrail",
        version=fundtrail.__version__,
        description="每一步都有签名、有约束、可验证。Every step signed, constrained, provable.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    for routes in (ledger_routes, payee_routes, operation_routes):
        app.include_router(routes.router)
    add_handlers(app)
    app.add_middleware(Guard)
    return app
