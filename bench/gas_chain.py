"""A chain of one's own on which every transaction's gas is read from its receipt.

Keys, times and codes follow from constants, so equal contracts give equal gas, to the unit. The
contracts come from the project's own deployment and the statements go through its own relayer.
"""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fundtrail.chain.anvil import Anvil
from fundtrail.chain.deploy import deploy
from fundtrail.chain.relay import Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.chain.transaction import Call
from fundtrail.ids import ZERO32, text_digest
from fundtrail.network import Governors, Network
from fundtrail.signers import KeySigner
from fundtrail.statements import Basis, Statement

CHAIN_ID = 19_010
START = 1_790_812_800  # 2026-10-01T00:00:00Z
STEP_SECONDS = 60
VALID_SECONDS = 7 * 86_400
GOVERNORS = ("1901-CZJ", "1901-MZJ", "1901-SJ")
GOVERNORS_MIN = 2


def key(name: str) -> KeySigner:
    """The key of that name; it guards nothing."""
    return KeySigner(hashlib.sha256(b"fundtrail bench/" + name.encode()).digest())


@dataclass(slots=True, kw_only=True)
class GasChain:
    """Contracts on a node, and a relayer. `spent` is the gas of the last transaction."""

    network: Network
    rpc: Rpc
    relayer: Relayer
    governors: list[KeySigner]
    spent: int = 0
    _now: int = START
    _documents: int = field(default=0)

    def travel(self, seconds: int) -> None:
        """Let the chain's clock go on by `seconds`."""
        self._now += seconds
        self.rpc.call("evm_setNextBlockTimestamp", hex(self._now))
        self.rpc.call("evm_mine")

    def basis(self, evidence: bytes = ZERO32) -> Basis:
        """A basis of its own, signed now."""
        self.travel(STEP_SECONDS)
        self._documents += 1
        return Basis(
            evidence=evidence,
            document=text_digest(f"云州〔2026〕{self._documents}号"),
            signed_at=self._now,
            deadline=self._now + VALID_SECONDS,
        )

    @property
    def now(self) -> int:
        """Seconds of the newest block, at least."""
        return self._now

    def govern(self, statement: Statement) -> int:
        """Record a statement of the governors; answers its gas."""
        return self._record(statement, self.governors[:GOVERNORS_MIN])

    def act(self, officer: str, statement: Statement, **beside: Any) -> int:
        """Record a statement of one officer, with the proofs that `Relayer.call` takes."""
        return self._record(statement, [key(officer)], **beside)

    def tell(self, contract: str, data: bytes) -> int:
        """Call one of the network's contracts; answers the gas."""
        return self.send(self.network.address(contract), data)

    def ask(self, contract: str, data: bytes) -> bytes:
        """What a call would answer now; nothing is sent."""
        return self.rpc.eth_call(self.network.address(contract), data)

    def send(self, to: str, data: bytes) -> int:
        """Any other call; answers its gas."""
        self.spent = self.relayer.record(Call(to=to, data=data)).gas_used
        return self.spent

    def create(self, code: bytes) -> str:
        """The address of a contract made from creation code."""
        receipt = self.relayer.record(Call(to="", data=code))
        self.spent = receipt.gas_used
        return receipt.created

    def _record(self, statement: Statement, signers: Sequence[KeySigner], **beside: Any) -> int:
        digest = statement.digest(self.network)
        ordered = sorted(signers, key=lambda signer: signer.address)
        signatures = [signer.sign(digest) for signer in ordered]
        call = self.relayer.call(statement, signatures, **beside)
        return self.send(call.to, call.data)


@contextmanager
def gas_chain(*, traced: bool = False) -> Iterator[GasChain]:
    """A fresh anvil with the contracts on it and nobody seated; `traced` keeps every step."""
    governors = sorted(
        ((key(f"governor {agency}"), agency) for agency in GOVERNORS),
        key=lambda pair: pair[0].address,
    )
    named = Governors(
        threshold=GOVERNORS_MIN,
        keys=tuple(signer.address for signer, _ in governors),
        agencies=tuple(agency for _, agency in governors),
    )
    with (
        Anvil(chain_id=CHAIN_ID, timestamp=START, traced=traced) as anvil,
        Rpc(anvil.url) as rpc,
        tempfile.TemporaryDirectory(prefix="fundtrail-gas-") as home,
    ):
        network = deploy(
            rpc,
            key("deployer"),
            name="bench",
            chain_id=CHAIN_ID,
            governors=named,
            out=Path(home) / "network.toml",
        )
        chain = GasChain(
            network=network,
            rpc=rpc,
            relayer=Relayer(network, rpc, key("relayer")),
            governors=[signer for signer, _ in governors],
        )
        chain.travel(3_600)  # past whatever the deployment took of the wall clock
        yield chain
