"""(8) Settlement against bank files: every batch line is one line of its run, answered once.

An amount that the bank reports differently is rule F20; here a line must be where it belongs: lines
that disputes hold or have struck are answered by no bank, and what is to be recovered was credited.
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
           ANTI JOIN prepared_lines l ON l.run = b.batch_run AND l.payment_id = b.payment_id
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
           LEFT JOIN prepared_lines o ON o.payee_ref = l.payee_ref AND o.programme = l.programme
               AND o.element = l.element AND o.period = l.period AND o.attempt = l.attempt - 1
           LEFT JOIN bank_lines b ON b.batch = l.reissue_of AND b.payment_id = o.payment_id
               AND b.batch_run = o.run
           WHERE l.reissue_of <> '' AND l.reissue_of NOT IN (SELECT dispute FROM disputes)
           GROUP BY ALL
           HAVING max(b.amount_fen) IS DISTINCT FROM any_value(l.amount_fen)
           ORDER BY l.run, l.line""",
    ),
    (
        "争议 {dispute} 暂扣或剔除的笔出现在回单里",
        "a line that dispute {dispute} held or struck, answered by the bank",
        """SELECT b.payment_id, b.file, b.line, b.batch, b.batch_run AS run, d.dispute,
                  'no answer' AS expected, b.outcome || ' ' || b.amount_fen AS computed
           FROM bank_lines b
           JOIN disputes d ON d.run = b.batch_run AND d.payment_id = b.payment_id AND d.is_out
           ANTI JOIN run_lines l ON l.run = b.batch_run AND l.payment_id = b.payment_id
               AND NOT d.is_held
           ORDER BY b.batch, b.line""",
    ),
    (
        "补发的笔不是所引用争议 {batch} 的那一笔,或超出准予补发的金额",
        "a reissued line that is not the one of dispute {batch}, or above what it allowed",
        """SELECT l.payment_id, l.file, l.line, l.reissue_of AS batch, l.run,
                  coalesce('<= ' || any_value(d.allowed_fen) FILTER (o.payment_id IS NOT NULL),
                           'the disputed line') AS expected,
                  any_value(l.amount_fen)::VARCHAR AS computed
           FROM run_lines l
           JOIN disputes d ON d.dispute = l.reissue_of
           LEFT JOIN entitlements o ON o.tree = 'run' AND o.subject = d.run
               AND o.payment_id = d.payment_id AND o.payee_ref = l.payee_ref
               AND o.programme = l.programme AND o.element = l.element
               AND o.period = l.period AND o.attempt = l.attempt - 1
           GROUP BY l.payment_id, l.file, l.line, l.reissue_of, l.run
           HAVING count(o.payment_id) = 0 OR any_value(l.amount_fen) > any_value(d.allowed_fen)
           ORDER BY l.run, l.line""",
    ),
    (
        "责令追回 {receivable} 的一笔没有入账,或低于追回金额",
        "what {receivable} is to recover was not credited, or less than that",
        """SELECT r.payment_id, coalesce(any_value(b.file), '-') AS file,
                  coalesce(any_value(b.line), 0) AS line, r.receivable, r.run,
                  '>= ' || r.amount_fen AS expected,
                  coalesce(max(b.amount_fen)::VARCHAR, 'not credited') AS computed
           FROM receivables r
           LEFT JOIN bank_lines b ON b.batch_run = r.run AND b.payment_id = r.payment_id
               AND b.batch_tree = 'credited'
           GROUP BY r.receivable, r.run, r.payment_id, r.amount_fen
           HAVING coalesce(max(b.amount_fen), 0) < r.amount_fen
           ORDER BY r.receivable""",
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
