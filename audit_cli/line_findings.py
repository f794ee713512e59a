"""Faults of lines as findings of the step that asks."""

from collections.abc import Iterator

from audit_cli.findings import Finding, Severity
from audit_cli.line_files import LineOutcome


def line_findings(outcome: LineOutcome, step: int) -> Iterator[Finding]:
    """The faults of `step` in one file; where there are too many, the last one says so."""
    path = outcome.source.path
    for fault in outcome.faults:
        if fault.step == step:
            yield Finding(
                rule=f"S{step:02d}",
                severity=Severity.CRITICAL,
                subject=f"file:{path}",
                zh=f"{path} 第 {fault.line} 行:{fault.zh}。",
                en=f"{path}:{fault.line}: {fault.en}.",
                evidence={"file": path, "line": fault.line, "computed": fault.en},
            )
    more = outcome.fault_count - len(outcome.faults)
    if more > 0 and step == outcome.faults[-1].step:
        yield Finding(
            rule=f"S{step:02d}",
            severity=Severity.CRITICAL,
            subject=f"file:{path}",
            zh=f"{path} 另有 {more} 行有同类问题。",
            en=f"{path}: {more} more lines with such faults.",
            evidence={"file": path, "count": more},
        )
