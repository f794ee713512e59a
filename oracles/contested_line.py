"""The line that a dispute or a recovery is about, with the proof that travels beside the statement.

Guarantees: the line stands in the lines file, what is signed is not above it, and the file has the
root that the chain holds for the run or the batch. Says nothing about whether the money is due.

A run's lines are looked for in the evidence; so are those of the bank's batch in which the payment
was credited. Another file can be named instead.
"""

from dataclasses import dataclass
from pathlib import Path

from fundtrail.chain.bindings import FundLedger
from fundtrail.enums import Stage
from fundtrail.evidence import lines_path, read_lines
from fundtrail.money import yuan
from fundtrail.proofs import Placed, prove
from fundtrail.statements import OpenDispute, OrderRecovery, Settle, Statement
from fundtrail.sum_tree import SumRoot, TreeKind, sum_root
from oracles.errors import LineMismatch, NothingToPrepare, RunMismatch
from oracles.kept_statements import statements_of

Contest = OpenDispute | OrderRecovery


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesFile:
    """Where the lines are, as the clerk says; what is empty is looked for in the evidence."""

    evidence: Path
    path: Path | None = None
    batch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestedLine:
    """A line in its run, or as it was credited in `batch`, which is empty for a dispute."""

    placed: Placed
    root: SumRoot
    subject: str
    batch: str

    def words(self) -> tuple[str, str]:
        """What an officer reads beside the statement."""
        place, count = self.placed.proof.index + 1, self.root.count
        amount = yuan(self.placed.line.amount_fen)
        kind = "银行批次 batch" if self.batch else "批次 run"
        return (
            "所涉明细 line",
            f"{kind} {self.subject} 第 {place} 笔,共 {count} 笔,{amount} 元; "
            f"line {place} of {count}, 根与链上一致 under the root on the chain",
        )


def line_words(statement: Statement, lines: LinesFile, ledger: FundLedger) -> list[tuple[str, str]]:
    """The line in words, where the statement is about one; refusals as for `contested_line`."""
    if not isinstance(statement, Contest):
        return []
    return [contested_line(statement, lines, ledger).words()]


def contested_line(statement: Contest, lines: LinesFile, ledger: FundLedger) -> ContestedLine:
    """The line with its proof.

    Raises NothingToPrepare where there is no file or nothing on the chain to prove it under,
    LineMismatch where the payment or its amount is not in the file, and RunMismatch where the
    file's root is not the one on the chain.
    """
    if isinstance(statement, OpenDispute):
        return _in_run(statement, lines, ledger)
    return _in_batch(statement, lines, ledger)


def _in_run(statement: OpenDispute, lines: LinesFile, ledger: FundLedger) -> ContestedLine:
    code = statement.run
    run = ledger.run(code)
    if run.stage is Stage.NONE:
        raise NothingToPrepare(f"链上没有批次 {code}; no run {code!r} on the chain")
    path = lines.path or lines.evidence / lines_path(TreeKind.RUN, code)

    line = _prove(path, statement.payment_id, TreeKind.RUN, code, run.root)
    signed, held = statement.amount_fen, line.placed.line.amount_fen
    if signed != held:
        raise LineMismatch(
            f"{path.name}: 声明的金额与明细不符; expected {yuan(held)} 元 as in the line, "
            f"got {yuan(signed)} 元"
        )
    return line


def _in_batch(statement: OrderRecovery, lines: LinesFile, ledger: FundLedger) -> ContestedLine:
    path, code = _credited(statement, lines)
    batch = ledger.batch(code)
    if batch.run != statement.run or batch.kind != TreeKind.CREDITED:
        raise NothingToPrepare(
            f"链上没有批次 {statement.run} 的入账批次 {code}; no credited batch {code!r} of run "
            f"{statement.run!r} on the chain"
        )

    line = _prove(path, statement.payment_id, TreeKind.CREDITED, code, batch.root)
    signed, held = statement.amount_fen, line.placed.line.amount_fen
    if signed > held:
        raise LineMismatch(
            f"{path.name}: 追回金额超过入账金额; expected at most {yuan(held)} 元, "
            f"got {yuan(signed)} 元"
        )
    return line


def _prove(path: Path, payment: bytes, kind: TreeKind, subject: str, root: bytes) -> ContestedLine:
    if not path.is_file():
        raise NothingToPrepare(
            f"没有 {subject} 的明细文件,请用 --lines 指明; no lines file of {subject}, "
            "say where it is with --lines"
        )
    computed, found = prove((item.line() for item in read_lines(path)), [payment], kind)
    if computed.root != root:
        raise RunMismatch(
            f"{path.name}: 明细文件的根与链上 {subject} 的不符; expected root {root.hex()}, "
            f"computed {computed.root.hex()}"
        )
    if payment not in found:
        raise LineMismatch(
            f"{path.name}: {subject} 的明细中没有支付编号 {payment.hex()}; expected it among "
            f"{computed.count} lines, it is not there"
        )
    batch = subject if kind is TreeKind.CREDITED else ""
    return ContestedLine(placed=found[payment], root=computed, subject=subject, batch=batch)


def _credited(statement: OrderRecovery, lines: LinesFile) -> tuple[Path, str]:
    """The lines file of the batch that credited the payment, and the batch's code."""
    if lines.batch:
        held = lines.evidence / lines_path(TreeKind.CREDITED, lines.batch)
        return lines.path or held, lines.batch
    given = _root_of(lines.path) if lines.path else b""
    for settled in statements_of(lines.evidence, Settle):
        if settled.run != statement.run or settled.kind != TreeKind.CREDITED:
            continue
        held = lines.evidence / lines_path(TreeKind.CREDITED, settled.batch)
        if lines.path and settled.root == given:
            return lines.path, settled.batch
        if not lines.path and held.is_file() and _holds(held, statement.payment_id):
            return held, settled.batch
    raise NothingToPrepare(
        f"证据中没有入账该笔的银行批次,请用 --batch 和 --lines 指明; no batch of run "
        f"{statement.run!r} in the evidence credited payment {statement.payment_id.hex()}, "
        "say which with --batch and --lines"
    )


def _root_of(path: Path) -> bytes:
    return sum_root((item.line() for item in read_lines(path)), TreeKind.CREDITED).root


def _holds(path: Path, payment: bytes) -> bool:
    return any(item.payment_id == payment for item in read_lines(path))
