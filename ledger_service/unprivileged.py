"""Running a program without root's rights, when one is root.

Guarantees: a process that is not root changes nothing here. For root the program runs as `nobody`
with no groups, in a folder that belongs to it. No permission of any existing folder is widened:
where `nobody` cannot come through (a clone below /root), programs are copied and data is kept in
/var/lib/fundtrail, which a link at the asked place points to. Not a sandbox: other programs that
run as `nobody` could reach the same files.
"""

import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

NAME = "nobody"
REACHABLE = Path("/var/lib/fundtrail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who a program runs as: None for the caller itself."""

    uid: int | None
    gid: int | None

    @classmethod
    def for_this_process(cls) -> Self:
        """The caller, or `nobody` when the caller is root."""
        if os.geteuid() != 0:
            return cls(uid=None, gid=None)
        entry = pwd.getpwnam(NAME)
        return cls(uid=entry.pw_uid, gid=entry.pw_gid)

    def popen_arguments(self) -> dict[str, Any]:
        """What makes subprocess run a program as this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, folder: Path) -> None:
        """Give `folder` to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)

    def make_folder(self, folder: Path) -> None:
        """A new folder that only this account enters."""
        folder.mkdir(mode=0o700)
        self.own(folder)

    def reaches(self, folder: Path) -> bool:
        """Whether this account can walk to `folder` from the root."""
        if self.uid is None:
            return True
        return all(_lets_anyone_through(above) for above in folder.resolve().parents)


def reachable_programs(
    root: Path, folders: Sequence[str], account: Account, *, version: str
) -> Path:
    """`root`, or a copy of its `folders` that `account` can run; one copy for each `version`."""
    if all(account.reaches(root / folder / "any") for folder in folders):
        return root

    copy = _shared_folder() / f"programs-{version}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(dir=REACHABLE, prefix="unfinished-"))
        for folder in folders:
            shutil.copytree(root / folder, unfinished / folder)
        _open_to_everyone(unfinished)
        try:
            unfinished.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(unfinished)
    return copy


def reachable_folder(folder: Path, account: Account) -> Path:
    """`folder`, or the place of its data that `account` can reach, linked from there."""
    if folder.exists() or account.reaches(folder):
        return folder.resolve()

    _remove_orphans()
    place = Path(tempfile.mkdtemp(dir=_shared_folder(), prefix="data-"))
    place.chmod(0o711)
    (place / "linked-from").write_text(str(folder))
    folder.unlink(missing_ok=True)  # a link to data that is gone
    folder.symlink_to(place / "data")
    return place / "data"


def _shared_folder() -> Path:
    REACHABLE.mkdir(parents=True, exist_ok=True)
    REACHABLE.chmod(0o755)
    return REACHABLE


def _remove_orphans() -> None:
    """Remove data whose link is gone: the folder that asked for it was deleted."""
    for mark in REACHABLE.glob("data-*/linked-from"):
        link = Path(mark.read_text())
        if not link.is_symlink() or link.readlink() != mark.parent / "data":
            shutil.rmtree(mark.parent)


def _lets_anyone_through(folder: Path) -> bool:
    return bool(folder.stat().st_mode & stat.S_IXOTH)


def _open_to_everyone(copy: Path) -> None:
    """Let everyone read what the owner reads: a strict umask may have closed the original."""
    for path in (copy, *copy.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | 0o044 | (0o011 if mode & stat.S_IXUSR else 0))
