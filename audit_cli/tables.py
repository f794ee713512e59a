"""The tables that step 8 and the rules of step 10 ask: Parquet files derived from the evidence.

Lines and entries become columns once, in a folder of the audit's own; DuckDB then streams over
them, within a memory limit. Every table keeps `file` and `line`, so that a finding can point.
What could not be read is left out here and was found before.
"""

import glob
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from audit_cli.line_files import LineOutcome
from audit_cli.replay.replay import Replayed
from audit_cli.replay.state import STOPPED, LedgerState
from fundtrail.records import KINDS
from fundtrail.sum_tree import TreeKind

MEMORY_LIMIT = "1GB"
ENTRY_SCHEMA = pa.schema(
    [
        pa.field("feed", pa.string(), nullable=False),
        pa.field("entry", pa.int64(), nullable=False),
        pa.field("record", pa.binary(), nullable=False),
    ]
)
_MONEY = "DECIMAL(38, 0)"  # whole fen: Parquet would keep a HUGEINT as a float
_SQL_TYPES = {"int": "BIGINT", "bool": "BOOLEAN", "money": _MONEY, "date": "DATE"}
_ENTITLEMENTS = (TreeKind.RUN, TreeKind.ROSTER)


class EntryTable:
    """Entries of all feeds, written while the feeds are read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "entries.parquet"
        self._writer = pq.ParquetWriter(self.path, ENTRY_SCHEMA, compression="zstd")
        self._rows: dict[str, list[Any]] = {name: [] for name in ENTRY_SCHEMA.names}

    def add(self, feed: str, first: int, entries: Sequence[bytes]) -> None:
        """Take entries that stand from place `first` on."""
        self._rows["feed"] += [feed] * len(entries)
        self._rows["entry"] += range(first, first + len(entries))
        self._rows["record"] += entries
        if len(self._rows["entry"]) >= 20_000:
            self._flush()

    def close(self) -> Path:
        """Write the rest; the path of the table."""
        self._flush()
        self._writer.close()
        return self.path

    def _flush(self) -> None:
        self._writer.write_table(pa.table(self._rows, schema=ENTRY_SCHEMA))
        self._rows = {name: [] for name in ENTRY_SCHEMA.names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One answer of a query, by column."""

    values: dict[str, Any]

    def text(self, name: str) -> str:
        """A column as text."""
        return str(self.values[name])


class Tables:
    """A DuckDB over the derived Parquet. Use as a context."""

    def __init__(self, folder: Path, *, as_of: date) -> None:
        self._folder = folder
        self.left_out: list[str] = []  # files that DuckDB could not read
        self._db = duckdb.connect(
            config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(folder / "spill")}
        )
        self._db.execute("SET enable_progress_bar = false")
        self._db.execute("SET VARIABLE as_of = CAST(? AS DATE)", [as_of.isoformat()])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._db.close()

    def build(
        self,
        *,
        evidence: Path,
        outcomes: Iterable[LineOutcome],
        entries: Path,
        replayed: Replayed,
    ) -> None:
        """Derive every table."""
        self._build_chain(replayed)
        sound = [outcome for outcome in outcomes if is_sound(outcome)]
        for kind, trees in (
            ("entitlement", _ENTITLEMENTS),
            ("bank-result", (TreeKind.CREDITED, TreeKind.RETURNED)),
        ):
            self._build_lines(evidence, kind, [o for o in sound if o.source.tree in trees])
        for kind in ("death", "voucher"):
            self._build_entries(entries, kind)
        self._build_policies(entries)
        self._db.execute(_VIEWS)

    def rows(self, sql: str) -> list[Row]:
        """The answer of a query."""
        answer = self._db.execute(sql)
        names = [column[0] for column in answer.description or ()]
        return [Row(values=dict(zip(names, row, strict=True))) for row in answer.fetchall()]

    def count(self, table: str) -> int:
        """Rows of a table."""
        return int(self.rows(f'SELECT count(*) AS n FROM "{table}"')[0].values["n"])  # noqa: S608

    def _build_chain(self, replayed: Replayed) -> None:
        state = replayed.state
        self._load(
            "runs",
            {
                "run": "VARCHAR", "fund": "VARCHAR", "agency": "VARCHAR", "notice": "VARCHAR",
                "reissue_of": "VARCHAR", "period": "VARCHAR", "bank": "VARCHAR",
                "live": "BOOLEAN", "credited_fen": _MONEY, "returned_fen": _MONEY,
            },
            [
                (
                    run.code, run.prepared.fund, run.agency, run.prepared.notice,
                    run.prepared.reissue_of, run.prepared.period, run.bank,
                    run.stage not in STOPPED,
                    run.credited_fen, run.returned_fen,
                )
                for run in state.runs.values()
            ],
        )  # fmt: skip
        self._load(
            "notices",
            {"notice": "VARCHAR", "programme": "VARCHAR", "period": "VARCHAR"},
            [(n.notice, n.programme, n.period) for n in state.notices.values()],
        )
        self._load(
            "batches",
            {"batch": "VARCHAR", "run": "VARCHAR", "kind": "INTEGER"},
            [(b.settled.batch, b.settled.run, b.settled.kind) for b in state.batches.values()],
        )
        self._build_contests(state)

    def _build_contests(self, state: LedgerState) -> None:
        """Disputed lines, and what is to be recovered. `is_out`: no bank has the line to pay."""
        self._load(
            "disputes",
            {
                "dispute": "VARCHAR", "run": "VARCHAR", "payment_id": "BLOB",
                "is_struck": "BOOLEAN", "is_held": "BOOLEAN", "is_out": "BOOLEAN",
                "allowed_fen": _MONEY,
            },
            [
                (
                    d.code, d.opened.run, d.opened.payment_id, d.struck, d.holds,
                    d.struck or d.holds, d.allowed_fen,
                )
                for d in state.disputes.values()
            ],
        )  # fmt: skip
        self._load(
            "receivables",
            {"receivable": "VARCHAR", "run": "VARCHAR", "payment_id": "BLOB", "amount_fen": _MONEY},
            [
                (r.ordered.receivable, r.ordered.run, r.ordered.payment_id, r.ordered.amount_fen)
                for r in state.receivables.values()
            ],
        )

    def _load(self, name: str, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        schema = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        self._db.execute(f"CREATE TABLE {name}_rows ({schema})")
        if rows:
            marks = ", ".join("?" * len(columns))
            self._db.executemany(f"INSERT INTO {name}_rows VALUES ({marks})", rows)  # noqa: S608
        self._keep(name, f"SELECT * FROM {name}_rows")  # noqa: S608
        self._db.execute(f"DROP TABLE {name}_rows")

    def _build_lines(self, evidence: Path, kind: str, outcomes: Sequence[LineOutcome]) -> None:
        try:
            self._derive_lines(evidence, kind, outcomes)
        except duckdb.Error:  # an altered file may be good for one reader and not for another
            readable = [o for o in outcomes if self._can_read(evidence / o.source.path)]
            self.left_out += [o.source.path for o in outcomes if o not in readable]
            self._derive_lines(evidence, kind, readable)

    def _can_read(self, path: Path) -> bool:
        try:
            self._db.execute(
                f"""
                SELECT sum(octet_length(record)), max(payment_id), max(amount_fen),
                       count(json(decode(record)))
                FROM read_parquet({_parquet_path(path)})
                """  # noqa: S608
            )
        except duckdb.Error:
            return False
        return True

    def _derive_lines(self, evidence: Path, kind: str, outcomes: Sequence[LineOutcome]) -> None:
        name = kind.replace("-", "_") + "s"
        self._load(
            "files",
            {"path": "VARCHAR", "file": "VARCHAR", "tree": "VARCHAR", "subject": "VARCHAR"},
            [
                (
                    str((evidence / o.source.path).resolve()),
                    o.source.path,
                    o.source.tree.name.lower(),
                    o.source.subject,
                )
                for o in outcomes
            ],
        )
        fields = _fields(kind, "value.fields")
        paths = ", ".join(_parquet_path(evidence / o.source.path) for o in outcomes)
        source = (
            f"read_parquet([{paths}], filename = true, file_row_number = true)"
            if paths
            else "(SELECT ''::VARCHAR AS filename, 0 AS file_row_number, ''::BLOB AS payment_id, "
            "0::UBIGINT AS amount_fen, '{}'::BLOB AS record WHERE false)"
        )
        self._keep(
            name,
            f"""
            SELECT files.tree, files.subject, files.file, raw.line, raw.payment_id,
                   raw.amount_fen, {fields}
            FROM (SELECT filename, file_row_number + 1 AS line, payment_id,
                         CAST(amount_fen AS {_MONEY}) AS amount_fen,
                         {_parsed(kind)} AS value
                  FROM {source}) AS raw
            JOIN files ON files.path = raw.filename
            """,  # noqa: S608
        )

    def _build_entries(self, entries: Path, kind: str) -> None:
        self._keep(
            kind.replace("-", "_") + "s",
            f"""
            SELECT feed, entry, {_fields(kind, "value.fields")}
            FROM (SELECT feed, entry, {_parsed(kind)} AS value
                  FROM read_parquet({_quoted(str(entries))}))
            WHERE value.kind = {_quoted(kind)}
            """,  # noqa: S608
        )

    def _build_policies(self, entries: Path) -> None:
        shape: dict[str, Any] = {name: _json_type(kind) for name, kind in KINDS["policy"].items()}
        shape["bands"] = [
            {"age_from": "BIGINT", "age_to": "BIGINT", "amount_fen": _MONEY, "band": "VARCHAR"}
        ]
        parsed = _transform({"kind": "VARCHAR", "fields": shape})
        fields = _fields("policy", "value.fields")
        self._keep(
            "policies",
            f"""
            SELECT feed, entry, {fields}
            FROM (SELECT feed, entry, {parsed} AS value
                  FROM read_parquet({_quoted(str(entries))})
                  WHERE json_extract_string(decode(record), '$.kind') = 'policy')
            """,  # noqa: S608
        )

    def _keep(self, name: str, select: str) -> None:
        """Write a table as Parquet and let its name stand for the file."""
        path = _quoted(str(self._folder / f"{name}.parquet"))
        self._db.execute(f"COPY ({select}) TO {path} (FORMAT parquet)")
        self._db.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({path})")  # noqa: S608


def is_sound(outcome: LineOutcome) -> bool:
    """Whether every record of the file can be read: the rules ask only such files."""
    return outcome.root is not None and not any(fault.step == 2 for fault in outcome.faults)


# Terms in force: the latest policy of the programme that took effect by the period's first day.
_VIEWS = """
-- Lines as prepared, of runs that were not rejected or cancelled.
CREATE VIEW prepared_lines AS
SELECT l.* EXCLUDE (tree, subject), r.run, r.notice, r.reissue_of, r.bank, r.fund,
       CAST(l.period || '-01' AS DATE) AS paid_month
FROM entitlements l JOIN runs r ON r.run = l.subject
WHERE l.tree = 'run' AND r.live;

CREATE VIEW struck AS
SELECT run, payment_id, count(*) AS times FROM disputes WHERE is_struck GROUP BY ALL;

-- Without those that disputes struck: where a payment stands twice in a run, one dispute takes one.
CREATE VIEW run_lines AS
SELECT l.* FROM prepared_lines l
ANTI JOIN struck s ON s.run = l.run AND s.payment_id = l.payment_id
UNION ALL
SELECT * EXCLUDE (place, times) FROM (
    SELECT l.*, s.times,
           row_number() OVER (PARTITION BY l.run, l.payment_id ORDER BY l.line) AS place
    FROM prepared_lines l JOIN struck s ON s.run = l.run AND s.payment_id = l.payment_id
) WHERE place > times;

CREATE VIEW roster_lines AS
SELECT l.* EXCLUDE (tree, subject), l.subject AS notice
FROM entitlements l WHERE l.tree = 'roster';

CREATE VIEW bank_lines AS
SELECT b.* EXCLUDE (tree, subject), b.subject AS batch, b.tree AS batch_tree,
       c.run AS batch_run, b.run AS said_run
FROM bank_results b JOIN batches c ON c.batch = b.subject;

CREATE VIEW terms AS
SELECT programme, period, policy.*
FROM (
    SELECT m.programme, m.period,
           arg_max({'grace_months': p.grace_months, 'return_days_max': p.return_days_max,
                    'month_of_death_payable': p.month_of_death_payable, 'bands': p.bands,
                    'source': p.source, 'effective_from': p.effective_from,
                    'policy_entry': p.feed || '#' || p.entry},
                   (p.effective_from, p.entry)) AS policy
    FROM (SELECT DISTINCT programme, period, paid_month FROM run_lines) m
    JOIN policies p ON p.programme = m.programme AND p.effective_from <= m.paid_month
    GROUP BY m.programme, m.period
);
"""


def _fields(kind: str, struct: str) -> str:
    return ", ".join(
        f'TRY_CAST({struct}."{name}" AS {_SQL_TYPES[type_]}) AS "{name}"'
        if type_ in _SQL_TYPES
        else f'{struct}."{name}" AS "{name}"'
        for name, type_ in sorted(KINDS[kind].items())
    )


def _parsed(kind: str) -> str:
    fields = {name: _json_type(type_) for name, type_ in KINDS[kind].items()}
    return _transform({"kind": "VARCHAR", "fields": fields})


def _transform(shape: dict[str, Any]) -> str:
    return f"json_transform(decode(record), {_quoted(json.dumps(shape))})"


def _json_type(kind: str) -> str:
    """Dates and money are read as text first: a wrong one becomes NULL and not an error."""
    return {"int": "BIGINT", "bool": "BOOLEAN"}.get(kind, "VARCHAR")


def _parquet_path(path: Path) -> str:
    """A path that means one file, whatever characters are in it."""
    return _quoted(glob.escape(str(path.resolve())))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
