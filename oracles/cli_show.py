"""How the commands show their answers: tables for people, JSON for programs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from fundtrail.money import yuan
from oracles.acts import Recorded
from oracles.cli_options import Format
from oracles.draft import Draft
from oracles.intake import Progress
from oracles.oracle import Ingested
from oracles.quarantine import QuarantineEntry
from oracles.statement_words import TITLES, subject_of


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A bar on standard error while rows are read."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda rows, total: bar.update(task, completed=rows, total=total)


def ingested(taken: Ingested, format: Format) -> None:
    """What became of a file, and its quarantine."""
    if format is Format.JSON:
        entries = [entry.to_json() for entry in taken.quarantine]
        return _json(
            {
                "source": taken.source,
                "file": taken.name,
                "rows": taken.rows,
                "quarantined": taken.quarantined,
                "refused": taken.refused,
                "already": taken.already,
                "entries": taken.entries,
                "quarantine": entries,
            }
        )
    if taken.refused:
        _say(f"{taken.name}: 整份文件未接收 the whole file was refused")
    else:
        again = "(此前已接收 already ingested)" if taken.already else ""
        _say(
            f"{taken.name}: {taken.rows} 行 rows, 隔离 quarantined {taken.quarantined}, "
            f"数据流新增 feed entries {taken.entries} {again}".rstrip()
        )
    if taken.quarantine:
        quarantine(taken.quarantine, format)
    return None


def quarantine(entries: Sequence[QuarantineEntry], format: Format) -> None:
    """Where it stands, why, what to do."""
    if format is Format.JSON:
        return _json([entry.to_json() for entry in entries])
    _say(f"隔离区 quarantine: {len(entries)}")
    for entry in entries:
        seen = " · ".join(part for part in (entry.place, entry.column, entry.shape) if part)
        _say(f"  {seen} [{entry.rule}]")
        _say(f"    {entry.message_zh}。{entry.message_en}")
        if entry.detail and not entry.shape:
            _say(f"    {entry.detail}")
        _say(f"    → {entry.todo_zh}。{entry.todo_en}")
    return None


def drafts(made: Sequence[Draft], format: Format) -> None:
    """Where the statement files lie."""
    if format is Format.JSON:
        return _json([_draft(draft) for draft in made])
    table = _table("发件箱 outbox", "声明 statement", "对象 subject", "签名 signed", "文件 file")
    for draft in made:
        name = TITLES[draft.statement.type_name()]
        signed = str(len(draft.signatures))
        table.add_row(name, subject_of(draft.statement), signed, _short(draft.path))
    return _print(table)


def words(rows: Sequence[tuple[str, str]], format: Format) -> None:
    """A statement in words, before it is signed; on standard error where JSON follows."""
    table = Table(show_header=False, title="请逐项核对 read every line")
    for name, value in rows:
        table.add_row(name, value)
    Console(stderr=format is Format.JSON).print(table)


def signed(draft: Draft, address: str, rows: Sequence[tuple[str, str]], format: Format) -> None:
    """Who has signed now."""
    if format is Format.JSON:
        return _json({**_draft(draft), "signer": address, "words": dict(rows)})
    count = len(draft.signatures)
    return _say(f"已签名 signed by {address} · {_short(draft.path)} · 签名数 signatures {count}")


def made(folder: Path, addresses: Mapping[str, str], format: Format) -> None:
    """Where a new oracle is, and the addresses that the registry has to know."""
    if format is Format.JSON:
        return _json({"folder": _short(folder), **addresses})
    _say(f"已建 made {_short(folder)}")
    return _say(
        f"请登记经办人 have this officer seated (ORACLE): {addresses['officer']}\n"
        f"中继地址 relayer: {addresses['relayer']}"
    )


def recorded(acts: Sequence[Recorded], format: Format) -> None:
    """Statements with block and transaction."""
    if format is Format.JSON:
        return _json(
            [
                {
                    "type": act.type_name,
                    "subject": act.subject,
                    "block": act.block,
                    "transaction": "0x" + act.transaction.hex(),
                    "statement": "0x" + act.digest.hex(),
                }
                for act in acts
            ]
        )
    if not acts:
        return _say("没有需要提交的 nothing to record")
    table = _table(
        "已上链 recorded", "声明 statement", "对象 subject", "区块 block", "交易 transaction"
    )
    for act in acts:
        hash_ = "0x" + act.transaction.hex()
        table.add_row(TITLES[act.type_name], act.subject, str(act.block), hash_)
    return _print(table)


def status(found: dict[str, Any], format: Format) -> None:
    """Feed, files, trees and acts."""
    if format is Format.JSON:
        return _json(found)
    feed = found["feed"]
    anchored = "未知 unknown" if feed["anchored"] is None else str(feed["anchored"])
    _say(
        f"{found['agency']} · {feed['origin']}: {feed['entries']} 条 entries, 已锚定 anchored "
        f"{anchored}, 隔离 quarantined {found['quarantined']}"
    )
    files = _table("文件 files", "来源 source", "文件 file", "行 rows", "隔离 quar.", "状态 state")
    for row in found["files"]:
        state = "未接收 refused" if row["refused"] else row["state"]
        files.add_row(row["source"], row["name"], str(row["rows"]), str(row["quarantined"]), state)
    trees = _table("明细 lines", "类 tree", "代码 code", "笔 lines", "金额(元) yuan", "状态 state")
    for row in found["trees"]:
        money = yuan(int(row["total_fen"]))
        trees.add_row(row["tree"], row["subject"], str(row["count"]), money, row["state"])
    acts = _table(
        "声明 statements", "类 type", "对象 subject", "状态 state", "区块 block", "原因 why"
    )
    for row in found["acts"]:
        block = "" if row["block"] is None else str(row["block"])
        acts.add_row(row["type"], row["subject"], row["state"], block, row["refusal"])
    for table in (files, trees, acts):
        if table.row_count:
            _print(table)
    return None


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "file": _short(draft.path),
        "type": draft.statement.type_name(),
        "subject": subject_of(draft.statement),
        "signatures": len(draft.signatures),
        "message": draft.statement.message(),
    }


def _short(path: Path) -> str:
    """A path as it can be typed again from here."""
    here = Path.cwd()
    return str(path.resolve().relative_to(here) if path.resolve().is_relative_to(here) else path)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(table: Table) -> None:
    Console().print(table)


def _say(text: str) -> None:
    typer.echo(text)


def _json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
