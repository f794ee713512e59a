"""Who there is: agencies, officers, governors, streets and their elders."""

import hashlib

from fundtrail.enums import AgencyKind, Role
from fundtrail.openings import Opening
from fundtrail.signers import KeySigner

START = 1_790_812_800  # 2026-10-01T00:00:00Z
PERIOD, PROGRAMME = "2026-10", "OAA"
NOTICE_SECONDS = 7 * 86_400
LADDER_FEN = (90_000,)
CITY, DISTRICT, TREASURY, BANK = "1901-MZJ", "190101-MZJ", "1901-GK", "BANK-A"
STREETS = ("190101001", "190101002", "190101003")
FEEDS = {"civil-affairs": CITY, "death-register": CITY, "treasury": TREASURY, "bank-a": BANK}
BANDS = ((65, 69, 7_500), (70, 79, 15_000), (80, 89, 18_000), (90, 99, 35_000))

# code, kind, parent, region, name
AGENCIES = (
    ("1901-CZJ", AgencyKind.FINANCE, "", 190_100, "云州市财政局"),
    (CITY, AgencyKind.PROGRAMME, "", 190_100, "云州市民政局"),
    (DISTRICT, AgencyKind.PROGRAMME, CITY, 190_101, "云州市东城区民政局"),
    ("190101001-JD", AgencyKind.PROGRAMME, DISTRICT, 190_101_001, "第1街道办事处"),
    ("190101002-JD", AgencyKind.PROGRAMME, DISTRICT, 190_101_002, "第2街道办事处"),
    ("190101003-JD", AgencyKind.PROGRAMME, DISTRICT, 190_101_003, "第3街道办事处"),
    (TREASURY, AgencyKind.TREASURY, "", 190_100, "云州市国库支付中心"),
    (BANK, AgencyKind.BANK, "", 190_100, "云州银行"),
    ("1901-SJ", AgencyKind.AUDIT, "", 190_100, "云州市审计局"),
)
GOVERNORS = ("1901-CZJ", CITY, "1901-SJ")
OFFICERS = {  # name → (agency, roles)
    "budget-finance": ("1901-CZJ", Role.BUDGET),
    "budget-city": (CITY, Role.BUDGET),
    "budget-district": (DISTRICT, Role.BUDGET),
    **{f"publish-{street}": (f"{street}-JD", Role.PUBLISH) for street in STREETS},
    **{f"prepare-{street}": (f"{street}-JD", Role.PREPARE) for street in STREETS},
    **{f"review-{street}": (f"{street}-JD", Role.REVIEW) for street in STREETS},
    "approve-district": (DISTRICT, Role.APPROVE),
    "approve-city": (CITY, Role.APPROVE),
    "treasurer": (TREASURY, Role.TREASURY),
    "bank": (BANK, Role.BANK),
    "oracle-civil": (CITY, Role.ORACLE),
    "oracle-treasury": (TREASURY, Role.ORACLE),
    "oracle-bank": (BANK, Role.ORACLE),
}
ORACLES = {CITY: "oracle-civil", TREASURY: "oracle-treasury", BANK: "oracle-bank"}


def secret(name: str) -> bytes:
    """32 bytes that stand for a secret of that name."""
    return hashlib.sha256(b"scenario/" + name.encode()).digest()


def governors() -> list[tuple[KeySigner, str]]:
    """The governors and their agencies, by rising address."""
    pairs = [(KeySigner(secret(f"governor/{agency}")), agency) for agency in GOVERNORS]
    return sorted(pairs, key=lambda pair: pair[0].address)


def people(street: str) -> range:
    """The elders of a street by number."""
    return range(5) if street == STREETS[0] else range(3)


def payee(street: str, number: int) -> str:
    """The identity of an elder; no real person has it."""
    return f"cn-id:{street[:6]}19500101{STREETS.index(street)}{number:02d}X"


def age(number: int) -> int:
    """How old an elder is."""
    return 66 + 7 * number


def outcome(street: str, number: int, attempt: int) -> str:
    """What the bank says, empty where it has not answered."""
    if street != STREETS[0]:
        return ""
    return "returned" if number == 3 and attempt == 0 else "credited"


def openings(street: str, number: int, name: str) -> tuple[Opening, ...]:
    """The personal values of an elder's row in the file `name`."""
    values = {
        "account": {"account": f"6200{street}{number:06d}"},
        "identity": {"id": payee(street, number).removeprefix("cn-id:"), "name": f"测试{number}"},
    }
    return tuple(
        Opening(group=group, salt=secret(f"salt/{street}/{number}/{name}/{group}"), value=value)
        for group, value in values.items()
    )
