"""Events as frozen dataclasses. Written by `python -m fundtrail.chain.generate`; not by hand.

`EVENT_TYPES` finds the decoder of a log by contract and topic.
"""

from dataclasses import dataclass

from eth_abi.abi import decode

from fundtrail.chain.event import Event, EventType, Place, code_of_topic, code_of_word
from fundtrail.enums import AgencyKind, PayeeKind
from fundtrail.ids import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySeated(Event):
    """`AgencySeated(bytes32,uint8,bytes32,uint64,string)`."""

    agency: Code
    kind: AgencyKind
    parent: Code
    region: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractNamed(Event):
    """`ContractNamed(bytes32,address,address)`."""

    name: Code
    at: str
    succeeds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernorsSet(Event):
    """`GovernorsSet(address[],bytes32[],uint8)`."""

    keys: tuple[str, ...]
    agencies: tuple[Code, ...]
    threshold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerRevoked(Event):
    """`OfficerRevoked(address,bytes32)`."""

    key: str
    reason: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerSeated(Event):
    """`OfficerSeated(address,bytes32,uint32,uint32,uint64,uint64)`."""

    key: str
    agency: Code
    person: int
    roles: int
    valid_from: int
    valid_until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRegistered(Event):
    """`ProgrammeRegistered(bytes32,bytes32,uint8,uint64,uint128[],bytes32[])`."""

    programme: Code
    agency: Code
    payee_kind: PayeeKind
    notice_seconds: int
    ladder_fen: tuple[int, ...]
    feeds: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecorded(Event):
    """`StatementRecorded(bytes32,address)`."""

    statement: bytes
    signer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAnchored(Event):
    """`FeedAnchored(bytes32,uint64,bytes32)`."""

    feed: Code
    size: int
    root: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLate(Event):
    """`FeedLate(bytes32,uint64)`."""

    feed: Code
    late_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOpened(Event):
    """`FeedOpened(bytes32,bytes32,bytes32,uint64)`."""

    feed: Code
    agency: Code
    vkey_digest: bytes
    cadence_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRotated(Event):
    """`FeedRotated(bytes32,bytes32,uint64)`."""

    feed: Code
    vkey_digest: bytes
    cadence_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePublished(Event):
    """`NoticePublished(bytes32,bytes32,bytes32,bytes32,bytes32,uint128,uint64,uint64,uint64)`."""

    notice: Code
    programme: Code
    agency: Code
    period: Code
    root: bytes
    total_fen: int
    count: int
    opens_at: int
    closes_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotted(Event):
    """`Allotted(bytes32,bytes32,bytes32,uint16,bytes32,uint128)`."""

    id: Code
    fund: Code
    programme: Code
    year: int
    agency: Code
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSettled(Event):
    """`BatchSettled(bytes32,bytes32,uint8,bytes32,uint128,uint64,address)`."""

    batch: Code
    run: Code
    kind: int
    root: bytes
    total_fen: int
    count: int
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundClosed(Event):
    """`FundClosed(bytes32,bytes32,uint128)`."""

    id: Code
    fund: Code
    returned_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFreed(Event):
    """`LineFreed(bytes32,bytes32,uint128)`."""

    dispute: Code
    run: Code
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHeld(Event):
    """`LineHeld(bytes32,bytes32,uint128)`."""

    dispute: Code
    run: Code
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStruck(Event):
    """`LineStruck(bytes32,bytes32,uint128)`."""

    dispute: Code
    run: Code
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRecovered(Event):
    """`MoneyRecovered(bytes32,bytes32,bytes32,uint128)`."""

    receivable: Code
    run: Code
    fund: Code
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn(Event):
    """`PassedOn(bytes32,bytes32,bytes32,bytes32,uint128)`."""

    id: Code
    parent: Code
    fund: Code
    agency: Code
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled(Event):
    """`Recalled(bytes32,bytes32,bytes32,uint128)`."""

    id: Code
    fund: Code
    parent: Code
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReissueAllowed(Event):
    """`ReissueAllowed(bytes32,bytes32,uint128)`."""

    dispute: Code
    run: Code
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunApproved(Event):
    """`RunApproved(bytes32,address,uint8,uint8)`."""

    run: Code
    officer: str
    approvals: int
    required: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBlocked(Event):
    """`RunBlocked(bytes32,bytes32)`."""

    run: Code
    challenge: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCancelled(Event):
    """`RunCancelled(bytes32,bytes32,address)`."""

    run: Code
    reason: bytes
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHeld(Event):
    """`RunHeld(bytes32,bytes32,uint64,bytes32,address)`."""

    run: Code
    agency: Code
    until: int
    reason: bytes
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLifted(Event):
    """`RunLifted(bytes32,bytes32,bytes32,address)`."""

    run: Code
    agency: Code
    reason: bytes
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPrepared(Event):
    """`RunPrepared(bytes32,bytes32,bytes32,bytes32,bytes32,bytes32,uint128,uint64,address)`."""

    run: Code
    fund: Code
    notice: Code
    reissue_of: Code
    period: Code
    root: bytes
    total_fen: int
    count: int
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRejected(Event):
    """`RunRejected(bytes32,bytes32,address)`."""

    run: Code
    reason: bytes
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReleased(Event):
    """`RunReleased(bytes32,bytes32,bytes32,uint128,address)`."""

    run: Code
    bank: Code
    voucher: bytes
    amount_fen: int
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReviewed(Event):
    """`RunReviewed(bytes32,address)`."""

    run: Code
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettled(Event):
    """`RunSettled(bytes32)`."""

    run: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class RunUnblocked(Event):
    """`RunUnblocked(bytes32,bytes32)`."""

    run: Code
    challenge: bytes


def _agency_seated(at: Place, topics: list[str], data: bytes) -> AgencySeated:
    values = decode(["uint8", "bytes32", "uint64", "string"], data)
    contract, block, log_index, transaction, block_time = at
    return AgencySeated(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        agency=code_of_topic(topics[1]),
        kind=AgencyKind(values[0]),
        parent=code_of_word(values[1]),
        region=values[2],
        name=values[3],
    )


def _contract_named(at: Place, topics: list[str], data: bytes) -> ContractNamed:
    contract, block, log_index, transaction, block_time = at
    return ContractNamed(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        name=code_of_topic(topics[1]),
        at="0x" + topics[2][26:],
        succeeds="0x" + data[12:32].hex(),
    )


def _governors_set(at: Place, _topics: list[str], data: bytes) -> GovernorsSet:
    values = decode(["address[]", "bytes32[]", "uint8"], data)
    contract, block, log_index, transaction, block_time = at
    return GovernorsSet(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        keys=tuple(values[0]),
        agencies=tuple(code_of_word(item) for item in values[1]),
        threshold=values[2],
    )


def _officer_revoked(at: Place, topics: list[str], data: bytes) -> OfficerRevoked:
    contract, block, log_index, transaction, block_time = at
    return OfficerRevoked(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        key="0x" + topics[1][26:],
        reason=data[0:32],
    )


def _officer_seated(at: Place, topics: list[str], data: bytes) -> OfficerSeated:
    contract, block, log_index, transaction, block_time = at
    return OfficerSeated(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        key="0x" + topics[1][26:],
        agency=code_of_topic(topics[2]),
        person=int.from_bytes(data[0:32], "big"),
        roles=int.from_bytes(data[32:64], "big"),
        valid_from=int.from_bytes(data[64:96], "big"),
        valid_until=int.from_bytes(data[96:128], "big"),
    )


def _programme_registered(at: Place, topics: list[str], data: bytes) -> ProgrammeRegistered:
    values = decode(["bytes32", "uint8", "uint64", "uint128[]", "bytes32[]"], data)
    contract, block, log_index, transaction, block_time = at
    return ProgrammeRegistered(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        programme=code_of_topic(topics[1]),
        agency=code_of_word(values[0]),
        payee_kind=PayeeKind(values[1]),
        notice_seconds=values[2],
        ladder_fen=tuple(values[3]),
        feeds=tuple(code_of_word(item) for item in values[4]),
    )


def _statement_recorded(at: Place, topics: list[str], _data: bytes) -> StatementRecorded:
    contract, block, log_index, transaction, block_time = at
    return StatementRecorded(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        statement=bytes.fromhex(topics[1][2:]),
        signer="0x" + topics[2][26:],
    )


def _feed_anchored(at: Place, topics: list[str], data: bytes) -> FeedAnchored:
    contract, block, log_index, transaction, block_time = at
    return FeedAnchored(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        feed=code_of_topic(topics[1]),
        size=int.from_bytes(data[0:32], "big"),
        root=data[32:64],
    )


def _feed_late(at: Place, topics: list[str], data: bytes) -> FeedLate:
    contract, block, log_index, transaction, block_time = at
    return FeedLate(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        feed=code_of_topic(topics[1]),
        late_seconds=int.from_bytes(data[0:32], "big"),
    )


def _feed_opened(at: Place, topics: list[str], data: bytes) -> FeedOpened:
    contract, block, log_index, transaction, block_time = at
    return FeedOpened(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        feed=code_of_topic(topics[1]),
        agency=code_of_topic(topics[2]),
        vkey_digest=data[0:32],
        cadence_seconds=int.from_bytes(data[32:64], "big"),
    )


def _feed_rotated(at: Place, topics: list[str], data: bytes) -> FeedRotated:
    contract, block, log_index, transaction, block_time = at
    return FeedRotated(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        feed=code_of_topic(topics[1]),
        vkey_digest=data[0:32],
        cadence_seconds=int.from_bytes(data[32:64], "big"),
    )


def _notice_published(at: Place, topics: list[str], data: bytes) -> NoticePublished:
    contract, block, log_index, transaction, block_time = at
    return NoticePublished(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        notice=code_of_topic(topics[1]),
        programme=code_of_topic(topics[2]),
        agency=code_of_word(data[0:32]),
        period=code_of_word(data[32:64]),
        root=data[64:96],
        total_fen=int.from_bytes(data[96:128], "big"),
        count=int.from_bytes(data[128:160], "big"),
        opens_at=int.from_bytes(data[160:192], "big"),
        closes_at=int.from_bytes(data[192:224], "big"),
    )


def _allotted(at: Place, topics: list[str], data: bytes) -> Allotted:
    contract, block, log_index, transaction, block_time = at
    return Allotted(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        id=code_of_topic(topics[1]),
        fund=code_of_topic(topics[2]),
        programme=code_of_word(data[0:32]),
        year=int.from_bytes(data[32:64], "big"),
        agency=code_of_word(data[64:96]),
        amount_fen=int.from_bytes(data[96:128], "big"),
    )


def _batch_settled(at: Place, topics: list[str], data: bytes) -> BatchSettled:
    contract, block, log_index, transaction, block_time = at
    return BatchSettled(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        batch=code_of_topic(topics[1]),
        run=code_of_topic(topics[2]),
        kind=int.from_bytes(data[0:32], "big"),
        root=data[32:64],
        total_fen=int.from_bytes(data[64:96], "big"),
        count=int.from_bytes(data[96:128], "big"),
        officer="0x" + data[140:160].hex(),
    )


def _fund_closed(at: Place, topics: list[str], data: bytes) -> FundClosed:
    contract, block, log_index, transaction, block_time = at
    return FundClosed(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        id=code_of_topic(topics[1]),
        fund=code_of_topic(topics[2]),
        returned_fen=int.from_bytes(data[0:32], "big"),
    )


def _line_freed(at: Place, topics: list[str], data: bytes) -> LineFreed:
    contract, block, log_index, transaction, block_time = at
    return LineFreed(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        dispute=code_of_topic(topics[1]),
        run=code_of_topic(topics[2]),
        amount_fen=int.from_bytes(data[0:32], "big"),
    )


def _line_held(at: Place, topics: list[str], data: bytes) -> LineHeld:
    contract, block, log_index, transaction, block_time = at
    return LineHeld(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        dispute=code_of_topic(topics[1]),
        run=code_of_topic(topics[2]),
        amount_fen=int.from_bytes(data[0:32], "big"),
    )


def _line_struck(at: Place, topics: list[str], data: bytes) -> LineStruck:
    contract, block, log_index, transaction, block_time = at
    return LineStruck(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        dispute=code_of_topic(topics[1]),
        run=code_of_topic(topics[2]),
        amount_fen=int.from_bytes(data[0:32], "big"),
    )


def _money_recovered(at: Place, topics: list[str], data: bytes) -> MoneyRecovered:
    contract, block, log_index, transaction, block_time = at
    return MoneyRecovered(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        receivable=code_of_topic(topics[1]),
        run=code_of_topic(topics[2]),
        fund=code_of_topic(topics[3]),
        amount_fen=int.from_bytes(data[0:32], "big"),
    )


def _passed_on(at: Place, topics: list[str], data: bytes) -> PassedOn:
    contract, block, log_index, transaction, block_time = at
    return PassedOn(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        id=code_of_topic(topics[1]),
        parent=code_of_topic(topics[2]),
        fund=code_of_topic(topics[3]),
        agency=code_of_word(data[0:32]),
        amount_fen=int.from_bytes(data[32:64], "big"),
    )


def _recalled(at: Place, topics: list[str], data: bytes) -> Recalled:
    contract, block, log_index, transaction, block_time = at
    return Recalled(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        id=code_of_topic(topics[1]),
        fund=code_of_topic(topics[2]),
        parent=code_of_topic(topics[3]),
        amount_fen=int.from_bytes(data[0:32], "big"),
    )


def _reissue_allowed(at: Place, topics: list[str], data: bytes) -> ReissueAllowed:
    contract, block, log_index, transaction, block_time = at
    return ReissueAllowed(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        dispute=code_of_topic(topics[1]),
        run=code_of_topic(topics[2]),
        amount_fen=int.from_bytes(data[0:32], "big"),
    )


def _run_approved(at: Place, topics: list[str], data: bytes) -> RunApproved:
    contract, block, log_index, transaction, block_time = at
    return RunApproved(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
        officer="0x" + data[12:32].hex(),
        approvals=int.from_bytes(data[32:64], "big"),
        required=int.from_bytes(data[64:96], "big"),
    )


def _run_blocked(at: Place, topics: list[str], _data: bytes) -> RunBlocked:
    contract, block, log_index, transaction, block_time = at
    return RunBlocked(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
        challenge=bytes.fromhex(topics[2][2:]),
    )


def _run_cancelled(at: Place, topics: list[str], data: bytes) -> RunCancelled:
    contract, block, log_index, transaction, block_time = at
    return RunCancelled(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
        reason=data[0:32],
        officer="0x" + data[44:64].hex(),
    )


def _run_held(at: Place, topics: list[str], data: bytes) -> RunHeld:
    contract, block, log_index, transaction, block_time = at
    return RunHeld(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
        agency=code_of_topic(topics[2]),
        until=int.from_bytes(data[0:32], "big"),
        reason=data[32:64],
        officer="0x" + data[76:96].hex(),
    )


def _run_lifted(at: Place, topics: list[str], data: bytes) -> RunLifted:
    contract, block, log_index, transaction, block_time = at
    return RunLifted(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
        agency=code_of_topic(topics[2]),
        reason=data[0:32],
        officer="0x" + data[44:64].hex(),
    )


def _run_prepared(at: Place, topics: list[str], data: bytes) -> RunPrepared:
    contract, block, log_index, transaction, block_time = at
    return RunPrepared(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
        fund=code_of_topic(topics[2]),
        notice=code_of_topic(topics[3]),
        reissue_of=code_of_word(data[0:32]),
        period=code_of_word(data[32:64]),
        root=data[64:96],
        total_fen=int.from_bytes(data[96:128], "big"),
        count=int.from_bytes(data[128:160], "big"),
        officer="0x" + data[172:192].hex(),
    )


def _run_rejected(at: Place, topics: list[str], data: bytes) -> RunRejected:
    contract, block, log_index, transaction, block_time = at
    return RunRejected(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
        reason=data[0:32],
        officer="0x" + data[44:64].hex(),
    )


def _run_released(at: Place, topics: list[str], data: bytes) -> RunReleased:
    contract, block, log_index, transaction, block_time = at
    return RunReleased(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
        bank=code_of_topic(topics[2]),
        voucher=data[0:32],
        amount_fen=int.from_bytes(data[32:64], "big"),
        officer="0x" + data[76:96].hex(),
    )


def _run_reviewed(at: Place, topics: list[str], data: bytes) -> RunReviewed:
    contract, block, log_index, transaction, block_time = at
    return RunReviewed(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
        officer="0x" + data[12:32].hex(),
    )


def _run_settled(at: Place, topics: list[str], _data: bytes) -> RunSettled:
    contract, block, log_index, transaction, block_time = at
    return RunSettled(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
    )


def _run_unblocked(at: Place, topics: list[str], _data: bytes) -> RunUnblocked:
    contract, block, log_index, transaction, block_time = at
    return RunUnblocked(
        contract=contract,
        block=block,
        log_index=log_index,
        transaction=transaction,
        block_time=block_time,
        run=code_of_topic(topics[1]),
        challenge=bytes.fromhex(topics[2][2:]),
    )


_AGENCY_SEATED = EventType(name="AgencySeated", topics=2, width=None, decode=_agency_seated)
_CONTRACT_NAMED = EventType(name="ContractNamed", topics=3, width=32, decode=_contract_named)
_GOVERNORS_SET = EventType(name="GovernorsSet", topics=1, width=None, decode=_governors_set)
_OFFICER_REVOKED = EventType(name="OfficerRevoked", topics=2, width=32, decode=_officer_revoked)
_OFFICER_SEATED = EventType(name="OfficerSeated", topics=3, width=128, decode=_officer_seated)
_PROGRAMME_REGISTERED = EventType(
    name="ProgrammeRegistered", topics=2, width=None, decode=_programme_registered
)
_STATEMENT_RECORDED = EventType(
    name="StatementRecorded", topics=3, width=0, decode=_statement_recorded
)
_FEED_ANCHORED = EventType(name="FeedAnchored", topics=2, width=64, decode=_feed_anchored)
_FEED_LATE = EventType(name="FeedLate", topics=2, width=32, decode=_feed_late)
_FEED_OPENED = EventType(name="FeedOpened", topics=3, width=64, decode=_feed_opened)
_FEED_ROTATED = EventType(name="FeedRotated", topics=2, width=64, decode=_feed_rotated)
_NOTICE_PUBLISHED = EventType(name="NoticePublished", topics=3, width=224, decode=_notice_published)
_ALLOTTED = EventType(name="Allotted", topics=3, width=128, decode=_allotted)
_BATCH_SETTLED = EventType(name="BatchSettled", topics=3, width=160, decode=_batch_settled)
_FUND_CLOSED = EventType(name="FundClosed", topics=3, width=32, decode=_fund_closed)
_LINE_FREED = EventType(name="LineFreed", topics=3, width=32, decode=_line_freed)
_LINE_HELD = EventType(name="LineHeld", topics=3, width=32, decode=_line_held)
_LINE_STRUCK = EventType(name="LineStruck", topics=3, width=32, decode=_line_struck)
_MONEY_RECOVERED = EventType(name="MoneyRecovered", topics=4, width=32, decode=_money_recovered)
_PASSED_ON = EventType(name="PassedOn", topics=4, width=64, decode=_passed_on)
_RECALLED = EventType(name="Recalled", topics=4, width=32, decode=_recalled)
_REISSUE_ALLOWED = EventType(name="ReissueAllowed", topics=3, width=32, decode=_reissue_allowed)
_RUN_APPROVED = EventType(name="RunApproved", topics=2, width=96, decode=_run_approved)
_RUN_BLOCKED = EventType(name="RunBlocked", topics=3, width=0, decode=_run_blocked)
_RUN_CANCELLED = EventType(name="RunCancelled", topics=2, width=64, decode=_run_cancelled)
_RUN_HELD = EventType(name="RunHeld", topics=3, width=96, decode=_run_held)
_RUN_LIFTED = EventType(name="RunLifted", topics=3, width=64, decode=_run_lifted)
_RUN_PREPARED = EventType(name="RunPrepared", topics=4, width=192, decode=_run_prepared)
_RUN_REJECTED = EventType(name="RunRejected", topics=2, width=64, decode=_run_rejected)
_RUN_RELEASED = EventType(name="RunReleased", topics=3, width=96, decode=_run_released)
_RUN_REVIEWED = EventType(name="RunReviewed", topics=2, width=32, decode=_run_reviewed)
_RUN_SETTLED = EventType(name="RunSettled", topics=2, width=0, decode=_run_settled)
_RUN_UNBLOCKED = EventType(name="RunUnblocked", topics=3, width=0, decode=_run_unblocked)
EVENT_TYPES: dict[str, dict[str, EventType]] = {
    "Registry": {
        "0x1af2bdbf0bd5be781e004d68e782864c415060c5ef031840a9d50f592f015ba7": _AGENCY_SEATED,
        "0x08cdd38015406ad2fd7c3edb15f1c44f1431cc2fb370d7f53dec0e8aad92b6d3": _CONTRACT_NAMED,
        "0x860cf5ada9d03cffd03033709f79462cadefa950ed0498a6d17d4f02d3a3b8ce": _GOVERNORS_SET,
        "0x6545ba0a0e14b02525cea3f36d2bd49fa015b079ffc2b39d937d8d9a4a7d273e": _OFFICER_REVOKED,
        "0xb25d55eddb16dd66f97cc9c040b2afd56a2a54984a57b5e2d183c2e2af0eda81": _OFFICER_SEATED,
        "0xeb4e27c54f46af5aa970995824a57eb616285e66abb21a805eb8b6b028b2c697": _PROGRAMME_REGISTERED,
        "0xf29728a61105811c5fb9d84dae865ea863c49824ec55513cd3e4e68af4c95cac": _STATEMENT_RECORDED,
    },
    "EvidenceLog": {
        "0x916e6de8fdb97dbc9b3aa47705c8d99ba27533cfdc42a892651b20493fa55f57": _FEED_ANCHORED,
        "0x0f94eeefd26fa554427986145fdbb5995bdc18991a46420501c0b95538ecec0a": _FEED_LATE,
        "0x42907abc6175996425a9c348064996e4e1551c35b1720b11ce24d9bdde374e94": _FEED_OPENED,
        "0x4ffdd90b8d4b29d5ad0495f5d9fc9be98f29d09788210233254aeac971a1c2cc": _FEED_ROTATED,
        "0x03740a3e878d1fb6f6c319d90f899d651923c1958f21384be6a3b39c54730ad8": _NOTICE_PUBLISHED,
        "0xf29728a61105811c5fb9d84dae865ea863c49824ec55513cd3e4e68af4c95cac": _STATEMENT_RECORDED,
    },
    "FundLedger": {
        "0x229756877f9920aaa3589e08195b9186fe6b6e8499147db51e392482dc554302": _ALLOTTED,
        "0x9249ee2b77b061899d1c10e08c1e0642c1b2a9ef4319f7dd458b8033aeeb19fa": _BATCH_SETTLED,
        "0x0d030172fb570681b919b70a872dc26acaff48f5cde36c014d4db338db0c33b5": _FUND_CLOSED,
        "0xd9af16b60abc11ee7355aca6273a47d3cdf2f2a52e00164ee9c5cba90fc99689": _LINE_FREED,
        "0x1dbecfccb3870524cda4f146f6c1041292adaa937b649f6bfb71bba7d7df1d8f": _LINE_HELD,
        "0xada7e32d1e8c1b9d181a5c420f72be6af42a6f3eeabb69021cb50513588a454b": _LINE_STRUCK,
        "0x0c3c48f57aed1b47f60b1b62fcf934225ce2054f079217f950fd152d251573ce": _MONEY_RECOVERED,
        "0x52fd4b83921e00bd636a52188e5ead68fd24f6f564f8587028d1b3f5b384d941": _PASSED_ON,
        "0x5fc21c766e1705e2b453089a77206ae7e7a1b8cf72e6308a280081080a1ab4a8": _RECALLED,
        "0xd81b820a5efd6572f79e683a4cbf203e2e1b64aff248c96ed792edd5e1feb701": _REISSUE_ALLOWED,
        "0x8670d3411a99802df9a41372fa0ce70e4e6dc96da4ed330f2e5b830aa0934352": _RUN_APPROVED,
        "0x29b232b55a8fb2bcadff5412a30955170d0c08ca65ffbea9337861312dd9f041": _RUN_BLOCKED,
        "0xf046994da4bf93149964dfa44e63430a8263061e8b06a64741ab62bc84a21c7e": _RUN_CANCELLED,
        "0x0209ccf904f1be9c0877fdee00a73d260e16cd16cfc0108569b13067cd022a49": _RUN_HELD,
        "0x071faf3024298c99e4dc7edaa266093ded9730bc023369d83e503f761eb472c4": _RUN_LIFTED,
        "0x37be96d277f9db8d6ef5e45eacd027fae149ba055542bf10feb38804252c7f99": _RUN_PREPARED,
        "0x36c37436f3d6c2282378d1db9a36b39fd096c2ad36d930d6538ff1befd7e5692": _RUN_REJECTED,
        "0xfada8044685a8a6a4f455455db516ea639d3146233e918a9badeba0ebdbe3971": _RUN_RELEASED,
        "0x315b6feb26ea265c52551de904d458ee4087b8692896f7b69752baeba4d8cba5": _RUN_REVIEWED,
        "0x6cd6f44f0c0336027c78951be1ff5b43cd70f4290a7000153d6ba2416e210711": _RUN_SETTLED,
        "0x8b6a5ca2a5aec094d52d712409761eb8563ebf1bf774501e9b73c7ac8191cf15": _RUN_UNBLOCKED,
        "0xf29728a61105811c5fb9d84dae865ea863c49824ec55513cd3e4e68af4c95cac": _STATEMENT_RECORDED,
    },
}
