"""python -m demo.city: write the files of one month and say what was written."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from demo.city import City, CityError, Month, build_city, write_month
from demo.city.handwriting import yuan_with_thousands
from demo.city.plan import DEFAULT_DISTRICTS, DEFAULT_MONTH, DEFAULT_PAYEES, DEFAULT_SEED

_USAGE = 2


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


def generate(
    *,
    out: Annotated[Path, typer.Option(help="写到哪个目录 directory for files/ and planted.json")],
    payees: Annotated[int, typer.Option(help="领取人数 number of payees")] = DEFAULT_PAYEES,
    seed: Annotated[
        int, typer.Option(help="种子，同种子同文件 same seed, same files")
    ] = DEFAULT_SEED,
    districts: Annotated[int, typer.Option(help="区的个数 districts")] = DEFAULT_DISTRICTS,
    streets: Annotated[
        int | None, typer.Option(help="每区街道数，默认随人数增长 streets per district")
    ] = None,
    month: Annotated[str, typer.Option(help="发放月份 paid month")] = DEFAULT_MONTH,
    output_format: Annotated[
        Format, typer.Option("--format", help="输出格式 output")
    ] = Format.TEXT,
) -> None:
    """生成一个虚构城市某月的部门文件 write the department files of a fictional city."""
    try:
        city = build_city(seed, payees, districts, streets, month)
        written = _write_with_progress(city, out)
    except CityError as error:
        typer.echo(f"错误：{error.chinese}\nerror: {error.english}", err=True)
        raise typer.Exit(_USAGE) from error
    except OSError as error:
        typer.echo(f"错误：无法写入 {out}\nerror: cannot write there: {error.strerror}", err=True)
        raise typer.Exit(_USAGE) from error

    rows = _summary(written)
    if output_format is Format.JSON:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print(written, rows)


def _write_with_progress(city: City, out: Path) -> Month:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(file=sys.stderr)) as bar:
        task = bar.add_task("名册 payees", total=city.payees)
        return write_month(city, out, lambda lines: bar.advance(task, lines))


def _summary(month: Month) -> dict[str, object]:
    return {
        "files": str(month.layout.root),
        "planted": str(month.planted_file),
        "month": month.city.month,
        "streets": len(month.city.streets),
        "payees": month.city.payees,
        "payable_lines": sum(run.lines for run in month.runs),
        "payable_fen": sum(run.total_fen for run in month.runs),
        "returned_lines": sum(run.returned for run in month.runs),
        "reissued_fen": sum(run.total_fen for run in month.reissues),
        "deaths": month.deaths,
        "faults": sum(one.id.startswith("P") for one in month.planted),
        "decoys": sum(one.id.startswith("D") for one in month.planted),
    }


_WORDS = {
    "files": "文件 files",
    "planted": "埋设清单 planted faults",
    "month": "月份 month",
    "streets": "街道 streets",
    "payees": "名册人数 payees",
    "payable_lines": "可付笔数 payable lines",
    "payable_fen": "可付金额(元) payable, yuan",
    "returned_lines": "退票笔数 returned lines",
    "reissued_fen": "补发金额(元) reissued, yuan",
    "deaths": "死亡登记 deaths",
    "faults": "埋设问题 faults",
    "decoys": "干扰项 decoys",
}


def _print(month: Month, rows: dict[str, object]) -> None:
    table = Table(show_header=False, title=f"{month.city.name} {month.city.policy.title_zh}")
    for name, value in rows.items():
        money = isinstance(value, int) and name.endswith("_fen")
        table.add_row(_WORDS[name], yuan_with_thousands(int(str(value))) if money else str(value))
    Console().print(table)


if __name__ == "__main__":
    typer.run(generate)
