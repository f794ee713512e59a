"""Lines come into the database only when they lead to the root that the chain holds."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import Engine, text

from fundtrail.chain.rpc import Rpc
from fundtrail.evidence import LINES_SCHEMA
from ledger_service.evidence_store import EvidenceStore
from ledger_service.indexer import Indexer
from tests.scenario import Scenario

FILE = "runs/190101001-OAA-2026-10/lines.parquet"


@pytest.fixture
def folder(engine: Engine, month: Scenario, tmp_path: Path) -> Path:
    """A copy of the evidence, with the chain indexed and no lines loaded."""
    with Rpc(month.network.rpc_urls) as rpc:
        list(Indexer(engine, month.network, rpc).catch_up())
    return Path(shutil.copytree(month.evidence, tmp_path / "evidence"))


def kept(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM lines")).scalar_one())


def alter_amount(path: Path) -> None:
    table = pq.read_table(path)
    amounts = table["amount_fen"].to_pylist()
    amounts[0] += 1
    columns = {**table.to_pydict(), "amount_fen": amounts}
    pq.write_table(pa.table(columns, schema=LINES_SCHEMA), path)


def test_all_lines_of_the_month_are_loaded_once(engine: Engine, folder: Path) -> None:
    store = EvidenceStore(engine, folder)
    results = list(store.load())
    assert [result.problem for result in results] == [""] * 10
    assert kept(engine) == sum(result.lines for result in results) == 29
    assert list(store.load()) == []


def test_one_fen_more_keeps_the_whole_file_out_and_names_it(engine: Engine, folder: Path) -> None:
    alter_amount(folder / FILE)
    refused = [result for result in EvidenceStore(engine, folder).load() if result.problem]
    assert [result.tree.path for result in refused] == [FILE]
    assert "root mismatch: expected" in refused[0].problem
    assert kept(engine) == 29 - 5


@pytest.mark.parametrize("damage", [b"", b"not parquet at all"])
def test_a_file_that_is_no_lines_file_is_refused(
    engine: Engine, folder: Path, damage: bytes
) -> None:
    (folder / FILE).write_bytes(damage)
    refused = [result for result in EvidenceStore(engine, folder).load() if result.problem]
    assert [result.tree.path for result in refused] == [FILE]


def test_a_refused_file_is_tried_again_when_it_has_changed(
    engine: Engine, month: Scenario, folder: Path
) -> None:
    alter_amount(folder / FILE)
    store = EvidenceStore(engine, folder)
    list(store.load())
    assert list(store.load()) == []
    shutil.copyfile(month.evidence / FILE, folder / FILE)
    assert [result.problem for result in store.load()] == [""]
    assert kept(engine) == 29


def test_a_file_that_is_not_there_yet_is_waited_for(
    engine: Engine, month: Scenario, folder: Path
) -> None:
    (folder / FILE).unlink()
    store = EvidenceStore(engine, folder)
    assert len(list(store.load())) == 9
    shutil.copyfile(month.evidence / FILE, folder / FILE)
    assert [result.tree.path for result in store.load()] == [FILE]
