"""The report as one HTML file that opens from disk: nothing is fetched, tables need no script."""

import json
from collections import Counter
from importlib import resources
from typing import Any

import jinja2

from audit_cli.findings import Finding, Severity
from audit_cli.report import Exit, Report
from audit_cli.rule_file import rules
from audit_cli.sankey import picture
from fundtrail.money import yuan

FINDINGS_SHOWN_MAX = 2_000
_CONTESTS = {
    "hold": "暂扣 hold",
    "dispute": "争议 dispute",
    "challenge": "举证 challenge",
    "recovery": "追回 recovery",
}
_TONE = {Exit.VERIFIED: "good", Exit.FINDINGS: "look", Exit.UNAVAILABLE: "stop"}


def to_html(report: Report) -> str:
    """The whole page."""
    files = resources.files("audit_cli")
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(
            lambda name: (files / "templates" / name).read_text(encoding="utf-8")
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["yuan"] = yuan
    return environment.get_template("report.html.j2").render(_context(report))


def _context(report: Report) -> dict[str, Any]:
    shown = report.findings[:FINDINGS_SHOWN_MAX]
    flow = picture(report.money) if report.money else {"nodes": [], "links": []}
    script = (resources.files("audit_cli") / "static" / "echarts.min.js").read_text("utf-8")
    return {
        "report": report,
        "tone": _TONE[report.exit],
        "findings": shown,
        "hidden": len(report.findings) - len(shown),
        "by_rule": _by_rule(report.findings),
        "flow": json.dumps(flow, ensure_ascii=False).replace("<", "\\u003c"),
        "flow_height": 240 + 38 * len(flow["nodes"]),
        "echarts": script,
        "contest_words": _CONTESTS,
        "severities": {severity: severity.zh for severity in Severity},
    }


def _by_rule(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """The rules with their names, basis and what they ask for, and how often each was met."""
    counts = Counter(finding.rule for finding in findings)
    return [{"rule": rule, "count": counts[rule.id]} for rule in rules()]
