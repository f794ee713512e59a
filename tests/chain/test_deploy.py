"""Deployment: the same addresses, the right code, and a kill at any point is survived."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fundtrail.chain.anvil import arguments, free_port
from fundtrail.chain.bindings import Registry
from fundtrail.chain.deploy import deploy, steps
from fundtrail.chain.errors import (
    CodeMismatch,
    ContractRefused,
    DeployError,
    NodeRefused,
    NodeUnreachable,
    WrongChain,
)
from fundtrail.chain.events import read_events
from fundtrail.chain.network_check import check_network
from fundtrail.chain.rpc import Rpc
from fundtrail.chain.transaction import Call, Fees, sign_transaction
from fundtrail.network import Governors, Network, load_network
from fundtrail.signers import KeySigner
from tests.chain.officers import new_governors, new_signer

CHAIN_ID = 31337
_, GOVERNORS = new_governors()


@pytest.fixture(scope="module")
def rpc(anvil: str) -> Iterator[Rpc]:
    with Rpc(anvil) as node:
        yield node


def deploy_here(
    rpc: Rpc, deployer: KeySigner, out: Path, governors: Governors = GOVERNORS
) -> Network:
    return deploy(rpc, deployer, name="yunzhou", chain_id=CHAIN_ID, governors=governors, out=out)


def test_the_file_holds_what_the_chain_holds(rpc: Rpc, tmp_path: Path) -> None:
    head = rpc.head()
    network = deploy_here(rpc, new_signer(), tmp_path / "network.toml")

    assert load_network(tmp_path / "network.toml") == network
    assert network.first_block == head + 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["network.toml"]
    check_network(network, rpc)
    first = next(iter(read_events(network, rpc)))
    assert (first.block, first.contract) == (network.first_block, "Registry")


def test_addresses_follow_from_the_key_alone(rpc: Rpc, tmp_path: Path) -> None:
    deployer = new_signer()
    planned = {step.name: step.address for step in steps(deployer.address, GOVERNORS)}

    network = deploy_here(rpc, deployer, tmp_path / "network.toml")

    assert {name: c.address for name, c in network.contracts.items()} == planned


def test_the_deployer_keeps_nothing(rpc: Rpc, tmp_path: Path) -> None:
    deployer = new_signer()
    network = deploy_here(rpc, deployer, tmp_path / "network.toml")

    governors = Registry(network, rpc).governors()
    assert (governors.keys, governors.agencies) == (GOVERNORS.keys, GOVERNORS.agencies)
    assert deployer.address not in governors.keys
    assert Registry(network, rpc).officer(deployer.address).seated_block == 0


def test_deploying_again_reads_the_file_and_sends_nothing(rpc: Rpc, tmp_path: Path) -> None:
    deployer = new_signer()
    network = deploy_here(rpc, deployer, tmp_path / "network.toml")
    head = rpc.head()

    assert deploy_here(rpc, deployer, tmp_path / "network.toml") == network
    assert rpc.head() == head


KILLED = """
import os, signal, sys
from pathlib import Path
from fundtrail.chain.deploy import deploy
from fundtrail.chain.rpc import Rpc
from fundtrail.network import Governors
from fundtrail.signers import KeySigner

url, key, out, after, *keys = sys.argv[1:]
said = []

def say(line):
    said.append(line)
    if len(said) == int(after):
        os.kill(os.getpid(), signal.SIGKILL)

if after == "0":  # killed when the first transaction is out and nobody has looked for it
    import fundtrail.chain.deploy as module
    sent = module._send
    module._send = lambda *a: (sent(*a), os.kill(os.getpid(), signal.SIGKILL))

governors = Governors(threshold=2, keys=tuple(keys), agencies=("czj", "sjj", "jcy"))
terms = {"name": "yunzhou", "chain_id": 31337, "governors": governors}
deploy(Rpc(url), KeySigner(bytes.fromhex(key)), out=Path(out), say=say, **terms)
"""


@pytest.mark.parametrize("after", range(5))
def test_a_deployment_that_was_killed_goes_on(rpc: Rpc, tmp_path: Path, after: int) -> None:
    deployer, out = new_signer(), tmp_path / "network.toml"
    key = deployer.private_bytes().hex()
    script = [sys.executable, "-c", KILLED, rpc.url, key, str(out), str(after), *GOVERNORS.keys]
    killed = subprocess.run(script, check=False, env={**os.environ}, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert not out.exists()

    network = deploy_here(rpc, deployer, out)

    check_network(network, rpc)
    assert rpc.nonce(deployer.address) == len(network.contracts)
    assert load_network(out) == network


def test_a_resumed_deployment_with_other_governors_is_refused(rpc: Rpc, tmp_path: Path) -> None:
    deployer = new_signer()
    deploy_here(rpc, deployer, tmp_path / "first.toml")
    _, others = new_governors()

    with pytest.raises(DeployError, match="理事不符"):
        deploy_here(rpc, deployer, tmp_path / "second.toml", others)

    assert not (tmp_path / "second.toml").exists()


def test_a_key_that_did_something_else_before_is_refused(rpc: Rpc, tmp_path: Path) -> None:
    deployer = new_signer()
    other = sign_transaction(
        deployer,
        chain_id=CHAIN_ID,
        nonce=0,
        call=Call(to=deployer.address),
        gas=21_000,
        fees=Fees(per_gas_max=0),
    )
    rpc.call("eth_sendRawTransaction", "0x" + other.raw.hex())

    with pytest.raises(DeployError, match="use a fresh key"):
        deploy_here(rpc, deployer, tmp_path / "network.toml")


def test_other_code_at_a_planned_address_is_refused(rpc: Rpc, tmp_path: Path) -> None:
    deployer = new_signer()
    at = steps(deployer.address, GOVERNORS)[1].address
    rpc.call("anvil_setCode", at, "0x6001")

    with pytest.raises(DeployError, match="expected the code of EvidenceLog"):
        deploy_here(rpc, deployer, tmp_path / "network.toml")


def test_governors_that_the_contract_refuses_are_told_in_words(rpc: Rpc, tmp_path: Path) -> None:
    twice = Governors(threshold=2, keys=GOVERNORS.keys, agencies=("czj", "czj", "jcy"))

    with pytest.raises(ContractRefused, match="每位理事须来自不同机构"):
        deploy_here(rpc, new_signer(), tmp_path / "network.toml", twice)

    assert list(tmp_path.iterdir()) == []


def test_another_chain_is_refused_before_anything_is_sent(rpc: Rpc, tmp_path: Path) -> None:
    head = rpc.head()
    with pytest.raises(WrongChain):
        deploy(
            rpc,
            new_signer(),
            name="yunzhou",
            chain_id=19010,
            governors=GOVERNORS,
            out=tmp_path / "network.toml",
        )

    assert rpc.head() == head


def test_a_network_file_of_another_network_is_kept(rpc: Rpc, tmp_path: Path) -> None:
    out = tmp_path / "network.toml"
    deploy_here(rpc, new_signer(), out)
    before = out.read_bytes()

    with pytest.raises(DeployError, match="it is not replaced"):
        deploy(rpc, new_signer(), name="other", chain_id=CHAIN_ID, governors=GOVERNORS, out=out)

    assert out.read_bytes() == before


def test_changed_code_at_a_trusted_address_is_named(rpc: Rpc, tmp_path: Path) -> None:
    network = deploy_here(rpc, new_signer(), tmp_path / "network.toml")
    rpc.call("anvil_setCode", network.address("FundLedger"), "0x6001")

    with pytest.raises(CodeMismatch, match="FundLedger"):
        check_network(network, rpc)


@pytest.fixture
def paid_node(tmp_path: Path) -> Iterator[Rpc]:
    """A node of a chain that asks fees and makes blocks by the clock, as most chains do."""
    port = free_port()
    line = arguments(port=port, chain_id=7, folder=tmp_path, state=None, timestamp=None)
    free = {"--gas-price", "--block-base-fee-per-gas"}
    kept = [a for i, a in enumerate(line) if a not in free and line[max(0, i - 1)] not in free]
    kept = [a for a in kept if a != "--disable-min-priority-fee"]
    node = subprocess.Popen([*kept, "--block-time", "1"])
    with Rpc(f"http://127.0.0.1:{port}") as rpc:
        while True:
            try:
                rpc.require_chain(7)
                break
            except NodeUnreachable:
                assert node.poll() is None
        yield rpc
    node.terminate()
    node.wait()


def test_a_chain_with_fees_blocks_and_confirmations_works_as_well(
    paid_node: Rpc, tmp_path: Path
) -> None:
    deployer = new_signer()
    terms = {"name": "fees", "chain_id": 7, "governors": GOVERNORS, "confirmations": 2}
    with pytest.raises(NodeRefused, match=r"(?i)insufficient funds"):
        deploy(paid_node, deployer, **terms, out=tmp_path / "n.toml")  # type: ignore[arg-type]

    paid_node.call("anvil_setBalance", deployer.address, hex(10**18))
    network = deploy(paid_node, deployer, **terms, out=tmp_path / "n.toml")  # type: ignore[arg-type]

    check_network(network, paid_node)
    assert paid_node.nonce(deployer.address) == 4
