"""The report of an audit: verdict, steps, findings, what was not checked, and the money.

The text, JSON and HTML forms say the same; JSON is the one that programs read.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum
from importlib.metadata import version
from typing import Any

from audit_cli.case import Case
from audit_cli.contests import Contest, contests
from audit_cli.findings import Finding
from audit_cli.money_flow import MoneyFlow, money_flow
from audit_cli.ready_proof import DuplicateProof
from audit_cli.steps import StepResult
from audit_cli.steps.s11_not_checked import NotChecked


class Exit(IntEnum):
    """Exit codes of every command."""

    VERIFIED = 0
    FINDINGS = 1
    USAGE = 2
    UNAVAILABLE = 3


_VERDICTS = {
    Exit.VERIFIED: ("verified", "已核实:未发现问题", "verified, nothing found"),
    Exit.FINDINGS: ("findings", "有发现,须由人核查", "findings for a person to examine"),
    Exit.UNAVAILABLE: ("evidence-unavailable", "证据不全,无法下结论", "evidence unavailable"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRange:
    """The blocks that were read, and from where."""

    first_block: int
    head: int
    head_time: int
    events: int
    node: str

    def to_json(self) -> dict[str, Any]:
        """The object of the report."""
        time = datetime.fromtimestamp(self.head_time, UTC)
        return {
            "first_block": self.first_block,
            "head": self.head,
            "head_time": f"{time:%Y-%m-%dT%H:%M:%SZ}",
            "events": self.events,
            "node": self.node,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one audit has to say."""

    network: str
    chain_id: int
    as_of: date
    software: str
    chain: ChainRange | None
    steps: tuple[StepResult, ...]
    not_checked: tuple[NotChecked, ...]
    money: MoneyFlow | None
    contests: tuple[Contest, ...] = ()
    proofs: tuple[DuplicateProof, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of steps."""
        return tuple(finding for step in self.steps for finding in step.findings)

    @property
    def exit(self) -> Exit:
        """The exit code that goes with the verdict."""
        if any(finding.missing for finding in self.findings):
            return Exit.UNAVAILABLE
        return Exit.FINDINGS if self.findings else Exit.VERIFIED

    @property
    def verdict(self) -> str:
        """`verified`, `findings` or `evidence-unavailable`."""
        return _VERDICTS[self.exit][0]

    @property
    def verdict_zh(self) -> str:
        """The verdict for people, Chinese."""
        return _VERDICTS[self.exit][1]

    @property
    def verdict_en(self) -> str:
        """The verdict for people, English."""
        return _VERDICTS[self.exit][2]

    def to_json(self) -> dict[str, Any]:
        """The JSON report."""
        return {
            "verdict": self.verdict,
            "network": {"name": self.network, "chain_id": self.chain_id},
            "as_of": self.as_of.isoformat(),
            "software": self.software,
            "chain": self.chain.to_json() if self.chain else None,
            "steps": [
                {
                    "step": result.step.number,
                    "name": result.step.name,
                    "checked": result.checked,
                    "findings": len(result.findings),
                }
                for result in self.steps
            ],
            "findings": [finding.to_json() for finding in self.findings],
            "not_checked": [item.to_json() for item in self.not_checked],
            "money": self.money.to_json() if self.money else None,
            "funds": [fund.to_json() for fund in self.money.funds] if self.money else [],
            **({"contests": [item.to_json() for item in self.contests]} if self.contests else {}),
        }


def make_report(
    case: Case,
    steps: tuple[StepResult, ...],
    not_checked: tuple[NotChecked, ...],
    proofs: tuple[DuplicateProof, ...] = (),
) -> Report:
    """The report of a finished audit."""
    chain = case.chain
    return Report(
        network=case.network.name,
        chain_id=case.network.chain_id,
        as_of=case.as_of,
        software=f"fundtrail {version('fundtrail')}",
        chain=ChainRange(
            first_block=chain.first_block,
            head=chain.head,
            head_time=chain.head_time,
            events=chain.event_count,
            node=case.rpc.url if case.rpc else "-",
        )
        if chain
        else None,
        steps=steps,
        not_checked=not_checked,
        money=money_flow(case.replayed) if case.replayed else None,
        contests=contests(case.replayed, chain.head_time) if case.replayed and chain else (),
        proofs=proofs,
    )
