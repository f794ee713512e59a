"""Keys that an auditor was given to open personal values: an agency's, and those of persons.

`--agency-key` is a keystore file (its passphrase in FUNDTRAIL_AUDIT_PASSPHRASE) or 64 hex digits.
`--person-keys` is a JSON object {payee_ref hex: wrapped key hex}, or the SQLite journal of an
oracle, of which only the table `people` is read; several files where several systems keep keys of
the same person. A person without a key here was erased.
"""

import os
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from fundtrail.errors import KeyFileError
from fundtrail.openings import unwrap_person_key
from fundtrail.signers import read_keystore

_VARIABLE = "FUNDTRAIL_AUDIT_PASSPHRASE"
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OpeningKeys:
    """The agency's key of 32 bytes, and each person's by payee reference: one for each system."""

    agency: bytes
    persons: dict[bytes, tuple[bytes, ...]]


def read_opening_keys(agency_file: Path, person_files: Sequence[Path]) -> OpeningKeys:
    """Read all files. Raises KeyFileError naming the file."""
    agency = _agency_key(agency_file)
    persons: dict[bytes, tuple[bytes, ...]] = {}
    for file in person_files:
        for ref, wrapped in _wrapped_keys(file).items():
            persons[ref] = (*persons.get(ref, ()), unwrap_person_key(agency, wrapped))
    return OpeningKeys(agency=agency, persons=persons)


def _agency_key(path: Path) -> bytes:
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"{path}: cannot be read: {error}") from None
    if re.fullmatch(r"[0-9a-f]{64}", text):
        return bytes.fromhex(text)
    return read_keystore(path, passphrase()).private_bytes()


def passphrase() -> str:
    """The passphrase of keystores, from the environment."""
    return os.environ.get(_VARIABLE, "")


def _wrapped_keys(path: Path) -> dict[bytes, bytes]:
    try:
        data = path.read_bytes()
        if data.startswith(_SQLITE):
            return _from_journal(path)
        return {bytes.fromhex(ref): bytes.fromhex(key) for ref, key in orjson.loads(data).items()}
    except (OSError, ValueError, TypeError, AttributeError, sqlite3.Error) as error:
        raise KeyFileError(f"{path}: expected person keys, got {error}") from None


def _from_journal(path: Path) -> dict[bytes, bytes]:
    connection = sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)
    try:
        return dict(connection.execute("SELECT payee_ref, wrapped FROM people"))
    finally:
        connection.close()
