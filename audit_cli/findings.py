"""Findings: what an audit step or a rule has to say, collected as values.

A finding is a question to a person, with the evidence that raised it; it decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much weighs on a finding. Faults that hurt payees weigh as much as frauds."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return {"critical": "严重", "high": "高", "medium": "中", "low": "低"}[self.value]


Evidence = Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    `rule` is `S01` .. `S11` for a step, `F01` .. for a rule of step 10. `subject` is
    `payment:<hex64>` or `run:`, `fund:`, `file:`, `feed:`, `statement:`, `batch:`, `notice:` and a
    name. `evidence` points at the records: `file`, `line`, `expected`, `computed` where they apply.
    `missing` marks evidence that is not there: the audit then ends as unavailable.
    """

    rule: str
    severity: Severity
    subject: str
    zh: str
    en: str
    evidence: Evidence = field(default_factory=dict)
    missing: bool = False

    @property
    def step(self) -> int:
        """The number of the step that found it."""
        return int(self.rule[1:]) if self.rule.startswith("S") else 10

    @property
    def message(self) -> str:
        """Chinese first, English second."""
        return f"{self.zh} {self.en}"

    def to_json(self) -> dict[str, Any]:
        """The object of the report."""
        evidence = dict(self.evidence) | ({"missing": "true"} if self.missing else {})
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "subject": self.subject,
            "message": self.message,
            "evidence": evidence,
        }


def missing_file(step: int, path: str, zh: str, en: str) -> Finding:
    """Evidence that was named and is not there."""
    return Finding(
        rule=f"S{step:02d}",
        severity=Severity.CRITICAL,
        subject=f"file:{path}",
        zh=f"缺少文件 {path}:{zh}。",
        en=f"Missing {path}: {en}.",
        evidence={"file": path},
        missing=True,
    )


def altered(
    rule: str, path: str, zh: str, en: str, *, expected: str, computed: str, line: int | None = None
) -> Finding:
    """Bytes that are not those that were named or anchored."""
    where = f"{path}:{line}" if line is not None else path
    place: dict[str, str | int] = {"file": path} if line is None else {"file": path, "line": line}
    return Finding(
        rule=rule,
        severity=Severity.CRITICAL,
        subject=f"file:{path}",
        zh=f"{where} {zh}:应为 {expected},实为 {computed}。",
        en=f"{where}: {en}: expected {expected}, computed {computed}.",
        evidence={**place, "expected": expected, "computed": computed},
    )
