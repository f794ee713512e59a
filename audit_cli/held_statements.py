"""Statements as the evidence holds them, each with its file and line (docs/format.md §6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audit_cli.findings import Finding, Severity
from fundtrail.errors import FundtrailError
from fundtrail.network import Network
from fundtrail.signed_statements import RecordedStatement, recorded_from_line
from fundtrail.statements import Basis, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldStatement:
    """A statement and where it lies. `digest` is that of EIP-712, 32 bytes."""

    path: str
    line: int
    recorded: RecordedStatement
    digest: bytes

    @property
    def statement(self) -> Statement:
        """What was signed."""
        return self.recorded.signed.statement

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        return basis_of(self.statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldStatements:
    """All statements of the evidence in the order of files and lines."""

    files: tuple[str, ...]
    statements: tuple[HeldStatement, ...]
    line_count: int
    findings: tuple[Finding, ...]


def read_held(evidence: Path, network: Network) -> HeldStatements:
    """Read `statements/*.jsonl`. Lines that are no statements become findings of step 2."""
    held: list[HeldStatement] = []
    findings: list[Finding] = []
    files = sorted((evidence / "statements").glob("*.jsonl"))
    count = 0
    for file in files:
        path = file.relative_to(evidence).as_posix()
        for number, line in _lines(file):
            count += 1
            try:
                recorded = recorded_from_line(line)
                digest = recorded.signed.statement.digest(network)
            except (FundtrailError, TypeError, ValueError, RecursionError) as error:
                findings.append(_not_a_statement(path, number, error))
                continue
            held.append(HeldStatement(path=path, line=number, recorded=recorded, digest=digest))
    return HeldStatements(
        files=tuple(file.relative_to(evidence).as_posix() for file in files),
        statements=tuple(held),
        line_count=count,
        findings=tuple(findings),
    )


def basis_of(statement: Statement) -> Basis:
    """The basis with which every statement of docs/format.md §6 ends."""
    basis: Basis = statement.basis  # type: ignore[attr-defined]  # each subclass declares it
    return basis


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Lines end at a newline only: any other byte belongs to the line."""
    with file.open("rb") as opened:
        yield from enumerate(opened, 1)


def _not_a_statement(path: str, number: int, error: Exception) -> Finding:
    return Finding(
        rule="S02",
        severity=Severity.CRITICAL,
        subject=f"file:{path}",
        zh=f"{path} 第 {number} 行不是规范的签署:{error}。",
        en=f"{path}:{number} is not a statement in canonical form.",
        evidence={"file": path, "line": number, "computed": str(error)},
    )
