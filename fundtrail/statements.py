"""All statements by name: every act of every contract (docs/format.md §6).

The acts are in `fundtrail.acts`, what they share in `fundtrail.statement`; import them from here.
"""

from collections.abc import Mapping
from typing import Any

from fundtrail.acts.dispute_desk import (
    Appeal,
    BookReceipt,
    CloseChallenge,
    CloseRecovery,
    Decide,
    DecideAppeal,
    OpenDispute,
    OrderRecovery,
    OrderReissue,
)
from fundtrail.acts.evidence_log import AnchorFeed, OpenFeed, PublishNotice, RotateFeed
from fundtrail.acts.fund_ledger import (
    Allot,
    Approve,
    Cancel,
    Close,
    Hold,
    Lift,
    PassOn,
    Prepare,
    Recall,
    Reject,
    Release,
    Review,
    Settle,
)
from fundtrail.acts.registry import (
    NameContract,
    RegisterProgramme,
    RevokeOfficer,
    SeatAgency,
    SeatOfficer,
    SetGovernors,
)
from fundtrail.errors import StatementError
from fundtrail.statement import DOMAIN_NAME, DOMAIN_VERSION, Basis, Statement, camel

__all__ = [
    "DOMAIN_NAME",
    "DOMAIN_VERSION",
    "STATEMENTS",
    "Allot",
    "AnchorFeed",
    "Appeal",
    "Approve",
    "Basis",
    "BookReceipt",
    "Cancel",
    "Close",
    "CloseChallenge",
    "CloseRecovery",
    "Decide",
    "DecideAppeal",
    "Hold",
    "Lift",
    "NameContract",
    "OpenDispute",
    "OpenFeed",
    "OrderRecovery",
    "OrderReissue",
    "PassOn",
    "Prepare",
    "PublishNotice",
    "Recall",
    "RegisterProgramme",
    "Reject",
    "Release",
    "Review",
    "RevokeOfficer",
    "RotateFeed",
    "SeatAgency",
    "SeatOfficer",
    "SetGovernors",
    "Settle",
    "Statement",
    "camel",
    "statement_from_message",
]

STATEMENTS: dict[str, type[Statement]] = {
    act.__name__: act
    for act in (
        SeatAgency,
        SeatOfficer,
        RevokeOfficer,
        RegisterProgramme,
        SetGovernors,
        NameContract,
        OpenFeed,
        AnchorFeed,
        RotateFeed,
        PublishNotice,
        Allot,
        PassOn,
        Prepare,
        Review,
        Approve,
        Release,
        Settle,
        Reject,
        Recall,
        Close,
        Cancel,
        Hold,
        Lift,
        OpenDispute,
        Decide,
        Appeal,
        DecideAppeal,
        OrderReissue,
        OrderRecovery,
        BookReceipt,
        CloseRecovery,
        CloseChallenge,
    )
}


def statement_from_message(type_name: object, message: Mapping[str, Any]) -> Statement:
    """The statement of a known type. Raises StatementError for any other."""
    if not isinstance(type_name, str) or type_name not in STATEMENTS:
        raise StatementError(f"expected one of {sorted(STATEMENTS)}, got {type_name!r}")
    return STATEMENTS[type_name].from_message(message)
