"""Do the tests notice? Changes the contracts, a little at a time, and runs forge's tests.

    python contracts/audit/mutation.py --most 60 --seed 1
    python contracts/audit/mutation.py --most 999 --refusals

Each mutant is one change (see mutants.py) in a copy of the tree; the sources here are not touched.
A mutant is killed when a test fails or the tests do not end in time; it survives when all pass. One
that does not compile says nothing and is not counted: the next of the sample takes its place. Which
mutants are run is decided by the seed alone. Exit 0 always: survivors are for a person to explain.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Queue
from typing import Literal, Self

from mutants import Mutant, mutants_of

Fate = Literal["killed", "survived", "timed out", "did not compile"]

PROJECT = Path(__file__).resolve().parents[2]
COPIED = ("contracts", "tests/vectors", "foundry.toml")
LINKED = ("node_modules", ".venv")
# Fewer cases than in `make test`: a mutant that only the 65th case meets counts as survived.
SETTINGS = {
    "FOUNDRY_FUZZ_RUNS": "64",
    "FOUNDRY_INVARIANT_RUNS": "8",
    "FOUNDRY_INVARIANT_DEPTH": "32",
    "FOUNDRY_DYNAMIC_TEST_LINKING": "true",  # a change of a contract does not recompile its tests
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A mutant and what became of it."""

    mutant: Mutant
    fate: Fate
    seconds: float


class Workshop:
    """A copy of the tree in which one mutant after another is tested."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of_project(cls, folder: Path) -> Self:
        """A copy of the tree as it is. Exits unless its tests pass before any mutant."""
        for name in COPIED:
            source = PROJECT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copy(source, folder / name)
        for name in LINKED:
            (folder / name).symlink_to(PROJECT / name)

        workshop = cls(folder)
        if (fate := workshop._fate(1800)) != "survived":
            sys.exit(f"测试本身没有通过 expected green tests before any mutant, got: {fate}")
        return workshop

    def twin(self, folder: Path) -> Self:
        """Another workshop like this one, with what it has compiled."""
        shutil.copytree(self._folder, folder, symlinks=True)
        return type(self)(folder)

    def examine(self, mutant: Mutant, seconds_max: float) -> Examined:
        """Test one mutant, and put the file back."""
        file, started = self._folder / mutant.file, time.monotonic()
        text = file.read_text(encoding="utf-8")
        file.write_text(mutant.apply(text), encoding="utf-8")
        try:
            fate = self._fate(seconds_max)
        finally:
            file.write_text(text, encoding="utf-8")
        return Examined(mutant=mutant, fate=fate, seconds=round(time.monotonic() - started, 1))

    def _fate(self, seconds_max: float) -> Fate:
        forge = [str(self._folder / "contracts/forge"), "test", "--fail-fast"]
        environment = {**os.environ, **SETTINGS}
        running = subprocess.Popen(
            forge,
            cwd=self._folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            said, _ = running.communicate(timeout=seconds_max)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
            return "timed out"

        if running.returncode == 0:
            return "survived"
        return "killed" if "Suite result: " in said else "did not compile"


def examine_all(sample: list[Mutant], most: int, seconds_max: float) -> Iterator[Examined]:
    """The first `most` mutants of the sample that compile, two at a time."""
    with tempfile.TemporaryDirectory(prefix="fundtrail-mutation-") as folder:
        free: Queue[Workshop] = Queue()
        first = Workshop.of_project(Path(folder) / "a")
        for workshop in (first, first.twin(Path(folder) / "b")):
            free.put(workshop)

        def examine(mutant: Mutant) -> Examined:
            workshop = free.get()
            try:
                return workshop.examine(mutant, seconds_max)
            finally:
                free.put(workshop)

        with ThreadPoolExecutor(max_workers=free.qsize()) as pool:
            waiting = iter(sample)
            counted = 0
            while counted < most and (batch := list(islice(waiting, min(8, most - counted)))):
                for examined in pool.map(examine, batch):
                    counted += examined.fate != "did not compile"
                    yield examined


def table(examined: list[Examined], population: int) -> str:
    """Kill rate and survivors, Chinese first."""
    fates = Counter(result.fate for result in examined)
    killed = fates["killed"] + fates["timed out"]
    counted = killed + fates["survived"]
    survivors = [f"  {result.mutant}" for result in examined if result.fate == "survived"]
    return "\n".join(
        [
            f"变异 mutants: {population}, 抽样 sampled: {counted} "
            f"(另有不能编译 and not compiling: {fates['did not compile']})",
            f"杀死 killed: {killed} ({killed / max(counted, 1):.1%}), "
            f"其中超时 of them by time: {fates['timed out']}",
            f"存活 survived: {fates['survived']}",
            *survivors,
        ]
    )


def document(examined: list[Examined], population: int) -> str:
    """The same as JSON."""
    rows = [
        {"mutant": str(result.mutant), "fate": result.fate, "seconds": result.seconds}
        for result in examined
    ]
    return json.dumps({"population": population, "examined": rows}, ensure_ascii=False, indent=2)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Mutate the contracts and run forge's tests.")
    parser.add_argument("--most", type=int, default=60, help="how many mutants (60)")
    parser.add_argument("--seed", type=int, default=1, help="which sample (1)")
    parser.add_argument("--refusals", action="store_true", help="only those that skip a refusal")
    parser.add_argument("--seconds-max", type=float, default=600, help="for one mutant (600)")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    chosen = parser.parse_args()

    population = [m for m in mutants_of(PROJECT) if m.skips_refusal or not chosen.refusals]
    sample = population.copy()
    random.Random(chosen.seed).shuffle(sample)  # noqa: S311 - a sample, not a secret
    examined = []
    for result in examine_all(sample, chosen.most, chosen.seconds_max):
        examined.append(result)
        sys.stderr.write(
            f"{len(examined):4} {result.fate:16} {result.seconds:6}s {result.mutant}\n"
        )
    shape = table if chosen.format == "table" else document
    sys.stdout.write(shape(examined, len(population)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
