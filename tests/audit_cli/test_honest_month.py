"""An honest month is verified, and the report says what an auditor needs."""

import json
from datetime import date

import pytest

from audit_cli.report import Exit, Report
from audit_cli.text_report import to_text
from tests.audit_cli.conftest import audit
from tests.scenario import Scenario


@pytest.fixture(scope="module")
def report(month: Scenario) -> Report:
    return audit(month, month.evidence)


def test_it_is_verified_with_nothing_found(report: Report) -> None:
    assert [finding.message for finding in report.findings] == []
    assert (report.verdict, report.exit) == ("verified", Exit.VERIFIED)


def test_every_step_but_the_closed_openings_has_checked_something(report: Report) -> None:
    checked = {result.step.number: result.checked for result in report.steps}
    assert sorted(checked) == list(range(12))
    assert [number for number, count in checked.items() if count == 0] == [3]


def test_the_json_has_the_keys_that_programs_read(report: Report) -> None:
    value = json.loads(json.dumps(report.to_json()))
    assert value["verdict"] == "verified"
    assert value["steps"][7] == {
        "step": 7,
        "name": "每个资金账户守恒 conservation at every fund",
        "checked": 6,
        "findings": 0,
    }
    assert value["findings"] == []
    assert {"zh", "en"} == set(value["not_checked"][0])
    assert value["chain"]["head"] >= value["chain"]["first_block"]


def test_money_in_is_money_out(report: Report) -> None:
    assert report.money is not None
    assert report.money.balanced
    assert report.money.allotted_fen == 1_000_000
    assert report.money.returned_fen == report.money.reissued_fen == 18_000


def test_it_says_unaltered_since_anchored_and_never_true_or_immutable(report: Report) -> None:
    text = to_text(report)
    assert "unaltered since it was anchored (block" in text
    assert "immutable" not in text
    assert "One node was asked" in text
    assert "46 openings of personal values: no keys were given." in text


def test_the_day_of_the_audit_is_the_day_of_the_head_unless_asked(month: Scenario) -> None:
    assert audit(month, month.evidence).as_of == date(2026, 10, 10)
    asked = audit(month, month.evidence, as_of=date(2026, 12, 1))
    assert asked.as_of == date(2026, 12, 1)
    assert asked.verdict == "verified"  # the one return was paid again
