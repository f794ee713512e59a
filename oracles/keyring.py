"""The keys of one oracle, each in an encrypted file, opened when first needed.

`feed` signs checkpoints (Ed25519), `agency` wraps person keys and seals sources, `linkage` makes
payee references, `programme` makes duties, `relayer` pays for transactions, `officer` signs the
feed's own statements. Keys never appear in messages.
"""

import secrets
from collections.abc import Mapping as Table
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fundtrail.signers import KeySigner, read_keystore, write_keystore
from oracles.settings import Settings

KDF_ITERATIONS = 600_000


class Keyring:
    """Opens the key files that oracle.toml names with one passphrase."""

    def __init__(self, settings: Settings, passphrase: str) -> None:
        self._settings, self._passphrase = settings, passphrase
        self._open: dict[str, KeySigner] = {}

    def feed(self) -> Ed25519PrivateKey:
        """The key of the feed's checkpoints."""
        return Ed25519PrivateKey.from_private_bytes(self.secret("feed"))

    def secret(self, name: str) -> bytes:
        """The 32 bytes of a key."""
        return self.signer(name).private_bytes()

    def signer(self, name: str) -> KeySigner:
        """A key that signs statements or transactions."""
        if name not in self._open:
            self._open[name] = read_keystore(self._settings.key_path(name), self._passphrase)
        return self._open[name]

    def has(self, name: str) -> bool:
        """Whether oracle.toml names this key."""
        return name in self._settings.keys


def write_keys(
    folder: Path,
    secrets_by_name: Table[str, bytes],
    passphrase: str,
    iterations: int = KDF_ITERATIONS,
) -> dict[str, str]:
    """Write `<folder>/keys/<name>.json` for each; the `[keys]` table that names them."""
    for name, secret in secrets_by_name.items():
        path = folder / "keys" / f"{name}.json"
        write_keystore(path, secret, passphrase, iterations=iterations)
    return {name: f"keys/{name}.json" for name in secrets_by_name}


def new_secret() -> bytes:
    """32 random bytes that are also a valid secp256k1 key (all but 1 in 2^128 are)."""
    return secrets.token_bytes(32)
