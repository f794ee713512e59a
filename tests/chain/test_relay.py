"""The relayer against a real node: what is sent, what counts, what is unknown."""

import json
from dataclasses import replace
from typing import Any

import pytest
from eth_account import Account
from hypothesis import given
from hypothesis import strategies as st

from fundtrail.chain.errors import (
    ContractRefused,
    NodeRefused,
    TransactionFailed,
    TransactionUnknown,
)
from fundtrail.chain.relay import Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.chain.transaction import Call, Fees, sign_transaction, suggest_fees
from fundtrail.enums import AgencyKind
from fundtrail.signers import KeySigner
from fundtrail.statements import Allot, SeatAgency
from tests.chain.officers import City, basis, new_signer
from tests.chain.test_rpc import server


def allot(transfer: str, *, amount_fen: int = 100, fund: str = "glbt-shi") -> Allot:
    return Allot(
        id=transfer,
        fund=fund,
        programme="glbt",
        year=2026,
        agency="czj-shi",
        amount_fen=amount_fen,
        basis=basis(transfer),
    )


@pytest.fixture
def relayer(city: City) -> Relayer:
    """A relayer with a key that nobody used before."""
    return Relayer(city.network, city.rpc, new_signer())


def call_of(city: City, transfer: str, officer: str = "budget", **changes: object) -> Call:
    statement = replace(allot(transfer), **changes)  # type: ignore[arg-type]
    return city.call(statement, city.officers[officer])


def test_a_recorded_statement_has_a_receipt_with_status_1(city: City, relayer: Relayer) -> None:
    statement = allot("T-10")
    receipt = relayer.record(city.call(statement, city.officers["budget"]))

    assert receipt.status == 1
    assert city.ledger.recorded_at(statement.digest(city.network)) == receipt.block
    assert relayer.receipt(receipt.hash) == receipt


def test_anyone_can_relay_and_the_second_recording_is_refused(city: City, relayer: Relayer) -> None:
    call = call_of(city, "T-11")
    city.relayer.record(call)

    with pytest.raises(ContractRefused, match="AlreadyRecorded") as caught:
        relayer.record(call)

    assert "已经上链" in caught.value.refusal.zh
    assert relayer.nonce() == 0


def test_simulation_names_the_refusal_and_sends_nothing(city: City, relayer: Relayer) -> None:
    refusal = relayer.simulate(call_of(city, "T-12", officer="banker"))

    assert refusal is not None
    assert refusal.name == "Authority_RoleMissing"
    assert refusal.args["signer"] == city.officers["banker"].address
    assert relayer.simulate(call_of(city, "T-12")) is None
    assert relayer.nonce() == 0


def test_the_raw_transaction_is_known_before_it_is_sent(city: City, relayer: Relayer) -> None:
    call = call_of(city, "T-13")
    stored = relayer.raw(call, 0, gas=500_000)

    assert stored == relayer.raw(call, 0, gas=500_000)
    assert relayer.receipt(stored.hash) is None
    relayer.send_raw(stored.raw)
    assert relayer.wait(stored.hash).hash == stored.hash


def test_sending_again_what_the_node_has_is_no_error(city: City, relayer: Relayer) -> None:
    stored = relayer.raw(call_of(city, "T-14"), 0)

    relayer.send_raw(stored.raw)
    receipt = relayer.wait(stored.hash)
    relayer.send_raw(stored.raw)

    assert relayer.wait(stored.hash) == receipt
    assert relayer.nonce() == 1


def test_another_transaction_of_a_used_nonce_is_refused(city: City, relayer: Relayer) -> None:
    relayer.record(call_of(city, "T-15"))

    with pytest.raises(NodeRefused, match="nonce"):
        relayer.send_raw(relayer.raw(call_of(city, "T-16"), 0).raw)


def test_behind_a_gap_the_outcome_is_unknown_until_a_noop_fills_it(
    city: City, relayer: Relayer
) -> None:
    waiting = relayer.raw(call_of(city, "T-17"), 1)
    relayer.send_raw(waiting.raw)

    with pytest.raises(TransactionUnknown, match=waiting.hash.hex()):
        relayer.wait(waiting.hash, timeout_seconds=0.2)

    filler = relayer.noop(0)
    relayer.send_raw(filler.raw)
    assert [r.status for r in relayer.wait_all([filler.hash, waiting.hash])] == [1, 1]


def test_a_stuck_transaction_is_replaced_at_its_nonce(city: City, relayer: Relayer) -> None:
    city.rpc.call("anvil_setBalance", relayer.address, hex(10**18))
    stuck = relayer.raw(call_of(city, "T-18"), 1)
    relayer.send_raw(stuck.raw)

    better = relayer.raw(call_of(city, "T-19"), 1, fees=relayer.fees.raised())
    relayer.send_raw(better.raw)
    relayer.send_raw(relayer.noop(0).raw)

    assert relayer.wait(better.hash).status == 1
    assert relayer.receipt(stuck.hash) is None


def test_status_0_is_a_failure_with_the_contracts_reason(city: City, relayer: Relayer) -> None:
    refused = relayer.raw(call_of(city, "T-20", officer="banker"), 0, gas=500_000)
    relayer.send_raw(refused.raw)

    with pytest.raises(TransactionFailed, match="Authority_RoleMissing") as caught:
        relayer.wait(refused.hash)

    receipt = relayer.receipt(refused.hash)
    assert receipt is not None
    assert (receipt.status, receipt.block) == (0, caught.value.block)


def test_a_receipt_counts_only_at_confirmation_depth(city: City) -> None:
    deeper = replace(city.network, confirmations=3)
    relayer = Relayer(deeper, city.rpc, new_signer())
    sent = relayer.raw(call_of(city, "T-21"), 0)
    relayer.send_raw(sent.raw)

    city.relayer.wait(sent.hash)  # one confirmation, by the shallower network

    assert relayer.confirmed(sent.hash) is None
    city.rpc.call("evm_mine")
    assert relayer.confirmed(sent.hash) is None
    city.rpc.call("evm_mine")
    assert relayer.confirmed(sent.hash) == relayer.receipt(sent.hash)


def test_hundreds_go_in_batches_and_each_has_its_receipt(city: City, relayer: Relayer) -> None:
    calls = [
        city.call(
            SeatAgency(
                agency=f"street-{index}",
                kind=int(AgencyKind.PROGRAMME),
                parent="mzj-qu",
                region=310_104,
                name=f"第{index}街道",
                basis=basis(),
            ),
            *city.governors[1:],
        )
        for index in range(230)
    ]

    receipts = relayer.record_all(calls)

    assert len({receipt.hash for receipt in receipts}) == 230
    assert city.registry.agency("street-229").parent == "mzj-qu"


def test_one_refused_call_among_many_is_refused_before_any_is_sent(
    city: City, relayer: Relayer
) -> None:
    calls = [call_of(city, "T-22"), call_of(city, "T-23", officer="banker")]

    with pytest.raises(ContractRefused, match="Authority_RoleMissing"):
        relayer.record_all(calls)

    assert relayer.nonce() == 0


def test_a_node_that_cannot_look_up_a_transaction_yet_leaves_it_unknown(city: City) -> None:
    def indexing(requests: Any) -> tuple[int, bytes]:
        words = {
            "eth_sendRawTransaction": "insufficient funds",
            "eth_getTransactionByHash": "transaction indexing is in progress",
            "eth_getTransactionReceipt": "transaction indexing is in progress",
        }
        errors = [{"code": -32000, "message": words[request["method"]]} for request in requests]
        answers = [{"id": r["id"], "error": e} for r, e in zip(requests, errors, strict=True)]
        return 200, json.dumps(answers).encode()

    with server(indexing) as url, Rpc(url) as rpc:
        relayer = Relayer(city.network, rpc, new_signer(), fees=Fees(per_gas_max=0))

        assert relayer.receipt(b"\1" * 32) is None
        with pytest.raises(NodeRefused, match="insufficient funds"):
            relayer.send_raw(relayer.noop(0).raw)


@pytest.mark.parametrize("fees", [Fees(per_gas_max=0), Fees(per_gas_max=0, priority=0)])
def test_old_and_new_transactions_are_taken(city: City, fees: Fees) -> None:
    relayer = Relayer(city.network, city.rpc, new_signer(), fees=fees)
    transfer = "T-24" if fees.priority is None else "T-25"

    assert relayer.record(call_of(city, transfer)).status == 1


def test_a_free_chain_asks_no_fee(city: City) -> None:
    assert suggest_fees(city.rpc) == Fees(per_gas_max=0, priority=0)


@given(
    key=st.integers(1, 2**255).map(lambda n: n.to_bytes(32, "big")),
    chain_id=st.integers(1, 2**53),
    nonce=st.integers(0, 2**32),
    gas=st.integers(21_000, 10**9),
    price=st.integers(0, 10**12),
    legacy=st.booleans(),
    data=st.binary(max_size=80),
    to=st.binary(min_size=20, max_size=20) | st.none(),
)
def test_signed_bytes_are_those_of_eth_account(
    key: bytes,
    chain_id: int,
    nonce: int,
    gas: int,
    price: int,
    legacy: bool,
    data: bytes,
    to: bytes | None,
) -> None:
    call = Call(to="0x" + to.hex() if to else "", data=data)
    fees = Fees(per_gas_max=price, priority=None if legacy else price // 2)

    ours = sign_transaction(
        KeySigner(key), chain_id=chain_id, nonce=nonce, call=call, gas=gas, fees=fees
    )

    prices = (
        {"gasPrice": price}
        if legacy
        else {"type": 2, "maxFeePerGas": price, "maxPriorityFeePerGas": price // 2}
    )
    terms = {"chainId": chain_id, "nonce": nonce, "gas": gas, "value": 0, "data": data, **prices}
    theirs = Account.sign_transaction({**terms, "to": to} if to else terms, key)
    assert (ours.raw, ours.hash) == (bytes(theirs.raw_transaction), bytes(theirs.hash))
