"""gas: each act, and the life of a run at any size, beside EAS per record and a bare anchor.

All in one run on one node. `--check` compares with the committed snapshot and answers 1 where an
act costs another amount than it says, or a life is above the bar; `--write` commits to new figures.
"""

import argparse
import sys
from collections.abc import Sequence

from bench.gas_acts import measure_acts, unmeasured
from bench.gas_chain import gas_chain
from bench.gas_lives import (
    BAR,
    Attested,
    Life,
    measure_anchor,
    measure_attested,
    measure_lives,
)
from bench.gas_peers import Attestations, PeerUnavailable
from bench.gas_run import lines
from bench.gas_show import show_acts, show_contracts, show_lives, show_notice, show_where
from bench.gas_snapshot import SNAPSHOT, changes, read_snapshot, write_snapshot
from bench.gas_town import Town, seated
from bench.gas_where import measure_where

SIZES = (1, 1_000, 100_000)
SNAPSHOT_SIZES = (1, 1_000)
LIVED_ROWS = 1_000


def main() -> int:
    """Measure, print, and compare where asked."""
    asked = _arguments()
    committed = asked.check or asked.write
    sizes = SNAPSHOT_SIZES if committed else sorted({1, *asked.lines})
    with gas_chain() as chain:
        town = seated(chain)
        measure_acts(town)
        lives = measure_lives(town, sizes)
        if committed:
            return _against_snapshot(town, lives, write=asked.write)
        show_acts(town)
        show_lives(lives, _attested(town, sizes), measure_anchor(town))
        show_notice(town)
    show_where(measure_where(LIVED_ROWS))
    show_contracts()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.gas", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--check", action="store_true", help="compare with the snapshot")
    parser.add_argument("--write", action="store_true", help="write the snapshot")
    return parser.parse_args()


def _against_snapshot(town: Town, lives: Sequence[Life], *, write: bool) -> int:
    now = town.costs | {life.name: life.gas for life in lives}
    if missing := unmeasured(town):
        print(f"未测量 not measured: {', '.join(missing)}")
    over = [life for life in lives if life.above_bar]
    for life in over:
        print(f"{life.name}: expected at most {BAR:,}, got {life.gas:,}")
    found = changes(read_snapshot(), now)
    for change in found:
        print(change)
    if write:
        write_snapshot(now)
        print(f"已写入 written: {SNAPSHOT.name}, {len(now)} 项 figures")
        return 0
    if not (found or over or missing):
        print(f"Gas 未变 unchanged: {len(now)} 项 figures of {SNAPSHOT.name}")
    return int(bool(found or over or missing))


def _attested(town: Town, sizes: Sequence[int]) -> list[Attested]:
    """The peer's gas at each size, or none of it where the peer cannot be had."""
    try:
        peer = Attestations(town.chain)
    except PeerUnavailable as error:
        print(f"没有对照 no peer: {error}", file=sys.stderr)
        return []
    peer.attest(lines(1, "first"))  # what is written once for ever
    return [measure_attested(peer, lines(rows)) for rows in sizes]


if __name__ == "__main__":
    sys.exit(main())
