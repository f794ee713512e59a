"""The flow of money as nodes and links for a Sankey picture. Amounts are whole fen.

What flows into a fund, from above or from payees who gave it back, flows out of it: to its
children, to payees, back from the bank, to the bank without an answer yet, or nowhere, and is then
left over.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audit_cli.money_flow import FundLine, MoneyFlow

CREDITED = "已到账 credited"
RETURNED = "银行退回 returned"
REISSUED = "补发到账 reissued"
OUTSTANDING = "在途 outstanding"
AVAILABLE = "结余 available"
RECOVERED = "追回 recovered"
_ENDS = (CREDITED, RETURNED, REISSUED, OUTSTANDING, AVAILABLE, RECOVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Money from one node to another, in fen."""

    source: str
    target: str
    fen: int


def links(money: MoneyFlow) -> list[Link]:
    """Every link with money on it, equal ends joined."""
    names = {fund.code: node_name(fund) for fund in money.funds}
    sums: Counter[tuple[str, str]] = Counter()
    for fund in money.funds:
        for link in _of(fund, names):
            sums[link.source, link.target] += link.fen
    return [Link(source=a, target=b, fen=fen) for (a, b), fen in sums.items() if fen > 0]


def picture(money: MoneyFlow) -> dict[str, Any]:
    """Nodes and links as the chart takes them."""
    flow = links(money)
    used = {name for link in flow for name in (link.source, link.target)}
    funds = [node_name(fund) for fund in money.funds]
    names = [name for name in (*dict.fromkeys(funds), *_ENDS) if name in used]
    return {
        "nodes": [{"name": name, "end": name in _ENDS} for name in names],
        "links": [{"source": x.source, "target": x.target, "value": x.fen} for x in flow],
    }


def node_name(fund: FundLine) -> str:
    """`云州市财政局 OAA-2026`."""
    return f"{fund.agency_name} {fund.code}"


def _of(fund: FundLine, names: dict[str, str]) -> Iterator[Link]:
    here = names[fund.code]
    if fund.parent in names:
        yield Link(source=names[fund.parent], target=here, fen=fund.granted_fen)
    yield Link(source=RECOVERED, target=here, fen=fund.recovered_fen)
    left_of_returns = min(max(fund.returned_fen - fund.reissued_fen, 0), fund.available_fen)
    yield Link(source=here, target=CREDITED, fen=fund.paid_fen - fund.reissued_fen)
    yield Link(source=here, target=RETURNED, fen=fund.reissued_fen + left_of_returns)
    yield Link(source=RETURNED, target=REISSUED, fen=fund.reissued_fen)
    yield Link(source=RETURNED, target=AVAILABLE, fen=left_of_returns)
    yield Link(source=here, target=OUTSTANDING, fen=fund.committed_fen)
    yield Link(source=here, target=AVAILABLE, fen=fund.available_fen - left_of_returns)
