"""Chapter: the auditor's tool, run as a stranger would: from chain and evidence alone.

Every call is the installed command in a process of its own; what it prints as JSON is what is
compared here.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fundtrail.evidence import LINES_SCHEMA

VERIFIED, FINDINGS = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One run of `fundtrail-audit verify`: its exit code and its JSON report."""

    code: int
    report: dict[str, Any]


def examine(network: Path, evidence: Path, as_of: date, html: Path | None = None) -> Examination:
    """Verify; with `html` the report for people is written too."""
    command = [str(Path(sys.executable).with_name("fundtrail-audit")), "verify"]
    command += ["--network", str(network), "--evidence", str(evidence)]
    command += ["--as-of", as_of.isoformat(), "--format", "json"]
    if html is not None:
        command += ["--html", str(html)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode not in (VERIFIED, FINDINGS):
        raise RuntimeError(f"fundtrail-audit exited with {ran.returncode}: {ran.stderr[-2000:]}")
    return Examination(code=ran.returncode, report=json.loads(ran.stdout))


def tampered_copy(evidence: Path, copy: Path, run: str, line: int) -> Path:
    """A copy of the evidence in which line `line` (from 1) of `run` is 1 fen higher."""
    shutil.copytree(evidence, copy)
    path = copy / "runs" / run / "lines.parquet"
    table = pq.read_table(path)
    one = pa.array([1 if i == line - 1 else 0 for i in range(table.num_rows)], pa.uint64())
    amounts = pc.add(table.column("amount_fen"), one)
    place = table.schema.get_field_index("amount_fen")
    changed = table.set_column(place, LINES_SCHEMA.field("amount_fen"), amounts)
    pq.write_table(changed.cast(LINES_SCHEMA), path, compression="zstd")
    return path
