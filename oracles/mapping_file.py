"""Mapping files: one TOML per source, checked as a whole before any row is read.

Errors name file and key. Every field of the record kind must be given, and by nothing unknown.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, NoReturn

from fundtrail.records import GROUPS, KINDS
from oracles.cell import fold
from oracles.errors import MappingError
from oracles.mapping import NAME, Column, Mapping
from oracles.value import DATE_FORMS, PARSERS, Parser, choice, day

FORMAT = 1
SHIPPED = Path(__file__).with_name("mappings")
DERIVED = ("agency", "payee_ref", "age")
LINES = ("run", "roster", "batch")
_SUBJECT = {"run": "run", "roster": "notice", "batch": "run"}
_KEYS = {
    "format": int,
    "name": str,
    "version": int,
    "reads": str,
    "record": str,
    "lines": str,
    "sealed": bool,
    "encodings": list,
    "header_rows_max": int,
    "dates": list,
    "context": list,
    "payee": str,
    "amount": str,
    "application": str,
    "columns": dict,
    "fields": dict,
    "groups": dict,
}
_REQUIRED = ("format", "name", "version", "reads", "record", "sealed", "fields")
_READERS = ("csv", "xlsx", "policy")
_CONTEXT = ("run", "notice", "region", "period")


def load_mapping(path: Path) -> Mapping:
    """Read and check a mapping file. Raises MappingError naming file and key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MappingError(f"{path.name}: 没有这个映射文件 no such mapping file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name}: 不是 TOML not TOML: {error}") from error

    try:
        return _mapping(data)
    except MappingError as error:
        raise MappingError(f"{path.name}: {error}") from None


def shipped_mapping(name: str) -> Mapping:
    """A mapping that comes with the product."""
    return load_mapping(SHIPPED / f"{name}.toml")


def _mapping(data: dict[str, Any]) -> Mapping:
    _check_keys(data)
    columns = tuple(_column(name, entry, data) for name, entry in data.get("columns", {}).items())
    mapping = Mapping(
        name=data["name"],
        version=data["version"],
        reads=data["reads"],
        record=data["record"],
        lines=data.get("lines", ""),
        sealed=data["sealed"],
        encodings=tuple(data.get("encodings", ())),
        header_rows_max=data.get("header_rows_max", 10),
        context=tuple(data.get("context", ())),
        payee=data.get("payee", ""),
        amount=data.get("amount", ""),
        application=data.get("application", ""),
        columns=columns,
        fields=data["fields"],
        groups={group: tuple(names) for group, names in data.get("groups", {}).items()},
    )
    if mapping.reads != "policy":
        _check_reader(mapping)
        _check_lines(mapping)
        _check_groups(mapping)
        _check_fields(mapping)
    return mapping


def _check_keys(data: dict[str, Any]) -> None:
    for key in data:
        if key not in _KEYS:
            _refuse(key, f"one of {sorted(_KEYS)}", "an unknown key")
    for key in _REQUIRED:
        if key not in data:
            _refuse(key, "this key", "none")
    for key, value in data.items():
        if not isinstance(value, _KEYS[key]) or (_KEYS[key] is int and isinstance(value, bool)):
            _refuse(key, _KEYS[key].__name__, type(value).__name__)
    if data["format"] != FORMAT:
        _refuse("format", str(FORMAT), str(data["format"]))
    _one_of("reads", data["reads"], _READERS)
    _one_of("record", data["record"], tuple(KINDS))
    for entry in data.get("context", ()):
        _one_of("context", entry, _CONTEXT)
    for entry in data.get("dates", ()):
        _one_of("dates", entry, DATE_FORMS)


def _column(name: str, entry: Any, data: dict[str, Any]) -> Column:
    where = f"columns.{name}"
    if not re.fullmatch(r"[a-z][a-z_]*", name) or name in (*DERIVED, *_CONTEXT):
        _refuse(where, "a name of its own in a-z and _", name)
    if not isinstance(entry, dict) or not set(entry) <= {"title", "type", "required", "values"}:
        _refuse(where, "title, type, required, values", repr(entry))
    titles = entry.get("title")
    titles = [titles] if isinstance(titles, str) else titles
    if (
        not isinstance(titles, list)
        or not titles
        or not all(isinstance(t, str) and fold(t) for t in titles)
    ):
        _refuse(f"{where}.title", "a title or a list of titles", repr(entry.get("title")))
    kind = entry.get("type", "text")
    return Column(
        name=name,
        titles=tuple(titles),
        parser=_parser(where, kind, entry, data),
        kind=kind,
        required=bool(entry.get("required", True)),
    )


def _parser(where: str, kind: str, entry: dict[str, Any], data: dict[str, Any]) -> Parser:
    if kind == "date":
        return day(tuple(data.get("dates", DATE_FORMS)))
    if kind == "choice":
        values = entry.get("values")
        if not isinstance(values, dict) or not values:
            _refuse(f"{where}.values", "a table of words", repr(values))
        return choice(values)
    _one_of(f"{where}.type", kind, (*PARSERS, "date", "choice"))
    return PARSERS[kind]


def _check_reader(mapping: Mapping) -> None:
    if not mapping.columns:
        _refuse("columns", "at least one column", "none")
    if (mapping.reads == "csv") != bool(mapping.encodings):
        _refuse("encodings", "at least one for csv, none for xlsx", repr(mapping.encodings))
    for encoding in mapping.encodings:
        try:
            "".encode(encoding)
        except LookupError:
            _refuse("encodings", "an encoding of Python", encoding)
    titles = [fold(title) for column in mapping.columns for title in column.titles]
    for title in titles:
        if titles.count(title) > 1:
            _refuse("columns", "each title once", title)


def _check_lines(mapping: Mapping) -> None:
    names = {column.name: column for column in mapping.columns}
    if mapping.lines:
        _one_of("lines", mapping.lines, LINES)
        _expect_column("amount", mapping.amount, names, ("yuan", "fen"))
        if _SUBJECT[mapping.lines] not in mapping.context:
            _refuse("context", _SUBJECT[mapping.lines], repr(list(mapping.context)))
    if mapping.lines == "batch":
        _expect_column("application", mapping.application, names, ("text", "code", "digits"))
    if mapping.lines in ("run", "roster"):
        _expect_column("payee", mapping.payee, names, ("resident-id", "organisation-id"))
        for key in ("programme", "element", "period", "attempt"):
            if key not in mapping.fields:
                _refuse(f"fields.{key}", "this field, for the payment id", "none")
    elif mapping.payee:
        _expect_column("payee", mapping.payee, names, ("resident-id", "organisation-id"))


def _expect_column(key: str, name: str, names: dict[str, Column], kinds: tuple[str, ...]) -> None:
    column = names.get(name)
    if column is None or column.kind not in kinds or not column.required:
        _refuse(key, f"a required column of type {' or '.join(kinds)}", repr(name))


def _check_groups(mapping: Mapping) -> None:
    names = {column.name for column in mapping.columns}
    for group, members in mapping.groups.items():
        _one_of(f"groups.{group}", group, GROUPS)
        for member in members:
            _one_of(f"groups.{group}", member, tuple(names))
    if mapping.groups and not mapping.payee and mapping.lines != "batch":
        _refuse("groups", "a payee whose key encrypts them", "none")


def _check_fields(mapping: Mapping) -> None:
    expected = KINDS[mapping.record]
    if set(mapping.fields) != set(expected):
        _refuse("fields", f"exactly {sorted(expected)}", repr(sorted(mapping.fields)))
    known = {column.name for column in mapping.columns} | set(mapping.context) | set(DERIVED)
    for name, template in mapping.fields.items():
        where = f"fields.{name}"
        if not isinstance(template, str | int | bool):
            _refuse(where, "text or a whole number", repr(template))
        for placeholder in NAME.findall(template) if isinstance(template, str) else ():
            _one_of(where, placeholder, tuple(sorted(known)))
        if template == "{age}" and "period" not in mapping.context:
            _refuse(where, "a period in context, on whose first day the age counts", "none")


def _one_of(key: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        _refuse(key, f"one of {list(allowed)}", repr(value))


def _refuse(key: str, expected: str, got: str) -> NoReturn:
    raise MappingError(f"{key}: 应为 expected {expected}, 收到 got {got}")
