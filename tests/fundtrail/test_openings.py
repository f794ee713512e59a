import hashlib
from dataclasses import replace

import pytest

from fundtrail.errors import EvidenceAltered, KeyFileError
from fundtrail.openings import (
    Opening,
    open_opening,
    open_source,
    seal_opening,
    seal_source,
    unwrap_person_key,
    wrap_person_key,
)

OPENING = Opening(group="identity", salt=b"\1" * 32, value={"name": "张三"})
KEY, OTHER = b"\2" * 32, b"\3" * 32


def test_an_opening_is_read_with_the_persons_key_and_no_other() -> None:
    sealed = seal_opening(OPENING, b"\4" * 32, KEY, b"\5" * 12)

    assert open_opening(sealed, KEY) == OPENING
    assert "张三".encode() not in sealed.ciphertext
    with pytest.raises(EvidenceAltered):
        open_opening(sealed, OTHER)


def test_an_opening_moved_to_another_commitment_or_group_is_refused() -> None:
    sealed = seal_opening(OPENING, b"\4" * 32, KEY, b"\5" * 12)

    for forged in (
        replace(sealed, commitment=bytes(32)),
        replace(sealed, group="account"),
        replace(sealed, ciphertext=sealed.ciphertext[:-1] + b"\0"),
    ):
        with pytest.raises(EvidenceAltered):
            open_opening(forged, KEY)


def test_a_persons_key_is_wrapped_by_the_agency() -> None:
    wrapped = wrap_person_key(OTHER, KEY)

    assert unwrap_person_key(OTHER, wrapped) == KEY
    with pytest.raises(KeyFileError):
        unwrap_person_key(KEY, wrapped)


def test_a_sealed_source_opens_to_the_raw_file() -> None:
    raw = "姓名,金额\n".encode("gb18030")
    digest = hashlib.sha256(raw).digest()
    sealed = seal_source(KEY, raw, b"\6" * 12)

    assert open_source(KEY, sealed, digest) == raw
    for wrong in (sealed[:-1], raw, sealed[:40] + b"\0" + sealed[41:]):
        with pytest.raises(EvidenceAltered):
            open_source(KEY, wrong, digest)
    with pytest.raises(EvidenceAltered):
        open_source(OTHER, sealed, digest)
