"""The departments' oracles: one folder each under `oracles/`, with keys made for this city only."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo.cast import CIVIL, TREASURY, Cast, key
from demo.city import City
from demo.stage import Stage
from oracles.keyring import write_keys
from oracles.oracle import Oracle
from oracles.settings import Settings, write_settings

PASSPHRASE = "fundtrail-demo"  # noqa: S105  # printed by the story: it guards synthetic people
KDF_ITERATIONS = 1_000  # the passphrase is public; a slow derivation would guard nothing
CADENCE_SECONDS = 31 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One department system: the agency that owns it, its feed and what it hands over."""

    name: str
    agency: str
    feed: str
    system: str
    sources: dict[str, str]


def departments(city: City) -> tuple[Department, ...]:
    """All systems of the city; one per bank."""
    shipped = {name: f"shipped:{name}" for name in ("roster", "notice", "reissue", "policy")}
    fixed = (
        ("civil", CIVIL, "civil-affairs", "民政业务系统", shipped),
        ("funeral", CIVIL, "death-register", "殡葬管理系统", {"deaths": "shipped:deaths"}),
        (
            "hr",
            CIVIL,
            "life-certification",
            "待遇资格认证系统",
            {"life-certification": "shipped:life-certification"},
        ),
        ("treasury", TREASURY, "treasury", "国库支付系统", {"vouchers": "shipped:vouchers"}),
    )
    banks = (
        (
            bank.folder,
            bank.code,
            bank.folder,
            f"{bank.name}代发系统",
            {"result": f"shipped:bank-result{bank.suffix.replace('.', '-')}"},
        )
        for bank in city.banks
    )
    return tuple(
        Department(name=name, agency=agency, feed=feed, system=system, sources=sources)
        for name, agency, feed, system, sources in (*fixed, *banks)
    )


def programme_key(city: City) -> bytes:
    """The programme's key, which turns a person into a duty."""
    return _secret(city, "programme")


def make_folder(home: Path, department: Department, cast: Cast, city: City) -> Path:
    """Write `oracles/<name>/` with oracle.toml and encrypted keys."""
    folder = home / "oracles" / department.name
    folder.mkdir(parents=True)
    secrets = {
        "feed": _secret(city, f"feed {department.feed}"),
        "agency": _secret(city, f"agency {department.agency}"),
        "linkage": _secret(city, "linkage"),
        "relayer": key(city.seed, f"relayer {department.name}").private_bytes(),
        "officer": cast.officer(department.agency, "oracle").signer.private_bytes(),
    }
    if department.name == "civil":
        secrets["programme"] = programme_key(city)
    write_settings(
        Settings(
            folder=folder,
            agency=department.agency,
            feed=department.feed,
            operator=f"{department.agency}-01",
            source_system=department.system,
            document=f"云数据〔2026〕{department.feed}",
            network="../../network.toml",
            evidence="../../evidence",
            cadence_seconds=CADENCE_SECONDS,
            clock_offset_ms=0,
            keys=write_keys(folder, secrets, PASSPHRASE, KDF_ITERATIONS),
            sources=department.sources,
        )
    )
    return folder


@contextmanager
def open_oracle(stage: Stage, folder: Path) -> Iterator[Oracle]:
    """The oracle in `folder`, living in the time of the story."""
    with Oracle.open(folder, passphrase=PASSPHRASE, clock=stage.now) as oracle:
        yield oracle


def _secret(city: City, name: str) -> bytes:
    return hashlib.sha256(f"fundtrail demo secret {city.seed} {name}".encode()).digest()
