"""The policy of the programme: which age gets which amount, from when, and who said so.

Guarantees: bands rise without gap or overlap, amounts are positive fen. The numbers live in
`policy.toml`, never in code.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from demo.city.errors import CityError

POLICY_FILE = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One age band; the last one has no upper end."""

    label_zh: str
    label_en: str
    age_from: int
    age_to: int | None = None
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    programme: str
    element: str
    title_zh: str
    title_en: str
    effective_from: date
    source_zh: str
    source_en: str
    age_on: str
    month_of_death_payable: bool
    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        for lower, upper in pairwise(self.bands):
            if lower.age_to is None or lower.age_to + 1 != upper.age_from:
                raise CityError(
                    f"年龄档次不连续：{lower.label_zh} 之后是 {upper.label_zh}",
                    f"bands expected without gap, got {lower.label_en} then {upper.label_en}",
                )
        if not self.bands or self.bands[-1].age_to is not None:
            raise CityError("最后一档不能有上限", "expected a last band without upper age")

    def band_of(self, age: int) -> Band:
        for band in reversed(self.bands):
            if age >= band.age_from:
                return band
        raise CityError(
            f"未满 {self.bands[0].age_from} 岁：{age}",
            f"expected an age of at least {self.bands[0].age_from}, got {age}",
        )

    def wrong_band_for(self, age: int) -> Band:
        """The band above the right one; for the oldest, the band below."""
        place = self.bands.index(self.band_of(age))
        return self.bands[place + 1 if place + 1 < len(self.bands) else place - 1]


def load_policy(path: Path = POLICY_FILE) -> Policy:
    fields = tomllib.loads(path.read_text(encoding="utf-8"))
    bands = tuple(Band(**band) for band in fields.pop("band"))
    return Policy(bands=bands, **fields)


def age_on(day: date, *, born: date) -> int:
    """Completed years on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
