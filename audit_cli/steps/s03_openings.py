"""(3) Openings where allowed: personal values behind commitments, with keys the auditor was given.

A person whose key is gone was erased lawfully: that is counted, never a finding.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit_cli.case import Case, result
from audit_cli.findings import Finding, altered
from audit_cli.openings_keys import OpeningKeys
from audit_cli.steps import StepResult
from fundtrail.errors import CanonicalError, EvidenceAltered
from fundtrail.ids import sha256
from fundtrail.openings import SealedOpening, open_opening, open_source

NUMBER = 3
BATCH_ROWS = 5_000
OPENINGS_SCHEMA = pa.schema(
    [
        pa.field("payee_ref", pa.binary(32), nullable=False),
        pa.field("commitment", pa.binary(32), nullable=False),
        pa.field("group", pa.string(), nullable=False),
        pa.field("nonce", pa.binary(12), nullable=False),
        pa.field("ciphertext", pa.binary(), nullable=False),
    ]
)


@dataclass(slots=True, kw_only=True)
class Opened:
    """What was opened and what was not."""

    openings: int = 0
    erased: int = 0
    closed: int = 0
    foreign: int = 0
    sources: int = 0
    sources_sealed: int = 0
    findings: list[Finding] = field(default_factory=list)


def check(case: Case) -> tuple[StepResult, Opened]:
    """Open what the keys open; count the rest for step 11."""
    opened = Opened()
    for named in case.named:
        found = case.found.get(named.path)
        if found is None or found.sha256 != named.sha256:
            continue
        if named.record.kind == "file":
            opened.findings += _open_file(case.evidence, named.path, case.request.keys, opened)
        elif named.record.kind == "source" and named.fields["sealed"]:
            _open_source(case, named.path, named.record.file_sha256, opened)
    return result(NUMBER, opened.openings + opened.sources, opened.findings), opened


def _open_file(
    evidence: Path, path: str, keys: OpeningKeys | None, opened: Opened
) -> list[Finding]:
    try:
        file = pq.ParquetFile(evidence / path)
        if not file.schema_arrow.equals(OPENINGS_SCHEMA):
            raise EvidenceAltered(f"expected the columns {OPENINGS_SCHEMA.names}")
        if keys is None:
            opened.closed += file.metadata.num_rows
            return []
        return _open_rows(path, file, keys, opened)
    except (pa.ArrowException, OSError, EvidenceAltered) as error:
        found = altered("S03", path, "不是可读的打开文件", "not a readable openings file",
                        expected="format.md §7", computed=str(error))  # fmt: skip
        return [found]


def _open_rows(path: str, file: pq.ParquetFile, keys: OpeningKeys, opened: Opened) -> list[Finding]:
    """Open each row. Where not one opens, the keys are of another system, and nothing is said."""
    line = count = 0
    failed: list[Finding] = []
    for batch in file.iter_batches(batch_size=BATCH_ROWS):
        for row in batch.to_pylist():
            line += 1
            sealed = SealedOpening(**row)
            held = keys.persons.get(sealed.payee_ref)
            if held is None:
                opened.erased += 1
            elif (fault := _fault(sealed, held)) is None:
                count += 1
            else:
                failed.append(_not_opened(path, line, sealed, fault))
    opened.openings += count
    if count == 0:
        opened.foreign += len(failed)
        return []
    return failed


def _fault(sealed: SealedOpening, keys: tuple[bytes, ...]) -> str | None:
    """None where one of `keys` opens the row to what was committed to, else what the last said."""
    fault = ""
    for key in keys:
        try:
            open_opening(sealed, key)
        except (EvidenceAltered, CanonicalError, KeyError, ValueError, TypeError) as error:
            fault = str(error)
        else:
            return None
    return fault


def _not_opened(path: str, line: int, sealed: SealedOpening, fault: str) -> Finding:
    return altered("S03", path, "打开的值与承诺不符", "the value is not the one committed to",
                   expected=sealed.commitment.hex(), computed=fault, line=line)  # fmt: skip


def _open_source(case: Case, path: str, raw_sha256: str, opened: Opened) -> None:
    keys = case.request.keys
    if keys is not None:
        try:
            digest = bytes.fromhex(raw_sha256)
            raw = open_source(keys.agency, (case.evidence / path).read_bytes(), digest)
            if sha256(raw) == digest:
                opened.sources += 1
                return
        except EvidenceAltered:
            pass  # its digest is right, so it was sealed under another agency's key
    opened.sources_sealed += 1
