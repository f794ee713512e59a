"""Health, metrics, pages and the OpenAPI document of a service that follows a living chain."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from fundtrail.chain.anvil import Anvil
from fundtrail.chain.rpc import Rpc
from ledger_service.cli import main
from ledger_service.examples import examples
from ledger_service.settings import Settings
from tests.ledger_service.conftest import Asked, running, settings_of
from tests.ledger_service.examples import ask_for_examples
from tests.scenario import START, Scenario, build_scenario


def eventually(true: Callable[[], bool], what: str) -> None:
    """Wait until `true`, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.05)


def ready(asked: Asked) -> httpx.Response:
    return asked.client.get("/health/ready")


def test_a_service_follows_the_chain_and_says_how_far_it_is(
    month: Scenario, postgres_url: str
) -> None:
    chosen = {"index": True, "poll_seconds": 0.05}
    with running(settings_of(month, postgres_url, **chosen)) as asked:
        eventually(lambda: ready(asked).status_code == 200, "an index at the head")
        told = ready(asked).json()
        assert told["status"] == "ok"
        assert (told["lag_blocks"], told["problem"], told["trees_refused"]) == (0, None, [])
        assert len(asked.get("/v1/funds")["items"]) == 6
        metrics = asked.client.get("/metrics").text
    assert re.search(rf"fundtrail_indexed_block {told['indexed_block']}\.0", metrics)
    assert "fundtrail_events_indexed_total 187.0" in metrics
    assert 'fundtrail_trees_total{outcome="loaded"} 10.0' in metrics


def test_new_blocks_are_there_a_moment_later_and_a_lost_node_is_told(
    postgres_url: str, tmp_path: Path
) -> None:
    with Anvil(timestamp=START) as anvil, Rpc(anvil.url) as rpc:
        month = build_scenario(anvil.url, tmp_path)
        chosen = {"index": True, "poll_seconds": 0.05}
        with running(settings_of(month, postgres_url, **chosen)) as asked:
            eventually(lambda: ready(asked).status_code == 200, "an index at the head")
            rpc.call("anvil_mine", "0x5")
            head = rpc.head()
            eventually(lambda: ready(asked).json()["indexed_block"] == head, "the new blocks")
            anvil.stop()
            eventually(lambda: ready(asked).status_code == 503, "a node that is gone")
            assert ready(asked).json()["problem"] == "NodeUnreachable"
            assert asked.get("/health/live") == {"status": "ok"}
            assert asked.get("/v1/funds")["items"], "what was indexed can still be read"


def test_a_service_that_is_far_behind_is_not_ready(service: Asked) -> None:
    response = ready(service)
    assert (response.status_code, response.json()["status"]) == (503, "behind")


def test_a_refused_file_is_named_in_health(
    month: Scenario, postgres_url: str, tmp_path: Path
) -> None:
    evidence = Path(shutil.copytree(month.evidence, tmp_path / "evidence"))
    (evidence / "runs/190101001-OAA-2026-10/lines.parquet").write_bytes(b"x")
    chosen = {"index": True, "poll_seconds": 0.05, "evidence": evidence}
    with running(settings_of(month, postgres_url, **chosen)) as asked:
        eventually(lambda: bool(ready(asked).json()["trees_refused"]), "a refused file")
        assert ready(asked).json()["trees_refused"] == ["runs/190101001-OAA-2026-10/lines.parquet"]
        assert asked.get("/v1/runs/190101001-OAA-2026-10")["proved"] is False
        payment = month.payment(outcome="credited").payment_id.hex()
        assert asked.client.get(f"/v1/payments/{payment}/receipt").status_code == 404


def test_the_document_is_openapi_3_1_and_every_answer_has_an_example(service: Asked) -> None:
    document = service.get("/openapi.json")
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation["responses"]["200"].get("content", {}).get("application/json", {})
            if path.startswith("/v1/"):
                assert content.get("example"), f"{method} {path}"


def test_the_examples_are_what_the_service_answers(service: Asked, month: Scenario) -> None:
    told = ask_for_examples(service, month)
    assert told.keys() == examples().keys() - {"dispute", "challenge"}
    for name, answer in told.items():
        assert answer == examples()[name], f"run python -m tests.ledger_service.examples: {name}"


def test_pages_are_chinese_first_and_load_nothing_from_elsewhere(service: Asked) -> None:
    for path in ("/", "/docs"):
        text = service.client.get(path).text
        assert '<html lang="zh-CN">' in text
        assert "/v1/payee-status" in text
        assert not re.search(r'(src|href)="(https?:)?//', text)
        assert "<script" not in text
    for link in re.findall(r'href="(/[^"{]*)"', service.client.get("/").text):
        assert service.client.get(link).status_code in (200, 503), link


def test_serve_prints_its_address_and_ctrl_c_stops_everything_it_started(
    month: Scenario, tmp_path: Path
) -> None:
    line = ["serve", "--network", str(month.network_path), "--data", str(tmp_path / "data")]
    process = subprocess.Popen(
        [sys.executable, "-m", "ledger_service.cli", *line, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    url = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert url, said
    eventually(lambda: httpx.get(f"{url.group()}/health/ready").status_code == 200, "readiness")
    server = int((tmp_path / "data/postgres/postmaster.pid").read_text().split("\n")[0])
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out.splitlines()[-1]) == (0, "已停止 stopped")
    assert all(json.loads(entry) for entry in err.splitlines())
    assert not Path(f"/proc/{server}").exists()


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["fundtrail-service", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    return int(end.value.code or 0)


@pytest.fixture
def command(
    month: Scenario,
    postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, Any]]:
    """Run a command with --format json on a database of this test's own."""
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    monkeypatch.setenv("FUNDTRAIL_NETWORK", str(month.network_path))

    def ask(*arguments: str) -> tuple[int, Any]:
        code = run(monkeypatch, *arguments, "--format", "json")
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else told.err

    return ask


def test_the_commands_index_rebuild_and_make_slips(
    command: Callable[..., tuple[int, Any]], tmp_path: Path
) -> None:
    done = {"events": 187, "trees": 10, "lines": 29, "refused": []}
    assert command("migrate") == (0, {"before": "", "after": "0004"})
    assert command("index") == (0, done)
    assert command("index", "--rebuild") == (0, {**done, "trees": 0, "lines": 0})
    notice, out = "190101001-OAA-2026-10-N", tmp_path / "slips.csv"
    made = {"notice": notice, "slips": 5, "out": str(out)}
    assert command("slips", "--notice", notice, "--out", str(out)) == (0, made)
    assert command("slips", "--notice", notice, "--out", str(tmp_path / "more.csv"))[0] == 1
    assert not (tmp_path / "more.csv").exists()
    assert command("migrate", "--to", "base") == (0, {"before": "0004", "after": ""})


def test_a_missing_network_file_is_named_in_one_line(
    command: Callable[..., tuple[int, Any]],
) -> None:
    code, told = command("index", "--network", "/nowhere/network.toml")
    assert code == 1
    assert "/nowhere/network.toml: no such network file" in told
    assert "Traceback" not in told


def test_settings_come_from_the_environment_and_folders_from_the_network_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FUNDTRAIL_NETWORK", str(tmp_path / "network.toml"))
    monkeypatch.setenv("FUNDTRAIL_PORT", "9000")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:secret@db/fundtrail")
    settings = Settings()
    assert (settings.port, settings.host) == (9000, "127.0.0.1")
    assert settings.evidence_folder == tmp_path / "evidence"
    assert settings.data_folder == tmp_path / "service"
    assert "secret" not in repr(settings)
