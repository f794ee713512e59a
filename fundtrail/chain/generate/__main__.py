"""`python -m fundtrail.chain.generate [--check]`."""

import subprocess
import sys
from pathlib import Path

from fundtrail.chain.generate import bindings, events

_CHAIN = Path(__file__).resolve().parents[1]
_PROJECT = _CHAIN.parents[1]
_SOURCES = {"bindings.py": bindings.source, "event_types.py": events.source}


def main(arguments: list[str]) -> int:
    """Write the generated modules, or with --check say which ones are out of date."""
    wanted = {_CHAIN / name: _formatted(source()) for name, source in _SOURCES.items()}
    if arguments == ["--check"]:
        stale = [path.name for path, text in wanted.items() if _text(path) != text]
        if stale:
            print(f"过期 out of date: {', '.join(stale)}; run `make artifacts`")  # noqa: T201
        return 1 if stale else 0

    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    return 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _formatted(source: str) -> str:
    """`source` in the house's format: imports that are not used go, the rest by `ruff format`."""
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check", "--fix", "--quiet", "--exit-zero", "--select=F401,I"], ["format"]):
        done = subprocess.run(
            [*ruff, *command, "--config", str(_PROJECT / "pyproject.toml"), "-"],
            input=source,
            capture_output=True,
            text=True,
            check=True,
        )
        source = done.stdout
    return source


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
