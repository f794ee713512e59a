"""Receipts: prove one payment with `network.toml` and nothing else (docs/format.md §8).

`build_receipt` gathers, `verify_receipt` proves and raises. A receipt proves what was signed, and
that the payment is under the roots that were signed. It does not prove that the chain still holds
it, that no revocation was left out, or that the bank reported the amount that was ordered: for
those, the audit asks a node and compares. Block and transaction say where to look; nobody signed
them. A voucher below the run's total leaves out lines that disputes took out, and whose they are
is not this payee's to know: only a batch says that this payment was not one of them.

(0) the receipt speaks of this network, in chain order
(1) governance is signed by the governors; notice and run begin in the contracts they named
(2) the notice is shown for its time               (5) settlement is by the bank of the release
(3) the run cites that notice, once it has closed  (6) no person acts twice on the run
(4) review, approvals, release: root and amounts   (7) the lines are under the signed roots
"""

from collections.abc import Iterable, Iterator, Sequence

from fundtrail.errors import ReceiptError
from fundtrail.network import Network
from fundtrail.receipt_document import Receipt, ReceiptBatch, ReceiptLine, receipt_from_bytes
from fundtrail.receipt_proof import Act, ReceiptProof
from fundtrail.records import record_from_bytes
from fundtrail.seats import Seats
from fundtrail.signed_statements import RecordedStatement
from fundtrail.statements import (
    Approve,
    NameContract,
    Prepare,
    PublishNotice,
    RegisterProgramme,
    Release,
    Review,
    RevokeOfficer,
    SeatAgency,
    SeatOfficer,
    SetGovernors,
    Settle,
)

__all__ = [
    "Act",
    "Receipt",
    "ReceiptBatch",
    "ReceiptLine",
    "build_receipt",
    "receipt_from_bytes",
    "verify_receipt",
]


def build_receipt(
    network: Network,
    *,
    run: str,
    line: ReceiptLine,
    batches: Sequence[ReceiptBatch],
    statements: Iterable[RecordedStatement],
) -> Receipt:
    """The receipt of `line`, from `statements` in chain order; those it does not need are left."""
    held = list(statements)
    acts = set(_acts_on(held, run, {batch.batch for batch in batches}))
    governance = _governance(held, acts, _programme(line), network)
    return Receipt(
        network_name=network.name,
        chain_id=network.chain_id,
        contracts=_addresses(network),
        run=run,
        line=line,
        batches=tuple(batches),
        statements=tuple(held[i] for i in sorted(acts | set(governance))),
    )


def verify_receipt(receipt: Receipt, network: Network) -> tuple[Act, ...]:
    """The acts on the payment, each with its officer. Raises unless all of (0)-(7) hold."""
    _check_network(receipt, network)  # (0)
    proof, block = ReceiptProof(receipt=receipt, seats=Seats(network)), 0
    for recorded in receipt.statements:
        if recorded.block < block:
            raise ReceiptError(
                f"statements: expected a block from {block} on, got {recorded.block}"
            )
        block = recorded.block
        proof.take(recorded)
    proof.finish()
    return tuple(proof.acts)


def _acts_on(held: Sequence[RecordedStatement], run: str, batches: set[str]) -> Iterator[int]:
    """The places of the notice, of what was done to the run, and of the batches."""
    statements = [recorded.signed.statement for recorded in held]
    notices = {act.notice for act in statements if isinstance(act, Prepare) and act.run == run}
    for place, act in enumerate(statements):
        match act:
            case PublishNotice():
                wanted = act.notice in notices
            case Prepare() | Review() | Approve() | Release():
                wanted = act.run == run
            case Settle():
                wanted = act.run == run and act.batch in batches
            case _:
                wanted = False
        if wanted:
            yield place


def _governance(
    held: Sequence[RecordedStatement], acts: set[int], programme: str, network: Network
) -> Iterator[int]:
    """The places of what named the contracts, seated the signers, their agencies and those above,
    and registered the programme.
    """
    contracts = {held[place].signed.statement.contract for place in acts}
    keys = {key for place in acts for key in held[place].signed.signers(network)}
    agencies = _agencies(held, keys, acts)
    last = max(acts, default=0)
    for place, recorded in enumerate(held[:last]):
        match recorded.signed.statement:
            case SetGovernors():
                wanted = True
            case NameContract(name=name):
                wanted = name in contracts
            case SeatAgency(agency=code):
                wanted = code in agencies
            case SeatOfficer(key=key) | RevokeOfficer(key=key):
                wanted = key in keys
            case RegisterProgramme() as act:
                wanted = act.programme == programme
            case _:
                wanted = False
        if wanted:
            yield place


def _agencies(held: Sequence[RecordedStatement], keys: set[str], acts: set[int]) -> set[str]:
    statements = [recorded.signed.statement for recorded in held]
    parents = {act.agency: act.parent for act in statements if isinstance(act, SeatAgency)}
    wanted = {act.agency for act in statements if isinstance(act, SeatOfficer) and act.key in keys}
    released = (statements[place] for place in acts)
    wanted |= {act.bank for act in released if isinstance(act, Release)}
    for code in tuple(wanted):
        while code := parents.get(code, ""):
            wanted.add(code)
    return wanted


def _programme(line: ReceiptLine) -> str:
    return str(record_from_bytes(line.record).fields.get("programme", ""))


def _check_network(receipt: Receipt, network: Network) -> None:
    """The receipt speaks of this network: its name, its chain, and each of its contracts."""
    expected = {"name": network.name, "chain_id": str(network.chain_id), **_addresses(network)}
    got = {"name": receipt.network_name, "chain_id": str(receipt.chain_id), **receipt.contracts}
    for field in sorted(expected.keys() | got.keys()):
        if expected.get(field) != got.get(field):
            raise ReceiptError(
                f"network: expected {field} {expected.get(field)}, got {got.get(field)}"
            )


def _addresses(network: Network) -> dict[str, str]:
    return {name: contract.address for name, contract in network.contracts.items()}
