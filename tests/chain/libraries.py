"""The Solidity libraries on a node: contracts/test/Harness.sol, compiled and deployed for tests.

Each library function stands behind an external one, so one `eth_call` asks Solidity what Python
answered already. Calls go in batches: a tree's every proof is one request.
"""

import time
from collections.abc import Sequence
from functools import cache
from typing import Any

import solcx
from eth_abi.abi import decode, encode
from eth_utils.crypto import keccak

from fundtrail.chain import compile as compiler
from fundtrail.chain.artifacts import canonical_type, signature
from fundtrail.chain.errors import NodeRefused
from fundtrail.chain.rpc import Call, Rpc

HARNESS = "contracts/test/Harness.sol"

Question = tuple[str, tuple[object, ...]]
"""(name of the harness's function, its arguments)."""


@cache
def compiled() -> dict[str, Any]:
    """ABI and bytecode of the harness, with the settings of the contracts themselves."""
    profile = compiler.configuration()
    text = (compiler.PROJECT / HARNESS).read_text(encoding="utf-8")
    output = solcx.compile_standard(
        {
            "language": "Solidity",
            "sources": {HARNESS: {"content": text}},
            "settings": compiler.settings(profile),
        },
        solc_binary=compiler.PROJECT / profile["solc"],
        base_path=compiler.PROJECT,
    )
    harness: dict[str, Any] = output["contracts"][HARNESS]["Harness"]
    return harness


RECEIPT_POLLS_MAX = 400


class Libraries:
    """The deployed harness."""

    def __init__(self, rpc: Rpc) -> None:
        harness = compiled()
        creation = {"from": rpc.call("eth_accounts")[0], "gas": hex(10_000_000), "gasPrice": "0x0"}
        creation["data"] = "0x" + harness["evm"]["bytecode"]["object"]
        sent = rpc.call("eth_sendTransaction", creation)
        self._rpc = rpc
        self._address = _mined(rpc, sent)["contractAddress"]
        self._functions = {e["name"]: e for e in harness["abi"] if e["type"] == "function"}
        errors = (e for e in harness["abi"] if e["type"] == "error")
        self._errors = {keccak(text=signature(e))[:4]: e["name"] for e in errors}

    def answers(self, questions: Sequence[Question]) -> list[tuple[Any, ...] | str]:
        """What Solidity returns for each question, or the name of the error it refuses with."""
        calls: list[Call] = [
            ("eth_call", (self._call(*question), "latest")) for question in questions
        ]
        outcomes = self._rpc.batch_outcomes(calls)
        return [
            self._answer(name, outcome)
            for (name, _), outcome in zip(questions, outcomes, strict=True)
        ]

    def _call(self, name: str, arguments: tuple[object, ...]) -> dict[str, str]:
        function = self._functions[name]
        types = [canonical_type(parameter) for parameter in function["inputs"]]
        data = keccak(text=signature(function))[:4] + encode(types, arguments)
        return {"to": self._address, "data": "0x" + data.hex()}

    def _answer(self, name: str, outcome: Any) -> tuple[Any, ...] | str:
        if isinstance(outcome, NodeRefused):
            assert outcome.data is not None, outcome
            return self._errors.get(outcome.data[:4], outcome.data.hex())
        types = [canonical_type(output) for output in self._functions[name]["outputs"]]
        return decode(types, bytes.fromhex(outcome[2:]))


def _mined(rpc: Rpc, sent: str) -> dict[str, Any]:
    """The receipt: anvil answers a sent transaction before the receipt is there."""
    for _ in range(RECEIPT_POLLS_MAX):
        receipt: dict[str, Any] | None = rpc.call("eth_getTransactionReceipt", sent)
        if receipt is not None:
            return receipt
        time.sleep(0.05)
    raise TimeoutError(f"no receipt of {sent}")
