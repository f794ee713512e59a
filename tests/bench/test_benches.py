"""Every benchmark does its work at a tiny size; no time is asserted."""

from functools import partial
from pathlib import Path

import pytest

from bench import bench_commit, bench_index, bench_ingest, bench_verify
from bench.gas_run import lines
from bench.gas_snapshot import changes, read_snapshot, write_snapshot
from bench.trial import Pair, alone
from bench.wide_tree import FILLER, WideTree
from demo.city import build_city, write_month
from fundtrail.sum_tree import TreeKind, verify_inclusion


def compared(pair: Pair, rows: int) -> bool:
    return pair.rows == rows and pair.ours.seconds > 0 and pair.bare.seconds > 0


def test_committing_and_indexing_are_set_beside_their_limits() -> None:
    assert compared(bench_commit.measure(9), 9)
    assert compared(bench_index.measure(20), 20)


def test_verifying_is_set_beside_its_limit() -> None:
    with bench_verify.evidence_of(9) as evidence:
        assert compared(bench_verify.measure(9, evidence=evidence), 9)


@pytest.mark.parametrize("source", ["roster", "notice"])
def test_ingesting_is_set_beside_its_limit(tmp_path: Path, source: str) -> None:
    payees = 400
    write_month(build_city(bench_ingest.SEED, payees), tmp_path)
    pair = bench_ingest.measure(payees, home=tmp_path, source=source)
    assert 0.9 * payees < pair.rows <= 1.1 * payees
    assert compared(pair, pair.rows)


def test_peak_memory_is_that_of_the_measuring_process_alone() -> None:
    held = bytearray(300 * 2**20)
    assert 0 < alone(partial(bench_commit.measure), 9).peak_mib < 300
    del held


def test_a_changed_act_is_named_with_how_much(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json"
    write_snapshot({"Prepare": 200_000, "Review": 80_000, "Recall": 1}, path)
    now = {"Prepare": 201_000, "Review": 80_000, "Close": 2}
    assert [str(change) for change in changes(read_snapshot(path), now)] == [
        "Prepare: expected 200,000, got 201,000 (+1,000, +0.50%)",
        "Close: 新增 new, 2",
        "Recall: 已无 gone, was 1",
    ]


def test_a_wide_tree_proves_its_lines_as_any_tree_does() -> None:
    matter = dict(zip((3, 40, 98), lines(3), strict=True))
    tree = WideTree(kind=TreeKind.RUN, count=99, lines=matter)
    root = tree.root()
    assert root.total_fen == 96 * FILLER.amount_fen + sum(x.amount_fen for x in matter.values())
    for index in matter:
        held = tree.placed(index)
        verify_inclusion(
            held.line,
            held.proof,
            kind=root.kind,
            root=root.root,
            total_fen=root.total_fen,
            count=99,
        )
