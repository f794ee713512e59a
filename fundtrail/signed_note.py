"""Checkpoints of feeds: C2SP signed notes with Ed25519 (docs/format.md §5).

Source: C2SP signed-note and tlog-checkpoint. Base64 must be canonical, so that no byte of a
checkpoint can change without being noticed.
"""

import base64
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fundtrail.errors import CheckpointError

_ALGORITHM_ED25519 = b"\x01"
_VKEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A feed's head: origin, number of entries, RFC 9162 root of 32 bytes."""

    origin: str
    size: int
    root: bytes

    def body(self) -> bytes:
        """The signed text: three lines, each closed by a newline."""
        return f"{self.origin}\n{self.size}\n{_b64(self.root)}\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """The public key of a feed."""

    origin: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """First four bytes of SHA256(origin ‖ 0x0A ‖ 0x01 ‖ public key)."""
        data = self.origin.encode() + b"\n" + _ALGORITHM_ED25519 + self.public
        return hashlib.sha256(data).digest()[:4]

    def to_bytes(self) -> bytes:
        """The vkey file."""
        encoded = _b64(_ALGORITHM_ED25519 + self.public)
        return f"{self.origin}+{self.key_id.hex()}+{encoded}\n".encode()


def vkey_from_bytes(data: bytes) -> VerifierKey:
    """Parse a vkey file. Raises CheckpointError unless every byte is as it must be."""
    match = _VKEY.fullmatch(_text(data))
    if match is None:
        raise CheckpointError(f"expected origin+keyid+base64 and a newline, got {data[:80]!r}")

    raw = _unb64(match.group(3))
    if len(raw) != 33 or raw[:1] != _ALGORITHM_ED25519:
        raise CheckpointError("expected an Ed25519 key of 32 bytes with algorithm 1")
    key = VerifierKey(origin=match.group(1), public=raw[1:])
    if key.to_bytes() != data:
        raise CheckpointError(f"expected key id {key.key_id.hex()}, got {match.group(2)}")
    return key


def verifier_key(origin: str, private: Ed25519PrivateKey) -> VerifierKey:
    """The public side of `private` for this origin."""
    return VerifierKey(origin=origin, public=private.public_key().public_bytes_raw())


def sign_checkpoint(checkpoint: Checkpoint, private: Ed25519PrivateKey) -> bytes:
    """The checkpoint file: body, empty line, one signature line."""
    key = verifier_key(checkpoint.origin, private)
    signature = _b64(key.key_id + private.sign(checkpoint.body()))
    return checkpoint.body() + f"\n— {checkpoint.origin} {signature}\n".encode()


def open_checkpoint(data: bytes, key: VerifierKey) -> Checkpoint:
    """The verified checkpoint. Raises CheckpointError for anything but the exact form."""
    lines = _text(data).split("\n")
    if (
        len(lines) != 6
        or lines[3] != ""
        or lines[5] != ""
        or not re.fullmatch(r"0|[1-9][0-9]*", lines[1])
    ):
        raise CheckpointError("expected origin, size, root, an empty line and one signature")
    if lines[0] != key.origin:
        raise CheckpointError(f"expected origin {key.origin}, got {lines[0]}")

    checkpoint = Checkpoint(origin=lines[0], size=int(lines[1]), root=_unb64(lines[2]))
    prefix = f"— {key.origin} "
    if not lines[4].startswith(prefix):
        raise CheckpointError(f"expected a signature line of {key.origin}, got {lines[4]!r}")
    raw = _unb64(lines[4].removeprefix(prefix))
    if len(checkpoint.root) != 32 or len(raw) != 68 or raw[:4] != key.key_id:
        raise CheckpointError("expected a root of 32 bytes and a signature of this key")
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], checkpoint.body())
    except InvalidSignature:
        raise CheckpointError(f"signature of {key.origin} does not verify") from None
    return checkpoint


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CheckpointError(f"expected UTF-8, got {error}") from error


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _unb64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise CheckpointError(f"expected base64, got {text!r}") from error
    if _b64(data) != text:
        raise CheckpointError(f"expected canonical base64, got {text!r}")
    return data
