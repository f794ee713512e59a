"""What the chain says, read once: acts in chain order, up to one confirmed head.

An act is what one statement did: its digest, its signers, and the events that came with it. Two
acts need no statement, because anybody may do them: a fraud proven by its proofs, and a dispute
made final when the time to appeal is over.

The file that asks the node for events. It believes the node; step 0 compares the contracts' code,
and step 11 says how many nodes were asked.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from fundtrail.chain.event import Event
from fundtrail.chain.event_types import (
    AppealDecided,
    ChallengeClosed,
    DisputeConcluded,
    DisputeOpened,
    FraudProven,
    GovernorsSet,
    LineFreed,
    LineHeld,
    LineStruck,
    MoneyRecovered,
    RecoveryReceived,
    ReissueAllowed,
    ReissueOrdered,
    RunBlocked,
    RunUnblocked,
    StatementRecorded,
)
from fundtrail.chain.events import confirmed_head, read_events
from fundtrail.chain.rpc import Rpc
from fundtrail.network import Network

Progress = Callable[[int, int], None]

# What the ledger books because the desk says so: the field that names why, and the desk's events.
_EFFECTS: dict[type[Event], tuple[str, tuple[type[Event], ...]]] = {
    LineHeld: ("dispute", (DisputeOpened,)),
    LineFreed: ("dispute", (DisputeConcluded,)),
    LineStruck: ("dispute", (DisputeConcluded,)),
    ReissueAllowed: ("dispute", (DisputeConcluded, ReissueOrdered)),
    RunBlocked: ("challenge", (FraudProven,)),
    RunUnblocked: ("challenge", (ChallengeClosed,)),
    MoneyRecovered: ("receivable", (RecoveryReceived,)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainAct:
    """One recorded statement as the chain tells it. `time` is that of the block, unix seconds.

    Its own event comes first, what followed from it after. `statement` is empty for acts that need
    none.
    """

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


@dataclass(slots=True, kw_only=True)
class _Group:
    """What belongs to one act, while the events are read."""

    recorded: list[StatementRecorded] = field(default_factory=list)
    happened: list[Event] = field(default_factory=list)
    effects: list[Event] = field(default_factory=list)


def _group(
    events: Iterable[Event],
) -> tuple[GovernorsSet | None, tuple[ChainAct, ...], tuple[Event, ...]]:
    """Acts of each transaction, and what belongs to none."""
    genesis: GovernorsSet | None = None
    groups: list[_Group] = []
    stray: list[Event] = []
    for _, held in groupby(events, key=lambda event: (event.block, event.transaction)):
        here, alone = _of_transaction(list(held))
        for event in alone:
            if isinstance(event, GovernorsSet) and genesis is None and not groups and not here:
                genesis = event
            else:
                stray.append(event)
        groups += here
    return genesis, tuple(_act(group) for group in groups), tuple(stray)


def _of_transaction(events: list[Event]) -> tuple[list[_Group], list[Event]]:
    """A statement's events follow its signatures and come before the next act."""
    groups: list[_Group] = []
    alone: list[Event] = []
    for event in events:
        group = groups[-1] if groups else _Group()
        if isinstance(event, StatementRecorded):
            if _signs_too(group, event):
                group.recorded.append(event)
            else:
                groups.append(_Group(recorded=[event]))
        elif _needs_no_statement(group, event):
            groups.append(_Group(happened=[event]))
        elif type(event) not in _EFFECTS:
            own = group.recorded and group.recorded[0].contract == event.contract
            (group.happened if own else alone).append(event)
    for event in events:
        if type(event) in _EFFECTS:
            cause = _cause(groups, event)
            (cause.effects if cause else alone).append(event)
    return groups, alone


def _signs_too(group: _Group, event: StatementRecorded) -> bool:
    same = group.recorded and group.recorded[-1].statement == event.statement
    return bool(same) and not group.happened


def _needs_no_statement(group: _Group, event: Event) -> bool:
    if isinstance(event, DisputeConcluded):
        last = group.happened[-1] if group.happened else None
        return not (isinstance(last, AppealDecided) and last.dispute == event.dispute)
    return isinstance(event, FraudProven)


def _cause(groups: list[_Group], effect: Event) -> _Group | None:
    """The act of the desk that the ledger followed: of the same name, and the nearest."""
    found = [
        (abs(event.log_index - effect.log_index), place)
        for place, group in enumerate(groups)
        for event in _causes(group, effect)
    ]
    return groups[min(found)[1]] if found else None


def _causes(group: _Group, effect: Event) -> Iterator[Event]:
    name, kinds = _EFFECTS[type(effect)]
    for event in group.happened:
        if isinstance(event, kinds) and getattr(event, name) == getattr(effect, name):
            yield event


def _act(group: _Group) -> ChainAct:
    first: Event = group.recorded[0] if group.recorded else group.happened[0]
    return ChainAct(
        statement=group.recorded[0].statement if group.recorded else b"",
        contract=first.contract,
        signers=tuple(event.signer for event in group.recorded),
        events=(*group.happened, *group.effects),
        block=first.block,
        log_index=first.log_index,
        transaction=first.transaction,
        time=first.block_time,
    )
