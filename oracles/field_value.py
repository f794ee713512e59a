"""A statement's field as a clerk types it: `amount_fen=3000000`, `roles=PREPARE,PUBLISH`, dates."""

import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from datetime import UTC, datetime
from enum import IntEnum, IntFlag
from typing import Any

from fundtrail.enums import AgencyKind, Outcome, PayeeKind, RecoveryStage, Role
from fundtrail.errors import FormatError
from fundtrail.ids import code_to_bytes32, digest_from_hex, text_digest
from fundtrail.statements import STATEMENTS, Statement
from fundtrail.sum_tree import TreeKind
from oracles.clock import CHINA
from oracles.errors import DraftError
from oracles.statement_words import field_names

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?)?")
_TEXTS = ("reason", "voucher")


def statement_type(name: str) -> type[Statement]:
    """The statement type of this name. Raises DraftError naming the known ones."""
    if name not in STATEMENTS:
        raise DraftError(f"没有这种声明 {name}; expected one of {', '.join(STATEMENTS)}")
    return STATEMENTS[name]


def parse_fields(
    kind: type[Statement], given: Table[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """(fields by Python name, texts behind digests). Raises DraftError naming the field."""
    names = field_names(kind)
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for written, text in given.items():
        if written not in names:
            known = ", ".join(sorted(set(names.values())))
            raise DraftError(f"{kind.type_name()}.{written}: expected one of {known}")
        name = names[written]
        if name in _TEXTS and not text.startswith("0x"):
            texts[name] = text
        values[name] = _value(kind, name, text)
    missing = sorted(set(names.values()) - set(values))
    if missing:
        raise DraftError(f"{kind.type_name()}: 缺少 expected --set for {', '.join(missing)}")
    return values, texts


def _value(kind: type[Statement], name: str, text: str) -> Any:
    abi = _abi(kind, name)
    parse = _parser(kind, name, abi.removesuffix("[]"))
    try:
        if abi.endswith("[]"):
            return tuple(parse(item.strip()) for item in text.split(",") if item.strip())
        return parse(text.strip())
    except (ValueError, KeyError, FormatError) as error:
        raise DraftError(f"{kind.type_name()}.{name}: 应为 expected {abi}, got {text!r}") from error


def _abi(kind: type[Statement], name: str) -> str:
    fields = kind.__dataclass_fields__
    return str(fields[name].metadata["abi"])


def _parser(kind: type[Statement], name: str, abi: str) -> Callable[[str], Any]:
    if name == "kind":
        return _member(TreeKind if kind.type_name() == "Settle" else AgencyKind)
    if name == "payee_kind":
        return _member(PayeeKind)
    if name == "roles":
        return _roles
    if name == "outcome":
        return _member(Outcome)
    if name == "how":
        return _member(RecoveryStage)
    if abi == "uint64" and name.endswith(("_at", "_from", "until")):
        return seconds
    if abi.startswith("uint"):
        return lambda text: int(text.replace("_", ""))
    if abi == "bytes32":
        return _WORDS.get(name, _word)
    return str.lower if abi == "address" else str


def _word(text: str) -> bytes:
    """32 bytes as hex digits, with 0x or without."""
    return digest_from_hex(text.removeprefix("0x"))


def _text(text: str) -> bytes:
    """A digest, or the words that it stands for."""
    return _word(text) if text.startswith("0x") else text_digest(text)


def _cause(text: str) -> bytes:
    """The id of a challenge, or the code of a dispute."""
    return _word(text) if text.startswith("0x") else code_to_bytes32(text)


_WORDS: Table[str, Callable[[str], bytes]] = {"reason": _text, "voucher": _text, "cause": _cause}


def _member(names: type[IntEnum]) -> Callable[[str], int]:
    return lambda text: int(names(int(text)) if text.isdigit() else names[text.upper()])


def _roles(text: str) -> int:
    if text.isdigit():
        return int(text)
    roles: IntFlag = Role(0)
    for name in text.split(","):
        roles |= Role[name.strip().upper()]
    return int(roles)


def seconds(text: str) -> int:
    """Seconds since 1970, from themselves, a date, or a date and time (China time unless `Z`)."""
    if text.isdigit():
        return int(text)
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    zone = UTC if text.endswith("Z") else CHINA
    return int(datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=zone).timestamp())
