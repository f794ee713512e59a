"""What contests money: disputes, recoveries, and frauds proven in trees of a million lines.

Two runs that wait for their release and one that is released, each of a million lines on a roster
of a million; the released one is settled in batches of 600,000 and 300,000. The lines that
contradict each other are put where their proofs are long.
"""

from dataclasses import dataclass, replace

from bench.gas_run import GasRun, lines
from bench.gas_town import NOTICE_SECONDS, Town
from bench.wide_tree import WideTree
from fundtrail.chain.bindings import DisputeDesk
from fundtrail.enums import Outcome, RecoveryStage
from fundtrail.ids import code_to_bytes32, payment_id, text_digest
from fundtrail.proofs import Placed
from fundtrail.statements import (
    Appeal,
    BookReceipt,
    CloseChallenge,
    CloseRecovery,
    Decide,
    DecideAppeal,
    OpenDispute,
    OrderRecovery,
    OrderReissue,
)
from fundtrail.sum_tree import Line, TreeKind

LINES = 1_000_000
CREDITED, RETURNED = 600_000, 300_000
DESK = "DisputeDesk"
DUTY = text_digest("duty")
REASON = text_digest("材料不符")
# Places of the lines that matter, the same in every tree.
SAME, LISTED_OTHERWISE, UNLISTED, AGAIN, STRANGER, LOW, HIGH, PAID = (
    11, 22_222, 33_333, 44_444, 55_555, 222_222, 222_223, 277_777,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """Three runs and all their trees."""

    waiting: GasRun
    other: GasRun
    settled: GasRun
    trees: dict[str, WideTree]

    def at(self, tree: str, index: int) -> Placed:
        """The line at `index` of a tree, with its proof."""
        return self.trees[tree].placed(index)

    def around(self, tree: str) -> tuple[Placed, Placed]:
        """The two neighbours between which neither `UNLISTED` nor `STRANGER` lies."""
        return self.at(tree, LOW), self.at(tree, HIGH)


def measure_contests(town: Town) -> None:
    """Every act and every challenge that contests money."""
    contested = _contested()
    for run in (contested.waiting, contested.other, contested.settled):
        run.announce(town)
    town.chain.travel(NOTICE_SECONDS + 2 * 3_600)
    contested.waiting.prepare(town)
    contested.other.prepare(town)
    list(contested.settled.live(town))

    _dispute(town, contested)
    _recover(town, contested)
    _challenge(town, contested)


def _contested() -> Contested:
    same, otherwise, unlisted, stranger, low, high, paid = sorted(
        lines(7, "wide"), key=lambda line: line.payment_id
    )
    # Sorted, so that `low` and `high` may stand on either side of any of them.
    low, high = replace(low, payment_id=b"\x00" * 32), replace(high, payment_id=b"\xff" * 32)
    again = Line(payment_id=payment_id(DUTY, 1), amount_fen=7_500, record_digest=REASON)
    common = {SAME: same, LISTED_OTHERWISE: otherwise, LOW: low, HIGH: high, PAID: paid}
    roster = common | {LISTED_OTHERWISE: replace(otherwise, amount_fen=1)}
    run = common | {UNLISTED: unlisted, AGAIN: again}
    credited = {STRANGER: stranger, LOW: low, HIGH: high, PAID: paid, SAME: same}
    credited |= {LISTED_OTHERWISE: replace(otherwise, amount_fen=1)}
    trees = {
        "roster": WideTree(kind=TreeKind.ROSTER, count=LINES, lines=roster),
        "run": WideTree(kind=TreeKind.RUN, count=LINES, lines=run),
        "credited": WideTree(kind=TreeKind.CREDITED, count=CREDITED, lines=credited),
        "returned": WideTree(kind=TreeKind.RETURNED, count=RETURNED, lines={SAME: same}),
    }
    roots = {tree.kind: tree.root() for tree in trees.values()}
    waiting = {kind: roots[kind] for kind in (TreeKind.ROSTER, TreeKind.RUN)}
    return Contested(
        waiting=GasRun(run="R-wide-1", roots=waiting, again=None),
        other=GasRun(run="R-wide-2", roots=waiting, again=None),
        settled=GasRun(run="R-wide-3", roots=roots, again=None),
        trees=trees,
    )


def _dispute(town: Town, contested: Contested) -> None:
    """A line held before release: decided, appealed, upheld, to be paid again."""
    chain = town.chain
    town.cost("OpenDispute, line of 1,000,000", _open(town, contested, "D-1", contested.waiting))
    town.cost("Decide", _decide(town, "D-1", Outcome.DISMISSED))
    appeal = Appeal(dispute="D-1", reason=REASON, basis=chain.basis())
    town.cost("Appeal", chain.act("petitioner", appeal))
    upheld = DecideAppeal(
        dispute="D-1", outcome=int(Outcome.UPHELD), reason=REASON, basis=chain.basis()
    )
    town.cost("DecideAppeal", chain.act("appellate", upheld))
    reissue = OrderReissue(dispute="D-1", amount_fen=1_000, basis=chain.basis())
    town.cost("OrderReissue", chain.act("appellate", reissue))


def _open(town: Town, contested: Contested, dispute: str, run: GasRun) -> int:
    placed = contested.at("run", PAID)
    opened = OpenDispute(
        dispute=dispute, run=run.run, payment_id=placed.line.payment_id,
        amount_fen=placed.line.amount_fen, reason=REASON, basis=town.chain.basis(),
    )  # fmt: skip
    return town.chain.act("petitioner", opened, proof=placed)


def _decide(town: Town, dispute: str, outcome: Outcome) -> int:
    basis = town.chain.basis()
    decided = Decide(
        dispute=dispute, outcome=int(outcome), reason=REASON,
        appeal_until=town.chain.now + 3_600, basis=basis,
    )  # fmt: skip
    return town.chain.act("judge", decided)


def _recover(town: Town, contested: Contested) -> None:
    """A line that was paid: upheld, ordered back, received in part, the rest written off."""
    chain, run = town.chain, contested.settled
    _open(town, contested, "D-2", run)
    _decide(town, "D-2", Outcome.UPHELD)
    chain.travel(2 * 3_600)
    town.cost("conclude", chain.tell(DESK, DisputeDesk.conclude("D-2")))

    credited = contested.at("credited", PAID)
    order = OrderRecovery(
        receivable="C-1", cause=code_to_bytes32("D-2"), run=run.run,
        payment_id=credited.line.payment_id, amount_fen=5_000, basis=chain.basis(),
    )  # fmt: skip
    gas = chain.act("judge", order, proof=credited, batch=run.batch(TreeKind.CREDITED))
    town.cost("OrderRecovery, line of 600,000", gas)
    receipt = BookReceipt(receipt="B-1", receivable="C-1", amount_fen=2_000, basis=chain.basis())
    town.cost("BookReceipt", chain.act("teller", receipt))
    close = CloseRecovery(
        receivable="C-1", how=int(RecoveryStage.WRITTEN_OFF), reason=REASON, basis=chain.basis()
    )
    town.cost("CloseRecovery", chain.act("finance", close))


def _challenge(town: Town, contested: Contested) -> None:
    """Each of the ten; nobody signs a challenge, the proofs are all of it."""
    at, around = contested.at, contested.around
    run, other = contested.waiting.run, contested.other.run
    credited, returned = (
        contested.settled.batch(kind) for kind in (TreeKind.CREDITED, TreeKind.RETURNED)
    )
    same = at("run", SAME)
    challenges = {
        "challengeDuplicate": DisputeDesk.challenge_duplicate(run, same, other, same),
        "challengeOrder": DisputeDesk.challenge_order(run, at("run", SAME), at("run", LOW)),
        "challengeRosterOrder": DisputeDesk.challenge_roster_order(
            run, at("roster", SAME), at("roster", LOW)
        ),
        "challengeBatchOrder": DisputeDesk.challenge_batch_order(
            credited, at("credited", SAME), at("credited", LOW)
        ),
        "challengeUnlisted": DisputeDesk.challenge_unlisted(
            run, at("run", UNLISTED), around("roster")
        ),
        "challengeRosterAmount": DisputeDesk.challenge_roster_amount(
            run, at("run", LISTED_OTHERWISE), at("roster", LISTED_OTHERWISE)
        ),
        "challengeStranger": DisputeDesk.challenge_stranger(
            credited, at("credited", STRANGER), around("run")
        ),
        "challengeBatchAmount": DisputeDesk.challenge_batch_amount(
            credited, at("credited", LISTED_OTHERWISE), at("run", LISTED_OTHERWISE)
        ),
        "challengeReportedTwice": DisputeDesk.challenge_reported_twice(
            credited, at("credited", SAME), returned, at("returned", SAME)
        ),
        "challengeReissue": DisputeDesk.challenge_reissue(run, at("run", AGAIN), DUTY, 1, ()),
    }
    duplicate = town.chain.ask(DESK, challenges["challengeDuplicate"])  # the id it is going to have
    for name, data in challenges.items():
        town.cost(name, town.chain.tell(DESK, data))
    close = CloseChallenge(challenge=duplicate, reason=REASON, basis=town.chain.basis())
    town.cost("CloseChallenge, of two runs", town.chain.act("inspector", close))
