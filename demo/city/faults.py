"""The faults that are put into the month, and what each must lead to.

A planted fault never touches two things at once: one person, or one file. Where a row is refused
at the door its payee is missing from the run although publicly noticed: that consequence is
expected too.
"""

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """Which file shows the fault first."""

    ROSTER = "civil/roster/"
    BANK = "bank-"
    CERTIFICATION = "hr/life-certification-supplement.csv"
    DEATHS = "funeral/deaths-supplement.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """`least` is how many a city of up to 200,000 payees carries."""

    slug: str
    title_zh: str
    title_en: str
    least: int
    mark: Mark
    audit_rules: tuple[str, ...] = ()
    quarantine_rule: str | None = None
    column: str | None = None
    grows: bool = True


PAID_AFTER_DEATH = FaultKind(
    slug="paid-after-death",
    title_zh="死亡次月后仍列入发放",
    title_en="Paid for a month after the month of death",
    least=3,
    mark=Mark.ROSTER,
    audit_rules=("F01",),
)
DUPLICATE_TWO_DISTRICTS = FaultKind(
    slug="duplicate-two-districts",
    title_zh="同一人在两个区同时领取",
    title_en="The same person paid in two districts",
    least=2,
    mark=Mark.ROSTER,
    audit_rules=("F02",),
)
WRONG_BAND = FaultKind(
    slug="wrong-band",
    title_zh="档次与金额同年龄不符",
    title_en="Band and amount do not match the age",
    least=3,
    mark=Mark.ROSTER,
    audit_rules=("F11",),
)
RETURNED_NOT_REISSUED = FaultKind(
    slug="returned-not-reissued",
    title_zh="银行退票后未补发",
    title_en="Returned by the bank and not reissued",
    least=2,
    mark=Mark.BANK,
    audit_rules=("F15",),
)
ON_RUN_NOT_ON_NOTICE = FaultKind(
    slug="on-run-not-on-notice",
    title_zh="未经公示即发放",
    title_en="Paid without having been on the public notice",
    least=2,
    mark=Mark.ROSTER,
    audit_rules=("F18",),
)
CREDITED_OFF_BY_ONE_FEN = FaultKind(
    slug="credited-off-by-one-fen",
    title_zh="银行入账少一分",
    title_en="The bank credited one fen less than the line",
    least=1,
    mark=Mark.BANK,
    audit_rules=("F20",),
)
SWAPPED_AFTER_NOTICE = FaultKind(
    slug="swapped-after-notice",
    title_zh="公示后名册换人",
    title_en="The payee was swapped after the notice",
    least=2,
    mark=Mark.ROSTER,
    audit_rules=("F18",),
)
ID_ROUNDED_BY_EXCEL = FaultKind(
    slug="id-rounded-by-excel",
    title_zh="身份证号存成数字，后三位丢失",
    title_en="An ID number in a numeric cell lost its last three digits",
    least=2,
    mark=Mark.ROSTER,
    audit_rules=("F18",),
    quarantine_rule="id-number-rounded",
    column="公民身份号码",
)
ID_BAD_CHECKSUM = FaultKind(
    slug="id-bad-checksum",
    title_zh="身份证号校验位错误",
    title_en="An ID number with a wrong check character",
    least=2,
    mark=Mark.ROSTER,
    audit_rules=("F18",),
    quarantine_rule="id-number-checksum",
    column="公民身份号码",
)
WRONG_ENCODING = FaultKind(
    slug="wrong-encoding",
    title_zh="文件编码不是约定的编码",
    title_en="A file in another encoding than agreed",
    least=1,
    mark=Mark.CERTIFICATION,
    quarantine_rule="file-encoding",
    grows=False,
)
MISSING_COLUMN = FaultKind(
    slug="missing-column",
    title_zh="文件缺少必需的列",
    title_en="A file without a column that is needed",
    least=1,
    mark=Mark.DEATHS,
    quarantine_rule="file-missing-column",
    column="死亡日期",
    grows=False,
)

FAULT_KINDS = (
    PAID_AFTER_DEATH,
    DUPLICATE_TWO_DISTRICTS,
    WRONG_BAND,
    RETURNED_NOT_REISSUED,
    ON_RUN_NOT_ON_NOTICE,
    CREDITED_OFF_BY_ONE_FEN,
    SWAPPED_AFTER_NOTICE,
    ID_ROUNDED_BY_EXCEL,
    ID_BAD_CHECKSUM,
    WRONG_ENCODING,
    MISSING_COLUMN,
)

DIED_IN_PAID_MONTH = FaultKind(
    slug="died-in-paid-month",
    title_zh="当月死亡，当月应发（不是问题）",
    title_en="Died in the paid month, which is payable: nothing to find",
    least=2,
    mark=Mark.ROSTER,
    grows=False,
)

# Faults that touch a person, in the order in which places are dealt. The off-by-one run comes
# first, so that no other fault is dealt to the run that it spoils.
PERSONAL_KINDS = (
    CREDITED_OFF_BY_ONE_FEN,
    DUPLICATE_TWO_DISTRICTS,
    PAID_AFTER_DEATH,
    DIED_IN_PAID_MONTH,
    WRONG_BAND,
    RETURNED_NOT_REISSUED,
    ON_RUN_NOT_ON_NOTICE,
    SWAPPED_AFTER_NOTICE,
    ID_ROUNDED_BY_EXCEL,
    ID_BAD_CHECKSUM,
)


def how_many(kind: FaultKind, payees: int) -> int:
    """`least`, doubled at 200,000 payees and tripled at 2,000,000."""
    if not kind.grows:
        return kind.least
    return kind.least * (1 + (payees >= 200_000) + (payees >= 2_000_000))
