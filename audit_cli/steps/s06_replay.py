"""(6) State machine replay: stages, notice rule, approval ladder, reissues, from events alone."""

from collections.abc import Callable, Iterator
from functools import partial

from audit_cli.case import Case, result
from audit_cli.findings import Finding, Severity
from audit_cli.held_statements import HeldStatement
from audit_cli.replay.state import LedgerState, RunState
from audit_cli.steps import StepResult
from fundtrail.chain.bindings import DisputeDesk, FundLedger
from fundtrail.chain.rpc import Rpc
from fundtrail.enums import Stage
from fundtrail.errors import ChainError
from fundtrail.statements import Approve, Review

NUMBER = 6


def check(case: Case) -> StepResult:
    """What the replay found out of order, what judges signed, and the contract's own stages."""
    if case.replayed is None:
        return result(NUMBER, 0, ())
    findings = [f for f in case.replayed.findings if f.step == NUMBER]
    runs = case.replayed.state.runs
    for held in case.held.statements:
        findings += _check_seen(held, runs)
    if case.rpc is not None and case.chain is not None:
        findings += _check_stages(case, case.rpc, case.chain.head)
        findings += _check_desk(case, case.replayed.state, case.rpc, case.chain.head)
    return result(NUMBER, len(case.replayed.acts), findings)


def _check_seen(held: HeldStatement, runs: dict[str, RunState]) -> Iterator[Finding]:
    """Reviewer and approvers signed the root and the total that were prepared."""
    act = held.statement
    if not isinstance(act, Review | Approve):
        return
    run = runs.get(act.run)
    prepared = (run.prepared.root, run.prepared.total_fen) if run else (b"", 0)
    if (act.root, act.total_fen) != prepared:
        yield Finding(
            rule="S06",
            severity=Severity.CRITICAL,
            subject=f"run:{act.run}",
            zh=f"{held.path} 第 {held.line} 行签署的根或合计不是所编制的。",
            en=f"{held.path}:{held.line}: signed another root or total than was prepared.",
            evidence={
                "file": held.path,
                "line": held.line,
                "expected": f"{prepared[0].hex()} {prepared[1]}",
                "computed": f"{act.root.hex()} {act.total_fen}",
            },
        )


def _check_stages(case: Case, rpc: Rpc, head: int) -> Iterator[Finding]:
    ledger = FundLedger(case.network, rpc)
    runs = case.replayed.state.runs if case.replayed else {}
    for run in runs.values():
        expected = _words(run.stage, run.credited_fen, run.returned_fen) + _out(
            run.held_fen, run.struck_fen, len(run.blocked_by)
        )
        try:
            view = ledger.run(run.code, block=head)
            got = _words(Stage(view.stage), view.credited_fen, view.returned_fen)
            got += _out(view.held_fen, view.struck_fen, view.challenges)
        except ChainError as error:
            got = str(error)
        if got != expected:
            zh = "合约所说的批次状态与重放不符"
            en = "The contract's view of the run is not what its events lead to."
            yield _differs(f"run:{run.code}", zh, en, expected, got, head)


def _differs(subject: str, zh: str, en: str, expected: str, got: str, head: int) -> Finding:
    """What the contract shows at `head` beside what the replay leads to."""
    return Finding(
        rule="S06",
        severity=Severity.CRITICAL,
        subject=subject,
        zh=f"{zh}:应为 {expected},实为 {got}。",
        en=en,
        evidence={"expected": expected, "computed": got, "block": head},
    )


def _words(stage: Stage, credited_fen: int, returned_fen: int) -> str:
    return f"{stage.en}, credited {credited_fen}, returned {returned_fen}"


def _out(held_fen: int, struck_fen: int, challenges: int) -> str:
    """What keeps a run or its lines back; nothing where nothing does."""
    out = {"held": held_fen, "struck": struck_fen, "challenges": challenges}
    return "".join(f", {name} {value}" for name, value in out.items() if value)


def _check_desk(case: Case, state: LedgerState, rpc: Rpc, head: int) -> Iterator[Finding]:
    """Disputes, receivables and challenges as the contract shows them."""
    for subject, expected, ask in _contests(case, state, rpc, head):
        try:
            got = ask()
        except ChainError as error:
            got = str(error)
        if got != expected:
            zh, en = "争议台所说的与重放不符", "The contract's view is not what its events lead to."
            yield _differs(subject, zh, en, expected, got, head)


def _contests(
    case: Case, state: LedgerState, rpc: Rpc, head: int
) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Subject, what the replay says, and how to ask the contract."""
    desk = DisputeDesk(case.network, rpc) if "DisputeDesk" in case.network.contracts else None
    if desk is None:
        return
    for dispute in state.disputes.values():
        expected = f"{dispute.stage.en}, {dispute.outcome.en}, reissue {dispute.reissue_fen}"
        yield f"dispute:{dispute.code}", expected, partial(_dispute, desk, dispute.code, head)
    for due in state.receivables.values():
        code = due.ordered.receivable
        expected = f"{due.stage.en}, received {due.received_fen} of {due.ordered.amount_fen}"
        yield f"receivable:{code}", expected, partial(_receivable, desk, code, head)
    for id_, challenge in state.challenges.items():
        expected = f"{challenge.proven.run} {challenge.other_run}, closed {bool(challenge.closed)}"
        yield f"challenge:{id_.hex()}", expected, partial(_challenge, desk, id_, head)


def _dispute(desk: DisputeDesk, code: str, head: int) -> str:
    view = desk.dispute(code, block=head)
    return f"{view.stage.en}, {view.outcome.en}, reissue {view.reissue_fen}"


def _receivable(desk: DisputeDesk, code: str, head: int) -> str:
    view = desk.receivable(code, block=head)
    return f"{view.stage.en}, received {view.received_fen} of {view.amount_fen}"


def _challenge(desk: DisputeDesk, id_: bytes, head: int) -> str:
    view = desk.challenge(id_, block=head)
    return f"{view.run} {view.other_run}, closed {view.closed}"
