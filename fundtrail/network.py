"""network.toml: the trust anchor that all three commands read (docs/format.md §7)."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from fundtrail.errors import NetworkFileError

FORMAT = 1
_ADDRESS = re.compile(r"0x[0-9a-f]{40}")
_HASH = re.compile(r"0x[0-9a-f]{64}")
_KEYS = {
    "format",
    "name",
    "chain_id",
    "rpc_urls",
    "first_block",
    "confirmations",
    "contracts",
    "governors",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """An address (lowercase 0x hex) and the keccak-256 of its runtime code."""

    address: str
    code_hash: str

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.address) or not _HASH.fullmatch(self.code_hash):
            raise NetworkFileError(f"expected lowercase 0x address and code hash, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Governors:
    """The governors at deployment: key addresses, their agencies, and how many must sign."""

    threshold: int
    keys: tuple[str, ...]
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """One network. `confirmations` is the depth at which a receipt counts (1: instant)."""

    name: str
    chain_id: int
    rpc_urls: tuple[str, ...]
    first_block: int
    confirmations: int
    contracts: dict[str, Contract]
    governors: Governors

    def address(self, contract: str) -> str:
        """The address of `contract`, lowercase."""
        if contract not in self.contracts:
            known = ", ".join(sorted(self.contracts))
            raise NetworkFileError(
                f"network {self.name} has no contract {contract}; it has {known}"
            )
        return self.contracts[contract].address

    def origin(self, feed: str) -> str:
        """The origin of a feed: `<network name>/<feed code>`."""
        return f"{self.name}/{feed}"


def load_network(path: Path) -> Network:
    """Read and check a network.toml. Raises NetworkFileError naming the file and the key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NetworkFileError(f"{path}: no such network file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NetworkFileError(f"{path}: not TOML: {error}") from error

    if set(data) != _KEYS or data["format"] != FORMAT:
        raise NetworkFileError(
            f"{path}: expected format {FORMAT} with keys {sorted(_KEYS)}, "
            f"got format {data.get('format')} with {sorted(data)}"
        )
    try:
        return Network(
            name=data["name"],
            chain_id=int(data["chain_id"]),
            rpc_urls=tuple(data["rpc_urls"]),
            first_block=int(data["first_block"]),
            confirmations=int(data["confirmations"]),
            contracts={name: Contract(**entry) for name, entry in data["contracts"].items()},
            governors=Governors(
                threshold=int(data["governors"]["threshold"]),
                keys=tuple(data["governors"]["keys"]),
                agencies=tuple(data["governors"]["agencies"]),
            ),
        )
    except (KeyError, TypeError, ValueError, NetworkFileError) as error:
        raise NetworkFileError(f"{path}: {error}") from error


def dump_network(network: Network) -> str:
    """The text of network.toml; equal networks give equal text."""
    head = [
        "# Fundtrail network: the trust anchor. Compare it with a copy you were given by hand.",
        f"format = {FORMAT}",
        f'name = "{network.name}"',
        f"chain_id = {network.chain_id}",
        f"rpc_urls = {_array(network.rpc_urls)}",
        f"first_block = {network.first_block}",
        f"confirmations = {network.confirmations}",
    ]
    for name, contract in sorted(network.contracts.items()):
        head += ["", f"[contracts.{name}]", f'address = "{contract.address}"']
        head += [f'code_hash = "{contract.code_hash}"']
    governors = network.governors
    head += ["", "[governors]", f"threshold = {governors.threshold}"]
    head += [f"keys = {_array(governors.keys)}", f"agencies = {_array(governors.agencies)}"]
    return "\n".join(head) + "\n"


def _array(items: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{item}"' for item in items) + "]"
