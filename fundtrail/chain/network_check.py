"""Whether a node holds the network that a network.toml names. Asked before anything is signed."""

from eth_utils.crypto import keccak

from fundtrail.chain.errors import CodeMismatch
from fundtrail.chain.rpc import Rpc
from fundtrail.network import Network


def check_network(network: Network, rpc: Rpc) -> None:
    """Raise WrongChain or CodeMismatch unless chain id and every contract's code are as named."""
    rpc.require_chain(network.chain_id)
    for name, contract in network.contracts.items():
        got = code_hash(rpc.code(contract.address))
        if got != contract.code_hash:
            raise CodeMismatch(name, contract.address, contract.code_hash, got)


def code_hash(code: bytes) -> str:
    """keccak-256 of runtime code as network.toml has it, 0x and lowercase."""
    return "0x" + keccak(code).hex()
