"""What the generated bindings stand on: one act's calldata, one view's call."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError

from fundtrail.chain.errors import ArtifactError, ContractRefused, NodeRefused
from fundtrail.chain.reverts import explain
from fundtrail.chain.rpc import Block, Rpc
from fundtrail.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function of the ABI. `selector` is the first four bytes of the signature's keccak-256."""

    contract: str
    name: str
    selector: bytes
    inputs: tuple[str, ...]
    outputs: tuple[str, ...] = ()

    def calldata(self, values: Sequence[object]) -> bytes:
        """The bytes that call this function."""
        return self.selector + encode(self.inputs, values)

    def values(self, calldata: bytes) -> tuple[Any, ...]:
        """The values in `calldata`, selector included."""
        return decode(self.inputs, calldata[4:])


class BoundContract:
    """A contract of a network, seen through one node."""

    NAME: ClassVar[str]

    def __init__(self, network: Network, rpc: Rpc) -> None:
        self.address = network.address(self.NAME)
        self._rpc = rpc

    def _view(self, function: Function, values: Sequence[object], block: Block) -> tuple[Any, ...]:
        try:
            answer = self._rpc.eth_call(self.address, function.calldata(values), block)
        except NodeRefused as error:
            if error.data is None:
                raise
            raise ContractRefused(explain(error.data)) from error

        try:
            return decode(function.outputs, answer)
        except DecodingError as error:
            raise ArtifactError(
                f"{self.NAME} at {self.address}: expected an answer of {function.name}"
                f"{function.outputs}, got {len(answer)} bytes"
            ) from error
