"""slither, clean: every finding in `contracts/src` is gone or accepted with a reason.

    python contracts/audit/findings.py          exit 1 and name what is new or no longer there

Guarantees: all of slither's detectors run; what they find and `accepted.toml` does not name fails,
and so does a reason for what they no longer find. Libraries of others and tests are not examined.
"""

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
ACCEPTED = Path(__file__).resolve().parent / "accepted.toml"
OUTPUT = {"FOUNDRY_OUT": "build/audit/slither", "FOUNDRY_CACHE_PATH": "build/audit/slither-cache"}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """A detector's name, and the contract's function (or other thing) it speaks of."""

    detector: str
    where: str

    def __str__(self) -> str:
        return f"{self.detector}: {self.where}"


def found() -> set[Finding]:
    """What slither finds."""
    slither = [str(Path(sys.executable).parent / "slither"), ".", "--json", "-"]
    slither += ["--filter-paths", "node_modules|contracts/test"]
    path = f"{PROJECT / 'contracts'}:{os.environ['PATH']}"
    ran = subprocess.run(
        slither,
        cwd=PROJECT,
        env={**os.environ, **OUTPUT, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        report = json.loads(ran.stdout)
    except json.JSONDecodeError:
        sys.exit(f"slither 没有给出结果 expected JSON from slither, got:\n{ran.stderr[-2000:]}")
    if not report["success"]:
        sys.exit(f"slither 失败 failed: {report['error']}")
    return {finding(result) for result in report["results"].get("detectors", [])}


def finding(result: dict[str, Any]) -> Finding:
    """One of slither's results, by the function (or else the thing) that it names first."""
    named = result["elements"][:1] or [{"name": "*", "type": "pragma"}]
    thing = named[0]
    while _parent(thing).get("type") == "function":
        thing = _parent(thing)
    parent = _parent(thing)
    inside = f"{parent['name']}." if parent.get("type") == "contract" else ""
    return Finding(detector=result["check"], where=inside + thing["name"])


def accepted() -> dict[Finding, str]:
    """What is accepted, and why."""
    rules = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))["accepted"]
    return {
        Finding(detector=rule["detector"], where=where): rule["reason"]
        for rule in rules
        for where in rule["where"]
    }


def _parent(thing: dict[str, Any]) -> dict[str, Any]:
    fields = thing.get("type_specific_fields") or {}
    return fields.get("parent") or {}


def main() -> int:
    """The command line."""
    got, allowed = found(), accepted()
    for new in sorted(got - allowed.keys()):
        sys.stdout.write(f"  未说明 unexplained  {new}\n")
    for gone in sorted(allowed.keys() - got):
        sys.stdout.write(f"  已不存在 no longer there  {gone}\n")
    sys.stdout.write(
        f"slither: {len(got)} 项 findings, {len(got & allowed.keys())} 项已说明 accepted\n"
    )
    return 1 if got ^ allowed.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
