"""`fundtrail-service`: deploy, serve, migrate, index, slips.

Options go before FUNDTRAIL_* variables. Exit codes: 0 done, 1 refused, 2 usage.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from fundtrail.chain.network_check import check_network
from fundtrail.chain.rpc import Rpc
from fundtrail.errors import FundtrailError
from fundtrail.network import load_network
from ledger_service.app import create_app
from ledger_service.cli_answers import Format, FormatOption, answer, say
from ledger_service.database import current_revision, database, migrate
from ledger_service.deploy_command import deploy_command
from ledger_service.evidence_store import EvidenceStore
from ledger_service.indexer import Indexer
from ledger_service.logs import where
from ledger_service.postgres import PostgresError
from ledger_service.problems import kind_of
from ledger_service.settings import Settings
from ledger_service.slips import make_slips, write_slips
from ledger_service.web_server import WebServer, listen

cli = typer.Typer(
    name="fundtrail-service",
    help="资金溯源服务:把链上的记录放进数据库,供查询。The ledger service.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Network = Annotated[
    Path | None, typer.Option("--network", "-n", help="网络文件 network.toml", show_default=False)
]
Evidence = Annotated[
    Path | None,
    typer.Option("--evidence", "-e", help="证据目录 evidence folder", show_default=False),
]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="数据库目录 folder of the embedded database", show_default=False),
]


cli.command("deploy")(deploy_command)


@cli.command()
def serve(
    network: Network = None,
    evidence: Evidence = None,
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="监听地址 address")] = None,
    port: Annotated[int | None, typer.Option(help="端口 port, 0 任选 any")] = None,
) -> None:
    """启动服务并持续跟随链,Ctrl-C 停止。Serve and follow the chain until Ctrl-C."""
    settings = _settings(network=network, evidence=evidence, data=data, host=host, port=port)
    app = create_app(settings)
    listener = listen(settings.host, settings.port)
    server = WebServer(app, on_started=_say_where, trusted_proxies=settings.trusted_proxies)
    server.serve_on(listener)
    say("已停止 stopped")


@cli.command("migrate")
def migrate_command(
    network: Network = None,
    data: Data = None,
    to: Annotated[str, typer.Option(help="版本 revision: head, base, -1, …")] = "head",
    format_: FormatOption = Format.TEXT,
) -> None:
    """建立或升级数据表,也可退回。Bring the tables to a revision, forward or back."""
    with database(_settings(network=network, data=data)) as engine:
        before = current_revision(engine)
        migrate(engine, to)
        after = current_revision(engine)
    answer(
        format_,
        {"before": before, "after": after},
        f"数据表版本 tables: {before or '空 empty'} → {after or '空 empty'}",
    )


@cli.command()
def index(
    network: Network = None,
    evidence: Evidence = None,
    data: Data = None,
    rebuild: Annotated[bool, typer.Option(help="从头重建 from the first block")] = False,
    format_: FormatOption = Format.TEXT,
) -> None:
    """把链上记录和证据载入数据库。Index the chain and load the evidence, once."""
    settings = _settings(network=network, evidence=evidence, data=data)
    known = load_network(settings.network)
    with database(settings) as engine, Rpc(known.rpc_urls) as rpc:
        check_network(known, rpc)
        migrate(engine)
        indexer = Indexer(engine, known, rpc)
        steps = []
        for step in indexer.rebuild() if rebuild else indexer.catch_up():
            steps.append(step)
            if format_ is Format.TEXT:
                say(f"区块 blocks {step.first}-{step.last}/{step.head},事件 events {step.events}")
        results = list(EvidenceStore(engine, settings.evidence_folder).load())
    loaded = [result for result in results if not result.problem]
    refused = [result.problem for result in results if result.problem]
    lines = sum(result.lines for result in loaded)
    events = sum(step.events for step in steps)
    told = {"events": events, "trees": len(loaded), "lines": lines, "refused": refused}
    text = [f"事件 events {events},名单 trees {len(loaded)},明细 lines {lines}"]
    text += [f"未载入 refused: {problem}" for problem in refused]
    answer(format_, told, "\n".join(text))
    raise typer.Exit(1 if refused else 0)


@cli.command()
def slips(
    notice: Annotated[str, typer.Option(help="公示编码 code of the notice")],
    out: Annotated[Path, typer.Option(help="写到哪个文件 CSV for the printer")],
    network: Network = None,
    data: Data = None,
    renew: Annotated[bool, typer.Option(help="作废旧码重新生成 void the old codes")] = False,
    format_: FormatOption = Format.TEXT,
) -> None:
    """为公示单生成一次性查询码,供打印。Make the one-time codes of a notice's slips."""
    settings = _settings(network=network, data=data)
    if out.exists():
        raise typer.BadParameter(f"{out} 已存在,不覆盖 exists already", param_hint="--out")
    with database(settings) as engine:
        migrate(engine)
        with engine.begin() as connection:
            made = make_slips(
                connection, notice, now=datetime.now(UTC), days=settings.code_days, renew=renew
            )
            write_slips(out, made)
    told = {"notice": notice, "slips": len(made), "out": str(out)}
    answer(format_, told, f"已生成 made {len(made)} 张 slips: {out}")


def main() -> None:
    """The entry point: refusals become one line and exit code 1."""
    try:
        cli()
    except (FundtrailError, PostgresError, ValidationError, OSError) as error:
        _fail(f"{kind_of(error).zh}: {error}" if isinstance(error, FundtrailError) else str(error))
    except SQLAlchemyError as error:
        _fail(f"数据库没有应答 the database failed: {where(error)}")


def _settings(**given: Any) -> Settings:
    return Settings(**{name: value for name, value in given.items() if value is not None})


def _say_where(url: str) -> None:
    say(f"资金溯源服务已启动 the service answers at {url}/")
    say(f"  接口说明 API with examples   {url}/docs")
    say(f"  资金 funds                   {url}/v1/funds")
    say(f"  是否跟上链 ready             {url}/health/ready")
    say("按 Ctrl-C 停止 to stop")


def _fail(text: str) -> None:
    typer.echo(f"错误 error: {text}", err=True)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
