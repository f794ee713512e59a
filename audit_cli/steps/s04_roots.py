"""(4) Lines → roots: every line file re-derived and set against its record and the chain.

Where a root does not come out, the step goes on and looks for the line that was changed: by proof
where one amount was, else by the same payments in the notice, the run or the bank's batches.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from audit_cli.altered_line import amounts_by_payment, differing_amounts, find_altered_line
from audit_cli.case import Case, result
from audit_cli.findings import Finding, Severity, altered, missing_file
from audit_cli.line_files import LineOutcome, LineSource
from audit_cli.line_findings import line_findings
from audit_cli.named_files import NamedFile
from audit_cli.replay.replay import Replayed
from audit_cli.steps import StepResult
from fundtrail.evidence import lines_path
from fundtrail.money import yuan
from fundtrail.sum_tree import SumRoot, TreeKind

NUMBER = 4
DIFFERING_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What somebody said of a line file: the feed's record (`by_en` "feed …") or the chain."""

    root: bytes
    total_fen: int
    count: int
    by_zh: str
    by_en: str


def line_sources(replayed: Replayed | None, named: tuple[NamedFile, ...]) -> dict[str, LineSource]:
    """Every line file that a record names or the chain speaks of, by path."""
    sources: dict[str, LineSource] = {}
    for file in named:
        if file.tree is not None and not file.misplaced:
            source = LineSource(path=file.path, tree=file.tree, subject=file.fields["subject"])
            sources[file.path] = source
    for tree, subject, _ in _on_chain(replayed):
        path = lines_path(tree, subject)
        sources.setdefault(path, LineSource(path=path, tree=tree, subject=subject))
    return sources


def check(case: Case) -> StepResult:
    """Compare the roots. `checked` counts lines."""
    findings: list[Finding] = []
    lines = 0
    promises = _promises(case)
    for path, promised in promises.items():
        outcome = case.outcomes.get(path)
        if outcome is None:
            findings += _absent(case, path, promised[-1])
            continue
        findings += line_findings(outcome, NUMBER)
        if outcome.root is None:
            findings.append(_unreadable(outcome, promised[0]))
            continue
        lines += outcome.root.count
        findings += _compare(case, outcome, outcome.root, promised)
    return result(NUMBER, lines, findings)


def _promises(case: Case) -> dict[str, list[Promised]]:
    promises: dict[str, list[Promised]] = {}
    for file in case.named:
        if file.tree is not None and not file.misplaced:
            promises.setdefault(file.path, []).append(_by_record(file))
    for tree, subject, promised in _on_chain(case.replayed):
        promises.setdefault(lines_path(tree, subject), []).append(promised)
    return promises


def _by_record(file: NamedFile) -> Promised:
    record = file.record
    return Promised(
        root=bytes.fromhex(file.fields["root"]),
        total_fen=int(file.fields["total_fen"]),
        count=file.fields["count"],
        by_zh=f"数据源 {record.feed} 第 {record.index} 项",
        by_en=f"entry {record.index} of feed {record.feed}",
    )


def _on_chain(replayed: Replayed | None) -> Iterator[tuple[TreeKind, str, Promised]]:
    if replayed is None:
        return
    state = replayed.state
    for run in state.runs.values():
        yield TreeKind.RUN, run.code, _by_event(run.prepared)
    for notice in state.notices.values():
        yield TreeKind.ROSTER, notice.notice, _by_event(notice)
    for batch in state.batches.values():
        if batch.settled.kind in (TreeKind.CREDITED, TreeKind.RETURNED):
            kind = TreeKind(batch.settled.kind)
            yield kind, batch.settled.batch, _by_event(batch.settled)


def _by_event(event: object) -> Promised:
    held = {name: getattr(event, name) for name in ("root", "total_fen", "count", "block")}
    block = held.pop("block")
    return Promised(
        **held,
        by_zh=f"链上区块 {block}",
        by_en=f"block {block} of the chain",
    )


def _absent(case: Case, path: str, promised: Promised) -> Iterator[Finding]:
    """Named files that are not there were found in step 1; this is one that no record names."""
    if path not in {file.path for file in case.named}:
        yield missing_file(
            NUMBER, path, f"{promised.by_zh}依据的明细", f"lines that {promised.by_en} rests on"
        )


def _unreadable(outcome: LineOutcome, promised: Promised) -> Finding:
    return altered(
        "S04",
        outcome.source.path,
        "无法作为明细文件读取",
        "not a readable lines file",
        expected=f"root {promised.root.hex()} ({promised.by_en})",
        computed=outcome.unreadable or "no lines",
    )


def _compare(
    case: Case, outcome: LineOutcome, computed: SumRoot, promised: list[Promised]
) -> Iterator[Finding]:
    got = (computed.root, computed.total_fen, computed.count)
    broken = [p for p in promised if (p.root, p.total_fen, p.count) != got]
    if not broken:
        return
    anchored = broken[-1]  # the chain's word comes last
    path = outcome.source.path
    found = find_altered_line(
        case.evidence / path, computed, root=anchored.root, total_fen=anchored.total_fen
    )
    by_zh = "、".join(p.by_zh for p in broken)
    by_en = " and ".join(p.by_en for p in broken)
    evidence: dict[str, str | int] = {
        "file": path,
        "expected_root": anchored.root.hex(),
        "computed_root": computed.root.hex(),
        "expected_total_fen": str(anchored.total_fen),
        "computed_total_fen": str(computed.total_fen),
        "expected_count": anchored.count,
        "computed_count": computed.count,
    }
    zh, en = _difference(anchored, computed)
    if found is not None:
        evidence |= {
            "line": found.line,
            "payment": found.payment_id.hex(),
            "expected": str(found.expected_fen),
            "computed": str(found.computed_fen),
        }
        zh += (
            f"已证实第 {found.line} 行金额被改:应为 {yuan(found.expected_fen)} 元,"
            f"实为 {yuan(found.computed_fen)} 元(改回后即得锚定的根)。"
        )
        en += (
            f" Proved: line {found.line} was altered, expected {found.expected_fen} fen, "
            f"computed {found.computed_fen} fen; with that amount the anchored root comes out."
        )
        witness = _witness(case, outcome, found.payment_id)
        zh, en = zh + witness[0], en + witness[1]
    else:
        evidence |= {"expected": anchored.root.hex(), "computed": computed.root.hex()}
    yield Finding(
        rule="S04",
        severity=Severity.CRITICAL,
        subject=f"file:{path}",
        zh=f"{path} 的根与{by_zh}不符:应为 {anchored.root.hex()},实为 {computed.root.hex()};{zh}",
        en=f"{path}: root of {by_en}: expected {anchored.root.hex()}, computed "
        f"{computed.root.hex()}; {en}",
        evidence=evidence,
    )
    if found is None:
        yield from _differences(case, outcome)


def _difference(promised: Promised, computed: SumRoot) -> tuple[str, str]:
    change = computed.total_fen - promised.total_fen
    if computed.count != promised.count:
        return (
            f"应为 {promised.count} 行,实为 {computed.count} 行。",
            f"expected {promised.count} lines, computed {computed.count}.",
        )
    if change == 0:
        return (
            "笔数与合计相符,被改的是某行的编号或记录,由根无法得知是哪一行。",
            "count and total are right: an id or a record was altered; a root cannot say which.",
        )
    return (
        f"合计应为 {promised.total_fen} 分,实为 {computed.total_fen} 分(相差 {change:+d} 分)。",
        f"total expected {promised.total_fen} fen, computed {computed.total_fen} ({change:+d}).",
    )


def _counterparts(case: Case, outcome: LineOutcome) -> list[str]:
    """Other files that hold the same payments: the notice of a run, the run of a batch."""
    if case.replayed is None:
        return []
    state, source = case.replayed.state, outcome.source
    others: list[tuple[TreeKind, str]] = []
    match source.tree:
        case TreeKind.RUN:
            run = state.runs.get(source.subject)
            others = [(TreeKind.ROSTER, run.prepared.notice)] if run else []
            others += [
                (TreeKind(batch.settled.kind), code)
                for code, batch in state.batches.items()
                if batch.settled.run == source.subject
            ]
        case TreeKind.ROSTER:
            others = [
                (TreeKind.RUN, run.code)
                for run in state.runs.values()
                if run.prepared.notice == source.subject
            ]
        case _:
            batch = state.batches.get(source.subject)
            others = [(TreeKind.RUN, batch.settled.run)] if batch else []
    paths = [lines_path(tree, subject) for tree, subject in others if subject]
    return [path for path in paths if path in case.outcomes]


def _witness(case: Case, outcome: LineOutcome, payment_id: bytes) -> tuple[str, str]:
    zh, en = "", ""
    for path in _counterparts(case, outcome):
        there = amounts_by_payment(case.evidence / path, {payment_id}).get(payment_id)
        if there is not None:
            line, amount = there
            zh += f"{path} 第 {line} 行同一笔为 {yuan(amount)} 元。"
            en += f" {path}:{line} holds the same payment with {amount} fen."
    return zh, en


def _differences(case: Case, outcome: LineOutcome) -> Iterator[Finding]:
    path = outcome.source.path
    for other in _counterparts(case, outcome):
        for line, got, there, expected in differing_amounts(
            case.evidence / path, case.evidence / other, DIFFERING_MAX
        ):
            yield Finding(
                rule="S04",
                severity=Severity.HIGH,
                subject=f"file:{path}",
                zh=f"{path} 第 {line} 行金额 {yuan(got)} 元,与 {other} 第 {there} 行的 "
                f"{yuan(expected)} 元不同。",
                en=f"{path}:{line} has {got} fen, {other}:{there} has {expected} fen.",
                evidence={
                    "file": path,
                    "line": line,
                    "expected": str(expected),
                    "computed": str(got),
                    "other_file": other,
                    "other_line": there,
                },
            )
