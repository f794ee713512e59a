from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrail.errors import ProofError, ProofIndexError
from fundtrail.log_tree import (
    EMPTY_ROOT,
    LogFrontier,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.fundtrail.vectors import load, unhex

VECTORS = load("log_tree.json")
LEAVES = st.lists(st.binary(max_size=4), min_size=1, max_size=40).map(
    lambda entries: [leaf_hash(entry) for entry in entries]
)


def test_published_roots_come_out() -> None:
    leaves = [leaf_hash(unhex(item)) for item in VECTORS["published_inputs"]]

    assert unhex(VECTORS["empty_root"]) == root([]) == EMPTY_ROOT == LogFrontier().root()
    frontier = LogFrontier()
    for n, expected in enumerate(VECTORS["published_roots"], 1):
        frontier.add(leaves[n - 1])
        assert root(leaves[:n]) == frontier.root() == unhex(expected)


@pytest.mark.parametrize(
    "case", VECTORS["inclusions"], ids=lambda case: f"{case['index']} of {case['size']}"
)
def test_inclusions_of_the_vectors_verify_and_their_twins_do_not(case: dict[str, Any]) -> None:
    leaf, expected = unhex(case["leaf"]), unhex(case["root"])
    path = [unhex(node) for node in case["path"]]

    verify_inclusion(leaf, case["index"], case["size"], path, expected)
    for twin in ([*path, bytes(32)], path[:-1] if path else [bytes(32)]):
        with pytest.raises(ProofError):
            verify_inclusion(leaf, case["index"], case["size"], twin, expected)
    with pytest.raises(ProofError):
        verify_inclusion(bytes(32), case["index"], case["size"], path, expected)
    with pytest.raises(ProofIndexError):
        verify_inclusion(leaf, case["size"], case["size"], path, expected)


@pytest.mark.parametrize(
    "case", VECTORS["consistency"], ids=lambda case: f"{case['old_size']} to {case['new_size']}"
)
def test_consistency_of_the_vectors_verifies_and_their_twins_do_not(case: dict[str, Any]) -> None:
    path = [unhex(node) for node in case["path"]]
    old, new = (
        (case["old_size"], unhex(case["old_root"])),
        (
            case["new_size"],
            unhex(case["new_root"]),
        ),
    )

    verify_consistency(*old, *new, path)
    for twin in ([*path, bytes(32)], path[:-1], [bytes(32), *path[1:]]):
        with pytest.raises(ProofError):
            verify_consistency(*old, *new, twin)
    with pytest.raises(ProofError):
        verify_consistency(old[0], bytes(32), *new, path)
    with pytest.raises(ProofError):
        verify_consistency(*new, *old, path)


@given(LEAVES, st.data())
def test_every_head_extends_every_earlier_head(leaves: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(0, len(leaves)))
    path = consistency_path(leaves, old)

    verify_consistency(old, root(leaves[:old]), len(leaves), root(leaves), path)


@given(LEAVES, st.data())
def test_every_leaf_is_included(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))

    verify_inclusion(leaves[index], index, len(leaves), inclusion_path(leaves, index), root(leaves))


def test_places_outside_the_log_are_refused() -> None:
    with pytest.raises(ProofIndexError):
        inclusion_path([bytes(32)], 1)
    with pytest.raises(ProofIndexError):
        consistency_path([bytes(32)], 2)
