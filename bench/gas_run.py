"""The life of a run, act by act: prepare, review, approve, release, settle.

A run stands on real trees: a roster, the run, and the batches that the bank answers with. It has a
fund and a notice of its own, so every life writes all that a first life writes: the dearest case.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.gas_town import BANK, PERIOD, Town
from fundtrail.ids import text_digest
from fundtrail.statements import Approve, Basis, Prepare, Release, Review, Settle
from fundtrail.sum_tree import Line, SumRoot, TreeKind, sum_root

AMOUNTS_FEN = (7_500, 15_000, 18_000, 35_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class GasRun:
    """A run by its roots; `again` is the root of a run that pays once more what came back."""

    run: str
    roots: Mapping[TreeKind, SumRoot]
    again: SumRoot | None

    @property
    def fund(self) -> str:
        """The code of its fund."""
        return f"F-{self.run}"

    @property
    def notice(self) -> str:
        """The code of its notice."""
        return f"N-{self.run}"

    def announce(self, town: Town) -> None:
        """Money in a fund of its own, and a notice."""
        roster = self.roots[TreeKind.ROSTER]
        town.street_fund(self.fund, max(roster.total_fen, self.roots[TreeKind.RUN].total_fen))
        town.publish(self.notice, roster)

    def live(self, town: Town) -> Iterator[tuple[str, int]]:
        """From prepare to settled: each act and its gas. One approver."""
        yield self.prepare(town)
        yield self.review(town)
        yield self.approve(town, "approver")
        yield self.release(town)
        yield self.settle(town, TreeKind.CREDITED)
        if TreeKind.RETURNED in self.roots:
            yield self.settle(town, TreeKind.RETURNED)

    def prepare(self, town: Town) -> tuple[str, int]:
        """By the street's clerk."""
        root = self.roots[TreeKind.RUN]
        statement = Prepare(
            run=self.run, fund=self.fund, notice=self.notice, reissue_of="", period=PERIOD,
            root=root.root, total_fen=root.total_fen, count=root.count, basis=_basis(town),
        )  # fmt: skip
        return "Prepare", town.chain.act("clerk", statement)

    def prepare_again(self, town: Town, run: str) -> tuple[str, int]:
        """A run that pays the returned lines once more."""
        root = self.again
        assert root is not None, "expected a run of which something came back"
        statement = Prepare(
            run=run, fund=self.fund, notice=self.notice, reissue_of=self.batch(TreeKind.RETURNED),
            period=PERIOD, root=root.root, total_fen=root.total_fen, count=root.count,
            basis=_basis(town),
        )  # fmt: skip
        return "Prepare, reissue", town.chain.act("clerk", statement)

    def review(self, town: Town) -> tuple[str, int]:
        """By the street's reviewer."""
        root = self.roots[TreeKind.RUN]
        statement = Review(
            run=self.run, root=root.root, total_fen=root.total_fen, basis=_basis(town)
        )
        return "Review", town.chain.act("reviewer", statement)

    def approve(self, town: Town, officer: str) -> tuple[str, int]:
        """By the district."""
        root = self.roots[TreeKind.RUN]
        statement = Approve(
            run=self.run, root=root.root, total_fen=root.total_fen, basis=_basis(town)
        )
        return "Approve", town.chain.act(officer, statement)

    def release(self, town: Town) -> tuple[str, int]:
        """By the treasury."""
        root = self.roots[TreeKind.RUN]
        statement = Release(
            run=self.run, bank=BANK, voucher=text_digest(f"国支 {self.run}"),
            amount_fen=root.total_fen, basis=_basis(town),
        )  # fmt: skip
        return "Release", town.chain.act("treasurer", statement)

    def settle(self, town: Town, kind: TreeKind) -> tuple[str, int]:
        """By the bank: what was credited, or what came back."""
        root = self.roots[kind]
        statement = Settle(
            batch=self.batch(kind), run=self.run, kind=int(kind), root=root.root,
            total_fen=root.total_fen, count=root.count, basis=_basis(town),
        )  # fmt: skip
        return f"Settle, {kind.name.lower()}", town.chain.act("teller", statement)

    def batch(self, kind: TreeKind) -> str:
        """The code of a batch."""
        return f"B-{self.run}-{int(kind)}"


def gas_run(run: str, paid: Sequence[Line], returned: int = 0) -> GasRun:
    """A run of the lines `paid`, of which the last `returned` come back."""
    split = len(paid) - returned
    roots = {kind: sum_root(paid, kind) for kind in (TreeKind.ROSTER, TreeKind.RUN)}
    roots[TreeKind.CREDITED] = sum_root(paid[:split], TreeKind.CREDITED)
    if returned:
        roots[TreeKind.RETURNED] = sum_root(paid[split:], TreeKind.RETURNED)
    again = sum_root(paid[split:], TreeKind.RUN) if returned else None
    return GasRun(run=run, roots=roots, again=again)


def lines(count: int, seed: str = "") -> list[Line]:
    """`count` payment lines, sorted, with ids and digests that look like hashes."""
    ids = sorted(_hash(f"{seed} payment {i}") for i in range(count))
    return [
        Line(
            payment_id=payment,
            amount_fen=AMOUNTS_FEN[payment[31] % len(AMOUNTS_FEN)],
            record_digest=_hash("record " + payment.hex()),
        )
        for payment in ids
    ]


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _basis(town: Town) -> Basis:
    """A basis that cites an entry of a feed, as every act of a run does."""
    return town.chain.basis(evidence=_hash(f"entry {town.chain.now}"))
