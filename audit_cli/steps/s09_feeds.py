"""(9) Feeds append-only and on time: every anchored head comes out of the entries again, anchors
keep the promised cadence, and what a statement cites was anchored before it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from audit_cli.case import Case, result
from audit_cli.feeds import FeedRecord, FeedView
from audit_cli.findings import Finding, Severity
from audit_cli.held_statements import HeldStatement
from audit_cli.replay.replay import Replayed, SignedAct
from audit_cli.replay.state import FeedState
from audit_cli.steps import StepResult
from fundtrail.ids import ZERO32, text_digest
from fundtrail.statements import Approve, Prepare, PublishNotice, Release, Review, Settle, Statement
from fundtrail.sum_tree import TreeKind

NUMBER = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What an act must rest on: kind of record, and fields that must be equal."""

    kind: str
    fields: Mapping[str, str | int]


def check(case: Case) -> StepResult:
    """Anchors, cadence and citations. `checked` counts anchors and citations."""
    if case.replayed is None or case.chain is None:
        return result(NUMBER, 0, case.read_findings(NUMBER))
    findings = case.read_findings(NUMBER)
    anchors = 0
    for state in case.replayed.state.feeds.values():
        anchors += len(state.anchors)
        findings += _check_anchors(case, state)
        findings += _check_cadence(state)
    cited = [held for held in case.held.statements if citation(held.statement) is not None]
    findings += _check_citations(case, case.replayed, cited)
    return result(NUMBER, anchors + len(cited), findings)


def citation(act: Statement) -> Citation | None:
    """The record that a statement rests on (docs/format.md §6), or None for acts without one."""
    match act:
        case PublishNotice():
            return _lines("roster", act.notice, act)
        case Prepare():
            return _lines("run", act.run, act)
        case Settle(kind=TreeKind.CREDITED | TreeKind.RETURNED):
            return _lines(TreeKind(act.kind).name.lower(), act.batch, act)
        case Review() | Approve():
            fields = {"tree": "run", "subject": act.run, "root": act.root.hex()}
            return Citation(kind="lines", fields=fields)
        case Release():
            fields = {"run": act.run, "bank": act.bank, "amount_fen": str(act.amount_fen)}
            return Citation(kind="voucher", fields=fields)
        case _:
            return None


def _lines(tree: str, subject: str, act: PublishNotice | Prepare | Settle) -> Citation:
    return Citation(
        kind="lines",
        fields={
            "tree": tree,
            "subject": subject,
            "root": act.root.hex(),
            "total_fen": str(act.total_fen),
            "count": act.count,
        },
    )


def _check_anchors(case: Case, state: FeedState) -> Iterator[Finding]:
    view = case.feeds.get(state.code)
    for anchor in state.anchors:
        if view is None or (anchor.size > view.size and not view.entry_count):
            continue  # its files are missing and were named in step 1
        computed = view.roots.get(anchor.size)
        if anchor.size > view.size or (computed is not None and computed != anchor.root):
            yield Finding(
                rule="S09",
                severity=Severity.CRITICAL,
                subject=f"feed:{state.code}",
                zh=f"数据源 {state.code} 在区块 {anchor.block} 锚定的前 {anchor.size} 项与证据不符:"
                f"应为 {anchor.root.hex()},实为 {_computed(view, computed)}。",
                en=f"feed {state.code}: the {anchor.size} entries anchored in block {anchor.block} "
                f"are not those of the evidence.",
                evidence={
                    "file": f"{view.path}/checkpoint",
                    "block": anchor.block,
                    "size": anchor.size,
                    "expected": anchor.root.hex(),
                    "computed": _computed(view, computed),
                },
            )


def _computed(view: FeedView, computed: bytes | None) -> str:
    return computed.hex() if computed is not None else f"{view.size} entries"


def _check_cadence(state: FeedState) -> Iterator[Finding]:
    """Between two anchors: a feed that has nothing new cannot be anchored again."""
    times = pairwise(anchor.block_time for anchor in state.anchors)
    for (before, after), cadence in zip(times, state.cadences[1:], strict=True):
        if after - before > cadence:
            yield Finding(
                rule="S09",
                severity=Severity.LOW,
                subject=f"feed:{state.code}",
                zh=f"数据源 {state.code} 未按时锚定:承诺 {cadence} 秒内,"
                f"实际间隔 {after - before} 秒。",
                en=f"feed {state.code} was anchored late.",
                evidence={
                    "from_time": before,
                    "until_time": after,
                    "expected": f"<= {cadence}",
                    "computed": str(after - before),
                },
            )


def _check_citations(
    case: Case, replayed: Replayed, cited: list[HeldStatement]
) -> Iterator[Finding]:
    records: dict[bytes, list[FeedRecord]] = {}
    for view in case.feeds.values():
        for record in view.records:
            records.setdefault(record.digest, []).append(record)
    acts = {signed.act.statement: signed for signed in replayed.acts}
    for held in cited:
        signed = acts.get(held.digest)
        if signed is not None:
            yield from _check_citation(replayed, held, signed, records)


def _check_citation(
    replayed: Replayed,
    held: HeldStatement,
    signed: SignedAct,
    records: Mapping[bytes, list[FeedRecord]],
) -> Iterator[Finding]:
    digest, wanted = held.basis.evidence, citation(held.statement)
    if digest == ZERO32 or wanted is None:
        yield _finding(held, "没有引用证据", "cites no evidence", "a record digest", "zero")
        return
    found = records.get(digest)
    if not found:
        yield _finding(held, "引用的记录不在任何数据源里", "cites a record that no feed holds",
                       digest.hex(), "absent")  # fmt: skip
        return
    record = found[0]
    yield from _check_record(held, record, wanted)
    if not any(_is_anchored(replayed, record, signed) for record in found):
        yield _finding(held, "引用的记录在签署上链时尚未锚定",
                       "cites a record that was not anchored yet", "anchored before",
                       f"entry {record.index} of {record.feed}")  # fmt: skip
    owner = replayed.state.feeds.get(record.feed)
    if owner and signed.seat and not _may_cite(replayed, signed, owner):
        yield _finding(held, "引用了别家的数据源", "cites a feed of an unrelated agency",
                       signed.seat.agency, owner.agency)  # fmt: skip


def _check_record(held: HeldStatement, record: FeedRecord, wanted: Citation) -> Iterator[Finding]:
    got = {name: record.fields.get(name) for name in wanted.fields}
    if (record.kind, got) != (wanted.kind, dict(wanted.fields)):
        yield _finding(held, "引用的记录与签署内容不符", "cites a record of another content",
                       f"{wanted.kind} {dict(wanted.fields)}", f"{record.kind} {got}")  # fmt: skip
        return
    act = held.statement
    if isinstance(act, Release) and text_digest(record.fields["number"]) != act.voucher:
        yield _finding(held, "凭证号与签署的摘要不符", "voucher number is not the one signed",
                       act.voucher.hex(), record.fields["number"])  # fmt: skip


def _is_anchored(replayed: Replayed, record: FeedRecord, signed: SignedAct) -> bool:
    feed, act = replayed.state.feeds.get(record.feed), signed.act
    return feed is not None and any(
        anchor.size > record.index and (anchor.block, anchor.log_index) < (act.block, act.log_index)
        for anchor in feed.anchors
    )


def _may_cite(replayed: Replayed, signed: SignedAct, feed: FeedState) -> bool:
    """The signer's own feed, or that of an agency in the same line of command."""
    registry, agency = replayed.registry, signed.seat.agency if signed.seat else ""
    return registry.answers_to(agency, feed.agency) or registry.answers_to(feed.agency, agency)


def _finding(held: HeldStatement, zh: str, en: str, expected: str, got: str) -> Finding:
    return Finding(
        rule="S09",
        severity=Severity.HIGH,
        subject=f"statement:{held.digest.hex()}",
        zh=f"{held.path} 第 {held.line} 行({held.statement.type_name()}){zh}:"
        f"应为 {expected},实为 {got}。",
        en=f"{held.path}:{held.line} {en}.",
        evidence={"file": held.path, "line": held.line, "expected": expected, "computed": got},
    )
