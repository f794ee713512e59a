"""index: logs of a node → typed events, beside web3's own decoder on the same logs.

The logs are those of a run's life (prepared, reviewed, approved, released, two batches, settled,
each with its statement), encoded by the ABI and then read from JSON as a node sends them.
web3's decoder is timed over at most 20,000 logs and scaled: it is the peer, not the patient.
"""

from typing import Any

import orjson
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from web3 import Web3
from web3._utils.events import get_event_data
from web3._utils.method_formatters import log_entry_formatter

from bench.trial import Pair, Stopwatch, alone, show, sizes
from fundtrail.chain.artifacts import CONTRACTS, artifact
from fundtrail.chain.events import Decoder
from fundtrail.ids import code_to_bytes32
from fundtrail.network import Contract, Governors, Network

LIFE = (
    "RunPrepared",
    "RunReviewed",
    "RunApproved",
    "RunReleased",
    "BatchSettled",
    "BatchSettled",
    "RunSettled",
)
PEER_LOGS_MAX = 20_000


def network() -> Network:
    contracts = {
        name: Contract(address=f"0x{i:040x}", code_hash="0x" + "00" * 32)
        for i, name in enumerate(CONTRACTS, 1)
    }
    return Network(
        name="bench",
        chain_id=1,
        rpc_urls=("http://127.0.0.1:1",),
        first_block=1,
        confirmations=1,
        contracts=contracts,
        governors=Governors(threshold=2, keys=(), agencies=()),
    )


def signature(event: dict[str, Any]) -> bytes:
    types = ",".join(item["type"] for item in event["inputs"])
    return keccak(f"{event['name']}({types})".encode())


def sample(kind: str, number: int) -> Any:
    if kind == "bytes32":
        return code_to_bytes32(f"190102001-OAA-{number}")
    return "0x" + "ab" * 20 if kind == "address" else number % 200


def log(event: dict[str, Any], address: str, number: int) -> dict[str, Any]:
    indexed = [item["type"] for item in event["inputs"] if item["indexed"]]
    plain = [item["type"] for item in event["inputs"] if not item["indexed"]]
    topics = [encode([kind], [sample(kind, number)]) for kind in indexed]
    return {
        "address": address,
        "topics": ["0x" + topic.hex() for topic in (signature(event), *topics)],
        "data": "0x" + encode(plain, [sample(kind, number) for kind in plain]).hex(),
        "blockNumber": hex(number + 1),
        "blockTimestamp": hex(1_790_000_000 + number),
        "blockHash": "0x" + "cd" * 32,
        "transactionHash": "0x" + "ef" * 32,
        "transactionIndex": "0x0",
        "logIndex": "0x1",
        "removed": False,
    }


def events() -> list[dict[str, Any]]:
    by_name = {event["name"]: event for event in artifact("FundLedger").entries("event")}
    statement = by_name["StatementRecorded"]
    return [event for name in LIFE for event in (by_name[name], statement)]


def measure(count: int) -> Pair:
    net, life = network(), events()
    address = net.address("FundLedger")
    page = orjson.dumps([log(life[i % len(life)], address, i) for i in range(min(count, 10_000))])
    decoder = Decoder(net)

    ours, done = Stopwatch(), 0
    with ours:
        while done < count:
            for entry in orjson.loads(page)[: count - done]:
                decoder.decode(entry)
                done += 1
    return Pair(
        what="index",
        limit="web3 get_event_data",
        rows=count,
        ours=ours,
        bare=web3_time(page, life, count),
    )


def web3_time(page: bytes, life: list[dict[str, Any]], count: int) -> Stopwatch:
    codec = Web3().codec
    abis = {"0x" + signature(event).hex(): event for event in life}
    timed = min(count, PEER_LOGS_MAX)
    logs = [web3_form(entry) for entry in orjson.loads(page)]

    watch = Stopwatch()
    with watch:
        for i in range(timed):
            entry = logs[i % len(logs)]
            get_event_data(codec, abis["0x" + entry["topics"][0].hex().removeprefix("0x")], entry)
    return watch.times(count / timed)


def web3_form(entry: dict[str, Any]) -> Any:
    """A log as web3's request formatter hands it to its decoder."""

    return log_entry_formatter(entry)


if __name__ == "__main__":
    show("index", [alone(measure, count) for count in sizes(__doc__ or "")])
