"""A network of its own for every module, on the node that all tests share."""

from collections.abc import Iterator

import pytest

from fundtrail.chain.deploy import deploy
from fundtrail.chain.relay import Relayer
from fundtrail.chain.rpc import Rpc
from tests.chain.libraries import Libraries
from tests.chain.officers import City, found, new_governors, new_signer


@pytest.fixture(scope="module")
def city(anvil: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    signers, governors = new_governors()
    with Rpc(anvil) as rpc:
        network = deploy(
            rpc,
            new_signer(),
            name="yunzhou",
            chain_id=31337,
            governors=governors,
            out=tmp_path_factory.mktemp("network") / "network.toml",
        )
        relayer = Relayer(network, rpc, new_signer())
        yield found(City(network=network, rpc=rpc, relayer=relayer, governors=signers))


@pytest.fixture(scope="session")
def libraries(anvil: str) -> Iterator[Libraries]:
    """The Solidity libraries, for one question at a time."""
    with Rpc(anvil) as rpc:
        yield Libraries(rpc)
