"""A department's log on the chain: Python's proofs hold in Solidity, and forged ones do not."""

import secrets

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundtrail.chain.errors import ContractRefused
from fundtrail.chain.refusal import Refusal
from fundtrail.chain.transaction import Call
from fundtrail.log_tree import consistency_path, leaf_hash, root
from fundtrail.statements import AnchorFeed, OpenFeed
from tests.chain.officers import City, basis

ENTRIES = [leaf_hash(index.to_bytes(4, "big")) for index in range(300)]


def new_feed(city: City) -> str:
    feed = f"feed-{secrets.token_hex(4)}"
    statement = OpenFeed(feed=feed, vkey_digest=b"\7" * 32, cadence_seconds=86_400, basis=basis())
    city.act(statement, "oracle")
    return feed


def anchor(
    city: City, feed: str, size: int, head: bytes, proof: tuple[bytes, ...] | list[bytes]
) -> Call:
    document = f"锚定 {secrets.token_hex(4)}"  # else two equal statements in one second are one
    statement = AnchorFeed(feed=feed, size=size, root=head, basis=basis(document))
    return city.call(statement, city.officers["oracle"], consistency_proof=proof)


def refusal_of(city: City, call: Call) -> Refusal:
    with pytest.raises(ContractRefused) as caught:
        city.relayer.record(call)
    return caught.value.refusal


@given(sizes=st.sets(st.integers(1, 300), min_size=2, max_size=5).map(sorted))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_growing_log_is_taken_head_after_head(city: City, sizes: list[int]) -> None:
    feed, old = new_feed(city), 0
    for size in sizes:
        entries = ENTRIES[:size]
        proof = consistency_path(entries, old)
        if proof:
            forged = (secrets.token_bytes(32), *proof[1:])
            told = refusal_of(city, anchor(city, feed, size, root(entries), forged))
            assert told.name == "LogTree_RootMismatch"

        city.relayer.record(anchor(city, feed, size, root(entries), proof))
        old = size

    head = city.log.feed(feed)
    assert (head.size, head.root, head.agency) == (old, root(ENTRIES[:old]), "mzj-qu")


def test_a_log_with_a_changed_entry_is_refused(city: City) -> None:
    feed = new_feed(city)
    city.relayer.record(anchor(city, feed, 5, root(ENTRIES[:5]), []))
    changed = [ENTRIES[9], *ENTRIES[1:8]]

    told = refusal_of(city, anchor(city, feed, 8, root(changed), consistency_path(changed, 5)))

    assert told.name == "LogTree_RootMismatch"
    assert "历史记录被改动过" in told.zh


def test_a_log_that_did_not_grow_is_refused_in_words(city: City) -> None:
    feed = new_feed(city)
    city.relayer.record(anchor(city, feed, 5, root(ENTRIES[:5]), []))

    for size in (5, 4):
        told = refusal_of(city, anchor(city, feed, size, root(ENTRIES[:size]), []))
        assert told.zh == f"数据源 {feed} 只能增长:已锚定 5 条,提交 {size} 条。"


def test_a_proof_too_short_or_too_long_is_refused(city: City) -> None:
    feed = new_feed(city)
    city.relayer.record(anchor(city, feed, 3, root(ENTRIES[:3]), []))
    proof = consistency_path(ENTRIES[:7], 3)

    short = refusal_of(city, anchor(city, feed, 7, root(ENTRIES[:7]), proof[:-1]))
    long = refusal_of(city, anchor(city, feed, 7, root(ENTRIES[:7]), (*proof, bytes(32))))

    assert (short.name, long.name) == ("LogTree_ProofTooShort", "LogTree_ProofTooLong")
