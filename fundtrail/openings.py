"""Openings: the personal values behind commitments, encrypted under one key per person.

AES-256-GCM with the commitment as associated data (docs/format.md §7). Destroying a person's key
is erasure: totals and proofs still verify, the values are gone. Keys are wrapped by the agency's
key (RFC 3394) and are kept outside the evidence.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from fundtrail.canonical import canonical, parse_canonical
from fundtrail.errors import EvidenceAltered, KeyFileError
from fundtrail.records import commitment

_SEAL = b"fundtrail-sealed-1\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A group of personal values with its 32-byte salt."""

    group: str
    salt: bytes
    value: Mapping[str, str]

    @property
    def commitment(self) -> bytes:
        """H03 of this opening."""
        return commitment(self.salt, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedOpening:
    """A row of an openings file."""

    payee_ref: bytes
    commitment: bytes
    group: str
    nonce: bytes
    ciphertext: bytes


def seal_opening(opening: Opening, payee_ref: bytes, key: bytes, nonce: bytes) -> SealedOpening:
    """Encrypt `opening` under the person's 32-byte key with a fresh 12-byte nonce."""
    plain = canonical(
        {"group": opening.group, "salt": opening.salt.hex(), "value": dict(opening.value)}
    )
    digest = opening.commitment
    return SealedOpening(
        payee_ref=payee_ref,
        commitment=digest,
        group=opening.group,
        nonce=nonce,
        ciphertext=AESGCM(key).encrypt(nonce, plain, digest),
    )


def open_opening(sealed: SealedOpening, key: bytes) -> Opening:
    """Decrypt and check against the commitment. Raises EvidenceAltered."""
    try:
        plain = AESGCM(key).decrypt(sealed.nonce, sealed.ciphertext, sealed.commitment)
    except InvalidTag:
        raise EvidenceAltered(
            f"opening {sealed.commitment.hex()}: not the bytes sealed under this person's key"
        ) from None

    value: Any = parse_canonical(plain)
    opening = Opening(group=value["group"], salt=bytes.fromhex(value["salt"]), value=value["value"])
    if opening.commitment != sealed.commitment or opening.group != sealed.group:
        raise EvidenceAltered(
            f"opening: expected commitment {sealed.commitment.hex()}, "
            f"computed {opening.commitment.hex()}"
        )
    return opening


def wrap_person_key(agency_key: bytes, person_key: bytes) -> bytes:
    """RFC 3394 key wrap, 40 bytes."""
    return aes_key_wrap(agency_key, person_key)


def unwrap_person_key(agency_key: bytes, wrapped: bytes) -> bytes:
    """The person's key. Raises KeyFileError when the agency's key is not the one."""
    try:
        return aes_key_unwrap(agency_key, wrapped)
    except InvalidUnwrap:
        raise KeyFileError("the agency key does not open this person's key") from None


def seal_source(agency_key: bytes, raw: bytes, nonce: bytes) -> bytes:
    """A raw file sealed for `sources/`."""
    key = _source_key(agency_key, hashlib.sha256(raw).digest())
    return _SEAL + nonce + AESGCM(key).encrypt(nonce, raw, None)


def open_source(agency_key: bytes, sealed: bytes, raw_sha256: bytes) -> bytes:
    """The raw file behind a sealed source. Raises EvidenceAltered."""
    if not sealed.startswith(_SEAL):
        raise EvidenceAltered("sealed source: expected the fundtrail-sealed-1 header")
    nonce, body = sealed[len(_SEAL) : len(_SEAL) + 12], sealed[len(_SEAL) + 12 :]
    try:
        return AESGCM(_source_key(agency_key, raw_sha256)).decrypt(nonce, body, None)
    except InvalidTag:
        raise EvidenceAltered(
            f"sealed source of {raw_sha256.hex()}: altered, or another key"
        ) from None


def _source_key(agency_key: bytes, raw_sha256: bytes) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=raw_sha256, info=b"fundtrail source")
    return kdf.derive(agency_key)
