"""How the commands speak: one line for people, or JSON for programs."""

import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer


class Format(StrEnum):
    """How a command answers."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="输出格式 how to answer")]


def answer(format_: Format, told: dict[str, Any], text: str) -> None:
    """Say `told` as JSON, or `text`."""
    say(json.dumps(told, ensure_ascii=False) if format_ is Format.JSON else text)


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    typer.echo(text)
    sys.stdout.flush()
