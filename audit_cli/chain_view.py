"""What the chain says, read once: acts in chain order, up to one confirmed head.

An act is what one statement did: its digest, its signers, and the events that came with it. The
file that asks the node for events. It believes the node; step 0 compares the contracts' code, and
step 11 says how many nodes were asked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fundtrail.chain.event import Event
from fundtrail.chain.event_types import GovernorsSet, StatementRecorded
from fundtrail.chain.events import confirmed_head, read_events
from fundtrail.chain.rpc import Rpc
from fundtrail.network import Network

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainAct:
    """One recorded statement as the chain tells it. `time` is that of the block, unix seconds."""

    statement: bytes
    contract: str
    signers: tuple[str, ...]
    events: tuple[Event, ...]
    block: int
    log_index: int
    transaction: bytes
    time: int

    @property
    def name(self) -> str:
        """The name of what happened, `RunPrepared`, or of nothing."""
        return type(self.events[0]).__name__ if self.events else "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainView:
    """The chain from `first_block` to `head`. `stray` events belong to no statement."""

    first_block: int
    head: int
    head_time: int
    acts: tuple[ChainAct, ...]
    genesis: GovernorsSet | None
    stray: tuple[Event, ...]
    event_count: int


def read_chain(network: Network, rpc: Rpc, progress: Progress | None = None) -> ChainView:
    """Every act up to the confirmed head. Raises ChainError."""
    head = confirmed_head(network, rpc)
    events = list(read_events(network, rpc, to_block=head, progress=progress))
    genesis, acts, stray = _group(events)
    return ChainView(
        first_block=network.first_block,
        head=head,
        head_time=rpc.block_times([head])[head],
        acts=acts,
        genesis=genesis,
        stray=stray,
        event_count=len(events),
    )


def _group(
    events: Iterable[Event],
) -> tuple[GovernorsSet | None, tuple[ChainAct, ...], tuple[Event, ...]]:
    """A statement's events follow its signatures, in its transaction and before the next one."""
    genesis: GovernorsSet | None = None
    groups: list[tuple[list[StatementRecorded], list[Event]]] = []
    stray: list[Event] = []
    for event in events:
        recorded, happened = groups[-1] if groups else ([], [])
        last = recorded[-1] if recorded else None
        if isinstance(event, StatementRecorded):
            if last and not happened and last.statement == event.statement:
                recorded.append(event)
            else:
                groups.append(([event], []))
        elif last and last.transaction == event.transaction and last.contract == event.contract:
            happened.append(event)
        elif isinstance(event, GovernorsSet) and genesis is None and not groups:
            genesis = event
        else:
            stray.append(event)
    return genesis, tuple(_act(*group) for group in groups), tuple(stray)


def _act(recorded: list[StatementRecorded], events: list[Event]) -> ChainAct:
    first = recorded[0]
    return ChainAct(
        statement=first.statement,
        contract=first.contract,
        signers=tuple(event.signer for event in recorded),
        events=tuple(events),
        block=first.block,
        log_index=first.log_index,
        transaction=first.transaction,
        time=first.block_time,
    )
