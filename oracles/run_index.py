"""The lines of one run by application number, for joining a bank's results to them.

Read once from the evidence folder into a temporary table; its root must be the one that was
prepared, where the evidence holds that statement. Memory does not grow with the run.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from fundtrail.evidence import EvidenceLine, lines_path, read_lines
from fundtrail.statements import Prepare
from fundtrail.sum_tree import SumTreeBuilder, TreeKind
from oracles.errors import NothingToPrepare, RunMismatch
from oracles.journal import Journal
from oracles.kept_statements import find_statement

_TABLE = """
CREATE TEMP TABLE IF NOT EXISTS run_lines (
    application TEXT PRIMARY KEY, payment_id BLOB NOT NULL, payee_ref BLOB NOT NULL
) WITHOUT ROWID
"""
_BATCH = 5_000


class RunIndex:
    """Answers (payment id, payee reference) of an application of one run."""

    def __init__(self, journal: Journal, evidence: Path, run: str) -> None:
        path = evidence / lines_path(TreeKind.RUN, run)
        if not path.is_file():
            raise NothingToPrepare(
                f"证据中没有批次 {run} 的明细; expected its lines in the evidence, got none"
            )
        self._journal = journal
        journal.scratch(_TABLE)
        tree = SumTreeBuilder()
        with journal.transaction() as connection:
            connection.execute("DELETE FROM run_lines")
            lines = read_lines(path)
            while part := list(islice(lines, _BATCH)):
                for line in part:
                    tree.add(line.line())
                connection.executemany(
                    "INSERT OR IGNORE INTO run_lines VALUES (?, ?, ?)", _keys(part)
                )
        _require_prepared(evidence, run, tree.finish(TreeKind.RUN).root)

    def find(self, application: str) -> tuple[bytes, bytes] | None:
        """(payment id, payee reference), or None for an application that is not in the run."""
        found = self._journal.row(
            "SELECT payment_id, payee_ref FROM run_lines WHERE application = ?", application
        )
        return (found[0], found[1]) if found else None


def _keys(lines: list[EvidenceLine]) -> Iterator[tuple[str, bytes, bytes]]:
    for line in lines:
        fields: dict[str, Any] = orjson.loads(line.record)["fields"]
        yield fields["application"], line.payment_id, bytes.fromhex(fields["payee_ref"])


def _require_prepared(evidence: Path, run: str, root: bytes) -> None:
    prepared = find_statement(evidence, Prepare, lambda statement: statement.run == run)
    if prepared is not None and prepared.root != root:
        raise RunMismatch(
            f"批次 {run} 的明细与已编制的不符: expected root {prepared.root.hex()}, "
            f"computed {root.hex()}"
        )
