"""Progress on stderr while there is somebody to see it; the report itself goes to stdout."""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

REFRESH_SECONDS = 0.1
_WORDS = {
    "chain": "读取链 chain",
    "statements": "读取签署 statements",
    "feeds": "重算数据源 feeds",
    "files": "核对文件 files",
    "lines": "重算明细 lines",
    "rules": "执行规则 rules",
}


class ProgressBar:
    """A bar per phase, one at a time. Use as a context; call it as `verification.Progress`."""

    def __init__(self) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            auto_refresh=False,  # no thread: the lines are read by forked workers
            disable=not sys.stderr.isatty(),
        )
        self._tasks: dict[str, TaskID] = {}
        self._shown = 0.0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        """`done` of `total` of phase `what`."""
        if what not in self._tasks:
            for task in self._tasks.values():
                self._bar.update(task, visible=False)
            self._tasks[what] = self._bar.add_task(_WORDS[what], total=total)
        self._bar.update(self._tasks[what], completed=done, total=total)
        now = time.monotonic()
        if done == total or now - self._shown > REFRESH_SECONDS:
            self._shown = now
            self._bar.refresh()
