"""`fundtrail-service deploy`: from governors in a file to a network that the commands read."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fundtrail.chain.network_check import check_network
from fundtrail.chain.rpc import Rpc
from fundtrail.network import load_network
from fundtrail.signers import KeySigner, write_keystore
from ledger_service.errors import GovernorsFileError
from ledger_service.governors_file import read_governors

PASSPHRASE = "four words of nothing"
AGENCIES = ("1901-CZJ", "1901-SJ", "1901-JC")


@pytest.fixture(scope="module")
def rpc(anvil: str) -> Iterator[Rpc]:
    with Rpc(anvil) as node:
        yield node


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keys = [KeySigner(os.urandom(32)).address for _ in AGENCIES]
    rows = [f"{key},{agency}" for key, agency in zip(keys, AGENCIES, strict=True)]
    (tmp_path / "governors.csv").write_text("\n".join(["key,agency", *rows]) + "\n")
    write_keystore(tmp_path / "deployer.json", os.urandom(32), PASSPHRASE, iterations=1_000)
    return tmp_path


def command(rpc: Rpc, folder: Path, **changed: str) -> list[str]:
    options = {
        "--rpc": rpc.url,
        "--chain-id": "31337",
        "--name": "yunzhou",
        "--governors": str(folder / "governors.csv"),
        "--threshold": "2",
        "--deployer-key": str(folder / "deployer.json"),
        "--out": str(folder / "network.toml"),
    } | {f"--{name.replace('_', '-')}": value for name, value in changed.items()}
    line = [sys.executable, "-m", "ledger_service.cli", "deploy"]
    return line + [part for option in options.items() for part in option]


def deploy(rpc: Rpc, folder: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FUNDTRAIL_DEPLOYER_PASSPHRASE": PASSPHRASE}
    line = command(rpc, folder, **changed)
    return subprocess.run(
        line, check=False, env=environment, capture_output=True, text=True, timeout=60
    )


def test_the_contracts_are_deployed_and_the_file_holds_what_the_chain_holds(
    rpc: Rpc, folder: Path
) -> None:
    done = deploy(rpc, folder, format="json")
    assert done.returncode == 0, done.stderr
    network = load_network(folder / "network.toml")
    check_network(network, rpc)
    told = json.loads(done.stdout)["contracts"]
    assert {name: c["code_hash"] for name, c in told.items()} == {
        name: contract.code_hash for name, contract in network.contracts.items()
    }
    assert set(told) == {"Registry", "EvidenceLog", "FundLedger", "DisputeDesk"}


def test_the_command_tells_each_contract_and_what_comes_next(rpc: Rpc, folder: Path) -> None:
    done = deploy(rpc, folder)
    assert done.stdout.count("合约 contract ") == 4
    assert "NameContract" in done.stdout
    assert PASSPHRASE not in done.stdout + done.stderr


def test_a_deployment_killed_half_way_goes_on_where_it_stopped(rpc: Rpc, folder: Path) -> None:
    environment = {**os.environ, "FUNDTRAIL_DEPLOYER_PASSPHRASE": PASSPHRASE}
    process = subprocess.Popen(
        command(rpc, folder), env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    first = process.stdout.readline().split()[-1]
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    assert deploy(rpc, folder).returncode == 0
    network = load_network(folder / "network.toml")
    check_network(network, rpc)
    assert network.address("Registry") == first


def test_a_second_deployment_finds_the_first_and_sends_nothing(rpc: Rpc, folder: Path) -> None:
    assert deploy(rpc, folder).returncode == 0
    head, file = rpc.head(), (folder / "network.toml").read_bytes()
    assert deploy(rpc, folder).returncode == 0
    assert (rpc.head(), (folder / "network.toml").read_bytes()) == (head, file)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"chain_id": "19010"}, "不是这条链"),
        ({"threshold": "1"}, "合约拒绝"),
        ({"name": "no spaces"}, "格式不对"),
    ],
)
def test_a_refused_deployment_is_one_line_and_leaves_no_file(
    rpc: Rpc, folder: Path, changed: dict[str, str], words: str
) -> None:
    done = deploy(rpc, folder, **changed)
    assert done.returncode == 1
    assert done.stderr.startswith(f"错误 error: {words}")
    assert len(done.stderr.splitlines()) == 1
    assert not (folder / "network.toml").exists()


def test_a_wrong_passphrase_opens_nothing(rpc: Rpc, folder: Path) -> None:
    done = deploy(rpc, folder, passphrase="wrong")
    assert done.returncode == 1
    assert done.stderr.startswith("错误 error: 密钥文件打不开")


def test_governors_of_a_csv_and_of_a_toml_in_another_order_are_the_same(folder: Path) -> None:
    from_csv = read_governors(folder / "governors.csv", 2)
    pairs = zip(from_csv.keys, from_csv.agencies, strict=True)
    entries = [f'[[governors]]\nkey = "{k.upper()}"\nagency = "{a}"' for k, a in pairs]
    text = "\n".join(reversed(entries)).replace("0X", "0x")
    (folder / "governors.toml").write_text(text)
    assert read_governors(folder / "governors.toml", 2) == from_csv
    assert list(from_csv.keys) == sorted(from_csv.keys)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "key,agency\n",
        "agency\n1901-SJ\n",
        "key,agency\n0x12,1901-SJ\n",
        "key,agency\n0x" + "1" * 40 + ",has spaces\n",
        "key,agency\n0x" + "1" * 40 + ",1901-SJ,more\n",
        "key,agency\n0x" + "1" * 40 + "\n",
        "key,agency\n0x" + "1" * 40 + ",\n",
    ],
)
def test_a_file_that_does_not_name_governors_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "governors.csv").write_text(text)
    with pytest.raises(GovernorsFileError):
        read_governors(tmp_path / "governors.csv", 2)
