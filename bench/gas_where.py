"""Where the gas of a run's life goes: per act, by what the protocol charges it for.

Every step of each transaction is read back from a node that keeps them. What storage and events
cost is in the steps; computing, calls between contracts and the signature are all that is left.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.gas_chain import gas_chain
from bench.gas_run import gas_run, lines
from bench.gas_town import NOTICE_SECONDS, seated
from fundtrail.chain.rpc import Rpc

TRANSACTION = 21_000
ZERO_BYTE, OTHER_BYTE = 4, 16
# A slot written from zero costs 20,000, and 2,100 more where the act had not read it (EIP-2929).
FRESH_SLOT_MIN = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Gas of one act; `fresh_slots` counts what it wrote for the first time."""

    act: str
    gas: int
    transaction: int
    calldata: int
    fresh_slots: int
    fresh: int
    changed: int
    read: int
    events: int

    @property
    def rest(self) -> int:
        """Computing, calls between contracts, the signature."""
        named = (self.calldata, self.fresh, self.changed, self.read, self.events)
        return self.gas - self.transaction - sum(named)


def measure_where(rows: int) -> list[Spent]:
    """Each act in the life of a run of `rows` lines with one batch, all of it credited."""
    with gas_chain(traced=True) as chain:
        town = seated(chain)
        run = gas_run("R-where", lines(rows))
        run.announce(town)
        chain.travel(NOTICE_SECONDS + 2 * 3_600)
        return [_spent(chain.rpc, act, gas) for act, gas in run.live(town)]


def _spent(rpc: Rpc, act: str, gas: int) -> Spent:
    transaction = rpc.call("eth_getBlockByNumber", "latest", True)["transactions"][-1]
    data = bytes.fromhex(transaction["input"].removeprefix("0x"))
    zeros = data.count(0)
    calldata = zeros * ZERO_BYTE + (len(data) - zeros) * OTHER_BYTE
    steps = rpc.call("debug_traceTransaction", transaction["hash"], {})["structLogs"]
    writes, reads, events = (list(_prices(steps, name)) for name in ("SSTORE", "SLOAD", "LOG"))
    fresh = [price for price in writes if price >= FRESH_SLOT_MIN]
    return Spent(
        act=act,
        gas=gas,
        transaction=TRANSACTION,
        calldata=calldata,
        fresh_slots=len(fresh),
        fresh=sum(fresh),
        changed=sum(writes) - sum(fresh),
        read=sum(reads),
        events=sum(events),
    )


def _prices(steps: list[Mapping[str, Any]], name: str) -> Iterator[int]:
    return (step["gasCost"] for step in steps if step["op"].startswith(name))
