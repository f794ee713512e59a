"""An oracle that has no node to ask: what it reads, commits and names needs none."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from fundtrail.network import Contract, Governors, Network
from fundtrail.openings import SealedOpening
from oracles.keyring import write_keys
from oracles.mapping_file import SHIPPED
from oracles.oracle import Oracle
from oracles.settings import Settings, write_settings

NOW = 1_791_000_000
_NOWHERE = "0x" + "11" * 20


def network(url: str = "http://127.0.0.1:1") -> Network:
    """A network that nobody answers for."""
    contract = Contract(address=_NOWHERE, code_hash="0x" + "22" * 32)
    return Network(
        name="yunzhou",
        chain_id=19010,
        rpc_urls=(url,),
        first_block=1,
        confirmations=1,
        contracts=dict.fromkeys(("Registry", "EvidenceLog", "FundLedger"), contract),
        governors=Governors(threshold=1, keys=(_NOWHERE,), agencies=("1901-CZJ",)),
    )


def make_oracle(folder: Path, sources: Sequence[str], agency: str = "1901-MZJ") -> Oracle:
    """A new folder with copies of the shipped mappings, opened at a fixed time."""
    folder.mkdir(parents=True)
    for source in sources:
        text = (SHIPPED / f"{source}.toml").read_text(encoding="utf-8")
        (folder / f"{source}.toml").write_text(text, encoding="utf-8")
    names = ("feed", "agency", "linkage", "programme", "relayer", "officer")
    secrets = {name: hashlib.sha256(name.encode()).digest() for name in names}
    write_settings(
        Settings(
            folder=folder,
            agency=agency,
            feed="civil-affairs",
            operator="王小明",
            source_system="测试系统",
            document="云民〔2026〕1号",
            network="network.toml",
            evidence="evidence",
            cadence_seconds=86_400,
            clock_offset_ms=0,
            keys=write_keys(folder, secrets, "pw", iterations=1),
            sources={source: f"{source}.toml" for source in sources},
        )
    )
    return Oracle.open(folder, passphrase="pw", network=network(), clock=lambda: NOW)


def openings_of(oracle: Oracle) -> Iterator[SealedOpening]:
    """Every row of every openings file in the evidence."""
    for path in sorted((oracle.evidence / "openings").rglob("*.parquet")):
        for row in pq.read_table(path).to_pylist():
            yield SealedOpening(**row)
