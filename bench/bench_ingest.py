"""ingest: department files → records, openings, journal, feed, beside merely reading their cells.

The files are a synthetic city's: one roster workbook and one notice CSV for each street. Ours is
the oracle's own `ingest`: read, parse, commit, seal, journal with fsync, sealed source, feed. The
limit is calamine over every cell of the same workbooks, and csv.reader over the same files decoded.
"""

import csv
import hashlib
import multiprocessing
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from python_calamine import CalamineWorkbook

from bench.trial import Pair, Stopwatch, alone, show, sizes
from demo.city import City, Layout, build_city, write_month
from fundtrail.network import Governors, Network
from oracles.keyring import write_keys
from oracles.oracle import Oracle
from oracles.settings import Settings, write_settings

SEED = 7
PASSPHRASE = "bench"  # noqa: S105  # it guards synthetic people for a minute
SOURCES = {"roster": "shipped:roster", "notice": "shipped:notice"}


def write_city(payees: int, home: Path) -> None:
    """The files of a city of so many payees, by a process of their own."""
    write_month(build_city(SEED, payees), home)


@contextmanager
def city_files(payees: int) -> Iterator[Path]:
    """A folder with the files, made outside of every clock."""
    with tempfile.TemporaryDirectory(prefix="fundtrail-ingest-") as home:
        maker = multiprocessing.get_context("spawn").Process(
            target=write_city, args=(payees, Path(home))
        )
        maker.start()
        maker.join()
        assert maker.exitcode == 0, f"expected the city's files, got exit {maker.exitcode}"
        yield Path(home)


@contextmanager
def oracle_in(folder: Path, evidence: Path) -> Iterator[Oracle]:
    """An oracle of a network that is never asked: ingesting needs no node."""
    names = ("feed", "agency", "linkage", "programme")
    keys = {name: hashlib.sha256(f"bench {name}".encode()).digest() for name in names}
    settings = Settings(
        folder=folder,
        agency="1901-MZJ",
        feed="civil-affairs",
        operator="op-1",
        source_system="民政业务系统",
        document="云数据〔2026〕1号",
        network="network.toml",
        evidence=str(evidence),
        cadence_seconds=31 * 86_400,
        clock_offset_ms=0,
        keys=write_keys(folder, keys, PASSPHRASE, iterations=1),
        sources=SOURCES,
    )
    write_settings(settings)
    network = Network(
        name="bench",
        chain_id=1,
        rpc_urls=("http://127.0.0.1:1",),
        first_block=1,
        confirmations=1,
        contracts={},
        governors=Governors(threshold=2, keys=(), agencies=()),
    )
    with Oracle.open(folder, passphrase=PASSPHRASE, network=network, evidence=evidence) as oracle:
        yield oracle


def ingest(oracle: Oracle, source: str, city: City, layout: Layout) -> int:
    """Rows taken from all files of one source."""
    rows = 0
    for street in city.streets:
        told = {"region": street.code, "period": city.month}
        told["run" if source == "roster" else "notice"] = city.run_code(street)
        path = layout.roster(street) if source == "roster" else layout.notice(street)
        taken = oracle.ingest(source, path, **told)
        assert not taken.refused, f"expected {path.name} to be taken, got {taken.quarantine}"
        rows += taken.rows
    return rows


def calamine_cells(path: Path) -> int:
    """Every cell of the first sheet, as the reader makes them."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return sum(len(row) for row in sheet.iter_rows())


def csv_cells(path: Path) -> int:
    """Every cell, decoded."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(len(row) for row in csv.reader(file))


def measure(payees: int, *, home: Path, source: str) -> Pair:
    """Ours and the limit over the files of one source."""
    city, layout = build_city(SEED, payees), Layout(root=home / "files")
    folder = home / f"oracle-{source}"
    folder.mkdir()
    with oracle_in(folder, home / f"evidence-{source}") as oracle, Stopwatch() as ours:
        rows = ingest(oracle, source, city, layout)

    read: Callable[[Path], int] = calamine_cells if source == "roster" else csv_cells
    find = layout.roster if source == "roster" else layout.notice
    with Stopwatch() as bare:
        for street in city.streets:
            read(find(street))
    return Pair(
        what="ingest XLSX" if source == "roster" else "ingest CSV",
        limit="calamine, all cells" if source == "roster" else "csv.reader, all cells",
        rows=rows,
        ours=ours,
        bare=bare,
    )


def measured(payees: int) -> Iterator[Pair]:
    """XLSX, then CSV, each in a process of its own."""
    with city_files(payees) as home:
        for source in SOURCES:
            yield alone(partial(measure, home=home, source=source), payees)


if __name__ == "__main__":
    show("ingest", [pair for count in sizes(__doc__ or "") for pair in measured(count)])
