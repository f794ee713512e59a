from pathlib import Path

import pytest

from fundtrail.errors import KeyFileError, NetworkFileError
from fundtrail.network import dump_network, load_network
from fundtrail.signers import KeySigner, read_keystore, write_keystore
from tests.fundtrail.test_statements import network


def test_a_network_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "network.toml"
    path.write_text(dump_network(network()))

    assert load_network(path) == network()
    assert load_network(path).origin("death-register") == "vectors/death-register"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format = 1", "format = 2"),
        ("chain_id = 19010", 'chain_id = "x"'),
        ('address = "0x11', 'address = "0X11'),
        ("threshold = 2", ""),
        ("[governors]", "[council]"),
        ("format = 1", "format = "),
    ],
)
def test_a_network_file_of_another_form_is_refused_by_name(
    tmp_path: Path, old: str, new: str
) -> None:
    path = tmp_path / "network.toml"
    path.write_text(dump_network(network()).replace(old, new, 1))

    with pytest.raises(NetworkFileError, match=r"network\.toml"):
        load_network(path)


def test_a_missing_network_and_an_unknown_contract_are_named(tmp_path: Path) -> None:
    with pytest.raises(NetworkFileError, match="no such network file"):
        load_network(tmp_path / "network.toml")
    with pytest.raises(NetworkFileError, match="DisputeDesk2"):
        network().address("DisputeDesk2")


def test_a_key_file_opens_with_its_passphrase_and_is_never_replaced(tmp_path: Path) -> None:
    path, key = tmp_path / "keys" / "officer.json", b"\1" * 32
    write_keystore(path, key, "correct horse", iterations=10)

    assert read_keystore(path, "correct horse").address == KeySigner(key).address
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(KeyFileError, match=r"officer\.json"):
        read_keystore(path, "wrong")
    with pytest.raises(KeyFileError, match=r"officer\.json"):
        write_keystore(path, key, "again", iterations=10)
    with pytest.raises(KeyFileError, match="no such key file"):
        read_keystore(tmp_path / "none.json", "")
