"""A new oracle folder: oracle.toml, fresh keys, and keys shared with a sister oracle.

The linkage key is shared by all oracles whose records are to be joined, the programme key by those
that make the payments of one programme, the agency key by the oracles of one agency.
"""

from collections.abc import Mapping as Table
from dataclasses import replace
from pathlib import Path

from oracles.keyring import KDF_ITERATIONS, Keyring, new_secret, write_keys
from oracles.mapping_file import load_mapping
from oracles.settings import KEY_NAMES, Settings, load_settings, write_settings

SHARED = ("agency", "linkage", "programme")


def make_folder(
    settings: Settings,
    passphrase: str,
    *,
    share_with: Path | None = None,
    iterations: int = KDF_ITERATIONS,
) -> Table[str, str]:
    """Write the folder of `settings`; the addresses of its relayer and its officer.

    Keys of the SHARED names come from the oracle in `share_with`, under the same passphrase.
    Raises SettingsError or KeyFileError where there is a folder already: nothing is replaced.
    """
    for source in settings.sources:
        load_mapping(settings.mapping_path(source))
    secrets = {name: new_secret() for name in KEY_NAMES}
    if share_with is not None:
        sister = Keyring(load_settings(share_with), passphrase)
        secrets |= {name: sister.secret(name) for name in SHARED if sister.has(name)}
    write_settings(replace(settings, keys={n: f"keys/{n}.json" for n in secrets}))
    write_keys(settings.folder, secrets, passphrase, iterations=iterations)
    keyring = Keyring(load_settings(settings.folder), passphrase)
    return {name: keyring.signer(name).address for name in ("relayer", "officer")}
