"""Every planted fault stands in the bytes and no other: found again without the generator.

Each test goes through all rows of the files and compares what it finds with `planted.json`, so a
fault that is missing and a fault that came by accident both fail.
"""

import json
from collections import Counter, defaultdict

import pytest

from tests.demo.department_files import Files, Row

AMOUNTS = ((100, 60000), (90, 35000), (80, 18000), (70, 15000), (65, 7500))
CHECKS = "10X98765432"


def checksum_holds(number: str) -> bool:
    total = sum(int(d) * pow(2, 17 - place, 11) for place, d in enumerate(number[:17]))
    return CHECKS[total % 11] == number[17]


def readable(row: Row) -> bool:
    cell = row.cells["公民身份号码"]
    return isinstance(cell, str) and checksum_holds(row.text("公民身份号码"))


@pytest.fixture(scope="module")
def roster(files: Files) -> list[Row]:
    return list(files.rows("civil/roster/*.xlsx"))


@pytest.fixture(scope="module")
def payable(roster: list[Row]) -> list[Row]:
    return [row for row in roster if readable(row)]


@pytest.fixture(scope="module")
def results(files: Files) -> list[Row]:
    every = [*files.rows("bank-a/*.csv"), *files.rows("bank-b/*.xlsx")]
    return [row for row in every if not row.text("批次号").endswith("-R1")]


@pytest.fixture(scope="module")
def reissued(files: Files) -> list[Row]:
    every = [*files.rows("bank-a/*.csv"), *files.rows("bank-b/*.xlsx")]
    return [row for row in every if row.text("批次号").endswith("-R1")]


@pytest.fixture(scope="module")
def person_of(payable: list[Row]) -> dict[str, str]:
    return {row.text("申请编号"): row.text("公民身份号码") for row in payable}


def test_the_list_says_what_was_put_in(files: Files) -> None:
    planted = json.loads(files.month.planted_file.read_text(encoding="utf-8"))
    counts = Counter(fault["fault"] for fault in planted["faults"])

    assert counts == {
        "paid-after-death": 3,
        "duplicate-two-districts": 2,
        "wrong-band": 3,
        "returned-not-reissued": 2,
        "on-run-not-on-notice": 2,
        "credited-off-by-one-fen": 1,
        "swapped-after-notice": 2,
        "id-rounded-by-excel": 2,
        "id-bad-checksum": 2,
        "wrong-encoding": 1,
        "missing-column": 1,
    }
    assert [fault["id"] for fault in planted["faults"]] == [f"P{n:02d}" for n in range(1, 22)]
    assert [decoy["fault"] for decoy in planted["decoys"]] == ["died-in-paid-month"] * 2
    assert all(decoy["expect"] == [] for decoy in planted["decoys"])


def test_no_person_carries_two_faults(files: Files) -> None:
    people = [one.id_number for one in files.month.planted if one.id_number]
    assert len(set(people)) == len(people)


def test_places_point_at_the_rows_of_their_application(files: Files) -> None:
    cells: dict[tuple[str, int | None], dict[str, str]] = {
        (row.file, row.number): {column: row.text(column) for column in row.cells}
        for pattern in ("civil/*/*", "bank-*/*", "hr/life-certification.csv", "funeral/deaths.csv")
        for row in files.rows(pattern)
    }
    for planted in files.month.planted:
        if planted.application is not None:
            row = cells[planted.place.file, planted.place.row]
            assert planted.application in (row.get("申请编号"), row.get("附言"))
            for place in planted.also:
                values = set(cells[place.file, place.row].values())
                named = {planted.id_number, planted.application} & values
                assert named or planted.fault in {"duplicate-two-districts", "swapped-after-notice"}


def test_the_dead_of_former_months_on_a_roster_are_the_planted_ones(
    files: Files, payable: list[Row]
) -> None:
    died = {
        row.text("公民身份号码"): row.text("死亡日期").replace("/", "-")
        for row in files.rows("funeral/deaths.csv")
    }
    on_roster = {row.text("公民身份号码") for row in payable} & died.keys()
    paid_month = {number for number in on_roster if month_of(died[number]) == (2026, 10)}

    assert on_roster - paid_month == files.expected("F01")
    assert all(month_of(died[number]) < (2026, 10) for number in on_roster - paid_month)
    assert paid_month == {
        one.id_number for one in files.month.planted if one.fault == "died-in-paid-month"
    }


def month_of(text: str) -> tuple[int, int]:
    if "-" in text:
        year, month, _ = map(int, text.split("-"))
        return year, month
    return int(text[:4]), int(text[4:6])


def test_people_paid_twice_are_the_planted_ones_in_two_districts(
    files: Files, payable: list[Row]
) -> None:
    districts = defaultdict(list)
    for row in payable:
        districts[row.text("公民身份号码")].append(row.text("申请编号")[3:9])
    twice = {number: found for number, found in districts.items() if len(found) > 1}

    assert twice.keys() == files.expected("F02")
    assert all(len(set(found)) == 2 for found in twice.values())


def test_amounts_off_the_policy_are_the_planted_ones(files: Files, payable: list[Row]) -> None:
    wrong = set()
    for row in payable:
        number = row.text("公民身份号码")
        born = int(number[6:14])
        age = (20261001 - born) // 10000
        right = next(amount for least, amount in AMOUNTS if age >= least)
        if row.fen("发放金额(元)") != right:
            wrong.add(number)
        assert row.text("出生日期").replace("/", "-").split("-")[0][:4] == number[6:10]
        assert row.cells["年龄"] == age
        assert (row.text("性别") == "男") == (int(number[16]) % 2 == 1)

    assert wrong == files.expected("F11")


def test_what_came_back_and_was_not_paid_again_is_planted(
    files: Files, results: list[Row], reissued: list[Row], person_of: dict[str, str]
) -> None:
    returned = {row.text("附言") for row in results if row.text("结果") == "失败"}
    again = {row.text("附言") for row in reissued}

    assert {person_of[one] for one in returned - again} == files.expected("F15")
    assert again < returned
    assert {row.text("结果") for row in reissued} == {"成功"}
    assert 0.01 < len(returned) / len(results) < 0.02


def test_payees_and_notice_differ_by_the_planted_ones(files: Files, payable: list[Row]) -> None:
    noticed = {
        (row.file[-13:-4], row.text("公民身份号码")) for row in files.rows("civil/notice/*.csv")
    }
    paid = {(row.file[-14:-5], row.text("公民身份号码")) for row in payable}

    assert {number for _, number in noticed ^ paid} == files.expected("F18")
    assert len(noticed ^ paid) == 2 + 2 * 2 + 2 + 2


def test_amounts_and_bands_on_the_notice_are_those_of_the_roster(
    files: Files, payable: list[Row]
) -> None:
    on_notice = {
        row.text("公民身份号码"): (row.fen("金额(元)"), row.text("档次"))
        for row in files.rows("civil/notice/*.csv")
    }
    differing = {
        row.text("公民身份号码")
        for row in payable
        if row.text("公民身份号码") in on_notice
        and on_notice[row.text("公民身份号码")] != (row.fen("发放金额(元)"), row.text("档次"))
    }
    assert differing == set()


def test_the_bank_differs_from_the_roster_by_one_fen_where_planted(
    files: Files, results: list[Row], payable: list[Row], person_of: dict[str, str]
) -> None:
    amounts = {row.text("申请编号"): row.fen("发放金额(元)") for row in payable}
    credited = {row.text("附言"): row.fen("金额(元)") for row in results}
    off = {one: amounts[one] - fen for one, fen in credited.items() if amounts[one] != fen}

    assert credited.keys() == amounts.keys()
    assert set(off.values()) == {1}
    assert {person_of[one] for one in off} == files.expected("F20")


def test_the_run_that_the_bank_spoiled_hosts_no_other_fault(files: Files) -> None:
    (spoiled,) = [one for one in files.month.planted if one.fault == "credited-off-by-one-fen"]
    roster = f"civil/roster/{spoiled.street}.xlsx"
    hosted = [
        one.id
        for one in files.month.planted
        if roster in {place.file for place in (one.place, *one.also)}
    ]
    assert hosted == [spoiled.id]


def test_numeric_id_cells_are_the_planted_ones(files: Files, roster: list[Row]) -> None:
    numeric = [row for row in roster if isinstance(row.cells["公民身份号码"], float)]

    assert {(row.file, row.number) for row in numeric} == files.quarantined("id-number-rounded")
    assert all(int(row.cells["公民身份号码"]) // 1000 >= 190102 * 10**9 for row in numeric)


def test_ids_with_a_bad_checksum_are_the_planted_ones(files: Files, roster: list[Row]) -> None:
    bad = {
        (row.file, row.number)
        for row in roster
        if isinstance(row.cells["公民身份号码"], str) and not readable(row)
    }
    assert bad == files.quarantined("id-number-checksum")


def test_one_file_is_in_no_agreed_encoding(files: Files) -> None:
    ((name, row),) = files.quarantined("file-encoding")
    content = (files.root / name).read_bytes()

    assert row is None
    for agreed in ("utf-8", "gb18030"):
        with pytest.raises(UnicodeDecodeError):
            content.decode(agreed)
    assert content.decode("utf-16").startswith("认证编号,")


def test_one_file_lacks_the_day_of_death(files: Files) -> None:
    ((name, row),) = files.quarantined("file-missing-column")
    header = (files.root / name).read_text(encoding="gb18030").splitlines()[0]

    assert row is None
    assert header == "登记编号,死者姓名,公民身份号码,登记单位,登记日期"


def test_the_files_that_cannot_be_read_name_nobody_else_named(
    files: Files, payable: list[Row]
) -> None:
    people = {row.text("公民身份号码") for row in payable}
    unread = (files.root / "hr/life-certification-supplement.csv").read_text(encoding="utf-16")
    unread += (files.root / "funeral/deaths-supplement.csv").read_text(encoding="gb18030")

    assert unread.count("1901") >= 80
    assert not any(number in unread for number in people)
