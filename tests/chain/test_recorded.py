"""Signed statements read back from the chain, whoever carried them there."""

from dataclasses import replace

import pytest

from fundtrail.chain.errors import TransactionUnreadable
from fundtrail.chain.event_types import StatementRecorded
from fundtrail.chain.events import read_events
from fundtrail.chain.recorded import read_recorded
from fundtrail.chain.relay import Relayer
from fundtrail.chain.transaction import Call
from fundtrail.statements import OpenFeed
from tests.chain.officers import City, basis, new_signer

# Forwards calldata[20:] to the address in calldata[:20], and reverts where that reverts.
FORWARDER = bytes.fromhex(
    "6014360380601460003760006000826000600060003560601c5af160235760006000fd5b00"
)
CREATE = bytes.fromhex(f"60{len(FORWARDER):02x}80600b6000396000f3") + FORWARDER


def open_feed(feed: str) -> OpenFeed:
    return OpenFeed(feed=feed, vkey_digest=b"\7" * 32, cadence_seconds=86_400, basis=basis())


def test_governors_statements_come_back_with_all_their_signatures(city: City) -> None:
    recorded = list(read_recorded(city.network, city.rpc, read_events(city.network, city.rpc)))

    seated = [r for r in recorded if r.signed.statement.type_name() == "SeatOfficer"]
    assert len(seated) == len(city.officers)
    for statement in recorded:
        signers = statement.signed.signers(city.network)
        assert set(signers) <= {governor.address for governor in city.governors}
        assert len(signers) == 2
        assert list(signers) == sorted(signers)


def test_a_statement_that_a_contract_relayed_is_found(city: City) -> None:
    relayer = Relayer(city.network, city.rpc, new_signer())
    forwarder = relayer.record(Call(to="", data=CREATE)).created
    statement = open_feed("deaths")
    inner = city.call(statement, city.officers["oracle"])

    receipt = relayer.record(Call(to=forwarder, data=bytes.fromhex(inner.to[2:]) + inner.data))

    events = read_events(city.network, city.rpc, from_block=receipt.block)
    (recorded,) = read_recorded(city.network, city.rpc, events)
    assert recorded.signed.statement == statement
    assert recorded.transaction == receipt.hash
    assert city.log.feed("deaths").agency == "mzj-qu"


def test_a_statement_that_is_not_in_its_transaction_is_named(city: City) -> None:
    receipt = city.act(open_feed("lives"), "oracle")
    events = read_events(city.network, city.rpc, from_block=receipt.block)
    event = next(event for event in events if isinstance(event, StatementRecorded))
    foreign = replace(event, statement=b"\1" * 32)

    with pytest.raises(TransactionUnreadable, match=receipt.hash.hex()):
        list(read_recorded(city.network, city.rpc, [foreign]))
