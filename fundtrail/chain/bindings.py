"""Contracts as Python classes. Written by `python -m fundtrail.chain.generate`; not by hand.

A view asks the node and answers with numbers, text codes and frozen dataclasses. An act is the
calldata of a signed statement; `fundtrail.chain.relay` carries it. A view says what the node says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from fundtrail.chain.contract import BoundContract, Function
from fundtrail.chain.event import code_of_word
from fundtrail.chain.rpc import LATEST, Block
from fundtrail.enums import (
    AgencyKind,
    ChallengeKind,
    DisputeStage,
    Outcome,
    PayeeKind,
    RecoveryStage,
    Stage,
)
from fundtrail.ids import Code, code_to_bytes32
from fundtrail.proofs import Placed
from fundtrail.statements import (
    Allot,
    AnchorFeed,
    Appeal,
    Approve,
    BookReceipt,
    Cancel,
    Close,
    CloseChallenge,
    CloseRecovery,
    Decide,
    DecideAppeal,
    Hold,
    Lift,
    NameContract,
    OpenDispute,
    OpenFeed,
    OrderRecovery,
    OrderReissue,
    PassOn,
    Prepare,
    PublishNotice,
    Recall,
    RegisterProgramme,
    Reject,
    Release,
    Review,
    RevokeOfficer,
    RotateFeed,
    SeatAgency,
    SeatOfficer,
    SetGovernors,
    Settle,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    kind: AgencyKind
    depth: int
    region: int
    parent: Code
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Governors:
    keys: tuple[str, ...]
    agencies: tuple[Code, ...]
    threshold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    agency: Code
    person: int
    roles: int
    valid_from: int
    valid_until: int
    seated_block: int
    revoked_block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    agency: Code
    payee_kind: PayeeKind
    notice_seconds: int
    ladder_fen: tuple[int, ...]
    feeds: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    key: str
    agency: Code
    person: int
    roles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsOf:
    known: bool
    notice_seconds: int
    approvers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    agency: Code
    vkey_digest: bytes
    root: bytes
    size: int
    cadence_seconds: int
    anchored_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    programme: Code
    agency: Code
    period: Code
    root: bytes
    total_fen: int
    count: int
    opens_at: int
    closes_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOf:
    same: bool
    closes_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    run: Code
    root: bytes
    total_fen: int
    count: int
    kind: int
    reissued_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    programme: Code
    agency: Code
    parent: Code
    granted_fen: int
    recovered_fen: int
    committed_fen: int
    paid_fen: int
    passed_on_fen: int
    year: int
    closed: bool
    open_children: int
    held_fen: int
    available_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    kind: int
    total_fen: int
    count: int
    root: bytes
    notice: Code
    reissue_of: Code
    payer: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    fund: Code
    notice: Code
    reissue_of: Code
    period: Code
    root: bytes
    bank: Code
    total_fen: int
    credited_fen: int
    returned_fen: int
    count: int
    settled_count: int
    people: int
    stage: Stage
    required: int
    approvals: int
    watched: bool
    held_fen: int
    struck_fen: int
    out_count: int
    challenges: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingHold:
    agency: Code
    until: int
    reason: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    run: Code
    other_run: Code
    payment_id: bytes
    kind: ChallengeKind
    blocked_run: bool
    blocked_other_run: bool
    closed: bool
    proven_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    run: Code
    payment_id: bytes
    payer: Code
    opener: Code
    decider: Code
    appellate: Code
    amount_fen: int
    index: int
    appeal_until: int
    reissue_fen: int
    opened_by: int
    decided_by: int
    stage: DisputeStage
    outcome: Outcome
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivable:
    cause: bytes
    run: Code
    payment_id: bytes
    amount_fen: int
    received_fen: int
    ordered_by: int
    stage: RecoveryStage


_REGISTRY_AGENCY = Function(
    contract="Registry",
    name="agency",
    selector=bytes.fromhex("2946fffd"),
    inputs=("bytes32",),
    outputs=("(uint8,uint8,uint64,bytes32,string)",),
)
_REGISTRY_ANSWERS_TO = Function(
    contract="Registry",
    name="answersTo",
    selector=bytes.fromhex("c5fc6f12"),
    inputs=("bytes32", "bytes32"),
    outputs=("bool",),
)
_REGISTRY_CONTRACT_NAMED = Function(
    contract="Registry",
    name="contractNamed",
    selector=bytes.fromhex("e643459d"),
    inputs=("bytes32",),
    outputs=("address",),
)
_REGISTRY_GOVERNORS = Function(
    contract="Registry",
    name="governors",
    selector=bytes.fromhex("c4aea7ec"),
    inputs=(),
    outputs=("address[]", "bytes32[]", "uint8"),
)
_REGISTRY_KIND_OF = Function(
    contract="Registry",
    name="kindOf",
    selector=bytes.fromhex("023c91c3"),
    inputs=("bytes32",),
    outputs=("uint8",),
)
_REGISTRY_NAME_CONTRACT = Function(
    contract="Registry",
    name="nameContract",
    selector=bytes.fromhex("8f04a9a5"),
    inputs=("(bytes32,address,(bytes32,bytes32,uint64,uint64))", "bytes[]"),
    outputs=(),
)
_REGISTRY_OFFICER = Function(
    contract="Registry",
    name="officer",
    selector=bytes.fromhex("aa96a0a0"),
    inputs=("address",),
    outputs=("(bytes32,uint32,uint32,uint48,uint48,uint48,uint48)",),
)
_REGISTRY_OFFICER_AT = Function(
    contract="Registry",
    name="officerAt",
    selector=bytes.fromhex("40ce4ac2"),
    inputs=("address", "uint256"),
    outputs=("(bytes32,uint32,uint32,uint48,uint48,uint48,uint48)",),
)
_REGISTRY_PROGRAMME = Function(
    contract="Registry",
    name="programme",
    selector=bytes.fromhex("7b527f43"),
    inputs=("bytes32",),
    outputs=("(bytes32,uint8,uint64,uint128[],bytes32[])",),
)
_REGISTRY_RECORDED_AT = Function(
    contract="Registry",
    name="recordedAt",
    selector=bytes.fromhex("bc23adb7"),
    inputs=("bytes32",),
    outputs=("uint256",),
)
_REGISTRY_REGISTER_PROGRAMME = Function(
    contract="Registry",
    name="registerProgramme",
    selector=bytes.fromhex("53bab02e"),
    inputs=(
        "(bytes32,bytes32,uint8,uint64,uint128[],bytes32[],(bytes32,bytes32,uint64,uint64))",
        "bytes[]",
    ),
    outputs=(),
)
_REGISTRY_REVOKE_OFFICER = Function(
    contract="Registry",
    name="revokeOfficer",
    selector=bytes.fromhex("88d2862e"),
    inputs=("(address,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes[]"),
    outputs=(),
)
_REGISTRY_SEAT_AGENCY = Function(
    contract="Registry",
    name="seatAgency",
    selector=bytes.fromhex("53b3aeb9"),
    inputs=("(bytes32,uint8,bytes32,uint64,string,(bytes32,bytes32,uint64,uint64))", "bytes[]"),
    outputs=(),
)
_REGISTRY_SEAT_OFFICER = Function(
    contract="Registry",
    name="seatOfficer",
    selector=bytes.fromhex("8d42465b"),
    inputs=(
        "(address,bytes32,uint32,uint32,uint64,uint64,(bytes32,bytes32,uint64,uint64))",
        "bytes[]",
    ),
    outputs=(),
)
_REGISTRY_SET_GOVERNORS = Function(
    contract="Registry",
    name="setGovernors",
    selector=bytes.fromhex("ef3e06b7"),
    inputs=("(address[],bytes32[],uint8,(bytes32,bytes32,uint64,uint64))", "bytes[]"),
    outputs=(),
)
_REGISTRY_SIGNER = Function(
    contract="Registry",
    name="signer",
    selector=bytes.fromhex("0536b723"),
    inputs=("address",),
    outputs=("(address,bytes32,uint32,uint32)",),
)
_REGISTRY_TERMS_OF = Function(
    contract="Registry",
    name="termsOf",
    selector=bytes.fromhex("bd804c7c"),
    inputs=("bytes32", "uint128"),
    outputs=("bool", "uint64", "uint8"),
)
_REGISTRY_WAS_NAMED = Function(
    contract="Registry",
    name="wasNamed",
    selector=bytes.fromhex("db277f9d"),
    inputs=("bytes32", "address"),
    outputs=("bool",),
)
_EVIDENCE_LOG_ANCHOR_FEED = Function(
    contract="EvidenceLog",
    name="anchorFeed",
    selector=bytes.fromhex("a77bf63a"),
    inputs=("(bytes32,uint64,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes32[]", "bytes"),
    outputs=(),
)
_EVIDENCE_LOG_FEED = Function(
    contract="EvidenceLog",
    name="feed",
    selector=bytes.fromhex("2679377f"),
    inputs=("bytes32",),
    outputs=("(bytes32,bytes32,bytes32,uint64,uint64,uint64)",),
)
_EVIDENCE_LOG_LATE_SECONDS = Function(
    contract="EvidenceLog",
    name="lateSeconds",
    selector=bytes.fromhex("2c3d3e0f"),
    inputs=("bytes32",),
    outputs=("uint64",),
)
_EVIDENCE_LOG_NOTICE = Function(
    contract="EvidenceLog",
    name="notice",
    selector=bytes.fromhex("55678676"),
    inputs=("bytes32",),
    outputs=("(bytes32,bytes32,bytes32,bytes32,uint64,uint64,uint64,uint64)",),
)
_EVIDENCE_LOG_NOTICE_OF = Function(
    contract="EvidenceLog",
    name="noticeOf",
    selector=bytes.fromhex("34350a42"),
    inputs=("bytes32", "bytes32", "bytes32", "bytes32"),
    outputs=("bool", "uint64"),
)
_EVIDENCE_LOG_OPEN_FEED = Function(
    contract="EvidenceLog",
    name="openFeed",
    selector=bytes.fromhex("9edeb3f0"),
    inputs=("(bytes32,bytes32,uint64,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_EVIDENCE_LOG_PUBLISH_NOTICE = Function(
    contract="EvidenceLog",
    name="publishNotice",
    selector=bytes.fromhex("f236ea8f"),
    inputs=(
        "(bytes32,bytes32,bytes32,bytes32,uint128,uint64,uint64,uint64,(bytes32,bytes32,uint64,uint64))",
        "bytes",
    ),
    outputs=(),
)
_EVIDENCE_LOG_RECORDED_AT = Function(
    contract="EvidenceLog",
    name="recordedAt",
    selector=bytes.fromhex("bc23adb7"),
    inputs=("bytes32",),
    outputs=("uint256",),
)
_EVIDENCE_LOG_REGISTRY = Function(
    contract="EvidenceLog",
    name="registry",
    selector=bytes.fromhex("7b103999"),
    inputs=(),
    outputs=("address",),
)
_EVIDENCE_LOG_ROTATE_FEED = Function(
    contract="EvidenceLog",
    name="rotateFeed",
    selector=bytes.fromhex("a3660972"),
    inputs=("(bytes32,bytes32,uint64,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_ACTORS = Function(
    contract="FundLedger",
    name="actors",
    selector=bytes.fromhex("26ed2b34"),
    inputs=("bytes32",),
    outputs=("uint32[]",),
)
_FUND_LEDGER_ALLOT = Function(
    contract="FundLedger",
    name="allot",
    selector=bytes.fromhex("57285bc1"),
    inputs=(
        "(bytes32,bytes32,bytes32,uint16,bytes32,uint128,(bytes32,bytes32,uint64,uint64))",
        "bytes",
    ),
    outputs=(),
)
_FUND_LEDGER_ALLOW_REISSUE = Function(
    contract="FundLedger",
    name="allowReissue",
    selector=bytes.fromhex("0b93b916"),
    inputs=("bytes32", "bytes32", "uint128"),
    outputs=(),
)
_FUND_LEDGER_APPROVE = Function(
    contract="FundLedger",
    name="approve",
    selector=bytes.fromhex("da0043b2"),
    inputs=("(bytes32,bytes32,uint128,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_BATCH = Function(
    contract="FundLedger",
    name="batch",
    selector=bytes.fromhex("fddaa065"),
    inputs=("bytes32",),
    outputs=("(bytes32,bytes32,uint64,uint64,uint8,uint64)",),
)
_FUND_LEDGER_BLOCK_RUN = Function(
    contract="FundLedger",
    name="blockRun",
    selector=bytes.fromhex("cdd399b5"),
    inputs=("bytes32", "bytes32"),
    outputs=("bool",),
)
_FUND_LEDGER_CANCEL = Function(
    contract="FundLedger",
    name="cancel",
    selector=bytes.fromhex("7aae7023"),
    inputs=("(bytes32,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_CLOSE = Function(
    contract="FundLedger",
    name="close",
    selector=bytes.fromhex("070ad16e"),
    inputs=("(bytes32,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_CONTEST_LINE = Function(
    contract="FundLedger",
    name="contestLine",
    selector=bytes.fromhex("0e337872"),
    inputs=("bytes32", "bytes32", "uint128"),
    outputs=("bool",),
)
_FUND_LEDGER_EVIDENCE_LOG = Function(
    contract="FundLedger",
    name="evidenceLog",
    selector=bytes.fromhex("4b059213"),
    inputs=(),
    outputs=("address",),
)
_FUND_LEDGER_FUND = Function(
    contract="FundLedger",
    name="fund",
    selector=bytes.fromhex("bf14c119"),
    inputs=("bytes32",),
    outputs=(
        "(bytes32,bytes32,bytes32,uint64,uint64,uint64,uint64,uint64,uint16,bool,uint32,uint64)",
        "uint128",
    ),
)
_FUND_LEDGER_HOLD = Function(
    contract="FundLedger",
    name="hold",
    selector=bytes.fromhex("623a4cfd"),
    inputs=("(bytes32,uint64,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_JUDGED = Function(
    contract="FundLedger",
    name="judged",
    selector=bytes.fromhex("fac7f7a6"),
    inputs=("bytes32",),
    outputs=("(uint8,uint128,uint64,bytes32)", "bytes32", "bytes32", "bytes32"),
)
_FUND_LEDGER_LIFT = Function(
    contract="FundLedger",
    name="lift",
    selector=bytes.fromhex("ab356d27"),
    inputs=("(bytes32,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_PASS_ON = Function(
    contract="FundLedger",
    name="passOn",
    selector=bytes.fromhex("6b59d19b"),
    inputs=("(bytes32,bytes32,bytes32,bytes32,uint128,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_PREPARE = Function(
    contract="FundLedger",
    name="prepare",
    selector=bytes.fromhex("b070236c"),
    inputs=(
        "(bytes32,bytes32,bytes32,bytes32,bytes32,bytes32,uint128,uint64,(bytes32,bytes32,uint64,uint64))",
        "bytes",
    ),
    outputs=(),
)
_FUND_LEDGER_RECALL = Function(
    contract="FundLedger",
    name="recall",
    selector=bytes.fromhex("6ae1561b"),
    inputs=("(bytes32,bytes32,uint128,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_RECORDED_AT = Function(
    contract="FundLedger",
    name="recordedAt",
    selector=bytes.fromhex("bc23adb7"),
    inputs=("bytes32",),
    outputs=("uint256",),
)
_FUND_LEDGER_RECOVER = Function(
    contract="FundLedger",
    name="recover",
    selector=bytes.fromhex("7c450d38"),
    inputs=("bytes32", "bytes32", "uint128"),
    outputs=(),
)
_FUND_LEDGER_REGISTRY = Function(
    contract="FundLedger",
    name="registry",
    selector=bytes.fromhex("7b103999"),
    inputs=(),
    outputs=("address",),
)
_FUND_LEDGER_REJECT = Function(
    contract="FundLedger",
    name="reject",
    selector=bytes.fromhex("0fa5c911"),
    inputs=("(bytes32,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_RELEASE = Function(
    contract="FundLedger",
    name="release",
    selector=bytes.fromhex("97fcffca"),
    inputs=("(bytes32,bytes32,bytes32,uint128,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_RESOLVE_LINE = Function(
    contract="FundLedger",
    name="resolveLine",
    selector=bytes.fromhex("87fc1c12"),
    inputs=("bytes32", "bytes32", "uint128", "bool"),
    outputs=("bool",),
)
_FUND_LEDGER_REVIEW = Function(
    contract="FundLedger",
    name="review",
    selector=bytes.fromhex("1c541e98"),
    inputs=("(bytes32,bytes32,uint128,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_FUND_LEDGER_RUN = Function(
    contract="FundLedger",
    name="run",
    selector=bytes.fromhex("ef6ac0f0"),
    inputs=("bytes32",),
    outputs=(
        "(bytes32,bytes32,bytes32,bytes32,bytes32,bytes32,uint64,uint64,uint64,uint32,uint32,uint224,uint8,uint8,uint8,bool,uint64,uint64,uint32,uint32)",
    ),
)
_FUND_LEDGER_SETTLE = Function(
    contract="FundLedger",
    name="settle",
    selector=bytes.fromhex("88a1c577"),
    inputs=(
        "(bytes32,bytes32,uint8,bytes32,uint128,uint64,(bytes32,bytes32,uint64,uint64))",
        "bytes",
    ),
    outputs=(),
)
_FUND_LEDGER_STANDING_HOLD = Function(
    contract="FundLedger",
    name="standingHold",
    selector=bytes.fromhex("f4478f32"),
    inputs=("bytes32", "uint8"),
    outputs=("(bytes32,uint64,bytes32)",),
)
_FUND_LEDGER_UNBLOCK_RUN = Function(
    contract="FundLedger",
    name="unblockRun",
    selector=bytes.fromhex("dc215d07"),
    inputs=("bytes32", "bytes32"),
    outputs=(),
)
_DISPUTE_DESK_APPEAL = Function(
    contract="DisputeDesk",
    name="appeal",
    selector=bytes.fromhex("84e2dde3"),
    inputs=("(bytes32,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_DISPUTE_DESK_BOOK_RECEIPT = Function(
    contract="DisputeDesk",
    name="bookReceipt",
    selector=bytes.fromhex("aa31c807"),
    inputs=("(bytes32,bytes32,uint128,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_DISPUTE_DESK_CHALLENGE = Function(
    contract="DisputeDesk",
    name="challenge",
    selector=bytes.fromhex("cffd46dc"),
    inputs=("bytes32",),
    outputs=("(bytes32,bytes32,bytes32,uint8,bool,bool,bool,uint64)",),
)
_DISPUTE_DESK_CHALLENGE_BATCH_AMOUNT = Function(
    contract="DisputeDesk",
    name="challengeBatchAmount",
    selector=bytes.fromhex("c272a066"),
    inputs=(
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
    ),
    outputs=("bytes32",),
)
_DISPUTE_DESK_CHALLENGE_BATCH_ORDER = Function(
    contract="DisputeDesk",
    name="challengeBatchOrder",
    selector=bytes.fromhex("588e6cbf"),
    inputs=(
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
    ),
    outputs=("bytes32",),
)
_DISPUTE_DESK_CHALLENGE_DUPLICATE = Function(
    contract="DisputeDesk",
    name="challengeDuplicate",
    selector=bytes.fromhex("254511cb"),
    inputs=(
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
    ),
    outputs=("bytes32",),
)
_DISPUTE_DESK_CHALLENGE_ORDER = Function(
    contract="DisputeDesk",
    name="challengeOrder",
    selector=bytes.fromhex("dd9d99bc"),
    inputs=(
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
    ),
    outputs=("bytes32",),
)
_DISPUTE_DESK_CHALLENGE_REISSUE = Function(
    contract="DisputeDesk",
    name="challengeReissue",
    selector=bytes.fromhex("9b8eb5dd"),
    inputs=(
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "bytes32",
        "uint32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))[]",
    ),
    outputs=("bytes32",),
)
_DISPUTE_DESK_CHALLENGE_REPORTED_TWICE = Function(
    contract="DisputeDesk",
    name="challengeReportedTwice",
    selector=bytes.fromhex("8996fa49"),
    inputs=(
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
    ),
    outputs=("bytes32",),
)
_DISPUTE_DESK_CHALLENGE_ROSTER_AMOUNT = Function(
    contract="DisputeDesk",
    name="challengeRosterAmount",
    selector=bytes.fromhex("6855740b"),
    inputs=(
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
    ),
    outputs=("bytes32",),
)
_DISPUTE_DESK_CHALLENGE_ROSTER_ORDER = Function(
    contract="DisputeDesk",
    name="challengeRosterOrder",
    selector=bytes.fromhex("a88956a1"),
    inputs=(
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
    ),
    outputs=("bytes32",),
)
_DISPUTE_DESK_CHALLENGE_STRANGER = Function(
    contract="DisputeDesk",
    name="challengeStranger",
    selector=bytes.fromhex("b59d2ed2"),
    inputs=(
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))[]",
    ),
    outputs=("bytes32",),
)
_DISPUTE_DESK_CHALLENGE_UNLISTED = Function(
    contract="DisputeDesk",
    name="challengeUnlisted",
    selector=bytes.fromhex("50dbd2c2"),
    inputs=(
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))[]",
    ),
    outputs=("bytes32",),
)
_DISPUTE_DESK_CLOSE_CHALLENGE = Function(
    contract="DisputeDesk",
    name="closeChallenge",
    selector=bytes.fromhex("b41b95b0"),
    inputs=("(bytes32,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_DISPUTE_DESK_CLOSE_RECOVERY = Function(
    contract="DisputeDesk",
    name="closeRecovery",
    selector=bytes.fromhex("b4f0ed2a"),
    inputs=("(bytes32,uint8,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_DISPUTE_DESK_CONCLUDE = Function(
    contract="DisputeDesk",
    name="conclude",
    selector=bytes.fromhex("e6df12fe"),
    inputs=("bytes32",),
    outputs=(),
)
_DISPUTE_DESK_DECIDE = Function(
    contract="DisputeDesk",
    name="decide",
    selector=bytes.fromhex("a064372d"),
    inputs=("(bytes32,uint8,bytes32,uint64,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_DISPUTE_DESK_DECIDE_APPEAL = Function(
    contract="DisputeDesk",
    name="decideAppeal",
    selector=bytes.fromhex("11a97875"),
    inputs=("(bytes32,uint8,bytes32,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_DISPUTE_DESK_DISPUTE = Function(
    contract="DisputeDesk",
    name="dispute",
    selector=bytes.fromhex("add98c70"),
    inputs=("bytes32",),
    outputs=(
        "(bytes32,bytes32,bytes32,bytes32,bytes32,bytes32,uint128,uint64,uint64,uint128,uint32,uint32,uint8,uint8,bool)",
    ),
)
_DISPUTE_DESK_LEDGER = Function(
    contract="DisputeDesk",
    name="ledger",
    selector=bytes.fromhex("56397c35"),
    inputs=(),
    outputs=("address",),
)
_DISPUTE_DESK_OPEN_DISPUTE = Function(
    contract="DisputeDesk",
    name="openDispute",
    selector=bytes.fromhex("22730ebd"),
    inputs=(
        "(bytes32,bytes32,bytes32,uint128,bytes32,(bytes32,bytes32,uint64,uint64))",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "bytes",
    ),
    outputs=(),
)
_DISPUTE_DESK_ORDER_RECOVERY = Function(
    contract="DisputeDesk",
    name="orderRecovery",
    selector=bytes.fromhex("75a51531"),
    inputs=(
        "(bytes32,bytes32,bytes32,bytes32,uint128,(bytes32,bytes32,uint64,uint64))",
        "bytes32",
        "((bytes32,uint128,bytes32),(uint64,(bytes32,uint128)[]))",
        "bytes",
    ),
    outputs=(),
)
_DISPUTE_DESK_ORDER_REISSUE = Function(
    contract="DisputeDesk",
    name="orderReissue",
    selector=bytes.fromhex("457b711e"),
    inputs=("(bytes32,uint128,(bytes32,bytes32,uint64,uint64))", "bytes"),
    outputs=(),
)
_DISPUTE_DESK_RECEIVABLE = Function(
    contract="DisputeDesk",
    name="receivable",
    selector=bytes.fromhex("43743ab2"),
    inputs=("bytes32",),
    outputs=("(bytes32,bytes32,bytes32,uint128,uint128,uint32,uint8)",),
)
_DISPUTE_DESK_RECORDED_AT = Function(
    contract="DisputeDesk",
    name="recordedAt",
    selector=bytes.fromhex("bc23adb7"),
    inputs=("bytes32",),
    outputs=("uint256",),
)
_DISPUTE_DESK_REGISTRY = Function(
    contract="DisputeDesk",
    name="registry",
    selector=bytes.fromhex("7b103999"),
    inputs=(),
    outputs=("address",),
)
FUNCTIONS: dict[bytes, Function] = {
    function.selector: function
    for function in (
        _REGISTRY_AGENCY,
        _REGISTRY_ANSWERS_TO,
        _REGISTRY_CONTRACT_NAMED,
        _REGISTRY_GOVERNORS,
        _REGISTRY_KIND_OF,
        _REGISTRY_NAME_CONTRACT,
        _REGISTRY_OFFICER,
        _REGISTRY_OFFICER_AT,
        _REGISTRY_PROGRAMME,
        _REGISTRY_RECORDED_AT,
        _REGISTRY_REGISTER_PROGRAMME,
        _REGISTRY_REVOKE_OFFICER,
        _REGISTRY_SEAT_AGENCY,
        _REGISTRY_SEAT_OFFICER,
        _REGISTRY_SET_GOVERNORS,
        _REGISTRY_SIGNER,
        _REGISTRY_TERMS_OF,
        _REGISTRY_WAS_NAMED,
        _EVIDENCE_LOG_ANCHOR_FEED,
        _EVIDENCE_LOG_FEED,
        _EVIDENCE_LOG_LATE_SECONDS,
        _EVIDENCE_LOG_NOTICE,
        _EVIDENCE_LOG_NOTICE_OF,
        _EVIDENCE_LOG_OPEN_FEED,
        _EVIDENCE_LOG_PUBLISH_NOTICE,
        _EVIDENCE_LOG_RECORDED_AT,
        _EVIDENCE_LOG_REGISTRY,
        _EVIDENCE_LOG_ROTATE_FEED,
        _FUND_LEDGER_ACTORS,
        _FUND_LEDGER_ALLOT,
        _FUND_LEDGER_ALLOW_REISSUE,
        _FUND_LEDGER_APPROVE,
        _FUND_LEDGER_BATCH,
        _FUND_LEDGER_BLOCK_RUN,
        _FUND_LEDGER_CANCEL,
        _FUND_LEDGER_CLOSE,
        _FUND_LEDGER_CONTEST_LINE,
        _FUND_LEDGER_EVIDENCE_LOG,
        _FUND_LEDGER_FUND,
        _FUND_LEDGER_HOLD,
        _FUND_LEDGER_JUDGED,
        _FUND_LEDGER_LIFT,
        _FUND_LEDGER_PASS_ON,
        _FUND_LEDGER_PREPARE,
        _FUND_LEDGER_RECALL,
        _FUND_LEDGER_RECORDED_AT,
        _FUND_LEDGER_RECOVER,
        _FUND_LEDGER_REGISTRY,
        _FUND_LEDGER_REJECT,
        _FUND_LEDGER_RELEASE,
        _FUND_LEDGER_RESOLVE_LINE,
        _FUND_LEDGER_REVIEW,
        _FUND_LEDGER_RUN,
        _FUND_LEDGER_SETTLE,
        _FUND_LEDGER_STANDING_HOLD,
        _FUND_LEDGER_UNBLOCK_RUN,
        _DISPUTE_DESK_APPEAL,
        _DISPUTE_DESK_BOOK_RECEIPT,
        _DISPUTE_DESK_CHALLENGE,
        _DISPUTE_DESK_CHALLENGE_BATCH_AMOUNT,
        _DISPUTE_DESK_CHALLENGE_BATCH_ORDER,
        _DISPUTE_DESK_CHALLENGE_DUPLICATE,
        _DISPUTE_DESK_CHALLENGE_ORDER,
        _DISPUTE_DESK_CHALLENGE_REISSUE,
        _DISPUTE_DESK_CHALLENGE_REPORTED_TWICE,
        _DISPUTE_DESK_CHALLENGE_ROSTER_AMOUNT,
        _DISPUTE_DESK_CHALLENGE_ROSTER_ORDER,
        _DISPUTE_DESK_CHALLENGE_STRANGER,
        _DISPUTE_DESK_CHALLENGE_UNLISTED,
        _DISPUTE_DESK_CLOSE_CHALLENGE,
        _DISPUTE_DESK_CLOSE_RECOVERY,
        _DISPUTE_DESK_CONCLUDE,
        _DISPUTE_DESK_DECIDE,
        _DISPUTE_DESK_DECIDE_APPEAL,
        _DISPUTE_DESK_DISPUTE,
        _DISPUTE_DESK_LEDGER,
        _DISPUTE_DESK_OPEN_DISPUTE,
        _DISPUTE_DESK_ORDER_RECOVERY,
        _DISPUTE_DESK_ORDER_REISSUE,
        _DISPUTE_DESK_RECEIVABLE,
        _DISPUTE_DESK_RECORDED_AT,
        _DISPUTE_DESK_REGISTRY,
    )
}


class Registry(BoundContract):
    """The Registry of a network."""

    NAME: ClassVar[str] = "Registry"

    def agency(self, code: str, *, block: Block = LATEST) -> Agency:
        """`agency(bytes32)` at `block`."""
        answer = self._view(_REGISTRY_AGENCY, (code_to_bytes32(code),), block)
        return Agency(
            kind=AgencyKind(answer[0][0]),
            depth=answer[0][1],
            region=answer[0][2],
            parent=code_of_word(answer[0][3]),
            name=answer[0][4],
        )

    def answers_to(self, code: str, superior: str, *, block: Block = LATEST) -> bool:
        """`answersTo(bytes32,bytes32)` at `block`."""
        answer = self._view(
            _REGISTRY_ANSWERS_TO, (code_to_bytes32(code), code_to_bytes32(superior)), block
        )
        return bool(answer[0])

    def contract_named(self, name: str, *, block: Block = LATEST) -> str:
        """`contractNamed(bytes32)` at `block`."""
        answer = self._view(_REGISTRY_CONTRACT_NAMED, (code_to_bytes32(name),), block)
        return str(answer[0])

    def governors(self, *, block: Block = LATEST) -> Governors:
        """`governors()` at `block`."""
        answer = self._view(_REGISTRY_GOVERNORS, (), block)
        return Governors(
            keys=tuple(answer[0]),
            agencies=tuple(code_of_word(item) for item in answer[1]),
            threshold=answer[2],
        )

    def kind_of(self, code: str, *, block: Block = LATEST) -> AgencyKind:
        """`kindOf(bytes32)` at `block`."""
        answer = self._view(_REGISTRY_KIND_OF, (code_to_bytes32(code),), block)
        return AgencyKind(answer[0])

    @staticmethod
    def name_contract(statement: NameContract, signatures: Sequence[bytes]) -> bytes:
        """The calldata of `nameContract`."""
        return _REGISTRY_NAME_CONTRACT.calldata((statement.values(), signatures))

    def officer(self, key: str, *, block: Block = LATEST) -> Officer:
        """`officer(address)` at `block`."""
        answer = self._view(_REGISTRY_OFFICER, (key,), block)
        return Officer(
            agency=code_of_word(answer[0][0]),
            person=answer[0][1],
            roles=answer[0][2],
            valid_from=answer[0][3],
            valid_until=answer[0][4],
            seated_block=answer[0][5],
            revoked_block=answer[0][6],
        )

    def officer_at(self, key: str, block_number: int, *, block: Block = LATEST) -> Officer:
        """`officerAt(address,uint256)` at `block`."""
        answer = self._view(_REGISTRY_OFFICER_AT, (key, block_number), block)
        return Officer(
            agency=code_of_word(answer[0][0]),
            person=answer[0][1],
            roles=answer[0][2],
            valid_from=answer[0][3],
            valid_until=answer[0][4],
            seated_block=answer[0][5],
            revoked_block=answer[0][6],
        )

    def programme(self, code: str, *, block: Block = LATEST) -> Programme:
        """`programme(bytes32)` at `block`."""
        answer = self._view(_REGISTRY_PROGRAMME, (code_to_bytes32(code),), block)
        return Programme(
            agency=code_of_word(answer[0][0]),
            payee_kind=PayeeKind(answer[0][1]),
            notice_seconds=answer[0][2],
            ladder_fen=tuple(answer[0][3]),
            feeds=tuple(code_of_word(item) for item in answer[0][4]),
        )

    def recorded_at(self, statement: bytes, *, block: Block = LATEST) -> int:
        """`recordedAt(bytes32)` at `block`."""
        answer = self._view(_REGISTRY_RECORDED_AT, (statement,), block)
        return int(answer[0])

    @staticmethod
    def register_programme(statement: RegisterProgramme, signatures: Sequence[bytes]) -> bytes:
        """The calldata of `registerProgramme`."""
        return _REGISTRY_REGISTER_PROGRAMME.calldata((statement.values(), signatures))

    @staticmethod
    def revoke_officer(statement: RevokeOfficer, signatures: Sequence[bytes]) -> bytes:
        """The calldata of `revokeOfficer`."""
        return _REGISTRY_REVOKE_OFFICER.calldata((statement.values(), signatures))

    @staticmethod
    def seat_agency(statement: SeatAgency, signatures: Sequence[bytes]) -> bytes:
        """The calldata of `seatAgency`."""
        return _REGISTRY_SEAT_AGENCY.calldata((statement.values(), signatures))

    @staticmethod
    def seat_officer(statement: SeatOfficer, signatures: Sequence[bytes]) -> bytes:
        """The calldata of `seatOfficer`."""
        return _REGISTRY_SEAT_OFFICER.calldata((statement.values(), signatures))

    @staticmethod
    def set_governors(statement: SetGovernors, signatures: Sequence[bytes]) -> bytes:
        """The calldata of `setGovernors`."""
        return _REGISTRY_SET_GOVERNORS.calldata((statement.values(), signatures))

    def signer(self, key: str, *, block: Block = LATEST) -> Signer:
        """`signer(address)` at `block`."""
        answer = self._view(_REGISTRY_SIGNER, (key,), block)
        return Signer(
            key=answer[0][0],
            agency=code_of_word(answer[0][1]),
            person=answer[0][2],
            roles=answer[0][3],
        )

    def terms_of(self, code: str, total_fen: int, *, block: Block = LATEST) -> TermsOf:
        """`termsOf(bytes32,uint128)` at `block`."""
        answer = self._view(_REGISTRY_TERMS_OF, (code_to_bytes32(code), total_fen), block)
        return TermsOf(known=answer[0], notice_seconds=answer[1], approvers=answer[2])

    def was_named(self, name: str, at: str, *, block: Block = LATEST) -> bool:
        """`wasNamed(bytes32,address)` at `block`."""
        answer = self._view(_REGISTRY_WAS_NAMED, (code_to_bytes32(name), at), block)
        return bool(answer[0])


class EvidenceLog(BoundContract):
    """The EvidenceLog of a network."""

    NAME: ClassVar[str] = "EvidenceLog"

    @staticmethod
    def anchor_feed(
        statement: AnchorFeed, consistency_proof: Sequence[bytes], signature: bytes
    ) -> bytes:
        """The calldata of `anchorFeed`."""
        return _EVIDENCE_LOG_ANCHOR_FEED.calldata(
            (statement.values(), consistency_proof, signature)
        )

    def feed(self, code: str, *, block: Block = LATEST) -> Feed:
        """`feed(bytes32)` at `block`."""
        answer = self._view(_EVIDENCE_LOG_FEED, (code_to_bytes32(code),), block)
        return Feed(
            agency=code_of_word(answer[0][0]),
            vkey_digest=answer[0][1],
            root=answer[0][2],
            size=answer[0][3],
            cadence_seconds=answer[0][4],
            anchored_at=answer[0][5],
        )

    def late_seconds(self, code: str, *, block: Block = LATEST) -> int:
        """`lateSeconds(bytes32)` at `block`."""
        answer = self._view(_EVIDENCE_LOG_LATE_SECONDS, (code_to_bytes32(code),), block)
        return int(answer[0])

    def notice(self, code: str, *, block: Block = LATEST) -> Notice:
        """`notice(bytes32)` at `block`."""
        answer = self._view(_EVIDENCE_LOG_NOTICE, (code_to_bytes32(code),), block)
        return Notice(
            programme=code_of_word(answer[0][0]),
            agency=code_of_word(answer[0][1]),
            period=code_of_word(answer[0][2]),
            root=answer[0][3],
            total_fen=answer[0][4],
            count=answer[0][5],
            opens_at=answer[0][6],
            closes_at=answer[0][7],
        )

    def notice_of(
        self, code: str, agency: str, programme: str, period: str, *, block: Block = LATEST
    ) -> NoticeOf:
        """`noticeOf(bytes32,bytes32,bytes32,bytes32)` at `block`."""
        answer = self._view(
            _EVIDENCE_LOG_NOTICE_OF,
            (
                code_to_bytes32(code),
                code_to_bytes32(agency),
                code_to_bytes32(programme),
                code_to_bytes32(period),
            ),
            block,
        )
        return NoticeOf(same=answer[0], closes_at=answer[1])

    @staticmethod
    def open_feed(statement: OpenFeed, signature: bytes) -> bytes:
        """The calldata of `openFeed`."""
        return _EVIDENCE_LOG_OPEN_FEED.calldata((statement.values(), signature))

    @staticmethod
    def publish_notice(statement: PublishNotice, signature: bytes) -> bytes:
        """The calldata of `publishNotice`."""
        return _EVIDENCE_LOG_PUBLISH_NOTICE.calldata((statement.values(), signature))

    def recorded_at(self, statement: bytes, *, block: Block = LATEST) -> int:
        """`recordedAt(bytes32)` at `block`."""
        answer = self._view(_EVIDENCE_LOG_RECORDED_AT, (statement,), block)
        return int(answer[0])

    def registry(self, *, block: Block = LATEST) -> str:
        """`registry()` at `block`."""
        answer = self._view(_EVIDENCE_LOG_REGISTRY, (), block)
        return str(answer[0])

    @staticmethod
    def rotate_feed(statement: RotateFeed, signature: bytes) -> bytes:
        """The calldata of `rotateFeed`."""
        return _EVIDENCE_LOG_ROTATE_FEED.calldata((statement.values(), signature))


class FundLedger(BoundContract):
    """The FundLedger of a network."""

    NAME: ClassVar[str] = "FundLedger"

    def actors(self, code: str, *, block: Block = LATEST) -> tuple[int, ...]:
        """`actors(bytes32)` at `block`."""
        answer = self._view(_FUND_LEDGER_ACTORS, (code_to_bytes32(code),), block)
        return tuple(answer[0])

    @staticmethod
    def allot(statement: Allot, signature: bytes) -> bytes:
        """The calldata of `allot`."""
        return _FUND_LEDGER_ALLOT.calldata((statement.values(), signature))

    @staticmethod
    def allow_reissue(dispute: str, code: str, amount_fen: int) -> bytes:
        """The calldata of `allowReissue`."""
        return _FUND_LEDGER_ALLOW_REISSUE.calldata(
            (code_to_bytes32(dispute), code_to_bytes32(code), amount_fen)
        )

    @staticmethod
    def approve(statement: Approve, signature: bytes) -> bytes:
        """The calldata of `approve`."""
        return _FUND_LEDGER_APPROVE.calldata((statement.values(), signature))

    def batch(self, code: str, *, block: Block = LATEST) -> Batch:
        """`batch(bytes32)` at `block`."""
        answer = self._view(_FUND_LEDGER_BATCH, (code_to_bytes32(code),), block)
        return Batch(
            run=code_of_word(answer[0][0]),
            root=answer[0][1],
            total_fen=answer[0][2],
            count=answer[0][3],
            kind=answer[0][4],
            reissued_fen=answer[0][5],
        )

    @staticmethod
    def block_run(code: str, challenge: bytes) -> bytes:
        """The calldata of `blockRun`."""
        return _FUND_LEDGER_BLOCK_RUN.calldata((code_to_bytes32(code), challenge))

    @staticmethod
    def cancel(statement: Cancel, signature: bytes) -> bytes:
        """The calldata of `cancel`."""
        return _FUND_LEDGER_CANCEL.calldata((statement.values(), signature))

    @staticmethod
    def close(statement: Close, signature: bytes) -> bytes:
        """The calldata of `close`."""
        return _FUND_LEDGER_CLOSE.calldata((statement.values(), signature))

    @staticmethod
    def contest_line(dispute: str, code: str, amount_fen: int) -> bytes:
        """The calldata of `contestLine`."""
        return _FUND_LEDGER_CONTEST_LINE.calldata(
            (code_to_bytes32(dispute), code_to_bytes32(code), amount_fen)
        )

    def evidence_log(self, *, block: Block = LATEST) -> str:
        """`evidenceLog()` at `block`."""
        answer = self._view(_FUND_LEDGER_EVIDENCE_LOG, (), block)
        return str(answer[0])

    def fund(self, code: str, *, block: Block = LATEST) -> Fund:
        """`fund(bytes32)` at `block`."""
        answer = self._view(_FUND_LEDGER_FUND, (code_to_bytes32(code),), block)
        return Fund(
            programme=code_of_word(answer[0][0]),
            agency=code_of_word(answer[0][1]),
            parent=code_of_word(answer[0][2]),
            granted_fen=answer[0][3],
            recovered_fen=answer[0][4],
            committed_fen=answer[0][5],
            paid_fen=answer[0][6],
            passed_on_fen=answer[0][7],
            year=answer[0][8],
            closed=answer[0][9],
            open_children=answer[0][10],
            held_fen=answer[0][11],
            available_fen=answer[1],
        )

    @staticmethod
    def hold(statement: Hold, signature: bytes) -> bytes:
        """The calldata of `hold`."""
        return _FUND_LEDGER_HOLD.calldata((statement.values(), signature))

    def judged(self, code: str, *, block: Block = LATEST) -> Judged:
        """`judged(bytes32)` at `block`."""
        answer = self._view(_FUND_LEDGER_JUDGED, (code_to_bytes32(code),), block)
        return Judged(
            kind=answer[0][0],
            total_fen=answer[0][1],
            count=answer[0][2],
            root=answer[0][3],
            notice=code_of_word(answer[1]),
            reissue_of=code_of_word(answer[2]),
            payer=code_of_word(answer[3]),
        )

    @staticmethod
    def lift(statement: Lift, signature: bytes) -> bytes:
        """The calldata of `lift`."""
        return _FUND_LEDGER_LIFT.calldata((statement.values(), signature))

    @staticmethod
    def pass_on(statement: PassOn, signature: bytes) -> bytes:
        """The calldata of `passOn`."""
        return _FUND_LEDGER_PASS_ON.calldata((statement.values(), signature))

    @staticmethod
    def prepare(statement: Prepare, signature: bytes) -> bytes:
        """The calldata of `prepare`."""
        return _FUND_LEDGER_PREPARE.calldata((statement.values(), signature))

    @staticmethod
    def recall(statement: Recall, signature: bytes) -> bytes:
        """The calldata of `recall`."""
        return _FUND_LEDGER_RECALL.calldata((statement.values(), signature))

    def recorded_at(self, statement: bytes, *, block: Block = LATEST) -> int:
        """`recordedAt(bytes32)` at `block`."""
        answer = self._view(_FUND_LEDGER_RECORDED_AT, (statement,), block)
        return int(answer[0])

    @staticmethod
    def recover(receivable: str, code: str, amount_fen: int) -> bytes:
        """The calldata of `recover`."""
        return _FUND_LEDGER_RECOVER.calldata(
            (code_to_bytes32(receivable), code_to_bytes32(code), amount_fen)
        )

    def registry(self, *, block: Block = LATEST) -> str:
        """`registry()` at `block`."""
        answer = self._view(_FUND_LEDGER_REGISTRY, (), block)
        return str(answer[0])

    @staticmethod
    def reject(statement: Reject, signature: bytes) -> bytes:
        """The calldata of `reject`."""
        return _FUND_LEDGER_REJECT.calldata((statement.values(), signature))

    @staticmethod
    def release(statement: Release, signature: bytes) -> bytes:
        """The calldata of `release`."""
        return _FUND_LEDGER_RELEASE.calldata((statement.values(), signature))

    @staticmethod
    def resolve_line(dispute: str, code: str, amount_fen: int, upheld: bool) -> bytes:
        """The calldata of `resolveLine`."""
        return _FUND_LEDGER_RESOLVE_LINE.calldata(
            (code_to_bytes32(dispute), code_to_bytes32(code), amount_fen, upheld)
        )

    @staticmethod
    def review(statement: Review, signature: bytes) -> bytes:
        """The calldata of `review`."""
        return _FUND_LEDGER_REVIEW.calldata((statement.values(), signature))

    def run(self, code: str, *, block: Block = LATEST) -> Run:
        """`run(bytes32)` at `block`."""
        answer = self._view(_FUND_LEDGER_RUN, (code_to_bytes32(code),), block)
        return Run(
            fund=code_of_word(answer[0][0]),
            notice=code_of_word(answer[0][1]),
            reissue_of=code_of_word(answer[0][2]),
            period=code_of_word(answer[0][3]),
            root=answer[0][4],
            bank=code_of_word(answer[0][5]),
            total_fen=answer[0][6],
            credited_fen=answer[0][7],
            returned_fen=answer[0][8],
            count=answer[0][9],
            settled_count=answer[0][10],
            people=answer[0][11],
            stage=Stage(answer[0][12]),
            required=answer[0][13],
            approvals=answer[0][14],
            watched=answer[0][15],
            held_fen=answer[0][16],
            struck_fen=answer[0][17],
            out_count=answer[0][18],
            challenges=answer[0][19],
        )

    @staticmethod
    def settle(statement: Settle, signature: bytes) -> bytes:
        """The calldata of `settle`."""
        return _FUND_LEDGER_SETTLE.calldata((statement.values(), signature))

    def standing_hold(
        self, code: str, watchdog: AgencyKind, *, block: Block = LATEST
    ) -> StandingHold:
        """`standingHold(bytes32,uint8)` at `block`."""
        answer = self._view(_FUND_LEDGER_STANDING_HOLD, (code_to_bytes32(code), watchdog), block)
        return StandingHold(
            agency=code_of_word(answer[0][0]), until=answer[0][1], reason=answer[0][2]
        )

    @staticmethod
    def unblock_run(code: str, challenge: bytes) -> bytes:
        """The calldata of `unblockRun`."""
        return _FUND_LEDGER_UNBLOCK_RUN.calldata((code_to_bytes32(code), challenge))


class DisputeDesk(BoundContract):
    """The DisputeDesk of a network."""

    NAME: ClassVar[str] = "DisputeDesk"

    @staticmethod
    def appeal(statement: Appeal, signature: bytes) -> bytes:
        """The calldata of `appeal`."""
        return _DISPUTE_DESK_APPEAL.calldata((statement.values(), signature))

    @staticmethod
    def book_receipt(statement: BookReceipt, signature: bytes) -> bytes:
        """The calldata of `bookReceipt`."""
        return _DISPUTE_DESK_BOOK_RECEIPT.calldata((statement.values(), signature))

    def challenge(self, id: bytes, *, block: Block = LATEST) -> Challenge:
        """`challenge(bytes32)` at `block`."""
        answer = self._view(_DISPUTE_DESK_CHALLENGE, (id,), block)
        return Challenge(
            run=code_of_word(answer[0][0]),
            other_run=code_of_word(answer[0][1]),
            payment_id=answer[0][2],
            kind=ChallengeKind(answer[0][3]),
            blocked_run=answer[0][4],
            blocked_other_run=answer[0][5],
            closed=answer[0][6],
            proven_at=answer[0][7],
        )

    @staticmethod
    def challenge_batch_amount(batch: str, line: Placed, ordered: Placed) -> bytes:
        """The calldata of `challengeBatchAmount`."""
        return _DISPUTE_DESK_CHALLENGE_BATCH_AMOUNT.calldata(
            (code_to_bytes32(batch), line.values(), ordered.values())
        )

    @staticmethod
    def challenge_batch_order(batch: str, first: Placed, second: Placed) -> bytes:
        """The calldata of `challengeBatchOrder`."""
        return _DISPUTE_DESK_CHALLENGE_BATCH_ORDER.calldata(
            (code_to_bytes32(batch), first.values(), second.values())
        )

    @staticmethod
    def challenge_duplicate(run: str, line: Placed, other_run: str, twin: Placed) -> bytes:
        """The calldata of `challengeDuplicate`."""
        return _DISPUTE_DESK_CHALLENGE_DUPLICATE.calldata(
            (code_to_bytes32(run), line.values(), code_to_bytes32(other_run), twin.values())
        )

    @staticmethod
    def challenge_order(run: str, first: Placed, second: Placed) -> bytes:
        """The calldata of `challengeOrder`."""
        return _DISPUTE_DESK_CHALLENGE_ORDER.calldata(
            (code_to_bytes32(run), first.values(), second.values())
        )

    @staticmethod
    def challenge_reissue(
        run: str, line: Placed, duty_id: bytes, attempt: int, neighbours: Sequence[Placed]
    ) -> bytes:
        """The calldata of `challengeReissue`."""
        return _DISPUTE_DESK_CHALLENGE_REISSUE.calldata(
            (
                code_to_bytes32(run),
                line.values(),
                duty_id,
                attempt,
                [item.values() for item in neighbours],
            )
        )

    @staticmethod
    def challenge_reported_twice(batch: str, line: Placed, other_batch: str, twin: Placed) -> bytes:
        """The calldata of `challengeReportedTwice`."""
        return _DISPUTE_DESK_CHALLENGE_REPORTED_TWICE.calldata(
            (code_to_bytes32(batch), line.values(), code_to_bytes32(other_batch), twin.values())
        )

    @staticmethod
    def challenge_roster_amount(run: str, line: Placed, listed: Placed) -> bytes:
        """The calldata of `challengeRosterAmount`."""
        return _DISPUTE_DESK_CHALLENGE_ROSTER_AMOUNT.calldata(
            (code_to_bytes32(run), line.values(), listed.values())
        )

    @staticmethod
    def challenge_roster_order(run: str, first: Placed, second: Placed) -> bytes:
        """The calldata of `challengeRosterOrder`."""
        return _DISPUTE_DESK_CHALLENGE_ROSTER_ORDER.calldata(
            (code_to_bytes32(run), first.values(), second.values())
        )

    @staticmethod
    def challenge_stranger(batch: str, line: Placed, neighbours: Sequence[Placed]) -> bytes:
        """The calldata of `challengeStranger`."""
        return _DISPUTE_DESK_CHALLENGE_STRANGER.calldata(
            (code_to_bytes32(batch), line.values(), [item.values() for item in neighbours])
        )

    @staticmethod
    def challenge_unlisted(run: str, line: Placed, neighbours: Sequence[Placed]) -> bytes:
        """The calldata of `challengeUnlisted`."""
        return _DISPUTE_DESK_CHALLENGE_UNLISTED.calldata(
            (code_to_bytes32(run), line.values(), [item.values() for item in neighbours])
        )

    @staticmethod
    def close_challenge(statement: CloseChallenge, signature: bytes) -> bytes:
        """The calldata of `closeChallenge`."""
        return _DISPUTE_DESK_CLOSE_CHALLENGE.calldata((statement.values(), signature))

    @staticmethod
    def close_recovery(statement: CloseRecovery, signature: bytes) -> bytes:
        """The calldata of `closeRecovery`."""
        return _DISPUTE_DESK_CLOSE_RECOVERY.calldata((statement.values(), signature))

    @staticmethod
    def conclude(code: str) -> bytes:
        """The calldata of `conclude`."""
        return _DISPUTE_DESK_CONCLUDE.calldata((code_to_bytes32(code),))

    @staticmethod
    def decide(statement: Decide, signature: bytes) -> bytes:
        """The calldata of `decide`."""
        return _DISPUTE_DESK_DECIDE.calldata((statement.values(), signature))

    @staticmethod
    def decide_appeal(statement: DecideAppeal, signature: bytes) -> bytes:
        """The calldata of `decideAppeal`."""
        return _DISPUTE_DESK_DECIDE_APPEAL.calldata((statement.values(), signature))

    def dispute(self, code: str, *, block: Block = LATEST) -> Dispute:
        """`dispute(bytes32)` at `block`."""
        answer = self._view(_DISPUTE_DESK_DISPUTE, (code_to_bytes32(code),), block)
        return Dispute(
            run=code_of_word(answer[0][0]),
            payment_id=answer[0][1],
            payer=code_of_word(answer[0][2]),
            opener=code_of_word(answer[0][3]),
            decider=code_of_word(answer[0][4]),
            appellate=code_of_word(answer[0][5]),
            amount_fen=answer[0][6],
            index=answer[0][7],
            appeal_until=answer[0][8],
            reissue_fen=answer[0][9],
            opened_by=answer[0][10],
            decided_by=answer[0][11],
            stage=DisputeStage(answer[0][12]),
            outcome=Outcome(answer[0][13]),
            held=answer[0][14],
        )

    def ledger(self, *, block: Block = LATEST) -> str:
        """`ledger()` at `block`."""
        answer = self._view(_DISPUTE_DESK_LEDGER, (), block)
        return str(answer[0])

    @staticmethod
    def open_dispute(statement: OpenDispute, placed: Placed, signature: bytes) -> bytes:
        """The calldata of `openDispute`."""
        return _DISPUTE_DESK_OPEN_DISPUTE.calldata((statement.values(), placed.values(), signature))

    @staticmethod
    def order_recovery(
        statement: OrderRecovery, batch: str, credited: Placed, signature: bytes
    ) -> bytes:
        """The calldata of `orderRecovery`."""
        return _DISPUTE_DESK_ORDER_RECOVERY.calldata(
            (statement.values(), code_to_bytes32(batch), credited.values(), signature)
        )

    @staticmethod
    def order_reissue(statement: OrderReissue, signature: bytes) -> bytes:
        """The calldata of `orderReissue`."""
        return _DISPUTE_DESK_ORDER_REISSUE.calldata((statement.values(), signature))

    def receivable(self, code: str, *, block: Block = LATEST) -> Receivable:
        """`receivable(bytes32)` at `block`."""
        answer = self._view(_DISPUTE_DESK_RECEIVABLE, (code_to_bytes32(code),), block)
        return Receivable(
            cause=answer[0][0],
            run=code_of_word(answer[0][1]),
            payment_id=answer[0][2],
            amount_fen=answer[0][3],
            received_fen=answer[0][4],
            ordered_by=answer[0][5],
            stage=RecoveryStage(answer[0][6]),
        )

    def recorded_at(self, statement: bytes, *, block: Block = LATEST) -> int:
        """`recordedAt(bytes32)` at `block`."""
        answer = self._view(_DISPUTE_DESK_RECORDED_AT, (statement,), block)
        return int(answer[0])

    def registry(self, *, block: Block = LATEST) -> str:
        """`registry()` at `block`."""
        answer = self._view(_DISPUTE_DESK_REGISTRY, (), block)
        return str(answer[0])


CLASSES: dict[str, type[Registry | EvidenceLog | FundLedger | DisputeDesk]] = {
    "Registry": Registry,
    "EvidenceLog": EvidenceLog,
    "FundLedger": FundLedger,
    "DisputeDesk": DisputeDesk,
}
