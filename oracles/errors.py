"""The exception tree of the oracles. Messages are Chinese first: what was expected, what came.

FundtrailError
└── OracleError
    ├── SettingsError       oracle.toml, named with the key
    ├── MappingError        a mapping file, named with the key
    ├── ContextError        what must be told with a file was not told, or not rightly
    ├── FileRefused         a whole file that cannot be read without guessing (a quarantine rule)
    ├── CellRefused         one cell of a row (a quarantine rule); never leaves `intake`
    ├── SubjectClosed       more lines for a run, notice or batch whose root is already named
    ├── NothingToPrepare    no lines, no voucher, no statement to build on
    ├── DraftError          a statement file that is not one, or that lacks signatures
    ├── NotAnchored         a statement that cites an entry which no anchor covers yet
    ├── JournalError        journal and feed, or journal and chain, contradict each other
    ├── OracleBusy          another process works in this folder
    ├── RunMismatch         the lines in a file are not those of the statement or of the chain
    └── LineMismatch        the payment of a statement, or its amount, is not in the lines file
"""

from fundtrail.errors import FundtrailError
from oracles.rules import Rule, rule


class OracleError(FundtrailError):
    """Everything an oracle refuses."""


class SettingsError(OracleError):
    """Not an oracle.toml of format 1."""


class MappingError(OracleError):
    """Not a mapping file of format 1."""


class ContextError(OracleError):
    """A run, notice, region or period that must be told with a file."""


class _Quarantined(OracleError):
    """Carries its rule; the message never holds the value, only its shape."""

    def __init__(self, slug: str, *, shape: str = "", expected: str = "", got: str = "") -> None:
        self.rule: Rule = rule(slug)
        self.shape, self.expected, self.got = shape, expected, got
        detail = "; ".join(
            part
            for part in (
                f"应为 expected {expected}" if expected else "",
                f"收到 got {got or shape}" if got or shape else "",
            )
            if part
        )
        self.detail = detail
        super().__init__(f"{self.rule.zh} {self.rule.en} [{slug}] {detail}".rstrip())


class FileRefused(_Quarantined):
    """The whole file goes to quarantine."""


class CellRefused(_Quarantined):
    """The row of this cell goes to quarantine."""


class SubjectClosed(OracleError):
    """The root of this run, notice or batch is already named in the feed."""


class NothingToPrepare(OracleError):
    """There is nothing that this statement could rest on."""


class DraftError(OracleError):
    """A statement file that is not one, or that is not signed as it must be."""


class NotAnchored(OracleError):
    """The entry that a statement cites lies beyond the last anchor of its feed."""


class JournalError(OracleError):
    """The journal contradicts the feed or the chain; nothing was changed."""


class OracleBusy(OracleError):
    """One writer per oracle folder."""


class RunMismatch(OracleError):
    """The lines of a file have another root than the statement, or than the run on the chain."""


class LineMismatch(OracleError):
    """The lines file has no such payment, or has it with another amount."""
