"""What the API answers with. Money is fen as a string of digits, digests are 64 hex digits.

Examples of each answer are in `examples.json`: they are real, and a test asks for them again.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

Item = TypeVar("Item")

_YEAR_9999 = 253_402_300_799


def _moment(value: Any) -> Any:
    """A block's time comes as seconds since 1970 UTC; a signed time may be any u64."""
    if isinstance(value, datetime):
        return value
    return datetime.fromtimestamp(min(int(value), _YEAR_9999), UTC)


Fen = Annotated[
    int,
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}),
]
Digest = Annotated[
    bytes,
    PlainSerializer(bytes.hex, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
]
Time = Annotated[
    datetime,
    BeforeValidator(_moment),
    PlainSerializer(lambda value: f"{value:%Y-%m-%dT%H:%M:%SZ}", return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class Model(BaseModel):
    """The base of every answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(Model, Generic[Item]):
    """Some items, and where the next ones begin; `next` is null at the end."""

    items: list[Item]
    next: str | None


class Words(Model):
    """The same in Chinese and in English."""

    zh: str
    en: str


class Agency(Model):
    """An agency by code and name."""

    code: str
    name: str
    kind: Words


class Conservation(Model):
    """granted + recovered = passed on + committed + paid + available, always.

    `held_fen` is the part of `committed_fen` that disputes hold.
    """

    granted_fen: Fen
    recovered_fen: Fen
    passed_on_fen: Fen
    committed_fen: Fen
    paid_fen: Fen
    available_fen: Fen
    held_fen: Fen
    line: Words


class Fund(Model):
    """Money for one programme and budget year in the hands of one agency."""

    code: str
    programme: str
    year: int
    agency: Agency
    parent: str | None
    closed: bool
    conservation: Conservation


class Basis(Model):
    """Where an act stands and what it rests on: the digests of its document number and of a feed's
    entry. Evidence is null where the document alone carries the act.
    """

    block: int
    log_index: int
    time: Time
    transaction: Digest
    statement: Digest
    document: Digest | None
    evidence: Digest | None
    signed_at: Time | None


class Transfer(Model):
    """Money that came into the fund: allotted (no parent) or passed on."""

    id: str
    parent: str | None
    fund: str
    amount_fen: Fen
    agency: Agency
    basis: Basis


class Takeback(Model):
    """Money that went back up: recalled, or what was left when the fund was closed."""

    id: str
    fund: str
    parent: str | None
    amount_fen: Fen
    closes: bool
    agency: Agency
    basis: Basis


class FundDetail(Model):
    """A fund with its children, what came into it and what went back up.

    The children's grants, less what was taken back, are passed on.
    """

    fund: Fund
    children: list[Fund]
    transfers: list[Transfer]
    takebacks: list[Takeback]


class Run(Model):
    """One month's payment lines by their root, and how far they have come."""

    code: str
    fund: str
    programme: str
    period: str
    notice: str | None
    reissue_of: str | None
    stage: Words
    root: Digest
    total_fen: Fen
    count: int


class Act(Model):
    """Who did what to a run."""

    act: Words
    officer: str
    agency: Agency
    bank: str | None
    batch: str | None
    basis: Basis


class Batch(Model):
    """What the bank reported of some lines."""

    code: str
    kind: Words
    root: Digest
    total_fen: Fen
    count: int


class Hold(Model):
    """An office's word that a run stays where it is; without `until` it stands until lifted."""

    act: Words
    until: Time | None
    reason: Digest
    officer: str
    agency: Agency
    basis: Basis


class Dispute(Model):
    """A dispute about one line of a run, and where that line is now."""

    code: str
    run: str
    payment_id: Digest
    amount_fen: Fen
    stage: Words
    outcome: Words | None
    line: Words


class Challenge(Model):
    """A fraud that proofs showed. `one` and `other` are the codes of what contradicts each other.

    `blocks` are the runs that it keeps from their release.
    """

    id: Digest
    run: str
    kind: Words
    one: str
    other: str
    payment_id: Digest | None
    open: bool
    blocks: list[str]


class RunDetail(Model):
    """A run, its acts in order, its bank batches, and what stops it. `proved`: its lines lead to
    its root. `held_fen` and `struck_fen` are lines that disputes took out of it.
    """

    run: Run
    proved: bool
    held_fen: Fen
    struck_fen: Fen
    acts: list[Act]
    batches: list[Batch]
    holds: list[Hold]
    disputes: list[Dispute]
    challenges: list[Challenge]


class ContestAct(Model):
    """One step of a dispute, a challenge or a recovery.

    Without `agency` and `statement`, any account could have caused it: the contract judged.
    """

    act: Words
    agency: Agency | None
    outcome: Words | None
    reason: Digest | None
    until: Time | None
    amount_fen: Fen | None
    subject: str | None
    block: int
    log_index: int
    time: Time
    transaction: Digest | None
    statement: Digest | None


class Receivable(Model):
    """Money that was paid and is to come back."""

    code: str
    run: str
    payment_id: Digest
    amount_fen: Fen
    received_fen: Fen
    stage: Words
    acts: list[ContestAct]


class DisputeDetail(Model):
    """A dispute, each of its acts, and the recovery that it ordered."""

    dispute: Dispute
    acts: list[ContestAct]
    receivables: list[Receivable]


class ChallengeDetail(Model):
    """A challenge, each of its acts, and the recoveries that it caused."""

    challenge: Challenge
    submitter: str
    acts: list[ContestAct]
    receivables: list[Receivable]


class Inclusion(Model):
    """The payment's place under a root that was signed; the receipt has the path."""

    tree: str
    subject: str
    root: Digest
    index: int
    count: int
    amount_fen: Fen


class TraceStep(Model):
    """One step of the money on its way to this payment."""

    step: Words
    subject: str
    amount_fen: Fen | None
    agency: Agency
    basis: Basis
    inclusion: Inclusion | None


class Trace(Model):
    """Every step of one payment, from the allotment on."""

    payment_id: Digest
    programme: str
    period: str
    amount_fen: Fen
    runs: list[str]
    receipt: str
    steps: list[TraceStep]


class PaymentStatus(Model):
    """One payment in the words of the payee's page."""

    state: Words
    amount_fen: Fen
    amount_yuan: str
    period: str
    date: str | None
    date_means: Words
    reason: Words | None
    action: Words
    contact: Words
    attempt: int


class PayeeStatus(Model):
    """What the payee reads: the latest attempt first."""

    programme: str
    notice: str
    payments: list[PaymentStatus]
    token: str | None
    token_expires_at: Time
    note: Words


class CodeRequest(Model):
    """The one-time code of a notice slip."""

    code: str


class Live(Model):
    """The process answers."""

    status: str


class Ready(Model):
    """How far the index is behind the chain."""

    status: str
    chain_head: int | None
    indexed_block: int | None
    lag_blocks: int | None
    trees_refused: list[str]
    problem: str | None


class NetworkInfo(Model):
    """Which network this service reads; compare with a network.toml you were given by hand."""

    name: str
    chain_id: int
    contracts: dict[str, str]


class Problem(Model):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
