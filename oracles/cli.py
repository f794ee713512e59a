"""fundtrail-oracle: what a clerk types. Chinese first; `--format json` beside every table.

Exit: 0 done · 1 refused (by the contract, or a file that cannot be read) · 2 usage, settings or
mapping · 3 no node, or no answer yet. Nothing is decided here: each command opens the oracle, calls
one of its methods and shows the answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from fundtrail.chain.bindings import FundLedger
from fundtrail.chain.errors import (
    ContractRefused,
    NodeError,
    TransactionFailed,
    TransactionUnknown,
)
from fundtrail.chain.network_check import check_network
from fundtrail.chain.rpc import Rpc
from fundtrail.errors import FundtrailError
from fundtrail.network import load_network
from fundtrail.signers import read_keystore
from oracles import cli_prepare, cli_show
from oracles.citation import cited
from oracles.cli_options import (
    Batch,
    Document,
    Folder,
    Format,
    Lines,
    OutputFormat,
    Passphrase,
    Told,
    opened,
    pairs,
    passphrase_of,
)
from oracles.clock import chain_clock
from oracles.contested_line import LinesFile, line_words
from oracles.draft import read_draft
from oracles.oracle import Oracle
from oracles.oracle_folder import make_folder
from oracles.settings import Settings, load_settings
from oracles.signing import sign_draft
from oracles.statement_words import describe
from oracles.status import status as status_of

REFUSED, USAGE, NO_NODE = 1, 2, 3

app = typer.Typer(
    help="部门数据进证据、上链 a department's files into evidence and onto the chain",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(cli_prepare.app, name="prepare")


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="新目录 the new folder")],
    agency: Annotated[str, typer.Option(help="机构代码 agency that owns the feed")],
    feed: Annotated[str, typer.Option(help="数据流代码 code of the feed")],
    operator: Annotated[str, typer.Option(help="操作员 who runs it")],
    system: Annotated[str, typer.Option(help="来源系统 name of the source system")],
    document: Annotated[str, typer.Option(help="锚定用文号 document number of its anchors")],
    network: Annotated[str, typer.Option(help="network.toml")],
    evidence: Annotated[str, typer.Option(help="证据目录 evidence folder")],
    sources: Annotated[
        list[str] | None,
        typer.Option("--source", help="来源=映射文件 source=mapping file, or shipped:roster"),
    ] = None,
    cadence_days: Annotated[int, typer.Option(min=1, help="锚定间隔(天) days per anchor")] = 31,
    share_with: Annotated[
        Path | None, typer.Option(help="与该目录共用机构与关联密钥 oracle to share keys with")
    ] = None,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """新建目录与密钥 make an oracle folder with new keys."""
    settings = Settings(
        folder=folder,
        agency=agency,
        feed=feed,
        operator=operator,
        source_system=system,
        document=document,
        network=network,
        evidence=evidence,
        cadence_seconds=cadence_days * 86_400,
        clock_offset_ms=0,
        sources=pairs(sources or ()),
    )
    made = make_folder(settings, passphrase_of(passphrase), share_with=share_with)
    cli_show.made(folder, made, format)


@app.command()
def ingest(
    source: Annotated[str, typer.Argument(help="来源,见 oracle.toml a source of oracle.toml")],
    file: Annotated[
        Path,
        typer.Argument(help="收到的文件 the file as received", exists=True, dir_okay=False),
    ],
    folder: Folder = Path(),
    told: Told = None,
    name: Annotated[str, typer.Option(help="记录中的文件名 name in records")] = "",
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """接收文件:读取、检查、承诺、入账、进数据流 take a file into journal, evidence and feed."""
    with opened(folder, passphrase) as oracle, cli_show.progress(file.name) as progress:
        taken = oracle.ingest(
            source, file, name=name or None, progress=progress, **pairs(told or ())
        )
    cli_show.ingested(taken, format)
    if taken.refused:
        raise typer.Exit(REFUSED)


@app.command()
def anchor(
    folder: Folder = Path(),
    document: Document = "",
    key: Annotated[
        Path | None, typer.Option(help="签署人密钥,默认 oracle.toml 的 officer officer's keystore")
    ] = None,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """锚定数据流(未开立则先开立)anchor the feed, opening it first where it is new."""
    secret = passphrase_of(passphrase)
    with opened(folder, secret) as oracle:
        officer = read_keystore(key, secret) if key else None
        cli_show.recorded(oracle.anchor(officer, document=document), format)


@app.command()
def sign(
    statement: Annotated[Path, typer.Argument(help="声明文件 statement file of the outbox")],
    key: Annotated[Path, typer.Option(help="签署人密钥文件 your keystore file")],
    folder: Folder = Path(),
    network: Annotated[
        Path | None, typer.Option(help="network.toml,默认取 oracle.toml 所指 the trust anchor")
    ] = None,
    lines: Lines = None,
    batch: Batch = "",
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 do not ask")] = False,
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """用文字看清声明,然后签名 read the statement in words, then sign it."""
    settings = None if network else load_settings(folder)
    known = load_network(network or settings.path(settings.network))  # type: ignore[union-attr]
    evidence = settings.path(settings.evidence) if settings else Path("evidence")
    draft = read_draft(statement)
    with Rpc(known.rpc_urls) as rpc:
        check_network(known, rpc)
        words = describe(draft.statement, draft.texts, cited(draft, known, evidence))
        file = LinesFile(evidence=evidence, path=lines, batch=batch)
        words += line_words(draft.statement, file, FundLedger(known, rpc))
        cli_show.words(words, format)
        if not yes:
            typer.confirm("签名? sign it?", abort=True, err=True)
        signer = read_keystore(key, passphrase_of(passphrase))
        signed = sign_draft(draft, signer, known, chain_clock(rpc)())
    cli_show.signed(signed, signer.address, words, format)


@app.command()
def submit(
    statements: Annotated[
        list[Path] | None, typer.Argument(help="已签名的声明文件 signed statement files")
    ] = None,
    folder: Folder = Path(),
    lines: Lines = None,
    batch: Batch = "",
    passphrase: Passphrase = "",
    format: OutputFormat = Format.TEXT,
) -> None:
    """提交已签名的声明;不带参数则办完在途的 record statements, or finish what is under way."""
    with opened(folder, passphrase) as oracle:
        recorded = oracle.resume()
        for path in statements or ():
            recorded.append(oracle.submit(read_draft(path), lines=lines, batch=batch))
    cli_show.recorded(recorded, format)


@app.command()
def status(
    folder: Folder = Path(),
    quarantine: Annotated[
        bool, typer.Option("--quarantine", help="列出隔离的行 list what is in quarantine")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="不问节点 do not ask a node")] = False,
    format: OutputFormat = Format.TEXT,
) -> None:
    """日志、数据流、隔离区 journal, feed and quarantine; needs no passphrase."""
    with Oracle.open(folder, passphrase="") as oracle:
        if quarantine:
            cli_show.quarantine(oracle.quarantine(), format)
        else:
            cli_show.status(status_of(oracle, ask_chain=not offline), format)


def main() -> None:
    """The console script."""
    with _said_plainly():
        app()


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Errors as one sentence and an exit code, never as a traceback."""
    try:
        yield
    except (ContractRefused, TransactionFailed) as error:
        _say(error, REFUSED)
    except (NodeError, TransactionUnknown) as error:
        _say(error, NO_NODE)
    except FundtrailError as error:
        _say(error, USAGE)


def _say(error: Exception, code: int) -> None:
    typer.echo(f"错误 error: {error}", err=True)
    raise SystemExit(code) from error
