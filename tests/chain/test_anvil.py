"""The local chain: what it keeps, and what it survives."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fundtrail.chain.anvil import Anvil, AnvilError
from fundtrail.chain.rpc import Rpc

OWNER = """
import sys, time
from pathlib import Path
from fundtrail.chain.anvil import Anvil
with Anvil(state=Path(sys.argv[1])) as node:
    print(node.pid, flush=True)
    time.sleep(120)
"""


def mine_one_block(url: str) -> None:
    with Rpc(url) as rpc:
        rpc.call("evm_mine")  # answers when the block is there; a sent transaction may still wait


def head(url: str) -> int:
    with Rpc(url) as rpc:
        return rpc.head()


def test_the_shared_node_answers_and_asks_no_fee(anvil: str) -> None:
    before = head(anvil)
    mine_one_block(anvil)
    assert head(anvil) == before + 1
    with Rpc(anvil) as rpc:
        assert rpc.call("eth_getBlockByNumber", "latest", False)["baseFeePerGas"] == "0x0"


def test_no_block_is_mined_without_a_transaction() -> None:
    with Anvil() as node:
        time.sleep(1.2)
        assert head(node.url) == 0


def test_the_chain_is_there_after_a_restart(tmp_path: Path) -> None:
    with Anvil(state=tmp_path / "chain.json", timestamp=1_790_000_000) as node:
        mine_one_block(node.url)

    with Anvil(state=tmp_path / "chain.json") as node, Rpc(node.url) as rpc:
        assert rpc.head() == 1
        assert rpc.block_times([0]) == {0: 1_790_000_000}


def test_nothing_but_the_chain_is_left_behind(tmp_path: Path) -> None:
    with Anvil(state=tmp_path / "chain.json") as node:
        mine_one_block(node.url)

    assert [file.name for file in tmp_path.iterdir()] == ["chain.json"]


def test_a_killed_node_has_lost_at_most_its_last_second(tmp_path: Path) -> None:
    with Anvil(state=tmp_path / "chain.json") as node:
        mine_one_block(node.url)
        time.sleep(1.5)
        os.kill(node.pid, signal.SIGKILL)

    with Anvil(state=tmp_path / "chain.json") as node:
        assert head(node.url) == 1


def test_the_node_of_a_killed_owner_is_ended_before_its_state_is_used(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OWNER, str(tmp_path / "chain.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        left_behind = int(owner.stdout.readline())
        owner.kill()

    with Anvil(state=tmp_path / "chain.json") as node:
        assert node.pid != left_behind
        assert not Path(f"/proc/{left_behind}/exe").exists()


def test_a_port_in_use_is_refused_by_its_number() -> None:
    with (
        Anvil() as node,
        pytest.raises(AnvilError, match=f"expected port {node.port} to be free"),
        Anvil(port=node.port),
    ):
        pass
