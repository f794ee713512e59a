"""A fraud with its proof, ready for the chain: one JSON file that anybody may hand in.

Guarantees: reading gives back what was written, and refuses a file whose calldata is not that of
its own lines. Whether the lines stand in the runs on the chain is for the contract to judge.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from fundtrail.chain.bindings import DisputeDesk
from fundtrail.errors import FormatError, FundtrailError
from fundtrail.ids import digest_from_hex
from fundtrail.money import fen_from_json, yuan
from fundtrail.network import Network
from fundtrail.proofs import Placed
from fundtrail.sum_tree import Inclusion, Line

VERSION = 1
_KEYS = {
    "version", "network", "chain_id", "challenge", "payment_id", "run", "line", "other_run",
    "twin", "to", "calldata",
}  # fmt: skip
_PLACE_KEYS = {"amount_fen", "record_digest", "index", "path"}


class ProofFileError(FundtrailError):
    """Not a proof file of this version, or one that contradicts itself or the network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateProof:
    """One payment in two runs: its line in each, with its place. `name` is that of the file."""

    name: str
    run: str
    line: Placed
    other_run: str
    twin: Placed

    @property
    def payment_id(self) -> bytes:
        """The payment that stands in both."""
        return self.line.line.payment_id

    @property
    def zh(self) -> str:
        """What is proven, Chinese."""
        amounts = yuan(self.line.line.amount_fen), yuan(self.twin.line.amount_fen)
        return (
            f"支付编号 {self.payment_id.hex()} 同时列在 {self.run}(第 {self.line.proof.index + 1} "
            f"笔,{amounts[0]} 元)与 {self.other_run}(第 {self.twin.proof.index + 1} 笔,"
            f"{amounts[1]} 元)"
        )

    @property
    def en(self) -> str:
        """What is proven, English."""
        return f"one payment stands in {self.run} and in {self.other_run}"

    def calldata(self) -> bytes:
        """What the DisputeDesk is called with; nobody signs it."""
        return DisputeDesk.challenge_duplicate(self.run, self.line, self.other_run, self.twin)

    def to_bytes(self, network: Network) -> bytes:
        """The file."""
        value = {
            "version": VERSION,
            "network": network.name,
            "chain_id": network.chain_id,
            "challenge": "duplicate",
            "payment_id": self.payment_id.hex(),
            "run": self.run,
            "line": _place(self.line),
            "other_run": self.other_run,
            "twin": _place(self.twin),
            "to": network.address("DisputeDesk"),
            "calldata": "0x" + self.calldata().hex(),
        }
        return orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n"


def read_proof(path: Path, network: Network) -> DuplicateProof:
    """The proof in a file, for `network`. Raises ProofFileError naming file and field."""
    try:
        value = orjson.loads(path.read_bytes())
        _require("keys", sorted(_KEYS), sorted(value) if isinstance(value, dict) else value)
        _require("version", VERSION, value["version"])
        _require("challenge", "duplicate", value["challenge"])
        _require("network", network.name, value["network"])
        _require("chain_id", network.chain_id, value["chain_id"])
        _require("to", network.address("DisputeDesk"), value["to"])
        payment = digest_from_hex(value["payment_id"])
        proof = DuplicateProof(
            name=path.name,
            run=value["run"],
            line=_read_place(payment, value["line"]),
            other_run=value["other_run"],
            twin=_read_place(payment, value["twin"]),
        )
        _require("calldata", "0x" + proof.calldata().hex(), value["calldata"])
    except (OSError, ValueError, TypeError, KeyError, FundtrailError) as error:
        raise ProofFileError(
            f"{path.name}: 不是可用的举证文件 not a usable proof: {error}"
        ) from error
    return proof


def _place(placed: Placed) -> dict[str, Any]:
    line, proof = placed.line, placed.proof
    return {
        "amount_fen": str(line.amount_fen),
        "record_digest": line.record_digest.hex(),
        "index": proof.index,
        "path": [{"hash": hash_.hex(), "sum_fen": str(fen)} for hash_, fen in proof.path],
    }


def _read_place(payment: bytes, value: Mapping[str, Any]) -> Placed:
    _require("line", sorted(_PLACE_KEYS), sorted(value))
    path = tuple(
        (bytes(digest_from_hex(node["hash"])), fen_from_json(node["sum_fen"]))
        for node in value["path"]
    )
    return Placed(
        line=Line(
            payment_id=payment,
            amount_fen=fen_from_json(value["amount_fen"]),
            record_digest=digest_from_hex(value["record_digest"]),
        ),
        proof=Inclusion(index=_index(value["index"]), path=path),
    )


def _index(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**64:
        raise FormatError(f"index: expected a place from 0, got {value!r}")
    return value


def _require(field: str, expected: object, got: object) -> None:
    if got != expected:
        shown = str(got)[:80]
        raise FormatError(f"{field}: expected {str(expected)[:80]}, got {shown}")
