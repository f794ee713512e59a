"""The chain: everything of the kernel that talks to a node, and nothing else does.

    from fundtrail.chain.rpc import Rpc
    from fundtrail.chain.network_check import check_network
    from fundtrail.chain.bindings import EvidenceLog, FundLedger, Registry
    from fundtrail.chain.calldata import act_calldata, parse_calldata
    from fundtrail.chain.transaction import Call, Fees, RawTransaction
    from fundtrail.chain.relay import Receipt, Relayer
    from fundtrail.chain.refusal import Refusal
    from fundtrail.chain.reverts import explain
    from fundtrail.chain.event_types import FeedAnchored, RunPrepared, …
    from fundtrail.chain.events import Decoder, confirmed_head, read_events
    from fundtrail.chain.recorded import read_recorded
    from fundtrail.chain.deploy import deploy
    from fundtrail.chain.errors import ContractRefused, NodeUnreachable, TransactionUnknown, …

* Trust: `check_network(network, rpc)` first; it refuses another chain and other code.
* A view: `FundLedger(network, rpc).fund("cz-2026")` → frozen dataclass; codes are text, money fen.
* An act: `relayer.record(relayer.call(statement, signatures))`, or its steps one by one, for a
  journal to write down: `simulate`, `raw`, `send_raw`, `confirmed` or `wait`; `noop` fills a gap.
* Events: `for event in read_events(network, rpc, first, last)`, confirmed ones in chain order;
  `read_recorded(network, rpc, events)` brings back the signed statements behind them.
* Refusals: `explain(revert_bytes)` → name, arguments, and a Chinese and an English sentence.

`bindings.py` and `event_types.py` are written by `python -m fundtrail.chain.generate`.
"""
