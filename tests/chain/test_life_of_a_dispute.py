"""One contested line: held, heard, appealed and settled, while the rest of its run goes on."""

from dataclasses import replace

from fundtrail.chain.bindings import DisputeDesk, FundLedger
from fundtrail.chain.transaction import Call
from fundtrail.enums import DisputeStage, Outcome, Role, Stage
from fundtrail.ids import ZERO32
from fundtrail.proofs import Placed, placed
from fundtrail.statements import (
    Appeal,
    Approve,
    Decide,
    DecideAppeal,
    OpenDispute,
    OrderReissue,
    Review,
)
from fundtrail.sum_tree import SumTree, TreeKind
from tests.chain.life import WHY, Life, fresh, neighbour, voucher
from tests.chain.trees import FEN, elders, hex_of, mismatch, tree_of


def opening(dispute: str, run: str, line: Placed) -> OpenDispute:
    return OpenDispute(
        dispute=dispute, run=run, payment_id=line.line.payment_id,
        amount_fen=line.line.amount_fen, reason=WHY, basis=fresh(),
    )  # fmt: skip


def decision(dispute: str, outcome: Outcome, until: int) -> Decide:
    return Decide(
        dispute=dispute, outcome=int(outcome), reason=WHY, appeal_until=until, basis=fresh()
    )


def appeal(dispute: str) -> Appeal:
    return Appeal(dispute=dispute, reason=WHY, basis=fresh())


def contested(life: Life, name: str) -> tuple[str, SumTree, Placed]:
    """An approved run with one line in dispute `D-<name>`: its fund, its tree, the line."""
    fund, tree = life.fund(f"F-{name}"), tree_of(*elders(name))
    line = placed(tree, 3)
    life.approve(f"R-{name}", tree, fund)
    life.act(opening(f"D-{name}", f"R-{name}", line), "complainer", proof=line)
    return fund, tree, line


def decided(life: Life, dispute: str, outcome: Outcome) -> int:
    until = life.now() + 3_600
    life.act(decision(dispute, outcome, until), "decider")
    return until


def conclude(life: Life, dispute: str) -> None:
    """Anybody may, once the time to appeal is over."""
    life.travel(3_700)
    life.tell(DisputeDesk.conclude(dispute))


def test_a_dismissed_dispute_holds_exactly_its_line_and_gives_it_back(life: Life) -> None:
    fund, tree, _ = contested(life, "whole")
    total = tree.root.total_fen

    held = life.ledger.fund(fund)
    assert (held.held_fen, held.committed_fen) == (FEN, total)
    assert life.desk.dispute("D-whole").payer == "mzj-qu"
    assert life.refused(voucher("R-whole", total), "treasurer") == (
        "FundLedger_VoucherDiffers",
        {"run": "R-whole", "dueFen": str(total - FEN), "amountFen": str(total)},
    )
    until = decided(life, "D-whole", Outcome.DISMISSED)
    assert life.unproven(DisputeDesk.conclude("D-whole")) == (
        "DisputeDesk_AppealOpen",
        {"dispute": "D-whole", "appealUntil": str(until)},
    )
    conclude(life, "D-whole")

    assert life.desk.dispute("D-whole").stage is DisputeStage.FINAL
    assert life.ledger.fund(fund) == replace(held, held_fen=0)
    life.release("R-whole", total)
    assert life.ledger.run("R-whole").stage is Stage.RELEASED
    life.require_identity(fund)


def test_an_upheld_dispute_strikes_its_line_and_the_rest_of_the_run_is_paid(life: Life) -> None:
    fund, tree, line = contested(life, "struck")
    before = life.ledger.fund(fund)
    decided(life, "D-struck", Outcome.DISMISSED)
    life.act(appeal("D-struck"), "complainer")
    reversed_ = DecideAppeal(
        dispute="D-struck", outcome=int(Outcome.UPHELD), reason=WHY, basis=fresh()
    )
    life.act(reversed_, "appellate")

    after = life.ledger.fund(fund)
    assert after.held_fen == 0
    assert after.committed_fen == before.committed_fen - FEN
    assert after.available_fen == before.available_fen + FEN
    assert life.ledger.run("R-struck").struck_fen == FEN

    life.release("R-struck", tree.root.total_fen - FEN)
    rest = [kept for kept in tree.lines if kept != line.line]
    life.settle("B-struck", "R-struck", SumTree(rest, TreeKind.CREDITED))
    assert life.ledger.run("R-struck").stage is Stage.SETTLED
    reissue = OrderReissue(dispute="D-struck", amount_fen=FEN, basis=fresh())
    assert life.refused(reissue, "decider")[0] == "Authority_RoleMissing"
    over = replace(reissue, amount_fen=FEN + 1)
    assert life.refused(over, "appellate") == (
        "DisputeDesk_AmountOver",
        {"subject": "D-struck", "amountFen": str(FEN + 1), "leftFen": str(FEN)},
    )
    life.act(reissue, "appellate")
    assert life.ledger.batch("D-struck").total_fen == FEN
    assert life.refused(replace(reissue, basis=fresh()), "appellate") == (
        "DisputeDesk_ReissueOrdered",
        {"dispute": "D-struck", "amountFen": str(FEN)},
    )
    life.require_identity(fund)


def test_only_a_line_of_the_run_is_disputed_and_only_once(life: Life) -> None:
    _, tree, line = contested(life, "forged")
    other = placed(tree, 2)
    cheaper = neighbour(other, amount_fen=1)
    moved = replace(line, proof=replace(line.proof, index=2))

    def told(signed: Placed, proof: Placed) -> object:
        return life.refused(opening("D-2", "R-forged", signed), "complainer", proof=proof)

    assert told(other, cheaper) == (
        "DisputeDesk_LineDiffers",
        {"dispute": "D-2", "paymentId": hex_of(other.line.payment_id), "amountFen": "1"},
    )
    total = tree.root.total_fen
    richer = neighbour(other, amount_fen=FEN + 1)
    assert told(richer, richer) == (
        "SumTree_TotalMismatch",
        {"expected": str(total), "computed": str(total + 1)},
    )
    assert told(moved, moved) == mismatch(moved, tree)
    assert told(line, line) == ("DisputeDesk_LineContested", {"standing": "D-forged"})
    again = opening("D-forged", "R-forged", other)
    assert life.refused(again, "complainer", proof=other) == (
        "DisputeDesk_DisputeExists",
        {"dispute": "D-forged"},
    )
    silent = replace(opening("D-3", "R-forged", other), reason=ZERO32)
    told_why = life.refused(silent, "complainer", proof=other)
    assert told_why == ("DisputeDesk_NoReason", {"subject": "D-3"})
    assert life.ledger.run("R-forged").held_fen == FEN


def test_who_opens_pays_or_decided_does_not_judge(life: Life) -> None:
    contested(life, "judges")
    life.seat("opener who decides", "xfj", 41, Role.DECIDE)
    life.seat("payer who decides", "mzj-qu", 42, Role.DECIDE | Role.DISPUTE)
    life.seat("decider who appeals", "zcy", 43, Role.APPEAL)
    life.seat("complainer elsewhere", "fyj", 22, Role.DECIDE)
    life.seat("bystander", "sjj", 44, Role.DISPUTE)
    until = life.now() + 3_600
    act = decision("D-judges", Outcome.DISMISSED, until)

    for partial, agency in (("opener who decides", "xfj"), ("payer who decides", "mzj-qu")):
        assert life.refused(act, partial) == (
            "DisputeDesk_SameAgency",
            {"dispute": "D-judges", "agency": agency},
        )
    assert life.refused(act, "complainer elsewhere") == (
        "DisputeDesk_SamePerson",
        {"dispute": "D-judges", "person": "22"},
    )
    life.act(act, "decider")
    assert life.refused(appeal("D-judges"), "bystander") == (
        "DisputeDesk_NotAParty",
        {"dispute": "D-judges", "agency": "sjj"},
    )
    life.act(appeal("D-judges"), "payer who decides")
    final = DecideAppeal(
        dispute="D-judges", outcome=int(Outcome.DISMISSED), reason=WHY, basis=fresh()
    )
    assert life.refused(final, "decider who appeals") == (
        "DisputeDesk_SameAgency",
        {"dispute": "D-judges", "agency": "zcy"},
    )
    life.act(final, "appellate")


def test_an_appeal_comes_in_time_or_not_at_all(life: Life) -> None:
    contested(life, "late")
    until = decided(life, "D-late", Outcome.DISMISSED)
    life.travel(3_700)

    assert life.refused(appeal("D-late"), "complainer") == (
        "DisputeDesk_AppealTooLate",
        {"dispute": "D-late", "appealUntil": str(until)},
    )
    conclude(life, "D-late")
    assert life.unproven(DisputeDesk.conclude("D-late"))[0] == "DisputeDesk_WrongStage"


def test_a_line_is_held_before_its_run_is_approved_too(life: Life) -> None:
    fund, tree = life.fund("F-early"), tree_of(*elders("early"))
    line, root, total = placed(tree, 0), tree.root.root, tree.root.total_fen
    life.prepare("R-early", tree, fund)
    life.act(opening("D-early", "R-early", line), "complainer", proof=line)
    assert life.ledger.fund(fund).held_fen == 0

    life.act(Review(run="R-early", root=root, total_fen=total, basis=fresh()), "reviewer")
    life.act(Approve(run="R-early", root=root, total_fen=total, basis=fresh()), "approver")
    assert life.ledger.fund(fund).held_fen == FEN
    life.release("R-early", total - FEN)
    life.require_identity(fund)


def test_nobody_but_the_desk_contests_lines_and_moves_what_it_holds(life: Life) -> None:
    ledger = life.ledger.address
    for data in (
        FundLedger.contest_line("D-X", "R-X", 1),
        FundLedger.resolve_line("D-X", "R-X", 1, True),
        FundLedger.allow_reissue("D-X", "R-X", 1),
        FundLedger.block_run("R-X", ZERO32),
        FundLedger.unblock_run("R-X", ZERO32),
        FundLedger.recover("V-X", "R-X", 1),
    ):
        assert life.turned_away(Call(to=ledger, data=data)) == (
            "Contests_NotTheDesk",
            {"caller": life.relayer.address},
        )
