"""A network of its own for every module on the node that all tests share, and one for all lives."""

from collections.abc import Iterator
from typing import Any

import pytest

from fundtrail.chain.anvil import Anvil
from fundtrail.chain.deploy import deploy
from fundtrail.chain.relay import Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.network import Network
from tests.chain.libraries import Libraries
from tests.chain.life import Life, seat_all
from tests.chain.officers import City, found, new_governors, new_signer

LAST = "test_every_act_is_played.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What all others have played is looked at when they are done."""
    items.sort(key=lambda item: item.path.name == LAST)


@pytest.fixture(scope="module")
def city(
    anvil: str, tmp_path_factory: pytest.TempPathFactory, networks: list[Network]
) -> Iterator[City]:
    with Rpc(anvil) as rpc:
        city = found(City(**_deployed(rpc, tmp_path_factory)))
        networks.append(city.network)
        yield city


@pytest.fixture(scope="session")
def life(tmp_path_factory: pytest.TempPathFactory, networks: list[Network]) -> Iterator[Life]:
    """Where every act can be played, on a node of its own, whose clock may be turned."""
    with Anvil() as anvil, Rpc(anvil.url) as rpc:
        life = Life(**_deployed(rpc, tmp_path_factory))
        found(life)
        networks.append(life.network)
        yield seat_all(life)


@pytest.fixture(scope="session")
def networks() -> list[Network]:
    """Every network that was deployed here in this run."""
    return []


@pytest.fixture(scope="session")
def libraries(anvil: str) -> Iterator[Libraries]:
    """The Solidity libraries, for one question at a time."""
    with Rpc(anvil) as rpc:
        yield Libraries(rpc)


def _deployed(rpc: Rpc, folders: pytest.TempPathFactory) -> dict[str, Any]:
    """What a city is made of: a fresh network and the keys of its governors."""
    signers, governors = new_governors()
    network = deploy(
        rpc,
        new_signer(),
        name="yunzhou",
        chain_id=31337,
        governors=governors,
        out=folders.mktemp("network") / "network.toml",
    )
    relayer = Relayer(network, rpc, new_signer())
    return {"network": network, "rpc": rpc, "relayer": relayer, "governors": signers}
