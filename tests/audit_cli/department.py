"""A small department whose lines, deaths and policy a test writes by hand, to ask the rules.

The files are real Parquet and the rules real SQL; only the chain's part is said, not recorded.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from audit_cli.findings import Finding
from audit_cli.line_files import LineSource, derive_files
from audit_cli.replay.contested import DisputeState, ReceivableState
from audit_cli.replay.registry import RegistryReplay
from audit_cli.replay.replay import Replayed
from audit_cli.replay.state import BatchState, LedgerState, RunState
from audit_cli.steps import s08_settlement, s10_rules
from audit_cli.tables import EntryTable, Tables
from fundtrail.chain.event_types import (
    BatchSettled,
    DisputeOpened,
    NoticePublished,
    RecoveryOrdered,
    RunPrepared,
)
from fundtrail.enums import DisputeStage, Outcome, Stage
from fundtrail.evidence import EvidenceLine, lines_path, write_lines
from fundtrail.ids import code
from fundtrail.records import Provenance, Record
from fundtrail.sum_tree import TreeKind

AS_OF = date(2026, 11, 24)
PERIOD = "2026-10"
POLICY: dict[str, Any] = {
    "bands": [
        {"age_from": 65, "age_to": 69, "amount_fen": "7500", "band": "65-69"},
        {"age_from": 70, "age_to": 79, "amount_fen": "15000", "band": "70-79"},
    ],
    "effective_from": "2026-01-01",
    "grace_months": 0,
    "month_of_death_payable": True,
    "programme": "OAA",
    "return_days_max": 30,
    "source": "云民规〔2025〕7号",
}
_PLACE: dict[str, Any] = {
    "contract": "FundLedger",
    "block": 1,
    "log_index": 0,
    "transaction": bytes(32),
    "block_time": 0,
}


def pay_id(person: str, attempt: int = 0) -> bytes:
    """The payment id of a person in these tests."""
    return hashlib.sha256(f"{person}/{attempt}".encode()).digest()


@dataclass(slots=True, kw_only=True)
class Department:
    """Write, then ask. Amounts in fen."""

    folder: Path
    as_of: date = AS_OF
    spoilt_after: str = ""  # a file that is cut short between two readers
    _entries: list[bytes] = field(default_factory=list)
    _sources: list[LineSource] = field(default_factory=list)
    _state: LedgerState = field(default_factory=LedgerState)

    def policy(self, **changes: Any) -> None:
        """A policy record."""
        self._entries.append(_record("policy", POLICY | changes))

    def death(self, person: str, died_on: str) -> None:
        """A death record."""
        fields = {
            "died_on": died_on, "payee_ref": _ref(person), "registered_on": died_on,
            "registrar": "东城区民政局",
        }  # fmt: skip
        self._entries.append(_record("death", fields))

    def notice(self, notice: str, *lines: "Entitled") -> None:
        """A roster on public notice."""
        total, count = self._write(TreeKind.ROSTER, notice, [entitlement(e) for e in lines])
        self._state.notices[notice] = NoticePublished(
            **_PLACE, notice=code(notice), programme=code("OAA"), agency=code("s-JD"),
            period=code(PERIOD), root=bytes(32), total_fen=total, count=count, opens_at=0,
            closes_at=1,
        )  # fmt: skip

    def run(self, run: str, *lines: "Entitled", **said: Any) -> None:
        """A run; `notice`, `reissue_of`, `stage` as they are on the chain."""
        total, count = self._write(TreeKind.RUN, run, [entitlement(e) for e in lines])
        prepared = RunPrepared(
            **_PLACE, run=code(run), fund=code("F"), notice=said.get("notice", ""),
            reissue_of=said.get("reissue_of", ""), period=code(PERIOD), root=bytes(32),
            total_fen=total, count=count, officer="",
        )  # fmt: skip
        self._state.runs[run] = RunState(
            prepared=prepared, agency="s-JD", required=1, bank="BANK-A",
            stage=said.get("stage", Stage.RELEASED),
        )  # fmt: skip

    def batch(self, batch: str, run: str, outcome: str, *lines: "Answered") -> None:
        """What the bank said of some lines of a run."""
        tree = TreeKind[outcome.upper()]
        held = [_bank_result(run, outcome, line) for line in lines]
        total, count = self._write(tree, batch, held)
        settled = BatchSettled(
            **_PLACE, batch=code(batch), run=code(run), kind=int(tree), root=bytes(32),
            total_fen=total, count=count, officer="",
        )  # fmt: skip
        self._state.batches[batch] = BatchState(settled=settled)
        state = self._state.runs[run]
        if tree is TreeKind.CREDITED:
            state.credited_fen += total
        else:
            state.returned_fen += total

    def dispute(self, dispute: str, run: str, person: str, **said: Any) -> None:
        """A dispute about a person's line; `struck`, `stage`, `allowed_fen` as it ended."""
        amount_fen = said.get("amount_fen", 15_000)
        opened = DisputeOpened(
            **_PLACE | {"contract": "DisputeDesk"}, dispute=code(dispute), run=code(run),
            payment_id=pay_id(person), amount_fen=amount_fen, held=said.get("held", True),
            agency=code("X"), reason=bytes(32),
        )  # fmt: skip
        self._state.disputes[dispute] = DisputeState(
            opened=opened, payer="s-JD", opened_by=1, struck=said.get("struck", False),
            stage=said.get("stage", DisputeStage.FINAL), outcome=Outcome.UPHELD,
            allowed_fen=said.get("allowed_fen", 0),
        )  # fmt: skip

    def recovery(self, receivable: str, run: str, person: str, amount_fen: int) -> None:
        """An order to get a payment back."""
        ordered = RecoveryOrdered(
            **_PLACE | {"contract": "DisputeDesk"}, receivable=code(receivable), cause=bytes(32),
            run=code(run), payment_id=pay_id(person), amount_fen=amount_fen, agency=code("X"),
        )  # fmt: skip
        self._state.receivables[receivable] = ReceivableState(ordered=ordered, ordered_by=1)

    def ask(self, rule: str) -> list[Finding]:
        """The findings of one rule."""
        with self._tables() as tables:
            found = s10_rules.check(tables).findings
        assert [finding for finding in found if finding.rule == "S10"] == []
        return [finding for finding in found if finding.rule == rule]

    def left_out(self) -> tuple[list[str], int]:
        """Files that the tables could not be made of, and the lines of runs that are left."""
        with self._tables() as tables:
            return tables.left_out, tables.count("run_lines")

    def settlement(self) -> list[Finding]:
        """The findings of step 8."""
        with self._tables() as tables:
            return list(s08_settlement.check(tables).findings)

    def _write(self, tree: TreeKind, subject: str, lines: list[EvidenceLine]) -> tuple[int, int]:
        path = lines_path(tree, subject)
        ordered = sorted(lines, key=lambda line: line.payment_id)
        root = write_lines(self.folder / path, ordered, tree)
        self._sources.append(LineSource(path=path, tree=tree, subject=subject))
        return root.total_fen, root.count

    @contextmanager
    def _tables(self) -> Iterator[Tables]:
        derived = self.folder / "derived"
        derived.mkdir(exist_ok=True)
        entries = EntryTable(derived)
        entries.add("civil-affairs", 0, self._entries)
        path = entries.close()
        replayed = Replayed(
            registry=RegistryReplay(governors={}, threshold=2),
            state=self._state,
            acts=(),
            findings=(),
        )
        with Tables(derived, as_of=self.as_of) as tables:
            outcomes = derive_files(self.folder, self._sources)
            if self.spoilt_after:
                (self.folder / self.spoilt_after).write_bytes(b"PAR1")
            tables.build(evidence=self.folder, outcomes=outcomes, entries=path, replayed=replayed)
            yield tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitled:
    """A line of a roster or a run."""

    person: str
    amount_fen: int = 15_000
    age: int = 72
    band: str = "70-79"
    attempt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A line of a bank's batch."""

    person: str
    amount_fen: int = 15_000
    attempt: int = 0
    booked_on: str = "2026-10-08"
    said_run: str = ""


def _ref(person: str) -> str:
    return hashlib.sha256(person.encode()).hexdigest()


def entitlement(entry: Entitled) -> EvidenceLine:
    fields = {
        "age": entry.age, "application": f"A-{entry.person}", "attempt": entry.attempt,
        "band": entry.band, "element": "base", "payee_ref": _ref(entry.person),
        "period": PERIOD, "programme": "OAA", "region": "190101001",
    }  # fmt: skip
    return EvidenceLine(
        payment_id=pay_id(entry.person, entry.attempt),
        amount_fen=entry.amount_fen,
        record=_record("entitlement", fields),
    )


def _bank_result(run: str, outcome: str, line: Answered) -> EvidenceLine:
    fields = {
        "application": f"A-{line.person}", "bank": "BANK-A", "booked_on": line.booked_on,
        "outcome": outcome, "reason": "AC04" if outcome == "returned" else "",
        "run": line.said_run or run,
    }  # fmt: skip
    return EvidenceLine(
        payment_id=pay_id(line.person, line.attempt),
        amount_fen=line.amount_fen,
        record=_record("bank-result", fields),
    )


def _record(kind: str, fields: dict[str, Any]) -> bytes:
    provenance = Provenance(
        clock_offset_ms=0,
        collected_at="2026-09-17T08:00:00Z",
        connector="test/1",
        file_sha256="0" * 64,
        mapping=f"{kind}@1",
        operator="op",
        row=2,
        sheet="",
        source_system="test",
    )
    return Record(kind=kind, fields=fields, commitments={}, provenance=provenance).to_bytes()
