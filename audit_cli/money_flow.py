"""Where the money went, for the report: every fund's line, the totals, and the flow as a graph."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from audit_cli.replay.replay import Replayed
from audit_cli.replay.state import FundState, LedgerState


@dataclass(frozen=True, slots=True, kw_only=True)
class FundLine:
    """One fund; amounts in fen. `level` is its depth below the appropriation.

    `held_fen` is the part of what is outstanding that disputes hold; JSON has it where it is not
    zero.
    """

    code: str
    parent: str
    level: int
    agency: str
    agency_name: str
    granted_fen: int
    recovered_fen: int
    passed_on_fen: int
    committed_fen: int
    paid_fen: int
    available_fen: int
    returned_fen: int
    reissued_fen: int
    held_fen: int = 0

    def to_json(self) -> dict[str, Any]:
        """The object of the report; money as text."""
        return {
            name: str(value) if name.endswith("_fen") else value
            for name in self.__slots__
            for value in [getattr(self, name)]
            if value or name != "held_fen"
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFlow:
    """Totals over all appropriations, in fen.

    In + recovered = credited + outstanding + available; held is a part of outstanding. JSON has
    recovered and held where they are not zero.
    """

    funds: tuple[FundLine, ...]
    allotted_fen: int
    credited_fen: int
    outstanding_fen: int
    available_fen: int
    returned_fen: int
    reissued_fen: int
    recovered_fen: int = 0
    held_fen: int = 0

    @property
    def balanced(self) -> bool:
        """Whether every fen that came in is somewhere."""
        used_fen = self.credited_fen + self.outstanding_fen + self.available_fen
        return self.allotted_fen + self.recovered_fen == used_fen

    def to_json(self) -> dict[str, Any]:
        """The object of the report; money as text."""
        rare = ("recovered_fen", "held_fen")
        names = [
            name
            for name in self.__slots__
            if name.endswith("_fen") and (name not in rare or getattr(self, name))
        ]
        return {name: str(getattr(self, name)) for name in names} | {"balanced": self.balanced}


def money_flow(replayed: Replayed) -> MoneyFlow:
    """The flow as the chain's events tell it."""
    state = replayed.state
    returned, reissued = _returns(state)
    funds = tuple(
        _line(replayed, fund, returned[fund.code], reissued[fund.code])
        for fund in _in_tree_order(state)
    )
    return MoneyFlow(
        funds=funds,
        allotted_fen=sum(fund.granted_fen for fund in funds if not fund.parent),
        credited_fen=sum(fund.paid_fen for fund in funds),
        outstanding_fen=sum(fund.committed_fen for fund in funds),
        available_fen=sum(fund.available_fen for fund in funds),
        returned_fen=sum(returned.values()),
        reissued_fen=sum(reissued.values()),
        recovered_fen=sum(fund.recovered_fen for fund in funds),
        held_fen=sum(fund.held_fen for fund in funds),
    )


def _returns(state: LedgerState) -> tuple[dict[str, int], dict[str, int]]:
    """Per fund: what came back, and what of it was credited in the end by a reissue."""
    returned: dict[str, int] = defaultdict(int)
    reissued: dict[str, int] = defaultdict(int)
    for run in state.runs.values():
        returned[run.prepared.fund] += run.returned_fen
        if run.prepared.reissue_of in state.batches:
            reissued[run.prepared.fund] += run.credited_fen
    return returned, reissued


def _in_tree_order(state: LedgerState) -> list[FundState]:
    children: dict[str, list[FundState]] = defaultdict(list)
    for fund in state.funds.values():
        children[fund.parent].append(fund)
    ordered: list[FundState] = []
    pending = list(reversed(children[""]))
    while pending:
        fund = pending.pop()
        ordered.append(fund)
        pending.extend(reversed(children[fund.code]))
    return ordered


def _line(replayed: Replayed, fund: FundState, returned: int, reissued: int) -> FundLine:
    agency = replayed.registry.agencies.get(fund.agency)
    return FundLine(
        code=fund.code,
        parent=fund.parent,
        level=_level(replayed.state, fund),
        agency=fund.agency,
        agency_name=agency.name if agency else fund.agency,
        granted_fen=fund.granted_fen,
        recovered_fen=fund.recovered_fen,
        passed_on_fen=fund.passed_on_fen,
        committed_fen=fund.committed_fen,
        paid_fen=fund.paid_fen,
        available_fen=fund.available_fen,
        returned_fen=returned,
        reissued_fen=reissued,
        held_fen=fund.held_fen,
    )


def _level(state: LedgerState, fund: FundState) -> int:
    level = 0
    while fund.parent in state.funds and level < len(state.funds):
        fund, level = state.funds[fund.parent], level + 1
    return level
