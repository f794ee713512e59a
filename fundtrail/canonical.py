"""The one canonical encoding: RFC 8785 with a narrower value space (docs/format.md §2).

Guarantees: equal values give equal bytes, and bytes that are not their own canonical form are
refused. Integers stay within ±(2^53 - 1); floats and null do not exist here.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import orjson
import rfc8785

from fundtrail.errors import CanonicalError

Value: TypeAlias = "str | bool | int | Sequence[Value] | Mapping[str, Value]"

_INT_MAX = 2**53 - 1
_BMP_MAX = "\uffff"


def canonical(value: Value) -> bytes:
    """RFC 8785 bytes of `value`. Raises CanonicalError for what the format does not know."""
    try:
        if _plain(value):
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        _refuse_foreign(value, "$")
        return rfc8785.dumps(value)
    except (orjson.JSONEncodeError, rfc8785.CanonicalizationError, UnicodeError) as error:
        raise CanonicalError(f"cannot be canonical JSON: {error}") from error


def parse_canonical(data: bytes) -> Value:
    """The value of canonical bytes. Raises CanonicalError unless `data` is canonical."""
    try:
        value: Value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise CanonicalError(f"expected canonical JSON, got {error}") from error

    if canonical(value) != data:
        _refuse_duplicate_keys(data)
        raise CanonicalError("expected canonical JSON (RFC 8785), got another encoding of it")
    return value


def _plain(value: object) -> bool:
    """Whether the format knows `value`, of exact types, with all keys in the basic plane.

    For those, code point order is UTF-16 order and the fast encoder writes exactly RFC 8785 (a
    property test compares); anything else takes the slow road. One walk, for it is the hot one.
    """
    kind = type(value)
    if kind is str or kind is bool:
        return True
    if kind is int:
        return -_INT_MAX <= value <= _INT_MAX  # type: ignore[operator]  # kind is int
    if kind is dict:
        for key, item in value.items():  # type: ignore[attr-defined]  # kind is dict
            if type(key) is not str or not (key.isascii() or max(key) <= _BMP_MAX):
                return False
            if type(item) is not str and not _plain(item):
                return False
        return True
    if kind is list or kind is tuple:
        return all(_plain(item) for item in value)  # type: ignore[attr-defined]  # as above
    return False


def _refuse_foreign(value: object, path: str) -> None:
    """Raise for what `_known` does not know, naming its place."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise CanonicalError(f"{path}: expected string keys, got {key!r}")
            _refuse_foreign(item, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _refuse_foreign(item, f"{path}[{index}]")
    elif type(value) is int:
        if not -_INT_MAX <= value <= _INT_MAX:
            raise CanonicalError(f"{path}: expected an integer within ±(2^53 - 1), got {value}")
    elif type(value) not in (str, bool):
        kind = type(value).__name__
        expected = "object, array, string, boolean or integer"
        raise CanonicalError(f"{path}: expected {expected}, got {kind}")


def _refuse_duplicate_keys(data: bytes) -> None:
    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, item in pairs:
            if key in found:
                raise CanonicalError(f"expected unique keys, got {key!r} twice")
            found[key] = item
        return found

    json.loads(data, object_pairs_hook=unique)
