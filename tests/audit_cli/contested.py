"""A month and what was contested after it, with all its evidence: nothing is left for an auditor.

Street 3: an audit holds the run and lifts it, one line is disputed in vain, one is struck and paid
again by a run that cites the dispute. Street 2: a second run with a payment of the first is proven,
cancelled and closed. Street 1: a paid line comes back, half of it after its fund was closed.
"""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from fundtrail.chain.bindings import DisputeDesk, EvidenceLog, FundLedger
from fundtrail.chain.rpc import Rpc
from fundtrail.evidence import EvidenceLine
from fundtrail.ids import text_digest
from fundtrail.proofs import placed
from fundtrail.statements import (
    Approve,
    CloseChallenge,
    OrderReissue,
    Prepare,
    Release,
    Review,
    RotateFeed,
    Settle,
)
from fundtrail.sum_tree import SumRoot, TreeKind
from tests.scenario import Scenario
from tests.scenario.cast import BANK, PERIOD, STREETS, people
from tests.scenario.chain import Chain
from tests.scenario.contests import DAY, RUNS, Contests
from tests.scenario.folder import Folder, record_of
from tests.scenario.month import _Month
from tests.scenario.payments import Payment, bank_results, entitlements, payment

RUN, AGAIN, TWICE = RUNS[STREETS[2]], f"{RUNS[STREETS[2]]}-R1", f"{RUNS[STREETS[1]]}-TWICE"


def build_contested(url: str, out: Path) -> Scenario:
    """Deploy, live through the month and what came after it."""
    evidence = out / "evidence"
    evidence.mkdir(parents=True)
    with Rpc(url) as rpc:
        month = _Month(Chain(rpc, evidence), evidence)
        month.live()
        _After(month, evidence).live()
    return month.written(out, {})


class _After(Contests):
    """The scenario's contests, each with the records that it rests on."""

    def __init__(self, month: _Month, evidence: Path) -> None:
        super().__init__(month.chain, month.folder, evidence)
        self._month, self._files = month, Files(month.folder)

    def live(self) -> dict[str, int]:
        self._seat()
        self._hold_and_lift(RUN)
        self._dispute_in_vain(RUN)
        struck = self._strike(RUN)
        self._twice_and_closed(STREETS[1])
        left = [p for p in self._payments(STREETS[2]) if p.payment_id != struck.payment_id]
        self._pay(RUN, left)
        again = dataclasses.replace(self._once_more(struck), run=AGAIN)
        self._pay(AGAIN, [again])
        self._recover(RUNS[STREETS[0]])
        self._rotate("death-register")
        return {}

    def _payments(self, street: str) -> list[Payment]:
        return [payment(street, number, 0) for number in people(street)]

    def _strike(self, run: str) -> Payment:
        self._open("D-2", run, 1)
        self._uphold("D-2")
        line = self._tree(TreeKind.RUN, run).lines[1]
        basis = self._chain.basis("补发决定 D-2")
        order = OrderReissue(dispute="D-2", amount_fen=line.amount_fen, basis=basis)
        self._chain.act(DisputeDesk.order_reissue, order, "mediator")
        return next(p for p in self._payments(STREETS[2]) if p.payment_id == line.payment_id)

    def _twice_and_closed(self, street: str) -> None:
        self._make_run(street, TWICE, [0], attempt=0, reissue_of="")
        tree, first = (self._tree(TreeKind.RUN, run) for run in (TWICE, RUNS[street]))
        index = [line.payment_id for line in first.lines].index(tree.lines[0].payment_id)
        proof = DisputeDesk.challenge_duplicate(
            TWICE, placed(tree, 0), RUNS[street], placed(first, index)
        )
        self._chain.anyone("DisputeDesk", proof)
        self._cancel(street, TWICE)
        close = CloseChallenge(
            challenge=self._last_fraud(),
            reason=text_digest("已撤销该批次"),
            basis=self._chain.basis(f"结案 {TWICE}"),
        )
        self._chain.act(DisputeDesk.close_challenge, close, "auditor")

    def _once_more(self, struck: Payment) -> Payment:
        """The struck payee is paid again, as the dispute allows."""
        street = struck.street
        number = int(struck.application.rpartition("-")[2])
        root, cited = self._make_run(street, AGAIN, [number], attempt=1, reissue_of="D-2")
        sums = {"run": AGAIN, "root": root.root, "total_fen": root.total_fen}
        review = Review(**sums, basis=self._chain.basis(f"复核 {AGAIN}", cited))
        self._chain.act(FundLedger.review, review, f"review-{street}")
        approve = Approve(**sums, basis=self._chain.basis(f"审批 {AGAIN}", cited))
        self._chain.act(FundLedger.approve, approve, "approve-district")
        return payment(street, number, 1)

    def _make_run(
        self, street: str, run: str, numbers: Sequence[int], *, attempt: int, reissue_of: str
    ) -> tuple[SumRoot, bytes]:
        name = f"{run}.xlsx"
        lines = list(self._files.entitled(street, name, numbers, attempt))
        root, cited = self._files.named("civil-affairs", TreeKind.RUN, run, lines)
        self._month._anchor("civil-affairs")
        prepare = Prepare(
            run=run,
            fund=f"OAA-2026-{street}",
            notice=f"{RUNS[street]}-N",
            reissue_of=reissue_of,
            period=PERIOD,
            root=root.root,
            total_fen=root.total_fen,
            count=root.count,
            basis=self._chain.basis(f"编制 {run}", cited),
        )
        self._chain.act(FundLedger.prepare, prepare, f"prepare-{street}")
        return root, cited

    def _pay(self, run: str, paid: Sequence[Payment]) -> None:
        """Release what is not held or struck; the bank credits all of it."""
        amount_fen, number = sum(p.amount_fen for p in paid), f"国库凭证 {run}"
        voucher = self._files.voucher(run, number, amount_fen)
        self._month._anchor("treasury")
        release = Release(
            run=run,
            bank=BANK,
            voucher=text_digest(number),
            amount_fen=amount_fen,
            basis=self._chain.basis(f"拨付 {run}", voucher),
        )
        self._chain.act(FundLedger.release, release, "treasurer")
        digest = self._folder.source("bank-a", f"{run}-C.csv", rows=len(paid))
        credited = [dataclasses.replace(p, outcome="credited") for p in paid]
        lines = list(bank_results(digest, credited))
        root, cited = self._files.named("bank-a", TreeKind.CREDITED, f"{run}-C", lines)
        self._month._anchor("bank-a")
        settle = Settle(
            batch=f"{run}-C",
            run=run,
            kind=int(TreeKind.CREDITED),
            root=root.root,
            total_fen=root.total_fen,
            count=root.count,
            basis=self._chain.basis(f"回单 {run}", cited),
        )
        self._chain.act(FundLedger.settle, settle, "bank")

    def _rotate(self, feed: str) -> None:
        """Another cadence, the same key."""
        rotate = RotateFeed(
            feed=feed,
            vkey_digest=self._folder.vkey_digest(feed),
            cadence_seconds=DAY,
            basis=self._chain.basis(f"改间隔 {feed}"),
        )
        self._chain.act(EvidenceLog.rotate_feed, rotate, "oracle-civil")


class Files:
    """What departments hand in for it."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def entitled(
        self, street: str, name: str, numbers: Sequence[int], attempt: int
    ) -> Sequence[EvidenceLine]:
        digest = self._folder.source("civil-affairs", name, rows=len(numbers))
        self._folder.openings(street, name, numbers)
        return list(entitlements(street, name, digest, numbers, attempt))

    def named(
        self, feed: str, kind: TreeKind, subject: str, lines: Sequence[EvidenceLine]
    ) -> tuple[SumRoot, bytes]:
        root = self._folder.lines(feed, kind, subject, lines)
        return root, self._folder.cited[next(reversed(self._folder.cited))]

    def voucher(self, run: str, number: str, amount_fen: int) -> bytes:
        fields = {
            "amount_fen": str(amount_fen),
            "bank": BANK,
            "issued_on": "2026-11-01",
            "number": number,
            "run": run,
        }
        digest = self._folder.source("treasury", f"{run}.csv", rows=1)
        return self._folder.append("treasury", record_of("voucher", fields, digest, row=2))
