"""A missing file is named and makes the evidence unavailable; a file of unknown origin is named."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from audit_cli.report import Exit, Report
from fundtrail.chain.anvil import free_port
from tests.audit_cli.conftest import Spoiled, audit, named
from tests.audit_cli.test_any_byte import LEAVES, ROLES, files
from tests.scenario import Scenario


def assert_missing(report: Report, paths: Iterable[str]) -> None:
    missing = {f.evidence["file"] for f in report.findings if f.missing}
    assert set(paths) <= missing
    assert (report.verdict, report.exit) == ("evidence-unavailable", Exit.UNAVAILABLE)


def test_every_file_that_a_record_names(spoiled: Spoiled) -> None:
    paths = files(spoiled.evidence, *LEAVES)
    for path in paths:
        (spoiled.evidence / path).unlink()

    assert_missing(spoiled.audit(), paths)


@pytest.mark.parametrize("role", ROLES)
def test_a_file_of_every_feed(spoiled: Spoiled, role: str) -> None:
    paths = [p for p in files(spoiled.evidence, "feeds") if f"/{role}" in p]
    for path in paths:
        (spoiled.evidence / path).unlink()

    assert_missing(spoiled.audit(), paths)


def test_a_whole_feed(spoiled: Spoiled) -> None:
    folder = f"feeds/{spoiled.month.network.origin('death-register')}"
    shutil.rmtree(spoiled.evidence / folder)

    report = spoiled.audit()

    assert_missing(report, [f"{folder}/vkey", f"{folder}/checkpoint"])


def test_the_statements_of_a_month_and_the_copy_of_the_trust_anchor(spoiled: Spoiled) -> None:
    paths = ["network.toml", *files(spoiled.evidence, "statements")]
    for path in paths:
        (spoiled.evidence / path).unlink()

    assert_missing(spoiled.audit(), paths)


def test_lines_that_only_the_chain_speaks_of(spoiled: Spoiled) -> None:
    """Feed and file gone together: the chain still knows that there was a batch."""
    shutil.rmtree(spoiled.evidence / "feeds" / spoiled.month.network.origin("bank-a"))
    shutil.rmtree(spoiled.evidence / "batches")

    path = f"batches/{spoiled.month.payments[0].run}-C/lines.parquet"
    assert_missing(spoiled.audit(), [path])


@pytest.mark.parametrize(
    "path", ["sources/" + "0" * 64, "runs/x/lines.parquet", "notes.txt", "feeds/yunzhou/x/vkey"]
)
def test_a_file_that_nobody_named(spoiled: Spoiled, path: str) -> None:
    (spoiled.evidence / path).parent.mkdir(parents=True, exist_ok=True)
    (spoiled.evidence / path).write_bytes(b"from nowhere")

    report = spoiled.audit()

    assert any(f.rule == "S01" for f in named(report, path)), report.findings


def test_a_node_that_does_not_answer(month: Scenario) -> None:
    report = audit(month, month.evidence, rpc_urls=(f"http://127.0.0.1:{free_port()}",))

    assert report.exit == Exit.UNAVAILABLE
    assert report.findings[0].subject == "node"
    assert "No node answered" in report.not_checked[0].en
    checked = {result.step.number: result.checked for result in report.steps}
    assert checked[1] > 40  # the evidence is still read
    assert checked[2] > 100


def test_an_empty_folder(month: Scenario, tmp_path: Path) -> None:
    report = audit(month, tmp_path)

    assert report.exit == Exit.UNAVAILABLE
    assert {f.evidence.get("file") for f in report.findings} >= {"network.toml"}
