"""The steps of an audit, one module each, with the numbers that findings, reports and docs use.

(0) inputs and policy  (1) files  (2) canonical bytes  (3) openings where allowed
(4) lines → roots      (5) statements: signer, role, separation of duties at that block
(6) state machine replay  (7) conservation at every fund  (8) settlement against bank files
(9) feeds append-only and on time  (10) rules  (11) what was not checked
"""

from dataclasses import dataclass

from audit_cli.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step's number and its names."""

    number: int
    zh: str
    en: str

    @property
    def name(self) -> str:
        """Chinese first, English second."""
        return f"{self.zh} {self.en}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What one step checked, and what it found."""

    step: Step
    checked: int
    findings: tuple[Finding, ...]


STEPS = tuple(
    Step(number=number, zh=zh, en=en)
    for number, (zh, en) in enumerate(
        (
            ("输入与信任锚", "inputs and policy"),
            ("文件", "files"),
            ("规范字节", "canonical bytes"),
            ("承诺的打开", "openings where allowed"),
            ("明细与根", "lines to roots"),
            ("签署:签署人、职权、职责分离", "statements: signer, role, separation of duties"),
            ("状态机重放", "state machine replay"),
            ("每个资金账户守恒", "conservation at every fund"),
            ("与银行文件核对结算", "settlement against bank files"),
            ("数据源只增不改、按时锚定", "feeds append-only and on time"),
            ("规则", "rules"),
            ("未核查的内容", "what was not checked"),
        )
    )
)
