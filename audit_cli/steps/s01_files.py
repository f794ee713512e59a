"""(1) Files: every file is named by a record, every named file is there, every digest is right."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from audit_cli.case import Case, result
from audit_cli.findings import Finding, Severity, altered, missing_file
from audit_cli.named_files import NamedFile
from audit_cli.steps import StepResult

NUMBER = 1


def check(case: Case) -> StepResult:
    """Compare what feeds name with what lies in the folder. Tiles come with the feeds."""
    findings = case.read_findings(NUMBER)
    for named in case.named:
        findings += _check_named(case, named)
    findings += _check_unknown(case)
    findings += _check_owners(case)
    return result(NUMBER, len(case.present), findings)


def is_inside(path: str) -> bool:
    """Whether a path that a record names stays in the evidence folder."""
    parts = PurePosixPath(path)
    return bool(path) and "\0" not in path and not parts.is_absolute() and ".." not in parts.parts


def _check_named(case: Case, named: NamedFile) -> Iterator[Finding]:
    record = named.record
    by_zh = f"数据源 {record.feed} 第 {record.index} 项登记"
    by_en = f"named by entry {record.index} of feed {record.feed}"
    if not is_inside(named.path) or named.misplaced:
        yield _finding(
            named.path,
            f"{by_zh}的路径 {named.path!r} 不合规定。",
            f"{named.path!r}, {by_en}, is not where such a file lies.",
        )
        return
    found = case.found[named.path]
    if found.sha256 is None:
        yield missing_file(NUMBER, named.path, by_zh, by_en)
    elif (found.sha256, found.size) != (named.sha256, named.size):
        yield altered(
            "S01",
            named.path,
            f"与{by_zh}的摘要不符",
            f"not the bytes {by_en}",
            expected=f"{named.sha256.hex()} ({named.size} bytes)",
            computed=f"{found.sha256.hex()} ({found.size} bytes)",
        )


def _check_unknown(case: Case) -> Iterator[Finding]:
    known = {named.path for named in case.named} | {"network.toml", *case.held.files}
    for feed in case.feeds.values():
        known |= feed.files
    for path in sorted(case.present - known):
        yield _finding(
            path,
            f"{path} 未被任何记录登记,来历不明。",
            f"{path} is named by no record of any feed.",
        )


def _check_owners(case: Case) -> Iterator[Finding]:
    """A feed that nobody opened on the chain speaks for nobody."""
    if case.replayed is None:
        return
    for code in sorted(set(case.feeds) - set(case.replayed.state.feeds)):
        yield _finding(
            case.feeds[code].path,
            f"数据源 {code} 未在链上登记。",
            f"feed {code} was never opened on the chain.",
        )


def _finding(path: str, zh: str, en: str) -> Finding:
    return Finding(
        rule="S01",
        severity=Severity.HIGH,
        subject=f"file:{path}",
        zh=zh,
        en=en,
        evidence={"file": path},
    )
