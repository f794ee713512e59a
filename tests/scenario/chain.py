"""The chain of a scenario: deploys, signs, sends, and keeps each statement in the evidence."""

from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from fundtrail.chain.artifacts import CONTRACTS, artifact
from fundtrail.chain.rpc import Rpc
from fundtrail.evidence import keep_statement, statements_path
from fundtrail.ids import ZERO32, code_to_bytes32, text_digest
from fundtrail.network import Contract, Governors, Network
from fundtrail.signed_statements import RecordedStatement, SignedStatement
from fundtrail.signers import KeySigner
from fundtrail.statements import Basis, Statement
from tests.scenario.cast import OFFICERS, governors, secret

Act = Callable[..., bytes]  # statement, signatures → calldata


class Chain:
    """One network on an anvil; every act takes a minute of the chain's time."""

    def __init__(self, rpc: Rpc, evidence: Path) -> None:
        self._rpc, self._evidence = rpc, evidence
        self._relayer = rpc.call("eth_accounts")[0]
        self.time = rpc.block_times([rpc.head()])[rpc.head()]
        self.officers = {name: KeySigner(secret(f"officer/{name}")) for name in OFFICERS}
        self.statements: list[RecordedStatement] = []
        self.network = self._deploy()

    def govern(self, act: Act, statement: Statement) -> None:
        """Record a statement of two governors."""
        digest = statement.digest(self.network)
        signatures = [governor.sign(digest) for governor, _ in governors()[:2]]
        self._record(statement, act(statement, signatures), *signatures)

    def act(self, act: Act, statement: Statement, officer: str, *proof: Any) -> None:
        """Record a statement of one officer."""
        signature = self.officers[officer].sign(statement.digest(self.network))
        self._record(statement, act(statement, *proof, signature), signature)

    def anyone(self, contract: str, calldata: bytes) -> None:
        """What any account may ask of a contract; nobody signs it."""
        self._send(self.network.address(contract), calldata)

    def head(self) -> int:
        """The newest block."""
        return self._rpc.head()

    def basis(self, document: str, evidence: bytes = ZERO32) -> Basis:
        """A basis signed now and valid for a day."""
        return Basis(
            evidence=evidence,
            document=text_digest(f"云州〔2026〕{document}"),
            signed_at=self.time,
            deadline=self.time + 86_400,
        )

    def _deploy(self) -> Network:
        first, signers = self._rpc.head() + 1, governors()
        keys, agencies = [s.address for s, _ in signers], [agency for _, agency in signers]
        made: dict[str, str] = {}
        for name in CONTRACTS:
            if name == "Registry":
                values = [keys, [code_to_bytes32(agency) for agency in agencies], 2]
                arguments = encode(["address[]", "bytes32[]", "uint8"], values)
            else:
                wired = list(made.values()) if name != "DisputeDesk" else [made["FundLedger"]]
                arguments = encode(["address"] * len(wired), wired)
            receipt = self._send(None, artifact(name).creation_code + arguments)
            made[name] = receipt["contractAddress"].lower()
        contracts = {
            name: Contract(address=at, code_hash="0x" + keccak(self._rpc.code(at)).hex())
            for name, at in made.items()
        }
        return Network(
            name="yunzhou",
            chain_id=self._rpc.chain_id(),
            rpc_urls=(self._rpc.url,),
            first_block=first,
            confirmations=1,
            contracts=contracts,
            governors=Governors(threshold=2, keys=tuple(keys), agencies=tuple(agencies)),
        )

    def _record(self, statement: Statement, calldata: bytes, *signatures: bytes) -> None:
        receipt = self._send(self.network.address(statement.contract), calldata)
        recorded = RecordedStatement(
            signed=SignedStatement(statement=statement, signatures=signatures),
            transaction=bytes.fromhex(receipt["transactionHash"][2:]),
            block=int(receipt["blockNumber"], 16),
        )
        keep_statement(statements_path(self._evidence, self.time), recorded)
        self.statements.append(recorded)

    def _send(self, to: str | None, data: bytes) -> dict[str, Any]:
        self.time += 60
        self._rpc.call("evm_setNextBlockTimestamp", self.time)
        request = {"from": self._relayer, "data": "0x" + data.hex(), "gas": hex(20_000_000)}
        request |= {"gasPrice": "0x0"} | ({"to": to} if to else {})
        sent = self._rpc.call("eth_sendTransaction", request)
        while (receipt := self._rpc.call("eth_getTransactionReceipt", sent)) is None:
            sleep(0.002)
        assert receipt["status"] == "0x1", f"refused: {receipt}"
        return dict(receipt)
