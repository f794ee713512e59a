"""oracle.toml: whose oracle this is, where its evidence and keys lie, which files it reads.

Paths count from the folder of oracle.toml. `render` writes what `load_settings` reads.

    format = 1
    agency = "1901-MZJ"            # owner of the feed
    feed = "civil-affairs"
    operator = "…"                 # who runs it, into the provenance of every record
    source_system = "…"
    document = "…"                 # 文号 under which the feed is opened and anchored
    network = "../../network.toml"
    evidence = "../../evidence"
    cadence_seconds = 2678400      # the longest time between two anchors
    clock_offset_ms = 0            # as measured against the reference clock
    [keys]                         # encrypted key files; programme and linkage where needed
    feed = "keys/feed.json"
    agency = "keys/agency.json"
    relayer = "keys/relayer.json"
    [sources]                      # name → mapping file, or `shipped:<name>`
    roster = "shipped:roster"
"""

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fundtrail.errors import CodeError
from fundtrail.ids import code
from oracles.errors import SettingsError
from oracles.mapping_file import SHIPPED

FORMAT = 1
FILE = "oracle.toml"
_SHIPPED = "shipped:"
_TEXTS = ("agency", "feed", "operator", "source_system", "document", "network", "evidence")
_NUMBERS = ("cadence_seconds", "clock_offset_ms")
KEY_NAMES = ("feed", "agency", "relayer", "officer", "linkage", "programme")
_KEYS_REQUIRED = ("feed", "agency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A checked oracle.toml. `keys` and `sources` hold the text as written."""

    folder: Path
    agency: str
    feed: str
    operator: str
    source_system: str
    document: str
    network: str
    evidence: str
    cadence_seconds: int
    clock_offset_ms: int
    keys: Table[str, str] = field(default_factory=dict)
    sources: Table[str, str] = field(default_factory=dict)

    def path(self, text: str) -> Path:
        """A path of oracle.toml."""
        return self.folder / text

    def mapping_path(self, source: str) -> Path:
        """The mapping file of a source. Raises SettingsError naming the known ones."""
        if source not in self.sources:
            known = "、".join(sorted(self.sources)) or "(无 none)"
            raise SettingsError(
                f"没有来源 {source},已知 {known}; no source {source!r}, known: {known}"
            )
        text = self.sources[source]
        if text.startswith(_SHIPPED):
            return SHIPPED / f"{text.removeprefix(_SHIPPED)}.toml"
        return self.path(text)

    def key_path(self, name: str) -> Path:
        """The file of a key. Raises SettingsError where oracle.toml names none."""
        if name not in self.keys:
            raise SettingsError(f"{FILE}: keys.{name}: 应有此项 expected this key, got none")
        return self.path(self.keys[name])

    def render(self) -> str:
        """The text of oracle.toml."""
        lines = [f"format = {FORMAT}"]
        lines += [f'{name} = "{_quoted(getattr(self, name))}"' for name in _TEXTS]
        lines += [f"{name} = {getattr(self, name)}" for name in _NUMBERS]
        for table in ("keys", "sources"):
            lines += ["", f"[{table}]"]
            entries = getattr(self, table).items()
            lines += [f'"{name}" = "{_quoted(text)}"' for name, text in entries]
        return "\n".join(lines) + "\n"


def load_settings(folder: Path) -> Settings:
    """Read and check `folder`/oracle.toml. Raises SettingsError naming the key."""
    try:
        data = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{folder / FILE}: 没有这个文件 no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{FILE}: 不是 TOML not TOML: {error}") from error

    _check(data)
    texts: dict[str, Any] = {name: data[name] for name in (*_TEXTS, *_NUMBERS)}
    return Settings(folder=folder, keys=data["keys"], sources=data["sources"], **texts)


def write_settings(settings: Settings) -> None:
    """Write a new oracle.toml, never over another."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    try:
        with (settings.folder / FILE).open("x", encoding="utf-8") as file:
            file.write(settings.render())
    except FileExistsError:
        raise SettingsError(f"{FILE}: 已存在,不覆盖 is there already, not replaced") from None


def _check(data: dict[str, Any]) -> None:
    expected = {"format", "keys", "sources", *_TEXTS, *_NUMBERS}
    for key in sorted(set(data) ^ expected):
        got = "多余的键 an unknown key" if key in data else "没有此项 none"
        raise SettingsError(f"{FILE}: {key}: 应为 expected {sorted(expected)}, 收到 got {got}")
    if data["format"] != FORMAT:
        raise SettingsError(f"{FILE}: format: expected {FORMAT}, got {data['format']!r}")
    for names, kind in ((_TEXTS, str), (_NUMBERS, int), (("keys", "sources"), dict)):
        for name in names:
            if not isinstance(data[name], kind) or data[name] == "":
                got = repr(data[name])
                raise SettingsError(f"{FILE}: {name}: expected {kind.__name__}, got {got}")
    for name in ("agency", "feed"):
        try:
            code(data[name])
        except CodeError as error:
            raise SettingsError(f"{FILE}: {name}: {error}") from error
    if data["cadence_seconds"] <= 0:
        raise SettingsError(f"{FILE}: cadence_seconds: expected a positive number of seconds")
    _check_tables(data)


def _check_tables(data: dict[str, Any]) -> None:
    for table in ("keys", "sources"):
        for name, text in data[table].items():
            if not isinstance(text, str) or not text:
                raise SettingsError(f"{FILE}: {table}.{name}: expected a path, got {text!r}")
    for name in data["keys"]:
        if name not in KEY_NAMES:
            raise SettingsError(f"{FILE}: keys.{name}: expected one of {KEY_NAMES}")
    for name in _KEYS_REQUIRED:
        if name not in data["keys"]:
            raise SettingsError(f"{FILE}: keys.{name}: 应有此项 expected this key, got none")


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
