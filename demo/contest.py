"""Chapter: one dispute holds a line, one proven fraud holds a run, before any money has left.

The dispute is heard and dismissed, so the line goes back into its run. The fraud is the planted
duplicate: anybody who holds the evidence proves it, the contract judges, and only an auditor closes
it. Here the auditor lets the run go on so that the other payees are paid in time; the duplicate
stays in the audit's findings.
"""

from datetime import timedelta

from demo.budget import fund_code
from demo.cast import AUDIT, CIVIL, DISPUTES, TREASURY
from demo.city import Street
from demo.comparison import payment_of
from demo.departments import programme_key
from demo.payment_month import PaymentMonth
from demo.stage import at
from fundtrail.chain.bindings import DisputeDesk, FundLedger
from fundtrail.chain.event_types import FraudProven
from fundtrail.chain.events import read_events
from fundtrail.enums import Outcome
from fundtrail.evidence import lines_path, read_lines
from fundtrail.ids import text_digest
from fundtrail.money import yuan
from fundtrail.proofs import Placed, find, placed
from fundtrail.statements import CloseChallenge, Decide, OpenDispute, Release
from fundtrail.sum_tree import SumTree, TreeKind

DUPLICATE = "duplicate-two-districts"
DISPUTED_INDEX = 7


def contest(play: PaymentMonth) -> None:
    """Between approval and release."""
    day = play.city.timetable.notice_closes
    play.stage.travel(at(day + timedelta(days=1)))
    _dispute(play, play.city.streets[1])
    play.stage.travel(at(day + timedelta(days=3)))
    _challenge(play)


def _dispute(play: PaymentMonth, street: Street) -> None:
    stage, run = play.stage, play.city.run_code(street)
    line = placed(_tree(play, run), DISPUTED_INDEX)
    amount = line.line.amount_fen
    stage.act(
        stage.cast.officer(DISPUTES, "desk"),
        OpenDispute(
            dispute="ZY-2026-1",
            run=run,
            payment_id=line.line.payment_id,
            amount_fen=amount,
            reason=text_digest("本人称档次有误"),
            basis=stage.basis("云争受〔2026〕1号"),
        ),
        f"受理争议,停住一笔 dispute ZY-2026-1 holds {yuan(amount)} 元 in {run}",
        line,
    )
    _show_fund(play, street)
    stage.act(
        stage.cast.officer(CIVIL, "judge"),
        Decide(
            dispute="ZY-2026-1",
            outcome=int(Outcome.DISMISSED),
            reason=text_digest("经核对,年龄与档次相符"),
            appeal_until=stage.now() + 24 * 3600,
            basis=stage.basis("云民裁〔2026〕1号"),
        ),
        "裁决:不成立,一日内可申请复议 dismissed, may be appealed for a day",
    )
    stage.travel(stage.now() + 24 * 3600 + 60)
    data = DisputeDesk.conclude("ZY-2026-1")
    stage.send("任何人 anyone", "DisputeDesk", data, "期满终局,该笔回到批次 final, back in its run")
    _show_fund(play, street)


def _challenge(play: PaymentMonth) -> None:
    stage, city = play.stage, play.city
    fault = next(fault for fault in play.month.planted if fault.fault == DUPLICATE)
    payment = payment_of(city, fault.id_number or "", programme_key(city))
    (first, line), (second, twin) = _places(play, payment)
    data = DisputeDesk.challenge_duplicate(second, twin, first, line)
    what = f"举证:同一笔出现在 one payment in {first}, {second};批次停住 held"
    stage.send("任何人 anyone", "DisputeDesk", data, what)
    treasurer = stage.cast.officer(TREASURY, "treasurer")
    street = next(street for street in city.streets if city.run_code(street) == second)
    release = Release(
        run=second,
        bank=street.bank.code,
        voucher=text_digest("未经审计结案"),
        amount_fen=FundLedger(stage.network, stage.rpc).run(second).total_fen,
        basis=stage.basis("未经审计结案"),
    )
    stage.refused(treasurer, release, f"拨付被停住的批次 release of the held run {second}")

    auditor, network = stage.cast.officer(AUDIT, "inspector"), stage.network
    proven = [e for e in read_events(network, stage.rpc) if isinstance(e, FraudProven)]
    stage.act(
        auditor,
        CloseChallenge(
            challenge=proven[-1].challenge,
            reason=text_digest("已立案,先发其余人员,重复的一笔按追回办理"),
            basis=stage.basis("云审〔2026〕1号"),
        ),
        "审计结案:其余人员先发,重复的一笔另行追回 closed with a reason; the run goes on",
    )


def _places(play: PaymentMonth, payment: bytes) -> list[tuple[str, Placed]]:
    """The runs that hold the payment, with the proof in each."""
    found = []
    for street in play.city.streets:
        run = play.city.run_code(street)
        tree = _tree(play, run)
        if any(line.payment_id == payment for line in tree.lines):
            found.append((run, find(tree, payment)))
    return found


def _tree(play: PaymentMonth, run: str) -> SumTree:
    lines = read_lines(play.stage.evidence / lines_path(TreeKind.RUN, run))
    return SumTree([item.line() for item in lines], TreeKind.RUN)


def _show_fund(play: PaymentMonth, street: Street) -> None:
    code = fund_code(play.city, street.code)
    fund = FundLedger(play.stage.network, play.stage.rpc).fund(code)
    play.stage.narrator.say(
        f"{code}: 下达 granted {yuan(fund.granted_fen)} = 已审批 committed "
        f"{yuan(fund.committed_fen)}(其中停住 of which held {yuan(fund.held_fen)})"
        f" + 可用 available {yuan(fund.available_fen)}"
    )
