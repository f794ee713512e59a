"""The compiled contracts that are committed beside this file, one JSON document each.

Guarantees the shape, not the origin: `python -m fundtrail.chain.compile --check` compares them with
a fresh compile of contracts/src.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import orjson

from fundtrail.chain.errors import ArtifactError

# In the order of their construction.
CONTRACTS = ("Registry", "EvidenceLog", "FundLedger", "DisputeDesk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A compiled contract. `immutables` are (start, length) of what its constructor fills in."""

    name: str
    abi: tuple[dict[str, Any], ...]
    creation_code: bytes
    runtime_code: bytes
    immutables: tuple[tuple[int, int], ...]

    def runs_as(self, code: bytes) -> bool:
        """Whether `code` is this contract's runtime code, whatever its immutables hold."""
        return self._masked(code) == self._masked(self.runtime_code)

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """The ABI entries of one kind: `function`, `event`, `error` or `constructor`."""
        return [entry for entry in self.abi if entry["type"] == kind]

    def _masked(self, code: bytes) -> bytes:
        masked = bytearray(code)
        for start, length in self.immutables:
            masked[start : start + length] = bytes(len(masked[start : start + length]))
        return bytes(masked)


@cache
def artifact(name: str) -> Artifact:
    """The committed artifact of contract `name`. Raises ArtifactError."""
    file = resources.files("fundtrail.chain") / "artifacts" / f"{name}.json"
    try:
        data = orjson.loads(file.read_bytes())
        return Artifact(
            name=name,
            abi=tuple(data["abi"]),
            creation_code=_code(data["bytecode"]),
            runtime_code=_code(data["deployed_bytecode"]),
            immutables=tuple((start, length) for start, length in data["immutables"]),
        )
    except FileNotFoundError:
        raise ArtifactError(f"{name}.json: no such artifact; run `make artifacts`") from None
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise ArtifactError(f"{name}.json: not a compiled contract: {error!r}") from error


def canonical_type(param: dict[str, Any]) -> str:
    """The ABI type of a parameter with its tuples written out: `(bytes32,uint64)[]`."""
    kind: str = param["type"]
    if not kind.startswith("tuple"):
        return kind
    members = ",".join(canonical_type(member) for member in param["components"])
    return f"({members}){kind.removeprefix('tuple')}"


def signature(entry: dict[str, Any]) -> str:
    """What is hashed for a selector or a topic: `fund(bytes32)`."""
    return f"{entry['name']}({','.join(canonical_type(param) for param in entry['inputs'])})"


def type_name(param: dict[str, Any]) -> str:
    """The Solidity type of a parameter, without its arrays: `FundId`, `Stage`, `Run`, `bytes32`."""
    plain = re.sub(r"(\[\d*\])+$", "", _internal(param))
    return plain.removeprefix("struct ").removeprefix("enum ").rpartition(".")[2]


def is_code(param: dict[str, Any]) -> bool:
    """Whether a bytes32 holds a code: in the sources, those have a type of their own."""
    return param["type"].startswith("bytes32") and type_name(param) != "bytes32"


def is_enum(param: dict[str, Any]) -> bool:
    """Whether a uint8 is a member of an enumeration."""
    return _internal(param).startswith("enum ")


def _internal(param: dict[str, Any]) -> str:
    return str(param.get("internalType", param["type"]))


def _code(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
