"""commit: personal values → commitments → record → line → tree, beside bare SHA-256.

The limit is SHA-256 over exactly the same buffers, in the same process: what no implementation of
this format can save. Values are made outside the clock, ten thousand at a time.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from bench.trial import Pair, Stopwatch, alone, show, sizes
from fundtrail.canonical import canonical
from fundtrail.records import Provenance, Record, commitment, record_digest
from fundtrail.sum_tree import Line, SumTreeBuilder, TreeKind

CHUNK = 10_000
GROUPS = ("identity", "account", "contact", "place")
Row = tuple[bytes, int, list[tuple[bytes, dict[str, str]]]]


def provenance(row: int) -> Provenance:
    return Provenance(
        clock_offset_ms=0,
        collected_at="2026-09-26T01:00:00Z",
        connector="fundtrail-oracle/0.1.0",
        file_sha256="ab" * 32,
        mapping="roster@1",
        operator="op-1",
        row=row,
        sheet="发放名册",
        source_system="civil-affairs",
    )


def rows(start: int, count: int) -> list[Row]:
    made: list[Row] = []
    for i in range(start, start + count):
        seed = i.to_bytes(32, "big")
        value = {"name": f"张{i}", "number": f"19010219480101{i:07d}", "note": "云州市清河街道"}
        made.append((seed, 7_500 + i % 5, [(seed, value) for _ in GROUPS]))
    return made


def fields() -> dict[str, Any]:
    return {
        "age": 78,
        "application": "SQ-190102001-000001",
        "attempt": 0,
        "band": "70-79",
        "element": "base",
        "payee_ref": "cd" * 32,
        "period": "2026-10",
        "programme": "OAA",
        "region": "190102001",
    }


def commit(chunk: Sequence[Row], start: int, builder: SumTreeBuilder) -> None:
    for number, (payment, amount, values) in enumerate(chunk, start):
        commitments = {
            group: commitment(salt, value).hex()
            for group, (salt, value) in zip(GROUPS, values, strict=True)
        }
        record = Record(
            kind="entitlement",
            fields=fields(),
            commitments=commitments,
            provenance=provenance(number),
        )
        digest = record_digest(record.to_bytes())
        builder.add(Line(payment_id=payment, amount_fen=amount, record_digest=digest))


def buffers(chunk: Sequence[Row], start: int) -> Iterator[bytes]:
    for number, (_, _, values) in enumerate(chunk, start):
        yield from (b"\x03" + salt + canonical(value) for salt, value in values)
        record = Record(
            kind="entitlement",
            fields=fields(),
            commitments=dict.fromkeys(GROUPS, "ef" * 32),
            provenance=provenance(number),
        )
        yield b"\x02" + record.to_bytes()
        yield bytes(81)  # the line
        yield bytes(97)  # its share of the nodes


def measure(count: int) -> Pair:
    ours, bare = Stopwatch(), Stopwatch()
    builder = SumTreeBuilder()
    for start in range(1, count + 1, CHUNK):
        chunk = rows(start, min(CHUNK, count + 1 - start))
        with ours:
            commit(chunk, start, builder)

        same = list(buffers(chunk, start))
        with bare:
            for data in same:
                hashlib.sha256(data).digest()
    builder.finish(TreeKind.RUN)
    return Pair(what="commit", limit="bare SHA-256", rows=count, ours=ours, bare=bare)


if __name__ == "__main__":
    show("commit", [alone(measure, count) for count in sizes(__doc__ or "")])
