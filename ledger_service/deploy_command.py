"""`fundtrail-service deploy`: contracts onto a chain, and their network.toml.

Guarantees are those of `fundtrail.chain.deploy`: addresses follow from the deployer's key, code
and wiring are read back before the file is written, another chain is refused before anything is
sent, and a deployment that was killed goes on when it is run again.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from fundtrail.chain.deploy import deploy
from fundtrail.chain.rpc import Rpc
from fundtrail.ids import code_to_bytes32
from fundtrail.network import Network
from fundtrail.signers import read_keystore
from ledger_service.cli_answers import Format, FormatOption, answer, say
from ledger_service.governors_file import read_governors


def deploy_command(
    rpc: Annotated[list[str], typer.Option(help="链上节点 node URL, may be repeated")],
    chain_id: Annotated[int, typer.Option(help="链号 chain id; 不符即停 refused if other")],
    name: Annotated[str, typer.Option(help="网络名称 name of the network")],
    governors: Annotated[Path, typer.Option(help="理事文件 CSV or TOML of key and agency")],
    threshold: Annotated[int, typer.Option(help="多少理事签字生效 how many must sign")],
    deployer_key: Annotated[Path, typer.Option(help="部署密钥文件 keystore, thrown away after")],
    passphrase: Annotated[
        str,
        typer.Option(
            envvar="FUNDTRAIL_DEPLOYER_PASSPHRASE",
            help="密钥口令,不给则询问 passphrase, asked for where not given",
            show_default=False,
            show_envvar=True,
        ),
    ] = "",
    out: Annotated[Path, typer.Option(help="写到哪个文件 where to write")] = Path("network.toml"),
    confirmations: Annotated[int, typer.Option(min=1, help="确认区块数 confirmations")] = 1,
    format_: FormatOption = Format.TEXT,
) -> None:
    """部署合约并写出网络文件,中断后可再次运行。Deploy the contracts; run again after a break."""
    code_to_bytes32(name)
    chosen = read_governors(governors, threshold)
    secret = passphrase or str(typer.prompt("口令 passphrase", hide_input=True, err=True))
    deployer = read_keystore(deployer_key, secret)
    with Rpc(rpc) as node:
        network = deploy(
            node,
            deployer,
            name=name,
            chain_id=chain_id,
            governors=chosen,
            out=out,
            confirmations=confirmations,
            say=(lambda line: say(f"合约 contract {line}")) if format_ is Format.TEXT else None,
        )
    answer(format_, _told(network, out), _text(network, out))


def _told(network: Network, out: Path) -> dict[str, Any]:
    return {
        "out": str(out),
        "name": network.name,
        "chain_id": network.chain_id,
        "first_block": network.first_block,
        "contracts": {
            name: {"address": contract.address, "code_hash": contract.code_hash}
            for name, contract in network.contracts.items()
        },
    }


def _text(network: Network, out: Path) -> str:
    rows = [f"网络 network {network.name},链号 chain {network.chain_id}: {out}"]
    for name, contract in network.contracts.items():
        rows += [f"  {name:<12} {contract.address}", f"  {'':<12} 代码 code {contract.code_hash}"]
    rows += [
        "部署密钥没有任何权力,请销毁。The deployer's key holds no power: destroy it.",
        "还需理事签署合约命名 NameContract,争议台才能止付。",
        "Governors name the contracts next: the DisputeDesk is not heard before.",
    ]
    return "\n".join(rows)
