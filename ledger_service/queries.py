"""Reads: plain SELECTs, each one answered with models. Nothing here writes or knows HTTP."""
# ruff: noqa: S608  # queries are put together from constants of this file; every value is bound

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from fundtrail.enums import AgencyKind, Stage
from fundtrail.money import yuan
from fundtrail.signed_statements import RecordedStatement, recorded_from_line
from fundtrail.sum_tree import TreeKind
from ledger_service import words
from ledger_service.errors import NotFound
from ledger_service.models import (
    Act,
    Agency,
    Basis,
    Batch,
    Conservation,
    Fund,
    FundDetail,
    Page,
    Run,
    Takeback,
    Transfer,
    Words,
)
from ledger_service.paging import cursor_of

Row = RowMapping

_TERMS = ("granted_fen", "recovered_fen", "passed_on_fen", "committed_fen", "paid_fen")
_TERMS_ALL = (*_TERMS, "available_fen")

_FUND = """
    SELECT f.code, f.programme, f.year, f.parent, b.granted_fen, b.recovered_fen, b.passed_on_fen,
           b.committed_fen, b.paid_fen, b.available_fen, b.held_fen,
           EXISTS (SELECT 1 FROM takebacks t WHERE t.fund = f.code AND t.closes) AS closed,
           a.code AS agency_code, a.name AS agency_name, a.kind AS agency_kind
    FROM funds f JOIN balances b ON b.fund = f.code JOIN agencies a ON a.code = f.agency
"""
BASIS = """
    s.block, s.log_index, k.time, s.transaction, s.digest AS statement, s.document, s.evidence,
    s.signed_at,
    a.code AS agency_code, a.name AS agency_name, a.kind AS agency_kind
"""
_TRANSFER = f"""
    SELECT t.id, t.parent, t.fund, t.amount_fen, {BASIS}
    FROM transfers t JOIN statements s ON s.digest = t.statement JOIN blocks k ON k.number = s.block
    JOIN officers o ON o.key = s.signers[1] JOIN agencies a ON a.code = o.agency
"""
_TAKEBACK = f"""
    SELECT t.id, t.fund, t.parent, t.amount_fen, t.closes, {BASIS}
    FROM takebacks t JOIN statements s ON s.digest = t.statement JOIN blocks k ON k.number = s.block
    JOIN officers o ON o.key = s.signers[1] JOIN agencies a ON a.code = o.agency
"""
_RUN = """
    SELECT r.code, r.fund, f.programme, r.period, r.notice, r.reissue_of, g.stage, r.root,
           r.total_fen, r.count
    FROM runs r JOIN funds f ON f.code = r.fund JOIN run_stages g ON g.run = r.code
"""
_ACT = f"""
    SELECT c.run, c.act, c.stage, c.officer, c.bank, c.batch, {BASIS}
    FROM run_acts c JOIN statements s ON s.digest = c.statement
    JOIN blocks k ON k.number = s.block
    JOIN officers o ON o.key = c.officer JOIN agencies a ON a.code = o.agency
"""
_NOTICE = f"""
    SELECT n.code, n.programme, n.period, n.total_fen, n.opens_at, n.closes_at, {BASIS}
    FROM notices n JOIN statements s ON s.digest = n.statement
    JOIN blocks k ON k.number = s.block JOIN agencies a ON a.code = n.agency
"""
# Every place of a payment in a tree that the chain holds now.
_PLACE = """
    SELECT t.id AS tree, t.kind, t.subject, t.root, t.count, l.position, l.payment_id,
           l.amount_fen, l.record, l.duty
    FROM lines l JOIN trees t ON t.id = l.tree
    WHERE (t.kind, t.subject, t.root) IN (
        SELECT 4::smallint, code, root FROM notices
        UNION ALL SELECT 1, code, root FROM runs
        UNION ALL SELECT kind, code, root FROM batches
    )
"""


def rows(connection: Connection, query: str, **values: Any) -> Sequence[Row]:
    """All rows of a SELECT with bound values."""
    return connection.execute(text(query), values).mappings().all()


def funds(connection: Connection, *, after: str, limit: int) -> Page[Fund]:
    """Funds by code."""
    found = rows(
        connection,
        _FUND + "WHERE f.code > :after ORDER BY f.code LIMIT :limit",
        after=after,
        limit=limit + 1,
    )
    return _page([_fund(row) for row in found], limit)


def fund(connection: Connection, code: str) -> FundDetail:
    """One fund. Raises NotFound."""
    found = rows(connection, _FUND + "WHERE f.code = :code", code=code)
    if not found:
        raise NotFound("fund", code)
    children = rows(connection, _FUND + "WHERE f.parent = :code ORDER BY f.code", code=code)
    return FundDetail(
        fund=_fund(found[0]),
        children=[_fund(row) for row in children],
        transfers=transfers(connection, code),
        takebacks=takebacks(connection, code),
    )


def transfers(connection: Connection, code: str) -> list[Transfer]:
    """What came into a fund, in chain order."""
    query = _TRANSFER + "WHERE t.fund = :code ORDER BY t.block, t.log_index"
    return [_transfer(row) for row in rows(connection, query, code=code)]


def takebacks(connection: Connection, code: str) -> list[Takeback]:
    """What went back up from a fund, in chain order."""
    query = _TAKEBACK + "WHERE t.fund = :code ORDER BY t.block, t.log_index"
    names = ("id", "fund", "parent", "amount_fen", "closes")
    return [
        Takeback(**{name: row[name] for name in names}, agency=agency(row), basis=basis(row))
        for row in rows(connection, query, code=code)
    ]


def way_down(connection: Connection, code: str) -> list[str]:
    """The funds from the appropriation down to `code`."""
    query = """
        WITH RECURSIVE up (code, parent, level) AS (
            SELECT code, parent, 0 FROM funds WHERE code = :code
            UNION ALL SELECT f.code, f.parent, level + 1 FROM funds f JOIN up ON f.code = up.parent
        ) SELECT code FROM up ORDER BY level DESC
    """
    return [row["code"] for row in rows(connection, query, code=code)]


def runs(
    connection: Connection,
    *,
    fund: str | None,
    stage: Stage | None,
    period: str | None,
    after: str,
    limit: int,
) -> Page[Run]:
    """Runs by code, of one fund, stage or period where asked."""
    query = _RUN + (
        "WHERE r.code > :after AND (CAST(:fund AS text) IS NULL OR r.fund = :fund) "
        "AND (CAST(:stage AS smallint) IS NULL OR g.stage = :stage) "
        "AND (CAST(:period AS text) IS NULL OR r.period = :period) ORDER BY r.code LIMIT :limit"
    )
    asked = {"fund": fund, "stage": None if stage is None else int(stage), "period": period}
    found = rows(connection, query, after=after, limit=limit + 1, **asked)
    return _page([_run(row) for row in found], limit)


def run(connection: Connection, code: str) -> Run:
    """One run. Raises NotFound."""
    found = rows(connection, _RUN + "WHERE r.code = :code", code=code)
    if not found:
        raise NotFound("run", code)
    return _run(found[0])


def proved(connection: Connection, run: Run) -> bool:
    """Whether the lines of a run are loaded and lead to its root."""
    query = "SELECT 1 FROM trees WHERE kind = 1 AND subject = :code AND root = :root"
    return bool(rows(connection, query, code=run.code, root=run.root))


def batches(connection: Connection, run: str) -> list[Batch]:
    """What the bank reported of a run, in chain order; not lines that disputes let be reissued."""
    query = (
        "SELECT code, kind, root, total_fen, count FROM batches "
        "WHERE run = :run AND root IS NOT NULL ORDER BY block, log_index"
    )
    return [_batch(row) for row in rows(connection, query, run=run)]


def acts(connection: Connection, run: str) -> Sequence[Row]:
    """The acts on a run in chain order."""
    query = _ACT + "WHERE c.run = :run ORDER BY c.block, c.log_index"
    return rows(connection, query, run=run)


def notice(connection: Connection, code: str) -> Row:
    """One notice. Raises NotFound."""
    found = rows(connection, _NOTICE + "WHERE n.code = :code", code=code)
    if not found:
        raise NotFound("notice", code)
    return found[0]


def places(connection: Connection, payment_id: bytes) -> Sequence[Row]:
    """Where a payment stands: rosters, runs and batches of the chain."""
    query = _PLACE + "AND l.payment_id = :id ORDER BY t.kind, t.subject"
    return rows(connection, query, id=payment_id)


def attempts(connection: Connection, duty: bytes) -> Sequence[Row]:
    """Every run line of one duty: the first payment and its reissues."""
    query = _PLACE + "AND l.duty = :duty AND t.kind = 1 ORDER BY t.subject"
    return rows(connection, query, duty=duty)


def roster_place(connection: Connection, notice: str, duty: bytes) -> Sequence[Row]:
    """The line of a duty on a notice's roster."""
    query = _PLACE + "AND l.duty = :duty AND t.kind = 4 AND t.subject = :notice"
    return rows(connection, query, duty=duty, notice=notice)


def proved_first_runs(connection: Connection, notice: str) -> Sequence[Row]:
    """Runs on a notice that are no reissues, still stand, and whose lines are all known."""
    query = """
        SELECT r.code FROM runs r JOIN run_stages g ON g.run = r.code
        JOIN trees t ON (t.kind, t.subject, t.root) = (1, r.code, r.root)
        WHERE r.notice = :notice AND r.reissue_of IS NULL AND g.stage NOT IN (6, 7)
    """
    return rows(connection, query, notice=notice)


def tree_lines(connection: Connection, tree: int) -> Sequence[Row]:
    """All lines of one tree, for its proofs."""
    query = (
        "SELECT payment_id, amount_fen, record_digest FROM lines WHERE tree = :tree "
        "ORDER BY position"
    )
    return rows(connection, query, tree=tree)


def roster_lines(connection: Connection, notice: str) -> Sequence[Row]:
    """The lines of a notice's roster, empty while they are not loaded."""
    return rows(
        connection,
        _PLACE + "AND t.kind = 4 AND t.subject = :notice ORDER BY l.position",
        notice=notice,
    )


def receipt_statements(connection: Connection, run: str) -> list[RecordedStatement]:
    """Governance and the statements on one run, its notice and its batches, in chain order."""
    query = """
        SELECT s.line FROM statements s WHERE s.line IS NOT NULL AND (
            s.contract = 'Registry'
            OR s.digest IN (SELECT statement FROM run_acts WHERE run = :run)
            OR s.digest IN (SELECT n.statement FROM notices n JOIN runs r ON r.notice = n.code
                            WHERE r.code = :run)
        ) ORDER BY s.block, s.log_index
    """
    return [recorded_from_line(row["line"]) for row in rows(connection, query, run=run)]


def agency(row: Row) -> Agency:
    """The agency of a row that carries agency_code, agency_name and agency_kind."""
    kind = AgencyKind(row["agency_kind"])
    return Agency(
        code=row["agency_code"], name=row["agency_name"], kind=Words(zh=kind.zh, en=kind.en)
    )


def basis(row: Row) -> Basis:
    """Where the statement of a row stands and what it rests on."""
    return Basis(**{name: row[name] for name in Basis.model_fields})


def _page(items: list[Any], limit: int) -> Page[Any]:
    more = len(items) > limit
    return Page(items=items[:limit], next=cursor_of(items[limit - 1].code) if more else None)


def _fund(row: Row) -> Fund:
    return Fund(
        code=row["code"],
        programme=row["programme"],
        year=row["year"],
        agency=agency(row),
        parent=row["parent"],
        closed=row["closed"],
        conservation=_conservation(row),
    )


def _conservation(row: Row) -> Conservation:
    terms = {name: int(row[name]) for name in _TERMS_ALL}
    held_fen = int(row["held_fen"])
    zh = "下达 {} + 追回 {} = 转拨 {} + 已审批 {} + 已支付 {} + 可用 {}(元)"
    en = "granted {} + recovered {} = passed on {} + committed {} + paid {} + available {} (yuan)"
    amounts = [yuan(amount) for amount in terms.values()]
    line = Words(zh=zh.format(*amounts), en=en.format(*amounts))
    if held_fen:
        line = Words(
            zh=f"{line.zh};已审批中暂停 {yuan(held_fen)} 元",
            en=f"{line.en}; of what is committed, {yuan(held_fen)} is held",
        )
    return Conservation(**terms, held_fen=held_fen, line=line)


def _transfer(row: Row) -> Transfer:
    own = {name: row[name] for name in ("id", "parent", "fund", "amount_fen")}
    return Transfer(**own, agency=agency(row), basis=basis(row))


def _run(row: Row) -> Run:
    stage = Stage(row["stage"])
    return Run(**{**row, "stage": Words(zh=stage.zh, en=stage.en)})


def act_of(row: Row) -> Act:
    """The act of a row of `acts`."""
    return Act(
        act=words.ACTS[row["act"]],
        officer=row["officer"],
        agency=agency(row),
        bank=row["bank"],
        batch=row["batch"],
        basis=basis(row),
    )


def _batch(row: Row) -> Batch:
    kind = words.BATCHES[TreeKind(row["kind"])]
    return Batch(**{**row, "kind": kind})
