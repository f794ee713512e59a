"""Statements that the evidence folder holds, by type and content."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import orjson

from fundtrail.signed_statements import recorded_from_line
from fundtrail.statements import Statement

Act = TypeVar("Act", bound=Statement)


def find_statement(evidence: Path, kind: type[Act], wanted: Callable[[Act], bool]) -> Act | None:
    """The last recorded statement of `kind` that is wanted, or None."""
    return next(filter(wanted, statements_of(evidence, kind)), None)


def statements_of(evidence: Path, kind: type[Act]) -> Iterator[Act]:
    """The recorded statements of `kind`, the last one first."""
    mark = f'"type":{orjson.dumps(kind.type_name()).decode()}'.encode()
    for path in sorted((evidence / "statements").glob("*.jsonl"), reverse=True):
        for line in reversed(path.read_bytes().splitlines(keepends=True)):
            if mark not in line or not line.endswith(b"\n"):
                continue
            statement = recorded_from_line(line).signed.statement
            if isinstance(statement, kind):
                yield statement
