from collections.abc import Iterator
from pathlib import Path

import pytest

from fundtrail.errors import (
    EvidenceAltered,
    EvidenceMissing,
    MoneyError,
    OrderError,
    StatementError,
)
from fundtrail.evidence import (
    EvidenceLine,
    file_digest,
    keep_statement,
    lines_path,
    read_lines,
    read_statements,
    statements_path,
    write_lines,
)
from fundtrail.sum_tree import TreeKind, sum_root
from tests.fundtrail.test_statements import recorded


def lines(count: int) -> Iterator[EvidenceLine]:
    for i in range(1, count + 1):
        yield EvidenceLine(payment_id=i.to_bytes(32, "big"), amount_fen=i, record=b"%d" % i)


def test_lines_are_read_back_and_give_their_root(tmp_path: Path) -> None:
    path = tmp_path / lines_path(TreeKind.RUN, "R-1")

    root = write_lines(path, lines(45_000), TreeKind.RUN)

    assert list(read_lines(path)) == list(lines(45_000))
    assert root == sum_root((item.line() for item in lines(45_000)), TreeKind.RUN)
    assert file_digest(path)[1] == path.stat().st_size


def test_refused_lines_leave_no_file_behind(tmp_path: Path) -> None:
    path = tmp_path / "lines.parquet"
    low, high = lines(2)
    huge = EvidenceLine(payment_id=b"\1" * 32, amount_fen=2**64, record=b"")

    with pytest.raises(OrderError):
        write_lines(path, [high, low], TreeKind.RUN)
    with pytest.raises(MoneyError):
        write_lines(path, [huge], TreeKind.RUN)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_or_torn_lines_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lines.parquet"
    with pytest.raises(EvidenceMissing, match=r"lines\.parquet"):
        list(read_lines(path))
    with pytest.raises(EvidenceMissing, match=r"lines\.parquet"):
        file_digest(path)

    write_lines(path, lines(10), TreeKind.RUN)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(EvidenceAltered, match=r"lines\.parquet"):
        list(read_lines(path))


def test_a_statement_is_kept_once_and_a_torn_line_is_mended(tmp_path: Path) -> None:
    path = statements_path(tmp_path, 1_790_000_000)
    assert path == tmp_path / "statements" / "2026-09.jsonl"

    assert keep_statement(path, recorded())
    assert not keep_statement(path, recorded())
    with path.open("ab") as file:
        file.write(recorded().to_line()[:40])
    assert not keep_statement(path, recorded())
    assert list(read_statements(path)) == [recorded()]


def test_a_bad_statement_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "2026-09.jsonl"
    path.write_bytes(recorded().to_line() + b'{"version":1}\n')

    with pytest.raises(StatementError, match=r"2026-09\.jsonl:2"):
        list(read_statements(path))
