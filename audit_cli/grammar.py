"""The grammar of canonical records, derived from the kernel's table of kinds.

A fast way to say yes: whatever it accepts, `fundtrail.records.record_from_bytes` accepts (a test
compares). What it does not accept goes to the kernel, which accepts it or says why not.
"""

import re
from collections.abc import Sequence
from functools import cache

import pyarrow as pa

from fundtrail.errors import FundtrailError, RecordError
from fundtrail.records import BAND, GROUPS, KINDS, PROVENANCE, record_from_bytes

# RFC 8785 strings: only what must be escaped is, and in the shortest way. `*+` never goes back.
_PLAIN = r'[^"\\\x00-\x1f]*+'
_STRING = rf'"{_PLAIN}(?:\\(?:["\\bfnrt]|u00(?:0[0-7be-f]|1[0-9a-f])){_PLAIN})*+"'
_DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TYPES = {
    "string": _STRING,
    "int": r"(?:0|[1-9][0-9]{0,14})",
    "offset": r"(?:0|-?[1-9][0-9]{0,14})",
    "hex64": r'"[0-9a-f]{64}"',
    "date": f'"{_DAY}"',
    "time": f'"{_DAY}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"',
    "code": r'"[A-Za-z0-9][A-Za-z0-9._-]{0,30}"',
    "period": r'"[0-9]{4}-(?:0[1-9]|1[0-2])"',
    "bool": "(?:true|false)",
    "money": r'"(?:0|[1-9][0-9]{0,37})"',
}


@cache
def record_pattern(kind: str) -> re.Pattern[bytes]:
    """What all canonical records of `kind` match from end to end, if they are UTF-8 and usual."""
    members = (
        f'"commitments":{_commitments()}',
        f'"fields":{_object(KINDS[kind])}',
        f'"kind":"{kind}"',
        f'"provenance":{_object(PROVENANCE)}',
        '"version":1',
    )
    return re.compile((r"\{" + ",".join(members) + r"\}").encode())


def faulty_records(
    records: pa.BinaryArray, values: Sequence[bytes], kind: str
) -> list[tuple[int, str]]:
    """(index, what is wrong) of every record that is not a canonical record of `kind`.

    `records` and `values` are the same records as Arrow and as Python have them.
    """
    fits = record_pattern(kind).fullmatch
    if _is_utf8(records) and all(map(fits, values)):
        return []

    return [
        (index, fault)
        for index, value in enumerate(values)
        if (fault := record_fault(value, kind)) is not None
    ]


def record_fault(data: bytes, kind: str) -> str | None:
    """What the kernel says against `data` as a record of `kind`."""
    try:
        record = record_from_bytes(data)
        if record.kind != kind:
            raise RecordError(f"kind: expected {kind}, got {record.kind}")
    except (FundtrailError, RecursionError) as error:
        return str(error)
    return None


def _is_utf8(records: pa.BinaryArray) -> bool:
    try:
        records.cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True


def _object(schema: dict[str, str]) -> str:
    members = (f'"{name}":{_type(kind)}' for name, kind in sorted(schema.items()))
    return r"\{" + ",".join(members) + r"\}"


def _type(kind: str) -> str:
    if kind == "bands":
        band = _object(BAND)
        return rf"\[{band}(?:,{band})*\]"
    return _TYPES.get(kind) or f'"(?:{kind})"'


def _commitments() -> str:
    groups, digest = sorted(GROUPS), _TYPES["hex64"]
    starts = (
        f'"{first}":{digest}' + "".join(f'(?:,"{more}":{digest})?' for more in groups[i + 1 :])
        for i, first in enumerate(groups)
    )
    return r"\{(?:" + "|".join(starts) + r")?\}"
