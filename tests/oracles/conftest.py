"""One node and one town for all tests of the oracles; each test makes oracles of its own in it."""

from collections.abc import Iterator

import pytest

from fundtrail.chain.anvil import Anvil
from tests.oracles.town import Town, found_town

START = 1_789_000_000  # in September 2026, a month before the one that is paid


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Contracts deployed, officers seated, money with one street office."""
    with Anvil(timestamp=START) as anvil:
        town = found_town(anvil.url, tmp_path_factory.mktemp("town"))
        yield town
        town.rpc.close()
