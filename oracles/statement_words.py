"""A statement in words, for the officer who is about to sign it: codes read, money in yuan."""

import dataclasses
from collections.abc import Mapping as Table
from enum import IntEnum
from typing import Any

from fundtrail.enums import AgencyKind, Outcome, PayeeKind, RecoveryStage, Role
from fundtrail.errors import CodeError
from fundtrail.ids import ZERO32, code_from_bytes32
from fundtrail.money import yuan
from fundtrail.statements import Statement, camel
from fundtrail.sum_tree import TreeKind
from oracles.clock import time_words
from oracles.draft import basis_of

TITLES = {
    "SeatAgency": "登记机构 seat an agency",
    "SeatOfficer": "任命经办人 seat an officer",
    "RevokeOfficer": "撤销经办人 revoke an officer",
    "RegisterProgramme": "登记项目 register a programme",
    "SetGovernors": "更换理事 set the governors",
    "OpenFeed": "开立数据流 open a feed",
    "AnchorFeed": "锚定数据流 anchor a feed",
    "PublishNotice": "发布公示 publish a notice",
    "Allot": "下达指标 allot an appropriation",
    "PassOn": "转下指标 pass money on",
    "Prepare": "编制发放批次 prepare a run",
    "Review": "复核发放批次 review a run",
    "Approve": "审批发放批次 approve a run",
    "Release": "拨付发放批次 release a run",
    "Settle": "登记银行结果 settle a bank batch",
    "Reject": "退回发放批次 reject a run",
    "NameContract": "登记合约 name a contract",
    "RotateFeed": "更换数据流密钥 rotate a feed",
    "Recall": "收回指标 recall money",
    "Close": "结转资金 close a fund",
    "Cancel": "撤销发放批次 cancel a run",
    "Hold": "暂扣发放批次 hold a run",
    "Lift": "解除暂扣 lift a hold",
    "OpenDispute": "提出争议 open a dispute",
    "Decide": "裁决争议 decide a dispute",
    "Appeal": "申请复议 appeal a decision",
    "DecideAppeal": "复议裁决 decide an appeal",
    "OrderReissue": "责令补发 order a reissue",
    "OrderRecovery": "责令追回 order a recovery",
    "BookReceipt": "登记追回款 book money that came back",
    "CloseRecovery": "了结追回 close a recovery",
    "CloseChallenge": "了结质疑 close a challenge",
}
_NAMES = {
    "agency": "机构 agency",
    "kind": "类别 kind",
    "parent": "上级 parent",
    "region": "区划代码 region",
    "name": "名称 name",
    "key": "密钥地址 key",
    "person": "人员编号 person",
    "roles": "职责 roles",
    "valid_from": "任期自 valid from",
    "valid_until": "任期至 valid until",
    "reason": "理由 reason",
    "programme": "项目 programme",
    "payee_kind": "领取人类别 payees",
    "notice_seconds": "公示期 notice period",
    "ladder_fen": "审批阶梯 approval ladder",
    "feeds": "数据流 feeds",
    "keys": "密钥地址 keys",
    "agencies": "机构 agencies",
    "threshold": "最少签名数 signatures needed",
    "feed": "数据流 feed",
    "vkey_digest": "验证公钥摘要 key digest",
    "cadence_seconds": "锚定间隔 cadence",
    "size": "条数 entries",
    "root": "根 root",
    "notice": "公示 notice",
    "period": "月份 period",
    "total_fen": "金额合计 total",
    "count": "笔数 lines",
    "opens_at": "公示开始 opens",
    "closes_at": "公示截止 closes",
    "id": "编号 id",
    "fund": "资金 fund",
    "year": "预算年度 budget year",
    "amount_fen": "金额 amount",
    "run": "批次 run",
    "reissue_of": "补发来源 reissue of",
    "bank": "代理银行 bank",
    "voucher": "支付凭证 voucher",
    "batch": "银行批次 batch",
    "at": "合约地址 at",
    "until": "暂扣至 until",
    "dispute": "争议 dispute",
    "payment_id": "支付编号 payment",
    "outcome": "结果 outcome",
    "appeal_until": "复议期至 appeal until",
    "receivable": "追回款 receivable",
    "cause": "缘由 cause",
    "receipt": "追回流水 receipt",
    "how": "了结方式 how",
    "challenge": "质疑 challenge",
}
_TIMES = {"opens_at", "closes_at", "valid_from", "valid_until", "appeal_until", "until"}
_DAY = 86_400
# What a statement is about, the nearest first.
_SUBJECTS = (
    "receipt",
    "receivable",
    "dispute",
    "batch",
    "run",
    "notice",
    "feed",
    "id",
    "key",
    "programme",
    "agency",
    "name",
    "challenge",
)


def describe(
    statement: Statement, texts: Table[str, str], cited: str = ""
) -> list[tuple[str, str]]:
    """(name, value) for every field, what it rests on, and until when it holds.

    `cited` says in words what the evidence digest stands for, where that is known.
    """
    rows = [("声明 statement", TITLES[statement.type_name()])]
    for field in dataclasses.fields(statement):
        if field.name != "basis":
            value = getattr(statement, field.name)
            rows.append((_NAMES[field.name], _words(statement, field.name, value, texts)))
    basis = basis_of(statement)
    rests = cited or (basis.evidence.hex() if basis.evidence != ZERO32 else "仅文号 document only")
    document = texts.get("document") or f"(摘要 digest) {basis.document.hex()}"
    rows.append(("依据 rests on", rests))
    rows.append(("文号 document", document))
    rows.append(("签署时间 signed at", time_words(basis.signed_at)))
    rows.append(("有效至 holds until", time_words(basis.deadline)))
    return rows


def subject_of(statement: Statement) -> str:
    """The code that names what a statement is about."""
    for name in _SUBJECTS:
        if hasattr(statement, name):
            value = getattr(statement, name)
            return value.hex() if isinstance(value, bytes) else str(value)
    return statement.contract


def _words(statement: Statement, name: str, value: Any, texts: Table[str, str]) -> str:
    if name.endswith("_fen"):
        amounts = value if isinstance(value, tuple) else (value,)
        return " / ".join(f"{yuan(amount)} 元" for amount in amounts) or "(无 none)"
    if name.endswith("_seconds"):
        days, rest = divmod(value, _DAY)
        return f"{days} 天 days" if not rest else f"{value} 秒 seconds"
    if name == "until" and value == 0:
        return "另行解除 until it is lifted"
    if name in _TIMES:
        return time_words(value)
    if name == "outcome":
        return _member(Outcome, value)
    if name == "how":
        return _member(RecoveryStage, value)
    if name == "kind":
        return _kind(statement, value)
    if name == "payee_kind":
        return str(PayeeKind(value))
    if name == "roles":
        return f"{Role(value).zh} {Role(value).en}"
    if name == "cause":
        return _cause(value)
    if isinstance(value, bytes):
        return texts.get(name) or value.hex()
    if isinstance(value, tuple):
        return "、".join(str(item) for item in value) or "(无 none)"
    return str(value) if value != "" else "(无 none)"


def _cause(value: bytes) -> str:
    """The code of a dispute, or the id of a challenge."""
    try:
        return f"争议 dispute {code_from_bytes32(value)}"
    except CodeError:
        return f"质疑 challenge {value.hex()}"


def _member(kind: type[IntEnum], value: int) -> str:
    """The name of a number; one that means nothing is shown as it is, and refused on the chain."""
    return str(kind(value)) if value in list(kind) else str(value)


def _kind(statement: Statement, value: int) -> str:
    if statement.type_name() == "Settle":
        names = {TreeKind.CREDITED: "已入账 credited", TreeKind.RETURNED: "退票 returned"}
        return names.get(TreeKind(value), str(value))
    return str(AgencyKind(value))


def field_names(kind: type[Statement]) -> dict[str, str]:
    """The fields of a statement type as a clerk may write them: snake and camel → Python name."""
    names = [field.name for field in dataclasses.fields(kind) if field.name != "basis"]
    return {**{name: name for name in names}, **{camel(name): name for name in names}}
