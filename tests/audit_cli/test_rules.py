"""Each rule finds its fault, names the payment, and leaves its lawful neighbour alone."""

from datetime import date
from pathlib import Path

import pytest

from audit_cli.rule_file import RuleFileError, parse_rule, rules
from fundtrail.enums import Stage
from tests.audit_cli.department import Answered, Department, Entitled, pay_id


@pytest.fixture
def department(tmp_path: Path) -> Department:
    made = Department(folder=tmp_path)
    made.policy()
    return made


def subject(person: str, attempt: int = 0) -> str:
    return f"payment:{pay_id(person, attempt).hex()}"


def test_the_rules_of_this_version_each_with_a_complete_header() -> None:
    assert [rule.id for rule in rules()] == ["F01", "F02", "F11", "F15", "F18", "F20"]


def test_a_rule_without_its_basis_is_refused() -> None:
    with pytest.raises(RuleFileError, match="expected the header"):
        parse_rule("F99_x.sql", "-- id: F99\n-- zh: x\nSELECT 1")


def test_a_file_that_only_one_reader_can_read_is_left_out_and_said(
    department: Department,
) -> None:
    department.run("r1", Entitled(person="p"))
    department.run("r2", Entitled(person="q", amount_fen=1))
    department.spoilt_after = "runs/r1/lines.parquet"

    assert department.left_out() == (["runs/r1/lines.parquet"], 1)


# F01


def test_f01_paid_after_the_month_of_death(department: Department) -> None:
    department.run("r1", *(Entitled(person=p) for p in ("alive", "sep", "oct", "nov")))
    department.death("sep", "2026-09-30")
    department.death("oct", "2026-10-01")
    department.death("nov", "2026-11-02")

    [finding] = department.ask("F01")

    assert finding.subject == subject("sep")
    assert finding.evidence["computed"] == "2026-09-30"
    assert finding.evidence["file"] == "runs/r1/lines.parquet"


def test_f01_where_the_month_of_death_is_not_payable(department: Department) -> None:
    department.policy(month_of_death_payable=False, effective_from="2026-06-01")
    department.run("r1", Entitled(person="oct"), Entitled(person="nov"))
    department.death("oct", "2026-10-31")
    department.death("nov", "2026-11-01")

    assert [f.subject for f in department.ask("F01")] == [subject("oct")]


def test_f01_grace_months_shift_the_border(department: Department) -> None:
    department.policy(grace_months=1, effective_from="2026-06-01")
    department.run("r1", Entitled(person="aug"), Entitled(person="sep"))
    department.death("aug", "2026-08-31")
    department.death("sep", "2026-09-01")

    assert [f.subject for f in department.ask("F01")] == [subject("aug")]


def test_f01_shows_every_source_where_they_disagree(department: Department) -> None:
    department.run("r1", Entitled(person="p"))
    department.death("p", "2026-08-01")
    department.death("p", "2026-11-01")

    [finding] = department.ask("F01")

    assert "2026-08-01" in str(finding.evidence["sources"])
    assert "2026-11-01" in str(finding.evidence["sources"])


def test_f01_does_not_speak_of_rejected_runs(department: Department) -> None:
    department.run("r1", Entitled(person="p"), stage=Stage.REJECTED)
    department.death("p", "2026-08-01")

    assert department.ask("F01") == []


# F02


def test_f02_one_duty_in_two_runs_is_one_finding(department: Department) -> None:
    department.run("east", Entitled(person="p"), Entitled(person="q"))
    department.run("west", Entitled(person="p"))

    [finding] = department.ask("F02")

    assert finding.subject == subject("p")
    assert finding.evidence["runs"] == "east, west"


def test_f02_a_reissue_of_what_came_back_is_lawful(department: Department) -> None:
    department.run("r1", Entitled(person="p"))
    department.batch("r1-B", "r1", "returned", Answered(person="p"))
    department.run("r1-R1", Entitled(person="p", attempt=1), reissue_of="r1-B")

    assert department.ask("F02") == []


def test_f02_a_reissue_of_what_was_credited_is_not(department: Department) -> None:
    department.run("r1", Entitled(person="p"), Entitled(person="q"))
    department.batch("r1-C", "r1", "credited", Answered(person="p"))
    department.batch("r1-B", "r1", "returned", Answered(person="q"))
    department.run("r1-R1", Entitled(person="p", attempt=1), reissue_of="r1-B")

    assert [f.subject for f in department.ask("F02")] == [subject("p", 1)]


# F11


def test_f11_amount_that_is_not_the_policys(department: Department) -> None:
    department.run(
        "r1",
        Entitled(person="right"),
        Entitled(person="wrong-band", age=69, amount_fen=15_000, band="70-79"),
        Entitled(person="one-fen", amount_fen=15_001),
        Entitled(person="too-young", age=64, amount_fen=7_500, band="65-69"),
    )

    found = {f.subject: f.evidence for f in department.ask("F11")}

    assert set(found) == {subject("wrong-band"), subject("one-fen"), subject("too-young")}
    assert found[subject("wrong-band")]["expected"] == "7500"
    assert found[subject("one-fen")]["computed"] == "15001"
    assert found[subject("too-young")]["expected"] == "0"


def test_f11_asks_the_policy_in_force_in_the_paid_month(department: Department) -> None:
    bands = [{"age_from": 65, "age_to": 99, "amount_fen": "20000", "band": "65+"}]
    department.policy(bands=bands, effective_from="2026-11-01")
    department.run("r1", Entitled(person="p"))

    assert department.ask("F11") == []


# F15


def test_f15_returned_and_not_paid_again_in_time(department: Department) -> None:
    department.run("r1", *(Entitled(person=p) for p in ("lost", "late", "paid", "fresh")))
    department.batch(
        "r1-B",
        "r1",
        "returned",
        Answered(person="lost", booked_on="2026-10-08"),
        Answered(person="late", booked_on="2026-10-24"),
        Answered(person="paid", booked_on="2026-10-08"),
        Answered(person="fresh", booked_on="2026-10-25"),
    )
    department.run("r1-R1", Entitled(person="paid", attempt=1), reissue_of="r1-B")

    assert {f.subject for f in department.ask("F15")} == {subject("lost"), subject("late")}


def test_f15_depends_on_the_day_of_the_audit(tmp_path: Path) -> None:
    department = Department(folder=tmp_path, as_of=date(2026, 11, 7))
    department.policy()
    department.run("r1", Entitled(person="p"))
    department.batch("r1-B", "r1", "returned", Answered(person="p", booked_on="2026-10-08"))

    assert department.ask("F15") == []  # the thirtieth day


# F18


def test_f18_the_run_is_not_what_was_on_notice(department: Department) -> None:
    department.notice("n1", *(Entitled(person=p) for p in ("both", "raised", "left-out")))
    department.run(
        "r1",
        Entitled(person="both"),
        Entitled(person="raised", amount_fen=15_001),
        Entitled(person="slipped-in"),
        notice="n1",
    )

    found = {f.subject: f.evidence["fault"] for f in department.ask("F18")}

    assert found == {
        subject("slipped-in"): "not-on-notice",
        subject("raised"): "amount-differs",
        subject("left-out"): "not-in-run",
    }
    [raised] = [f for f in department.ask("F18") if f.subject == subject("raised")]
    assert (raised.evidence["expected"], raised.evidence["computed"]) == ("15000", "15001")
    assert str(raised.evidence["notice_line"]).startswith("rosters/n1/lines.parquet:")


def test_f18_waits_for_the_run_and_lets_reissues_be(department: Department) -> None:
    department.notice("n1", Entitled(person="p"))
    department.notice("n2", Entitled(person="q"))
    department.run("r1", Entitled(person="p"), notice="n1")
    department.batch("r1-B", "r1", "returned", Answered(person="p"))
    department.run("r1-R1", Entitled(person="p", attempt=1), notice="n1", reissue_of="r1-B")

    assert department.ask("F18") == []


# F20


def test_f20_the_bank_reports_one_fen_less(department: Department) -> None:
    department.run("r1", Entitled(person="p"), Entitled(person="q"))
    department.batch(
        "r1-C", "r1", "credited", Answered(person="p"), Answered(person="q", amount_fen=14_999)
    )

    [finding] = department.ask("F20")

    assert finding.subject == subject("q")
    assert (finding.evidence["expected"], finding.evidence["computed"]) == ("15000", "14999")
    assert department.settlement() == []


def test_f20_large_amounts_never_meet_a_float(department: Department) -> None:
    """2^53 + 1 and 2^53 are one number to a float."""
    department.run("r1", Entitled(person="p", amount_fen=2**53 + 1))
    department.batch("r1-C", "r1", "credited", Answered(person="p", amount_fen=2**53))

    [finding] = department.ask("F20")

    assert finding.evidence["expected"] == "9007199254740993"
    assert finding.evidence["computed"] == "9007199254740992"


# Step 8


def test_step_8_a_line_that_is_not_in_its_run(department: Department) -> None:
    department.run("r1", Entitled(person="p"))
    department.batch("r1-C", "r1", "credited", Answered(person="stranger"))

    [finding] = department.settlement()

    assert (finding.rule, finding.subject) == ("S08", subject("stranger"))


def test_step_8_credited_and_returned_both(department: Department) -> None:
    department.run("r1", Entitled(person="p"), Entitled(person="q"))
    department.batch("r1-C", "r1", "credited", Answered(person="p"))
    department.batch("r1-B", "r1", "returned", Answered(person="p"))

    [finding] = department.settlement()

    assert finding.subject == subject("p")
    assert "returned r1-B:1" in str(finding.evidence["computed"])


def test_step_8_a_record_of_another_run(department: Department) -> None:
    department.run("r1", Entitled(person="p"))
    department.batch("r1-C", "r1", "credited", Answered(person="p", said_run="r2"))

    assert [f.subject for f in department.settlement()] == [subject("p")]


def test_step_8_a_reissue_of_what_never_came_back(department: Department) -> None:
    department.run("r1", Entitled(person="p"), Entitled(person="q"))
    department.batch("r1-B", "r1", "returned", Answered(person="p"))
    department.run(
        "r1-R1",
        Entitled(person="p", attempt=1),
        Entitled(person="q", attempt=1),
        reissue_of="r1-B",
    )

    assert [f.subject for f in department.settlement()] == [subject("q", 1)]


def test_step_8_totals_of_files_and_chain(department: Department) -> None:
    department.run("r1", Entitled(person="p"))
    department.batch("r1-C", "r1", "credited", Answered(person="p"))
    department._state.runs["r1"].credited_fen += 1

    [finding] = department.settlement()

    assert finding.subject == "run:r1"
