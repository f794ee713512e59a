"""Feeds and notices: opened, anchored, rotated, published."""

from collections.abc import Generator, Iterator

from audit_cli.replay.effects import Effect
from audit_cli.replay.fault import STATEMENTS, STATES, Fault
from audit_cli.replay.registry import RegistryReplay, Seat
from audit_cli.replay.state import FeedState, LedgerState
from fundtrail.chain.event_types import FeedAnchored, FeedOpened, FeedRotated, NoticePublished
from fundtrail.enums import AgencyKind


def opened(state: LedgerState, event: FeedOpened, seat: Seat | None) -> Iterator[Fault]:
    """A feed belongs to the agency that opened it, for ever."""
    if event.feed in state.feeds:
        yield _fault(
            STATES, f"feed:{event.feed}", "数据源重复登记", "feed opened twice", "once", "again"
        )
    if seat and seat.agency != event.agency:
        yield _fault(STATEMENTS, f"feed:{event.feed}", "数据源所属机构", "owner of the feed",
                     seat.agency, event.agency)  # fmt: skip
    state.feeds[event.feed] = FeedState(
        code=event.feed,
        agency=event.agency,
        vkey_digest=event.vkey_digest,
        cadence_seconds=event.cadence_seconds,
        opened_at=event.block_time,
    )


def anchored(state: LedgerState, event: FeedAnchored, seat: Seat | None) -> Iterator[Fault]:
    """A feed grows; its owner says so."""
    feed = yield from _feed_of_owner(
        state, event.feed, seat, "锚定机构不是数据源所属机构", "not anchored by its owner"
    )
    if feed is None:
        return
    last = feed.anchors[-1].size if feed.anchors else 0
    if event.size <= last:
        yield _fault(STATES, f"feed:{event.feed}", "数据源未增长", "the feed has not grown",
                     f"> {last}", str(event.size))  # fmt: skip
    feed.anchors.append(event)
    feed.cadences.append(feed.cadence_seconds)


def lateness(state: LedgerState, event: FeedAnchored) -> list[Effect]:
    """What must follow an anchor that is about to be taken: that it is late, where it is."""
    feed = state.feeds.get(event.feed)
    if feed is None:
        return []
    last = feed.anchors[-1].block_time if feed.anchors else feed.opened_at
    late = event.block_time - last - feed.cadence_seconds
    return [("FeedLate", event.feed, late)] if late > 0 else []


def rotated(state: LedgerState, event: FeedRotated, seat: Seat | None) -> Iterator[Fault]:
    """Another key or another cadence from now on; its owner says so."""
    feed = yield from _feed_of_owner(
        state, event.feed, seat, "更换机构不是数据源所属机构", "not rotated by its owner"
    )
    if feed is None:
        return
    if event.cadence_seconds == 0 or not any(event.vkey_digest):
        yield _fault(STATES, f"feed:{event.feed}", "数据源密钥或间隔为空", "no key or no cadence",
                     "a key and a cadence", f"{event.cadence_seconds} s")  # fmt: skip
    feed.vkey_digest = event.vkey_digest
    feed.cadence_seconds = event.cadence_seconds


def published(
    state: LedgerState, registry: RegistryReplay, event: NoticePublished, seat: Seat | None
) -> Iterator[Fault]:
    """公示: shown for as long as the programme asks, never backdated."""
    subject = f"notice:{event.notice}"
    if event.notice in state.notices:
        yield _fault(STATES, subject, "公示编号重复", "notice published twice", "once", "again")
    if seat and seat.agency != event.agency:
        yield _fault(
            STATEMENTS, subject, "公示机构", "agency of the notice", seat.agency, event.agency
        )
    if registry.kind(event.agency) != AgencyKind.PROGRAMME:
        yield _fault(STATEMENTS, subject, "公示机构类别", "kind of the publishing agency",
                     AgencyKind.PROGRAMME.en, registry.kind(event.agency).en)  # fmt: skip
    terms = registry.programmes.get(event.programme)
    required = terms.notice_seconds if terms else 0
    if event.opens_at < event.block_time or event.closes_at - event.opens_at < required:
        yield _fault(STATES, subject, "公示时长", "seconds on show, not before it was recorded",
                     f">= {required} from {event.block_time}",
                     f"{event.opens_at} .. {event.closes_at}")  # fmt: skip
    state.notices.setdefault(event.notice, event)


def _feed_of_owner(
    state: LedgerState, code: str, seat: Seat | None, zh: str, en: str
) -> Generator[Fault, None, FeedState | None]:
    """The open feed; a fault with these words unless its owner speaks of it."""
    feed = state.feeds.get(code)
    if feed is None:
        yield _fault(STATES, f"feed:{code}", "数据源未登记", "the feed was never opened",
                     "an open feed", code)  # fmt: skip
    elif seat and seat.agency != feed.agency:
        yield _fault(STATEMENTS, f"feed:{code}", zh, en, feed.agency, seat.agency)
    return feed


def _fault(step: int, subject: str, zh: str, en: str, expected: str, got: str) -> Fault:
    return Fault(step=step, subject=subject, zh=zh, en=en, expected=expected, got=got)
