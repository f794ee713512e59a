"""The receipt as a document: one JSON file, format version 1 (docs/format.md §8).

Reading is strict and proves nothing; `fundtrail.receipts` proves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fundtrail.canonical import canonical, parse_canonical
from fundtrail.errors import FundtrailError, ReceiptError
from fundtrail.ids import code, digest_from_hex
from fundtrail.money import fen_from_json
from fundtrail.records import record_digest, record_from_bytes
from fundtrail.signed_statements import RecordedStatement, recorded_from_json
from fundtrail.sum_tree import Inclusion, Line

VERSION = 1
_KEYS = {"batches", "inclusion", "line", "network", "run", "statements", "version"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """A line with the canonical bytes of its record, and its place in its tree."""

    payment_id: bytes
    amount_fen: int
    record: bytes
    inclusion: Inclusion

    def line(self) -> Line:
        """The line that is hashed."""
        digest = record_digest(self.record)
        return Line(payment_id=self.payment_id, amount_fen=self.amount_fen, record_digest=digest)

    def to_json(self) -> dict[str, Any]:
        """The members `line` and `inclusion`."""
        path = [{"hash": node.hex(), "sum_fen": str(total)} for node, total in self.inclusion.path]
        return {
            "line": {
                "payment_id": self.payment_id.hex(),
                "amount_fen": str(self.amount_fen),
                "record": parse_canonical(self.record),
            },
            "inclusion": {"index": self.inclusion.index, "path": path},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptBatch:
    """What the bank reported of the payment: the batch's code and the line in it."""

    batch: str
    line: ReceiptLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One payment with every statement it rests on. `contracts` is name → lowercase address."""

    network_name: str
    chain_id: int
    contracts: Mapping[str, str]
    run: str
    line: ReceiptLine
    batches: tuple[ReceiptBatch, ...]
    statements: tuple[RecordedStatement, ...]

    def to_json(self) -> dict[str, Any]:
        """The object of docs/format.md §8."""
        return {
            "version": VERSION,
            "network": {
                "name": self.network_name,
                "chain_id": self.chain_id,
                "contracts": dict(self.contracts),
            },
            "run": self.run,
            **self.line.to_json(),
            "batches": [{"batch": each.batch, **each.line.to_json()} for each in self.batches],
            "statements": [statement.to_json() for statement in self.statements],
        }

    def to_bytes(self) -> bytes:
        """Canonical JSON and a newline."""
        return canonical(self.to_json()) + b"\n"


def receipt_from_bytes(data: bytes) -> Receipt:
    """The receipt in a file. Raises ReceiptError naming the part that is not as it must be."""
    try:
        return _receipt(parse_canonical(data.removesuffix(b"\n")))
    except ReceiptError:
        raise
    except FundtrailError as error:
        raise ReceiptError(f"not a receipt: {error}") from error


def _receipt(value: Any) -> Receipt:
    _require(value, _KEYS, "receipt")
    if value["version"] != VERSION or isinstance(value["version"], bool):
        raise ReceiptError(f"version: expected {VERSION}, got {value['version']!r}")
    network = _require(value["network"], {"chain_id", "contracts", "name"}, "network")
    batches = [
        _require(item, {"batch", "inclusion", "line"}, f"batches[{i}]")
        for i, item in enumerate(_array(value["batches"], "batches"))
    ]
    return Receipt(
        network_name=_text(network["name"], "network.name"),
        chain_id=_integer(network["chain_id"], "network.chain_id"),
        contracts=_texts(network["contracts"], "network.contracts"),
        run=code(value["run"]),
        line=_line(value),
        batches=tuple(ReceiptBatch(batch=code(b["batch"]), line=_line(b)) for b in batches),
        statements=tuple(recorded_from_json(s) for s in _array(value["statements"], "statements")),
    )


def _line(owner: Any) -> ReceiptLine:
    line = _require(owner["line"], {"amount_fen", "payment_id", "record"}, "line")
    inclusion = _require(owner["inclusion"], {"index", "path"}, "inclusion")
    record = canonical(line["record"])
    record_from_bytes(record)
    nodes = [
        _require(node, {"hash", "sum_fen"}, f"inclusion.path[{i}]")
        for i, node in enumerate(_array(inclusion["path"], "inclusion.path"))
    ]
    path = tuple((digest_from_hex(n["hash"]), int(fen_from_json(n["sum_fen"]))) for n in nodes)
    return ReceiptLine(
        payment_id=digest_from_hex(line["payment_id"]),
        amount_fen=fen_from_json(line["amount_fen"]),
        record=record,
        inclusion=Inclusion(index=_integer(inclusion["index"], "inclusion.index"), path=path),
    )


def _require(value: Any, keys: set[str], where: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != keys:
        got = sorted(value) if isinstance(value, dict) else type(value).__name__
        raise ReceiptError(f"{where}: expected the keys {sorted(keys)}, got {got}")
    return value


def _array(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise ReceiptError(f"{where}: expected an array, got {type(value).__name__}")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise ReceiptError(f"{where}: expected text, got {value!r}")
    return value


def _texts(value: Any, where: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ReceiptError(f"{where}: expected an object, got {type(value).__name__}")
    return {name: _text(item, f"{where}.{name}") for name, item in value.items()}


def _integer(value: Any, where: str) -> int:
    if type(value) is not int or value < 0:
        raise ReceiptError(f"{where}: expected a whole number, got {value!r}")
    return value
