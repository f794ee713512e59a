"""Anvil, the chain of demo, tests and benches: a node of one's own, with a state that stays.

Guarantees: listens on 127.0.0.1 only, mines a block per transaction and none without one, asks no
fee, and ends with its `with` block. With `state` the chain is written every second and on the way
out, so at most the last second is lost to a SIGKILL; a node that a killed process left on the same
state is ended first. Not a production chain: it has one signer, no peers and no finality.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from fundtrail.chain.errors import NodeError, NodeUnreachable
from fundtrail.chain.rpc import Rpc

BLOCK_GAS_LIMIT = 500_000_000
START_SECONDS_MAX = 30.0
STOP_SECONDS_MAX = 30.0

_PROJECT = Path(__file__).resolve().parents[2]
_PLATFORMS = {"linux": "linux", "darwin": "darwin", "win32": "win32"}
_MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


class AnvilError(NodeError):
    """Anvil is not there, or did not start."""


def find_anvil() -> Path:
    """The anvil of this project, else the one on PATH. Raises AnvilError where there is none."""
    machine = _MACHINES.get(os.uname().machine.lower(), os.uname().machine)
    package = f"anvil-{_PLATFORMS.get(sys.platform, sys.platform)}-{machine}"
    ours = _PROJECT / "node_modules" / "@foundry-rs" / package / "bin" / "anvil"
    if ours.exists():
        return ours
    if on_path := shutil.which("anvil"):
        return Path(on_path)
    raise AnvilError(
        f"没有找到 anvil,请先运行 make setup. Expected anvil at {ours} or on PATH, got neither"
    )


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listened on a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def arguments(
    *,
    port: int,
    chain_id: int,
    folder: Path,
    state: Path | None,
    timestamp: int | None,
    traced: bool = False,
) -> list[str]:
    """The command line of a node: `folder` takes what anvil spills, `state` keeps the chain."""
    line = [str(find_anvil()), "--host", "127.0.0.1", "--port", str(port), "--quiet"]
    line += ["--chain-id", str(chain_id), "--hardfork", "london", "--order", "fifo"]
    line += ["--gas-price", "0", "--block-base-fee-per-gas", "0", "--disable-min-priority-fee"]
    line += ["--gas-limit", str(BLOCK_GAS_LIMIT), "--no-request-size-limit"]
    line += ["--cache-path", str(folder)]
    if state is not None:
        line += ["--state", str(state), "--state-interval", "1"]
    if timestamp is not None and not (state and state.exists()):
        line += ["--timestamp", str(timestamp)]
    if traced:
        line += ["--steps-tracing"]
    return line


class Anvil:
    """A running node between `__enter__` and `__exit__`.

    `port` None takes a free one. `timestamp` is the genesis block's time in unix seconds; it is
    used only when `state` is new. A `traced` node answers debug_traceTransaction with every step.
    """

    def __init__(
        self,
        *,
        port: int | None = None,
        state: Path | None = None,
        chain_id: int = 31337,
        timestamp: int | None = None,
        traced: bool = False,
    ) -> None:
        self.port = port or free_port()
        self.chain_id = chain_id
        self.state = state.resolve() if state else None
        self._timestamp = timestamp
        self._traced = traced
        self._spill: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the node answers JSON-RPC."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process id of the running node."""
        if self._process is None:
            raise AnvilError("anvil is not running: expected to be inside its `with` block")
        return self._process.pid

    def __enter__(self) -> Self:
        home = self.state.parent if self.state else None
        if self.state and home:
            home.mkdir(parents=True, exist_ok=True)
            _end_leftover(_pid_file(self.state), self.state)
        self._spill = tempfile.TemporaryDirectory(prefix="anvil-", dir=home)
        try:
            self._start(Path(self._spill.name))
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the node and wait until its state is written. Does nothing the second time."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # anvil writes its state on SIGINT
            try:
                self._process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._spill is not None:
            self._spill.cleanup()
            self._spill = None
        if self.state:
            _pid_file(self.state).unlink(missing_ok=True)

    def _start(self, folder: Path) -> None:
        _require_free(self.port)
        line = arguments(
            port=self.port,
            chain_id=self.chain_id,
            folder=folder,
            state=self.state,
            timestamp=self._timestamp,
            traced=self._traced,
        )
        log = folder / "anvil.log"
        with log.open("wb") as out:
            # A session of its own: Ctrl-C reaches the caller, which ends the node when it is done.
            self._process = subprocess.Popen(
                line,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, "TMPDIR": str(folder)},
                start_new_session=True,
            )
        if self.state:
            _pid_file(self.state).write_text(f"{self._process.pid}\n")
        self._wait_until_it_answers(log)

    def _wait_until_it_answers(self, log: Path) -> None:
        deadline = time.monotonic() + START_SECONDS_MAX
        with Rpc(self.url, timeout_seconds=2) as rpc:
            while time.monotonic() < deadline:
                if self._process is None or self._process.poll() is not None:
                    break
                try:
                    return rpc.require_chain(self.chain_id)
                except NodeUnreachable:
                    time.sleep(0.02)
        said = log.read_text(errors="replace").strip()[-400:]
        raise AnvilError(f"anvil 没有启动 did not start on port {self.port}: {said or 'no reason'}")


def _require_free(port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            raise AnvilError(f"端口被占用: expected port {port} to be free, got {error}") from error


def _pid_file(state: Path) -> Path:
    return state.with_name(state.name + ".pid")


def _end_leftover(pid_file: Path, state: Path) -> None:
    """End the node that a killed process left on `state`; any other process is left alone."""
    try:
        pid = int(pid_file.read_text())
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return
    if str(state).encode() not in command:
        return

    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS_MAX
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
