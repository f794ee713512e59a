"""Deploy the contracts of a network, check them, and write its network.toml.

Guarantees: addresses follow from the deployer's key alone (its transactions 0 to 3, so it makes
one network and no more); a deployment that was killed anywhere goes on where it stopped;
network.toml is written whole or not at all, after code, wiring and governors were read back from
the chain at confirmation depth. The deployer keeps no power: throw the key away.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from eth_utils.address import to_checksum_address
from web3 import Web3
from web3.types import Nonce
from web3.utils.address import get_create_address

from fundtrail.chain.artifacts import CONTRACTS, artifact
from fundtrail.chain.bindings import DisputeDesk, EvidenceLog, FundLedger
from fundtrail.chain.errors import DeployError, NodeRefused, TransactionUnknown
from fundtrail.chain.event_types import GovernorsSet
from fundtrail.chain.events import confirmed_head, read_events
from fundtrail.chain.network_check import check_network, code_hash
from fundtrail.chain.relay import Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.chain.transaction import Call
from fundtrail.ids import code_to_bytes32
from fundtrail.network import Contract, Governors, Network, dump_network, load_network
from fundtrail.signers import Signer
from fundtrail.statements import Basis, NameContract

Say = Callable[[str], None]

WAIT_SECONDS = 120.0
_POLL_SECONDS = 0.05
_UNKNOWN = "0x" + bytes(32).hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One contract to create with the deployer's transaction `nonce`."""

    nonce: int
    name: str
    address: str
    creation: bytes


def deploy(
    rpc: Rpc,
    deployer: Signer,
    *,
    name: str,
    chain_id: int,
    governors: Governors,
    out: Path,
    confirmations: int = 1,
    say: Say | None = None,
    timeout_seconds: float = WAIT_SECONDS,
) -> Network:
    """Deploy what is missing and write `out`. `say` hears one line per contract.

    Raises WrongChain, DeployError, or TransactionUnknown when the chain does not answer in time;
    then it can be run again. Where `out` exists it is checked against the chain, never replaced.
    """
    rpc.require_chain(chain_id)
    planned = plan(rpc, deployer, name, chain_id, governors, confirmations)
    if out.exists():
        return _existing(rpc, out, planned)

    for step in steps(deployer.address, governors):
        _create(Relayer(planned, rpc, deployer), rpc, step, planned, timeout_seconds)
        if say:
            say(f"{step.name} {step.address}")

    network = _read_back(rpc, planned)
    _write_whole(out, dump_network(network))
    return network


def steps(deployer: str, governors: Governors) -> tuple[Step, ...]:
    """What is created, in order. Addresses are keccak256(rlp([deployer, nonce]))[12:]."""
    creator, nonces = to_checksum_address(deployer), map(Nonce, range(len(CONTRACTS)))
    addresses = [get_create_address(creator, nonce) for nonce in nonces]
    agencies = [code_to_bytes32(agency) for agency in governors.agencies]
    registry, log, ledger = addresses[:3]
    keys = [to_checksum_address(key) for key in governors.keys]
    arguments: dict[str, list[object]] = {
        "Registry": [keys, agencies, governors.threshold],
        "EvidenceLog": [registry],
        "FundLedger": [registry, log],
        "DisputeDesk": [ledger],
    }
    return tuple(
        Step(
            nonce=nonce,
            name=name,
            address=addresses[nonce].lower(),
            creation=_creation(name, arguments[name]),
        )
        for nonce, name in enumerate(CONTRACTS)
    )


def naming_acts(network: Network, basis: Basis) -> tuple[NameContract, ...]:
    """What governors sign after a deployment: each name, and the contract that bears it.

    The FundLedger hears a DisputeDesk only from then on. The Registry names itself by its address.
    """
    return tuple(
        NameContract(name=name, at=network.address(name), basis=basis) for name in CONTRACTS[1:]
    )


def _creation(name: str, arguments: list[object]) -> bytes:
    """Creation code and constructor arguments, which web3 checks against the ABI."""
    compiled = artifact(name)
    contract = Web3().eth.contract(abi=compiled.abi, bytecode=compiled.creation_code)
    return bytes.fromhex(contract.constructor(*arguments).data_in_transaction[2:])


def plan(
    rpc: Rpc,
    deployer: Signer,
    name: str,
    chain_id: int,
    governors: Governors,
    confirmations: int,
) -> Network:
    """The network as it will be; code hashes and first block are not known yet."""
    places = {step.name: step.address for step in steps(deployer.address, governors)}
    return Network(
        name=name,
        chain_id=chain_id,
        rpc_urls=rpc.urls,
        first_block=0,
        confirmations=confirmations,
        contracts={n: Contract(address=at, code_hash=_UNKNOWN) for n, at in places.items()},
        governors=governors,
    )


def _create(
    relayer: Relayer, rpc: Rpc, step: Step, network: Network, timeout_seconds: float
) -> None:
    """Send the transaction that creates `step` unless it was sent, and wait for its code."""
    hash_, deadline = b"", time.monotonic() + timeout_seconds
    while not (code := _confirmed_code(rpc, network, step.address)):
        if rpc.nonce(relayer.address) > step.nonce and not rpc.code(step.address):
            raise DeployError(
                f"部署密钥 {relayer.address} 已作他用: expected its transaction {step.nonce} to "
                f"create {step.name} at {step.address}, there is no code; use a fresh key"
            )
        if relayer.nonce(pending=True) == step.nonce:
            hash_ = _send(relayer, step)
        if time.monotonic() > deadline:
            raise TransactionUnknown(hash_, timeout_seconds)
        time.sleep(_POLL_SECONDS)

    if not artifact(step.name).runs_as(code):
        raise DeployError(
            f"{step.address} 上是别的代码: expected the code of {step.name}, got {code_hash(code)}"
        )


def _send(relayer: Relayer, step: Step) -> bytes:
    transaction = relayer.raw(Call(to="", data=step.creation), step.nonce)
    try:
        relayer.send_raw(transaction.raw)
    except NodeRefused:
        if relayer.nonce(pending=True) == step.nonce:
            raise
    return transaction.hash


def _confirmed_code(rpc: Rpc, network: Network, address: str) -> bytes:
    block = confirmed_head(network, rpc)
    return rpc.code(address, block) if block >= 0 else b""


def _read_back(rpc: Rpc, planned: Network) -> Network:
    """The network as the chain has it, with its code hashes, wiring and governors checked."""
    codes = {n: rpc.code(contract.address) for n, contract in planned.contracts.items()}
    contracts = {
        n: Contract(address=planned.address(n), code_hash=code_hash(code))
        for n, code in codes.items()
    }
    network = replace(planned, contracts=contracts, first_block=_first_block(rpc, planned))
    registry, log = network.address("Registry"), network.address("EvidenceLog")
    ledger, desk = FundLedger(network, rpc), DisputeDesk(network, rpc)
    wiring = {
        "EvidenceLog.registry": (registry, EvidenceLog(network, rpc).registry()),
        "FundLedger.registry": (registry, ledger.registry()),
        "FundLedger.evidenceLog": (log, ledger.evidence_log()),
        "DisputeDesk.registry": (registry, desk.registry()),
        "DisputeDesk.ledger": (network.address("FundLedger"), desk.ledger()),
    }
    for where, (expected, got) in wiring.items():
        if expected != got:
            raise DeployError(f"{where}: expected {expected}, got {got}")
    return network


def _first_block(rpc: Rpc, planned: Network) -> int:
    """The block of the Registry, from its first event, which also names the first governors."""
    for event in read_events(planned, rpc):
        if isinstance(event, GovernorsSet):
            got = Governors(threshold=event.threshold, keys=event.keys, agencies=event.agencies)
            if got != planned.governors:
                raise DeployError(f"理事不符: expected {planned.governors}, got {got}")
            return event.block
    raise DeployError("Registry: expected the event of its first governors, got none")


def _existing(rpc: Rpc, out: Path, planned: Network) -> Network:
    network = load_network(out)
    same = ("name", "chain_id", "governors", "confirmations")
    for key in same:
        if getattr(network, key) != getattr(planned, key):
            raise DeployError(
                f"{out} 已存在且不同: expected {key} {getattr(planned, key)}, "
                f"got {getattr(network, key)}; it is not replaced"
            )
    check_network(network, rpc)
    return network


def _write_whole(path: Path, text: str) -> None:
    """Write `text` to `path` so that a reader sees all of it or nothing, even after a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
