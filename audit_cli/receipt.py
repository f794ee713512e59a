"""One receipt, checked with `network.toml` and nothing else (docs/format.md §8)."""

from dataclasses import dataclass
from typing import Any

from fundtrail.errors import FundtrailError
from fundtrail.network import Network
from fundtrail.receipts import Act, Receipt, receipt_from_bytes, verify_receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReceipt:
    """What the receipt proves, or why it does not."""

    receipt: Receipt | None
    acts: tuple[Act, ...]
    fault: str | None

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        held = self.receipt
        return {
            "verdict": "verified" if self.fault is None else "findings",
            "fault": self.fault,
            "run": held.run if held else None,
            "payment": held.line.payment_id.hex() if held else None,
            "amount_fen": str(held.line.amount_fen) if held else None,
            "acts": [act_json(act) for act in self.acts],
            "not_checked": NOT_CHECKED,
        }


NOT_CHECKED = (
    "凭条证明签署过什么,不证明链上仍然如此;须用 verify 或 trace 询问节点。"
    " A receipt proves what was signed, not that the chain still holds it: ask a node."
)


def check_receipt(data: bytes, network: Network) -> CheckedReceipt:
    """Read and prove `data`. A fault is an outcome, never an exception."""
    receipt: Receipt | None = None
    try:
        receipt = receipt_from_bytes(data)
        return CheckedReceipt(receipt=receipt, acts=verify_receipt(receipt, network), fault=None)
    except (FundtrailError, TypeError, ValueError, KeyError, RecursionError) as error:
        return CheckedReceipt(receipt=receipt, acts=(), fault=str(error))


def act_json(act: Act) -> dict[str, Any]:
    """One proven act."""
    return {
        "act": act.statement.type_name(),
        "block": act.recorded.block,
        "transaction": "0x" + act.recorded.transaction.hex(),
        "agency": act.seat.agency,
        "agency_name": act.seat.agency_name,
        "officer": act.seat.key,
        "person": act.seat.person,
    }
