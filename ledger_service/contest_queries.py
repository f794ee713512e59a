"""Reads of what contests money: holds, disputes, challenges and recoveries, with each act."""
# ruff: noqa: S608  # queries are put together from constants of this file; every value is bound

from collections.abc import Sequence

from sqlalchemy import Connection

from fundtrail.enums import ChallengeKind, DisputeStage, Outcome, RecoveryStage
from fundtrail.ids import code_to_bytes32
from ledger_service import queries, words
from ledger_service.errors import NotFound
from ledger_service.models import (
    Challenge,
    ChallengeDetail,
    ContestAct,
    Dispute,
    DisputeDetail,
    Hold,
    Receivable,
    RunDetail,
    Words,
)
from ledger_service.queries import Row, rows

# Each act in one shape; acts that nobody signed have no agency and no statement.
_ACTS = """
    SELECT c.act, c.outcome, c.reason, c.until, c.amount_fen, c.subject, c.block, c.log_index,
           k.time, s.transaction, s.digest AS statement,
           a.code AS agency_code, a.name AS agency_name, a.kind AS agency_kind
    FROM ({}) AS c JOIN blocks k ON k.number = c.block
    LEFT JOIN statements s ON s.digest = c.statement LEFT JOIN agencies a ON a.code = c.agency
    ORDER BY c.block, c.log_index
"""
_NONE = "NULL::smallint AS outcome, NULL::bytea AS reason, NULL::numeric AS until"
_DISPUTE_ACTS = f"""
    SELECT 'open' AS act, NULL::smallint AS outcome, reason, NULL::numeric AS until, amount_fen,
           run AS subject, block, log_index, statement, agency FROM disputes WHERE code = :key
    UNION ALL SELECT act, outcome, reason, appeal_until, amount_fen, NULL, block, log_index,
           statement, agency FROM dispute_acts WHERE dispute = :key
    UNION ALL SELECT act, {_NONE}, amount_fen, run, block, log_index, NULL, NULL
           FROM line_acts WHERE dispute = :key
"""
_CHALLENGE_ACTS = f"""
    SELECT 'prove' AS act, {_NONE}, NULL::numeric AS amount_fen, run AS subject, block, log_index,
           NULL::bytea AS statement, NULL AS agency FROM challenges WHERE id = :key
    UNION ALL SELECT act, {_NONE}, NULL, run, block, log_index, NULL, NULL
           FROM run_blocks WHERE challenge = :key
    UNION ALL SELECT 'close', NULL, reason, NULL, NULL, NULL, block, log_index, statement, agency
           FROM challenge_acts WHERE challenge = :key
"""
_RECOVERY_ACTS = f"""
    SELECT 'order' AS act, {_NONE}, amount_fen, run AS subject, block, log_index, statement,
           agency FROM receivables WHERE code = :key
    UNION ALL SELECT 'receive', {_NONE}, amount_fen, id, block, log_index, statement, agency
           FROM receipts WHERE receivable = :key
    UNION ALL SELECT 'recover', {_NONE}, amount_fen, fund, block, log_index, NULL, NULL
           FROM recoveries WHERE receivable = :key
    UNION ALL SELECT 'end', NULL, reason, NULL, NULL, NULL, block, log_index, statement, NULL
           FROM recovery_closings WHERE receivable = :key
"""
_DISPUTE = """
    SELECT d.code, d.run, d.payment_id, d.amount_fen, l.act AS line, t.outcome,
        CASE t.act WHEN 'decide' THEN 2 WHEN 'appeal' THEN 3 WHEN 'decide-appeal' THEN 4
            WHEN 'conclude' THEN 4 ELSE 1 END AS stage,
        t.appeal_until, l.time,
        EXISTS (SELECT 1 FROM line_acts WHERE dispute = d.code AND act = 'struck') AS taken_out
    FROM disputes d
    LEFT JOIN LATERAL (
        SELECT act, outcome, appeal_until FROM dispute_acts
        WHERE dispute = d.code AND act <> 'order-reissue'
        ORDER BY block DESC, log_index DESC LIMIT 1
    ) AS t ON true
    LEFT JOIN LATERAL (
        SELECT act, time FROM line_acts JOIN blocks ON number = block WHERE dispute = d.code
        ORDER BY block DESC, log_index DESC LIMIT 1
    ) AS l ON true
"""
_CHALLENGE = """
    SELECT c.id, c.run, c.kind, c.one, c.other, c.payment_id, c.submitter,
        NOT EXISTS (SELECT 1 FROM challenge_acts a WHERE a.challenge = c.id) AS open,
        ARRAY(SELECT b.run::text FROM standing_blocks b WHERE b.challenge = c.id ORDER BY b.run)
            AS blocks
    FROM challenges c
"""
_HOLD = f"""
    SELECT h.act, h.until, h.reason, h.officer, {queries.BASIS}
    FROM holds h JOIN statements s ON s.digest = h.statement JOIN blocks k ON k.number = s.block
    JOIN agencies a ON a.code = h.agency WHERE h.run = :run ORDER BY h.block, h.log_index
"""
_RECEIVABLE = """
    SELECT r.code, r.run, r.payment_id, r.amount_fen, coalesce(c.stage, 1) AS stage,
        (SELECT coalesce(sum(amount_fen), 0) FROM receipts WHERE receivable = r.code) AS received
    FROM receivables r LEFT JOIN recovery_closings c ON c.receivable = r.code
    WHERE r.cause = :cause ORDER BY r.block, r.log_index
"""


def run_detail(connection: Connection, code: str) -> RunDetail:
    """A run with who did what and what stops it. Raises NotFound."""
    run = queries.run(connection, code)
    lines = rows(connection, "SELECT held, struck FROM run_lines WHERE run = :run", run=code)
    return RunDetail(
        run=run,
        proved=queries.proved(connection, run),
        held_fen=int(lines[0]["held"]) if lines else 0,
        struck_fen=int(lines[0]["struck"]) if lines else 0,
        acts=[queries.act_of(row) for row in queries.acts(connection, code)],
        batches=queries.batches(connection, code),
        holds=[_hold(row) for row in rows(connection, _HOLD, run=code)],
        disputes=[_dispute(row) for row in disputes(connection, code)],
        challenges=[_challenge(row) for row in _challenges(connection, code)],
    )


def dispute(connection: Connection, code: str) -> DisputeDetail:
    """One dispute with each of its acts. Raises NotFound."""
    found = rows(connection, _DISPUTE + "WHERE d.code = :code", code=code)
    if not found:
        raise NotFound("dispute", code)
    return DisputeDetail(
        dispute=_dispute(found[0]),
        acts=_acts(connection, _DISPUTE_ACTS, code),
        receivables=_receivables(connection, code_to_bytes32(code)),
    )


def challenge(connection: Connection, id: bytes) -> ChallengeDetail:
    """One challenge with each of its acts. Raises NotFound."""
    found = rows(connection, _CHALLENGE + "WHERE c.id = :id", id=id)
    if not found:
        raise NotFound("challenge", id.hex())
    return ChallengeDetail(
        challenge=_challenge(found[0]),
        submitter=found[0]["submitter"],
        acts=_acts(connection, _CHALLENGE_ACTS, id),
        receivables=_receivables(connection, id),
    )


def disputes(connection: Connection, run: str) -> Sequence[Row]:
    """The disputes about lines of a run, in chain order."""
    query = _DISPUTE + "WHERE d.run = :run ORDER BY d.block, d.log_index"
    return rows(connection, query, run=run)


def standing_holds(connection: Connection, run: str, now: int) -> Sequence[Row]:
    """The holds of a run whose last second has not passed at `now`, the longest first."""
    query = (
        "SELECT until FROM standing_holds WHERE run = :run AND (until = 0 OR until >= :now) "
        "ORDER BY until = 0 DESC, until DESC"
    )
    return rows(connection, query, run=run, now=now)


def standing_blocks(connection: Connection, run: str) -> Sequence[Row]:
    """The challenges that keep a run from its release."""
    query = "SELECT challenge FROM standing_blocks WHERE run = :run"
    return rows(connection, query, run=run)


def _challenges(connection: Connection, run: str) -> Sequence[Row]:
    query = _CHALLENGE + (
        "WHERE c.run = :run OR c.id IN (SELECT challenge FROM run_blocks WHERE run = :run) "
        "OR (c.kind = 1 AND (c.one = :run OR c.other = :run)) ORDER BY c.block, c.log_index"
    )
    return rows(connection, query, run=run)


def _receivables(connection: Connection, cause: bytes) -> list[Receivable]:
    return [
        Receivable(
            code=row["code"],
            run=row["run"],
            payment_id=row["payment_id"],
            amount_fen=row["amount_fen"],
            received_fen=row["received"],
            stage=_named(RecoveryStage(row["stage"])),
            acts=_acts(connection, _RECOVERY_ACTS, row["code"]),
        )
        for row in rows(connection, _RECEIVABLE, cause=cause)
    ]


def _acts(connection: Connection, query: str, key: str | bytes) -> list[ContestAct]:
    own = ("reason", "amount_fen", "subject", "block", "log_index", "time", "transaction")
    return [
        ContestAct(
            **{name: row[name] for name in own},
            act=words.CONTEST_ACTS[row["act"]],
            agency=queries.agency(row) if row["agency_code"] else None,
            outcome=_named(Outcome(row["outcome"])) if row["outcome"] else None,
            until=row["until"],
            statement=row["statement"],
        )
        for row in rows(connection, _ACTS.format(query), key=key)
    ]


def _hold(row: Row) -> Hold:
    return Hold(
        act=words.ACTS[row["act"]],
        until=row["until"] or None,
        reason=row["reason"],
        officer=row["officer"],
        agency=queries.agency(row),
        basis=queries.basis(row),
    )


def _dispute(row: Row) -> Dispute:
    return Dispute(
        code=row["code"],
        run=row["run"],
        payment_id=row["payment_id"],
        amount_fen=row["amount_fen"],
        stage=_named(DisputeStage(row["stage"])),
        outcome=_named(Outcome(row["outcome"])) if row["outcome"] else None,
        line=words.LINES[row["line"]],
    )


def _challenge(row: Row) -> Challenge:
    own = ("id", "run", "one", "other", "payment_id", "open", "blocks")
    kind = _named(ChallengeKind(row["kind"]))
    return Challenge(**{name: row[name] for name in own}, kind=kind)


def _named(member: ChallengeKind | DisputeStage | Outcome | RecoveryStage) -> Words:
    return Words(zh=member.zh, en=member.en)
