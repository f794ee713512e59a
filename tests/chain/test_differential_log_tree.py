"""Logs and codes: Python and Solidity give one answer to every proof and every name."""

from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundtrail.errors import (
    CodeError,
    ProofError,
    ProofIndexError,
    ProofPathError,
    RootMismatchError,
)
from fundtrail.ids import code_from_bytes32, period
from fundtrail.log_tree import (
    consistency_path,
    inclusion_path,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.chain.libraries import Libraries
from tests.fundtrail.vectors import load, unhex

FAST = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
VECTORS = load("log_tree.json")
LEAVES = [leaf_hash(index.to_bytes(4, "big")) for index in range(70)]
DIGEST = st.binary(min_size=32, max_size=32)
SIZES = st.integers(0, len(LEAVES))

Growth = tuple[int, bytes, int, bytes, tuple[bytes, ...]]
"""Old size, old root, new size, new root, path."""


@st.composite
def paths(draw: st.DrawFn, true: Sequence[bytes]) -> tuple[bytes, ...]:
    """The path, or one with a node changed, one too many or one too few."""
    other, at = draw(DIGEST), draw(st.integers(0, max(len(true) - 1, 0)))
    changed = (*true[:at], other, *true[at + 1 :])
    return tuple(draw(st.sampled_from([true, true, changed, (*true, other), true[:-1]])))


@st.composite
def growths(draw: st.DrawFn) -> Growth:
    """From one size to another: true, or with the old size, the old root or the path spoiled.

    The new root is true, as no log of size 0 is ever anchored: there Solidity does not compare it.
    """
    old, new, shift = draw(SIZES), draw(SIZES), draw(st.sampled_from([0, 0, 0, -1, 1]))
    low, high = sorted((old, new))
    path = draw(paths(consistency_path(LEAVES[:high], low)))
    old_root = draw(st.sampled_from([root(LEAVES[:low])] * 3 + [root(LEAVES[low:])]))
    return (max(low + shift, 0), old_root, high, root(LEAVES[:high]), path)


def said_in_python(verify: Callable[[], None]) -> str | tuple[()]:
    """The name of Solidity's error for what Python says, or what it returns where all is well."""
    try:
        verify()
    except ProofIndexError:
        return "LogTree_IndexOutOfRange"
    except ProofPathError as error:
        return "LogTree_ProofTooShort" if "too short" in str(error) else "LogTree_ProofTooLong"
    except RootMismatchError:
        return "LogTree_RootMismatch"
    except ProofError:
        return "LogTree_SizesFall"
    return ()


def test_every_consistency_vector_is_met_by_both(libraries: Libraries) -> None:
    cases = [
        (c["old_size"], c["new_size"], unhex(c["old_root"]), unhex(c["new_root"]),
         [unhex(step) for step in c["path"]])
        for c in VECTORS["consistency"]
    ]  # fmt: skip
    for old, new, old_root, new_root, path in cases:
        verify_consistency(old, old_root, new, new_root, path)
    assert libraries.answers([("verifyConsistency", case) for case in cases]) == [()] * len(cases)


def test_every_inclusion_vector_is_met_by_both(libraries: Libraries) -> None:
    cases = [
        (unhex(c["leaf"]), c["index"], c["size"], unhex(c["root"]),
         [unhex(step) for step in c["path"]])
        for c in VECTORS["inclusions"]
    ]  # fmt: skip
    for leaf, index, size, head, path in cases:
        verify_inclusion(leaf, index, size, path, head)
    assert libraries.answers([("verifyLog", case) for case in cases]) == [()] * len(cases)


@given(several=st.lists(growths(), min_size=8, max_size=8))
@FAST
def test_a_log_grows_for_both_or_for_none(libraries: Libraries, several: list[Growth]) -> None:
    answers = libraries.answers(
        [
            ("verifyConsistency", (old, new, old_root, new_root, list(path)))
            for old, old_root, new, new_root, path in several
        ]
    )
    for growth, answer in zip(several, answers, strict=True):
        assert answer == said_in_python(lambda growth=growth: verify_consistency(*growth))


@given(size=st.integers(1, len(LEAVES)), at=st.integers(0, 80), data=st.data())
@FAST
def test_an_entry_is_in_for_both_or_for_none(
    libraries: Libraries, size: int, at: int, data: st.DataObject
) -> None:
    leaf = LEAVES[at % size]
    path = data.draw(paths(inclusion_path(LEAVES[:size], at % size)))
    index, head = data.draw(st.sampled_from([at % size, at])), root(LEAVES[:size])
    (answer,) = libraries.answers([("verifyLog", (leaf, index, size, head, list(path)))])
    assert answer == said_in_python(lambda: verify_inclusion(leaf, index, size, path, head))


@given(
    words=st.lists(
        st.one_of(
            DIGEST,
            st.from_regex(r"[A-Za-z0-9._-]{0,32}", fullmatch=True).map(
                lambda text: text.encode().ljust(32, b"\0")
            ),
            st.tuples(st.binary(max_size=4), st.binary(max_size=28)).map(
                lambda parts: (b"a" + parts[0].strip(b"\0") + bytes(3) + parts[1])[:32].ljust(
                    32, b"\0"
                )
            ),
        ),
        min_size=20,
        max_size=20,
    )
)
@FAST
def test_a_word_is_a_code_for_both_or_for_none(libraries: Libraries, words: list[bytes]) -> None:
    answers = libraries.answers([("checkCode", (word,)) for word in words])
    for word, answer in zip(words, answers, strict=True):
        try:
            known = code_from_bytes32(word) != ""
        except CodeError:
            known = False
        assert (answer == ()) is known, word


def test_a_word_is_a_month_for_both_or_for_none(libraries: Libraries) -> None:
    texts = [f"2026-{month:02}" for month in range(100)] + [
        "0000-01",
        "9999-12",
        "2026-1",
        "20260-1",
    ]
    texts += ["2026/01", "2026-01-", "2026-001", "202a-01", "2026-0a", "2026_01", "-026-01"]
    words = [text.encode().ljust(32, b"\0") for text in texts]
    answers = libraries.answers([("checkPeriod", (word,)) for word in words])
    for text, answer in zip(texts, answers, strict=True):
        try:
            known = bool(period(text))
        except CodeError:
            known = False
        assert (answer == ()) is known, text
