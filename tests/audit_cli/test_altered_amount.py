"""One amount changed by one fen: the audit names file, line, expected and computed."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit_cli.altered_line import find_altered_line
from audit_cli.line_files import LineSource, derive_files
from fundtrail.evidence import LINES_SCHEMA, EvidenceLine, write_lines
from fundtrail.sum_tree import TreeKind
from tests.audit_cli.conftest import Spoiled, named
from tests.scenario import STREETS

RUN = f"{STREETS[0]}-OAA-2026-10"


def change_amounts(path: Path, changes: dict[int, int]) -> None:
    """Add fen to the amounts of lines (from 1)."""
    table = pq.read_table(path)
    amounts = table.column("amount_fen").to_pylist()
    for line, change in changes.items():
        amounts[line - 1] += change
    column = pa.array(amounts, pa.uint64())
    changed = table.set_column(1, LINES_SCHEMA.field("amount_fen"), column)
    pq.write_table(changed.cast(LINES_SCHEMA), path, compression="zstd")


@pytest.mark.parametrize(
    "path",
    [
        f"runs/{RUN}/lines.parquet",
        f"rosters/{RUN}-N/lines.parquet",
        f"batches/{RUN}-C/lines.parquet",
    ],
)
def test_the_line_is_proved_and_both_amounts_are_named(spoiled: Spoiled, path: str) -> None:
    true_fen = pq.read_table(spoiled.evidence / path).column("amount_fen")[2].as_py()
    change_amounts(spoiled.evidence / path, {3: 1})

    report = spoiled.audit()

    assert named(report, path, "S01")
    [finding] = named(report, path, "S04")
    evidence = finding.evidence
    assert (evidence["line"], evidence["expected"], evidence["computed"]) == (
        3,
        str(true_fen),
        str(true_fen + 1),
    )
    assert int(evidence["computed_total_fen"]) - int(evidence["expected_total_fen"]) == 1
    assert f"第 3 行金额被改:应为 {true_fen / 100:.2f} 元" in finding.zh


def test_the_notice_bears_witness_against_an_altered_run(spoiled: Spoiled) -> None:
    path = f"runs/{RUN}/lines.parquet"
    change_amounts(spoiled.evidence / path, {2: -1})

    [finding] = named(spoiled.audit(), path, "S04")

    assert f"rosters/{RUN}-N/lines.parquet:2 holds the same payment with" in finding.en


def test_two_altered_amounts_are_found_by_the_notice(spoiled: Spoiled) -> None:
    """No single line explains the root; the same payments on the notice say which ones."""
    path = f"runs/{RUN}/lines.parquet"
    change_amounts(spoiled.evidence / path, {1: 100, 4: 5})

    findings = named(spoiled.audit(), path, "S04")

    assert "line" not in findings[0].evidence
    assert findings[0].evidence["expected"] != findings[0].evidence["computed"]
    lines = {f.evidence["line"] for f in findings[1:] if "rosters/" in str(f.evidence)}
    assert lines == {1, 4}


def test_two_swapped_amounts_leave_the_total_and_are_found(spoiled: Spoiled) -> None:
    path = f"runs/{RUN}/lines.parquet"
    amounts = pq.read_table(spoiled.evidence / path).column("amount_fen").to_pylist()
    change = amounts[1] - amounts[0]
    assert change
    change_amounts(spoiled.evidence / path, {1: change, 2: -change})

    assert "count and total are right" in named(spoiled.audit(), path, "S04")[0].en


def test_a_line_left_out_changes_the_count(spoiled: Spoiled) -> None:
    path = f"runs/{RUN}/lines.parquet"
    table = pq.read_table(spoiled.evidence / path)
    pq.write_table(table.slice(1), spoiled.evidence / path, compression="zstd")

    [finding] = named(spoiled.audit(), path, "S04")

    assert (finding.evidence["expected_count"], finding.evidence["computed_count"]) == (5, 4)


def test_lines_out_of_order_are_named(spoiled: Spoiled) -> None:
    path = f"runs/{RUN}/lines.parquet"
    table = pq.read_table(spoiled.evidence / path)
    pq.write_table(table.take([1, 0, 2, 3, 4]), spoiled.evidence / path, compression="zstd")

    assert 2 in {f.evidence.get("line") for f in named(spoiled.audit(), path, "S04")}


@pytest.mark.parametrize("count", [1, 2, 3, 7, 64, 65])
def test_it_is_proved_at_every_place_of_trees_of_every_shape(tmp_path: Path, count: int) -> None:
    path = tmp_path / "runs/r/lines.parquet"
    lines = [
        EvidenceLine(payment_id=bytes([i]) * 32, amount_fen=100 + i, record=b'{"n":%d}' % i)
        for i in range(1, count + 1)
    ]
    true = write_lines(path, lines, TreeKind.RUN)
    source = LineSource(path="runs/r/lines.parquet", tree=TreeKind.RUN, subject="r")

    for line in {1, count // 2 + 1, count}:
        change_amounts(path, {line: 7})
        [outcome] = derive_files(tmp_path, [source])
        assert outcome.root is not None
        found = find_altered_line(path, outcome.root, root=true.root, total_fen=true.total_fen)
        assert found is not None
        assert (found.line, found.expected_fen) == (line, 100 + line)
        change_amounts(path, {line: -7})
