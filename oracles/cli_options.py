"""The options that the commands share, and how an oracle is opened from them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from oracles.errors import ContextError
from oracles.oracle import Oracle


class Format(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    JSON = "json"


Folder = Annotated[
    Path,
    typer.Option(
        "--folder", "-C", envvar="FUNDTRAIL_ORACLE", help="oracle.toml 所在目录 the oracle's folder"
    ),
]
Passphrase = Annotated[
    str,
    typer.Option(
        envvar="FUNDTRAIL_PASSPHRASE",
        help="密钥口令,不给则询问 passphrase of the keys, asked for where not given",
        show_default=False,
        show_envvar=True,
    ),
]
OutputFormat = Annotated[Format, typer.Option("--format", help="输出格式 output")]
Told = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="文件本身没写的:run、notice、region、period=值 what the file does not say"
    ),
]
Document = Annotated[str, typer.Option(help="文号 document number the act rests on")]
Lines = Annotated[
    Path | None,
    typer.Option(
        help="争议、追回:明细文件,默认取证据 lines file of the run or batch that is contested",
        exists=True,
        dir_okay=False,
    ),
]
Batch = Annotated[
    str, typer.Option(help="追回:入账的银行批次,默认查证据 bank batch that credited the line")
]
Again = Annotated[
    bool, typer.Option("--again", help="重新起草,替换发件箱中的同名声明 replace the draft")
]


def passphrase_of(given: str) -> str:
    """What was given, or what is typed now, unseen."""
    return given or str(typer.prompt("口令 passphrase", hide_input=True, err=True))


@contextmanager
def opened(folder: Path, passphrase: str) -> Iterator[Oracle]:
    """The oracle in `folder`."""
    with Oracle.open(folder, passphrase=passphrase_of(passphrase)) as oracle:
        yield oracle


def pairs(told: Sequence[str]) -> dict[str, str]:
    """`name=value` items as a table. Raises ContextError."""
    table = {}
    for item in told:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise ContextError(f"--set: 应为 expected name=value, got {item!r}")
        table[name.strip()] = value.strip()
    return table
