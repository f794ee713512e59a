"""Evidence lines in PostgreSQL: rosters, runs and batches, once they lead to the chain's root.

Guarantees: a tree is kept only when kind, root, total and count of its file are those that the
chain holds; one changed byte keeps the whole file out and names it. A tree is one transaction.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from fundtrail.canonical import canonical
from fundtrail.errors import EvidenceMissing, FundtrailError, RecordError, RootMismatchError
from fundtrail.evidence import EvidenceLine, lines_path, read_lines
from fundtrail.records import Record, record_from_bytes
from fundtrail.sum_tree import SumTreeBuilder, TreeKind
from ledger_service.database import driver

_WANTED = """
SELECT tree.* FROM (
    SELECT 4::smallint AS kind, code AS subject, root, total_fen, count FROM notices
    UNION ALL SELECT 1, code, root, total_fen, count FROM runs
    UNION ALL SELECT kind, code, root, total_fen, count FROM batches
) AS tree
WHERE NOT EXISTS (
    SELECT FROM trees
    WHERE (trees.kind, trees.subject, trees.root) = (tree.kind, tree.subject, tree.root)
)
ORDER BY kind, subject
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTree:
    """A tree that the chain holds and the store does not."""

    kind: TreeKind
    subject: str
    root: bytes
    total_fen: int
    count: int

    @property
    def path(self) -> str:
        """Its file, relative to the evidence folder."""
        return lines_path(self.kind, self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadResult:
    """What became of one wanted tree: loaded, or the reason why not."""

    tree: WantedTree
    lines: int
    problem: str


class EvidenceStore:
    """Loads from one evidence folder. A file that was refused is tried again when it changes."""

    def __init__(self, engine: Engine, evidence: Path) -> None:
        self._engine, self._evidence = engine, evidence
        self._refused: dict[str, tuple[int, int]] = {}

    def load(self) -> Iterator[LoadResult]:
        """Load what is wanted and there. Files that are not there yet are passed over."""
        for tree in self.wanted():
            path = self._evidence / tree.path
            try:
                state = path.stat()
            except OSError:
                continue
            mark = (state.st_mtime_ns, state.st_size)
            if self._refused.get(tree.path) == mark:
                continue
            try:
                lines = self._load(tree, path)
            except EvidenceMissing:
                continue
            except FundtrailError as error:
                self._refused[tree.path] = mark
                yield LoadResult(tree=tree, lines=0, problem=f"{tree.path}: {error}")
            else:
                yield LoadResult(tree=tree, lines=lines, problem="")

    def wanted(self) -> list[WantedTree]:
        """Trees of the chain whose lines are not kept yet."""
        with self._engine.connect() as connection:
            return [
                WantedTree(
                    kind=TreeKind(row["kind"]),
                    subject=row["subject"],
                    root=row["root"],
                    total_fen=int(row["total_fen"]),
                    count=int(row["count"]),
                )
                for row in connection.execute(text(_WANTED)).mappings()
            ]

    def _load(self, tree: WantedTree, path: Path) -> int:
        builder = SumTreeBuilder()
        with self._engine.begin() as connection:
            number = _new_tree(connection, tree)
            if number is None:
                return 0  # another process has just loaded it
            columns = "tree, position, payment_id, amount_fen, record_digest, duty, record"
            with driver(connection).cursor().copy(f"COPY lines ({columns}) FROM STDIN") as copy:
                for position, item in enumerate(read_lines(path)):
                    line = item.line()
                    builder.add(line)
                    fixed = (line.payment_id, line.amount_fen, line.record_digest)
                    copy.write_row((number, position, *fixed, _duty(tree, item), item.record))
            root = builder.finish(tree.kind)
            if root.root != tree.root:
                raise RootMismatchError(expected=tree.root, computed=root.root)
        return root.count


def duty_digest(record: Record) -> bytes:
    """Equal for every attempt at one duty, and meaningless without the pseudonym in it."""
    if record.kind != "entitlement":
        raise RecordError(f"expected an entitlement, got {record.kind}")
    names = ("element", "payee_ref", "period", "programme")
    return hashlib.sha256(canonical({name: record.fields[name] for name in names})).digest()


def _duty(tree: WantedTree, item: EvidenceLine) -> bytes | None:
    record = record_from_bytes(item.record)
    if tree.kind not in (TreeKind.RUN, TreeKind.ROSTER):
        return None
    return duty_digest(record)


def _new_tree(connection: Connection, tree: WantedTree) -> int | None:
    made: int | None = connection.execute(
        text(
            "INSERT INTO trees (kind, subject, root, total_fen, count) "
            "VALUES (:kind, :subject, :root, :total_fen, :count) "
            "ON CONFLICT DO NOTHING RETURNING id"
        ),
        {
            "kind": int(tree.kind),
            "subject": tree.subject,
            "root": tree.root,
            "total_fen": tree.total_fen,
            "count": tree.count,
        },
    ).scalar()
    return made
