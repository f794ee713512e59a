"""JSON-RPC over HTTP: keep-alive, batches, several URLs with failover.

Guarantees: an answer is the node's own, matched by id. A node that does not answer is
NodeUnreachable after every URL was tried; what was sent may still have arrived, so a timeout means
unknown. A request may reach two nodes: everything sent here can be repeated (a raw transaction is
one transaction however often it is sent). Does not verify what a node says.
"""

from collections.abc import Sequence
from itertools import count
from types import TracebackType
from typing import Any, Self

import httpx
import orjson

from fundtrail.chain.errors import NodeRefused, NodeTimeout, NodeUnreachable, WrongChain

Call = tuple[str, Sequence[object]]
Block = int | str

LATEST = "latest"
BATCH_CALLS_MAX = 100


class Rpc:
    """One logical node behind one or more URLs. Safe to share between threads."""

    def __init__(self, urls: Sequence[str] | str, *, timeout_seconds: float = 30.0) -> None:
        self.urls = (urls,) if isinstance(urls, str) else tuple(urls)
        if not self.urls:
            raise NodeUnreachable("rpc_urls", "expected at least one URL, got none")
        self._preferred = 0
        self._ids = count(1)
        self._timeout_seconds = timeout_seconds
        headers = {"content-type": "application/json"}
        self._http = httpx.Client(timeout=timeout_seconds, headers=headers, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    @property
    def url(self) -> str:
        """The URL that answered last."""
        return self.urls[self._preferred]

    def call(self, method: str, *params: object) -> Any:
        """The result of one call. Raises NodeRefused or NodeUnreachable."""
        answer = self._post(self._request(method, params))
        if not isinstance(answer, dict):
            raise NodeUnreachable(self.url, f"expected one JSON-RPC answer, got {answer!r:.80}")
        return _result(_outcome(method, answer))

    def batch(self, calls: Sequence[Call]) -> list[Any]:
        """The results of `calls` in their order. Raises the first refusal."""
        return [_result(outcome) for outcome in self.batch_outcomes(calls)]

    def batch_outcomes(self, calls: Sequence[Call]) -> list[Any]:
        """The results of `calls` in their order; a refused one has its NodeRefused there."""
        parts = range(0, len(calls), BATCH_CALLS_MAX)
        return [o for i in parts for o in self._batch_part(calls[i : i + BATCH_CALLS_MAX])]

    # What every node can be asked.

    def chain_id(self) -> int:
        """The chain's id (EIP-155)."""
        return int(self.call("eth_chainId"), 16)

    def require_chain(self, expected: int) -> None:
        """Raise WrongChain unless the node is of chain `expected`."""
        got = self.chain_id()
        if got != expected:
            raise WrongChain(self.url, expected, got)

    def head(self) -> int:
        """The number of the newest block."""
        return int(self.call("eth_blockNumber"), 16)

    def block_times(self, numbers: Sequence[int]) -> dict[int, int]:
        """Unix seconds of blocks, by number. Raises NodeRefused where the node lacks one."""
        calls: list[Call] = [("eth_getBlockByNumber", (hex(n), False)) for n in numbers]
        headers = dict(zip(numbers, self.batch(calls), strict=True))
        for number, header in headers.items():
            if header is None:
                raise NodeRefused("eth_getBlockByNumber", -32000, f"no block {number}")
        return {number: int(header["timestamp"], 16) for number, header in headers.items()}

    def code(self, address: str, block: Block = LATEST) -> bytes:
        """The runtime code at `address`, empty where there is no contract."""
        return bytes.fromhex(self.call("eth_getCode", address, block_tag(block))[2:])

    def nonce(self, address: str, *, pending: bool = False) -> int:
        """Transactions of `address` that are mined, or with `pending` also those that wait."""
        tag = "pending" if pending else "latest"
        return int(self.call("eth_getTransactionCount", address, tag), 16)

    def eth_call(self, to: str, data: bytes, block: Block = LATEST) -> bytes:
        """What `to` returns for `data`. A revert is a NodeRefused with its bytes in `data`."""
        call = {"to": to, "data": "0x" + data.hex()}
        return bytes.fromhex(self.call("eth_call", call, block_tag(block))[2:])

    # The wire.

    def _batch_part(self, calls: Sequence[Call]) -> list[Any]:
        requests = [self._request(method, params) for method, params in calls]
        answers = self._post(requests)
        if isinstance(answers, dict):  # the batch as a whole was refused
            raise _outcome("batch", answers)

        by_id = {answer.get("id"): answer for answer in answers}
        for request in requests:
            if request["id"] not in by_id:
                reason = f"expected an answer to {request['method']} in its batch, got none"
                raise NodeUnreachable(self.url, reason)
        return [_outcome(request["method"], by_id[request["id"]]) for request in requests]

    def _request(self, method: str, params: Sequence[object]) -> dict[str, Any]:
        return {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": list(params)}

    def _post(self, request: object) -> Any:
        body, failure = orjson.dumps(request), NodeUnreachable(self.url, "not asked")
        for turn in range(len(self.urls)):
            index = (self._preferred + turn) % len(self.urls)
            try:
                answer = self._post_to(self.urls[index], body)
            except NodeUnreachable as error:
                failure = error if turn == 0 else failure
            else:
                self._preferred = index
                return answer
        raise failure

    def _post_to(self, url: str, body: bytes) -> Any:
        try:
            try:
                response = self._http.post(url, content=body)
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
                response = self._http.post(url, content=body)  # a kept connection had gone stale
        except httpx.TimeoutException:
            reason = f"no answer in {self._timeout_seconds:g} s"
            raise NodeTimeout(url, reason) from None
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise NodeUnreachable(url, str(error) or type(error).__name__) from error
        return _parse(url, response)


def block_tag(block: Block) -> str:
    """A block as the wire has it: a number in hex, or a tag such as `latest` as it is."""
    return block if isinstance(block, str) else hex(block)


def _parse(url: str, response: httpx.Response) -> Any:
    try:
        answer = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        answer = None
    single = isinstance(answer, dict) and answer.keys() & {"result", "error"}
    if single or isinstance(answer, list):
        return answer

    reason = f"expected JSON-RPC, got HTTP {response.status_code} {response.text[:80]!r}"
    raise NodeUnreachable(url, reason)


def _outcome(method: str, answer: dict[str, Any]) -> Any:
    error = answer.get("error")
    if error is None:
        return answer.get("result")
    if not isinstance(error, dict):
        return NodeRefused(method, 0, str(error))
    code, message = error.get("code", 0), str(error.get("message", ""))
    return NodeRefused(method, code, message, _revert_data(error.get("data")))


def _result(outcome: Any) -> Any:
    if isinstance(outcome, NodeRefused):
        raise outcome
    return outcome


def _revert_data(data: object) -> bytes | None:
    """Revert bytes where nodes put them: `data`, or `data.data` of an older node."""
    if isinstance(data, dict):
        data = data.get("data")
    if not isinstance(data, str):
        return None
    try:
        return bytes.fromhex(data.removeprefix("0x"))
    except ValueError:
        return None
