"""Logs into events: the hand-cut words agree with eth_abi, and nothing unknown is skipped."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

import pytest
from eth_abi.abi import encode
from hypothesis import given
from hypothesis import strategies as st

from fundtrail.chain.artifacts import CONTRACTS, artifact, canonical_type, is_code, signature
from fundtrail.chain.errors import NodeInconsistent, NodeRefused, UnknownEvent
from fundtrail.chain.event_types import EVENT_TYPES, GovernorsSet, OfficerSeated
from fundtrail.chain.events import Decoder, confirmed_head, read_events
from fundtrail.chain.generate.params import FOREIGN, snake
from fundtrail.chain.rpc import Call, Rpc
from fundtrail.ids import code_to_bytes32
from fundtrail.network import Contract, Governors, Network
from tests.chain.officers import City

NETWORK = Network(
    name="paper",
    chain_id=1,
    rpc_urls=("http://127.0.0.1:1",),
    first_block=1,
    confirmations=1,
    contracts={
        name: Contract(address=f"0x{index:040x}", code_hash="0x" + "00" * 32)
        for index, name in enumerate(CONTRACTS, start=1)
    },
    governors=Governors(threshold=2, keys=(), agencies=()),
)
EVENTS = [
    (name, event)
    for name in CONTRACTS
    for event in artifact(name).entries("event")
    if event["name"] not in FOREIGN
]
CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}", fullmatch=True)


def values_of(param: dict[str, Any]) -> st.SearchStrategy[Any]:
    kind = param["type"]
    if kind.endswith("[]"):
        return st.lists(values_of({**param, "type": kind[:-2]}), max_size=4).map(tuple)
    if is_code(param):
        return CODES
    if str(param.get("internalType")).startswith("enum"):
        return st.integers(0, 2)
    if kind == "bool":
        return st.booleans()
    if kind == "address":
        return st.binary(min_size=20, max_size=20).map(lambda b: "0x" + b.hex())
    if kind == "bytes32":
        return st.binary(min_size=32, max_size=32)
    return st.text(max_size=40) if kind == "string" else st.integers(0, 2 ** int(kind[4:]) - 1)


def on_chain(param: dict[str, Any], value: Any) -> Any:
    if is_code(param):
        return (
            [code_to_bytes32(v) for v in value] if "[" in param["type"] else code_to_bytes32(value)
        )
    return value


def log_of(contract: str, event: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """The log as a node would give it, written by eth_abi."""
    topic = next(t for t, k in EVENT_TYPES[contract].items() if k.name == event["name"])
    given = [(p, on_chain(p, values[p["name"]])) for p in event["inputs"]]
    topics = [encode([canonical_type(p)], [v]) for p, v in given if p["indexed"]]
    plain = [(canonical_type(p), v) for p, v in given if not p["indexed"]]
    return {
        "address": NETWORK.address(contract),
        "topics": [topic, *("0x" + t.hex() for t in topics)],
        "data": "0x" + encode([t for t, _ in plain], [v for _, v in plain]).hex(),
        "blockNumber": "0x10",
        "blockTimestamp": "0x6543210f",
        "logIndex": "0x2",
        "transactionHash": "0x" + "ab" * 32,
    }


@pytest.mark.parametrize(("contract", "event"), EVENTS, ids=[f"{n}.{e['name']}" for n, e in EVENTS])
@given(data=st.data())
def test_every_event_decodes_to_what_eth_abi_encoded(
    contract: str, event: dict[str, Any], data: st.DataObject
) -> None:
    values = {p["name"]: data.draw(values_of(p)) for p in event["inputs"]}

    decoded = Decoder(NETWORK).decode(log_of(contract, event, values))

    expected = {snake(name): value for name, value in values.items()}
    place = {
        "contract": contract,
        "block": 16,
        "log_index": 2,
        "transaction": bytes.fromhex("ab" * 32),
        "block_time": 0x6543210F,
    }
    assert asdict(decoded) == place | expected
    assert type(decoded).__name__ == event["name"]
    assert f"`{signature(event)}`." == type(decoded).__doc__


def some_log() -> dict[str, Any]:
    event = next(e for name, e in EVENTS if e["name"] == "FeedAnchored")
    return log_of("EvidenceLog", event, {"feed": "deaths", "size": 3, "root": b"\7" * 32})


@pytest.mark.parametrize(
    "change",
    [
        {"topics": ["0x" + "11" * 32]},
        {"topics": []},
        {"address": NETWORK.address("FundLedger")},
        {"address": "0x" + "99" * 20},
        {"data": "0x" + "00" * 63},
        {"data": "0x" + "00" * 65},
        {"topics": some_log()["topics"][:1]},
        {"topics": [some_log()["topics"][0], "0x" + "ff" * 32]},
    ],
    ids=["topic", "no topic", "contract", "address", "short", "long", "few topics", "no code"],
)
def test_a_log_that_the_abi_does_not_know_is_named(change: dict[str, Any]) -> None:
    with pytest.raises(UnknownEvent, match="block 16"):
        Decoder(NETWORK).decode(some_log() | change)


def test_block_times_come_from_headers_where_logs_have_none() -> None:
    log = some_log()
    del log["blockTimestamp"]

    assert Decoder(NETWORK).decode(log, {16: 77}).block_time == 77


class Altered(Rpc):
    """A real node behind one that changes what it says about logs."""

    def __init__(self, city: City, alter: Callable[[dict[str, Any], list[Any]], list[Any]]) -> None:
        super().__init__(city.rpc.urls)
        self._alter = alter

    def batch(self, calls: Sequence[Call]) -> list[Any]:
        answers = super().batch(calls)
        if not calls or calls[-1][0] != "eth_getLogs":
            return answers
        wanted: Any = calls[-1][1][0]
        return self._alter(wanted, answers)


def test_events_come_in_chain_order_and_end_at_the_asked_block(city: City) -> None:
    events = list(read_events(city.network, city.rpc))
    last = events[-1].block
    seen: list[tuple[int, int]] = []
    some = list(
        read_events(city.network, city.rpc, to_block=last - 1, progress=lambda *p: seen.append(p))
    )

    assert isinstance(events[1], GovernorsSet) or isinstance(events[0], GovernorsSet)
    assert sum(isinstance(event, OfficerSeated) for event in events) == len(city.officers)
    assert some == [event for event in events if event.block < last]
    assert seen == [(last - 1, last - 1)]
    assert list(read_events(city.network, city.rpc, from_block=last)) == events[len(some) :]


def test_the_last_blocks_wait_for_their_confirmations(city: City) -> None:
    deeper = replace(city.network, confirmations=4)
    head = city.rpc.head()

    assert confirmed_head(deeper, city.rpc) == head - 3
    assert max(event.block for event in read_events(deeper, city.rpc)) <= head - 3


def test_a_node_that_limits_ranges_gives_the_same_events(city: City) -> None:
    asked = []

    def narrow(wanted: dict[str, Any], answers: list[Any]) -> list[Any]:
        asked.append(int(wanted["toBlock"], 16) - int(wanted["fromBlock"], 16) + 1)
        if asked[-1] > 5:
            raise NodeRefused("eth_getLogs", -32005, "query returned more than 5 blocks")
        return answers

    with Altered(city, narrow) as node:
        events = list(read_events(city.network, node))

    assert events == list(read_events(city.network, city.rpc))
    assert asked[0] > 5
    assert len(asked) > 3


def test_a_lagging_node_is_not_taken_for_an_empty_chain(city: City) -> None:
    lagging = Altered(city, lambda _, __: ["0x1", []])

    with lagging, pytest.raises(NodeInconsistent, match="head is 1"):
        list(read_events(city.network, lagging))


@pytest.mark.parametrize(
    "alter",
    [
        lambda _, answers: [answers[0], answers[1][::-1]],
        lambda _, answers: [answers[0], [log | {"removed": True} for log in answers[1]]],
        lambda _, answers: [answers[0], [log | {"blockNumber": "0x0"} for log in answers[1]]],
    ],
    ids=["another order", "removed", "another block"],
)
def test_logs_that_contradict_the_question_are_refused(city: City, alter: Any) -> None:
    with Altered(city, alter) as node, pytest.raises(NodeInconsistent):
        list(read_events(city.network, node))
