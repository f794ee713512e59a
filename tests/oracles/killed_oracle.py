"""Kills an oracle with SIGKILL at every step of its way, starts it again, and lets it finish.

    python -m tests.oracles.killed_oracle FOLDER

Run by `test_killed_oracle.py` as a process of its own. A step is a moment after something that
lasts: a commit of the journal, a file, an append, a transaction sent, a line kept. For each step an
oracle of its own is begun by a child that kills itself there, then by one that is left alone.
Nothing in the product knows about it: the steps are wrapped around its functions here.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import fundtrail.chain.relay
import oracles.evidence_files
import oracles.naming
import oracles.outgoing
import oracles.tree_file
from fundtrail.chain.rpc import Rpc
from fundtrail.evidence import lines_path, read_lines
from fundtrail.network import load_network
from fundtrail.sum_tree import TreeKind
from fundtrail.tiles import FeedWriter
from oracles.draft import Draft
from oracles.journal import Journal
from oracles.oracle import Oracle
from tests.oracles.town import DOCUMENT, PASSPHRASE, Town, act

TOLD = {"region": "190102001", "period": "2026-10"}


def live(town: Town, folder: Path, roster: Path) -> None:
    """What is to be done exactly once: a file, an anchor, a run, its record, a dispute about it."""
    run = f"{folder.name}-RUN"
    with Oracle.open(folder, passphrase=PASSPHRASE, clock=town.now) as oracle:
        oracle.ingest("roster", roster, run=run, **TOLD)
        oracle.anchor()
        draft = oracle.prepare.run(run, fund="FREE-2026", document=DOCUMENT)
        oracle.anchor()
        act(oracle, draft, "clerk")
        act(
            oracle, oracle.prepare.statement(*opening(oracle, run), document=DOCUMENT), "petitioner"
        )


def opening(oracle: Oracle, run: str) -> tuple[str, dict[str, str]]:
    """A dispute about the first line of `run`, whose proof is made from its lines file."""
    line = next(read_lines(oracle.evidence / lines_path(TreeKind.RUN, run)))
    fields = {"dispute": f"{run}-D", "run": run, "payment_id": line.payment_id.hex()}
    fields |= {"amount_fen": str(line.amount_fen), "reason": "本人称未收到"}
    return "OpenDispute", fields


class Steps:
    """Counts the steps of this process and ends it at one of them."""

    def __init__(self, last: int | None) -> None:
        self.passed, self._last = 0, last

    def pass_one(self) -> None:
        if self.passed == self._last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.passed += 1

    def after(self, owner: Any, name: str) -> None:
        """A step after each call of `owner.name`."""
        original: Callable[..., Any] = getattr(owner, name)

        def stepped(*args: Any, **named: Any) -> Any:
            result = original(*args, **named)
            self.pass_one()
            return result

        setattr(owner, name, stepped)

    def after_commits(self) -> None:
        """A step after each commit that changed something. One before it would be the step before
        it: what is not committed is lost.
        """
        original = Journal.transaction

        @contextmanager
        def stepped(journal: Journal) -> Iterator[Connection]:
            with original(journal) as connection:
                before = connection.total_changes
                yield connection
                changed = connection.total_changes != before
            if changed:
                self.pass_one()

        Journal.transaction = stepped  # type: ignore[method-assign, assignment]


def wrap(steps: Steps) -> None:
    """Every function that leaves something behind."""
    steps.after_commits()
    steps.after(oracles.naming, "store_source")
    steps.after(oracles.naming, "store_openings")
    steps.after(oracles.tree_file, "write_lines")
    steps.after(FeedWriter, "append")
    steps.after(FeedWriter, "_append_entries")
    steps.after(Draft, "write")
    steps.after(fundtrail.chain.relay.Relayer, "send_raw")
    steps.after(oracles.outgoing, "keep_statement")


def start(work: Callable[[], None]) -> int:
    """Run `work` in a process of its own; its id."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return pid


def end(pid: int) -> int:
    """The exit status of a process, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill_and_restart(town: Town, folder: Path, step: int) -> None:
    """One oracle, killed at `step`, then left alone. Raises unless it went just so."""
    home = folder / "killed" / f"K{step:03d}"
    roster = folder / "killed" / "roster.xlsx"
    make(town, folder, home)

    def interrupted() -> None:
        wrap(Steps(step))
        live(town, home, roster)

    status = end(start(interrupted))
    if status != -signal.SIGKILL:
        raise RuntimeError(f"{home.name}: expected a killed oracle, got status {status}")
    status = end(start(lambda: live(town, home, roster)))
    if status != 0:
        raise RuntimeError(f"{home.name}: the restarted oracle ended with {status}")


def count_steps(town: Town, folder: Path) -> int:
    """How many steps an oracle has that nobody kills."""
    home = folder / "killed" / "whole"
    make(town, folder, home)
    counted = folder / "killed" / "steps"

    def whole() -> None:
        steps = Steps(None)
        wrap(steps)
        live(town, home, folder / "killed" / "roster.xlsx")
        counted.write_text(str(steps.passed))

    if end(start(whole)) != 0:
        raise RuntimeError("the oracle that was left alone failed")
    return int(counted.read_text())


def main(folder: Path) -> int:
    """Kill an oracle at each step, a few at a time; 0 if all of them came through."""
    network = load_network(folder / "network.toml")

    def town() -> Town:
        return Town(rpc=Rpc(network.rpc_urls), network=network, folder=folder / "killed")

    steps = count_steps(town(), folder)
    workers = max(2, os.cpu_count() or 1)

    def share(worker: int) -> None:
        for step in range(worker, steps, workers):
            kill_and_restart(town(), folder, step)

    pids = [start(lambda worker=worker: share(worker)) for worker in range(workers)]  # type: ignore[misc]
    statuses = [end(pid) for pid in pids]
    sys.stdout.write(f"{steps}\n")
    return max(abs(status) for status in statuses)


def make(town: Town, folder: Path, home: Path) -> None:
    """An oracle folder with a feed, a relayer and an evidence folder of its own."""
    maker = Town(rpc=town.rpc, network=town.network, folder=folder)
    evidence = home.with_name(f"{home.name}-evidence")
    maker.make_oracle(
        home, "1901-MZJ", home.name, {"roster": "free-roster.toml"}, evidence=evidence
    )
    mapping = (folder / "killed" / "free-roster.toml").read_bytes()
    (home / "free-roster.toml").write_bytes(mapping)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
