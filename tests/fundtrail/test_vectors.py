import pytest

from tests.fundtrail.vectors import FOLDER
from tests.vectors.generate import VECTORS, render


@pytest.mark.parametrize("name", sorted(VECTORS))
def test_the_committed_vectors_are_those_of_the_definitions(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == render(name)
