"""What a node or a contract can say no with.

ChainError
├── NodeError
│   ├── NodeUnreachable     no answer; what was sent may or may not have arrived
│   │   └── NodeTimeout     no answer in the time given
│   ├── NodeRefused         an answer, and it is a JSON-RPC error
│   ├── NodeInconsistent    an answer that contradicts the question or another answer
│   └── WrongChain          a node of another chain
├── ContractRefused         a contract's own named error, in words
├── TransactionFailed       a receipt with status 0
├── TransactionUnknown      no receipt yet: unknown, never failed
├── UnknownEvent            one of our addresses says what our ABI does not know
├── TransactionUnreadable   a recorded statement that is not in its transaction's input
├── ArtifactError           a compiled contract that is absent or damaged
├── CodeMismatch            other code at an address than the one that was trusted
├── DeployError             a deployment that cannot be made or resumed
└── BackendError            eth_account without coincurve
"""

from urllib.parse import urlsplit

from fundtrail.chain.refusal import Refusal
from fundtrail.errors import ChainError


def public_url(url: str) -> str:
    """Scheme, host and port of `url`: what else is in it may be a password or an access key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else url


class NodeError(ChainError):
    """The node, not the contract."""


class NodeUnreachable(NodeError):
    """No usable answer. What was sent may or may not have arrived: unknown, never failed."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"节点没有应答 no answer from the node at {public_url(url)}: {reason}")
        self.url, self.reason = url, reason


class NodeTimeout(NodeUnreachable):
    """No answer in the time given."""


class NodeInconsistent(NodeError):
    """An answer that contradicts the question or another answer of the same node."""


class NodeRefused(NodeError):
    """A JSON-RPC error. `data` holds revert bytes where the node gave any."""

    def __init__(self, method: str, code: int, message: str, data: bytes | None = None) -> None:
        super().__init__(f"节点拒绝了 the node refused {method}: {message} (code {code})")
        self.method, self.code, self.message, self.data = method, code, message, data


class WrongChain(NodeError):
    """A node of another chain than the network file names."""

    def __init__(self, url: str, expected: int, got: int) -> None:
        super().__init__(f"链号不符 {public_url(url)}: expected chain id {expected}, got {got}")
        self.url, self.expected, self.got = url, expected, got


class ContractRefused(ChainError):
    """A contract's own named error. `refusal` has its arguments and the words for a clerk."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.zh} {refusal.en} [{refusal.name}]")
        self.refusal = refusal


class TransactionFailed(ChainError):
    """A mined transaction with status 0. `refusal` is the reason where the node can replay it."""

    def __init__(self, hash_: bytes, block: int, refusal: Refusal | None = None) -> None:
        why = f": {refusal.zh} {refusal.en} [{refusal.name}]" if refusal else ""
        super().__init__(
            f"交易失败 transaction 0x{hash_.hex()} in block {block}: expected status 1, got 0{why}"
        )
        self.hash, self.block, self.refusal = hash_, block, refusal


class TransactionUnknown(ChainError):
    """No receipt at confirmation depth in the time given. It may still be mined."""

    def __init__(self, hash_: bytes, waited_seconds: float) -> None:
        super().__init__(
            f"结果未知 transaction 0x{hash_.hex()}: no confirmed receipt after {waited_seconds:g} s"
        )
        self.hash, self.waited_seconds = hash_, waited_seconds


class UnknownEvent(ChainError):
    """A log of one of our addresses with a topic that our ABI does not know."""

    def __init__(self, contract: str, topic: bytes, block: int) -> None:
        super().__init__(
            f"未知事件 block {block}: expected an event of {contract}, got topic 0x{topic.hex()}"
        )
        self.contract, self.topic, self.block = contract, topic, block


class TransactionUnreadable(ChainError):
    """A statement that the chain recorded, and that its transaction's input does not show.

    It was relayed by a contract that hides it. The signed statement has to come from the evidence.
    """

    def __init__(self, transaction: bytes, statement: bytes) -> None:
        super().__init__(
            f"交易 0x{transaction.hex()} 中找不到签署文件 expected the statement with digest "
            f"0x{statement.hex()} in the transaction's input, it is not there"
        )
        self.transaction, self.statement = transaction, statement


class ArtifactError(ChainError):
    """A compiled contract that is absent or damaged."""


class CodeMismatch(ChainError):
    """Other code at a trusted address. Nothing that this address says may be believed."""

    def __init__(self, contract: str, address: str, expected: str, got: str) -> None:
        super().__init__(
            f"合约代码不符 {contract} at {address}: expected code hash {expected}, got {got}"
        )
        self.contract, self.address, self.expected, self.got = contract, address, expected, got


class DeployError(ChainError):
    """A deployment that cannot be made or resumed."""


class BackendError(ChainError):
    """eth_account would fall back on pure Python, 15 to 50 times slower."""
