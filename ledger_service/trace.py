"""The trace of one payment: every step from the allotment to the payee's account.

Reads only; a step is there because a signed statement on the chain is, and the payment's place in
a tree because the tree's lines lead to the signed root.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from fundtrail.records import record_from_bytes
from fundtrail.sum_tree import TreeKind
from ledger_service import queries, words
from ledger_service.errors import NotFound
from ledger_service.models import Inclusion, Trace, TraceStep
from ledger_service.queries import Row


def trace(connection: Connection, payment_id: bytes) -> Trace:
    """The trace. Raises NotFound where no proved tree holds the payment."""
    places = queries.places(connection, payment_id)
    ordered = [row for row in places if row["kind"] in (TreeKind.RUN, TreeKind.ROSTER)]
    if not ordered:
        raise NotFound("payment", payment_id.hex())

    fields = record_from_bytes(ordered[0]["record"]).fields
    steps = {step.basis.statement: step for step in _steps(connection, places)}
    return Trace(
        payment_id=payment_id,
        programme=fields["programme"],
        period=fields["period"],
        amount_fen=ordered[0]["amount_fen"],
        runs=[row["subject"] for row in ordered if row["kind"] == TreeKind.RUN],
        receipt=f"/v1/payments/{payment_id.hex()}/receipt",
        steps=sorted(steps.values(), key=lambda step: (step.basis.block, step.basis.log_index)),
    )


def _steps(connection: Connection, places: Sequence[Row]) -> Iterator[TraceStep]:
    for place in places:
        if place["kind"] == TreeKind.ROSTER:
            yield _notice_step(connection, place["subject"], place)
        elif place["kind"] == TreeKind.RUN:
            yield from _run_steps(connection, place, places)


def _run_steps(connection: Connection, place: Row, places: Sequence[Row]) -> Iterator[TraceStep]:
    run = queries.run(connection, place["subject"])
    acts = queries.acts(connection, run.code)
    yield from _money_steps(connection, run.fund, until=acts[0]["block"])
    if run.notice:
        yield _notice_step(connection, run.notice, _on_roster(connection, run.notice, place))
    for act in acts:
        step = act["act"]
        if step == "prepare":
            yield _step(act, "prepare", run.code, place)
        elif step != "settle":
            yield _step(act, step, run.code, None)
        else:
            yield from (
                _step(act, TreeKind(row["kind"]).name.lower(), act["batch"], row)
                for row in places
                if row["subject"] == act["batch"] and row["kind"] != TreeKind.RUN
            )


def _money_steps(connection: Connection, fund: str, *, until: int) -> Iterator[TraceStep]:
    for code in queries.way_down(connection, fund):
        for transfer in queries.transfers(connection, code):
            if transfer.basis.block <= until:
                yield TraceStep(
                    step=words.ACTS["pass-on" if transfer.parent else "allot"],
                    subject=code,
                    amount_fen=transfer.amount_fen,
                    agency=transfer.agency,
                    basis=transfer.basis,
                    inclusion=None,
                )


def _notice_step(connection: Connection, notice: str, place: Row | None) -> TraceStep:
    return _step(queries.notice(connection, notice), "publish", notice, place)


def _on_roster(connection: Connection, notice: str, place: Row) -> Row | None:
    """The duty's line on the roster: a reissue has another payment id than what was noticed."""
    rows = queries.roster_place(connection, notice, place["duty"])
    return rows[0] if rows else None


def _step(row: Row, step: str, subject: str, place: Row | None) -> TraceStep:
    return TraceStep(
        step=words.ACTS[step],
        subject=subject,
        amount_fen=place["amount_fen"] if place else None,
        agency=queries.agency(row),
        basis=queries.basis(row),
        inclusion=_inclusion(place) if place else None,
    )


def _inclusion(place: Row) -> Inclusion:
    return Inclusion(
        tree=TreeKind(place["kind"]).name.lower(),
        subject=place["subject"],
        root=place["root"],
        index=place["position"],
        count=place["count"],
        amount_fen=place["amount_fen"],
    )
