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
from fundtrail.enums import AgencyKind, PayeeKind, Stage
from fundtrail.ids import Code, code_to_bytes32
from fundtrail.statements import (
    Allot,
    AnchorFeed,
    Approve,
    OpenFeed,
    PassOn,
    Prepare,
    PublishNotice,
    RegisterProgramme,
    Reject,
    Release,
    Review,
    RevokeOfficer,
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
    available_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    fund: Code
    notice: Code
    reissue_of: Code
    period: Code
    root: bytes
    bank: Code
    total_fen: int
    count: int
    stage: Stage
    required: int
    approvals: int
    acted: int
    credited_fen: int
    returned_fen: int
    people: tuple[int, ...]
    settled_count: int


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
_REGISTRY_OFFICER = Function(
    contract="Registry",
    name="officer",
    selector=bytes.fromhex("aa96a0a0"),
    inputs=("address",),
    outputs=("(bytes32,uint32,uint32,uint64,uint64,uint64,uint64)",),
)
_REGISTRY_OFFICER_AT = Function(
    contract="Registry",
    name="officerAt",
    selector=bytes.fromhex("40ce4ac2"),
    inputs=("address", "uint256"),
    outputs=("(bytes32,uint32,uint32,uint64,uint64,uint64,uint64)",),
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
_REGISTRY_TERMS_OF = Function(
    contract="Registry",
    name="termsOf",
    selector=bytes.fromhex("bd804c7c"),
    inputs=("bytes32", "uint128"),
    outputs=("bool", "uint64", "uint8"),
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
_EVIDENCE_LOG_NOTICE = Function(
    contract="EvidenceLog",
    name="notice",
    selector=bytes.fromhex("55678676"),
    inputs=("bytes32",),
    outputs=("(bytes32,bytes32,bytes32,bytes32,uint128,uint64,uint64,uint64)",),
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
    outputs=("(bytes32,bytes32,uint128,uint64,uint8,uint128)",),
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
    outputs=("(bytes32,bytes32,bytes32,uint128,uint128,uint128,uint128,uint128,uint16)", "uint128"),
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
_FUND_LEDGER_RECORDED_AT = Function(
    contract="FundLedger",
    name="recordedAt",
    selector=bytes.fromhex("bc23adb7"),
    inputs=("bytes32",),
    outputs=("uint256",),
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
        "(bytes32,bytes32,bytes32,bytes32,bytes32,bytes32,uint128,uint64,uint8,uint8,uint8,uint8,uint128,uint128,uint32[16],uint64)",
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
FUNCTIONS: dict[bytes, Function] = {
    function.selector: function
    for function in (
        _REGISTRY_AGENCY,
        _REGISTRY_ANSWERS_TO,
        _REGISTRY_GOVERNORS,
        _REGISTRY_KIND_OF,
        _REGISTRY_OFFICER,
        _REGISTRY_OFFICER_AT,
        _REGISTRY_PROGRAMME,
        _REGISTRY_RECORDED_AT,
        _REGISTRY_REGISTER_PROGRAMME,
        _REGISTRY_REVOKE_OFFICER,
        _REGISTRY_SEAT_AGENCY,
        _REGISTRY_SEAT_OFFICER,
        _REGISTRY_SET_GOVERNORS,
        _REGISTRY_TERMS_OF,
        _EVIDENCE_LOG_ANCHOR_FEED,
        _EVIDENCE_LOG_FEED,
        _EVIDENCE_LOG_NOTICE,
        _EVIDENCE_LOG_OPEN_FEED,
        _EVIDENCE_LOG_PUBLISH_NOTICE,
        _EVIDENCE_LOG_RECORDED_AT,
        _EVIDENCE_LOG_REGISTRY,
        _FUND_LEDGER_ALLOT,
        _FUND_LEDGER_APPROVE,
        _FUND_LEDGER_BATCH,
        _FUND_LEDGER_EVIDENCE_LOG,
        _FUND_LEDGER_FUND,
        _FUND_LEDGER_PASS_ON,
        _FUND_LEDGER_PREPARE,
        _FUND_LEDGER_RECORDED_AT,
        _FUND_LEDGER_REGISTRY,
        _FUND_LEDGER_REJECT,
        _FUND_LEDGER_RELEASE,
        _FUND_LEDGER_REVIEW,
        _FUND_LEDGER_RUN,
        _FUND_LEDGER_SETTLE,
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

    def terms_of(self, code: str, total_fen: int, *, block: Block = LATEST) -> TermsOf:
        """`termsOf(bytes32,uint128)` at `block`."""
        answer = self._view(_REGISTRY_TERMS_OF, (code_to_bytes32(code), total_fen), block)
        return TermsOf(known=answer[0], notice_seconds=answer[1], approvers=answer[2])


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


class FundLedger(BoundContract):
    """The FundLedger of a network."""

    NAME: ClassVar[str] = "FundLedger"

    @staticmethod
    def allot(statement: Allot, signature: bytes) -> bytes:
        """The calldata of `allot`."""
        return _FUND_LEDGER_ALLOT.calldata((statement.values(), signature))

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
            available_fen=answer[1],
        )

    @staticmethod
    def pass_on(statement: PassOn, signature: bytes) -> bytes:
        """The calldata of `passOn`."""
        return _FUND_LEDGER_PASS_ON.calldata((statement.values(), signature))

    @staticmethod
    def prepare(statement: Prepare, signature: bytes) -> bytes:
        """The calldata of `prepare`."""
        return _FUND_LEDGER_PREPARE.calldata((statement.values(), signature))

    def recorded_at(self, statement: bytes, *, block: Block = LATEST) -> int:
        """`recordedAt(bytes32)` at `block`."""
        answer = self._view(_FUND_LEDGER_RECORDED_AT, (statement,), block)
        return int(answer[0])

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
            count=answer[0][7],
            stage=Stage(answer[0][8]),
            required=answer[0][9],
            approvals=answer[0][10],
            acted=answer[0][11],
            credited_fen=answer[0][12],
            returned_fen=answer[0][13],
            people=tuple(answer[0][14]),
            settled_count=answer[0][15],
        )

    @staticmethod
    def settle(statement: Settle, signature: bytes) -> bytes:
        """The calldata of `settle`."""
        return _FUND_LEDGER_SETTLE.calldata((statement.values(), signature))


CLASSES: dict[str, type[Registry | EvidenceLog | FundLedger]] = {
    "Registry": Registry,
    "EvidenceLog": EvidenceLog,
    "FundLedger": FundLedger,
}
