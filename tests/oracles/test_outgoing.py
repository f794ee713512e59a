"""Acts on their way to a real node that is slow, forgetful, or was told by somebody else first."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from fundtrail.chain.bindings import EvidenceLog
from fundtrail.chain.errors import (
    ContractRefused,
    NodeRefused,
    NodeUnreachable,
    TransactionFailed,
    TransactionUnknown,
)
from fundtrail.chain.relay import Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.chain.transaction import Fees
from fundtrail.evidence import read_statements
from oracles.acts import Acts, offer_of
from oracles.draft import Draft
from oracles.oracle import Oracle
from oracles.outgoing import Patience
from tests.oracles.town import CIVIL, Town, signer

QUICK = Patience(wait=1.0, replace_after=0.2)
GAS = 3_000_000


@pytest.fixture
def oracle(town: Town, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Oracle]:
    """An oracle with a feed, a relayer and an evidence folder of its own."""
    feed = f"f-{sha256(request.node.name.encode()).hexdigest()[:12]}"
    folder = town.make_oracle(tmp_path / feed, CIVIL, feed, {}, evidence=tmp_path / "evidence")
    with town.open(folder, QUICK) as oracle:
        yield oracle


@pytest.fixture
def idle_miner(town: Town) -> Iterator[None]:
    """The node takes transactions and mines none."""
    town.rpc.call("evm_setAutomine", False)
    yield
    town.rpc.call("evm_setAutomine", True)
    town.rpc.call("evm_mine")


def opening(oracle: Oracle) -> Draft:
    """The feed's OpenFeed, signed."""
    return oracle.sign(oracle.prepare.open_feed(), signer("oracle-civil"))


def store(oracle: Oracle, draft: Draft, *, nonce: int = 0, gas: int = GAS) -> bytes:
    """What a killed oracle leaves behind: an act with its raw transaction, not sent yet."""
    relayer, signed, fees = oracle.outgoing._relayer, draft.signed(), Fees(per_gas_max=0)
    call = relayer.call(signed.statement, signed.signatures)
    offer = offer_of(relayer.raw(call, nonce, gas=gas, fees=fees), gas, fees)
    digest = signed.statement.digest(oracle.network)
    Acts(oracle.journal).take(signed, digest, call.data, nonce, lambda _: offer)
    return offer.transaction.hash


def states(oracle: Oracle) -> list[tuple[Any, ...]]:
    return list(oracle.journal.rows("SELECT type, state FROM acts ORDER BY rowid"))


def kept(oracle: Oracle) -> list[str]:
    paths = sorted((oracle.evidence / "statements").glob("*.jsonl"))
    return [r.signed.statement.type_name() for path in paths for r in read_statements(path)]


def test_handing_it_in_again_records_it_once(oracle: Oracle) -> None:
    draft = opening(oracle)
    assert oracle.submit(draft) == oracle.submit(draft)
    assert kept(oracle) == ["OpenFeed"]


def test_what_somebody_else_relayed_counts_as_done(town: Town, oracle: Oracle) -> None:
    signed = opening(oracle).signed()
    stranger = Relayer(town.network, town.rpc, signer("a stranger"))
    receipt = stranger.record(stranger.call(signed.statement, signed.signatures))
    recorded = oracle.submit_signed(signed)
    assert (recorded.transaction, recorded.block) == (receipt.hash, receipt.block)
    assert kept(oracle) == ["OpenFeed"]
    assert oracle.journal.value("SELECT count(*) FROM transactions") == 0


def test_what_somebody_else_relays_before_ours_is_sent_counts_as_done(
    town: Town, oracle: Oracle
) -> None:
    draft = opening(oracle)
    store(oracle, draft)
    stranger = Relayer(town.network, town.rpc, signer("a faster stranger"))
    theirs = stranger.record(stranger.call(draft.statement, draft.signatures))
    assert [item.transaction for item in oracle.resume()] == [theirs.hash]
    assert kept(oracle) == ["OpenFeed"]


@pytest.mark.usefixtures("idle_miner")
def test_what_waits_in_the_node_from_somebody_else_is_not_sent_twice(
    town: Town, oracle: Oracle
) -> None:
    draft = opening(oracle)
    stranger = Relayer(town.network, town.rpc, signer("a patient stranger"))
    theirs = stranger.raw(
        stranger.call(draft.statement, draft.signatures), stranger.nonce(), gas=GAS
    )
    stranger.send_raw(theirs.raw)
    with pytest.raises(TransactionUnknown):
        oracle.submit(draft)
    town.rpc.call("evm_mine")
    assert oracle.submit(draft).transaction == theirs.hash
    assert kept(oracle) == ["OpenFeed"]


@pytest.mark.usefixtures("idle_miner")
def test_no_answer_in_time_is_unknown_and_never_failed(town: Town, oracle: Oracle) -> None:
    with pytest.raises(TransactionUnknown):
        oracle.submit(opening(oracle))
    assert states(oracle) == [("OpenFeed", "sent")]
    assert kept(oracle) == []

    town.rpc.call("evm_mine")
    assert [item.type_name for item in oracle.resume()] == ["OpenFeed"]
    assert states(oracle) == [("OpenFeed", "kept")]
    assert oracle.resume() == []


@pytest.mark.usefixtures("idle_miner")
def test_a_stuck_transaction_is_replaced_under_the_same_nonce(town: Town, oracle: Oracle) -> None:
    relayer = oracle.outgoing._relayer
    town.rpc.call("anvil_setBalance", relayer.address, hex(10**18))
    relayer._fees = Fees(per_gas_max=1_000)
    with pytest.raises(TransactionUnknown):
        oracle.submit(opening(oracle))
    offers = list(oracle.journal.rows("SELECT hash, nonce, per_gas_max FROM transactions"))
    assert {nonce for _, nonce, _ in offers} == {0}
    assert len(offers) > 1
    hash_, _, highest = max(offers, key=lambda offer: offer[2])
    assert highest >= 1_100

    town.rpc.call("evm_mine")
    assert [item.transaction for item in oracle.resume()] == [hash_]
    assert oracle.journal.value("SELECT count(*) FROM transactions WHERE state = 'open'") == 0
    assert kept(oracle) == ["OpenFeed"]


@pytest.mark.usefixtures("idle_miner")
def test_where_gas_is_free_there_is_nothing_to_raise(oracle: Oracle) -> None:
    with pytest.raises(TransactionUnknown):
        oracle.submit(opening(oracle))
    assert oracle.journal.value("SELECT count(*) FROM transactions") == 1


@pytest.mark.usefixtures("idle_miner")
def test_a_node_that_forgot_a_transaction_is_told_again(town: Town, oracle: Oracle) -> None:
    with pytest.raises(TransactionUnknown):
        oracle.submit(opening(oracle))
    town.rpc.call("anvil_dropAllTransactions")
    town.rpc.call("evm_setAutomine", True)
    oracle.resume()
    assert kept(oracle) == ["OpenFeed"]


def test_a_gap_before_a_transaction_is_filled_with_a_no_op(oracle: Oracle) -> None:
    far = store(oracle, opening(oracle), nonce=3)
    assert [item.transaction for item in oracle.resume()] == [far]
    assert oracle.outgoing._relayer.nonce() == 4
    acts = oracle.journal.rows("SELECT nonce, act IS NULL FROM transactions ORDER BY nonce")
    assert list(acts) == [(0, 1), (1, 1), (2, 1), (3, 0)]


def test_a_nonce_that_somebody_used_is_not_used_again(town: Town, oracle: Oracle) -> None:
    store(oracle, opening(oracle))
    elsewhere = Relayer(town.network, town.rpc, oracle.keyring.signer("relayer"))
    elsewhere.send_raw(elsewhere.noop(0).raw)
    oracle.resume()
    assert kept(oracle) == ["OpenFeed"]
    assert elsewhere.nonce() == 2


def test_the_contract_s_refusal_comes_before_anything_is_sent(oracle: Oracle) -> None:
    draft = oracle.sign(oracle.prepare.open_feed(), signer("clerk"))
    with pytest.raises(ContractRefused, match="Authority_RoleMissing") as refused:
        oracle.submit(draft)
    assert refused.value.refusal.zh
    assert oracle.journal.value("SELECT count(*) FROM transactions") == 0
    assert states(oracle) == []


def test_a_refusal_in_a_block_is_kept_with_its_reason(town: Town, oracle: Oracle) -> None:
    """The simulation had passed, then another statement about the feed came first."""
    draft = opening(oracle)
    store(oracle, draft)
    statement = replace(draft.statement, cadence_seconds=1)  # type: ignore[call-arg]
    theirs = signer("oracle-treasury").sign(statement.digest(town.network))
    rival = Relayer(town.network, town.rpc, signer("a rival"))
    rival.record(rival.call(statement, [theirs]))

    with pytest.raises(TransactionFailed, match="EvidenceLog_FeedExists"):
        oracle.resume()
    assert states(oracle) == [("OpenFeed", "refused")]
    assert "FeedExists" in oracle.journal.value("SELECT refusal FROM acts")
    assert kept(oracle) == []
    assert oracle.resume() == []


def test_a_transaction_that_no_node_takes_is_refused_and_blocks_nothing(oracle: Oracle) -> None:
    draft = opening(oracle)
    store(oracle, draft, gas=10**12)
    with pytest.raises(NodeRefused):
        oracle.resume()
    assert states(oracle) == [("OpenFeed", "refused")]
    oracle.submit(draft)
    assert states(oracle) == [("OpenFeed", "kept")]


def test_a_node_that_comes_back_in_time_is_waited_for(
    town: Town, oracle: Oracle, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, away = Rpc.batch_outcomes, threading.Event()

    def sometimes(rpc: Rpc, calls: Any) -> Any:
        method = calls[0][0]
        if method == "eth_sendRawTransaction" and not away.is_set():
            away.set()
            original(rpc, calls)  # it arrives, and the answer is lost
            raise NodeUnreachable(rpc.url, "connection lost")
        return original(rpc, calls)

    draft = opening(oracle)
    monkeypatch.setattr(Rpc, "batch_outcomes", sometimes)
    recorded = oracle.submit(draft)
    assert away.is_set()
    assert EvidenceLog(town.network, town.rpc).feed(oracle.settings.feed).agency == CIVIL
    assert recorded.block <= town.rpc.head()
