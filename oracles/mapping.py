"""A mapping: how one source's columns become the fields of one kind of record.

Every field comes from one template: a constant, or text with `{column}`, `{context}`, `{agency}`,
`{payee_ref}` or `{age}` in it. Mappings are read and checked by `oracles.mapping_file`.
"""

import re
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Any

from oracles.value import Parser

NAME = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column by its titles, how its cells are read, and whether a row may lack it."""

    name: str
    titles: tuple[str, ...]
    parser: Parser
    kind: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A checked mapping file. `lines` is empty where each row is an entry of its own."""

    name: str
    version: int
    reads: str
    record: str
    lines: str
    sealed: bool
    encodings: tuple[str, ...]
    header_rows_max: int
    context: tuple[str, ...]
    payee: str
    amount: str
    application: str
    columns: tuple[Column, ...]
    fields: Table[str, str | int | bool]
    groups: Table[str, tuple[str, ...]]

    @property
    def label(self) -> str:
        """`name@version`, as the provenance of a record says it."""
        return f"{self.name}@{self.version}"


def fill(template: str | int | bool, known: Table[str, Any]) -> Any:
    """A template with its names filled in; one bare name keeps its type."""
    if not isinstance(template, str):
        return template
    if bare := NAME.fullmatch(template):
        return known[bare.group(1)]
    return NAME.sub(lambda match: str(known[match.group(1)]), template)
