"""fundtrail-oracle as a clerk types it: from an empty folder to a run on the chain."""

import json
import re
import sys
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import typer.main

import oracles.cli
from fundtrail.chain.bindings import FundLedger
from fundtrail.enums import Stage
from fundtrail.evidence import lines_path, read_lines, write_lines
from fundtrail.signers import write_keystore
from fundtrail.sum_tree import TreeKind
from oracles.cli import app, main
from oracles.mapping_file import SHIPPED
from oracles.oracle import Oracle
from oracles.oracle_folder import make_folder
from tests.oracles.department_files import elders, write_csv, write_roster
from tests.oracles.town import CIVIL, DOCUMENT, Town, act, signer

Cli = Callable[..., tuple[int, str, str]]
RUN = "CLI-OAA-2026-10"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs the command in this process; (exit code, standard output, standard error)."""
    monkeypatch.setenv("FUNDTRAIL_PASSPHRASE", "pw")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(oracles.cli, "make_folder", partial(make_folder, iterations=1))

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["fundtrail-oracle", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def folder(town: Town, cli: Cli, tmp_path: Path) -> Path:
    """An oracle made by `init`, with the town's officer and a relayer of its own."""
    folder = tmp_path / "oracle"
    code, said, _ = _init(cli, town, folder, tmp_path)
    assert code == 0
    assert set(json.loads(said)) == {"folder", "relayer", "officer"}
    return folder


def _init(cli: Cli, town: Town, folder: Path, tmp_path: Path) -> tuple[int, str, str]:
    return cli(
        "init", folder, "--agency", CIVIL, "--feed", _feed(tmp_path),
        "--operator", "王小明", "--system", "民政系统", "--document", DOCUMENT,
        "--network", town.folder / "network.toml", "--evidence", tmp_path / "evidence",
        "--source", "roster=shipped:roster", "--source", "deaths=shipped:deaths",
        "--format", "json",
    )  # fmt: skip


def _feed(tmp_path: Path) -> str:
    return f"cli-{sha256(tmp_path.name.encode()).hexdigest()[:12]}"


def key(tmp_path: Path, name: str) -> Path:
    path = tmp_path / f"{name}.json"
    write_keystore(path, signer(name).private_bytes(), "pw", iterations=1)
    return path


def _pay_without_notice(folder: Path) -> None:
    """Let the folder's rosters be of the programme that shows none."""
    free = (SHIPPED / "roster.toml").read_text(encoding="utf-8").replace('"OAA"', '"FREE"')
    (folder / "free.toml").write_text(free, encoding="utf-8")
    settings = folder / "oracle.toml"
    text = settings.read_text(encoding="utf-8").replace("shipped:roster", "free.toml")
    settings.write_text(text, encoding="utf-8")


def test_a_run_goes_from_a_file_to_the_chain(
    town: Town, cli: Cli, folder: Path, tmp_path: Path
) -> None:
    _pay_without_notice(folder)
    rows = [elder.roster_row() for elder in elders(3)]
    rows[1][3] = 190102194501010000
    roster = write_roster(tmp_path / "r.xlsx", rows)
    at = ("--folder", folder)

    told = ("--set", f"run={RUN}", "--set", "region=190102001", "--set", "period=2026-10")
    code, said, _ = cli("ingest", "roster", roster, *told, *at)
    assert code == 0
    assert "r.xlsx D5 · 公民身份号码 · 18 digits, ends in 000 [id-number-rounded]" in said

    code, said, _ = cli(
        "prepare",
        "run",
        RUN,
        "--fund",
        "FREE-2026",
        "--document",
        DOCUMENT,
        *at,
        "--format",
        "json",
    )
    draft = folder / "outbox" / Path(json.loads(said)[0]["file"]).name
    code, said, _ = cli("sign", draft, "--key", key(tmp_path, "clerk"), "--yes", *at)
    assert code == 0
    assert "300.00 元" in said
    assert f"发放批次 run {RUN}, 2 笔 lines, 300.00 元" in said

    code, _, said = cli("submit", draft, *at)
    assert code == 2
    assert "尚未锚定" in said
    code, said, _ = cli("anchor", "--key", key(tmp_path, "oracle-civil"), *at)
    assert code == 0
    assert "开立数据流" in said
    code, said, _ = cli("submit", draft, *at, "--format", "json")
    assert code == 0
    assert json.loads(said)[0]["subject"] == RUN
    assert FundLedger(town.network, town.rpc).run(RUN).stage is Stage.PREPARED

    code, said, _ = cli("status", *at, "--format", "json")
    status = json.loads(said)
    assert (status["feed"]["entries"], status["feed"]["anchored"]) == (3, 3)
    assert [act["state"] for act in status["acts"]] == ["kept", "kept", "kept"]
    code, said, _ = cli("status", "--quarantine", *at, "--format", "json")
    assert [entry["cell"] for entry in json.loads(said)] == ["D5"]


def test_a_dispute_is_read_signed_and_recorded_with_its_line(
    town: Town, cli: Cli, folder: Path, tmp_path: Path
) -> None:
    lines = _a_run_on_the_chain(town, folder, tmp_path)
    line = next(read_lines(lines))
    rest = tmp_path / "rest.parquet"
    write_lines(rest, list(read_lines(lines))[1:], TreeKind.RUN)
    fields = {
        "dispute": "CLI-D", "run": "CLI-DISPUTED", "payment_id": line.payment_id.hex(),
        "amount_fen": "15000", "reason": "本人称未收到",
    }  # fmt: skip
    given = [item for name, text in fields.items() for item in ("--set", f"{name}={text}")]
    at = ("--folder", folder)
    code, _, _ = cli("prepare", "statement", "OpenDispute", *given, "--document", DOCUMENT, *at)
    assert code == 0
    draft, by = folder / "outbox" / "OpenDispute-CLI-D.json", key(tmp_path, "petitioner")

    code, _, said = cli("sign", draft, "--key", by, "--yes", "--lines", rest, *at)
    assert code == 2
    assert "明细文件的根与链上 CLI-DISPUTED 的不符" in said
    assert json.loads(draft.read_text(encoding="utf-8"))["signatures"] == []
    code, said, _ = cli("sign", draft, "--key", by, "--yes", "--lines", lines, *at)
    assert code == 0
    assert "批次 run CLI-DISPUTED 第 1 笔,共 3 笔,150.00 元" in said
    lines.rename(tmp_path / "lines.parquet")
    code, _, said = cli("submit", draft, *at)
    assert code == 2
    assert "请用 --lines 指明" in said
    code, said, _ = cli("submit", draft, "--lines", tmp_path / "lines.parquet", *at)
    assert code == 0
    assert "提出争议" in said
    assert FundLedger(town.network, town.rpc).run("CLI-DISPUTED").held_fen == 15_000


def _a_run_on_the_chain(town: Town, folder: Path, tmp_path: Path) -> Path:
    """The lines file of a run of three that is prepared."""
    _pay_without_notice(folder)
    roster = write_roster(tmp_path / "d.xlsx", [elder.roster_row() for elder in elders(3)])
    told = {"run": "CLI-DISPUTED", "region": "190102001", "period": "2026-10"}
    with Oracle.open(folder, passphrase="pw", clock=town.now) as oracle:
        oracle.ingest("roster", roster, **told)
        draft = oracle.prepare.run(told["run"], fund="FREE-2026", document=DOCUMENT)
        oracle.anchor(signer("oracle-civil"))
        act(oracle, draft, "clerk")
        return oracle.evidence / lines_path(TreeKind.RUN, told["run"])


def test_a_file_that_cannot_be_read_ends_with_1(cli: Cli, folder: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "d.csv", ["登记编号", "死者姓名"], [["1", "张"]], "gb18030")
    code, said, _ = cli("ingest", "deaths", file, "--folder", folder)
    assert code == 1
    assert "[file-missing-column]" in said
    assert "死亡日期" in said


def test_the_contract_s_refusal_is_said_in_words_and_ends_with_1(
    cli: Cli, folder: Path, tmp_path: Path
) -> None:
    fields = {"id": "X-1", "parent": "NONE", "fund": "F-1", "agency": CIVIL, "amount_fen": "1"}
    given = [item for name, text in fields.items() for item in ("--set", f"{name}={text}")]
    _, said, _ = cli(
        "prepare", "statement", "PassOn", *given, "--document", "文", "--folder", folder,
        "--format", "json",
    )  # fmt: skip
    draft = folder / "outbox" / "PassOn-X-1.json"
    assert Path(json.loads(said)[0]["file"]).name == draft.name
    cli("sign", draft, "--key", key(tmp_path, "budget"), "--yes", "--folder", folder)
    code, _, said = cli("submit", draft, "--folder", folder)
    assert code == 1
    assert "FundLedger_UnknownFund" in said
    assert CHINESE.search(said)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("ingest", "roster"), "file"),
        (("prepare", "run", "R", "--fund", "F", "--document", "文"), "R"),
        (("prepare", "statement", "Pay", "--set", "a=b", "--document", "文"), "Pay"),
        (("prepare", "statement", "Allot", "--set", "a", "--document", "文"), "name=value"),
        (("prepare", "release", "R"), "R"),
        (("sign", "none.json", "--key", "k.json"), "none.json"),
        (("submit", "none.json"), "none.json"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_was_meant(
    cli: Cli, folder: Path, arguments: tuple[str, ...], named: str
) -> None:
    code, _, said = cli(*arguments, "--folder", folder)
    assert code == 2
    assert named in said
    assert "Traceback" not in said


def test_a_node_that_is_not_there_ends_with_3(cli: Cli, folder: Path) -> None:
    settings, network = folder / "oracle.toml", folder / "network.toml"
    text = settings.read_text(encoding="utf-8")
    held = re.search(r'network = "(.*)"', text)
    assert held is not None
    nowhere = Path(held[1]).read_text(encoding="utf-8")
    network.write_text(re.sub(r"rpc_urls = \[.*\]", 'rpc_urls = ["http://127.0.0.1:1"]', nowhere))
    settings.write_text(text.replace(held[1], "network.toml"), encoding="utf-8")
    code, _, said = cli("anchor", "--folder", folder)
    assert code == 3
    assert "节点没有应答" in said


# Help: Chinese first, nothing without a word.


def commands(group: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Every command below `group` with the words that call it."""
    if not hasattr(group, "commands"):
        return [(path, group)]
    return [
        found
        for name, command in group.commands.items()
        for found in commands(command, (*path, name))
    ]


COMMANDS = commands(typer.main.get_command(app))
PATHS = [" ".join(path) for path, _ in COMMANDS]


def test_the_commands_are_those_of_the_manual() -> None:
    assert PATHS == [
        "init", "ingest", "anchor", "sign", "submit", "status",
        "prepare notice", "prepare run", "prepare reissue", "prepare review", "prepare approve",
        "prepare release", "prepare batch", "prepare open-feed", "prepare anchor",
        "prepare statement",
    ]  # fmt: skip


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=PATHS)
def test_every_command_and_option_is_explained_in_chinese_first(
    cli: Cli, path: tuple[str, ...], command: Any
) -> None:
    code, said, _ = cli(*path, "--help")
    assert code == 0
    assert f"Usage: fundtrail-oracle {' '.join(path)}" in said
    assert CHINESE.match(command.help.strip())
    for option in command.params:
        assert option.help, f"{path}: {option.name}"
        assert (option.metavar or max(option.opts, key=len)) in said


def test_every_answer_can_be_had_as_json() -> None:
    for path, command in COMMANDS:
        names = {option.name for option in command.params}
        assert "format" in names, path
