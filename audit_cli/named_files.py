"""The files that feeds name, and what lies in the evidence folder (docs/format.md §7).

The last record of a feed that names a path speaks for that feed; where two feeds name one path,
the file must be what both say.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit_cli.feeds import FeedRecord, FeedView
from fundtrail.errors import EvidenceMissing
from fundtrail.evidence import file_digest, lines_path
from fundtrail.sum_tree import TreeKind

NAMING_KINDS = frozenset({"lines", "file", "source"})
_TREES = {
    "run": TreeKind.RUN,
    "credited": TreeKind.CREDITED,
    "returned": TreeKind.RETURNED,
    "roster": TreeKind.ROSTER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    """A path with the digest and size that a record gives it."""

    path: str
    sha256: bytes
    size: int
    record: FeedRecord

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields of the record."""
        return self.record.fields

    @property
    def tree(self) -> TreeKind | None:
        """What kind of lines the file holds, if it holds lines."""
        return _TREES[self.fields["tree"]] if self.record.kind == "lines" else None

    @property
    def misplaced(self) -> bool:
        """Whether a `lines` record names another path than its tree and subject have."""
        tree = self.tree
        return tree is not None and lines_path(tree, self.fields["subject"]) != self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file of the evidence as it is. `sha256` is None where it is not there."""

    path: str
    sha256: bytes | None
    size: int


def named_files(feeds: Iterable[FeedView]) -> list[NamedFile]:
    """What speaks for each path, feed by feed, in order of path."""
    spoken: dict[tuple[str, str], NamedFile] = {}
    for feed in feeds:
        for record in feed.records:
            if record.kind in NAMING_KINDS:
                named = _named(record)
                spoken[named.path, feed.code] = named
    return [spoken[key] for key in sorted(spoken)]


def files_in(evidence: Path) -> Iterator[str]:
    """Every file of the folder, relative to it."""
    for folder, _, names in os.walk(evidence):
        for name in names:
            yield (Path(folder) / name).relative_to(evidence).as_posix()


def digest_files(evidence: Path, paths: Iterable[str]) -> dict[str, FoundFile]:
    """Digest and size of each path; hashing runs on all cores."""

    def found(path: str) -> FoundFile:
        try:
            digest, size = file_digest(evidence / path)
        except (EvidenceMissing, IsADirectoryError):
            return FoundFile(path=path, sha256=None, size=0)
        return FoundFile(path=path, sha256=digest, size=size)

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return {file.path: file for file in pool.map(found, sorted(set(paths)))}


def _named(record: FeedRecord) -> NamedFile:
    fields = record.fields
    path = f"sources/{fields['sha256']}" if record.kind == "source" else fields["path"]
    return NamedFile(
        path=path, sha256=bytes.fromhex(fields["sha256"]), size=fields["size"], record=record
    )
