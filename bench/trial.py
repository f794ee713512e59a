"""One measurement in a process of its own: seconds, rows, peak memory, and the table of ratios.

Figures of shared machines are noisy; the ratio to the limit measured in the same process is what
can be compared. Nothing here is asserted.
"""

import argparse
import json
import multiprocessing
import resource
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.table import Table

DEFAULT_SIZES = (10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Our seconds and the limit's seconds over the same work of `rows` rows."""

    what: str
    limit: str
    rows: int
    seconds: float
    limit_seconds: float
    peak_mib: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times the limit's time we take."""
        return self.seconds / self.limit_seconds


def sizes(description: str, default: Sequence[int] = DEFAULT_SIZES) -> list[int]:
    """The sizes asked for on the command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--lines", type=int, nargs="*", default=list(default))
    parser.add_argument("--payees", type=int, help=argparse.SUPPRESS)
    found: list[int] = parser.parse_args().lines
    return found


def alone(measure: Callable[[int], Pair], rows: int) -> Pair:
    """Run `measure(rows)` in a fresh process, so that peak memory is its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (measure, rows))


def _measured(measure: Callable[[int], Pair], rows: int) -> Pair:
    pair = measure(rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak += resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Pair(**{**asdict(pair), "peak_mib": peak / 1024})


def show(title: str, pairs: Sequence[Pair]) -> None:
    """Print the table, and the same as one JSON line for machines."""
    table = Table(title=title)
    for column in ("rows", "what", "rows/s", "limit", "limit rows/s", "ratio", "peak MiB"):
        table.add_column(column, justify="left" if column in ("what", "limit") else "right")
    for pair in pairs:
        table.add_row(
            f"{pair.rows:,}",
            pair.what,
            f"{pair.rows / pair.seconds:,.0f}",
            pair.limit,
            f"{pair.rows / pair.limit_seconds:,.0f}",
            f"{pair.ratio:.2f}×",
            f"{pair.peak_mib:,.0f}",
        )
    Console(width=140).print(table)
    for pair in pairs:
        print(json.dumps({"bench": title, **asdict(pair), "ratio": round(pair.ratio, 3)}))
