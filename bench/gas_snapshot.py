"""The committed gas of every act and life, and what has changed since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SNAPSHOT = Path(__file__).with_name("gas_snapshot.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One act whose gas is another now; None where it is new or gone."""

    act: str
    before: int | None
    now: int | None

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.act}: 新增 new, {self.now:,}"
        if self.now is None:
            return f"{self.act}: 已无 gone, was {self.before:,}"
        more = self.now - self.before
        return (
            f"{self.act}: expected {self.before:,}, got {self.now:,} "
            f"({more:+,}, {more / self.before:+.2%})"
        )


def changes(before: Mapping[str, int], now: Mapping[str, int]) -> list[Change]:
    """What differs, in the order of the acts."""
    names = [*now, *(name for name in before if name not in now)]
    return [
        Change(act=name, before=before.get(name), now=now.get(name))
        for name in names
        if before.get(name) != now.get(name)
    ]


def read_snapshot(path: Path = SNAPSHOT) -> dict[str, int]:
    """The committed figures; none where there is no file yet."""
    if not path.exists():
        return {}
    found: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
    return found


def write_snapshot(now: Mapping[str, int], path: Path = SNAPSHOT) -> None:
    """Commit to these figures."""
    text = json.dumps(dict(now), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
