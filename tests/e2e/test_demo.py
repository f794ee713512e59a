"""The whole story, small, as `make demo` and `make up` run it."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

PAYEES = "300"
REFUSALS = (
    "FundLedger_Overspend",
    "FundLedger_SamePerson",
    "FundLedger_SameAgency",
    "AlreadyRecorded",
)


def demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "demo", *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def story(home: Path) -> subprocess.CompletedProcess[str]:
    return demo("--payees", PAYEES, "--home", str(home))


def test_the_story_ends_well(story: subprocess.CompletedProcess[str]) -> None:
    assert story.returncode == 0, story.stdout + story.stderr


@pytest.mark.parametrize("refusal", REFUSALS)
def test_the_contract_refuses_by_its_own_named_error(
    story: subprocess.CompletedProcess[str], refusal: str
) -> None:
    assert refusal in story.stdout


def test_money_in_is_money_out(story: subprocess.CompletedProcess[str]) -> None:
    granted = re.search(r"下达 appropriated ([0-9,.]+) 元", story.stdout)
    accounted = re.search(r"= ([0-9,.]+) 元", story.stdout.split("已到账 paid")[-1])

    assert granted
    assert accounted
    assert granted.group(1) == accounted.group(1)


def test_the_state_that_the_readme_names_is_there(
    story: subprocess.CompletedProcess[str], home: Path
) -> None:
    names = {path.name for path in home.iterdir()}

    assert {"network.toml", "evidence", "files", "planted.json", "report.html", "oracles"} <= names
    assert "http" not in re.findall(r'(?:src|href)="([^"]*)"', (home / "report.html").read_text())
    assert json.loads((home / "receipt.json").read_text())["version"] == 1


def test_no_number_of_a_person_is_in_the_services_log(
    story: subprocess.CompletedProcess[str], home: Path
) -> None:
    log = (home / "service.log").read_text()
    faults = json.loads((home / "planted.json").read_text())["faults"]
    numbers = {fault["id_number"] for fault in faults if fault.get("id_number")}

    assert numbers
    assert not [number for number in numbers if number in log]


def test_up_serves_what_the_demo_left_and_stops_on_ctrl_c(
    story: subprocess.CompletedProcess[str], home: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "demo", "up", "--home", str(home), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = next(line.split()[-1] for line in process.stdout if "服务 service" in line)
        answer = httpx.get(f"{url.rstrip('/')}/v1/funds/OAA-2026", timeout=30)
        assert answer.json()["fund"]["code"] == "OAA-2026"
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--payees", "5"), "5"),
        (("--month", "2026-13"), "2026-13"),
        (("--districts", "1"), "1"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_in_words(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    ran = demo(*arguments, "--home", str(tmp_path / "home"))

    assert ran.returncode == 2
    assert words in ran.stdout


def test_a_folder_with_other_things_in_it_is_never_cleared(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    ran = demo("--home", str(tmp_path))

    assert ran.returncode == 2
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_up_without_a_demo_says_what_to_run(tmp_path: Path) -> None:
    ran = demo("up", "--home", str(tmp_path))

    assert ran.returncode == 1
    assert "make demo" in ran.stdout or "network.toml" in ran.stdout
