"""One measurement in a process of its own: seconds, rows, peak memory, and the table of ratios.

Wall time on a shared machine is noise; processor time is not. Both are shown, and the ratio to the
limit, measured in the same process, is one of processor times. Nothing here is asserted.
"""

import argparse
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import Self

import psutil
from rich.console import Console
from rich.table import Table

DEFAULT_SIZES = (10_000, 100_000, 1_000_000)
LOOK_SECONDS = 0.05
COLUMNS = (
    "rows", "what", "rows/s", "rows/CPU s",
    "limit", "rows/s", "rows/CPU s", "CPU ratio", "peak MiB",
)  # fmt: skip


@dataclass(slots=True)
class Stopwatch:
    """Wall and processor seconds, of this process and of those it has waited for.

    Can be started again and adds up: `with watch: …`.
    """

    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def __enter__(self) -> Self:
        self.seconds -= time.perf_counter()
        self.cpu_seconds -= _processor_seconds()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter()
        self.cpu_seconds += _processor_seconds()

    def times(self, factor: float) -> "Stopwatch":
        """What more of the same work would take."""
        return Stopwatch(self.seconds * factor, self.cpu_seconds * factor)


def _processor_seconds() -> float:
    waited_for = os.times()
    return time.process_time() + waited_for.children_user + waited_for.children_system


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Our time and the limit's time over the same work of `rows` rows."""

    what: str
    limit: str
    rows: int
    ours: Stopwatch
    bare: Stopwatch
    peak_mib: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times the limit's processor time we take."""
        return self.ours.cpu_seconds / self.bare.cpu_seconds


def sizes(description: str, default: Sequence[int] = DEFAULT_SIZES) -> list[int]:
    """The sizes asked for on the command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--lines", type=int, nargs="*", default=list(default))
    parser.add_argument("--payees", type=int, help=argparse.SUPPRESS)
    found: list[int] = parser.parse_args().lines
    return found


def alone(measure: Callable[[int], Pair], rows: int) -> Pair:
    """Run `measure(rows)` in a fresh process, so that peak memory is its own and its workers'."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        process = psutil.Process(pool.submit(os.getpid).result())
        running = pool.submit(measure, rows)
        peak = _peak(process, running)
    return replace(running.result(), peak_mib=peak / 2**20)


def _peak(process: psutil.Process, running: Future[Pair]) -> int:
    """The most bytes that `process` and all below it held at a time, as often as it looked.

    Not ru_maxrss: Linux hands that of the parent on to what it starts.
    """
    peak = _held(process)
    while not running.done():
        time.sleep(LOOK_SECONDS)
        peak = max(peak, _held(process))
    return peak


def _held(process: psutil.Process) -> int:
    return sum(map(_resident, (process, *process.children(recursive=True))))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0  # it has just ended


def show(title: str, pairs: Sequence[Pair]) -> None:
    """Print the table, and the same as one JSON line for machines."""
    table = Table(title=title)
    for column in COLUMNS:
        table.add_column(column, justify="left" if column in ("what", "limit") else "right")
    for pair in pairs:
        table.add_row(
            f"{pair.rows:,}",
            pair.what,
            f"{pair.rows / pair.ours.seconds:,.0f}",
            f"{pair.rows / pair.ours.cpu_seconds:,.0f}",
            pair.limit,
            f"{pair.rows / pair.bare.seconds:,.0f}",
            f"{pair.rows / pair.bare.cpu_seconds:,.0f}",
            f"{pair.ratio:.2f}×",
            f"{pair.peak_mib:,.0f}",
        )
    Console(width=140).print(table)
    for pair in pairs:
        print(json.dumps({"bench": title, **asdict(pair), "ratio": round(pair.ratio, 3)}))
