"""The words people read, Chinese and English side by side."""

from collections.abc import Mapping

from fundtrail.sum_tree import TreeKind
from ledger_service.models import Words


def both(zh: str, en: str) -> Words:
    """The same in two languages."""
    return Words(zh=zh, en=en)


ACTS: Mapping[str, Words] = {
    "allot": both("指标下达", "allotted"),
    "pass-on": both("资金下达", "passed on"),
    "publish": both("公示", "public notice"),
    "prepare": both("编制", "prepared"),
    "review": both("复核", "reviewed"),
    "approve": both("审批", "approved"),
    "release": both("国库拨付", "released by the treasury"),
    "settle": both("银行回单", "settled by the bank"),
    "credited": both("已到账", "credited"),
    "returned": both("退票", "returned"),
    "reject": both("退回", "rejected"),
    "cancel": both("撤销", "cancelled"),
    "hold": both("暂扣", "held"),
    "lift": both("解除暂扣", "lifted"),
}
CONTEST_ACTS: Mapping[str, Words] = {
    "open": both("提出异议", "dispute opened"),
    "decide": both("裁决", "decided"),
    "appeal": both("申请复议", "appealed"),
    "decide-appeal": both("复议决定", "appeal decided"),
    "conclude": both("终局", "concluded"),
    "order-reissue": both("责令补发", "reissue ordered"),
    "held": both("该笔暂停", "line held"),
    "freed": both("该笔恢复", "line freed"),
    "struck": both("该笔剔除", "line struck"),
    "reissue-allowed": both("准予补发", "reissue allowed"),
    "prove": both("举证成立", "fraud proven"),
    "block": both("批次冻结", "run blocked"),
    "unblock": both("批次解冻", "run unblocked"),
    "close": both("结案", "closed"),
    "order": both("责令追回", "recovery ordered"),
    "receive": both("收到退款", "money received"),
    "recover": both("退款入账", "money back in the fund"),
    "end": both("追回结束", "recovery ended"),
}
LINES: Mapping[str | None, Words] = {
    None: both("未暂停", "not held"),
    "held": both("暂停中", "held"),
    "freed": both("已恢复", "freed"),
    "struck": both("已剔除", "struck"),
    "reissue-allowed": both("准予补发", "may be paid again"),
}
BATCHES: Mapping[TreeKind, Words] = {
    TreeKind.CREDITED: ACTS["credited"],
    TreeKind.RETURNED: ACTS["returned"],
}

# What the payee reads (the five states), and nothing of what happens inside.
BEING_PREPARED = both("准备发放", "Being prepared")
WITH_THE_BANK = both("银行处理中", "With the bank")
PAID = both("已到账", "Paid")
RETURNED = both("没有到账(被银行退回)", "Returned")
ON_HOLD = both("暂停发放", "On hold")

# ISO 20022 reasons: what happened, and the one thing to do.
REASONS: Mapping[str, tuple[Words, Words]] = {
    "AC01": (
        both("收款账号有误", "The account number is wrong"),
        both(
            "请带身份证和存折到街道办事处更正账号", "Bring ID and bankbook and correct the account"
        ),
    ),
    "AC04": (
        both("收款账户已销户", "The account is closed"),
        both("请到街道办事处登记一个新账户", "Give the street office a new account"),
    ),
    "AC06": (
        both("收款账户被冻结", "The account is blocked"),
        both(
            "请到开户银行解冻,或登记一个新账户", "Have the bank unblock it, or give a new account"
        ),
    ),
    "BE01": (
        both("姓名与账户不一致", "The name does not match the account"),
        both(
            "请带身份证到街道办事处核对姓名",
            "Bring ID to the street office and have the name checked",
        ),
    ),
    "MD07": (
        both("银行登记收款人已去世", "The bank has the payee as deceased"),
        both("如果登记有误,请本人或家属联系街道办事处", "If this is wrong, call the street office"),
    ),
}
NO_REASON = (
    both("银行没有说明原因", "The bank gave no reason"),
    both("请联系街道办事处查询原因", "Call the street office and ask for the reason"),
)
NOT_IN_RUN = (
    both(
        "公示名单上有您,发放名单里没有您这一笔",
        "You are on the notice, but not on the payment list",
    ),
    both("请联系街道办事处询问,并可提出异议", "Call the street office and ask; you may object"),
)
REJECTED = (
    both("发放名单被退回修改", "The payment list was sent back for correction"),
    both("不用做什么,名单改好后会重新报批", "Nothing to do: the list will be submitted again"),
)

# Held up: why, and how to object.
IN_DISPUTE = (
    both("有人对您这一笔提出异议,正在处理", "An objection to this payment is being examined"),
    both(
        "请向街道办事处说明情况;对裁决不服的,可在期限内申请复议",
        "Tell the street office your side; against the decision an appeal is open until its day",
    ),
)
LINE_STRUCK = (
    both("异议成立,这一笔已从发放名单中剔除", "The objection was upheld: the list leaves it out"),
    both(
        "请联系街道办事处;如决定补发,会在另一份名单中发放",
        "Call the street office; if it is to be paid again, another list will pay it",
    ),
)
LIST_HELD = (
    both("发放名单正在接受审计或检察机关检查", "An audit or prosecutor's office examines the list"),
    both(
        "不用做什么,检查结束后继续发放;有异议请联系街道办事处",
        "Nothing to do, payment goes on afterwards; to object, call the street office",
    ),
)
LIST_BLOCKED = (
    both("发放名单经核对有差错,正在查清", "The list contradicts itself and is examined"),
    both(
        "不用做什么,查清后继续发放;有异议请联系街道办事处",
        "Nothing to do, payment goes on afterwards; to object, call the street office",
    ),
)
CANCELLED = (
    both("发放名单已撤销", "The payment list was cancelled"),
    both("请联系街道办事处询问,并可提出异议", "Call the street office and ask; you may object"),
)

DATE_HELD_UNTIL = both("暂停至这一天,届时继续发放", "on hold until this day")
DATE_UNTIL_LIFTED = both("暂停至解除为止", "on hold until it is lifted")
DATE_UNTIL_DECIDED = both("暂停至作出裁决为止", "on hold until it is decided")
DATE_APPEAL_UNTIL = both("可在这一天前申请复议", "the last day to appeal")
DATE_UNTIL_APPEAL_DECIDED = both("暂停至作出复议决定为止", "on hold until the appeal is decided")
DATE_STRUCK = both("剔除的日期", "the day it was left out")
DATE_NOTICE_ENDS = both("公示结束的日期,之后发放", "the notice ends, payment follows")
DATE_PREPARED = both("编制发放名单的日期", "the payment list was made")
DATE_RELEASED = both("国库拨付的日期,通常{}个工作日到账", "released; usually {} working days to go")
DATE_PAID = both("到账日期", "the day it was paid")
DATE_RETURNED = both("银行退回的日期", "the day the bank returned it")

NOTHING_TO_DO = both("不用做什么,请等待", "Nothing to do, please wait")
CHECK_ACCOUNT = both("请查看存折或银行卡", "Look at your bankbook or card")
PRIVACY = both(
    "查询码已用过。有效期内可用令牌再次查看;不凭身份证号查询",
    "The code is used up. The token repeats this answer until it expires; no ID number is needed",
)
