"""What the routes share: one service, made by `create_app` and handed to each request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Connection, Engine
from structlog.typing import FilteringBoundLogger

from fundtrail.network import Network
from ledger_service.metrics import Metrics
from ledger_service.payee_status import Desk
from ledger_service.settings import Settings
from ledger_service.worker import IndexState

Clock = Callable[[], datetime]


@dataclass(slots=True, kw_only=True)
class Service:
    """One running service. `engine` and `index` are there once it has started."""

    settings: Settings
    network: Network
    clock: Clock
    metrics: Metrics
    log: FilteringBoundLogger
    engine: Engine
    index: IndexState

    @property
    def desk(self) -> Desk:
        """Who payees call."""
        chosen = self.settings
        return Desk(contacts=chosen.contacts, hotline=chosen.hotline, bank_days=chosen.bank_days)


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _reading(service: Annotated[Service, Depends(_service)]) -> Iterator[Connection]:
    """A connection for one answer: everything in it is of one moment."""
    connection = service.engine.connect().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    with connection:
        yield connection


ServiceOf = Annotated[Service, Depends(_service)]
Reading = Annotated[Connection, Depends(_reading)]
