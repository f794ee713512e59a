"""The trail of one payment: each step with its block, time, agency, document, evidence, inclusion.

A step is there because the chain has it; the payment's place in a tree because its line leads to
the root that was signed. Reads chain and evidence, writes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from audit_cli.chain_view import ChainAct, read_chain
from audit_cli.feeds import FeedRecord, feed_folders, read_feed
from audit_cli.held_statements import HeldStatement, read_held
from audit_cli.named_files import files_in, named_files
from audit_cli.payment_places import Place, places, same_duty
from audit_cli.replay.replay import Replayed, SignedAct, replay_chain
from audit_cli.steps.s04_roots import line_sources
from fundtrail.chain.event import Event
from fundtrail.chain.event_types import (
    Allotted,
    AppealDecided,
    BatchSettled,
    DisputeAppealed,
    DisputeConcluded,
    DisputeDecided,
    DisputeOpened,
    FraudProven,
    NoticePublished,
    PassedOn,
    RecoveryClosed,
    RecoveryOrdered,
    RecoveryReceived,
    ReissueOrdered,
    RunApproved,
    RunCancelled,
    RunHeld,
    RunLifted,
    RunPrepared,
    RunRejected,
    RunReleased,
    RunReviewed,
    RunSettled,
)
from fundtrail.chain.rpc import Rpc
from fundtrail.errors import EvidenceMissing
from fundtrail.evidence import lines_path
from fundtrail.ids import ZERO32
from fundtrail.network import Network
from fundtrail.sum_tree import TreeKind

_WORDS: dict[type[Event], tuple[str, str]] = {
    Allotted: ("指标下达", "allotted"),
    PassedOn: ("资金下拨", "passed on"),
    NoticePublished: ("公示", "on public notice"),
    RunPrepared: ("编制", "prepared"),
    RunReviewed: ("复核", "reviewed"),
    RunApproved: ("审批", "approved"),
    RunRejected: ("退回", "rejected"),
    RunReleased: ("国库拨付", "released by treasury"),
    RunCancelled: ("撤销", "cancelled"),
    RunHeld: ("暂扣", "held by a watchdog"),
    RunLifted: ("解除暂扣", "hold lifted"),
    DisputeOpened: ("争议受理", "disputed"),
    DisputeDecided: ("争议裁决", "dispute decided"),
    DisputeAppealed: ("申请复议", "appealed"),
    AppealDecided: ("复议决定", "appeal decided"),
    DisputeConcluded: ("争议终局", "dispute final"),
    ReissueOrdered: ("责令补发", "reissue ordered"),
    RecoveryOrdered: ("责令追回", "recovery ordered"),
    RecoveryReceived: ("追回到账", "recovered"),
    RecoveryClosed: ("追回了结", "recovery closed"),
    FraudProven: ("舞弊举证", "fraud proven"),
}
_SETTLED = {
    TreeKind.CREDITED: ("银行入账", "credited"),
    TreeKind.RETURNED: ("银行退回", "returned"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """One act on the payment's way. `cited` is (feed, entry) of the record it rests on."""

    zh: str
    en: str
    subject: str
    block: int
    time: int
    transaction: bytes
    agency: str
    agency_name: str
    document: bytes | None
    evidence: bytes | None
    cited: tuple[str, int] | None
    place: Place | None = None
    fault: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of the trace."""
        return {
            "step": f"{self.zh} {self.en}",
            "subject": self.subject,
            "block": self.block,
            "time": f"{datetime.fromtimestamp(self.time, UTC):%Y-%m-%dT%H:%M:%SZ}",
            "transaction": "0x" + self.transaction.hex(),
            "agency": self.agency,
            "agency_name": self.agency_name,
            "document": self.document.hex() if self.document else None,
            "evidence": self._evidence(),
            "inclusion": self._inclusion(),
        }

    def _evidence(self) -> dict[str, Any] | None:
        if not self.evidence:
            return None
        feed, entry = self.cited or (None, None)
        return {"record": self.evidence.hex(), "feed": feed, "entry": entry}

    def _inclusion(self) -> dict[str, Any] | None:
        if self.place is None:
            return None
        return {
            "file": self.place.source.path,
            "line": self.place.line,
            "amount_fen": str(self.place.amount_fen),
            "count": self.place.count,
            "nodes": len(self.place.inclusion.path),
            "proved": self.fault is None,
            "fault": self.fault,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTrace:
    """The whole trail. `linked` are other attempts at the same duty."""

    payment_id: bytes
    amount_fen: int
    steps: tuple[TraceStep, ...]
    linked: tuple[str, ...]

    @property
    def proved(self) -> bool:
        """Whether every line of the payment leads to its root."""
        return all(step.fault is None for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "payment": self.payment_id.hex(),
            "amount_fen": str(self.amount_fen),
            "proved": self.proved,
            "linked": list(self.linked),
            "steps": [step.to_json() for step in self.steps],
        }


def trace(network: Network, evidence: Path, rpc: Rpc, payment_id: bytes) -> PaymentTrace:
    """The trail of `payment_id`. Raises EvidenceMissing where no line holds it, and ChainError."""
    rpc.require_chain(network.chain_id)
    return _Tracing(network, evidence, rpc).trace(payment_id)


class _Tracing:
    def __init__(self, network: Network, evidence: Path, rpc: Rpc) -> None:
        self._evidence = evidence
        self._replayed: Replayed = replay_chain(read_chain(network, rpc), network)
        held = read_held(evidence, network).statements
        self._held: dict[bytes, HeldStatement] = {each.digest: each for each in held}
        feeds = [
            read_feed(
                evidence,
                network=network.name,
                code=code,
                vkey_digest=None,
                anchors={},
                sink=None,
            )
            for code in feed_folders(evidence, network.name)
        ]
        self._records: dict[bytes, FeedRecord] = {
            record.digest: record for feed in feeds for record in feed.records
        }
        present = set(files_in(evidence))
        sources = line_sources(self._replayed, tuple(named_files(feeds)))
        self._sources = [source for path, source in sorted(sources.items()) if path in present]

    def trace(self, payment_id: bytes) -> PaymentTrace:
        held = list(places(self._evidence, self._sources, payment_id))
        if not held:
            raise EvidenceMissing(
                f"证据里没有这笔支付 no line of the evidence holds payment {payment_id.hex()}"
            )
        steps = [step for signed in self._replayed.acts for step in self._steps(signed, held)]
        return PaymentTrace(
            payment_id=payment_id,
            amount_fen=held[0].amount_fen,
            steps=tuple(steps),
            linked=tuple(dict.fromkeys(self._linked(held))),
        )

    def _steps(self, signed: SignedAct, held: Sequence[Place]) -> Iterator[TraceStep]:
        for event in signed.act.events:
            if isinstance(event, Allotted | PassedOn):
                if event.fund in self._funds(held):
                    yield self._step(signed, event, event.fund)
            elif isinstance(event, NoticePublished):
                yield from self._placed(signed, event, TreeKind.ROSTER, event.notice, held)
            elif isinstance(event, RunPrepared):
                yield from self._placed(signed, event, TreeKind.RUN, event.run, held)
            elif isinstance(event, BatchSettled):
                yield from self._placed(signed, event, TreeKind(event.kind), event.batch, held)
            elif (payment := self._contested(event)) is not None:
                if payment == held[0].hashed.payment_id:
                    yield self._step(signed, event, _contest(event))
            elif type(event) in _WORDS and not isinstance(event, RunSettled):
                run = str(getattr(event, "run", ""))
                if run in self._runs(held):
                    yield self._step(signed, event, run)

    def _placed(
        self,
        signed: SignedAct,
        event: NoticePublished | RunPrepared | BatchSettled,
        tree: TreeKind,
        subject: str,
        held: Sequence[Place],
    ) -> Iterator[TraceStep]:
        for place in held:
            if (place.source.tree, place.source.subject) == (tree, subject):
                fault = place.fault(root=event.root, total_fen=event.total_fen, count=event.count)
                yield self._step(signed, event, subject, place=place, fault=fault)

    def _step(
        self,
        signed: SignedAct,
        event: Event,
        subject: str,
        *,
        place: Place | None = None,
        fault: str | None = None,
    ) -> TraceStep:
        act: ChainAct = signed.act
        statement = self._held.get(act.statement)
        basis = statement.basis if statement else None
        record = self._records.get(basis.evidence) if basis else None
        agency = signed.seat.agency if signed.seat else ""
        seated = self._replayed.registry.agencies.get(agency)
        zh, en = (
            _SETTLED[TreeKind(event.kind)]
            if isinstance(event, BatchSettled)
            else _WORDS[type(event)]
        )
        return TraceStep(
            zh=zh,
            en=en,
            subject=subject,
            block=act.block,
            time=act.time,
            transaction=act.transaction,
            agency=agency,
            agency_name=seated.name if seated else agency,
            document=basis.document if basis else None,
            evidence=basis.evidence if basis and basis.evidence != ZERO32 else None,
            cited=(record.feed, record.index) if record else None,
            place=place,
            fault=fault,
        )

    def _contested(self, event: Event) -> bytes | None:
        """The payment that a dispute, a recovery or a proven fraud is about."""
        state = self._replayed.state
        match event:
            case DisputeOpened() | RecoveryOrdered() | FraudProven():
                return event.payment_id
            case RecoveryReceived() | RecoveryClosed():
                due = state.receivables.get(event.receivable)
                return due.ordered.payment_id if due else b""
            case (
                DisputeDecided()
                | DisputeAppealed()
                | AppealDecided()
                | DisputeConcluded()
                | ReissueOrdered()
            ):
                dispute = state.disputes.get(event.dispute)
                return dispute.opened.payment_id if dispute else b""
            case _:
                return None

    def _runs(self, held: Sequence[Place]) -> set[str]:
        return {place.source.subject for place in held if place.source.tree == TreeKind.RUN}

    def _funds(self, held: Sequence[Place]) -> set[str]:
        """The funds of its runs, and those above them."""
        state, found = self._replayed.state, set[str]()
        for run in self._runs(held):
            fund = state.funds.get(state.runs[run].prepared.fund) if run in state.runs else None
            while fund is not None and fund.code not in found:
                found.add(fund.code)
                fund = state.funds.get(fund.parent)
        return found

    def _linked(self, held: Sequence[Place]) -> Iterator[str]:
        """The next attempt after a return, and the attempt before a reissue."""
        runs = self._replayed.state.runs
        batches = {p.source.subject for p in held if p.source.tree == TreeKind.RETURNED}
        disputes = self._replayed.state.disputes.values()
        batches |= {d.code for d in disputes if d.opened.payment_id == held[0].hashed.payment_id}
        for place in (p for p in held if p.source.tree == TreeKind.RUN):
            attempt = place.fields["attempt"]
            later = [r.code for r in runs.values() if r.prepared.reissue_of in batches]
            yield from self._other_attempt(place, later, attempt + 1)
            run = runs.get(place.source.subject)
            before = self._replayed.state.paid_before_by(run.prepared.reissue_of) if run else ""
            if before:
                yield from self._other_attempt(place, [before], attempt - 1)

    def _other_attempt(self, place: Place, runs: Sequence[str], attempt: int) -> Iterator[str]:
        present = {source.path for source in self._sources}
        for run in runs:
            path = lines_path(TreeKind.RUN, run)
            found = path in present and same_duty(self._evidence / path, place.fields, attempt)
            if found:
                yield found


def _contest(event: Event) -> str:
    """What a contest is called: its dispute, its receivable, or its run."""
    for name in ("dispute", "receivable", "run"):
        if hasattr(event, name):
            return str(getattr(event, name))
    return ""
