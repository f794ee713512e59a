"""Opaque cursors: the last key of a page, wrapped so that nobody is tempted to make one up."""

import base64
import binascii
import re

from ledger_service.errors import CursorError

_MARK = b"1:"
_KEY = re.compile(rb"[A-Za-z0-9._-]{1,31}")


def cursor_of(key: str) -> str:
    """The cursor of the page that follows `key`."""
    return base64.urlsafe_b64encode(_MARK + key.encode()).decode().rstrip("=")


def key_of(cursor: str | None) -> str:
    """The key in a cursor, empty without one. Raises CursorError."""
    if not cursor:
        return ""
    try:
        data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        data = b""
    key = data.removeprefix(_MARK)
    if not data.startswith(_MARK) or not _KEY.fullmatch(key) or cursor_of(key.decode()) != cursor:
        raise CursorError("expected a cursor from the field `next` of an answer")
    return key.decode()
