"""One decoder for every custom error of every contract, in words for a clerk.

`explain` never raises: data that no ABI knows is a refusal named `Unknown` that shows the bytes.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from fundtrail.chain.artifacts import (
    CONTRACTS,
    artifact,
    canonical_type,
    is_code,
    signature,
    type_name,
)
from fundtrail.chain.refusal import Refusal
from fundtrail.chain.refusal_words import WORDS
from fundtrail.enums import (
    AgencyKind,
    DisputeStage,
    Outcome,
    PayeeKind,
    RecoveryStage,
    Role,
    Stage,
)
from fundtrail.errors import CodeError
from fundtrail.ids import code_from_bytes32
from fundtrail.money import yuan

CHINA = timezone(timedelta(hours=8), "UTC+8")

_BUILT_IN: tuple[dict[str, Any], ...] = (
    {"name": "Error", "inputs": [{"name": "message", "type": "string"}]},
    {"name": "Panic", "inputs": [{"name": "code", "type": "uint256"}]},
)
_ENUMS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (AgencyKind, DisputeStage, Outcome, PayeeKind, RecoveryStage, Stage)
}
_TIMES = {"blockTime", "signedAt", "deadline", "validFrom", "validUntil", "opensAt", "closesAt"}
_TIMES |= {"until", "appealUntil", "latest"}
_CODES = {"code", "subject", "cause"}  # plain words of the ABI that may hold a code
_ROLES = {"roles", "required", "held"}
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def explain(data: bytes) -> Refusal:
    """The refusal in revert bytes."""
    entry = errors_by_selector().get(data[:4])
    if entry is None:
        return _refusal("Unknown", {"data": "0x" + data[:64].hex()}, {}, {})

    params = entry["inputs"]
    try:
        values = decode([canonical_type(param) for param in params], data[4:])
    except DecodingError:
        return _refusal("Unknown", {"data": "0x" + data[:64].hex()}, {}, {})

    named = list(zip(params, values, strict=True))
    args = {param["name"]: _plain(param, value) for param, value in named}
    zh, en = (dict(_words(named, entry["name"], language)) for language in ("zh", "en"))
    return _refusal(entry["name"], args, zh, en)


@cache
def errors_by_selector() -> Mapping[bytes, dict[str, Any]]:
    """Every error of every ABI, and the compiler's own two, by selector."""
    entries = [entry for name in CONTRACTS for entry in artifact(name).entries("error")]
    return {keccak(text=signature(entry))[:4]: entry for entry in (*entries, *_BUILT_IN)}


def _refusal(
    name: str, args: Mapping[str, str], zh: Mapping[str, str], en: Mapping[str, str]
) -> Refusal:
    sentence_zh, sentence_en = WORDS.get(name, WORDS["Unknown"])
    known = {"data": name, **args}
    return Refusal(
        name=name,
        args=args,
        zh=sentence_zh.format_map({**known, **zh}),
        en=sentence_en.format_map({**known, **en}),
    )


def _words(
    named: list[tuple[dict[str, Any], Any]], error: str, language: str
) -> Iterator[tuple[str, str]]:
    for param, value in named:
        name = _CAPITAL.sub("_", param["name"]).lower()
        yield name, _in_words(param, value, error, language)


def _in_words(param: dict[str, Any], value: Any, error: str, language: str) -> str:
    name, kind = param["name"], type_name(param)
    if kind in _ENUMS and value in list(_ENUMS[kind]):
        return str(getattr(_ENUMS[kind](value), language))
    if name.endswith("Fen"):
        return f"{yuan(value)} 元" if language == "zh" else f"CNY {yuan(value)}"
    if name == "until" and value == 0:
        return "另行解除" if language == "zh" else "it is lifted"
    if name in _TIMES:
        return _time(value)
    if name.endswith("Seconds"):
        return _duration(value, language)
    if name in _ROLES and (error.endswith("RoleMissing") or name == "roles"):
        return str(getattr(Role(value), language)) or "0"
    return _plain(param, value)


def _plain(param: dict[str, Any], value: Any) -> str:
    if not isinstance(value, bytes):
        return str(value)
    if is_code(param) or param["name"] in _CODES:
        try:
            return code_from_bytes32(value)
        except CodeError:
            pass
    return "0x" + value.hex()


def _time(seconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, UTC).astimezone(CHINA):%Y-%m-%d %H:%M:%S %Z}"
    except (OverflowError, ValueError, OSError):
        return str(seconds)  # a term without end is written as the largest number


def _duration(seconds: int, language: str) -> str:
    if seconds % 86_400 == 0:
        return f"{seconds // 86_400} 天" if language == "zh" else f"{seconds // 86_400} days"
    return f"{seconds} 秒" if language == "zh" else f"{seconds} seconds"
