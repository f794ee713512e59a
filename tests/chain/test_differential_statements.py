"""Statements: what Python signs is what the contracts check, for every type and every value.

A contract names the signer that it recovered from its own digest. It is the key that signed
Python's digest if, and only if, the two digests are one; so the deployed contracts themselves are
asked, by `eth_call`, and no harness stands between.
"""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from eth_abi.grammar import TupleType, parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundtrail.chain.anvil import Anvil
from fundtrail.chain.calldata import ACTS
from fundtrail.chain.deploy import deploy
from fundtrail.chain.errors import NodeRefused
from fundtrail.chain.reverts import explain
from fundtrail.chain.rpc import Rpc
from fundtrail.network import Contract, Network
from fundtrail.signers import KeySigner
from fundtrail.statements import STATEMENTS, Basis, Statement, statement_from_message
from tests.chain.officers import YEAR_2100, City, new_governors, new_signer
from tests.fundtrail.vectors import load, unhex

VECTORS = load("statements.json")
SIGNED_AT = 1_790_000_000
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "code": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}", fullmatch=True),
    "bytes32": st.binary(min_size=32, max_size=32),
    "address": st.binary(min_size=20, max_size=20).map(lambda data: "0x" + data.hex()),
    "string": st.text(max_size=40),
}


def values_of(kind: str) -> st.SearchStrategy[Any]:
    if kind.endswith("[]"):
        return st.lists(values_of(kind[:-2]), max_size=3).map(tuple)
    if kind.startswith("uint"):
        return st.integers(0, 2 ** int(kind[4:]) - 1)
    return recordable_bases() if kind == "Basis" else PLAIN[kind]


def recordable_bases() -> st.SearchStrategy[Basis]:
    return st.builds(
        Basis,
        evidence=PLAIN["bytes32"],
        document=PLAIN["bytes32"].filter(any),
        signed_at=st.integers(0, SIGNED_AT),
        deadline=st.integers(YEAR_2100, 2**64 - 1),
    )


def statements(act: type[Statement]) -> st.SearchStrategy[Any]:
    fields = {f.name: values_of(f.metadata["abi"]) for f in dataclasses.fields(act)}
    return st.builds(act, **fields)


def zero(kind: str) -> object:
    """An argument beside the statement, such as a proof: the signer is named before it is read."""
    parsed = parse(kind)
    if parsed.is_array:
        return []
    if isinstance(parsed, TupleType):
        return tuple(zero(part.to_type_str()) for part in parsed.components)
    return {"uint": 0, "bytes": bytes(32), "bool": False}[parsed.base]


def request(statement: Statement, digest: bytes, signer: KeySigner, to: str) -> dict[str, str]:
    """The call that records `statement`. Governors are two, so the second is anyone above."""
    act = ACTS[statement.type_name()]
    signature: Any = signer.sign(digest)
    if act.inputs[-1] == "bytes[]":
        signature = [signature, signature]
    beside = [zero(kind) for kind in act.inputs[1:-1]]
    return {"to": to, "data": "0x" + act.calldata([statement.values(), *beside, signature]).hex()}


def signer_named(outcome: object) -> str:
    """Whom the contract took for the signer of a statement by nobody it knows."""
    assert isinstance(outcome, NodeRefused), outcome
    assert outcome.data is not None, outcome
    refusal = explain(outcome.data)
    assert refusal.name in ("Authority_NotSeated", "Registry_NotGovernor"), refusal
    return refusal.args["signer"]


@pytest.mark.parametrize("act", STATEMENTS.values(), ids=STATEMENTS)
@given(data=st.data())
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_both_hash_a_statement_alike(city: City, act: type[Statement], data: st.DataObject) -> None:
    several = data.draw(st.lists(statements(act), min_size=4, max_size=4))
    signer, to = new_signer(), city.network.address(act.contract)
    calls = [request(each, each.digest(city.network), signer, to) for each in several]

    outcomes = city.rpc.batch_outcomes([("eth_call", (call, "latest")) for call in calls])

    assert [signer_named(outcome) for outcome in outcomes] == [signer.address] * len(several)


@pytest.mark.parametrize("act", STATEMENTS.values(), ids=STATEMENTS)
@given(data=st.data())
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_change_of_any_field_is_another_statement_to_both(
    city: City, act: type[Statement], data: st.DataObject
) -> None:
    signed, other = data.draw(statements(act)), data.draw(statements(act))
    signer, to = new_signer(), city.network.address(act.contract)
    digest = signed.digest(city.network)
    changed = [
        dataclasses.replace(signed, **{f.name: getattr(other, f.name)})
        for f in dataclasses.fields(act)
    ]
    changed = [each for each in changed if each != signed]
    calls = [request(each, digest, signer, to) for each in changed]

    outcomes = city.rpc.batch_outcomes([("eth_call", (call, "latest")) for call in calls])

    assert all(each.digest(city.network) != digest for each in changed)
    assert signer.address not in [signer_named(outcome) for outcome in outcomes]


@pytest.fixture(scope="module")
def vector_network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Network, Rpc]]:
    """A network on a chain with the vectors' id, at a time at which they can be recorded."""
    out = tmp_path_factory.mktemp("vectors") / "network.toml"
    _, governors = new_governors()
    chain_id = VECTORS["chain_id"]
    with Anvil(chain_id=chain_id, timestamp=SIGNED_AT) as node, Rpc(node.url) as rpc:
        yield (
            deploy(
                rpc, new_signer(), name="vectors", chain_id=chain_id, governors=governors, out=out
            ),
            rpc,
        )


def moved(network: Network, rpc: Rpc, contract: str) -> dict[str, Any]:
    """The state override that puts a deployed contract where the vectors have it."""
    address = network.address(contract)
    slots = {f"0x{slot:064x}" for slot in range(20)}
    state = {slot: rpc.call("eth_getStorageAt", address, slot, "latest") for slot in slots}
    code = "0x" + rpc.code(address).hex()
    return {VECTORS["contracts"][contract]: {"code": code, "state": state}}


@pytest.mark.parametrize("contract", VECTORS["contracts"])
def test_every_vector_is_the_statement_of_both(
    vector_network: tuple[Network, Rpc], contract: str
) -> None:
    network, rpc = vector_network
    to, signer = VECTORS["contracts"][contract], new_signer()
    there = {contract: Contract(address=to, code_hash="0x" + "00" * 32)}
    there = dataclasses.replace(network, contracts=there)
    cases = [case for case in VECTORS["cases"] if case["contract"] == contract]
    override = moved(network, rpc, contract)

    for case in cases:
        statement = statement_from_message(case["type"], case["message"])
        digest = unhex(case["digest"])
        call = request(statement, digest, signer, to)
        (outcome,) = rpc.batch_outcomes([("eth_call", (call, "latest", override))])

        assert statement.digest(there) == digest
        assert signer_named(outcome) == signer.address
