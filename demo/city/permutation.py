"""A shuffle of 0 .. size - 1 that needs no memory: any position can be asked alone.

A four-round Feistel network over the next even power of two, walked until it lands inside the
size (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002). A bijection by
construction; mixes well enough for a plausible city and is no cipher.
"""

from dataclasses import dataclass

from demo.city.draw import Draw

_WORD = (1 << 64) - 1
_ODD = 0x9E3779B97F4A7C15  # 2^64 / golden ratio, odd: multiplying by it spreads low bits upwards
_ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Permutation:
    """`Permutation.of(draw, 1000).at(7)` is where 7 goes."""

    size: int
    half_bits: int
    keys: tuple[int, ...]

    @classmethod
    def of(cls, draw: Draw, size: int) -> "Permutation":
        half_bits = max(1, ((size - 1).bit_length() + 1) // 2)
        keys = tuple(draw.below(1 << 64) for _ in range(_ROUNDS))
        return cls(size=size, half_bits=half_bits, keys=keys)

    def at(self, index: int) -> int:
        if not 0 <= index < self.size:
            raise IndexError(f"expected 0 <= index < {self.size}, got {index}")

        value = self._walk(index)
        while value >= self.size:
            value = self._walk(value)
        return value

    def _walk(self, value: int) -> int:
        mask = (1 << self.half_bits) - 1
        left, right = value >> self.half_bits, value & mask
        for key in self.keys:
            mixed = ((right ^ key) * _ODD & _WORD) >> 32
            left, right = right, left ^ (mixed & mask)
        return left << self.half_bits | right
