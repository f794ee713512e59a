"""Chapter: the service answers; and `up`, which keeps chain and service running.

The service is the installed command in a process of its own, asked over HTTP as anyone would.
"""

import csv
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from demo.budget import fund_code
from demo.city import City
from demo.narrator import Narrator
from demo.opening import CHAIN_ID
from demo.stage import Stage
from fundtrail.chain.anvil import Anvil
from fundtrail.errors import NetworkFileError
from fundtrail.evidence import lines_path, read_lines
from fundtrail.network import load_network
from fundtrail.sum_tree import TreeKind

READY_SECONDS_MAX = 180.0
STOP_SECONDS_MAX = 30.0


def ask_service(stage: Stage, city: City, home: Path) -> bool:
    """Start the service, ask what an office, an elder and an auditor would ask, stop it."""
    narrator = stage.narrator
    narrator.chapter("服务应答", "the service answers")
    indexed = _run("fundtrail-service", "index", "--network", str(home / "network.toml"))
    narrator.say(f"fundtrail-service index: {indexed.splitlines()[-1]}")
    with _service(home) as (url, _), httpx.Client(base_url=url, timeout=30) as http:
        _wait_until_ready(http)
        fund = http.get(f"/v1/funds/{fund_code(city)}").raise_for_status().json()
        narrator.say(
            f"GET /v1/funds/{fund_code(city)}: {fund['fund']['conservation']['line']['zh']}"
        )

        run = city.run_code(city.streets[0])
        lines = read_lines(stage.evidence / lines_path(TreeKind.RUN, run))
        payment = next(lines).payment_id.hex()
        trace = http.get(f"/v1/payments/{payment}").raise_for_status().json()
        narrator.say(f"GET /v1/payments/{payment[:12]}…: {len(trace['steps'])} 步 steps")
        answer = _ask_as_payee(http, home, city)
        narrator.say(f"POST /v1/payee-status: {answer}")

        receipt = home / "receipt.json"
        receipt.write_bytes(http.get(f"/v1/payments/{payment}/receipt").raise_for_status().content)
    return _verify_receipt(home, receipt, narrator)


def keep_up(home: Path, port: int, narrator: Narrator) -> int:
    """`make up`: chain and service (on `port`) on the demo's state, until Ctrl-C."""
    network = load_network(home / "network.toml")
    state = home / "chain" / "state.json"
    if not state.exists():
        raise NetworkFileError(
            f"{state}: 先运行 make demo; expected the demo's chain, run make demo"
        )
    chain_port = urlsplit(network.rpc_urls[0]).port
    for stop in (signal.SIGINT, signal.SIGTERM):  # a shell's background job ignores Ctrl-C else
        signal.signal(stop, signal.default_int_handler)
    with (
        Anvil(port=chain_port, state=state, chain_id=CHAIN_ID) as anvil,
        _service(home, port) as (url, process),
    ):
        narrator.say(f"链 chain    {anvil.url}")
        narrator.say(f"服务 service {url}/")
        narrator.say(f"接口 API     {url}/docs")
        narrator.say("Ctrl-C 停止两者 stops both")
        try:
            process.wait()
        except KeyboardInterrupt:
            narrator.say("停止 stopping …")
    return 0


@contextmanager
def _service(home: Path, port: int = 0) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`fundtrail-service serve`, and the URL it prints."""
    command = [_command("fundtrail-service"), "serve", "--network", str(home / "network.toml")]
    log = (home / "service.log").open("w", encoding="utf-8")
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        start_new_session=True,  # Ctrl-C reaches us first, and we stop it
    )
    try:
        yield _url(process, home), process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _url(process: subprocess.Popen[str], home: Path) -> str:
    for line in process.stdout or ():
        if "http://" in line:
            return "http://" + line.split("http://", 1)[1].strip().rstrip("/")
    tail = (home / "service.log").read_text(encoding="utf-8")[-1000:]
    raise RuntimeError(f"fundtrail-service did not start: {tail}")


def _wait_until_ready(http: httpx.Client) -> None:
    deadline = time.monotonic() + READY_SECONDS_MAX
    while True:
        answer = http.get("/health/ready")
        if answer.status_code == httpx.codes.OK:
            return
        if time.monotonic() > deadline:
            raise RuntimeError(f"the service is not ready: {answer.text[:500]}")
        time.sleep(0.2)


def _ask_as_payee(http: httpx.Client, home: Path, city: City) -> str:
    """Print slips for one street and ask with the first code, as an elder would."""
    notice, slips = f"{city.run_code(city.streets[0])}-N", home / "slips.csv"
    told = ("--network", str(home / "network.toml"), "--notice", notice, "--out", str(slips))
    _run("fundtrail-service", "slips", *told)
    with slips.open(encoding="utf-8-sig", newline="") as file:
        code = list(csv.reader(file))[1][1]
    answer: dict[str, Any] = (
        http.post("/v1/payee-status", json={"code": code}).raise_for_status().json()
    )
    again = http.post("/v1/payee-status", json={"code": code})
    paid = answer["payments"][0]
    words = (
        f"{paid['state']['zh']} {paid['state']['en']} {paid['amount_yuan']} {paid['date'] or ''}"
    )
    return f"{words}; 同一查询码再用 the same code again: {again.status_code}"


def _verify_receipt(home: Path, receipt: Path, narrator: Narrator) -> bool:
    ran = subprocess.run(
        [_command("fundtrail-audit"), "receipt", str(receipt), "--network", f"{home}/network.toml"],
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode == 0:
        narrator.held("凭证离线验证通过 the receipt verifies offline: receipt.json")
    else:
        narrator.broken(f"凭证验证失败 receipt: {ran.stdout}{ran.stderr}")
    return ran.returncode == 0


def _run(name: str, *arguments: str) -> str:
    """What an installed command prints. Raises RuntimeError with its own words."""
    ran = subprocess.run([_command(name), *arguments], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"{name} {arguments[0]}: {ran.stdout}{ran.stderr}"[-2000:])
    return ran.stdout


def _command(name: str) -> str:
    return str(Path(sys.executable).with_name(name))
