"""Each act of every contract, measured once; an act that nobody measures yet is named.

Where an act has a cheap and a dear form, both are there: a first anchor and one whose proof spans
a million entries, a first and a last approver, money that is credited and money that comes back.
"""

from functools import cache

from bench.gas_chain import GOVERNORS_MIN, key
from bench.gas_contests import measure_contests
from bench.gas_run import GasRun, gas_run, lines
from bench.gas_town import LADDER_FEN, NOTICE_SECONDS, STREET, Town
from fundtrail.chain.artifacts import artifact
from fundtrail.chain.calldata import ACTS
from fundtrail.enums import Role
from fundtrail.ids import text_digest
from fundtrail.log_tree import EMPTY_ROOT, consistency_from, leaf_hash, node_hash, split_point
from fundtrail.statements import (
    AnchorFeed,
    Cancel,
    Close,
    Hold,
    Lift,
    OpenFeed,
    Recall,
    Reject,
    RevokeOfficer,
    RotateFeed,
    SetGovernors,
)
from fundtrail.sum_tree import Line

FEED, ENTRIES = "civil-affairs", 1_000_000
PAID, RETURNED = 1_000, 10
REASON = text_digest("名册有误")


def measure_acts(town: Town) -> None:
    """Do what a fresh town has not done yet, so that `town.costs` has every act."""
    _feeds(town)
    _funds(town)
    _runs(town)
    _stops(town)
    measure_contests(town)
    _governance(town)


def unmeasured(town: Town) -> list[str]:
    """What can be recorded, signed or not, and has no cost in the town."""
    measured = {name.partition(",")[0] for name in town.costs}
    desk = artifact("DisputeDesk").entries("function")
    unsigned = {entry["name"] for entry in desk if entry["stateMutability"] == "nonpayable"}
    acts = {function.name for function in ACTS.values()}
    return sorted((set(ACTS) | unsigned - acts) - measured)


def _feeds(town: Town) -> None:
    chain = town.chain
    opened = OpenFeed(
        feed=FEED, vkey_digest=text_digest("vkey"), cadence_seconds=86_400, basis=chain.basis()
    )
    town.cost("OpenFeed", chain.act("oracle", opened))
    for old, new in ((0, 3), (3, ENTRIES)):  # from 3 on, nearly every level adds a node
        anchor = AnchorFeed(feed=FEED, size=new, root=_log_root(new), basis=chain.basis())
        proof = consistency_from(lambda low, high: _log_root(high - low), old, new)
        gas = chain.act("oracle", anchor, consistency_proof=proof)
        town.cost("AnchorFeed, first" if old == 0 else f"AnchorFeed, {old} to {new:,}", gas)

    rotate = RotateFeed(
        feed=FEED, vkey_digest=text_digest("next"), cadence_seconds=86_400, basis=chain.basis()
    )
    town.cost("RotateFeed", chain.act("oracle", rotate))


@cache
def _log_root(size: int) -> bytes:
    """The root of a log of `size` equal entries; the contract sees no entry, only such roots."""
    if size < 2:
        return leaf_hash(b"entry") if size else EMPTY_ROOT
    split = split_point(size)
    return node_hash(_log_root(split), _log_root(size - split))


def _funds(town: Town) -> None:
    chain, fund = town.chain, "F-recall"
    town.street_fund(fund, 1_000)
    recall = Recall(id=town.transfer(), fund=fund, amount_fen=400, basis=chain.basis())
    town.cost("Recall", chain.act("district", recall))
    close = Close(id=town.transfer(), fund=fund, basis=chain.basis())
    town.cost("Close", chain.act("district", close))


def _runs(town: Town) -> None:
    paid = gas_run("R-acts", lines(PAID), RETURNED)
    large = gas_run("R-ladder", _one_line_of(LADDER_FEN[0]))
    refused = gas_run("R-refused", lines(2, "refused"))
    for run in (paid, large, refused):
        run.announce(town)
    town.chain.travel(NOTICE_SECONDS + 2 * 3_600)

    for name, gas in paid.live(town):
        town.cost(name, gas)
    town.cost(*paid.prepare_again(town, "R-acts-1"))
    _two_approvers(town, large)
    refused.prepare(town)
    reject = Reject(run=refused.run, reason=REASON, basis=town.chain.basis())
    town.cost("Reject", town.chain.act("reviewer", reject))


def _two_approvers(town: Town, run: GasRun) -> None:
    run.prepare(town)
    run.review(town)
    for which, officer in (("first", "approver"), ("second", "approver-2")):
        town.cost(f"Approve, {which} of 2", run.approve(town, officer)[1])


def _stops(town: Town) -> None:
    """An auditor holds a run and lifts the hold; then its own people drop it."""
    chain, run = town.chain, gas_run("R-stopped", lines(2, "stopped"))
    run.announce(town)
    chain.travel(NOTICE_SECONDS + 2 * 3_600)
    run.prepare(town)
    hold = Hold(run=run.run, until=0, reason=REASON, basis=chain.basis())
    town.cost("Hold", chain.act("inspector", hold))
    lift = Lift(run=run.run, reason=REASON, basis=chain.basis())
    town.cost("Lift", chain.act("inspector", lift))
    cancel = Cancel(run=run.run, reason=REASON, basis=chain.basis())
    town.cost("Cancel", chain.act("clerk", cancel))


def _one_line_of(amount_fen: int) -> list[Line]:
    (line,) = lines(1, "ladder")
    return [
        Line(payment_id=line.payment_id, amount_fen=amount_fen, record_digest=line.record_digest)
    ]


def _governance(town: Town) -> None:
    chain = town.chain
    town.seat_officer("leaver", STREET, Role.PREPARE, 99)
    revoke = RevokeOfficer(key=key("leaver").address, reason=REASON, basis=chain.basis())
    town.cost("RevokeOfficer", chain.govern(revoke))
    governors = chain.network.governors
    renew = SetGovernors(
        keys=governors.keys,
        agencies=governors.agencies,
        threshold=GOVERNORS_MIN,
        basis=chain.basis(),
    )
    town.cost("SetGovernors", chain.govern(renew))
