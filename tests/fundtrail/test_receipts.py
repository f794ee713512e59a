"""Receipts: the true one proves, and the forged twin of each of its parts does not."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from fundtrail.canonical import canonical
from fundtrail.chain.anvil import Anvil
from fundtrail.errors import (
    AuthorityError,
    FundtrailError,
    ProofError,
    ReceiptError,
    RootMismatchError,
    SignatureError,
)
from fundtrail.evidence import lines_path, read_lines
from fundtrail.receipts import (
    Receipt,
    ReceiptBatch,
    ReceiptLine,
    build_receipt,
    receipt_from_bytes,
    verify_receipt,
)
from fundtrail.signed_statements import RecordedStatement, SignedStatement
from fundtrail.statements import (
    Approve,
    NameContract,
    Prepare,
    PublishNotice,
    RegisterProgramme,
    Release,
    Review,
    SeatAgency,
    SeatOfficer,
    Settle,
    Statement,
)
from fundtrail.sum_tree import SumTree, TreeKind
from tests.scenario import START, Scenario, build_scenario
from tests.scenario.cast import governors

RUN = "190101001-OAA-2026-10"


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    with Anvil(timestamp=START) as anvil:
        return build_scenario(anvil.url, tmp_path_factory.mktemp("month"))


@pytest.fixture(scope="module")
def contested(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """A month after which a run is paid without the line that a dispute has struck."""
    with Anvil(timestamp=START) as anvil:
        out = tmp_path_factory.mktemp("contested")
        return build_scenario(anvil.url, out, contested=True, paid_short=True)


@pytest.fixture(scope="module")
def paid(month: Scenario) -> Receipt:
    return receipt_of(month, RUN, f"{RUN}-C", TreeKind.CREDITED, "credited")


def receipt_of(month: Scenario, run: str, batch: str, kind: TreeKind, outcome: str) -> Receipt:
    payment = next(p for p in month.payments if (p.run, p.outcome) == (run, outcome))
    return build_receipt(
        month.network,
        run=run,
        line=line_of(month, TreeKind.RUN, run, payment.payment_id),
        batches=[ReceiptBatch(batch=batch, line=line_of(month, kind, batch, payment.payment_id))],
        statements=month.statements,
    )


def line_of(month: Scenario, kind: TreeKind, subject: str, payment_id: bytes) -> ReceiptLine:
    items = list(read_lines(month.evidence / lines_path(kind, subject)))
    index = next(i for i, item in enumerate(items) if item.payment_id == payment_id)
    return ReceiptLine(
        payment_id=payment_id,
        amount_fen=items[index].amount_fen,
        record=items[index].record,
        inclusion=SumTree([item.line() for item in items], kind).inclusion(index),
    )


def test_a_receipt_proves_every_act_on_a_credited_payment(month: Scenario, paid: Receipt) -> None:
    acts = verify_receipt(paid, month.network)
    assert [(type(a.statement).__name__, a.seat.agency) for a in acts] == [
        ("PublishNotice", "190101001-JD"),
        ("Prepare", "190101001-JD"),
        ("Review", "190101001-JD"),
        ("Approve", "190101-MZJ"),
        ("Approve", "1901-MZJ"),
        ("Release", "1901-GK"),
        ("Settle", "BANK-A"),
    ]


def test_receipts_of_a_returned_payment_and_of_its_reissue_prove(month: Scenario) -> None:
    returned = receipt_of(month, RUN, f"{RUN}-B", TreeKind.RETURNED, "returned")
    reissued = receipt_of(month, f"{RUN}-R1", f"{RUN}-R1-C", TreeKind.CREDITED, "credited")
    assert verify_receipt(returned, month.network)
    assert verify_receipt(reissued, month.network)


def test_a_receipt_of_a_run_under_way_ends_where_the_run_stands(month: Scenario) -> None:
    payment = month.payment(street="190101003")
    receipt = build_receipt(
        month.network,
        run=payment.run,
        line=line_of(month, TreeKind.RUN, payment.run, payment.payment_id),
        batches=[],
        statements=month.statements,
    )
    assert isinstance(verify_receipt(receipt, month.network)[-1].statement, Approve)


def test_a_receipt_proves_where_the_voucher_leaves_out_anothers_line(contested: Scenario) -> None:
    run = "190101003-OAA-2026-10"
    receipt = receipt_of(contested, run, f"{run}-C", TreeKind.CREDITED, "credited")
    acts = {
        type(act.statement): act.statement for act in verify_receipt(receipt, contested.network)
    }

    prepared, released, settled = acts[Prepare], acts[Release], acts[Settle]
    assert isinstance(prepared, Prepare)
    assert isinstance(released, Release)
    assert isinstance(settled, Settle)
    assert (prepared.count, settled.count) == (3, 2)
    assert released.amount_fen == settled.total_fen < prepared.total_fen


def test_a_receipt_carries_the_names_of_the_contracts_it_rests_on(paid: Receipt) -> None:
    assert [act.name for act in named(paid)] == ["EvidenceLog", "FundLedger"]


def named(receipt: Receipt) -> list[NameContract]:
    acts = [recorded.signed.statement for recorded in receipt.statements]
    return [act for act in acts if isinstance(act, NameContract)]


@pytest.mark.parametrize(
    ("contract", "kind"), [("FundLedger", Prepare), ("EvidenceLog", PublishNotice)]
)
def test_what_begins_after_a_successor_was_named_is_refused(
    month: Scenario, paid: Receipt, contract: str, kind: type[Statement]
) -> None:
    with pytest.raises(AuthorityError, match=f"{kind.__name__}: expected the {contract} at 0x2222"):
        verify_receipt(succeeded(month, paid, contract, before=kind), month.network)


@pytest.mark.parametrize(("contract", "kind"), [("FundLedger", Review), ("EvidenceLog", Prepare)])
def test_what_has_begun_goes_on_after_a_successor_was_named(
    month: Scenario, paid: Receipt, contract: str, kind: type[Statement]
) -> None:
    assert verify_receipt(succeeded(month, paid, contract, before=kind), month.network)


def succeeded(
    month: Scenario, receipt: Receipt, contract: str, *, before: type[Statement]
) -> Receipt:
    """The receipt in which the governors name another `contract` just before an act."""
    statements = list(receipt.statements)
    place = next(i for i, s in enumerate(statements) if isinstance(s.signed.statement, before))
    naming = dataclasses.replace(named(receipt)[0], name=contract, at="0x" + "22" * 20)
    digest = naming.digest(month.network)
    signatures = tuple(signer.sign(digest) for signer, _ in governors()[:2])
    signed = SignedStatement(statement=naming, signatures=signatures)
    statements.insert(place, dataclasses.replace(statements[place], signed=signed))
    return dataclasses.replace(receipt, statements=tuple(statements))


def test_a_receipt_reads_back_from_its_bytes(month: Scenario, paid: Receipt) -> None:
    assert receipt_from_bytes(paid.to_bytes()) == paid


@pytest.mark.parametrize("place", range(0, 20_000, 191))
def test_no_changed_byte_of_a_receipt_goes_unnoticed(
    month: Scenario, paid: Receipt, place: int
) -> None:
    data = bytearray(paid.to_bytes())
    place %= len(data)
    data[place] ^= 1
    try:
        forged = receipt_from_bytes(bytes(data))
        verify_receipt(forged, month.network)
    except FundtrailError:
        return
    assert signed_parts(forged) == signed_parts(paid), "more changed than where to look"


def signed_parts(receipt: Receipt) -> Receipt:
    """The receipt without block and transaction: those say where to look and are not signed."""
    plain = [dataclasses.replace(s, block=0, transaction=bytes(32)) for s in receipt.statements]
    return dataclasses.replace(receipt, statements=tuple(plain))


def changed(receipt: Receipt, kind: type[Statement], /, **fields: Any) -> Receipt:
    """The receipt with the first statement of `kind` altered, its signatures kept."""

    def alter(recorded: RecordedStatement) -> RecordedStatement:
        statement = dataclasses.replace(recorded.signed.statement, **fields)
        signed = SignedStatement(statement=statement, signatures=recorded.signed.signatures)
        return dataclasses.replace(recorded, signed=signed)

    statements = list(receipt.statements)
    place = next(i for i, s in enumerate(statements) if isinstance(s.signed.statement, kind))
    statements[place] = alter(statements[place])
    return dataclasses.replace(receipt, statements=tuple(statements))


def without(receipt: Receipt, kind: type[Statement]) -> Receipt:
    """The receipt without the first statement of `kind`."""
    statements = list(receipt.statements)
    place = next(i for i, s in enumerate(statements) if isinstance(s.signed.statement, kind))
    return dataclasses.replace(receipt, statements=(*statements[:place], *statements[place + 1 :]))


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (SeatAgency, {"name": "别的机关"}),
        (SeatOfficer, {"roles": 4095}),
        (RegisterProgramme, {"notice_seconds": 0}),
        (NameContract, {"at": "0x" + "22" * 20}),
        (PublishNotice, {"total_fen": 1}),
        (Prepare, {"total_fen": 93_501}),
        (Review, {"total_fen": 93_501}),
        (Approve, {"run": "190101001-OAA-2026-11"}),
        (Release, {"amount_fen": 1}),
        (Settle, {"kind": 3}),
    ],
)
def test_an_altered_statement_has_no_signer_who_may(
    month: Scenario, paid: Receipt, kind: type[Statement], fields: dict[str, Any]
) -> None:
    with pytest.raises((AuthorityError, SignatureError)):
        verify_receipt(changed(paid, kind, **fields), month.network)


@pytest.mark.parametrize(
    "kind",
    [
        SeatAgency,
        SeatOfficer,
        RegisterProgramme,
        PublishNotice,
        Prepare,
        Review,
        Approve,
        Release,
        Settle,
    ],
)
def test_a_statement_left_out_is_missed(
    month: Scenario, paid: Receipt, kind: type[Statement]
) -> None:
    with pytest.raises((AuthorityError, ReceiptError)):
        verify_receipt(without(paid, kind), month.network)


def test_another_amount_does_not_lead_to_the_signed_root(month: Scenario, paid: Receipt) -> None:
    line = dataclasses.replace(paid.line, amount_fen=paid.line.amount_fen + 1)
    with pytest.raises(RootMismatchError):
        verify_receipt(dataclasses.replace(paid, line=line), month.network)


def test_another_bank_amount_does_not_lead_to_the_settled_root(
    month: Scenario, paid: Receipt
) -> None:
    (batch,) = paid.batches
    line = dataclasses.replace(batch.line, amount_fen=batch.line.amount_fen + 1)
    forged = dataclasses.replace(batch, line=line)
    with pytest.raises(RootMismatchError):
        verify_receipt(dataclasses.replace(paid, batches=(forged,)), month.network)


def test_a_batch_line_of_another_payment_is_refused(month: Scenario, paid: Receipt) -> None:
    other = next(p for p in month.payments if p.outcome == "credited" and p.run == RUN
                 and p.payment_id != paid.line.payment_id)  # fmt: skip
    line = line_of(month, TreeKind.CREDITED, f"{RUN}-C", other.payment_id)
    forged = dataclasses.replace(paid.batches[0], line=line)
    with pytest.raises(ReceiptError, match="expected a line of this payment"):
        verify_receipt(dataclasses.replace(paid, batches=(forged,)), month.network)


def test_a_receipt_of_another_network_is_refused(month: Scenario, paid: Receipt) -> None:
    elsewhere = dataclasses.replace(month.network, chain_id=1)
    with pytest.raises(ReceiptError, match="network: expected"):
        verify_receipt(paid, elsewhere)


def test_governors_that_the_network_does_not_name_seat_nobody(
    month: Scenario, paid: Receipt
) -> None:
    governors = dataclasses.replace(month.network.governors, keys=("0x" + "11" * 20,) * 3)
    with pytest.raises(AuthorityError, match="expected signatures of governors"):
        verify_receipt(paid, dataclasses.replace(month.network, governors=governors))


def resigned(
    month: Scenario, receipt: Receipt, kind: type[Statement], officer: str, /, **fields: Any
) -> Receipt:
    """The receipt with the first statement of `kind` altered and truly signed by `officer`."""
    forged = changed(receipt, kind, **fields)
    statements = list(forged.statements)
    place = next(i for i, s in enumerate(statements) if isinstance(s.signed.statement, kind))
    statement = statements[place].signed.statement
    signature = month.officers[officer].sign(statement.digest(month.network))
    signed = SignedStatement(statement=statement, signatures=(signature,))
    statements[place] = dataclasses.replace(statements[place], signed=signed)
    return dataclasses.replace(forged, statements=tuple(statements))


LAWLESS: list[tuple[type[Statement], str, dict[str, Any], type[FundtrailError], str]] = [
    (Review, "prepare-190101001", {}, AuthorityError, "role review"),
    (Approve, "approve-city", {}, AuthorityError, "person who has not acted"),
    (Release, "approve-district", {}, AuthorityError, "role treasury"),
    (Release, "treasurer", {"bank": "1901-CZJ"}, AuthorityError, "expected a bank|seat of agency"),
    (Release, "treasurer", {"amount_fen": 0}, ReceiptError, "expected 1 to 93500 fen"),
    (Release, "treasurer", {"amount_fen": 93_501}, ReceiptError, "expected 1 to 93500 fen"),
    (Release, "treasurer", {"amount_fen": 1}, ReceiptError, "at most 1 fen of the voucher"),
    (Review, "review-190101001", {"total_fen": 1}, ReceiptError, "root and the total"),
    (Prepare, "prepare-190101001", {"notice": "other-N"}, ReceiptError, "PublishNotice of other-N"),
    (Prepare, "prepare-190101001", {"count": 6}, ProofError, "path too|root mismatch"),
    (PublishNotice, "publish-190101001", {"period": "2026-09"}, ReceiptError, "OAA 2026-10"),
    (PublishNotice, "publish-190101001", {"closes_at": START}, ReceiptError, "seconds of notice"),
]


@pytest.mark.parametrize(("kind", "officer", "fields", "error", "message"), LAWLESS)
def test_a_truly_signed_act_against_the_rules_is_refused(
    month: Scenario,
    paid: Receipt,
    kind: type[Statement],
    officer: str,
    fields: dict[str, Any],
    error: type[FundtrailError],
    message: str,
) -> None:
    with pytest.raises(error, match=message):
        verify_receipt(resigned(month, paid, kind, officer, **fields), month.network)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda value: value.pop("run"),
        lambda value: value.update(extra=1),
        lambda value: value.update(version=2),
        lambda value: value.update(statements={}),
        lambda value: value["line"].update(amount_fen=1),
        lambda value: value["inclusion"].update(index=-1),
        lambda value: value["network"].update(name=7),
    ],
)
def test_a_document_that_is_no_receipt_is_refused(
    paid: Receipt, break_it: Callable[[dict[str, Any]], object]
) -> None:
    value = paid.to_json()
    break_it(value)
    with pytest.raises(ReceiptError):
        receipt_from_bytes(canonical(value))


@pytest.mark.parametrize("other", [0, "x", [], {}, True, ["x"], {"x": "y"}])
def test_a_document_with_any_part_of_another_kind_is_refused_by_name(
    paid: Receipt, other: Any
) -> None:
    for path in places(paid.to_json()):
        value = paid.to_json()
        owner = value
        for step in path[:-1]:
            owner = owner[step]
        if type(owner[path[-1]]) is type(other):
            continue
        owner[path[-1]] = other
        with pytest.raises(FundtrailError):
            receipt_from_bytes(canonical(value))


def places(value: Any) -> list[tuple[Any, ...]]:
    """The path to every part of a JSON value, a few of each long array."""
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))[:2] + list(enumerate(value))[-1:]
    else:
        return []
    return [(step,) for step, _ in steps] + [
        (step, *rest) for step, inner in steps for rest in places(inner)
    ]
