"""(8) Settlement against bank files: every batch line is one line of its run, answered once.

An amount that the bank reports differently is rule F20; here a line must be where it belongs.
"""

from collections.abc import Iterator
from typing import Any

from audit_cli.case import result
from audit_cli.findings import Finding, Severity
from audit_cli.steps import StepResult
from audit_cli.tables import Row, Tables

NUMBER = 8

_CHECKS = (
    (
        "回单中的笔不在批次 {run} 里",
        "a bank line that is not in run {run}",
        """SELECT b.payment_id, b.file, b.line, b.batch, b.batch_run AS run,
                  'a line of the run' AS expected, 'absent' AS computed
           FROM bank_lines b
           ANTI JOIN run_lines l ON l.run = b.batch_run AND l.payment_id = b.payment_id
           ORDER BY b.batch, b.line""",
    ),
    (
        "同一笔在批次 {run} 的回单中出现多次",
        "one line of run {run} answered more than once",
        """SELECT payment_id, min_by(file, (batch, line)) AS file,
                  min_by(line, (batch, line)) AS line, batch_run AS run, 'once' AS expected,
                  string_agg(outcome || ' ' || batch || ':' || line, ', '
                             ORDER BY batch, line) AS computed
           FROM bank_lines GROUP BY payment_id, batch_run HAVING count(*) > 1
           ORDER BY run, file, line""",
    ),
    (
        "回单记录与所在批次不一致",
        "a bank record that is not of its batch",
        """SELECT b.payment_id, b.file, b.line, b.batch, b.batch_run AS run,
                  b.batch_tree || ' ' || b.batch_run || ' ' || r.bank AS expected,
                  b.outcome || ' ' || b.said_run || ' ' || b.bank AS computed
           FROM bank_lines b JOIN runs r ON r.run = b.batch_run
           WHERE (b.outcome, b.said_run, b.bank) <> (b.batch_tree, b.batch_run, r.bank)
           ORDER BY b.batch, b.line""",
    ),
    (
        "补发的笔不在所引用的退票批次里,或金额不同",
        "a reissued line that did not come back in the batch it cites, or with another amount",
        """SELECT l.payment_id, l.file, l.line, l.reissue_of AS batch, l.run,
                  coalesce(max(b.amount_fen)::VARCHAR, 'a returned line') AS expected,
                  any_value(l.amount_fen)::VARCHAR AS computed
           FROM run_lines l
           LEFT JOIN run_lines o ON o.payee_ref = l.payee_ref AND o.programme = l.programme
               AND o.element = l.element AND o.period = l.period AND o.attempt = l.attempt - 1
           LEFT JOIN bank_lines b ON b.batch = l.reissue_of AND b.payment_id = o.payment_id
               AND b.batch_run = o.run
           WHERE l.reissue_of <> ''
           GROUP BY ALL
           HAVING max(b.amount_fen) IS DISTINCT FROM any_value(l.amount_fen)
           ORDER BY l.run, l.line""",
    ),
)
_TOTALS = """
SELECT r.run, r.credited_fen, r.returned_fen,
       coalesce(sum(b.amount_fen) FILTER (b.batch_tree = 'credited'), 0) AS credited_in_files,
       coalesce(sum(b.amount_fen) FILTER (b.batch_tree = 'returned'), 0) AS returned_in_files
FROM runs r LEFT JOIN bank_lines b ON b.batch_run = r.run
GROUP BY r.run, r.credited_fen, r.returned_fen
HAVING (r.credited_fen, r.returned_fen) <> (credited_in_files, returned_in_files)
ORDER BY r.run
"""


def check(tables: Tables | None) -> StepResult:
    """Ask the derived tables. `checked` counts bank lines."""
    if tables is None:
        return result(NUMBER, 0, ())
    findings = [_finding(zh, en, row) for zh, en, sql in _CHECKS for row in tables.rows(sql)]
    findings += _check_totals(tables)
    return result(NUMBER, tables.count("bank_lines"), findings)


def _check_totals(tables: Tables) -> Iterator[Finding]:
    for row in tables.rows(_TOTALS):
        values = row.values
        expected = f"credited {values['credited_fen']}, returned {values['returned_fen']}"
        got = f"credited {values['credited_in_files']}, returned {values['returned_in_files']}"
        yield Finding(
            rule="S08",
            severity=Severity.HIGH,
            subject=f"run:{row.text('run')}",
            zh=f"批次 {row.text('run')} 的回单合计与链上不符:链上 {expected},文件 {got}(分)。",
            en="bank files and chain give other totals of the run (fen).",
            evidence={"expected": expected, "computed": got},
        )


def _finding(zh: str, en: str, row: Row) -> Finding:
    values: dict[str, Any] = dict(row.values)
    payment = bytes(values.pop("payment_id")).hex()
    where = f"{values['file']}:{values['line']}"
    return Finding(
        rule="S08",
        severity=Severity.HIGH,
        subject=f"payment:{payment}",
        zh=f"{where} {zh.format(**values)}:应为 {values['expected']},实为 {values['computed']}。",
        en=f"{where}: {en.format(**values)}.",
        evidence={name: value for name, value in values.items() if value is not None},
    )
