"""Receipts of payments, built from what is proved in PostgreSQL and proved once more before they
go out: a receipt that would not verify on the payee's machine never leaves.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from fundtrail.enums import Stage
from fundtrail.errors import FundtrailError
from fundtrail.network import Network
from fundtrail.receipts import Receipt, ReceiptBatch, ReceiptLine, build_receipt, verify_receipt
from fundtrail.sum_tree import Line, SumTree, TreeKind
from ledger_service import queries
from ledger_service.errors import NotFound, ReceiptUnavailable
from ledger_service.queries import Row


def payment_receipt(connection: Connection, network: Network, payment_id: bytes) -> Receipt:
    """The receipt of the payment's latest run. Raises NotFound or ReceiptUnavailable."""
    places = queries.places(connection, payment_id)
    run = _latest_run(connection, places)
    if run is None:
        raise NotFound("payment in a run", payment_id.hex())
    acts = queries.acts(connection, run["subject"])
    if Stage(acts[-1]["stage"]) in (Stage.REJECTED, Stage.CANCELLED):
        raise ReceiptUnavailable(f"run {run['subject']}: expected a run that still stands")

    named = {act["batch"] for act in acts if act["batch"]}
    batches = [p for p in places if p["subject"] in named and p["kind"] != TreeKind.RUN]
    receipt = build_receipt(
        network,
        run=run["subject"],
        line=_line(connection, run),
        batches=[
            ReceiptBatch(batch=place["subject"], line=_line(connection, place)) for place in batches
        ],
        statements=queries.receipt_statements(connection, run["subject"]),
    )
    try:
        verify_receipt(receipt, network)
    except FundtrailError as error:
        raise ReceiptUnavailable(f"the receipt does not verify: {error}") from error
    return receipt


def _latest_run(connection: Connection, places: Sequence[Row]) -> Row | None:
    runs = [place for place in places if place["kind"] == TreeKind.RUN]
    return max(
        runs, key=lambda row: queries.acts(connection, row["subject"])[0]["block"], default=None
    )


def _line(connection: Connection, place: Row) -> ReceiptLine:
    lines = [
        Line(
            payment_id=row["payment_id"],
            amount_fen=int(row["amount_fen"]),
            record_digest=row["record_digest"],
        )
        for row in queries.tree_lines(connection, place["tree"])
    ]
    return ReceiptLine(
        payment_id=place["payment_id"],
        amount_fen=int(place["amount_fen"]),
        record=place["record"],
        inclusion=SumTree(lines, TreeKind(place["kind"])).inclusion(place["position"]),
    )
