"""Draws that depend on a seed and a name only, never on what was drawn before elsewhere.

Guarantees: the same name gives the same numbers on every machine and in any order of asking, so
one row of six million can be made without the others. Does not guarantee secrecy.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

_POOL = 1 << 512
_RESERVE = 1 << 96  # what is left when the pool is refilled: keeps the bias of a draw under 2^-64


@dataclass(frozen=True, slots=True, init=False)
class Weighted(Generic[T]):
    """Values with their frequencies: `Weighted({"王": 72, "李": 72})`."""

    values: tuple[T, ...]
    ends: tuple[int, ...]

    def __init__(self, frequencies: dict[T, int]) -> None:
        object.__setattr__(self, "values", tuple(frequencies))
        object.__setattr__(self, "ends", tuple(accumulate(frequencies.values())))


class Draw:
    """One stream of numbers: `Draw(seed, "person", 17).below(100)`."""

    __slots__ = ("_left", "_name", "_pool", "_refills")

    _left: int
    _pool: int

    def __init__(self, *name: int | str) -> None:
        self._name = "/".join(map(str, name))
        self._refills = 0
        self._refill()

    def below(self, bound: int) -> int:
        """An integer from 0 to `bound` - 1."""
        self._left //= bound
        if self._left < _RESERVE:
            self._refill()
            self._left //= bound
        self._pool, value = divmod(self._pool, bound)
        return value

    def choice(self, values: Sequence[T]) -> T:
        return values[self.below(len(values))]

    def weighted(self, table: Weighted[T]) -> T:
        return table.values[bisect_right(table.ends, self.below(table.ends[-1]))]

    def one_in(self, odds: int) -> bool:
        return self.below(odds) == 0

    def _refill(self) -> None:
        digest = blake2b(f"{self._name}#{self._refills}".encode()).digest()
        self._pool = int.from_bytes(digest, "big")
        self._left = _POOL
        self._refills += 1
