"""fundtrail-oracle prepare …: statements into the outbox, from what journal and evidence hold."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fundtrail.ids import ZERO32, digest_from_hex
from oracles import cli_show
from oracles.cli_options import (
    Again,
    Document,
    Folder,
    Format,
    OutputFormat,
    Passphrase,
    opened,
    pairs,
)
from oracles.field_value import seconds
from oracles.prepare import NOTICE_DAYS

app = typer.Typer(
    help="起草声明,放进发件箱 draft statements into the outbox",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Run = Annotated[str, typer.Argument(help="批次代码 code of the run")]
Fund = Annotated[str, typer.Option(help="资金代码 fund that pays")]
DocumentNeeded = Annotated[str, typer.Option(help="文号 document number the act rests on")]


class Outcome(StrEnum):
    """Which of the bank's lines."""

    CREDITED = "credited"
    RETURNED = "returned"
    ALL = "all"


@app.command()
def notice(
    notice: Annotated[str, typer.Argument(help="公示代码 code of the notice")],
    document: DocumentNeeded,
    opens: Annotated[
        str, typer.Option(help="开始时间,默认一小时后 opening, in an hour by default")
    ] = "",
    days: Annotated[int, typer.Option(help="公示天数 days shown")] = NOTICE_DAYS,
    folder: Folder = Path(),
    again: Again = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """公示名册 PublishNotice over a roster."""
    with opened(folder, passphrase) as oracle:
        opens_at = seconds(opens) if opens else None
        draft = oracle.prepare.notice(
            notice, document=document, opens_at=opens_at, days=days, again=again
        )
        cli_show.drafts([draft], format)


@app.command()
def run(
    run: Run,
    fund: Fund,
    document: DocumentNeeded,
    notice: Annotated[str, typer.Option(help="公示代码 notice that the run rests on")] = "",
    folder: Folder = Path(),
    again: Again = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """发放批次 Prepare over a run's lines."""
    with opened(folder, passphrase) as oracle:
        draft = oracle.prepare.run(run, fund=fund, notice=notice, document=document, again=again)
        cli_show.drafts([draft], format)


@app.command()
def reissue(
    run: Run,
    fund: Fund,
    of: Annotated[str, typer.Option(help="被退票的银行批次 returned batch that is paid again")],
    document: DocumentNeeded,
    notice: Annotated[str, typer.Option(help="公示代码 notice of the first run")] = "",
    folder: Folder = Path(),
    again: Again = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """补发批次 Prepare over what came back."""
    with opened(folder, passphrase) as oracle:
        draft = oracle.prepare.run(
            run, fund=fund, notice=notice, reissue_of=of, document=document, again=again
        )
        cli_show.drafts([draft], format)


@app.command()
def review(
    run: Run,
    document: DocumentNeeded,
    folder: Folder = Path(),
    again: Again = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """复核,先重算明细 Review, after the lines were counted again."""
    with opened(folder, passphrase) as oracle:
        draft = oracle.prepare.review(run, document=document, again=again)
        cli_show.drafts([draft], format)


@app.command()
def approve(
    run: Run,
    document: DocumentNeeded,
    seat: Annotated[int, typer.Option(min=1, help="第几位审批人 which approver")] = 1,
    folder: Folder = Path(),
    again: Again = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """审批,每位审批人一份 Approve, one for each approver."""
    with opened(folder, passphrase) as oracle:
        draft = oracle.prepare.approve(run, document=document, seat=seat, again=again)
        cli_show.drafts([draft], format)


@app.command()
def release(
    run: Run,
    document: Document = "",
    folder: Folder = Path(),
    again: Again = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """拨付,凭国库支付凭证 Release by the run's voucher."""
    with opened(folder, passphrase) as oracle:
        draft = oracle.prepare.release(run, document=document, again=again)
        cli_show.drafts([draft], format)


@app.command()
def batch(
    run: Run,
    document: DocumentNeeded,
    outcome: Annotated[Outcome, typer.Option(help="入账或退票 which lines")] = Outcome.ALL,
    folder: Folder = Path(),
    again: Again = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """银行结果 Settle over credited and returned lines."""
    with opened(folder, passphrase) as oracle:
        outcomes = oracle.prepare.batches(run) if outcome is Outcome.ALL else (outcome.value,)
        drafts = [
            oracle.prepare.batch(run, name, document=document, again=again) for name in outcomes
        ]
        cli_show.drafts(drafts, format)


@app.command("open-feed")
def open_feed(
    document: Document = "",
    folder: Folder = Path(),
    again: Again = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """开立数据流 OpenFeed."""
    with opened(folder, passphrase) as oracle:
        cli_show.drafts([oracle.prepare.open_feed(document=document, again=again)], format)


@app.command()
def anchor(
    document: Document = "",
    folder: Folder = Path(),
    again: Again = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """锚定数据流 AnchorFeed, to be signed elsewhere."""
    with opened(folder, passphrase) as oracle:
        cli_show.drafts([oracle.prepare.anchor(document=document, again=again)], format)


@app.command()
def statement(
    type_name: Annotated[str, typer.Argument(metavar="TYPE", help="Allot、PassOn、SeatOfficer …")],
    fields: Annotated[
        list[str], typer.Option("--set", help="字段=值,金额用分 field=value, money in fen")
    ],
    document: DocumentNeeded,
    evidence: Annotated[
        str, typer.Option(help="所依据记录的摘要 digest of the record it rests on")
    ] = "",
    folder: Folder = Path(),
    again: Again = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """其他声明 any statement, field by field."""
    with opened(folder, passphrase) as oracle:
        digest = digest_from_hex(evidence) if evidence else ZERO32
        draft = oracle.prepare.statement(
            type_name, pairs(fields), document=document, evidence=digest, again=again
        )
        cli_show.drafts([draft], format)
