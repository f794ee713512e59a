"""The report as text for a terminal, Chinese first."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from audit_cli.challenge import Judged
from audit_cli.contests import Contest
from audit_cli.money_flow import MoneyFlow
from audit_cli.report import Report
from fundtrail.money import yuan

FINDINGS_SHOWN_MAX = 200


def to_text(report: Report) -> str:
    """The whole report, a newline at the end."""
    return "\n".join(_lines(report)) + "\n"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], right: set[int]) -> Iterator[str]:
    """Rows under their columns, by the cells that characters take; `right` are aligned right."""
    widths = [max(cell_len(row[i]) for row in (columns, *rows)) for i in range(len(columns))]
    for row in (columns, *rows):
        cells = [
            " " * (width - cell_len(text)) + text
            if i in right
            else text + " " * (width - cell_len(text))
            for i, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield ("  " + "  ".join(cells)).rstrip()


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - cell_len(text))
    return space + text if right else text + space


def _lines(report: Report) -> Iterator[str]:
    network = f"{report.network} ({report.chain_id})"
    yield f"资金审计 Fundtrail audit · {network} · 截至 as of {report.as_of}"
    if report.chain:
        time = report.chain.to_json()["head_time"]
        blocks = f"{report.chain.first_block}–{report.chain.head}"
        yield f"区块 blocks {blocks} ({time}) · {report.chain.node}"
    yield ""
    rows = [
        (str(r.step.number), r.step.name, f"{r.checked:,}", str(len(r.findings)))
        for r in report.steps
    ]
    yield from table(("步 step", "内容 what", "已核 checked", "发现 findings"), rows, {0, 2, 3})
    yield ""
    yield from _findings(report)
    yield "未核查 not checked"
    for item in report.not_checked:
        yield f"  · {item.zh}"
        yield f"    {item.en}"
    yield ""
    if report.contests:
        yield from _contests(report.contests)
    if report.money:
        yield from _money(report.money)
    yield f"结论 verdict: {report.verdict_zh} {report.verdict_en}"


def challenge_text(judged: Sequence[Judged]) -> str:
    """What the contract said to each proof, a newline at the end."""
    lines = []
    for item in judged:
        mark = "✓" if item.holds else "✗"
        lines += [f"{mark} {item.proof.zh}", f"    {item.proof.en}", f"    {item.zh} {item.en}"]
    return "\n".join(lines) + "\n"


def _findings(report: Report) -> Iterator[str]:
    if not report.findings:
        return
    yield f"发现 findings ({len(report.findings)})"
    for finding in report.findings[:FINDINGS_SHOWN_MAX]:
        yield f"  {finding.rule} {finding.severity.zh} {finding.severity} · {finding.subject}"
        yield f"      {finding.zh}"
        yield f"      {finding.en}"
        if "file" in finding.evidence and "line" in finding.evidence:
            yield f"      {finding.evidence['file']}:{finding.evidence['line']}"
        if "command" in finding.evidence:
            yield f"      上链举证 prove it on the chain: {finding.evidence['command']}"
    hidden = len(report.findings) - FINDINGS_SHOWN_MAX
    if hidden > 0:
        yield f"  另有 {hidden} 项,见 --format json. {hidden} more with --format json."
    yield ""


def _money(money: MoneyFlow) -> Iterator[str]:
    sign = "=" if money.balanced else "≠"
    terms = (
        f"已到账 credited {yuan(money.credited_fen)}",
        f"在途 outstanding {yuan(money.outstanding_fen)}",
        f"结余 available {yuan(money.available_fen)} 元",
    )
    into = f"下达 in {yuan(money.allotted_fen)}"
    if money.recovered_fen:
        into += f" + 追回 recovered {yuan(money.recovered_fen)}"
    yield f"资金 money: {into} {sign} {' + '.join(terms)}"
    yield (
        f"  曾退回 returned {yuan(money.returned_fen)},"
        f"补发到账 reissued {yuan(money.reissued_fen)} 元"
    )
    if money.held_fen:
        yield f"  在途中暂扣 held, of what is outstanding: {yuan(money.held_fen)} 元"


def _contests(contests: Sequence[Contest]) -> Iterator[str]:
    words = {"hold": "暂扣", "dispute": "争议", "challenge": "举证", "recovery": "追回"}
    still = sum(item.open for item in contests)
    yield f"争议、举证与追回 contested ({len(contests)},未了结 open {still})"
    for item in contests:
        amount = "" if item.amount_fen is None else f" · {yuan(item.amount_fen)} 元"
        yield f"  {words[item.kind]} {item.kind} {item.code} · {item.run}{amount}"
        yield f"      {item.zh}"
        yield f"      {item.en}"
        if item.agencies or item.reason:
            reason = f" · 理由摘要 reason {item.reason}" if item.reason else ""
            yield f"      {'、'.join(item.agencies)}{reason}"
    yield ""
