"""What time it is, for statements and provenance. A clock is a function; tests pass their own."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from fundtrail.chain.rpc import Rpc

Clock = Callable[[], int]
"""Seconds since 1970-01-01T00:00:00Z."""

CHINA = timezone(timedelta(hours=8), "UTC+8")


def wall_clock() -> int:
    """The time of this machine."""
    return int(time.time())


def chain_clock(rpc: Rpc) -> Clock:
    """The later of this machine's time and that of the chain's head: a statement signed now must
    not lie ahead of its block on a chain that lives in a month of its own, nor behind its head.
    """

    def now() -> int:
        head = rpc.head()
        return max(wall_clock(), rpc.block_times([head])[head])

    return now


def time_text(seconds: int) -> str:
    """`2026-10-08T09:00:00Z`, as records have it."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def time_words(seconds: int) -> str:
    """`2026-10-08 17:00 (UTC+8)`, as people read it."""
    try:
        return f"{datetime.fromtimestamp(seconds, CHINA):%Y-%m-%d %H:%M (UTC+8)}"
    except (OverflowError, ValueError, OSError):
        return "无期限 without end"
