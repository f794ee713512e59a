"""fundtrail-audit: what an auditor types. Chinese first; `--format json` beside every table.

Exit: 0 verified · 1 findings · 2 usage · 3 evidence unavailable (a file or the node).
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import orjson
import typer

from audit_cli.case import Request
from audit_cli.challenge import challenge
from audit_cli.html_report import to_html
from audit_cli.openings_keys import OpeningKeys, passphrase, read_opening_keys
from audit_cli.progress_bar import ProgressBar
from audit_cli.ready_proof import DuplicateProof, ProofFileError, read_proof
from audit_cli.receipt import check_receipt
from audit_cli.report import Exit, Report
from audit_cli.text_report import challenge_text, to_text
from audit_cli.trace import trace as trace_payment
from audit_cli.trace_text import receipt_text, trace_text
from audit_cli.verification import verify as verify_evidence
from fundtrail.chain.rpc import Rpc
from fundtrail.errors import (
    ChainError,
    EvidenceMissing,
    FundtrailError,
    KeyFileError,
    NetworkFileError,
)
from fundtrail.network import Network, load_network
from fundtrail.signers import read_keystore

app = typer.Typer(
    help="审计员自己的工具:只凭链与存证核实资金全程 "
    "the auditor's own tool: the whole trail, from chain and evidence alone",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class ShortFormat(StrEnum):
    """How a trace or a receipt is written."""

    TEXT = "text"
    JSON = "json"


NetworkOption = Annotated[
    Path, typer.Option(help="信任锚 network.toml the trust anchor", exists=True, dir_okay=False)
]
EvidenceOption = Annotated[Path, typer.Option(help="存证目录 evidence folder")]
RpcOption = Annotated[
    list[str] | None, typer.Option(help="节点网址,可多次 node URL instead of the network's")
]
OutOption = Annotated[Path | None, typer.Option(help="写入文件 write to a file")]


@app.command()
def verify(
    network: NetworkOption,
    evidence: EvidenceOption,
    rpc: RpcOption = None,
    format: Annotated[Format, typer.Option(help="报告形式 form of the report")] = Format.TEXT,
    out: OutOption = None,
    html: Annotated[
        Path | None, typer.Option(help="另存网页报告 write the HTML report as well")
    ] = None,
    as_of: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="截至日期 day of the audit; chain head's day")
    ] = "",
    agency_key: Annotated[
        Path | None, typer.Option(help="机构密钥文件,用于打开个人信息 agency key, for openings")
    ] = None,
    person_keys: Annotated[
        list[Path] | None, typer.Option(help="个人密钥文件,可多次 person keys, for openings")
    ] = None,
    proofs: Annotated[
        Path | None,
        typer.Option(help="另存可上链举证的文件 folder for proofs of duplicates, ready to hand in"),
    ] = None,
) -> None:
    """核实全部存证(第 0 至 11 步) verify the whole evidence, steps 0 to 11."""
    _require_folder(evidence)
    request = Request(
        network_file=network,
        evidence=evidence,
        rpc_urls=tuple(rpc or ()),
        as_of=_day(as_of),
        keys=_keys(agency_key, person_keys or []),
        proofs=proofs,
    )
    try:
        with ProgressBar() as bar:
            report = verify_evidence(request, bar)
    except NetworkFileError as error:
        _fail(Exit.USAGE, error)
    if proofs is not None:
        _write_proofs(report.proofs, proofs, load_network(network))
    if html is not None:
        html.write_text(to_html(report), encoding="utf-8")
    _write(_render(report, format), out)
    raise typer.Exit(report.exit)


@app.command()
def trace(
    payment: Annotated[
        str, typer.Argument(help="支付编号,64 位十六进制 payment id, 64 hex digits")
    ],
    network: NetworkOption,
    evidence: EvidenceOption,
    rpc: RpcOption = None,
    format: Annotated[ShortFormat, typer.Option(help="形式 form")] = ShortFormat.TEXT,
    out: OutOption = None,
) -> None:
    """追踪一笔支付的每一步 every step of one payment, with block, agency and proof."""
    plain = payment.removeprefix("payment:").lower()
    if not re.fullmatch(r"[0-9a-f]{64}", plain):
        _fail(Exit.USAGE, f"支付编号应为 64 位十六进制 expected 64 hex digits, got {payment!r}")
    _require_folder(evidence)
    anchor = _load(network)
    try:
        with Rpc(tuple(rpc or ()) or anchor.rpc_urls) as node:
            found = trace_payment(anchor, evidence, node, bytes.fromhex(plain))
    except (EvidenceMissing, ChainError) as error:
        _fail(Exit.UNAVAILABLE, error)
    _write(_either(format, found.to_json, lambda: trace_text(found)), out)
    raise typer.Exit(Exit.VERIFIED if found.proved else Exit.FINDINGS)


@app.command()
def receipt(
    file: Annotated[Path, typer.Argument(help="凭条文件 receipt, a JSON document")],
    network: NetworkOption,
    format: Annotated[ShortFormat, typer.Option(help="形式 form")] = ShortFormat.TEXT,
    out: OutOption = None,
) -> None:
    """离线核实一张凭条 verify one receipt, offline: it proves what was signed."""
    anchor = _load(network)
    try:
        data = file.read_bytes()
    except OSError as error:
        _fail(Exit.UNAVAILABLE, f"凭条无法读取 {file}: {error}")
    checked = check_receipt(data, anchor)
    _write(_either(format, checked.to_json, lambda: receipt_text(checked)), out)
    raise typer.Exit(Exit.VERIFIED if checked.fault is None else Exit.FINDINGS)


@app.command("challenge")
def challenge_runs(
    files: Annotated[
        list[Path],
        typer.Argument(help="举证文件,由 verify --proofs 写出 proofs written by verify --proofs"),
    ],
    network: NetworkOption,
    rpc: RpcOption = None,
    key: Annotated[
        Path | None,
        typer.Option(help="任何人的密钥文件;不给则只问合约 any keystore; without it, only ask"),
    ] = None,
    format: Annotated[ShortFormat, typer.Option(help="形式 form")] = ShortFormat.TEXT,
    out: OutOption = None,
) -> None:
    """上链举证:合约当场判定,无须签字 hand in proofs of a fraud; the contract judges them."""
    anchor = _load(network)
    try:
        proofs = [read_proof(file, anchor) for file in files]
        signer = read_keystore(key, passphrase()) if key else None
    except (ProofFileError, KeyFileError) as error:
        _fail(Exit.USAGE, error)
    try:
        with Rpc(tuple(rpc or ()) or anchor.rpc_urls) as node:
            judged = challenge(proofs, anchor, node, signer)
    except ChainError as error:
        _fail(Exit.UNAVAILABLE, error)
    answer = {"challenges": [item.to_json() for item in judged]}
    _write(_either(format, lambda: answer, lambda: challenge_text(judged)), out)
    raise typer.Exit(Exit.VERIFIED if all(item.holds for item in judged) else Exit.FINDINGS)


def main() -> None:
    """The console script."""
    app(prog_name="fundtrail-audit")


def _render(report: Report, format: Format) -> str:
    if format is Format.JSON:
        return _json(report.to_json())
    return to_html(report) if format is Format.HTML else to_text(report)


def _either(format: ShortFormat, to_json: Callable[[], Any], to_plain: Callable[[], str]) -> str:
    return _json(to_json()) if format is ShortFormat.JSON else to_plain()


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n"


def _write(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


def _write_proofs(proofs: Sequence[DuplicateProof], folder: Path, network: Network) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for proof in proofs:
        (folder / proof.name).write_bytes(proof.to_bytes(network))


def _load(path: Path) -> Network:
    try:
        return load_network(path)
    except NetworkFileError as error:
        _fail(Exit.USAGE, error)


def _keys(agency: Path | None, persons: list[Path]) -> OpeningKeys | None:
    if agency is None:
        if persons:
            _fail(Exit.USAGE, "--person-keys 须与 --agency-key 同用 needs --agency-key")
        return None
    try:
        return read_opening_keys(agency, persons)
    except KeyFileError as error:
        _fail(Exit.USAGE, error)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        _fail(Exit.USAGE, f"--as-of 应写作 2026-11-20 expected a day, got {text!r}")


def _require_folder(evidence: Path) -> None:
    if not evidence.is_dir():
        _fail(Exit.UNAVAILABLE, f"没有存证目录 no evidence folder: {evidence}")


def _fail(code: Exit, error: FundtrailError | str) -> NoReturn:
    typer.echo(f"fundtrail-audit: {error}", err=True)
    raise typer.Exit(code)
