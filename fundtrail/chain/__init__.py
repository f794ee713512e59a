"""The chain: everything of the kernel that talks to a node, and nothing else does.

    from fundtrail.chain.rpc import Rpc
    from fundtrail.chain.network_check import check_network
    from fundtrail.chain.bindings import EvidenceLog, FundLedger, Registry
    from fundtrail.chain.calldata import act_calldata, parse_calldata
    from fundtrail.chain.events import Decoder, confirmed_head, read_events
    from fundtrail.chain.event_types import FeedAnchored, RunPrepared, …
    from fundtrail.chain.relay import Relayer
    from fundtrail.chain.reverts import Refusal, explain
    from fundtrail.chain.deploy import deploy
    from fundtrail.chain.errors import ContractRefused, NodeUnreachable, TransactionUnknown, …

* A view: `FundLedger(network, rpc).fund("cz-2026")` → frozen dataclass; codes are text, money fen.
* An act: `act_calldata(statement, signatures)` → bytes; `Relayer(network, rpc, key)` carries them:
  `simulate` → `raw` → `send_raw` → `receipt` / `wait`, each usable alone, or `record` for all.
* Events: `for event in read_events(network, rpc, first, last): …` in chain order, confirmed only.
* Refusals: `explain(revert_bytes)` → name, arguments and a Chinese and an English sentence.

`bindings.py` and `event_types.py` are written by `python -m fundtrail.chain.generate`.
"""
