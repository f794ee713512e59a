"""(7) Conservation at every fund: granted + recovered = passed on + committed + paid + available.

No term below zero at any time, no more held than is committed, what the children were granted is
what the parent passed on, and the contract's own view of each fund is what its events lead to.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from audit_cli.case import Case, result
from audit_cli.findings import Finding, Severity
from audit_cli.replay.state import FundState
from audit_cli.steps import StepResult
from fundtrail.chain.bindings import FundLedger
from fundtrail.chain.rpc import Rpc
from fundtrail.errors import ChainError

NUMBER = 7
TERMS = ("granted_fen", "recovered_fen", "passed_on_fen", "committed_fen", "paid_fen")


def check(case: Case) -> StepResult:
    """Check every fund. `checked` counts funds."""
    if case.replayed is None:
        return result(NUMBER, 0, ())
    funds = case.replayed.state.funds
    findings = [f for f in case.replayed.findings if f.step == NUMBER]
    for fund in funds.values():
        findings += _check_terms(fund)
    findings += _check_children(funds)
    if case.rpc is not None and case.chain is not None:
        findings += _check_views(case, case.rpc, case.chain.head)
    return result(NUMBER, len(funds), findings)


def _check_terms(fund: FundState) -> Iterator[Finding]:
    terms = {name: getattr(fund, name) for name in (*TERMS, "available_fen")}
    below = {name: fen for name, fen in terms.items() if fen < 0}
    if below:
        yield _finding(fund.code, "出现负数", "a term below zero", ">= 0", str(below))
    if not 0 <= fund.held_fen <= fund.committed_fen:
        yield _finding(fund.code, "暂扣超出在途", "more held than is committed",
                       f"0 .. {fund.committed_fen}", str(fund.held_fen))  # fmt: skip


def _check_children(funds: Mapping[str, FundState]) -> Iterator[Finding]:
    granted: dict[str, int] = defaultdict(int)
    for fund in funds.values():
        granted[fund.parent] += fund.granted_fen
    for code, fund in funds.items():
        if granted[code] != fund.passed_on_fen:
            yield _finding(code, "下级所得与下拨不等", "children were granted another sum",
                           str(fund.passed_on_fen), str(granted[code]))  # fmt: skip


def _check_views(case: Case, rpc: Rpc, head: int) -> Iterator[Finding]:
    ledger = FundLedger(case.network, rpc)
    funds = case.replayed.state.funds if case.replayed else {}
    for code, fund in funds.items():
        try:
            view = ledger.fund(code, block=head)
        except ChainError as error:
            yield _finding(code, "合约没有答复", "the contract gave no view", "a view", str(error))
            continue
        for name in (*TERMS, "available_fen", "held_fen", "closed"):
            expected, got = getattr(fund, name), getattr(view, name)
            if expected != got:
                yield _finding(code, f"合约所说的 {name} 与事件不符",
                               f"{name} of the contract's view is not that of its events",
                               str(expected), str(got))  # fmt: skip


def _finding(fund: str, zh: str, en: str, expected: str, got: str) -> Finding:
    return Finding(
        rule="S07",
        severity=Severity.CRITICAL,
        subject=f"fund:{fund}",
        zh=f"资金账户 {fund} {zh}:应为 {expected} 分,实为 {got} 分。",
        en=f"fund {fund}: {en}: expected {expected} fen, computed {got}.",
        evidence={"expected": expected, "computed": got},
    )
