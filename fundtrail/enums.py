"""The numbers that stand for words in statements and on the chain (docs/format.md §1).

Each member knows its Chinese and its English name. A number outside the table is a ValueError.
Tree kinds live in `fundtrail.sum_tree`, where they are hashed.
"""

from enum import IntEnum, IntFlag


class _Named(IntEnum):
    """An enumeration whose members have a name for people in two languages."""

    @property
    def zh(self) -> str:
        """The Chinese name."""
        return _names(self)[0]

    @property
    def en(self) -> str:
        """The English name."""
        return _names(self)[1]

    def __str__(self) -> str:
        return f"{self.zh} {self.en}"


class AgencyKind(_Named):
    """What an agency is for."""

    NONE = 0
    FINANCE = 1
    PROGRAMME = 2
    TREASURY = 3
    BANK = 4
    AUDIT = 5
    PROCURATORATE = 6
    DISPUTES = 7


class Stage(_Named):
    """How far a run has come."""

    NONE = 0
    PREPARED = 1
    REVIEWED = 2
    APPROVED = 3
    RELEASED = 4
    SETTLED = 5
    REJECTED = 6
    CANCELLED = 7


class PayeeKind(_Named):
    """Who is paid by a programme."""

    NONE = 0
    PERSON = 1
    ORGANISATION = 2


class DisputeStage(_Named):
    """How far a dispute has come."""

    NONE = 0
    OPEN = 1
    DECIDED = 2
    APPEALED = 3
    FINAL = 4


class Outcome(_Named):
    """What was decided in a dispute."""

    NONE = 0
    UPHELD = 1
    DISMISSED = 2


class RecoveryStage(_Named):
    """How a receivable stands."""

    NONE = 0
    ORDERED = 1
    REPAID = 2
    OFFSET = 3
    WRITTEN_OFF = 4


class ChallengeKind(_Named):
    """A fraud that two proofs show."""

    NONE = 0
    DUPLICATE = 1
    MISORDERED = 2
    UNLISTED = 3
    ROSTER_AMOUNT = 4
    STRANGER = 5
    BATCH_AMOUNT = 6
    REPORTED_TWICE = 7
    REISSUED = 8


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
        return "、".join(_ROLES[role][0] for role in Role if role in self)

    @property
    def en(self) -> str:
        """The English names of the bits, joined by commas."""
        return ", ".join(_ROLES[role][1] for role in Role if role in self)


_ROLES = {
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

_AGENCY_KINDS = (
    ("未登记", "not seated"),
    ("财政部门", "finance bureau"),
    ("主管部门", "programme department"),
    ("国库", "treasury"),
    ("代理银行", "agent bank"),
    ("审计机关", "audit office"),
    ("检察机关", "procuratorate"),
    ("争议处理机构", "dispute body"),
)
_STAGES = (
    ("不存在", "not there"),
    ("已编制", "prepared"),
    ("已复核", "reviewed"),
    ("已审批", "approved"),
    ("已拨付", "released"),
    ("已结清", "settled"),
    ("已退回", "rejected"),
    ("已撤销", "cancelled"),
)
_PAYEE_KINDS = (("未登记", "not registered"), ("个人", "person"), ("机构", "organisation"))

_DISPUTE_STAGES = (
    ("不存在", "not there"),
    ("处理中", "open"),
    ("已裁决", "decided"),
    ("复议中", "appealed"),
    ("已终局", "final"),
)
_OUTCOMES = (("未裁决", "not decided"), ("成立", "upheld"), ("不成立", "dismissed"))
_RECOVERY_STAGES = (
    ("不存在", "not there"),
    ("追回中", "ordered"),
    ("已追回", "repaid"),
    ("已抵扣", "offset"),
    ("已核销", "written off"),
)
_CHALLENGE_KINDS = (
    ("未举证", "not proven"),
    ("重复支付", "paid twice"),
    ("明细顺序错乱", "lines out of order"),
    ("不在公示名单", "not on the roster"),
    ("金额与公示不符", "amount differs from the roster"),
    ("回单中有批次外明细", "batch line not in the run"),
    ("回单金额与批次不符", "batch amount differs from the run"),
    ("同一支付两次回报", "reported twice"),
    ("未退票而补发", "reissued without a return"),
)
_NAMES: dict[type[_Named], tuple[tuple[str, str], ...]] = {
    AgencyKind: _AGENCY_KINDS,
    Stage: _STAGES,
    PayeeKind: _PAYEE_KINDS,
    DisputeStage: _DISPUTE_STAGES,
    Outcome: _OUTCOMES,
    RecoveryStage: _RECOVERY_STAGES,
    ChallengeKind: _CHALLENGE_KINDS,
}


def _names(member: _Named) -> tuple[str, str]:
    return _NAMES[type(member)][member]
