"""A department's feed and its notices: opened, anchored, late, rotated, shown for seven days."""

from dataclasses import replace

from fundtrail.chain.event_types import FeedLate
from fundtrail.chain.events import read_events
from fundtrail.enums import Role
from fundtrail.ids import ZERO32, text_digest
from fundtrail.log_tree import consistency_path, leaf_hash, root
from fundtrail.statements import AnchorFeed, OpenFeed, PublishNotice, RotateFeed
from fundtrail.sum_tree import SumTree, TreeKind
from tests.chain.life import NOTICE_SECONDS, NOTICED_FUND, PERIOD, Life, fresh, preparation
from tests.chain.trees import elders, tree_of

DAY = 86_400
LEAVES = [leaf_hash(bytes([index])) for index in range(20)]


def open_feed(life: Life, feed: str) -> None:
    act = OpenFeed(
        feed=feed, vkey_digest=text_digest("old key"), cadence_seconds=DAY, basis=fresh()
    )
    life.act(act, "oracle")


def rotation(feed: str, cadence_seconds: int = 2 * DAY) -> RotateFeed:
    return RotateFeed(
        feed=feed, vkey_digest=text_digest("new key"), cadence_seconds=cadence_seconds,
        basis=fresh(),
    )  # fmt: skip


def head(feed: str, leaves: list[bytes]) -> AnchorFeed:
    return AnchorFeed(feed=feed, size=len(leaves), root=root(leaves), basis=fresh())


def test_a_feed_goes_on_under_another_key(life: Life) -> None:
    open_feed(life, "deaths")
    life.act(head("deaths", LEAVES[:5]), "oracle")
    life.seat("other oracle", "mzj-shi", 51, Role.ORACLE)
    assert life.refused(rotation("deaths"), "other oracle") == (
        "EvidenceLog_NotOwner",
        {"feed": "deaths", "owner": "mzj-qu", "agency": "mzj-shi"},
    )
    assert life.refused(rotation("births"), "oracle") == (
        "EvidenceLog_UnknownFeed",
        {"feed": "births"},
    )
    keyless = replace(rotation("deaths"), vkey_digest=ZERO32)
    assert life.refused(keyless, "oracle") == ("EvidenceLog_NoKey", {"feed": "deaths"})

    life.act(rotation("deaths"), "oracle")

    feed = life.log.feed("deaths")
    assert (feed.vkey_digest, feed.cadence_seconds) == (text_digest("new key"), 2 * DAY)
    assert (feed.size, feed.root) == (5, root(LEAVES[:5]))
    rewritten = [LEAVES[9], *LEAVES[1:12]]
    proof = consistency_path(rewritten, 5)
    told = life.refused(head("deaths", rewritten), "oracle", consistency_proof=proof)
    assert told[0] == "LogTree_RootMismatch"
    proof = consistency_path(LEAVES[:12], 5)
    life.act(head("deaths", LEAVES[:12]), "oracle", consistency_proof=proof)
    assert life.log.feed("deaths").size == 12


def test_a_feed_that_is_late_says_by_how_much(life: Life) -> None:
    open_feed(life, "visits")
    opened = life.log.feed("visits").anchored_at
    life.travel(DAY + 600)
    late = life.log.late_seconds("visits")
    assert late == life.now() - opened - DAY

    receipt = life.act(head("visits", LEAVES[:3]), "oracle")

    events = read_events(life.network, life.rpc, receipt.block, receipt.block)
    (told,) = [event for event in events if isinstance(event, FeedLate)]
    assert (told.feed, told.late_seconds >= late) == ("visits", True)
    assert life.log.late_seconds("visits") == 0


def notice(life: Life, code: str, roster: SumTree, seconds: int = NOTICE_SECONDS) -> PublishNotice:
    opens = life.now() + 60
    return PublishNotice(
        notice=code, programme="ylbt", period=PERIOD, root=roster.root.root,
        total_fen=roster.root.total_fen, count=roster.root.count, opens_at=opens,
        closes_at=opens + seconds, basis=fresh(),
    )  # fmt: skip


def test_a_roster_is_shown_for_its_time_before_it_is_paid(life: Life) -> None:
    fund, tree = life.fund("F-notice", parent=NOTICED_FUND), tree_of(*elders("notice"))
    roster = SumTree(tree.lines, TreeKind.ROSTER)
    run = preparation("R-notice", tree, fund, notice="N-notice")
    assert life.refused(notice(life, "N-notice", roster, NOTICE_SECONDS - 1), "oracle") == (
        "EvidenceLog_NoticeTooShort",
        {
            "notice": "N-notice",
            "shownSeconds": str(NOTICE_SECONDS - 1),
            "requiredSeconds": str(NOTICE_SECONDS),
        },
    )
    assert life.refused(replace(run, notice=""), "preparer") == (
        "FundLedger_NoNotice",
        {"run": "R-notice", "noticeSeconds": str(NOTICE_SECONDS)},
    )
    shown = notice(life, "N-notice", roster)
    life.act(shown, "oracle")
    assert life.refused(run, "preparer") == (
        "FundLedger_NoticeOpen",
        {"notice": "N-notice", "closesAt": str(shown.closes_at)},
    )
    swapped = tree_of(*elders("swapped"), kind=TreeKind.ROSTER)
    assert life.refused(notice(life, "N-notice", swapped), "oracle") == (
        "EvidenceLog_NoticeExists",
        {"notice": "N-notice"},
    )

    life.travel(NOTICE_SECONDS + 120)
    life.act(run, "preparer")
    assert life.ledger.run("R-notice").notice == "N-notice"
    other = replace(run, run="R-november", period="2026-11", basis=fresh())
    assert life.refused(other, "preparer") == (
        "FundLedger_NoticeDiffers",
        {"run": "R-november", "notice": "N-notice"},
    )
