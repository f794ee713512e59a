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
    """granted + recovered = passed on + committed + paid + available, always."""

    granted_fen: Fen
    recovered_fen: Fen
    passed_on_fen: Fen
    committed_fen: Fen
    paid_fen: Fen
    available_fen: Fen
    line: Words


class Fund(Model):
    """Money for one programme and budget year in the hands of one agency."""

    code: str
    programme: str
    year: int
    agency: Agency
    parent: str | None
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


class FundDetail(Model):
    """A fund with its children and what came into it. The children's grants are passed on."""

    fund: Fund
    children: list[Fund]
    transfers: list[Transfer]


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


class RunDetail(Model):
    """A run, its acts in order and its bank batches. `proved`: its lines lead to its root."""

    run: Run
    proved: bool
    acts: list[Act]
    batches: list[Batch]


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
