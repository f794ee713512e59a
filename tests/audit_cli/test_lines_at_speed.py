"""The fast road over lines and the kernel's functions agree, whatever the shape."""

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_cli import line_files
from audit_cli.grammar import faulty_records, record_fault, record_pattern
from audit_cli.line_blocks import compact_range, join, read_block
from audit_cli.line_files import LineSource, derive_files
from fundtrail.errors import FundtrailError
from fundtrail.evidence import LINES_SCHEMA, EvidenceLine
from fundtrail.records import KINDS, Provenance, Record, record_from_bytes
from fundtrail.sum_tree import TreeKind, sum_root
from tests.audit_cli.department import Entitled, entitlement

PATH = "runs/r/lines.parquet"
SOURCE = LineSource(path=PATH, tree=TreeKind.RUN, subject="r")


def lines_of(count: int) -> list[EvidenceLine]:
    record = entitlement(Entitled(person="p")).record
    ids = sorted(hashlib.sha256(i.to_bytes(4, "big")).digest() for i in range(count))
    return [
        EvidenceLine(payment_id=pid, amount_fen=i * 31, record=record) for i, pid in enumerate(ids)
    ]


def write(folder: Path, lines: list[EvidenceLine], row_group: int) -> None:
    path = folder / PATH
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {name: [getattr(x, name) for x in lines] for name in LINES_SCHEMA.names}
    table = pa.table(columns, schema=LINES_SCHEMA)
    pq.write_table(table, path, row_group_size=row_group, compression="zstd")


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 1000, 5001])
@pytest.mark.parametrize("row_group", [1_000_000, 64, 7])
def test_roots_are_those_of_the_kernel(tmp_path: Path, count: int, row_group: int) -> None:
    lines = lines_of(count)
    write(tmp_path, lines, row_group)

    [outcome] = derive_files(tmp_path, [SOURCE])

    assert outcome.root == sum_root((line.line() for line in lines), TreeKind.RUN)
    assert outcome.faults == ()


@given(st.integers(1, 70), st.lists(st.integers(1, 20), max_size=8))
def test_ranges_join_whatever_the_cuts(count: int, cuts: list[int]) -> None:
    lines = lines_of(count)
    held: list[tuple[int, int, tuple[bytes, int]]] = []
    start = 0
    for size in [*cuts, count]:
        part = lines[start : start + size]
        join(held, compact_range(*_columns(part), start))
        start += len(part)

    whole: list[tuple[int, int, tuple[bytes, int]]] = []
    join(whole, compact_range(*_columns(lines), 0))
    assert held == whole


def _columns(lines: list[EvidenceLine]) -> tuple[list[bytes], list[int], list[bytes]]:
    return (
        [line.payment_id for line in lines],
        [line.amount_fen for line in lines],
        [line.record for line in lines],
    )


def test_worker_processes_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = lines_of(3_000)
    lines[1_700], lines[1_701] = lines[1_701], lines[1_700]  # out of order across blocks or not
    write(tmp_path, lines, 500)
    [here] = derive_files(tmp_path, [SOURCE])
    monkeypatch.setattr(line_files, "POOL_ROWS", 10)
    monkeypatch.setattr(line_files, "TASK_ROWS", 500)

    seen: list[int] = []
    [there] = derive_files(tmp_path, [SOURCE], lambda done, total: seen.append(done * 100 // total))

    assert there == here
    assert [fault.line for fault in there.faults] == [1_702]
    assert seen[-1] == 100


@pytest.mark.parametrize("border", [499, 500])
def test_order_is_checked_across_the_borders_of_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, border: int
) -> None:
    monkeypatch.setattr(line_files, "TASK_ROWS", 500)
    lines = lines_of(1_000)
    lines[border - 1], lines[border] = lines[border], lines[border - 1]
    write(tmp_path, lines, 500)

    [outcome] = derive_files(tmp_path, [SOURCE])

    assert border + 1 in [fault.line for fault in outcome.faults]


def test_what_is_no_parquet_is_an_outcome(tmp_path: Path) -> None:
    write(tmp_path, lines_of(10), 10)
    whole = (tmp_path / PATH).read_bytes()
    for broken in (b"", b"PAR1", whole[:-5], whole[: len(whole) // 2], b"\0" * len(whole)):
        (tmp_path / PATH).write_bytes(broken)
        [outcome] = derive_files(tmp_path, [SOURCE])
        assert outcome.root is None
        assert outcome.unreadable


def test_other_columns_are_refused(tmp_path: Path) -> None:
    write(tmp_path, lines_of(3), 10)
    pq.write_table(pq.read_table(tmp_path / PATH).drop_columns(["record"]), tmp_path / PATH)

    [outcome] = derive_files(tmp_path, [SOURCE])

    assert "expected the columns" in str(outcome.unreadable)


def test_a_record_that_is_not_canonical_is_named_by_its_line(tmp_path: Path) -> None:
    lines = lines_of(12)
    spaced = lines[6].record.replace(b'"kind":', b'"kind": ')
    lines[6] = EvidenceLine(
        payment_id=lines[6].payment_id, amount_fen=lines[6].amount_fen, record=spaced
    )
    write(tmp_path, lines, 5)

    [outcome] = derive_files(tmp_path, [SOURCE])

    assert [(fault.step, fault.line) for fault in outcome.faults] == [(2, 7)]
    assert outcome.root == sum_root((line.line() for line in lines), TreeKind.RUN)


def test_blocks_are_bounded_in_what_they_complain_about(tmp_path: Path) -> None:
    lines = [
        EvidenceLine(payment_id=line.payment_id, amount_fen=1, record=b"{}")
        for line in lines_of(100)
    ]
    write(tmp_path, lines, 100)

    block = read_block(tmp_path / PATH, "entitlement", [0], 0)

    assert (len(block.faults), block.fault_count) == (20, 100)


# The grammar of records.

TEXT = st.text(max_size=12)
CODE = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}", fullmatch=True)
DATE = st.dates().map(lambda day: f"{day:%Y-%m-%d}".rjust(10, "0"))
VALUES = {
    "string": TEXT,
    "int": st.integers(0, 2**53 - 1),
    "offset": st.integers(-(2**53) + 1, 2**53 - 1),
    "hex64": st.binary(min_size=32, max_size=32).map(bytes.hex),
    "date": DATE,
    "time": DATE.map(lambda day: f"{day}T23:59:59Z"),
    "code": CODE,
    "period": st.sampled_from(["2026-10", "0001-01"]),
    "bool": st.booleans(),
    "money": st.integers(0, 2**128 - 1).map(str),
    "bands": st.just([{"age_from": 1, "age_to": 2, "amount_fen": "3", "band": "é\n"}]),
}


@st.composite
def records(draw: st.DrawFn) -> tuple[str, bytes]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    fields = {
        name: draw(VALUES[type_] if type_ in VALUES else st.sampled_from(type_.split("|")))
        for name, type_ in KINDS[kind].items()
    }
    groups = draw(st.sets(st.sampled_from(["identity", "account", "contact", "place", "case"])))
    provenance = Provenance(
        clock_offset_ms=draw(VALUES["offset"]), collected_at=draw(VALUES["time"]),
        connector=draw(TEXT), file_sha256=draw(VALUES["hex64"]), mapping=draw(TEXT),
        operator=draw(TEXT), row=draw(st.integers(0, 10**6)), sheet=draw(TEXT),
        source_system=draw(TEXT),
    )  # fmt: skip
    commitments = dict.fromkeys(groups, "0f" * 32)
    record = Record(kind=kind, fields=fields, commitments=commitments, provenance=provenance)
    return kind, record.to_bytes()


def array(*values: bytes) -> pa.BinaryArray:
    return pa.array(values, pa.binary())


@settings(max_examples=200)
@given(records())
def test_every_record_of_the_kernel_is_accepted(made: tuple[str, bytes]) -> None:
    kind, data = made
    assert faulty_records(array(data), [data], kind) == []


@settings(max_examples=300)
@given(records(), st.data())
def test_whatever_the_grammar_accepts_the_kernel_accepts(
    made: tuple[str, bytes], data: st.DataObject
) -> None:
    """Spoil a record by a byte: the fast yes must never be a wrong one."""
    kind, whole = made
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.sampled_from(b'\x00\x1f"\\,:{}[]0129azAZ \x80\xc3\xff/ueE.-'))
    spoiled = whole[:place] + bytes([byte]) + whole[place + data.draw(st.integers(0, 1)) :]

    if faulty_records(array(spoiled), [spoiled], kind) == []:
        assert record_from_bytes(spoiled).kind == kind
    else:
        assert record_fault(spoiled, kind) is not None


def test_common_records_take_the_fast_road() -> None:
    """A grammar that accepted nothing would be right, and slow."""
    data = entitlement(Entitled(person="p", band="70-79岁")).record
    assert record_pattern("entitlement").fullmatch(data)


def test_bytes_that_are_text_only_together_are_refused() -> None:
    whole = entitlement(Entitled(person="p", band="岁")).record
    cut = whole.index("岁".encode()) + 1
    left, right = whole[:cut], whole[cut:]
    found = faulty_records(array(left, right), [left, right], "entitlement")
    assert [index for index, _ in found] == [0, 1]


def test_the_kernel_says_why() -> None:
    data = entitlement(Entitled(person="p")).record
    fault = record_fault(data, "death")
    assert fault == "kind: expected death, got entitlement"
    with pytest.raises(FundtrailError):
        record_from_bytes(data[:-1])
