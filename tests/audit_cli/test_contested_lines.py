"""Struck lines are not paid: what rules and settlement say of them, and of what is to come back."""

from pathlib import Path

import pytest

from fundtrail.enums import DisputeStage, Stage
from tests.audit_cli.department import Answered, Department, Entitled, pay_id


@pytest.fixture
def department(tmp_path: Path) -> Department:
    made = Department(folder=tmp_path)
    made.policy()
    return made


def words(department: Department) -> list[str]:
    return [finding.en for finding in department.settlement()]


def test_f01_says_nothing_of_a_line_that_was_struck(department: Department) -> None:
    department.run("r1", Entitled(person="dead"), Entitled(person="gone"))
    department.death("dead", "2026-01-01")
    department.death("gone", "2026-01-01")
    department.dispute("D-1", "r1", "dead", struck=True)

    assert [f.subject for f in department.ask("F01")] == [f"payment:{pay_id('gone').hex()}"]


def test_f02_ends_where_one_of_two_lines_was_struck_or_its_run_cancelled(
    department: Department,
) -> None:
    for person in ("struck", "cancelled", "both"):
        department.run(f"a-{person}", Entitled(person=person))
        stage = Stage.CANCELLED if person == "cancelled" else Stage.APPROVED
        department.run(f"b-{person}", Entitled(person=person), stage=stage)
    department.dispute("D-1", "b-struck", "struck", struck=True)

    assert [f.subject for f in department.ask("F02")] == [f"payment:{pay_id('both').hex()}"]


def test_f02_lets_a_dispute_allow_what_is_paid_again(department: Department) -> None:
    for person in ("allowed", "not"):
        department.run(f"r-{person}", Entitled(person=person))
        department.dispute(
            f"D-{person}", f"r-{person}", person, held=False,
            allowed_fen=15_000 if person == "allowed" else 0,
        )  # fmt: skip
        again = Entitled(person=person, attempt=1)
        department.run(f"r-{person}-R1", again, reissue_of=f"D-{person}")

    assert [f.subject for f in department.ask("F02")] == [f"payment:{pay_id('not', 1).hex()}"]


def test_f18_does_not_miss_a_line_that_was_struck(department: Department) -> None:
    department.notice("n", *(Entitled(person=p) for p in ("paid", "struck", "left-out")))
    department.run("r1", Entitled(person="paid"), Entitled(person="struck"), notice="n")
    department.dispute("D-1", "r1", "struck", struck=True)

    assert [f.subject for f in department.ask("F18")] == [f"payment:{pay_id('left-out').hex()}"]


@pytest.mark.parametrize("said", [{"struck": True}, {"stage": DisputeStage.OPEN}])
def test_step_8_a_bank_that_answers_for_a_line_that_is_out(
    department: Department, said: dict[str, object]
) -> None:
    department.run("r1", Entitled(person="p"), Entitled(person="q"))
    department.dispute("D-1", "r1", "p", **said)
    department.batch("r1-C", "r1", "credited", Answered(person="p"), Answered(person="q"))

    [finding] = department.settlement()

    assert finding.subject == f"payment:{pay_id('p').hex()}"
    assert "a line that dispute D-1 held or struck" in finding.en


def test_step_8_a_line_that_was_freed_is_answered_like_any_other(department: Department) -> None:
    department.run("r1", Entitled(person="p"))
    department.dispute("D-1", "r1", "p")
    department.batch("r1-C", "r1", "credited", Answered(person="p"))

    assert words(department) == []


@pytest.mark.parametrize(
    ("again", "faults"),
    [
        (Entitled(person="p", attempt=1), 0),
        (Entitled(person="q", attempt=1), 1),
        (Entitled(person="p", attempt=1, amount_fen=15_001), 1),
    ],
)
def test_step_8_a_reissue_pays_the_disputed_line_and_no_more(
    department: Department, again: Entitled, faults: int
) -> None:
    department.run("r1", Entitled(person="p"), Entitled(person="q"), stage=Stage.CANCELLED)
    department.dispute("D-1", "r1", "p", struck=True, allowed_fen=15_000)
    department.run("r1-R1", again, reissue_of="D-1")

    found = words(department)

    assert len(found) == faults
    assert all("not the one of dispute D-1" in text for text in found)


def test_step_8_nothing_is_recovered_that_was_not_credited(department: Department) -> None:
    department.run("r1", Entitled(person="p"), Entitled(person="q"))
    department.batch("r1-C", "r1", "credited", Answered(person="p"))
    department.batch("r1-B", "r1", "returned", Answered(person="q"))
    department.recovery("REC-1", "r1", "p", 15_000)
    department.recovery("REC-2", "r1", "p", 15_001)
    department.recovery("REC-3", "r1", "q", 1)

    found = department.settlement()

    assert [f.evidence["receivable"] for f in found] == ["REC-2", "REC-3"]
    assert [f.evidence["computed"] for f in found] == ["15000", "not credited"]
