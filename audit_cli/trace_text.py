"""Traces and receipts as text for a terminal, Chinese first."""

from collections.abc import Iterator
from datetime import UTC, datetime

from audit_cli.receipt import NOT_CHECKED, CheckedReceipt
from audit_cli.trace import PaymentTrace, TraceStep
from fundtrail.money import yuan


def trace_text(found: PaymentTrace) -> str:
    """The trail, one step after the other."""
    return "\n".join(_trace(found)) + "\n"


def receipt_text(checked: CheckedReceipt) -> str:
    """What the receipt proves."""
    return "\n".join(_receipt(checked)) + "\n"


def _trace(found: PaymentTrace) -> Iterator[str]:
    yield f"支付 payment {found.payment_id.hex()} · {yuan(found.amount_fen)} 元"
    yield ""
    for number, step in enumerate(found.steps, 1):
        yield from _step(number, step)
    for other in found.linked:
        yield f"同一待遇的另一次支付 another attempt at the same duty: {other}"
    verdict = (
        "全部证实 every line is proved" if found.proved else "有未能证实的行 not all are proved"
    )
    yield f"结论 verdict: {verdict}"


def _step(number: int, step: TraceStep) -> Iterator[str]:
    time = datetime.fromtimestamp(step.time, UTC)
    yield f"{number:>2}. {step.zh} {step.en} · {step.subject}"
    place = f"区块 block {step.block} · {time:%Y-%m-%d %H:%M:%S} UTC"
    yield f"    {place} · {step.agency_name} {step.agency}"
    if step.document:
        yield f"    文号摘要 document {step.document.hex()}"
    if step.evidence:
        feed, entry = step.cited or ("?", "?")
        yield f"    依据 evidence {step.evidence.hex()} ({feed} #{entry})"
    if step.place:
        proved = "已证实 proved" if step.fault is None else f"未能证实 not proved: {step.fault}"
        yield (
            f"    {step.place.source.path}:{step.place.line} / {step.place.count} · "
            f"{yuan(step.place.amount_fen)} 元 · {proved}"
        )
    yield ""


def _receipt(checked: CheckedReceipt) -> Iterator[str]:
    held = checked.receipt
    if held is not None:
        amount = yuan(held.line.amount_fen)
        yield f"凭条 receipt {held.line.payment_id.hex()} · {held.run} · {amount} 元"
    for act in checked.acts:
        yield (
            f"  {act.statement.type_name():<14} 区块 block {act.recorded.block} · "
            f"{act.seat.agency_name} {act.seat.agency}"
        )
    if checked.fault is not None:
        yield f"结论 verdict: 不能证实 not proved: {checked.fault}"
        return
    yield "结论 verdict: 已证实 proved"
    yield f"  {NOT_CHECKED}"
