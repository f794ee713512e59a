"""The numbers that stand for words in statements and on the chain (docs/format.md §1).

Each member knows its Chinese and its English name. A number outside the table is a ValueError.
Tree kinds live in `fundtrail.sum_tree`, where they are hashed.
"""

from enum import IntEnum, IntFlag
from typing import Self


class _Named(IntEnum):
    """An enumeration whose members carry (number, Chinese, English)."""

    zh: str
    en: str

    def __new__(cls, number: int, zh: str, en: str) -> Self:
        member = int.__new__(cls, number)
        member._value_ = number
        member.zh, member.en = zh, en
        return member

    def __str__(self) -> str:
        return f"{self.zh} {self.en}"


class AgencyKind(_Named):
    """What an agency is for."""

    NONE = 0, "未登记", "not seated"
    FINANCE = 1, "财政部门", "finance bureau"
    PROGRAMME = 2, "主管部门", "programme department"
    TREASURY = 3, "国库", "treasury"
    BANK = 4, "代理银行", "agent bank"
    AUDIT = 5, "审计机关", "audit office"
    PROCURATORATE = 6, "检察机关", "procuratorate"
    DISPUTES = 7, "争议处理机构", "dispute body"


class Stage(_Named):
    """How far a run has come."""

    NONE = 0, "不存在", "not there"
    PREPARED = 1, "已编制", "prepared"
    REVIEWED = 2, "已复核", "reviewed"
    APPROVED = 3, "已审批", "approved"
    RELEASED = 4, "已拨付", "released"
    SETTLED = 5, "已结清", "settled"
    REJECTED = 6, "已退回", "rejected"
    CANCELLED = 7, "已撤销", "cancelled"


class PayeeKind(_Named):
    """Who is paid by a programme."""

    NONE = 0, "未登记", "none"
    PERSON = 1, "个人", "person"
    ORGANISATION = 2, "机构", "organisation"


class Role(IntFlag):
    """What an officer may do, one bit each."""

    BUDGET = 1
    PREPARE = 2
    REVIEW = 4
    APPROVE = 8
    TREASURY = 16
    BANK = 32
    ORACLE = 64
    PUBLISH = 128
    HOLD = 256
    DISPUTE = 512
    DECIDE = 1024
    APPEAL = 2048

    @property
    def zh(self) -> str:
        """The Chinese names of the bits, joined by 、."""
        return "、".join(_ROLE_NAMES[role][0] for role in Role if role in self)

    @property
    def en(self) -> str:
        """The English names of the bits, joined by commas."""
        return ", ".join(_ROLE_NAMES[role][1] for role in Role if role in self)


_ROLE_NAMES = {
    Role.BUDGET: ("预算", "budget"),
    Role.PREPARE: ("编制", "prepare"),
    Role.REVIEW: ("复核", "review"),
    Role.APPROVE: ("审批", "approve"),
    Role.TREASURY: ("国库支付", "treasury"),
    Role.BANK: ("银行回单", "bank"),
    Role.ORACLE: ("数据锚定", "oracle"),
    Role.PUBLISH: ("公示", "publish"),
    Role.HOLD: ("止付", "hold"),
    Role.DISPUTE: ("受理争议", "dispute"),
    Role.DECIDE: ("裁决", "decide"),
    Role.APPEAL: ("复议", "appeal"),
}
