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
    bmp_keys = _refuse_foreign(value, "$")
    try:
        # With keys in the basic plane, code point order is UTF-16 order, and the fast encoder
        # writes exactly RFC 8785 (a property test compares); other keys take the slow road.
        if bmp_keys:
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
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


def _refuse_foreign(value: object, path: str) -> bool:
    """Raise for a value outside the format; return whether every key is in the basic plane."""
    if isinstance(value, str | bool):
        return True
    if isinstance(value, int):
        if not -_INT_MAX <= value <= _INT_MAX:
            raise CanonicalError(f"{path}: expected an integer within ±(2^53 - 1), got {value}")
        return True
    if isinstance(value, Mapping):
        bmp = True
        for key, item in value.items():
            if not isinstance(key, str):
                raise CanonicalError(f"{path}: expected string keys, got {key!r}")
            inner = isinstance(item, str) or _refuse_foreign(item, f"{path}.{key}")
            bmp = bmp and inner and (key.isascii() or max(key) <= _BMP_MAX)
        return bmp
    if isinstance(value, list | tuple):
        checked = [_refuse_foreign(item, f"{path}[{i}]") for i, item in enumerate(value)]
        return all(checked)
    kind = type(value).__name__
    raise CanonicalError(f"{path}: expected object, array, string, boolean or integer, got {kind}")


def _refuse_duplicate_keys(data: bytes) -> None:
    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, item in pairs:
            if key in found:
                raise CanonicalError(f"expected unique keys, got {key!r} twice")
            found[key] = item
        return found

    json.loads(data, object_pairs_hook=unique)
