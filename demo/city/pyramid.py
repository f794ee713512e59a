"""How old the payees are: shares of age and sex shaped after the 2020 census, rounded.

Guarantees: rank k of n always has the same day of birth, and ranks of one day are counted from 0
without a gap, so ID numbers can be dealt without remembering who has one already.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

# (age from, age to, men, women) per 10,000 residents of 65 and over
_SHARES = (
    (65, 69, 1880, 1980),
    (70, 74, 1260, 1340),
    (75, 79, 780, 870),
    (80, 84, 470, 600),
    (85, 89, 220, 340),
    (90, 94, 70, 130),
    (95, 99, 17, 35),
    (100, 105, 2, 6),
)
_MEN = sum(men for _, _, men, _ in _SHARES)
_WOMEN = sum(women for _, _, _, women in _SHARES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """A day of birth and the place among those of the same sex and day, from 0."""

    day: date
    nth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pyramid:
    """The ages of `count` people of one sex on `first_day`, by rank from young to old."""

    first_day: date
    count: int
    ends: tuple[int, ...]

    @classmethod
    def of(cls, *, first_day: date, count: int, male: bool) -> "Pyramid":
        shares = [men if male else women for _, _, men, women in _SHARES]
        ends = tuple(count * end // sum(shares) for end in accumulate(shares))
        return cls(first_day=first_day, count=count, ends=ends)

    def birth(self, rank: int) -> Birth:
        if not 0 <= rank < self.count:
            raise IndexError(f"expected 0 <= rank < {self.count}, got {rank}")

        bracket = bisect_right(self.ends, rank)
        start = self.ends[bracket - 1] if bracket else 0
        people, days, place = self.ends[bracket] - start, self._days(bracket), rank - start
        day = place * days // people
        first_of_day = -(-day * people // days)
        return Birth(day=self._youngest(bracket) - timedelta(days=day), nth=place - first_of_day)

    def most_births_in_a_day(self) -> int:
        starts = (0, *self.ends)
        return max(
            -(-(end - start) // self._days(bracket))
            for bracket, (start, end) in enumerate(zip(starts, self.ends, strict=False))
        )

    def _youngest(self, bracket: int) -> date:
        """The last day of birth of the bracket: who turns its first age on the first day."""
        return self.first_day.replace(year=self.first_day.year - _SHARES[bracket][0])

    def _days(self, bracket: int) -> int:
        oldest_after = self.first_day.replace(year=self.first_day.year - _SHARES[bracket][1] - 1)
        return (self._youngest(bracket) - oldest_after).days


def men_among(people: int) -> int:
    return people * _MEN // (_MEN + _WOMEN)
