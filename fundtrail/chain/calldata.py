"""A signed statement as calldata, and back.

Guarantees: `parse_calldata(act_calldata(s, g)) == (s, g)`. Says nothing about who signed.
"""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Any

from eth_abi.exceptions import DecodingError, EncodingError

from fundtrail.chain.bindings import FUNCTIONS
from fundtrail.chain.contract import Function
from fundtrail.errors import FormatError, StatementError
from fundtrail.ids import code_from_bytes32, code_to_bytes32
from fundtrail.proofs import Placed
from fundtrail.signed_statements import SignedStatement
from fundtrail.statements import (
    STATEMENTS,
    AnchorFeed,
    Basis,
    OpenDispute,
    OrderRecovery,
    Statement,
)

# The functions that take a statement, by the name of its type.
ACTS: dict[str, Function] = {
    name: function
    for function in FUNCTIONS.values()
    if (name := function.name[0].upper() + function.name[1:]) in STATEMENTS
}


def act_calldata(
    statement: Statement,
    signatures: Sequence[bytes],
    *,
    consistency_proof: Sequence[bytes] = (),
    proof: Placed | None = None,
    batch: str = "",
) -> bytes:
    """The calldata that records `statement`. Governors' signatures in rising order of signers.

    `consistency_proof` is for AnchorFeed: the RFC 9162 §2.1.4 proof from the last anchored head.
    `proof` is the disputed line in its run for OpenDispute, and for OrderRecovery the line as the
    bank credited it in `batch`.
    """
    function = ACTS[statement.type_name()]
    many = function.inputs[-1] == "bytes[]"
    if not signatures or not (many or len(signatures) == 1):
        expected = "at least one signature" if many else "one signature"
        raise StatementError(f"{statement.type_name()}: expected {expected}, got {len(signatures)}")
    beside = _beside(statement, consistency_proof, proof, batch)
    last = list(signatures) if many else signatures[0]
    try:
        return function.calldata([statement.values(), *beside, last])
    except EncodingError as error:
        raise StatementError(f"{statement.type_name()}: not encodable: {error}") from error


def _beside(
    statement: Statement, consistency_proof: Sequence[bytes], proof: Placed | None, batch: str
) -> list[object]:
    """What an act takes between its statement and its signatures: the proofs it rests on."""
    name = statement.type_name()
    if consistency_proof and not isinstance(statement, AnchorFeed):
        raise StatementError(f"{name}: expected no consistency proof")
    if (proof is not None) != isinstance(statement, OpenDispute | OrderRecovery):
        raise StatementError(f"{name}: expected {'no' if proof else 'a'} proof of a line")
    if bool(batch) != isinstance(statement, OrderRecovery):
        raise StatementError(f"{name}: expected {'no' if batch else 'a'} batch")

    if isinstance(statement, AnchorFeed):
        return [list(consistency_proof)]
    return [*([code_to_bytes32(batch)] if batch else []), *([proof.values()] if proof else [])]


def parse_calldata(calldata: bytes) -> SignedStatement:
    """The statement and its signatures in `calldata`. Raises StatementError for anything else."""
    function = _BY_SELECTOR.get(calldata[:4])
    if function is None:
        raise StatementError(f"expected the selector of an act, got 0x{calldata[:4].hex()}")

    try:
        values = function.values(calldata)
        statement = _statement(_type_of(function), values[0])
    except (DecodingError, FormatError, OverflowError, UnicodeDecodeError) as error:
        raise StatementError(f"expected the calldata of {function.name}: {error}") from error
    signatures = values[-1] if isinstance(values[-1], tuple) else (values[-1],)
    return SignedStatement(statement=statement, signatures=signatures)


def find_acts(data: bytes, contract: str) -> Iterator[SignedStatement]:
    """Every act of `contract` that stands somewhere in `data`, for statements that came through a
    relaying contract. What it yields only looks like an act until its digest is compared.
    """
    selectors = [f.selector for f in ACTS.values() if f.contract == contract]
    for match in re.finditer(b"|".join(map(re.escape, selectors)), data):
        try:
            found = parse_calldata(data[match.start() :])
        except StatementError:
            continue
        yield found


def _type_of(function: Function) -> type[Statement]:
    return STATEMENTS[function.name[0].upper() + function.name[1:]]


def _statement(kind: type[Any], values: Sequence[Any]) -> Any:
    fields = dataclasses.fields(kind)
    return kind(
        **{f.name: _value(f.metadata["abi"], v) for f, v in zip(fields, values, strict=True)}
    )


def _value(kind: str, value: Any) -> Any:
    if kind.endswith("[]"):
        return tuple(_value(kind[:-2], item) for item in value)
    if kind == "code":
        return code_from_bytes32(value)
    return _statement(Basis, value) if kind == "Basis" else value


_BY_SELECTOR = {function.selector: function for function in ACTS.values()}
