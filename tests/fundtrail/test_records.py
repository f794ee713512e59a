from typing import Any

import pytest

from fundtrail.canonical import canonical
from fundtrail.errors import CanonicalError, RecordError
from fundtrail.records import KINDS, Provenance, Record, commitment, record_from_bytes

SAMPLES: dict[str, Any] = {
    "int": 3,
    "string": "王",
    "code": "OAA",
    "hex64": "ab" * 32,
    "period": "2026-10",
    "date": "2026-10-08",
    "money": "7500",
    "bool": True,
    "bands": [{"age_from": 65, "age_to": 69, "amount_fen": "7500", "band": "65-69"}],
}


def sample(kind: str) -> Any:
    return SAMPLES.get(kind, kind.split("|", maxsplit=1)[0])


def provenance(**changes: Any) -> Provenance:
    facts: dict[str, Any] = {
        "clock_offset_ms": -3,
        "collected_at": "2026-10-08T01:02:03Z",
        "connector": "fundtrail-oracle/0.1.0",
        "file_sha256": "cd" * 32,
        "mapping": "roster@1",
        "operator": "op-1",
        "row": 4,
        "sheet": "Sheet1",
        "source_system": "civil",
    }
    return Provenance(**(facts | changes))


def record(kind: str, **changes: Any) -> Record:
    fields = {name: sample(form) for name, form in KINDS[kind].items()}
    return Record(
        kind=kind,
        fields=fields | changes,
        commitments={"identity": "ef" * 32},
        provenance=provenance(),
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_read_back_as_it_was_written(kind: str) -> None:
    assert record_from_bytes(record(kind).to_bytes()) == record(kind)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_field_too_many_or_of_another_form_is_refused_by_name(kind: str) -> None:
    for name in KINDS[kind]:
        with pytest.raises(RecordError, match=name):
            record(kind, **{name: None})
    with pytest.raises(RecordError, match="surprise"):
        record(kind, surprise="1")


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("voucher", "amount_fen", "-1"),
        ("voucher", "amount_fen", 100),
        ("voucher", "issued_on", "2026-02-99"),
        ("death", "payee_ref", "AB" * 32),
        ("entitlement", "age", True),
        ("entitlement", "age", -1),
        ("bank-result", "outcome", "maybe"),
        ("policy", "bands", []),
        ("policy", "bands", [{"band": "65-69"}]),
    ],
)
def test_values_outside_the_table_are_refused(kind: str, field: str, value: object) -> None:
    with pytest.raises(RecordError, match=field):
        record(kind, **{field: value})


def test_unknown_kinds_versions_groups_and_keys_are_refused() -> None:
    good = {
        "commitments": {},
        "fields": record("death").fields,
        "kind": "death",
        "provenance": provenance().to_json(),
        "version": 1,
    }
    for change in (
        {"kind": "rumour"},
        {"kind": 1},
        {"version": 2},
        {"version": True},
        {"extra": 1},
        {"fields": []},
        {"commitments": {"soul": "ab" * 32}},
        {"commitments": {"identity": "short"}},
        {"provenance": provenance().to_json() | {"extra": ""}},
        {"provenance": provenance().to_json() | {"collected_at": "yesterday"}},
    ):
        with pytest.raises(RecordError):
            record_from_bytes(canonical(good | change))
    with pytest.raises(CanonicalError):
        record_from_bytes(canonical(good) + b" ")


def test_an_entry_over_the_limit_is_refused() -> None:
    with pytest.raises(RecordError, match="65535"):
        record("death", registrar="x" * 70_000).to_bytes()


def test_a_salt_of_another_width_is_refused() -> None:
    with pytest.raises(RecordError, match="32"):
        commitment(b"short", {"name": "王"})
