"""What else could be done with the same records: attest each of them, or only anchor their root.

Ethereum Attestation Service 1.9.0 in its published bytecode (solc for paris, no opcode that london
lacks), so it runs on the same node. One attestation per payment line, 96 bytes of data each,
unsigned: the sender is the attester. The bare anchor keeps one root under one name and checks
nothing: no contract that remembers a run can cost less.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from bench.gas_chain import GasChain
from fundtrail.chain.artifacts import canonical_type
from fundtrail.ids import ZERO32
from fundtrail.sum_tree import Line

PACKAGE, VERSION = "@ethereum-attestation-service/eas-contracts", "1.9.0"
INTEGRITY = (
    "L60y1fgKlY3a45xxnPlgRbiGQY8RF/lF+AzF1iVoR7/aEzitS0Nuyyjq8+IXs1sSSU0dl2+yGSmELxVeB6FelA=="
)
SCHEMA = "bytes32 paymentId,uint128 amountFen,bytes32 recordDigest"
NOBODY = "0x" + "00" * 20
BATCH = 100

_KEPT = Path(__file__).resolve().parents[1] / "build" / "bench-peer"
# SSTORE(calldata[0:32], calldata[32:64]); before it, the code that creates it.
_ANCHOR = bytes.fromhex("6020356000355500")
_ANCHOR_CREATION = b"\x67" + _ANCHOR + bytes.fromhex("60005260086018f3")


class PeerUnavailable(Exception):
    """The peer's package could not be had."""


class Attestations:
    """EAS on the chain of the bench, with a schema for payment lines."""

    def __init__(self, chain: GasChain) -> None:
        registry, eas = _artifact("SchemaRegistry"), _artifact("EAS")
        self._chain, self._attest = chain, _Entry(eas, "multiAttest")
        registry_at = chain.create(_code(registry))
        chain.send(registry_at, _Entry(registry, "register").calldata([SCHEMA, NOBODY, False]))
        self._schema = keccak(SCHEMA.encode() + bytes(20) + b"\0")  # its uid: packed, and hashed
        self._at = chain.create(_code(eas) + encode(["address"], [registry_at]))

    def attest(self, records: Sequence[Line]) -> int:
        """Gas of one multiAttest over `records`."""
        requests = [(NOBODY, 0, False, ZERO32, _data(line), 0) for line in records]
        return self._chain.send(self._at, self._attest.calldata([[(self._schema, requests)]]))

    def attest_all(self, records: Sequence[Line]) -> int:
        """Gas of as many transactions of BATCH as `records` need."""
        parts = range(0, len(records), BATCH)
        return sum(self.attest(records[start : start + BATCH]) for start in parts)


def bare_anchor(chain: GasChain, root: bytes) -> int:
    """Gas of keeping `root` under a fresh name in a contract that does nothing else."""
    return chain.send(chain.create(_ANCHOR_CREATION), b"run".ljust(32, b"\0") + root)


class _Entry:
    """A function of a foreign ABI."""

    def __init__(self, compiled: dict[str, Any], name: str) -> None:
        entry = next(e for e in compiled["abi"] if e.get("name") == name)
        self._types = [canonical_type(param) for param in entry["inputs"]]
        self._selector = keccak(f"{name}({','.join(self._types)})".encode())[:4]

    def calldata(self, values: Sequence[Any]) -> bytes:
        return self._selector + encode(self._types, values)


def _data(line: Line) -> bytes:
    values = [line.payment_id, line.amount_fen, line.record_digest]
    return encode(["bytes32", "uint128", "bytes32"], values)


def _code(compiled: dict[str, Any]) -> bytes:
    return bytes.fromhex(compiled["bytecode"].removeprefix("0x"))


def _artifact(name: str) -> dict[str, Any]:
    """A compiled contract out of the package, which is fetched once and checked each time."""
    with _package() as archive:
        member = archive.extractfile(f"package/artifacts/contracts/{name}.sol/{name}.json")
        if member is None:
            raise PeerUnavailable(f"{PACKAGE} {VERSION}: expected an artifact of {name}")
        compiled: dict[str, Any] = orjson.loads(member.read())
        return compiled


@contextmanager
def _package() -> Iterator[tarfile.TarFile]:
    path = _KEPT / f"{PACKAGE.removeprefix('@').replace('/', '-')}-{VERSION}.tgz"
    if not path.exists():
        _fetch()
    found = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if found != INTEGRITY:
        raise PeerUnavailable(f"{path.name}: expected sha512 {INTEGRITY}, got {found}")
    with tarfile.open(path) as archive:
        yield archive


def _fetch() -> None:
    """The package alone: its own dependencies are what it is built and tested with."""
    scripts = str(Path(sys.executable).parent)
    path = os.pathsep.join((scripts, os.environ.get("PATH", "")))
    npm = shutil.which("npm", path=path)
    if npm is None:
        raise PeerUnavailable("expected npm, got none; run make setup")
    _KEPT.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination", str(_KEPT)],
        env={"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PeerUnavailable(f"npm pack {PACKAGE}@{VERSION}: {done.stderr.strip()[-300:]}")
