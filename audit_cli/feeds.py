"""Feeds read from the evidence: every tile recomputed from the entries (docs/format.md §5).

Gathers findings of steps 1, 2 and 9 on the way, because a feed is read once. Where an entry and its
hash tile disagree, the root says which of the two was altered. Memory holds one bundle, a hash per
256 entries, and the few records that name files, vouchers and policies.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from audit_cli.findings import Finding, Severity, altered, missing_file
from audit_cli.grammar import record_fault, record_pattern
from fundtrail.errors import CheckpointError, EvidenceAltered, FundtrailError
from fundtrail.log_tree import leaf_hash, root
from fundtrail.records import KINDS, record_digest
from fundtrail.signed_note import Checkpoint, VerifierKey, open_checkpoint, vkey_from_bytes
from fundtrail.tiles import WIDTH, tile_path, tile_paths, unbundle

BULK_KINDS = frozenset({"death", "life-certification"})
_KIND = re.compile(rb'"kind":"([a-z-]+)","provenance":')
_LAST_BUNDLE = re.compile(r"tile/entries/((?:x\d{3}/)*)(\d{3})(?:\.p/(\d+))?")

EntrySink = Callable[[str, int, Sequence[bytes]], None]
"""Takes (feed code, place of the first entry, entries), for the tables of the rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """An entry that names a file, a voucher or a policy.

    `index` is its place in the feed, `file_sha256` the raw file that its provenance names.
    """

    feed: str
    index: int
    kind: str
    digest: bytes
    fields: Mapping[str, Any]
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """A feed as the evidence holds it. `roots` are recomputed at each anchored size."""

    code: str
    path: str
    size: int
    key: VerifierKey | None
    checkpoint: Checkpoint | None
    records: tuple[FeedRecord, ...]
    roots: Mapping[int, bytes]
    files: frozenset[str]
    entry_count: int
    findings: tuple[Finding, ...]


def read_feed(
    evidence: Path,
    *,
    network: str,
    code: str,
    vkey_digest: bytes | None,
    anchors: Mapping[int, bytes],
    sink: EntrySink | None = None,
) -> FeedView:
    """Read `feeds/<network>/<code>`. `anchors` is size → root on the chain, `vkey_digest` too."""
    reading = _Reading(
        evidence=evidence, code=code, path=f"feeds/{network}/{code}", anchors=anchors, sink=sink
    )
    reading.read(origin=f"{network}/{code}", vkey_digest=vkey_digest)
    return FeedView(
        code=code,
        path=reading.path,
        size=reading.size,
        key=reading.key,
        checkpoint=reading.checkpoint,
        records=tuple(reading.records),
        roots=reading.anchored_roots(),
        files=reading.files(),
        entry_count=reading.entry_count,
        findings=tuple(reading.findings),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Torn:
    """A bundle whose entries do not give the hashes of its tile."""

    index: int
    computed: Sequence[bytes]
    stored: Sequence[bytes]


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One feed while it is read. `bundle_roots` has a root per bundle, None where unreadable."""

    evidence: Path
    code: str
    path: str
    anchors: Mapping[int, bytes]
    sink: EntrySink | None
    size: int = 0
    key: VerifierKey | None = None
    checkpoint: Checkpoint | None = None
    entry_count: int = 0
    findings: list[Finding] = field(default_factory=list)
    records: list[FeedRecord] = field(default_factory=list)
    bundle_roots: list[bytes | None] = field(default_factory=list)
    prefix_roots: dict[int, bytes] = field(default_factory=dict)
    torn: list[_Torn] = field(default_factory=list)

    def read(self, *, origin: str, vkey_digest: bytes | None) -> None:
        self._read_key(origin, vkey_digest)
        self._read_checkpoint()
        for index in range(-(-self.size // WIDTH)):
            self._read_bundle(index, min(WIDTH, self.size - index * WIDTH))
        self._judge_torn()
        self._check_upper_tiles()
        self._check_head()

    def files(self) -> frozenset[str]:
        names = {"vkey", "checkpoint", *tile_paths(self.size)}
        return frozenset(f"{self.path}/{name}" for name in names)

    def anchored_roots(self) -> dict[int, bytes]:
        """Recomputed roots at the anchored sizes that this feed reaches."""
        roots: dict[int, bytes] = {}
        for size in self.anchors:
            whole = self.bundle_roots[: size // WIDTH]
            tail = [self.prefix_roots[size]] if size in self.prefix_roots else []
            known = [r for r in whole if r is not None]
            if size <= self.size and len(known) == len(whole) and bool(tail) == bool(size % WIDTH):
                roots[size] = root([*known, *tail])
        return roots

    # The key and the head.

    def _read_key(self, origin: str, vkey_digest: bytes | None) -> None:
        data = self._file("vkey", "数据源公钥", "the feed's verification key")
        if data is None:
            return
        name, got = f"{self.path}/vkey", sha256(data).digest()
        if vkey_digest is not None and got != vkey_digest:
            self._altered(name, "公钥文件与链上登记的摘要不符", "not the key that OpenFeed named",
                          expected=vkey_digest.hex(), computed=got.hex())  # fmt: skip
        try:
            key = vkey_from_bytes(data)
        except FundtrailError as error:
            self._malformed(name, str(error))
            return
        if key.origin != origin:
            self._malformed(name, f"expected origin {origin}, got {key.origin}")
            return
        self.key = key

    def _read_checkpoint(self) -> None:
        data = self._file("checkpoint", "数据源检查点", "the feed's checkpoint")
        if data is not None and self.key is not None:
            try:
                self.checkpoint = open_checkpoint(data, self.key)
            except CheckpointError as error:
                self._malformed(f"{self.path}/checkpoint", str(error))
        if self.checkpoint is not None:
            self.size = self.checkpoint.size
        else:
            self.size = self._size_on_disk() or max(self.anchors, default=0)

    def _size_on_disk(self) -> int:
        folder = self.evidence / self.path
        sizes = [0]
        for file in folder.glob("tile/entries/**/*"):
            found = _LAST_BUNDLE.fullmatch(file.relative_to(folder).as_posix())
            if found and file.is_file():
                high, low, width = found.groups()
                index = int(high.replace("x", "").replace("/", "") + low)
                sizes.append(index * WIDTH + int(width or WIDTH))
        return max(sizes)

    # Bundles of entries and their hash tiles.

    def _read_bundle(self, index: int, width: int) -> None:
        entries = self._entries(index, width)
        stored = self._hash_tile(0, index, width)
        computed = [leaf_hash(entry) for entry in entries] if entries is not None else None
        if computed is not None and stored is not None and computed != stored:
            self.torn.append(_Torn(index=index, computed=computed, stored=stored))
        self._take_leaves(index, computed if computed is not None else stored)
        if entries is not None:
            self.entry_count += len(entries)
            self._take_entries(index, entries)

    def _take_leaves(self, index: int, leaves: Sequence[bytes] | None) -> None:
        first = index * WIDTH
        del self.bundle_roots[index:]
        self.bundle_roots.append(root(leaves) if leaves is not None else None)
        for size in self.anchors:
            if leaves is not None and first < size < first + WIDTH and size <= first + len(leaves):
                self.prefix_roots[size] = root(leaves[: size - first])

    def _take_entries(self, index: int, entries: Sequence[bytes]) -> None:
        path = f"{self.path}/{tile_path(None, index, len(entries))}"
        sound = []
        for place, entry in enumerate(entries):
            fault, kind = _entry_fault(entry)
            if fault is not None:
                self.findings.append(_entry_finding(path, place, index * WIDTH + place, fault))
                continue
            sound.append(entry)
            if kind not in BULK_KINDS:
                self.records.append(_record(self.code, index * WIDTH + place, kind, entry))
        if self.sink is not None:
            self.sink(self.code, index * WIDTH, sound)

    def _entries(self, index: int, width: int) -> list[bytes] | None:
        name = tile_path(None, index, width)
        data = self._file(name, "数据源条目", "entries of the feed")
        if data is None:
            return None
        try:
            return unbundle(data, width, f"{self.path}/{name}")
        except EvidenceAltered as error:
            self._malformed(f"{self.path}/{name}", str(error))
            return None

    def _hash_tile(self, level: int, index: int, width: int) -> list[bytes] | None:
        name = tile_path(level, index, width)
        data = self._file(name, "哈希瓦片", "a hash tile of the feed")
        if data is None:
            return None
        if len(data) != 32 * width:
            self._malformed(f"{self.path}/{name}", f"expected {32 * width} bytes, got {len(data)}")
            return None
        return [data[i : i + 32] for i in range(0, len(data), 32)]

    # Which of two that disagree was altered.

    def _judge_torn(self) -> None:
        """Blame the hash tiles where the entries lead to the signed root, else the entries."""
        truth = self.checkpoint.root if self.checkpoint else self.anchors.get(self.size)
        if not self.torn or self._root() == truth:
            for torn in self.torn:
                self._blame_hashes(torn)
            return
        for torn in self.torn:
            self._go_on_with_stored(torn)
            self._blame_entries(torn)

    def _go_on_with_stored(self, torn: _Torn) -> None:
        later = self.bundle_roots[torn.index + 1 :]
        self._take_leaves(torn.index, torn.stored)
        self.bundle_roots.extend(later)

    def _blame_hashes(self, torn: _Torn) -> None:
        path = f"{self.path}/{tile_path(0, torn.index, len(torn.stored))}"
        for place, (expected, computed) in enumerate(zip(torn.computed, torn.stored, strict=True)):
            if expected != computed:
                self._altered(path, "哈希与条目不符", "a hash that is not that of its entry",
                              expected=expected.hex(), computed=computed.hex(),
                              line=place + 1)  # fmt: skip

    def _blame_entries(self, torn: _Torn) -> None:
        path = f"{self.path}/{tile_path(None, torn.index, len(torn.computed))}"
        for place, (expected, computed) in enumerate(zip(torn.stored, torn.computed, strict=True)):
            if expected != computed:
                self._altered(path, "条目与已签署的树不符",
                              "an entry that is not the one in the tree",
                              expected=expected.hex(), computed=computed.hex(),
                              line=place + 1)  # fmt: skip

    def _root(self) -> bytes | None:
        known = [r for r in self.bundle_roots if r is not None]
        return root(known) if len(known) == len(self.bundle_roots) else None

    def _check_upper_tiles(self) -> None:
        """Tiles above the leaves hold the roots of whole tiles below them."""
        level, below = 1, self.bundle_roots[: self.size // WIDTH]
        while below:
            above: list[bytes | None] = []
            for index in range(-(-len(below) // WIDTH)):
                part = below[index * WIDTH : (index + 1) * WIDTH]
                self._check_tile(level, index, part)
                known = [r for r in part if r is not None]
                above.append(root(known) if len(known) == WIDTH else None)
            level, below = level + 1, above[: len(below) // WIDTH]

    def _check_tile(self, level: int, index: int, part: Sequence[bytes | None]) -> None:
        stored = self._hash_tile(level, index, len(part))
        for place, (expected, got) in enumerate(zip(part, stored or (), strict=False)):
            if expected is not None and expected != got:
                self._altered(f"{self.path}/{tile_path(level, index, len(part))}",
                              "哈希与下层不符", "a hash that is not that of the tile below",
                              expected=expected.hex(), computed=got.hex(),
                              line=place + 1)  # fmt: skip

    def _check_head(self) -> None:
        computed = self._root() if self.size else None
        if self.checkpoint is None or computed is None or computed == self.checkpoint.root:
            return
        self._altered(f"{self.path}/checkpoint", "条目的根与检查点不符",
                      "the entries do not lead to the signed root",
                      expected=self.checkpoint.root.hex(), computed=computed.hex())  # fmt: skip

    # Findings.

    def _file(self, name: str, zh: str, en: str) -> bytes | None:
        try:
            return (self.evidence / self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            self.findings.append(missing_file(1, f"{self.path}/{name}", zh, en))
            return None

    def _altered(
        self, path: str, zh: str, en: str, *, expected: str, computed: str, line: int | None = None
    ) -> None:
        self.findings.append(
            altered("S01", path, zh, en, expected=expected, computed=computed, line=line)
        )

    def _malformed(self, path: str, fault: str) -> None:
        self.findings.append(
            Finding(
                rule="S01",
                severity=Severity.CRITICAL,
                subject=f"file:{path}",
                zh=f"{path} 被改动或已损坏:{fault}。",
                en=f"{path} was altered or is damaged.",
                evidence={"file": path, "computed": fault},
            )
        )


def _entry_fault(entry: bytes) -> tuple[str | None, str]:
    """(what is wrong or None, kind)."""
    found = _KIND.search(entry)
    kind = found.group(1).decode() if found else ""
    if kind in KINDS and record_pattern(kind).fullmatch(entry) and _is_utf8(entry):
        return None, kind
    return record_fault(entry, kind), kind


def _record(feed: str, index: int, kind: str, entry: bytes) -> FeedRecord:
    value = orjson.loads(entry)
    return FeedRecord(
        feed=feed,
        index=index,
        kind=kind,
        digest=record_digest(entry),
        fields=value["fields"],
        file_sha256=value["provenance"]["file_sha256"],
    )


def _is_utf8(entry: bytes) -> bool:
    if entry.isascii():
        return True
    try:
        entry.decode()
    except UnicodeDecodeError:
        return False
    return True


def _entry_finding(path: str, place: int, index: int, fault: str) -> Finding:
    return Finding(
        rule="S02",
        severity=Severity.CRITICAL,
        subject=f"file:{path}",
        zh=f"{path} 第 {place + 1} 条(数据源第 {index} 项)不是规范的记录:{fault}。",
        en=f"{path}: entry {place + 1} is not a canonical record.",
        evidence={"file": path, "line": place + 1, "entry": index, "computed": fault},
    )


def feed_folders(evidence: Path, network: str) -> Iterator[str]:
    """Codes of the feed folders that the evidence holds."""
    folder = evidence / "feeds" / network
    if folder.is_dir():
        yield from sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
