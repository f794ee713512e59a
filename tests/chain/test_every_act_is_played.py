"""Nothing that a contract can be told was left out: the lives of this folder play all of it.

What was played is read from the chains on which it happened, not from the tests. It runs last, and
where only a part of the folder was asked for it has nothing to say.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fundtrail.chain.artifacts import CONTRACTS, artifact
from fundtrail.chain.bindings import FUNCTIONS
from fundtrail.chain.calldata import ACTS
from fundtrail.chain.event_types import FraudProven
from fundtrail.chain.events import read_events
from fundtrail.chain.recorded import read_recorded
from fundtrail.chain.rpc import Rpc
from fundtrail.enums import ChallengeKind
from fundtrail.network import Network
from fundtrail.statements import STATEMENTS

FOLDER = Path(__file__).parent
# The ledger hears these from its desk alone; with disputes it is tested that nobody else is heard.
DESK_ONLY = {
    "contestLine", "resolveLine", "allowReissue", "blockRun", "unblockRun", "recover",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _whole_folder(request: pytest.FixtureRequest) -> None:
    there = {path.name for path in FOLDER.glob("test_life_of_*.py")}
    asked = {item.path.name for item in request.session.items if item.path.parent == FOLDER}
    if not there <= asked:
        pytest.skip(f"played only with the whole folder, without {sorted(there - asked)}")


def changing() -> set[str]:
    """The functions that change something, of all contracts."""
    return {
        entry["name"]
        for contract in CONTRACTS
        for entry in artifact(contract).entries("function")
        if entry["stateMutability"] not in ("view", "pure")
    }


def called(network: Network, rpc: Rpc) -> Iterator[str]:
    """The functions that transactions have called on a network, by their selectors."""
    names = {function.selector.hex(): function.name for function in FUNCTIONS.values()}
    hashes = dict.fromkeys(event.transaction for event in read_events(network, rpc))
    found = rpc.batch([("eth_getTransactionByHash", ("0x" + hash_.hex(),)) for hash_ in hashes])
    for transaction in found:
        yield names.get(transaction["input"][2:10], "")


def test_every_function_that_changes_something_was_called(networks: list[Network]) -> None:
    played: set[str] = set()
    for network in networks:
        with Rpc(network.rpc_urls) as rpc:
            played.update(called(network, rpc))

    assert changing() - played == DESK_ONLY
    assert set(ACTS) == set(STATEMENTS)


def test_every_statement_was_recorded_and_is_read_back(networks: list[Network]) -> None:
    recorded: set[str] = set()
    for network in networks:
        with Rpc(network.rpc_urls) as rpc:
            for found in read_recorded(network, rpc, read_events(network, rpc)):
                recorded.add(found.signed.statement.type_name())

    assert recorded == set(STATEMENTS)


def test_every_kind_of_fraud_was_proven(networks: list[Network]) -> None:
    proven: set[ChallengeKind] = set()
    for network in networks:
        with Rpc(network.rpc_urls) as rpc:
            events = read_events(network, rpc)
            proven.update(event.kind for event in events if isinstance(event, FraudProven))

    assert proven == set(ChallengeKind) - {ChallengeKind.NONE}
