"""Records: what a department system knew, as canonical JSON (docs/format.md §4).

Guarantees: a record is of a known kind with exactly its fields, carries its provenance, and holds
personal values only as salted commitments. It does not say that the department was right.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NewType

from fundtrail.canonical import canonical, parse_canonical
from fundtrail.errors import FundtrailError, RecordError
from fundtrail.ids import code, period
from fundtrail.money import fen_from_json

RecordKind = NewType("RecordKind", str)

VERSION = 1
GROUPS = ("account", "case", "contact", "identity", "place")
ENTRY_MAX = 65_535
_DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_TIME = re.compile(_DATE.pattern + r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")
_KEYS = {"commitments", "fields", "kind", "provenance", "version"}

# One row per kind of docs/format.md §4: field → type.
KINDS: dict[str, dict[str, str]] = {
    "entitlement": {
        "age": "int",
        "application": "string",
        "attempt": "int",
        "band": "string",
        "element": "code",
        "payee_ref": "hex64",
        "period": "period",
        "programme": "code",
        "region": "string",
    },
    "bank-result": {
        "application": "string",
        "bank": "code",
        "booked_on": "date",
        "outcome": "credited|returned",
        "reason": "string",
        "run": "code",
    },
    "death": {
        "died_on": "date",
        "payee_ref": "hex64",
        "registered_on": "date",
        "registrar": "string",
    },
    "life-certification": {"certified_on": "date", "method": "string", "payee_ref": "hex64"},
    "voucher": {
        "amount_fen": "money",
        "bank": "code",
        "issued_on": "date",
        "number": "string",
        "run": "code",
    },
    "policy": {
        "bands": "bands",
        "effective_from": "date",
        "grace_months": "int",
        "month_of_death_payable": "bool",
        "programme": "code",
        "return_days_max": "int",
        "source": "string",
    },
    "source": {
        "name": "string",
        "quarantined": "int",
        "rows": "int",
        "sealed": "bool",
        "sha256": "hex64",
        "size": "int",
    },
    "lines": {
        "count": "int",
        "path": "string",
        "root": "hex64",
        "sha256": "hex64",
        "size": "int",
        "subject": "code",
        "total_fen": "money",
        "tree": "run|credited|returned|roster",
    },
    "file": {"path": "string", "role": "openings", "sha256": "hex64", "size": "int"},
}
# One band of a policy, and where a record comes from: field → type.
BAND = {"age_from": "int", "age_to": "int", "amount_fen": "money", "band": "string"}
PROVENANCE = {
    "clock_offset_ms": "offset",
    "collected_at": "time",
    "connector": "string",
    "file_sha256": "hex64",
    "mapping": "string",
    "operator": "string",
    "row": "int",
    "sheet": "string",
    "source_system": "string",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a record came from; `row` counts header rows, 0 speaks of the whole file."""

    clock_offset_ms: int
    collected_at: str
    connector: str
    file_sha256: str
    mapping: str
    operator: str
    row: int
    sheet: str
    source_system: str

    def to_json(self) -> dict[str, Any]:
        """The object of the record."""
        return {name: getattr(self, name) for name in PROVENANCE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record: kind, public fields, commitments by group (hex64), provenance."""

    kind: str
    fields: Mapping[str, Any]
    commitments: Mapping[str, str]
    provenance: Provenance

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise RecordError(f"kind: expected one of {sorted(KINDS)}, got {self.kind!r}")
        _check_object(self.fields, KINDS[self.kind], f"{self.kind}.fields")
        _check_object(self.provenance.to_json(), PROVENANCE, f"{self.kind}.provenance")
        for group, digest in self.commitments.items():
            if group not in GROUPS:
                raise RecordError(f"{self.kind}.commitments: expected {GROUPS}, got {group!r}")
            if not _FITS["hex64"](digest):
                where = f"{self.kind}.commitments.{group}"
                raise RecordError(f"{where}: expected hex64, got {digest!r}")

    def to_bytes(self) -> bytes:
        """Canonical JSON, at most 65,535 bytes."""
        data = canonical(
            {
                "commitments": dict(self.commitments),
                "fields": dict(self.fields),
                "kind": self.kind,
                "provenance": self.provenance.to_json(),
                "version": VERSION,
            }
        )
        if len(data) > ENTRY_MAX:
            raise RecordError(f"{self.kind}: expected at most {ENTRY_MAX} bytes, got {len(data)}")
        return data


def record_from_bytes(data: bytes) -> Record:
    """The record in canonical bytes. Raises RecordError or CanonicalError."""
    return record_from_json(parse_canonical(data))


def record_from_json(value: object) -> Record:
    """The record of a parsed JSON value."""
    if not isinstance(value, dict) or set(value) != _KEYS:
        got = sorted(value) if isinstance(value, dict) else type(value).__name__
        raise RecordError(f"expected the keys {sorted(_KEYS)}, got {got}")
    if value["version"] != VERSION or isinstance(value["version"], bool):
        raise RecordError(f"version: expected {VERSION}, got {value['version']!r}")
    if not isinstance(value["kind"], str):
        raise RecordError(f"kind: expected text, got {value['kind']!r}")
    for part in ("commitments", "fields", "provenance"):
        if not isinstance(value[part], dict):
            raise RecordError(f"{part}: expected an object, got {value[part]!r}")
    if set(value["provenance"]) != set(PROVENANCE):
        got = sorted(value["provenance"])
        raise RecordError(f"provenance: expected {sorted(PROVENANCE)}, got {got}")
    return Record(
        kind=value["kind"],
        fields=value["fields"],
        commitments=value["commitments"],
        provenance=Provenance(**value["provenance"]),
    )


def record_digest(data: bytes) -> bytes:
    """SHA256(0x02 ‖ canonical JSON of the record)."""
    return hashlib.sha256(b"\x02" + data).digest()


def commitment(salt: bytes, value: Mapping[str, str]) -> bytes:
    """SHA256(0x03 ‖ salt(32) ‖ canonical JSON of the value)."""
    if len(salt) != 32:
        raise RecordError(f"expected a salt of 32 bytes, got {len(salt)}")
    return hashlib.sha256(b"\x03" + salt + canonical(value)).digest()


def _check_object(value: Mapping[str, Any], schema: Mapping[str, str], where: str) -> None:
    if value.keys() != schema.keys():
        raise RecordError(f"{where}: expected the fields {sorted(schema)}, got {sorted(value)}")
    for name, kind in schema.items():
        if not _FITS[kind](value[name]):
            raise RecordError(f"{where}.{name}: expected {kind}, got {value[name]!r}")


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_code(value: Any) -> bool:
    return _accepts(code, value)


def _is_money(value: Any) -> bool:
    return _accepts(fen_from_json, value)


def _accepts(parse: Callable[[Any], object], value: Any) -> bool:
    try:
        parse(value)
    except FundtrailError:
        return False
    return True


def _are_bands(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(band, dict)
            and band.keys() == BAND.keys()
            and all(_FITS[kind](band[name]) for name, kind in BAND.items())
            for band in value
        )
    )


def _is_one_of(*choices: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in choices


_FITS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "int": lambda value: type(value) is int and value >= 0,
    "offset": lambda value: type(value) is int,
    "bool": lambda value: type(value) is bool,
    "hex64": _matches(re.compile(r"[0-9a-f]{64}")),
    "date": _matches(_DATE),
    "time": _matches(_TIME),
    "code": _is_code,
    "period": lambda value: _accepts(period, value),
    "money": _is_money,
    "bands": _are_bands,
    **{
        choices: _is_one_of(*choices.split("|"))
        for schema in KINDS.values()
        for choices in schema.values()
        if "|" in choices
    },
    "openings": _is_one_of("openings"),
}
