"""(5) Statements: each on the chain exactly once, by its signer, in office, with the role; and
nothing on the chain without its statement. Separation of duties comes from the replay. What anybody
may do needs no statement: a fraud proven, a dispute made final. What such an act and what disputes
say of lines is looked up in the evidence.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from audit_cli.case import Case, result
from audit_cli.chain_view import ChainAct, ChainView
from audit_cli.findings import Finding, Severity, altered, missing_file
from audit_cli.held_statements import HeldStatement
from audit_cli.steps import StepResult
from audit_cli.steps.contested_lines import check_contested_lines
from fundtrail.chain.event import Event
from fundtrail.errors import SignatureError
from fundtrail.evidence import statements_path
from fundtrail.signed_statements import recover

NUMBER = 5
_PLACE = {field.name for field in dataclasses.fields(Event)}
_EVENTS = {
    "SeatAgency": "AgencySeated",
    "SeatOfficer": "OfficerSeated",
    "RevokeOfficer": "OfficerRevoked",
    "RegisterProgramme": "ProgrammeRegistered",
    "SetGovernors": "GovernorsSet",
    "OpenFeed": "FeedOpened",
    "AnchorFeed": "FeedAnchored",
    "PublishNotice": "NoticePublished",
    "Allot": "Allotted",
    "PassOn": "PassedOn",
    "Prepare": "RunPrepared",
    "Review": "RunReviewed",
    "Approve": "RunApproved",
    "Release": "RunReleased",
    "Settle": "BatchSettled",
    "Reject": "RunRejected",
    "NameContract": "ContractNamed",
    "RotateFeed": "FeedRotated",
    "Recall": "Recalled",
    "Close": "FundClosed",
    "Cancel": "RunCancelled",
    "Hold": "RunHeld",
    "Lift": "RunLifted",
    "OpenDispute": "DisputeOpened",
    "Decide": "DisputeDecided",
    "Appeal": "DisputeAppealed",
    "DecideAppeal": "AppealDecided",
    "OrderReissue": "ReissueOrdered",
    "OrderRecovery": "RecoveryOrdered",
    "BookReceipt": "RecoveryReceived",
    "CloseRecovery": "RecoveryClosed",
    "CloseChallenge": "ChallengeClosed",
}
_ALSO = {"stage": "how"}  # fields of events that statements call otherwise


def check(case: Case) -> StepResult:
    """Match evidence and chain one to one. `checked` counts statements."""
    findings: list[Finding] = []
    if case.chain is not None and case.replayed is not None:
        acts = {act.statement: act for act in case.chain.acts if act.statement}
        held = {statement.digest: statement for statement in case.held.statements}
        findings += _check_held(case, acts, held)
        findings += _check_unheld(case, case.chain, held)
        findings += _check_repeated(case.chain)
        findings += _check_stray(case.chain)
        findings += [f for f in case.replayed.findings if f.step == NUMBER]
        findings += check_contested_lines(case, case.replayed.state)
    return result(NUMBER, len(case.held.statements), findings)


def _check_held(
    case: Case, acts: Mapping[bytes, ChainAct], held: Mapping[bytes, HeldStatement]
) -> Iterator[Finding]:
    last: dict[str, tuple[int, int]] = defaultdict(lambda: (-1, -1))
    for statement in case.held.statements:
        if held[statement.digest] is not statement:
            yield _finding(statement, "同一签署重复出现", "the same statement stands here twice",
                           expected="once", computed=f"{held[statement.digest].line}")  # fmt: skip
            continue
        act = acts.get(statement.digest)
        if act is None:
            yield _never_recorded(statement, acts, held)
            continue
        yield from _check_place(statement, act)
        yield from _check_signatures(statement, act)
        yield from _check_basis(statement, act)
        yield from _check_content(statement, act)
        place = (act.block, act.log_index)
        if place < last[statement.path]:
            found = _finding(statement, "不在确认的次序上", "not in the order of confirmation",
                             expected=f"after block {last[statement.path][0]}",
                             computed=f"block {act.block}")  # fmt: skip
            yield dataclasses.replace(found, severity=Severity.LOW)
        last[statement.path] = place


def _never_recorded(
    statement: HeldStatement,
    acts: Mapping[bytes, ChainAct],
    held: Mapping[bytes, HeldStatement],
) -> Finding:
    """An altered statement still points at its transaction or its block."""
    recorded = statement.recorded
    there = [
        act
        for act in acts.values()
        if act.statement not in held
        and (act.transaction == recorded.transaction or act.block == recorded.block)
    ]
    expected = there[0].statement.hex() if there else "a statement that the chain recorded"
    return _finding(statement, "链上没有记录此签署", "no such statement is on the chain",
                    expected=expected, computed=statement.digest.hex())  # fmt: skip


def _check_place(statement: HeldStatement, act: ChainAct) -> Iterator[Finding]:
    recorded = statement.recorded
    if recorded.transaction != act.transaction:
        yield _finding(statement, "交易不符", "transaction", expected="0x" + act.transaction.hex(),
                       computed="0x" + recorded.transaction.hex())  # fmt: skip
    if recorded.block != act.block:
        yield _finding(statement, "区块不符", "block", expected=str(act.block),
                       computed=str(recorded.block))  # fmt: skip
    path = statements_path(Path(), act.time).as_posix()
    if path != statement.path:
        yield _finding(statement, "不在所属月份的文件里", "not in the file of its month",
                       expected=path, computed=statement.path)  # fmt: skip


def _check_signatures(statement: HeldStatement, act: ChainAct) -> Iterator[Finding]:
    signatures = statement.recorded.signed.signatures
    try:
        signers = tuple(recover(statement.digest, signature) for signature in signatures)
    except SignatureError as error:
        yield _finding(statement, "签名无效", "the signature does not verify",
                       expected=", ".join(act.signers), computed=str(error))  # fmt: skip
        return
    if signers != act.signers:
        yield _finding(statement, "签名人与链上不符", "signer", expected=", ".join(act.signers),
                       computed=", ".join(signers))  # fmt: skip


def _check_basis(statement: HeldStatement, act: ChainAct) -> Iterator[Finding]:
    basis = statement.basis
    if not basis.signed_at <= act.time <= basis.deadline:
        yield _finding(statement, "记录时间不在签署的有效期内", "recorded outside its time",
                       expected=f"{basis.signed_at} .. {basis.deadline}",
                       computed=str(act.time))  # fmt: skip


def _check_content(statement: HeldStatement, act: ChainAct) -> Iterator[Finding]:
    """Every field that statement and event share is equal."""
    signed, name = statement.statement, _EVENTS[statement.statement.type_name()]
    if act.name != name or not act.events:
        yield _finding(statement, "事件种类不符", "kind of event", expected=name, computed=act.name)
        return
    event = act.events[0]
    for field in dataclasses.fields(event):
        name = field.name if hasattr(signed, field.name) else _ALSO.get(field.name, "")
        if field.name in _PLACE or not hasattr(signed, name):
            continue
        expected, got = getattr(signed, name), getattr(event, field.name)
        if expected != got:
            yield _finding(statement, f"事件的 {field.name} 不符", f"{field.name} of the event",
                           expected=_text(expected), computed=_text(got))  # fmt: skip


def _check_unheld(
    case: Case, chain: ChainView, held: Mapping[bytes, HeldStatement]
) -> Iterator[Finding]:
    missing: set[str] = set()
    for act in chain.acts:
        if act.statement in held or not act.statement:
            continue
        path = statements_path(Path(), act.time).as_posix()
        if path in case.held.files:
            yield Finding(
                rule="S05",
                severity=Severity.CRITICAL,
                subject=f"statement:{act.statement.hex()}",
                zh=f"链上 {act.name}(区块 {act.block})的签署不在 {path} 里。",
                en=f"the statement of {act.name} in block {act.block} is not in {path}.",
                evidence={
                    "file": path,
                    "block": act.block,
                    "transaction": "0x" + act.transaction.hex(),
                    "expected": act.statement.hex(),
                    "computed": "none",
                },
            )
        elif path not in missing:
            missing.add(path)
            yield missing_file(
                NUMBER,
                path,
                f"链上区块 {act.block} 起的签署",
                f"statements of the chain from block {act.block} on",
            )


def _check_repeated(chain: ChainView) -> Iterator[Finding]:
    seen: dict[bytes, ChainAct] = {}
    for act in (act for act in chain.acts if act.statement):
        first = seen.setdefault(act.statement, act)
        if first is not act:
            yield Finding(
                rule="S05",
                severity=Severity.CRITICAL,
                subject=f"statement:{act.statement.hex()}",
                zh=f"同一签署在链上记录了两次:区块 {first.block} 与 {act.block}。",
                en=f"recorded twice, in blocks {first.block} and {act.block}.",
                evidence={"expected": "once", "computed": "twice", "block": act.block},
            )


def _check_stray(chain: ChainView) -> Iterator[Finding]:
    for event in chain.stray:
        yield Finding(
            rule="S05",
            severity=Severity.CRITICAL,
            subject=f"event:{type(event).__name__}",
            zh=f"区块 {event.block} 的事件没有签署。",
            en=f"an event of {event.contract} in block {event.block} without a statement.",
            evidence={"block": event.block, "transaction": "0x" + event.transaction.hex()},
        )


def _text(value: object) -> str:
    return "0x" + value.hex() if isinstance(value, bytes) else str(value)


def _finding(
    statement: HeldStatement, zh: str, en: str, *, expected: str, computed: str
) -> Finding:
    found = altered("S05", statement.path, zh, en, expected=expected, computed=computed,
                    line=statement.line)  # fmt: skip
    evidence = {**found.evidence, "statement": statement.digest.hex()}
    return dataclasses.replace(found, evidence=evidence)
