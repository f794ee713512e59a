"""A killed oracle, started again, has recorded everything exactly once, wherever it was killed."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fundtrail.chain.bindings import EvidenceLog, FundLedger
from fundtrail.chain.event_types import FeedAnchored, FeedOpened, LineHeld, RunPrepared
from fundtrail.chain.events import read_events
from fundtrail.evidence import file_digest, lines_path, read_lines, read_statements
from fundtrail.records import record_from_bytes
from fundtrail.sum_tree import TreeKind, sum_root
from fundtrail.tiles import FeedReader
from oracles.mapping_file import SHIPPED
from oracles.oracle import Oracle
from tests.oracles.department_files import elders, write_roster
from tests.oracles.town import PASSPHRASE, Town

PROJECT = Path(__file__).resolve().parents[2]
SALTED = {"sha256", "size", "root", "path", "subject"}  # these differ from oracle to oracle


@pytest.fixture(scope="module")
def killed(town: Town) -> list[Path]:
    """The folders of all oracles that were killed, by step; the last one is of one that was not."""
    folder = town.folder / "killed"
    folder.mkdir()
    rows = [elder.roster_row() for elder in elders(3)]
    rows.append(elders(4)[3].roster_row(公民身份号码=190102194501010000))
    write_roster(folder / "roster.xlsx", rows)
    mapping = (SHIPPED / "roster.toml").read_text(encoding="utf-8").replace('"OAA"', '"FREE"')
    (folder / "free-roster.toml").write_text(mapping, encoding="utf-8")
    command = [sys.executable, "-m", "tests.oracles.killed_oracle", str(town.folder)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    return [*(folder / f"K{step:03d}" for step in range(steps)), folder / "whole"]


def test_the_oracle_is_killed_at_every_state_of_the_journal(killed: list[Path]) -> None:
    assert len(killed) > 40


def test_it_has_the_same_feed_as_one_that_was_left_alone(town: Town, killed: list[Path]) -> None:
    expected = _feed(town, killed[-1])
    for folder in killed[:-1]:
        assert _feed(town, folder) == expected, folder.name


def test_its_chain_has_each_act_once(town: Town, killed: list[Path]) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for event in read_events(town.network, town.rpc):
        if isinstance(event, FeedOpened | FeedAnchored):
            counted[str(event.feed), type(event).__name__] += 1
        elif isinstance(event, RunPrepared | LineHeld):
            counted[str(event.run), type(event).__name__] += 1
    for folder in killed:
        acts = (
            counted[folder.name, "FeedOpened"],
            counted[folder.name, "FeedAnchored"],
            counted[f"{folder.name}-RUN", "RunPrepared"],
            counted[f"{folder.name}-RUN", "LineHeld"],
        )
        assert acts == (1, 2, 1, 1), folder.name


def test_its_evidence_has_each_statement_once(killed: list[Path]) -> None:
    for folder in killed:
        paths = _evidence(folder).glob("statements/*.jsonl")
        types = [item.signed.statement.type_name() for p in paths for item in read_statements(p)]
        expected = ["AnchorFeed", "AnchorFeed", "OpenDispute", "OpenFeed", "Prepare"]
        assert sorted(types) == expected, folder.name


def test_its_lines_are_those_of_the_statement_on_the_chain(town: Town, killed: list[Path]) -> None:
    ledger, log = FundLedger(town.network, town.rpc), EvidenceLog(town.network, town.rpc)
    for folder in killed:
        run = f"{folder.name}-RUN"
        lines = read_lines(_evidence(folder) / lines_path(TreeKind.RUN, run))
        assert sum_root([x.line() for x in lines], TreeKind.RUN).root == ledger.run(run).root
        head = _reader(town, folder).checkpoint
        anchored = log.feed(folder.name)
        assert (anchored.size, anchored.root) == (head.size, head.root), folder.name


def test_every_file_in_its_evidence_is_named_with_its_digest(
    town: Town, killed: list[Path]
) -> None:
    for folder in killed:
        evidence = _evidence(folder)
        named = {}
        for entry in _reader(town, folder).entries():
            fields = record_from_bytes(entry).fields
            named[fields.get("path") or f"sources/{fields['sha256']}"] = fields["sha256"]
        there = {
            str(path.relative_to(evidence)): file_digest(path)[0].hex()
            for top in ("sources", "openings", "runs")
            for path in (evidence / top).rglob("*")
            if path.is_file()
        }
        assert there == named, folder.name


def test_its_quarantine_and_its_journal_are_those_of_one_that_was_left_alone(
    town: Town, killed: list[Path]
) -> None:
    expected = _journal(town, killed[-1])
    assert expected["quarantine"] == [("D7", "id-number-rounded")]
    for folder in killed[:-1]:
        assert _journal(town, folder) == expected, folder.name


def _evidence(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-evidence")


def _reader(town: Town, folder: Path) -> FeedReader:
    return FeedReader(_evidence(folder) / "feeds" / town.network.origin(folder.name))


def _feed(town: Town, folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Kinds and fields of all entries, without what random salts and names make different."""
    records = [record_from_bytes(entry) for entry in _reader(town, folder).entries()]
    return [
        (r.kind, {name: value for name, value in r.fields.items() if name not in SALTED})
        for r in records
    ]


def _journal(town: Town, folder: Path) -> dict[str, Any]:
    with Oracle.open(folder, passphrase=PASSPHRASE, clock=town.now) as oracle:
        tables = ("files", "lines", "openings", "people", "trees", "appends", "entries", "acts")
        return {
            "quarantine": [(entry.cell, entry.rule) for entry in oracle.quarantine()],
            "counts": {t: oracle.journal.value(f"SELECT count(*) FROM {t}") for t in tables},  # noqa: S608
            "states": [
                oracle.journal.value(f"SELECT group_concat(DISTINCT state) FROM {t}")  # noqa: S608
                for t in ("files", "trees", "appends", "acts")
            ],
            "open": oracle.journal.value("SELECT count(*) FROM transactions WHERE state = 'open'"),
        }
