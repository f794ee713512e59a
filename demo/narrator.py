"""Tells the story on the terminal: chapters, one line an act, refusals, progress.

Chinese first, English second. What it prints is what happened: every line of an act carries the
block that holds it.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

PIPE_WIDTH = 118
LOCAL = timezone(timedelta(hours=8), "UTC+8")


def local_time(seconds: int) -> str:
    """`2026-09-18 09:00` in China."""
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone(LOCAL):%Y-%m-%d %H:%M}"


def _console() -> Console:
    """The terminal; a pipe has no width of its own and gets one that tables fit."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PIPE_WIDTH)


class Narrator:
    """Prints to one console; times chapters from the first `begin` on."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or _console()
        self._chapter = 0
        self._begun = time.monotonic()

    def begin(self) -> None:
        """Start the story's clock; what came before is set-up."""
        self._begun = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since `begin`."""
        return time.monotonic() - self._begun

    def chapter(self, zh: str, en: str) -> None:
        self._chapter += 1
        self.console.print(f"\n[bold]{self._chapter}. {zh}[/bold] [dim]{en}[/dim]")

    def say(self, text: str) -> None:
        self.console.print(f"   {text}", soft_wrap=True)

    def act(self, block: int, seconds: int, who: str, what: str) -> None:
        """One recorded act."""
        stamp = f"[dim]#{block:<4} {local_time(seconds)}[/dim]"
        self.console.print(f"   {stamp} {who} [cyan]·[/cyan] {what}", soft_wrap=True)

    def refused(self, who: str, attempt: str, refusal: str) -> None:
        """One act that the contract refused, by its own named error."""
        self.console.print(f"   [red]✗[/red] {who} [cyan]·[/cyan] {attempt}", soft_wrap=True)
        self.console.print(f"     [red]{refusal}[/red]", soft_wrap=True)

    def held(self, text: str) -> None:
        self.console.print(f"   [green]✓[/green] {text}", soft_wrap=True)

    def broken(self, text: str) -> None:
        self.console.print(f"   [red]✗ {text}[/red]", soft_wrap=True)

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        table = Table(title=title, title_justify="left", show_lines=False)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*row)
        self.console.print(table)

    @contextmanager
    def progress(self, text: str, total: int) -> Iterator[Progress]:
        """A bar; `progress.advance(progress.task_ids[0], n)` moves it."""
        columns = (TextColumn("   {task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(
            *columns,
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        ) as progress:
            progress.add_task(text, total=total)
            yield progress
