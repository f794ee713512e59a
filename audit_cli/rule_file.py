"""Rule files: what their header says, and their query."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from audit_cli.findings import Severity

_HEADER = re.compile(r"^-- ([a-z_]+): (.+)$", re.MULTILINE)
_KEYS = {"id", "zh", "en", "severity", "basis", "asks_zh", "asks_en"}


class RuleFileError(ValueError):
    """A rule file whose header is not complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `basis` is its ground in law or policy, `asks` the human step it asks for."""

    id: str
    zh: str
    en: str
    severity: Severity
    basis: str
    asks_zh: str
    asks_en: str
    sql: str


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of this version, by id."""
    folder = resources.files("audit_cli") / "rules"
    files = (file for file in folder.iterdir() if file.name.endswith(".sql"))
    found = [parse_rule(file.name, file.read_text(encoding="utf-8")) for file in files]
    return tuple(sorted(found, key=lambda rule: rule.id))


def parse_rule(name: str, text: str) -> Rule:
    """The rule in a file. Raises RuleFileError naming the file."""
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("-- ")][: len(_KEYS)]
    header = dict(_HEADER.findall("\n".join(head)))
    if set(header) != _KEYS or not name.startswith(f"{header['id']}_"):
        raise RuleFileError(f"{name}: expected the header {sorted(_KEYS)}, got {sorted(header)}")
    return Rule(**header | {"severity": Severity(header["severity"])}, sql=text)
