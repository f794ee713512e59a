"""The base of every event, and how the fixed-width words of a log become values.

Trusts nothing but the width: a word that should be a code and is none raises CodeError.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fundtrail.ids import Code, code_from_bytes32

Log = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that a contract recorded. `block_time` is in unix seconds."""

    contract: str
    block: int
    log_index: int
    transaction: bytes
    block_time: int


# Where a log stands: contract, block, log index, transaction, block time.
Place = tuple[str, int, int, bytes, int]
LogDecoder = Callable[[Place, list[str], bytes], Event]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """How the logs of one event are read. `width` is the bytes of data, None where they vary."""

    name: str
    topics: int
    width: int | None
    decode: LogDecoder

    def fits(self, topics: list[str], data: bytes) -> bool:
        """Whether a log has as many topics and as many bytes as this event."""
        return len(topics) == self.topics and self.width in (None, len(data))


@lru_cache(maxsize=1 << 16)
def code_of_word(word: bytes) -> Code:
    """The code in a 32-byte word; the same few codes come again and again."""
    return code_from_bytes32(word)


@lru_cache(maxsize=1 << 16)
def code_of_topic(topic: str) -> Code:
    """The code in a topic, `0x` and 64 hex digits."""
    return code_from_bytes32(bytes.fromhex(topic[2:]))
