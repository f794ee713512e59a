"""Recorded statements, read back from the transactions that carried them.

Guarantees: each statement has the digest that its contract recorded, and its signatures recover
the signers of the events. Whether those were allowed to sign is for the audit to say.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from fundtrail.chain.calldata import find_acts
from fundtrail.chain.errors import NodeInconsistent, TransactionUnreadable, public_url
from fundtrail.chain.event import Event
from fundtrail.chain.event_types import StatementRecorded
from fundtrail.chain.rpc import Call, Rpc
from fundtrail.network import Network
from fundtrail.signed_statements import RecordedStatement

_READ_AT_ONCE = 100


def read_recorded(
    network: Network, rpc: Rpc, events: Iterable[Event]
) -> Iterator[RecordedStatement]:
    """The statements of the StatementRecorded events among `events`, in their order.

    Raises TransactionUnreadable where a relaying contract hid one.
    """
    recorded = (event for event in events if isinstance(event, StatementRecorded))
    groups = (
        list(group)
        for _, group in groupby(recorded, lambda event: (event.transaction, event.statement))
    )
    while part := list(islice(groups, _READ_AT_ONCE)):
        inputs = _inputs(rpc, [group[0].transaction for group in part])
        for group in part:
            yield _recorded(network, group, inputs[group[0].transaction])


def _inputs(rpc: Rpc, transactions: Sequence[bytes]) -> dict[bytes, bytes]:
    hashes = list(dict.fromkeys(transactions))
    calls: list[Call] = [("eth_getTransactionByHash", ("0x" + h.hex(),)) for h in hashes]
    found = dict(zip(hashes, rpc.batch(calls), strict=True))
    for hash_, transaction in found.items():
        if transaction is None:
            node = public_url(rpc.url)
            raise NodeInconsistent(f"{node}: expected transaction 0x{hash_.hex()}, has none")
    return {hash_: bytes.fromhex(found[hash_]["input"][2:]) for hash_ in hashes}


def _recorded(
    network: Network, group: Sequence[StatementRecorded], data: bytes
) -> RecordedStatement:
    event, signers = group[0], tuple(event.signer for event in group)
    for signed in find_acts(data, event.contract):
        digest = signed.statement.digest(network)
        if digest == event.statement and signed.signers(network) == signers:
            return RecordedStatement(
                signed=signed, transaction=event.transaction, block=event.block
            )
    raise TransactionUnreadable(event.transaction, event.statement)
