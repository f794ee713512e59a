"""Where a record came from, as every record of an oracle says it."""

from fundtrail import __version__
from fundtrail.records import Provenance
from oracles.settings import Settings

CONNECTOR = f"fundtrail-oracle/{__version__}"


def provenance_of(
    settings: Settings, *, sha256: bytes, mapping: str, collected_at: str, sheet: str = ""
) -> Provenance:
    """The provenance of a whole file (row 0); a row's record replaces the row."""
    return Provenance(
        clock_offset_ms=settings.clock_offset_ms,
        collected_at=collected_at,
        connector=CONNECTOR,
        file_sha256=sha256.hex(),
        mapping=mapping,
        operator=settings.operator,
        row=0,
        sheet=sheet,
        source_system=settings.source_system,
    )
