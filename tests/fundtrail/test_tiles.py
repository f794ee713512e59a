from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fundtrail.errors import CheckpointError, EvidenceAltered, EvidenceMissing, RecordError
from fundtrail.log_tree import EMPTY_ROOT, leaf_hash, root, verify_consistency
from fundtrail.signed_note import open_checkpoint, vkey_from_bytes
from fundtrail.tiles import FeedReader, FeedWriter, tile_path, tile_paths

KEY = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
ORIGIN = "yunzhou/death-register"


def entries(start: int, count: int) -> list[bytes]:
    return [f"entry {i}".encode() * (i % 3) for i in range(start, start + count)]


def test_a_feed_grows_in_steps_and_every_head_extends_the_last(tmp_path: Path) -> None:
    writer = FeedWriter(tmp_path, ORIGIN, KEY)
    held: list[bytes] = []
    old_size, old_root = 0, EMPTY_ROOT
    for count in (1, 254, 1, 1, 255, 700, 65_000, 3):
        held += entries(len(held), count)
        head = writer.append(held[-count:])
        reader = FeedReader(tmp_path)

        assert (head.size, head.root) == (len(held), root([leaf_hash(e) for e in held]))
        proof = reader.consistency(old_size)
        verify_consistency(old_size, old_root, head.size, head.root, proof)
        old_size, old_root = head.size, head.root
    assert list(FeedReader(tmp_path).entries()) == held
    assert list(FeedReader(tmp_path).entries(len(held) - 300)) == held[-300:]


def test_the_folder_holds_the_tiles_of_its_size_and_nothing_else(tmp_path: Path) -> None:
    writer = FeedWriter(tmp_path, ORIGIN, KEY)
    for count in (3, 255, 400):
        writer.append(entries(0, count))

    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {"vkey", "checkpoint", *tile_paths(658)}


@pytest.mark.parametrize("size", [3, 300, 512])
def test_a_crash_before_the_checkpoint_leaves_nothing(tmp_path: Path, size: int) -> None:
    crashed, whole = tmp_path / "crashed", tmp_path / "whole"
    FeedWriter(crashed, ORIGIN, KEY).append(entries(0, size))
    before = {path: path.read_bytes() for path in crashed.rglob("*") if path.is_file()}
    FeedWriter(crashed, ORIGIN, KEY).append(entries(size, 300))
    for path, data in before.items():  # as if the process had died before it moved the head
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (crashed / ".checkpoint.new").write_bytes(b"torn")

    FeedWriter(crashed, ORIGIN, KEY)
    assert {path: path.read_bytes() for path in crashed.rglob("*") if path.is_file()} == before

    FeedWriter(crashed, ORIGIN, KEY).append(entries(size, 300))
    FeedWriter(whole, ORIGIN, KEY).append(entries(0, size))
    FeedWriter(whole, ORIGIN, KEY).append(entries(size, 300))
    assert files(crashed) == files(whole)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_tile_names_follow_the_standard() -> None:
    assert tile_path(0, 1_234_067, 256) == "tile/0/x001/x234/067"
    assert tile_path(None, 0, 5) == "tile/entries/000.p/5"


def test_every_changed_byte_of_vkey_and_checkpoint_is_noticed(tmp_path: Path) -> None:
    FeedWriter(tmp_path, ORIGIN, KEY).append(entries(0, 3))
    vkey, note = (tmp_path / "vkey").read_bytes(), (tmp_path / "checkpoint").read_bytes()
    key = vkey_from_bytes(vkey)

    for position in range(len(note)):
        changed = bytearray(note)
        changed[position] ^= 1
        with pytest.raises(CheckpointError):
            open_checkpoint(bytes(changed), key)
    for position in range(len(vkey)):
        changed = bytearray(vkey)
        changed[position] ^= 1
        with pytest.raises(CheckpointError):
            open_checkpoint(note, vkey_from_bytes(bytes(changed)))


def test_a_torn_bundle_and_a_missing_one_are_named(tmp_path: Path) -> None:
    FeedWriter(tmp_path, ORIGIN, KEY).append(entries(0, 3))
    bundle = tmp_path / tile_path(None, 0, 3)

    bundle.write_bytes(bundle.read_bytes()[:-1])
    with pytest.raises(EvidenceAltered, match="entries"):
        list(FeedReader(tmp_path).entries())
    bundle.unlink()
    with pytest.raises(EvidenceMissing, match="entries"):
        list(FeedReader(tmp_path).entries())


def test_an_entry_over_the_limit_is_refused(tmp_path: Path) -> None:
    writer = FeedWriter(tmp_path, ORIGIN, KEY)

    with pytest.raises(RecordError):
        writer.append([bytes(65_536)])
    assert FeedReader(tmp_path).checkpoint.size == 0
