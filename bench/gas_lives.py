"""The whole life of a run at several sizes, beside attesting each record and a bare anchor.

The bar is for a life with one bank batch, which credits every line. A batch of what came back is
one act more, whatever the number of lines, and is shown beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.gas_peers import BATCH, Attestations, bare_anchor
from bench.gas_run import gas_run, lines
from bench.gas_town import NOTICE_SECONDS, Town
from fundtrail.sum_tree import Line, TreeKind

BAR, AIM = 750_000, 600_000
RETURNED_SHARE = 100  # one payment in a hundred comes back
ATTESTED_MAX = 1_000  # above it, records beyond are counted at the price of a full batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Gas of one run of `rows` lines, by act; `returned` of them came back."""

    rows: int
    returned: int
    acts: dict[str, int]

    @property
    def gas(self) -> int:
        """From prepare to settled."""
        return sum(self.acts.values())

    @property
    def above_bar(self) -> bool:
        """Whether a life with one batch costs more than it may."""
        return self.returned == 0 and self.gas > BAR

    @property
    def name(self) -> str:
        """Its name in the snapshot."""
        return f"life of {self.rows:,} lines, {'some' if self.returned else 'none'} returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """Gas of one attestation per record; `measured` records were, the rest are extrapolated."""

    rows: int
    measured: int
    gas: int


def measure_lives(town: Town, sizes: Sequence[int]) -> list[Life]:
    """A run of each size, all credited; and where it has two lines, one of which some return."""
    asked = [(rows, 0) for rows in sizes]
    asked += [(rows, max(1, rows // RETURNED_SHARE)) for rows in sizes if rows > 1]
    runs = {
        (rows, returned): gas_run(f"R-{rows}-{returned}", lines(rows), returned)
        for rows, returned in asked
    }
    for run in runs.values():
        run.announce(town)
    town.chain.travel(NOTICE_SECONDS + 2 * 3_600)
    return [
        Life(rows=rows, returned=returned, acts=dict(run.live(town)))
        for (rows, returned), run in runs.items()
    ]


def measure_attested(peer: Attestations, records: Sequence[Line]) -> Attested:
    """Attest the first ATTESTED_MAX of `records`; the rest cost what a record of a batch costs."""
    rows, measured = len(records), min(len(records), ATTESTED_MAX)
    gas = peer.attest_all(records[:measured])
    if measured < rows:
        gas += peer.attest(records[:BATCH]) * (rows - measured) // BATCH
    return Attested(rows=rows, measured=measured, gas=gas)


def measure_anchor(town: Town) -> int:
    """The floor: one root kept."""
    return bare_anchor(town.chain, gas_run("R-anchor", lines(1)).roots[TreeKind.RUN].root)
