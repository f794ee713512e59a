"""One small month of the city, written once for all tests."""

import pytest

from demo.city import build_city, write_month
from tests.demo.department_files import Files


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    city = build_city(seed=3, payees=2400)
    return Files(month=write_month(city, tmp_path_factory.mktemp("city")))
