"""A rule that an act breaks."""

from dataclasses import dataclass

from audit_cli.chain_view import ChainAct
from audit_cli.findings import Finding, Severity

STATEMENTS, STATES, MONEY = 5, 6, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What the act should have met. `step` is 5 (who), 6 (when) or 7 (how much)."""

    step: int
    subject: str
    zh: str
    en: str
    expected: str
    got: str

    def finding(self, act: ChainAct) -> Finding:
        """The finding, with the place of the act on the chain."""
        return Finding(
            rule=f"S{self.step:02d}",
            severity=Severity.CRITICAL,
            subject=self.subject,
            zh=f"{act.name}(区块 {act.block}){self.zh}:应为 {self.expected},实为 {self.got}。",
            en=f"{act.name} in block {act.block}: {self.en}: expected {self.expected}, "
            f"got {self.got}.",
            evidence={
                **({"statement": act.statement.hex()} if act.statement else {}),
                "transaction": "0x" + act.transaction.hex(),
                "block": act.block,
                "expected": self.expected,
                "computed": self.got,
            },
        )
