"""The plan of the city: districts, street offices, which bank pays which street, how many payees.

Guarantees: the same arguments give the same city, and its street counts add up to `payees`. A
plan holds no person; `population.py` makes them one at a time.
"""

from dataclasses import dataclass

from demo.city.draw import Draw
from demo.city.errors import CityError
from demo.city.places import (
    CITY_CODE,
    CITY_NAME,
    MAX_DISTRICTS,
    MAX_STREETS,
    district_code,
    district_name,
    street_name,
)
from demo.city.policy import Policy, load_policy
from demo.city.timetable import Timetable

DEFAULT_SEED = 20261001
DEFAULT_PAYEES = 20_000
DEFAULT_DISTRICTS = 3
DEFAULT_MONTH = "2026-10"

MAX_PAYEES = 6_000_000
MIN_PAYEES_PER_STREET = 30

_STREETS_AT_LEAST = 3
_PAYEES_PER_STREET = 20_000  # on average, so that no roster grows much beyond 25,000 rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """An agent bank, the folder and kind of its result files, its issuer number."""

    code: str
    name: str
    folder: str
    suffix: str
    issuer: str


BANK_A = Bank(code="BANK-A", name="云州银行", folder="bank-a", suffix=".csv", issuer="900001")
BANK_B = Bank(code="BANK-B", name="云州农商银行", folder="bank-b", suffix=".xlsx", issuer="900002")


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """One street office; `number` runs from 1 through the city, `first` is its first resident."""

    code: str
    name: str
    number: int
    district_code: str
    district_name: str
    bank: Bank
    payees: int
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    code: str
    name: str
    streets: tuple[Street, ...]

    @property
    def payees(self) -> int:
        return sum(street.payees for street in self.streets)


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """`seed` and the numbers decide everything that is written later."""

    code: str
    name: str
    seed: int
    timetable: Timetable
    policy: Policy
    districts: tuple[District, ...]

    @property
    def month(self) -> str:
        return self.timetable.month

    @property
    def payees(self) -> int:
        return sum(district.payees for district in self.districts)

    @property
    def streets(self) -> tuple[Street, ...]:
        return tuple(street for district in self.districts for street in district.streets)

    @property
    def banks(self) -> tuple[Bank, ...]:
        return tuple(dict.fromkeys(street.bank for street in self.streets))

    def run_code(self, street: Street) -> str:
        return f"{street.code}-{self.policy.programme}-{self.month}"


def build_city(
    seed: int = DEFAULT_SEED,
    payees: int = DEFAULT_PAYEES,
    districts: int = DEFAULT_DISTRICTS,
    streets_per_district: int | None = None,
    month: str = DEFAULT_MONTH,
) -> City:
    """Plan a city; without `streets_per_district` the streets grow with the payees."""
    timetable, policy = Timetable.of(month), load_policy()
    per_district = streets_per_district
    if per_district is None:
        per_district = max(
            _STREETS_AT_LEAST, -(-payees // (max(1, districts) * _PAYEES_PER_STREET))
        )
    _check_size(payees, districts, per_district)
    if timetable.first_day < policy.effective_from:
        raise CityError(
            f"政策自 {policy.effective_from} 起执行，不能生成 {month}",
            f"expected a month from {policy.effective_from} on, got {month}",
        )

    sizes = _share_out(Draw(seed, "streets"), payees, districts * per_district)
    return City(
        code=CITY_CODE,
        name=CITY_NAME,
        seed=seed,
        timetable=timetable,
        policy=policy,
        districts=tuple(
            _district(number, sizes[(number - 1) * per_district : number * per_district])
            for number in range(1, districts + 1)
        ),
    )


def _check_size(payees: int, districts: int, per_district: int) -> None:
    least = MIN_PAYEES_PER_STREET * districts * per_district
    for chinese, english, got, low, high in (
        ("区的个数", "number of districts", districts, 2, MAX_DISTRICTS),
        ("每区街道数", "streets per district", per_district, 1, MAX_STREETS),
        (
            f"领取人数（每街道至少 {MIN_PAYEES_PER_STREET} 人）",
            f"number of payees ({MIN_PAYEES_PER_STREET} or more for each street)",
            payees,
            least,
            MAX_PAYEES,
        ),
    ):
        if not low <= got <= high:
            raise CityError(
                f"{chinese}应为 {low} 至 {high}，收到 {got}",
                f"expected {low} to {high} as {english}, got {got}",
            )


def _district(number: int, sizes: list[int]) -> District:
    code, name = district_code(number), district_name(number)
    streets = []
    for place, payees in enumerate(sizes, start=1):
        running = (number - 1) * len(sizes) + place
        street = Street(
            code=f"{code}{place:03d}",
            name=street_name(running),
            number=running,
            district_code=code,
            district_name=name,
            bank=BANK_A if running % 2 else BANK_B,
            payees=payees,
            first=sum(sizes[: place - 1]),
        )
        streets.append(street)
    return District(code=code, name=name, streets=tuple(streets))


def _share_out(draw: Draw, payees: int, streets: int) -> list[int]:
    """Streets differ in size by up to a quarter of the average; the sum is exact."""
    weights = [3000 + draw.below(2001) for _ in range(streets)]
    total, ends = sum(weights), 0
    sizes = []
    for weight in weights:
        start, ends = ends, ends + weight
        sizes.append(payees * ends // total - payees * start // total)
    return sizes
