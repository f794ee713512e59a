"""One node and one town for all tests of the oracles; each test makes oracles of its own in it."""

import time
from collections.abc import Iterator

import pytest

from fundtrail.chain.anvil import Anvil
from tests.oracles.town import Town, found_town

AHEAD_SECONDS = 3_600  # the node lives a little ahead of this machine, so its head is the time


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Contracts deployed, officers seated, money with one street office."""
    with Anvil(timestamp=int(time.time()) + AHEAD_SECONDS) as anvil:
        town = found_town(anvil.url, tmp_path_factory.mktemp("town"))
        yield town
        town.rpc.close()
