"""(6) State machine replay: stages, notice rule, approval ladder, reissues, from events alone."""

from collections.abc import Iterator

from audit_cli.case import Case, result
from audit_cli.findings import Finding, Severity
from audit_cli.held_statements import HeldStatement
from audit_cli.replay.state import RunState
from audit_cli.steps import StepResult
from fundtrail.chain.bindings import FundLedger
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
        expected = _words(run.stage, run.credited_fen, run.returned_fen)
        try:
            view = ledger.run(run.code, block=head)
            got = _words(Stage(view.stage), view.credited_fen, view.returned_fen)
        except ChainError as error:
            got = str(error)
        if got != expected:
            yield Finding(
                rule="S06",
                severity=Severity.CRITICAL,
                subject=f"run:{run.code}",
                zh=f"合约所说的批次状态与重放不符:应为 {expected},实为 {got}。",
                en="The contract's view of the run is not what its events lead to.",
                evidence={"expected": expected, "computed": got, "block": head},
            )


def _words(stage: Stage, credited_fen: int, returned_fen: int) -> str:
    return f"{stage.en}, credited {credited_fen}, returned {returned_fen}"
