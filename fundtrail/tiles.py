"""A feed on disk: C2SP tlog-tiles (docs/format.md §5). The file that does a feed's I/O.

The writer is crash-safe: every file is written aside and renamed, the checkpoint last. What lies
beyond the checkpoint is not part of the feed and is written over. Memory does not grow with the
feed: proofs read the few tiles they need.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fundtrail.errors import EvidenceAltered, EvidenceMissing, RecordError
from fundtrail.log_tree import EMPTY_ROOT, consistency_from, leaf_hash, node_hash, root, split_point
from fundtrail.records import ENTRY_MAX
from fundtrail.signed_note import (
    Checkpoint,
    open_checkpoint,
    sign_checkpoint,
    verifier_key,
    vkey_from_bytes,
)

HEIGHT = 8
WIDTH = 1 << HEIGHT
_HASH = 32


def tile_path(level: int | None, index: int, width: int) -> str:
    """`tile/<L>/x001/234[.p/W]`; level None is the entries."""
    groups = [f"{index % 1000:03d}"]
    index //= 1000
    while index:
        groups.insert(0, f"x{index % 1000:03d}")
        index //= 1000
    name = f"tile/{'entries' if level is None else level}/" + "/".join(groups)
    return name if width == WIDTH else f"{name}.p/{width}"


def tile_paths(size: int) -> Iterator[str]:
    """Every tile of a feed of `size` entries, hash tiles by level and then the entry bundles."""
    level = 0
    while size >> (HEIGHT * level):
        for index, width in _tiles(size >> (HEIGHT * level)):
            yield tile_path(level, index, width)
        level += 1
    for index, width in _tiles(size):
        yield tile_path(None, index, width)


def _tiles(count: int) -> Iterator[tuple[int, int]]:
    for index in range(count // WIDTH):
        yield index, WIDTH
    if count % WIDTH:
        yield count // WIDTH, count % WIDTH


class FeedReader:
    """A feed folder, read only. `size` and `root` are those of its verified checkpoint."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = vkey_from_bytes(self._read("vkey"))
        self.checkpoint = open_checkpoint(self._read("checkpoint"), self.key)

    def entries(self, start: int = 0) -> Iterator[bytes]:
        """Entries from `start` on, in order. Raises EvidenceAltered naming a torn bundle."""
        size = self.checkpoint.size
        for index in range(start // WIDTH, -(-size // WIDTH)):
            width = min(WIDTH, size - index * WIDTH)
            bundle = self.bundle(index, width)
            yield from bundle[max(0, start - index * WIDTH) :]

    def bundle(self, index: int, width: int) -> list[bytes]:
        """The entries of one bundle."""
        path = tile_path(None, index, width)
        return unbundle(self._read(path), width, str(self.folder / path))

    def hash_tile(self, level: int, index: int, width: int) -> list[bytes]:
        """The hashes of one tile."""
        path = tile_path(level, index, width)
        data = self._read(path)
        if len(data) != width * _HASH:
            raise EvidenceAltered(
                f"{self.folder / path}: expected {width * _HASH} bytes, got {len(data)}"
            )
        return [data[i : i + _HASH] for i in range(0, len(data), _HASH)]

    def range_root(self, size: int) -> Callable[[int, int], bytes]:
        """Roots of leaf ranges that an RFC 9162 proof over `size` entries asks for."""

        def node(level: int, index: int) -> bytes:
            tile_level, inner = divmod(level, HEIGHT)
            first = index << inner
            tile, offset = divmod(first, WIDTH)
            width = min(WIDTH, (size >> (HEIGHT * tile_level)) - tile * WIDTH)
            return root(self.hash_tile(tile_level, tile, width)[offset : offset + (1 << inner)])

        def ranged(low: int, high: int) -> bytes:
            count = high - low
            if count & (count - 1) == 0:
                level = count.bit_length() - 1
                return node(level, low >> level)
            middle = low + split_point(count)
            return node_hash(ranged(low, middle), ranged(middle, high))

        return ranged

    def consistency(self, old_size: int) -> tuple[bytes, ...]:
        """The RFC 9162 proof that this head extends the log of `old_size` entries."""
        size = self.checkpoint.size
        return consistency_from(self.range_root(size), old_size, size)

    def _read(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise EvidenceMissing(
                f"{self.folder / name}: expected this file, it is missing"
            ) from None


class FeedWriter:
    """Appends entries to one feed folder; one writer per feed."""

    def __init__(self, folder: Path, origin: str, private: Ed25519PrivateKey) -> None:
        self.folder, self._private, self._origin = folder, private, origin
        if not (folder / "checkpoint").exists():
            _write(folder / "vkey", verifier_key(origin, private).to_bytes())
            empty = Checkpoint(origin=origin, size=0, root=EMPTY_ROOT)
            _write(folder / "checkpoint", sign_checkpoint(empty, private))
        self._sweep()

    def reader(self) -> FeedReader:
        """The feed as it stands."""
        return FeedReader(self.folder)

    def append(self, entries: Iterable[bytes]) -> Checkpoint:
        """Append `entries` and move the checkpoint. All or, after a crash, nothing."""
        reader = self.reader()
        old = reader.checkpoint
        size = self._append_entries(reader, entries)
        if size == old.size:
            return old
        self._append_hashes(old.size, size)

        head = Checkpoint(origin=self._origin, size=size, root=self._root(reader, size))
        _write(self.folder / "checkpoint", sign_checkpoint(head, self._private))
        self._drop_partials(old.size, size)
        return head

    def _append_entries(self, reader: FeedReader, entries: Iterable[bytes]) -> int:
        size = reader.checkpoint.size
        index, width = divmod(size, WIDTH)
        bundle = reader.bundle(index, width) if width else []
        for entry in entries:
            if len(entry) > ENTRY_MAX:
                raise RecordError(f"expected entries up to {ENTRY_MAX} bytes, got {len(entry)}")
            bundle.append(entry)
            size += 1
            if len(bundle) == WIDTH:
                self._write_bundle(index, bundle)
                index, bundle = index + 1, []
        if bundle:
            self._write_bundle(index, bundle)
        return size

    def _write_bundle(self, index: int, bundle: list[bytes]) -> None:
        data = b"".join(len(entry).to_bytes(2, "big") + entry for entry in bundle)
        _write(self.folder / tile_path(None, index, len(bundle)), data)
        hashes = b"".join(leaf_hash(entry) for entry in bundle)
        _write(self.folder / tile_path(0, index, len(bundle)), hashes)

    def _append_hashes(self, old_size: int, size: int) -> None:
        level = 1
        while size >> (HEIGHT * level):
            before, after = old_size >> (HEIGHT * level), size >> (HEIGHT * level)
            if after > before:
                self._write_level(level, before, after)
            level += 1

    def _write_level(self, level: int, before: int, after: int) -> None:
        for index in range(before // WIDTH, -(-after // WIDTH)):
            width = min(WIDTH, after - index * WIDTH)
            tops = [self._full_root(level - 1, index * WIDTH + i) for i in range(width)]
            _write(self.folder / tile_path(level, index, width), b"".join(tops))

    def _full_root(self, level: int, index: int) -> bytes:
        data = (self.folder / tile_path(level, index, WIDTH)).read_bytes()
        return root([data[i : i + _HASH] for i in range(0, len(data), _HASH)])

    def _root(self, reader: FeedReader, size: int) -> bytes:
        return reader.range_root(size)(0, size)

    def _sweep(self) -> None:
        """Remove what a crash left: tiles beyond the checkpoint, files not yet renamed."""
        kept = {"vkey", "checkpoint", *tile_paths(self.reader().checkpoint.size)}
        for path in list(self.folder.rglob("*")):
            if path.is_file() and str(path.relative_to(self.folder)) not in kept:
                _unlink(path)

    def _drop_partials(self, old_size: int, size: int) -> None:
        for level in (None, *range(8)):
            shift = HEIGHT * (level or 0)
            before, after = old_size >> shift, size >> shift
            if before % WIDTH and after != before:
                _unlink(self.folder / tile_path(level, before // WIDTH, before % WIDTH))


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)
    if path.parent.name.endswith(".p") and not any(path.parent.iterdir()):
        path.parent.rmdir()


def unbundle(data: bytes, width: int, name: str) -> list[bytes]:
    """The entries in the bytes of a bundle. Raises EvidenceAltered naming `name`."""
    entries, position = [], 0
    while position < len(data):
        end = position + 2 + int.from_bytes(data[position : position + 2], "big")
        entries.append(data[position + 2 : end])
        position = end
    if position != len(data) or len(entries) != width:
        raise EvidenceAltered(f"{name}: expected {width} whole entries, got {len(entries)}")
    return entries


def _write(path: Path, data: bytes) -> None:
    """Write aside, flush to disk, rename: a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
