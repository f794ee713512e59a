"""The worker: keeps the index and the evidence up to date beside the web server.

A failure is kept in `IndexState` for /health/ready, logged by its kind, and tried again.
"""

import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from structlog.typing import FilteringBoundLogger

from fundtrail.chain.events import confirmed_head
from fundtrail.chain.network_check import check_network
from fundtrail.chain.rpc import Rpc
from fundtrail.errors import FundtrailError
from fundtrail.network import Network
from ledger_service.evidence_store import EvidenceStore
from ledger_service.indexer import Indexer, read_cursor
from ledger_service.logs import where
from ledger_service.metrics import Metrics
from ledger_service.settings import Settings


@dataclass(slots=True)
class IndexState:
    """How far the index is, as the worker saw it last."""

    head: int | None = None
    indexed: int | None = None
    problem: str | None = None
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def lag(self) -> int | None:
        """Blocks between the confirmed head and the index."""
        if self.head is None or self.indexed is None:
            return None
        return max(0, self.head - self.indexed)


class Worker:
    """A thread that follows the chain between `__enter__` and `__exit__`."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        network: Network,
        metrics: Metrics,
        log: FilteringBoundLogger,
    ) -> None:
        self.state = IndexState()
        self._settings, self._engine, self._network = settings, engine, network
        self._metrics, self._log = metrics, log
        self._rpc = Rpc(network.rpc_urls, timeout_seconds=10)
        self._indexer = Indexer(engine, network, self._rpc)
        self._store = EvidenceStore(engine, settings.evidence_folder)
        self._checked = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._rpc.close()

    def turn(self) -> None:
        """Index what is new and load what is missing, once."""
        if not self._checked:
            check_network(self._network, self._rpc)
            self._checked = True
        self.state.head = confirmed_head(self._network, self._rpc)
        self._metrics.head.set(self.state.head)
        for step in self._indexer.catch_up():
            self.state.head = step.head
            self._metrics.indexed.set(step.last)
            self._metrics.events.inc(step.events)
            self._metrics.reorganisations.inc(step.reorganised)
            self._log.info("indexed", first=step.first, last=step.last, events=step.events)
            if self._stop.is_set():
                return
        self._load()
        self._read_cursor()  # ready means that the lines are there, too

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.turn()
                self.state.problem = None
            except (FundtrailError, SQLAlchemyError) as error:
                self.state.problem = type(error).__name__
                self._log.warning("index-waits", problem=where(error))
            self._stop.wait(self._settings.poll_seconds)

    def _read_cursor(self) -> None:
        with self._engine.connect() as connection:
            cursor = read_cursor(connection)
        self.state.indexed = cursor.block if cursor else None
        self._metrics.indexed.set(self.state.indexed or 0)

    def _load(self) -> None:
        for result in self._store.load():
            self._metrics.trees.labels("refused" if result.problem else "loaded").inc()
            path = result.tree.path
            if result.problem:
                self.state.refused[path] = result.problem
                self._log.warning("tree-refused", path=path)
            else:
                self.state.refused.pop(path, None)
                self._log.info("tree-loaded", path=path, lines=result.lines)
            if self._stop.is_set():
                return
