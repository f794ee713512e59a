"""The governors of a network to be, as they are handed over: a CSV or a TOML file.

    key,agency                      [[governors]]
    0x11…,1901-CZJ                  key = "0x11…"
    0x22…,1901-SJ                   agency = "1901-CZJ"

Guarantees: lowercase addresses in rising order, whatever order the file has, so equal governors
give equal contracts. Whether they are enough, and of different agencies, the Registry judges.
"""

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from fundtrail.errors import CodeError
from fundtrail.ids import code_to_bytes32
from fundtrail.network import Governors
from ledger_service.errors import GovernorsFileError

_FIELDS = {"key", "agency"}
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")


def read_governors(path: Path, threshold: int) -> Governors:
    """The governors in `path`. Raises GovernorsFileError naming the file and the entry."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        entries = _toml(text) if path.suffix == ".toml" else _csv(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
        raise GovernorsFileError(f"{path}: 读不了 cannot be read: {error}") from error

    pairs = [_pair(f"{path} {number}", entry) for number, entry in enumerate(entries, 1)]
    if not pairs:
        raise GovernorsFileError(f"{path}: 没有理事 expected governors, got none")
    pairs.sort()
    return Governors(
        threshold=threshold,
        keys=tuple(key for key, _ in pairs),
        agencies=tuple(agency for _, agency in pairs),
    )


def _toml(text: str) -> Sequence[object]:
    entries = tomllib.loads(text).get("governors")
    return entries if isinstance(entries, list) else []


def _csv(text: str) -> Sequence[object]:
    return list(csv.DictReader(text.splitlines(), strict=True))


def _pair(where: str, entry: object) -> tuple[str, str]:
    if not isinstance(entry, Mapping) or set(entry) != _FIELDS:
        raise GovernorsFileError(f"{where}: 格式不对 expected key and agency, got {entry}")
    key, agency = entry["key"], entry["agency"]
    if not isinstance(key, str) or not _ADDRESS.fullmatch(key):
        raise GovernorsFileError(f"{where}: 地址不对 expected a 0x address, got {key!r}")
    if not isinstance(agency, str) or not agency:
        raise GovernorsFileError(f"{where}: 缺机构编码 expected an agency, got {agency!r}")
    try:
        code_to_bytes32(agency)
    except CodeError as error:
        raise GovernorsFileError(f"{where}: 机构编码不对 {error}") from error
    return key.lower(), agency
