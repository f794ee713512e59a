"""Events from a node: confirmed, in chain order, decoded word by word.

Guarantees: no event past the confirmed head; every range comes from a node that said in the same
breath that it has its last block; a log of one of our addresses that the ABI does not know is
UnknownEvent, never skipped. Does not verify what the node says: that takes a node of one's own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from eth_abi.exceptions import DecodingError

from fundtrail.chain.errors import (
    NodeInconsistent,
    NodeRefused,
    NodeTimeout,
    UnknownEvent,
    public_url,
)
from fundtrail.chain.event import Event, EventType, Log
from fundtrail.chain.event_types import EVENT_TYPES
from fundtrail.chain.rpc import Rpc
from fundtrail.errors import CodeError
from fundtrail.network import Network

Progress = Callable[[int, int], None]

RANGE_BLOCKS_FIRST = 2_000
RANGE_BLOCKS_MAX = 64_000
RANGE_LOGS_AIM = 20_000
_NO_TYPES: Mapping[str, EventType] = {}


class Decoder:
    """Decodes the logs of one network."""

    def __init__(self, network: Network) -> None:
        self._contracts: dict[str, tuple[str, Mapping[str, EventType]]] = {
            contract.address: (name, EVENT_TYPES[name])
            for name, contract in network.contracts.items()
        }

    def decode(self, log: Log, block_times: Mapping[int, int] | None = None) -> Event:
        """The event of `log`. Raises UnknownEvent, naming contract, topic and block.

        The block's time is the log's own `blockTimestamp`, or else that of `block_times`.
        """
        address, topics, block = log["address"].lower(), log["topics"], int(log["blockNumber"], 16)
        data = bytes.fromhex(log["data"][2:])
        contract, types = self._contracts.get(address, (address, _NO_TYPES))
        kind = types.get(topics[0]) if topics else None
        if kind is None or not kind.fits(topics, data):
            raise UnknownEvent(contract, bytes.fromhex(topics[0][2:]) if topics else b"", block)

        stamp = log.get("blockTimestamp")
        time = int(stamp, 16) if stamp else (block_times or {})[block]
        transaction = bytes.fromhex(log["transactionHash"][2:])
        place = (contract, block, int(log["logIndex"], 16), transaction, time)
        try:
            event: Event = kind.decode(place, topics, data)
        except (CodeError, DecodingError, ValueError) as error:
            raise UnknownEvent(contract, bytes.fromhex(topics[0][2:]), block) from error
        return event


def confirmed_head(network: Network, rpc: Rpc) -> int:
    """The newest block at confirmation depth; with one confirmation that is the head itself."""
    return rpc.head() - network.confirmations + 1


def read_events(
    network: Network,
    rpc: Rpc,
    from_block: int | None = None,
    to_block: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Event]:
    """Events of all contracts of `network` in chain order, both blocks included.

    Begins at the network's first block unless told otherwise and ends at the confirmed head at the
    latest. `progress(done_block, last_block)` is called after each range.
    """
    decoder = Decoder(network)
    last = confirmed_head(network, rpc)
    last = last if to_block is None else min(last, to_block)
    first = network.first_block if from_block is None else from_block

    for end, logs in _ranges(network, rpc, first, last):
        times = _missing_times(rpc, logs)
        for log in logs:
            yield decoder.decode(log, times)
        if progress:
            progress(end, last)


def _ranges(
    network: Network, rpc: Rpc, first: int, last: int
) -> Iterator[tuple[int, Sequence[Log]]]:
    """(last block, logs) of one range after the other, wide where there is little in them."""
    span = RANGE_BLOCKS_FIRST
    while first <= last:
        end = min(first + span - 1, last)
        try:
            logs = _read_range(network, rpc, first, end)
        except (NodeRefused, NodeTimeout):
            if first == end:
                raise
            span = max(1, (end - first + 1) // 4)  # nodes limit blocks, logs or bytes of a range
            continue

        yield end, logs
        first = end + 1
        if len(logs) * 2 < RANGE_LOGS_AIM:
            span = min(span * 2, RANGE_BLOCKS_MAX)


def _read_range(network: Network, rpc: Rpc, first: int, last: int) -> list[Log]:
    addresses = [contract.address for contract in network.contracts.values()]
    wanted = {"address": addresses, "fromBlock": hex(first), "toBlock": hex(last)}
    # One batch, so that both answers are of one node even where another one failed before.
    head, logs = rpc.batch([("eth_blockNumber", ()), ("eth_getLogs", (wanted,))])
    node = public_url(rpc.url)
    if int(head, 16) < last:
        raise NodeInconsistent(f"节点落后 {node}: expected block {last}, head is {int(head, 16)}")

    places = [(int(log["blockNumber"], 16), int(log["logIndex"], 16)) for log in logs]
    outside = any(not first <= block <= last for block, _ in places)
    if outside or any(log.get("removed") for log in logs):
        raise NodeInconsistent(f"{node}: expected logs of blocks {first} to {last}, got others")
    if any(here >= after for here, after in pairwise(places)):
        raise NodeInconsistent(f"{node}: expected logs in rising order, got another order")
    return list(logs)


def _missing_times(rpc: Rpc, logs: Sequence[Log]) -> dict[int, int]:
    """Times of the blocks whose logs do not carry one: not every engine adds it."""
    blocks = {int(log["blockNumber"], 16) for log in logs if not log.get("blockTimestamp")}
    return rpc.block_times(sorted(blocks))
