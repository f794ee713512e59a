"""A policy in TOML, as a department publishes it, as a `policy` record.

Reads `programme`, `effective_from`, `source` (or `source_zh`), `month_of_death_payable`,
`grace_months`, `return_days_max`, and `[[band]]` tables of `age_from`, `age_to`, `amount_fen` and
`band` (or `label_zh`). What the file does not say comes from the mapping's `[fields]`.
"""

import tomllib
from pathlib import Path
from typing import Any

from fundtrail.errors import RecordError
from fundtrail.records import KINDS, Provenance, Record
from oracles.errors import FileRefused
from oracles.mapping import Mapping

AGE_MAX = 999


def read_policy(path: Path, mapping: Mapping, provenance: Provenance) -> Record:
    """The policy record of the file. Raises FileRefused (`file-damaged`, `file-missing-column`)."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise FileRefused("file-encoding", expected="UTF-8", got="另一编码 another one") from None
    except tomllib.TOMLDecodeError as error:
        raise FileRefused("file-damaged", expected="TOML", got=str(error)) from error

    given = {**mapping.fields, **data}
    given["source"] = data.get("source", data.get("source_zh"))
    given["bands"] = [_band(band, place) for place, band in enumerate(data.get("band", ()), 1)]
    given["effective_from"] = str(data.get("effective_from", ""))
    missing = [name for name in KINDS["policy"] if given.get(name) in (None, "", [])]
    if missing:
        raise FileRefused("file-missing-column", expected="、".join(missing), got="、".join(data))
    try:
        fields = {name: given[name] for name in KINDS["policy"]}
        return Record(kind="policy", fields=fields, commitments={}, provenance=provenance)
    except RecordError as error:
        raise FileRefused("file-damaged", expected="政策 a policy", got=str(error)) from error


def _band(band: dict[str, Any], place: int) -> dict[str, Any]:
    """One age band. The last one has no upper end in the file; here it ends at 999."""
    try:
        return {
            "age_from": band["age_from"],
            "age_to": band.get("age_to", AGE_MAX),
            "amount_fen": str(band["amount_fen"]),
            "band": band.get("band") or band["label_zh"],
        }
    except KeyError as error:
        raise FileRefused(
            "file-missing-column", expected=f"band[{place}].{error.args[0]}"
        ) from None
