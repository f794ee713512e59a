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
from audit_cli.replay.replay import Replayed, SignedAct, replay
from audit_cli.steps.s04_roots import line_sources
from fundtrail.chain.event import Event
from fundtrail.chain.event_types import (
    Allotted,
    BatchSettled,
    NoticePublished,
    PassedOn,
    RunApproved,
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
        self._replayed: Replayed = replay(read_chain(network, rpc).acts, network.governors)
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
        for place in (p for p in held if p.source.tree == TreeKind.RUN):
            attempt = place.fields["attempt"]
            later = [r.code for r in runs.values() if r.prepared.reissue_of in batches]
            yield from self._other_attempt(place, later, attempt + 1)
            run = runs.get(place.source.subject)
            batch = self._replayed.state.batches.get(run.prepared.reissue_of) if run else None
            if batch is not None:
                yield from self._other_attempt(place, [batch.settled.run], attempt - 1)

    def _other_attempt(self, place: Place, runs: Sequence[str], attempt: int) -> Iterator[str]:
        present = {source.path for source in self._sources}
        for run in runs:
            path = lines_path(TreeKind.RUN, run)
            found = path in present and same_duty(self._evidence / path, place.fields, attempt)
            if found:
                yield found
