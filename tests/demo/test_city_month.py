"""The month as a whole: sums, certifications, oddities, same seed same bytes, bounded memory."""

import json
import subprocess
import sys
import tracemalloc
import warnings
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from demo.city import CityError, build_city, write_month
from demo.city.planting import plant_ids
from tests.demo.department_files import Files

ROOT = Path(__file__).parents[2]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_vouchers_add_up_to_what_can_be_read_from_the_rosters(files: Files) -> None:
    unread = files.quarantined("id-number-rounded") | files.quarantined("id-number-checksum")
    accepted: Counter[str] = Counter()
    for row in files.rows("civil/roster/*.xlsx"):
        if (row.file, row.number) not in unread:
            accepted[f"{row.file[-14:-5]}-OAA-2026-10"] += row.fen("发放金额(元)")
    vouchers = {
        f"{row.text('用款单位')}-{row.text('项目')}": row.fen("金额(元)")
        for row in files.rows("treasury/vouchers.csv")
    }

    assert len(unread) == 4
    assert vouchers == accepted
    assert vouchers == {run.code: run.total_fen for run in files.month.runs}


def test_reissue_vouchers_add_up_to_the_reissue_rosters_and_to_the_bank(files: Files) -> None:
    rosters: Counter[str] = Counter()
    for row in files.rows("civil/reissue/*.xlsx"):
        rosters[f"{row.file[-14:-5]}-OAA-2026-10-R1"] += row.fen("发放金额(元)")
    banks: Counter[str] = Counter()
    for pattern in ("bank-a/*-R1.csv", "bank-b/*-R1.xlsx"):
        for row in files.rows(pattern):
            banks[row.text("批次号")] += row.fen("金额(元)")
    vouchers = {
        f"{row.text('用款单位')}-{row.text('项目')}": row.fen("金额(元)")
        for row in files.rows("treasury/vouchers-reissue.csv")
    }

    assert vouchers == rosters == banks
    assert vouchers == {run.code: run.total_fen for run in files.month.reissues}


def test_a_reissue_goes_to_another_account_than_the_one_that_failed(files: Files) -> None:
    first = {row.text("申请编号"): row for row in files.rows("civil/roster/*.xlsx")}
    again = list(files.rows("civil/reissue/*.xlsx"))

    assert again
    for row in again:
        before = first[row.text("申请编号")]
        assert row.text("银行账号") != before.text("银行账号")
        assert row.text("公民身份号码") == before.text("公民身份号码")


def test_returns_carry_a_reason_and_credits_none(files: Files) -> None:
    rows = [*files.rows("bank-a/*.csv"), *files.rows("bank-b/*.xlsx")]
    reasons = {(row.text("结果"), row.text("原因代码")) for row in rows}

    assert reasons == {("成功", ""), ("失败", "AC01"), ("失败", "AC04"), ("失败", "BE01")}


def test_every_payee_is_certified_once(files: Files) -> None:
    certified = Counter(row.text("公民身份号码") for row in files.rows("hr/life-certification.csv"))
    unread = files.quarantined("id-number-rounded") | files.quarantined("id-number-checksum")
    payees = {
        row.text("公民身份号码")
        for row in files.rows("civil/roster/*.xlsx")
        if (row.file, row.number) not in unread
    }

    assert set(certified.values()) == {1}
    assert payees < certified.keys()
    assert len(certified) == 2400 - 2


def test_the_files_have_the_oddities_of_real_ones(files: Files) -> None:
    rosters = list(files.rows("civil/roster/*.xlsx"))
    full_width = set("０１２３４５６７８９")

    assert any(full_width & set(row.cells["联系电话"]) for row in rosters)
    assert any(row.cells["姓名"] != row.cells["姓名"].rstrip() for row in rosters)
    styles = {row.cells["出生日期"][4] in "-/" and row.cells["出生日期"][4] for row in rosters}
    assert styles == {"-", "/", False}
    assert (files.root / "civil/notice/190102001.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(UnicodeDecodeError):
        (files.root / "funeral/deaths.csv").read_text(encoding="utf-8")
    assert '"' in (files.root / "treasury/vouchers.csv").read_text(encoding="utf-8-sig")


def test_another_program_opens_the_workbooks_without_a_warning(files: Files) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = openpyxl.load_workbook(files.root / "civil/roster/190102001.xlsx")

    sheet = book["发放名册"]
    assert sheet["A1"].value == "云州市云中区安宁街道老年综合津贴发放名册（2026年10月）"
    assert sheet["D3"].value == "公民身份号码"
    assert sheet["D4"].number_format == "@"
    assert sheet.max_row == files.month.city.streets[0].payees + 3


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("same", 5), ("other", 6)):
        write_month(build_city(seed=seed, payees=900), tmp_path / name)

    one, same, other = (tree(tmp_path / name) for name in ("one", "same", "other"))
    assert one == same
    assert one.keys() == other.keys()
    assert all(one[name] != other[name] for name in one)


def test_the_smallest_city_carries_every_fault(tmp_path: Path) -> None:
    city = build_city(seed=1, payees=60, districts=2, streets_per_district=1)
    month = write_month(city, tmp_path)

    assert len({one.fault for one in month.planted}) == 12
    assert sum(run.lines for run in month.runs) == 56


def test_a_bigger_city_carries_more_faults() -> None:
    few, many = plant_ids(build_city(payees=20_000)), plant_ids(build_city(payees=2_000_000))
    assert len(few["wrong-band"]) == 3
    assert len(many["wrong-band"]) == 9
    assert len(many["wrong-encoding"]) == 1


def test_another_month_has_its_own_days(tmp_path: Path) -> None:
    city = build_city(payees=60, districts=2, streets_per_district=1, month="2027-01")
    month = write_month(city, tmp_path)

    notice = month.layout.notice(city.streets[0]).read_text(encoding="utf-8-sig")
    assert "2026/12/18,2026/12/25" in notice
    assert month.runs[0].code == "190102001-OAA-2027-01"


def test_memory_does_not_grow_with_the_payees(tmp_path: Path) -> None:
    peaks: dict[int, int] = {}
    for payees in (500, 500, 5000):  # the first one warms up what is loaded once
        city = build_city(payees=payees, districts=2, streets_per_district=2)
        tracemalloc.start()
        write_month(city, tmp_path / f"{payees}-{len(peaks)}")
        peaks[payees] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert peaks[5000] < peaks[500] * 1.2 + 200_000


def test_files_of_an_earlier_month_are_not_written_over(tmp_path: Path) -> None:
    city = build_city(payees=60, districts=2, streets_per_district=1)
    write_month(city, tmp_path)
    before = tree(tmp_path)

    with pytest.raises(CityError, match=r"已存在.*choose another directory"):
        write_month(city, tmp_path)
    assert tree(tmp_path) == before


def test_an_interrupted_month_leaves_no_files_and_can_be_written_again(tmp_path: Path) -> None:
    city = build_city(payees=60, districts=2, streets_per_district=1)

    def interrupted(lines: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_month(city, tmp_path, interrupted)
    assert not (tmp_path / "files").exists()

    write_month(city, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"files", "planted.json"}


def test_progress_adds_up_to_the_payees(tmp_path: Path) -> None:
    told: list[int] = []
    write_month(build_city(payees=3000, districts=2), tmp_path, told.append)
    assert sum(told) == 3000
    assert len(told) > 6


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "demo.city", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    small = ("--payees", "100", "--districts", "2", "--streets", "1", "--out", str(tmp_path))
    first = command(*small, "--format", "json")
    assert first.returncode == 0
    assert json.loads(first.stdout)["payable_lines"] == 96

    again = command(*small)
    assert again.returncode == 2
    assert "已存在" in again.stderr
    assert "Traceback" not in again.stderr


def test_the_command_refuses_what_cannot_be(tmp_path: Path) -> None:
    refused = command("--payees", "3", "--out", str(tmp_path))
    assert refused.returncode == 2
    assert "收到 3" in refused.stderr
    assert "got 3" in refused.stderr

    (tmp_path / "file").write_text("", encoding="utf-8")
    blocked = command("--payees", "300", "--out", str(tmp_path / "file"))
    assert blocked.returncode == 2
    assert "无法写入" in blocked.stderr
    assert "Traceback" not in blocked.stderr
