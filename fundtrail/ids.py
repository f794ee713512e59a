"""Codes, digests, duties and payment ids (docs/format.md §1 and §3)."""

import hashlib
import hmac
import re
from typing import NewType

from fundtrail.canonical import canonical
from fundtrail.errors import CodeError, FormatError

Code = NewType("Code", str)
Digest = NewType("Digest", bytes)
DutyId = NewType("DutyId", bytes)
PaymentId = NewType("PaymentId", bytes)
PayeeRef = NewType("PayeeRef", bytes)
Period = NewType("Period", str)

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}")
_PERIOD = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_HEX64 = re.compile(r"[0-9a-f]{64}")

ZERO32 = bytes(32)


def code(text: str) -> Code:
    """`text` as a code. Raises CodeError unless it is 1 to 31 permitted ASCII characters."""
    if not isinstance(text, str) or not _CODE.fullmatch(text):
        raise CodeError(f"expected 1 to 31 of [A-Za-z0-9._-], letter or digit first, got {text!r}")
    return Code(text)


def code_to_bytes32(text: str) -> bytes:
    """The on-chain form of a code; the empty string stands for no object and is 32 zero bytes."""
    return code(text).encode("ascii").ljust(32, b"\0") if text else ZERO32


def code_from_bytes32(word: bytes) -> Code:
    """The code in `word`, or the empty string for 32 zero bytes. Raises CodeError otherwise."""
    if len(word) != 32:
        raise CodeError(f"expected 32 bytes, got {len(word)}")
    if word == ZERO32:
        return Code("")

    try:
        return code(word.rstrip(b"\0").decode("ascii"))
    except UnicodeDecodeError:
        raise CodeError(f"expected ASCII in a code, got {word.hex()}") from None


def period(text: str) -> Period:
    """`text` as a period YYYY-MM."""
    if not isinstance(text, str) or not _PERIOD.fullmatch(text):
        raise CodeError(f"expected a period YYYY-MM, got {text!r}")
    return Period(text)


def digest_from_hex(text: object) -> Digest:
    """32 bytes from 64 lowercase hex digits."""
    if not isinstance(text, str) or not _HEX64.fullmatch(text):
        raise FormatError(f"expected 64 lowercase hex digits, got {text!r}")
    return Digest(bytes.fromhex(text))


def sha256(data: bytes) -> Digest:
    """SHA-256 (FIPS 180-4)."""
    return Digest(hashlib.sha256(data).digest())


def text_digest(text: str) -> Digest:
    """SHA-256 of a document number, voucher number or reason in UTF-8. Refuses empty text."""
    if not text.strip():
        raise FormatError("expected a document number, voucher number or reason, got empty text")
    return sha256(text.encode())


def duty_id(key: bytes, *, programme: str, element: str, period: str, payee: str) -> DutyId:
    """HMAC-SHA-256(programme key, canonical duty): equal for one duty wherever it is computed.

    `key` is the programme's 32 bytes; `payee` is `cn-id:…` or `cn-org:…` (docs/format.md §3).
    """
    if len(key) != 32:
        raise FormatError(f"expected a programme key of 32 bytes, got {len(key)}")
    duty = {"element": element, "payee": payee, "period": period, "programme": programme}
    return DutyId(hmac.digest(key, canonical(duty), "sha256"))


def payment_id(duty: bytes, attempt: int) -> PaymentId:
    """SHA256(0x07 ‖ duty_id ‖ attempt u32)."""
    if len(duty) != 32 or not 0 <= attempt < 2**32:
        raise FormatError(f"expected a 32-byte duty and a u32 attempt, got {len(duty)}, {attempt}")
    return PaymentId(hashlib.sha256(b"\x07" + duty + attempt.to_bytes(4, "big")).digest())


def payee_ref(key: bytes, payee: str) -> PayeeRef:
    """HMAC-SHA-256(linkage key, canonical(payee)): a pseudonym equal across programmes."""
    if len(key) != 32:
        raise FormatError(f"expected a linkage key of 32 bytes, got {len(key)}")
    return PayeeRef(hmac.digest(key, canonical(payee), "sha256"))
