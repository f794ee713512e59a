"""Statements into calldata and back, for every act there is."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrail.chain.bindings import DisputeDesk, EvidenceLog, FundLedger
from fundtrail.chain.calldata import ACTS, act_calldata, find_acts, parse_calldata
from fundtrail.errors import StatementError
from fundtrail.proofs import placed
from fundtrail.signed_statements import SignedStatement
from fundtrail.statements import (
    STATEMENTS,
    AnchorFeed,
    Basis,
    OpenDispute,
    OrderRecovery,
    Review,
    Statement,
)
from fundtrail.sum_tree import Line, SumTree, TreeKind

CODE = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}", fullmatch=True)
SIGNATURE = st.binary(min_size=65, max_size=65)
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "code": CODE,
    "bytes32": st.binary(min_size=32, max_size=32).filter(any),
    "address": st.binary(min_size=20, max_size=20).map(lambda b: "0x" + b.hex()),
    "string": st.text(max_size=30),
}


def values_of(kind: str) -> st.SearchStrategy[Any]:
    if kind.endswith("[]"):
        return st.lists(values_of(kind[:-2]), max_size=3).map(tuple)
    if kind.startswith("uint"):
        return st.integers(0, 2 ** int(kind[4:]) - 1)
    return statements(Basis) if kind == "Basis" else PLAIN[kind]


def statements(kind: Any) -> st.SearchStrategy[Any]:
    fields = {f.name: values_of(f.metadata["abi"]) for f in dataclasses.fields(kind)}
    return st.builds(kind, **fields)


BASIS = Basis(evidence=bytes(32), document=b"\1" * 32, signed_at=1, deadline=2)
REVIEW = Review(run="R-1", root=b"\2" * 32, total_fen=5, basis=BASIS)
TREE = SumTree(
    [Line(payment_id=bytes([i]) * 32, amount_fen=i, record_digest=bytes(32)) for i in range(1, 6)],
    TreeKind.RUN,
)
LINE = placed(TREE, 2)
BESIDE: dict[str, Any] = {
    "OpenDispute": {"proof": LINE},
    "OrderRecovery": {"proof": LINE, "batch": "B-1"},
}
DISPUTE = OpenDispute(
    dispute="D-1",
    run="R-1",
    payment_id=LINE.line.payment_id,
    amount_fen=3,
    reason=b"\1" * 32,
    basis=BASIS,
)
RECOVERY = OrderRecovery(
    receivable="V-1",
    cause=b"\4" * 32,
    run="R-1",
    payment_id=LINE.line.payment_id,
    amount_fen=3,
    basis=BASIS,
)
ANCHOR = AnchorFeed(feed="deaths", size=4, root=b"\3" * 32, basis=BASIS)


def test_every_statement_of_the_format_is_an_act_of_its_contract() -> None:
    assert set(ACTS) == set(STATEMENTS)
    for name, act in STATEMENTS.items():
        assert ACTS[name].contract == act.contract


@pytest.mark.parametrize("act", STATEMENTS.values(), ids=STATEMENTS)
@given(data=st.data())
def test_calldata_reads_back_as_the_statement_and_its_signatures(
    act: type[Statement], data: st.DataObject
) -> None:
    statement = data.draw(statements(act))
    many = ACTS[act.__name__].inputs[-1] == "bytes[]"
    signatures = tuple(data.draw(st.lists(SIGNATURE, min_size=1, max_size=3 if many else 1)))

    calldata = act_calldata(statement, signatures, **BESIDE.get(act.__name__, {}))

    assert parse_calldata(calldata) == SignedStatement(statement=statement, signatures=signatures)


def test_the_typed_method_and_the_statement_give_the_same_bytes() -> None:
    proof = [b"\4" * 32, b"\5" * 32]

    assert act_calldata(REVIEW, [b"s" * 65]) == FundLedger.review(REVIEW, b"s" * 65)
    assert act_calldata(ANCHOR, [b"s" * 65], consistency_proof=proof) == EvidenceLog.anchor_feed(
        ANCHOR, proof, b"s" * 65
    )
    assert act_calldata(DISPUTE, [b"s" * 65], proof=LINE) == DisputeDesk.open_dispute(
        DISPUTE, LINE, b"s" * 65
    )
    assert act_calldata(
        RECOVERY, [b"s" * 65], proof=LINE, batch="B-1"
    ) == DisputeDesk.order_recovery(RECOVERY, "B-1", LINE, b"s" * 65)


def test_an_act_is_found_inside_another_contracts_calldata() -> None:
    inner = act_calldata(REVIEW, [b"s" * 65])
    wrapped = b"\xde\xad\xbe\xef" + bytes(60) + inner + bytes(28)

    assert list(find_acts(wrapped, "FundLedger")) == [parse_calldata(inner)]
    assert list(find_acts(wrapped, "Registry")) == []


def test_too_many_signatures_or_a_proof_where_none_belongs_are_refused() -> None:
    with pytest.raises(StatementError, match="Review: expected one signature, got 2"):
        act_calldata(REVIEW, [b"s" * 65] * 2)
    with pytest.raises(StatementError, match="got 0"):
        act_calldata(REVIEW, [])
    with pytest.raises(StatementError, match="no consistency proof"):
        act_calldata(REVIEW, [b"s" * 65], consistency_proof=[bytes(32)])
    with pytest.raises(StatementError, match="Review: expected no proof of a line"):
        act_calldata(REVIEW, [b"s" * 65], proof=LINE)
    with pytest.raises(StatementError, match="OpenDispute: expected a proof of a line"):
        act_calldata(DISPUTE, [b"s" * 65])
    with pytest.raises(StatementError, match="OpenDispute: expected no batch"):
        act_calldata(DISPUTE, [b"s" * 65], proof=LINE, batch="B-1")
    with pytest.raises(StatementError, match="OrderRecovery: expected a batch"):
        act_calldata(RECOVERY, [b"s" * 65], proof=LINE)


@given(st.binary(max_size=300))
def test_damaged_calldata_is_a_statement_error_and_nothing_else(data: bytes) -> None:
    for calldata in (
        data,
        ACTS["Review"].selector + data,
        ACTS["SeatAgency"].selector + data,
        ACTS["OpenDispute"].selector + data,
    ):
        try:
            parse_calldata(calldata)
        except StatementError:
            continue
