"""(2) Canonical bytes: every entry, line record and statement is its own canonical form."""

from audit_cli.case import Case, result
from audit_cli.findings import Finding
from audit_cli.line_findings import line_findings
from audit_cli.steps import StepResult

NUMBER = 2


def check(case: Case) -> StepResult:
    """Entries and statements were read before; lines were read for step 4."""
    findings: list[Finding] = case.read_findings(NUMBER)
    lines = 0
    for outcome in case.outcomes.values():
        lines += outcome.root.count if outcome.root else 0
        findings += line_findings(outcome, NUMBER)
    entries = sum(feed.entry_count for feed in case.feeds.values())
    return result(NUMBER, entries + lines + case.held.line_count, findings)
