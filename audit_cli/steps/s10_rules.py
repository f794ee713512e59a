"""(10) Rules: what honest bytes may still hide. Each finding asks a person to look.

A fraud that somebody proved on the chain is a finding of its rule until an auditor closes it.
"""

from collections.abc import Callable
from decimal import Decimal

import duckdb

from audit_cli.case import result
from audit_cli.findings import Evidence, Finding, Severity
from audit_cli.replay.replay import Replayed
from audit_cli.rule_file import Rule, rules
from audit_cli.steps import StepResult
from audit_cli.steps.proven_frauds import with_proven
from audit_cli.tables import Row, Tables

NUMBER = 10

Progress = Callable[[int, int], None]


def check(
    tables: Tables | None, replayed: Replayed | None = None, progress: Progress | None = None
) -> StepResult:
    """Ask every rule. `checked` counts lines of runs."""
    if tables is None:
        return result(NUMBER, 0, ())
    findings: list[Finding] = []
    for number, rule in enumerate(rules(), 1):
        findings += _ask(rule, tables)
        if progress:
            progress(number, len(rules()))
    if replayed is not None:
        findings = with_proven(findings, replayed.state.challenges.values())
    return result(NUMBER, tables.count("run_lines"), findings)


def _ask(rule: Rule, tables: Tables) -> list[Finding]:
    try:
        return [_finding(rule, row) for row in tables.rows(rule.sql)]
    except duckdb.Error as error:
        return [
            Finding(
                rule="S10",
                severity=Severity.HIGH,
                subject=f"rule:{rule.id}",
                zh=f"规则 {rule.id} 无法执行:{error}",
                en=f"rule {rule.id} could not be asked.",
            )
        ]


def _finding(rule: Rule, row: Row) -> Finding:
    values = dict(row.values)
    subject, zh, en = (str(values.pop(name)) for name in ("subject", "zh", "en"))
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        subject=subject,
        zh=zh,
        en=en,
        evidence=_evidence(values),
    )


def _evidence(values: dict[str, object]) -> Evidence:
    """Numbers of lines and files stay numbers; money and dates are text."""
    evidence: dict[str, str | int] = {}
    for name, value in values.items():
        if value is None:
            continue
        if isinstance(value, int) and name in ("line", "age"):
            evidence[name] = value
        elif isinstance(value, Decimal):
            evidence[name] = f"{value:f}"
        else:
            evidence[name] = str(value)
    return evidence
