"""The JSON-RPC client against a real node, and against servers that behave badly."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from fundtrail.chain.anvil import free_port
from fundtrail.chain.errors import NodeRefused, NodeTimeout, NodeUnreachable, WrongChain
from fundtrail.chain.rpc import Rpc

CHAIN_ID = 31337


@contextmanager
def server(answer: Callable[[Any], tuple[int, bytes]]) -> Iterator[str]:
    """A node whose answer to a parsed request is (HTTP status, body)."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, content = answer(json.loads(body))
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    node = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=node.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{node.server_port}"
    finally:
        node.shutdown()
        thread.join()
        node.server_close()


def dead_url() -> str:
    return f"http://127.0.0.1:{free_port()}"


def test_a_node_that_is_not_there_is_named(anvil: str) -> None:
    url = dead_url()
    with Rpc(url) as rpc, pytest.raises(NodeUnreachable, match="refused") as caught:
        rpc.head()

    assert caught.value.url == url


def test_the_next_url_answers_for_a_dead_one_and_is_remembered(anvil: str) -> None:
    with Rpc([dead_url(), anvil]) as rpc:
        assert rpc.chain_id() == CHAIN_ID
        assert rpc.url == anvil


def test_all_urls_dead_names_the_preferred_one() -> None:
    first, second = dead_url(), dead_url()
    with Rpc([first, second]) as rpc, pytest.raises(NodeUnreachable) as caught:
        rpc.head()

    assert caught.value.url == first


def test_no_url_at_all_is_refused() -> None:
    with pytest.raises(NodeUnreachable, match="at least one URL"):
        Rpc([])


def test_another_chain_is_refused(anvil: str) -> None:
    with Rpc(anvil) as rpc, pytest.raises(WrongChain, match="expected chain id 1, got 31337"):
        rpc.require_chain(1)


def test_silence_is_a_timeout() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with Rpc(url, timeout_seconds=0.2) as rpc, pytest.raises(NodeTimeout, match=r"0\.2 s"):
            rpc.head()


def test_a_batch_keeps_its_order_over_several_requests(anvil: str) -> None:
    with Rpc(anvil) as rpc:
        calls = [("web3_sha3", (f"0x{index:04x}",)) for index in range(250)]
        hashes = rpc.batch(calls)

        assert len(set(hashes)) == 250
        assert hashes[249] == rpc.call("web3_sha3", "0x00f9")


def test_an_empty_batch_asks_nothing() -> None:
    with Rpc(dead_url()) as rpc:
        assert rpc.batch([]) == []


def test_one_refused_call_does_not_spoil_its_batch(anvil: str) -> None:
    with Rpc(anvil) as rpc:
        first, refused, last = rpc.batch_outcomes(
            [("eth_chainId", ()), ("eth_doesNotExist", ()), ("eth_chainId", ())]
        )

        assert first == last == hex(CHAIN_ID)
        assert isinstance(refused, NodeRefused)
        with pytest.raises(NodeRefused, match="eth_doesNotExist"):
            rpc.batch([("eth_chainId", ()), ("eth_doesNotExist", ())])


def test_answers_are_matched_by_id_not_by_place() -> None:
    def backwards(requests: Any) -> tuple[int, bytes]:
        answers = [{"jsonrpc": "2.0", "id": r["id"], "result": r["params"][0]} for r in requests]
        return 200, json.dumps(answers[::-1]).encode()

    with server(backwards) as url, Rpc(url) as rpc:
        assert rpc.batch([("echo", (word,)) for word in "abc"]) == ["a", "b", "c"]


def test_a_batch_with_an_answer_missing_is_refused() -> None:
    with (
        server(lambda _: (200, b"[]")) as url,
        Rpc(url) as rpc,
        pytest.raises(NodeUnreachable, match="expected an answer to eth_chainId"),
    ):
        rpc.batch([("eth_chainId", ())])


def test_a_batch_refused_as_a_whole_is_refused() -> None:
    error = b'{"jsonrpc": "2.0", "id": null, "error": {"code": -32000, "message": "no batches"}}'
    with (
        server(lambda _: (200, error)) as url,
        Rpc(url) as rpc,
        pytest.raises(NodeRefused, match="no batches"),
    ):
        rpc.batch([("eth_chainId", ())])


@pytest.mark.parametrize(
    ("status", "body"), [(502, b"<html>bad gateway</html>"), (200, b"{}"), (200, b"")]
)
def test_what_is_not_json_rpc_is_no_answer(status: int, body: bytes) -> None:
    with (
        server(lambda _: (status, body)) as url,
        Rpc(url) as rpc,
        pytest.raises(NodeUnreachable, match=f"HTTP {status}"),
    ):
        rpc.head()


def test_an_error_with_another_http_status_is_still_the_nodes_error() -> None:
    body = b'{"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "not found"}}'
    with server(lambda _: (404, body)) as url, Rpc(url) as rpc:
        with pytest.raises(NodeRefused) as caught:
            rpc.call("eth_thing")

        assert (caught.value.code, caught.value.method) == (-32601, "eth_thing")


@pytest.mark.parametrize("data", ['"0x12345678"', '{"data": "0x12345678"}'])
def test_revert_bytes_are_found_where_engines_put_them(data: str) -> None:
    body = f'{{"id": 1, "error": {{"code": 3, "message": "reverted", "data": {data}}}}}'.encode()
    with server(lambda _: (200, body)) as url, Rpc(url) as rpc:
        with pytest.raises(NodeRefused) as caught:
            rpc.call("eth_call")

        assert caught.value.data == bytes.fromhex("12345678")


def test_a_block_that_is_not_there_is_refused(anvil: str) -> None:
    with Rpc(anvil) as rpc, pytest.raises(NodeRefused, match="no block 99999999"):
        rpc.block_times([99_999_999])


def test_a_password_in_the_url_is_never_in_the_message() -> None:
    url = dead_url().replace("//", "//clerk:geheim@") + "/v3/access-key"
    with Rpc(url) as rpc, pytest.raises(NodeUnreachable) as caught:
        rpc.head()

    assert "127.0.0.1" in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert "access-key" not in str(caught.value)
