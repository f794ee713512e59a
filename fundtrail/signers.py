"""Who signs: one Signer protocol, and keys in encrypted keystore files (Web3 Secret Storage).

A private key never leaves its signer. Other key homes (PKCS#11, a remote signer) are further
classes with the same two members.
"""

import json
import os
from pathlib import Path
from typing import Protocol

from eth_account import Account
from eth_keys.datatypes import PrivateKey

from fundtrail.errors import KeyFileError


class Signer(Protocol):
    """A key that signs 32-byte digests."""

    @property
    def address(self) -> str:
        """The lowercase 0x address."""

    def sign(self, digest: bytes) -> bytes:
        """65 bytes r ‖ s ‖ v, low s, v 27 or 28."""


class KeySigner:
    """A signer over a private key in memory."""

    def __init__(self, private_key: bytes) -> None:
        self._key = PrivateKey(private_key)
        self._address = self._key.public_key.to_address()

    @property
    def address(self) -> str:
        return self._address

    def sign(self, digest: bytes) -> bytes:
        signature = self._key.sign_msg_hash(digest).to_bytes()
        return signature[:64] + bytes([signature[64] + 27])

    def private_bytes(self) -> bytes:
        """The key itself, for writing a keystore or signing transactions."""
        return self._key.to_bytes()


def write_keystore(path: Path, private_key: bytes, passphrase: str, *, iterations: int) -> None:
    """Write an encrypted keystore (PBKDF2, `iterations` rounds), mode 0600, never over another."""
    store = Account.encrypt(private_key, passphrase, kdf="pbkdf2", iterations=iterations)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyFileError(
            f"{path}: expected no key file yet, got one; it is not replaced"
        ) from None
    with os.fdopen(handle, "w") as file:
        json.dump(store, file)


def read_keystore(path: Path, passphrase: str) -> KeySigner:
    """The signer in a keystore file. Raises KeyFileError naming the file."""
    try:
        return KeySigner(bytes(Account.decrypt(path.read_text(), passphrase)))
    except FileNotFoundError:
        raise KeyFileError(f"{path}: no such key file") from None
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileError(f"{path}: cannot be opened: {error}") from error
