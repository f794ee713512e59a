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
class FeedOpened(Event):
    """`FeedOpened(bytes32,bytes32,bytes32,uint64)`."""

    feed: Code
    agency: Code
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
class PassedOn(Event):
    """`PassedOn(bytes32,bytes32,bytes32,bytes32,uint128)`."""

    id: Code
    parent: Code
    fund: Code
    agency: Code
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunApproved(Event):
    """`RunApproved(bytes32,address,uint8,uint8)`."""

    run: Code
    officer: str
    approvals: int
    required: int


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


_AGENCY_SEATED = EventType(name="AgencySeated", topics=2, width=None, decode=_agency_seated)
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
_FEED_OPENED = EventType(name="FeedOpened", topics=3, width=64, decode=_feed_opened)
_NOTICE_PUBLISHED = EventType(name="NoticePublished", topics=3, width=224, decode=_notice_published)
_ALLOTTED = EventType(name="Allotted", topics=3, width=128, decode=_allotted)
_BATCH_SETTLED = EventType(name="BatchSettled", topics=3, width=160, decode=_batch_settled)
_PASSED_ON = EventType(name="PassedOn", topics=4, width=64, decode=_passed_on)
_RUN_APPROVED = EventType(name="RunApproved", topics=2, width=96, decode=_run_approved)
_RUN_PREPARED = EventType(name="RunPrepared", topics=4, width=192, decode=_run_prepared)
_RUN_REJECTED = EventType(name="RunRejected", topics=2, width=64, decode=_run_rejected)
_RUN_RELEASED = EventType(name="RunReleased", topics=3, width=96, decode=_run_released)
_RUN_REVIEWED = EventType(name="RunReviewed", topics=2, width=32, decode=_run_reviewed)
_RUN_SETTLED = EventType(name="RunSettled", topics=2, width=0, decode=_run_settled)
EVENT_TYPES: dict[str, dict[str, EventType]] = {
    "Registry": {
        "0x1af2bdbf0bd5be781e004d68e782864c415060c5ef031840a9d50f592f015ba7": _AGENCY_SEATED,
        "0x860cf5ada9d03cffd03033709f79462cadefa950ed0498a6d17d4f02d3a3b8ce": _GOVERNORS_SET,
        "0x6545ba0a0e14b02525cea3f36d2bd49fa015b079ffc2b39d937d8d9a4a7d273e": _OFFICER_REVOKED,
        "0xb25d55eddb16dd66f97cc9c040b2afd56a2a54984a57b5e2d183c2e2af0eda81": _OFFICER_SEATED,
        "0xeb4e27c54f46af5aa970995824a57eb616285e66abb21a805eb8b6b028b2c697": _PROGRAMME_REGISTERED,
        "0xf29728a61105811c5fb9d84dae865ea863c49824ec55513cd3e4e68af4c95cac": _STATEMENT_RECORDED,
    },
    "EvidenceLog": {
        "0x916e6de8fdb97dbc9b3aa47705c8d99ba27533cfdc42a892651b20493fa55f57": _FEED_ANCHORED,
        "0x42907abc6175996425a9c348064996e4e1551c35b1720b11ce24d9bdde374e94": _FEED_OPENED,
        "0x03740a3e878d1fb6f6c319d90f899d651923c1958f21384be6a3b39c54730ad8": _NOTICE_PUBLISHED,
        "0xf29728a61105811c5fb9d84dae865ea863c49824ec55513cd3e4e68af4c95cac": _STATEMENT_RECORDED,
    },
    "FundLedger": {
        "0x229756877f9920aaa3589e08195b9186fe6b6e8499147db51e392482dc554302": _ALLOTTED,
        "0x9249ee2b77b061899d1c10e08c1e0642c1b2a9ef4319f7dd458b8033aeeb19fa": _BATCH_SETTLED,
        "0x52fd4b83921e00bd636a52188e5ead68fd24f6f564f8587028d1b3f5b384d941": _PASSED_ON,
        "0x8670d3411a99802df9a41372fa0ce70e4e6dc96da4ed330f2e5b830aa0934352": _RUN_APPROVED,
        "0x37be96d277f9db8d6ef5e45eacd027fae149ba055542bf10feb38804252c7f99": _RUN_PREPARED,
        "0x36c37436f3d6c2282378d1db9a36b39fd096c2ad36d930d6538ff1befd7e5692": _RUN_REJECTED,
        "0xfada8044685a8a6a4f455455db516ea639d3146233e918a9badeba0ebdbe3971": _RUN_RELEASED,
        "0x315b6feb26ea265c52551de904d458ee4087b8692896f7b69752baeba4d8cba5": _RUN_REVIEWED,
        "0x6cd6f44f0c0336027c78951be1ff5b43cd70f4290a7000153d6ba2416e210711": _RUN_SETTLED,
        "0xf29728a61105811c5fb9d84dae865ea863c49824ec55513cd3e4e68af4c95cac": _STATEMENT_RECORDED,
    },
}
