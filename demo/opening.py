"""Chapters one and two: the network comes up, governors seat agencies and officers."""

from collections.abc import Iterator
from pathlib import Path

from demo.cast import CIVIL, Cast
from demo.city import City
from demo.narrator import Narrator
from demo.stage import Stage
from fundtrail.chain.deploy import deploy, naming_acts
from fundtrail.chain.relay import Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.enums import PayeeKind
from fundtrail.network import Governors
from fundtrail.statements import RegisterProgramme, SeatAgency, SeatOfficer, Statement

NAME = "yunzhou"
CHAIN_ID = 19010
NOTICE_SECONDS = 7 * 24 * 3600
LADDER_FEN = (30_000_000,)  # from 300,000.00 yuan on, two approvers
FEEDS = ("civil-affairs", "death-register", "life-certification", "treasury")
SEAT_SECONDS = 3 * 365 * 24 * 3600


def network_up(rpc: Rpc, cast: Cast, home: Path, narrator: Narrator) -> Stage:
    """Deploy the contracts; the deployer's key is not kept."""
    governors = Governors(
        threshold=2,
        keys=tuple(signer.address for _, signer in cast.governors),
        agencies=tuple(agency for agency, _ in cast.governors),
    )
    path = home / "network.toml"
    network = deploy(
        rpc,
        cast.deployer,
        name=NAME,
        chain_id=CHAIN_ID,
        governors=governors,
        out=path,
        say=narrator.say,
    )
    evidence = home / "evidence"
    evidence.mkdir(exist_ok=True)
    (evidence / "network.toml").write_bytes(path.read_bytes())
    return Stage(
        network=network,
        rpc=rpc,
        relayer=Relayer(network, rpc, cast.relayer),
        cast=cast,
        evidence=evidence,
        narrator=narrator,
    )


def seat_everybody(stage: Stage, city: City) -> None:
    """The contracts' names, agencies (parents before children), officers, the programme."""
    stage.govern(naming_acts(stage.network, stage.basis("云治〔2026〕1号")))
    agencies = [_seat_agency(stage, i) for i in range(len(stage.cast.agencies))]
    for level in _levels(stage.cast):
        stage.govern([agencies[i] for i in level])
    officers = list(_seat_officers(stage))
    receipts = stage.govern(officers)

    narrator, cast = stage.narrator, stage.cast
    narrator.act(
        receipts[-1].block,
        stage.now(),
        "治理人 2/3 governors",
        f"登记机构 {len(agencies)} 个、经办人员 {len(officers)} 名 agencies and officers seated",
    )
    programme = city.policy.programme
    receipt = stage.govern(
        [
            RegisterProgramme(
                programme=programme,
                agency=CIVIL,
                payee_kind=int(PayeeKind.PERSON),
                notice_seconds=NOTICE_SECONDS,
                ladder_fen=LADDER_FEN,
                feeds=FEEDS,
                basis=stage.basis(f"云民发〔2026〕{len(cast.agencies)}号"),
            )
        ]
    )[0]
    what = f"登记项目 {programme} 老年综合津贴:公示 7 天,30 万元以上两人审批 programme registered"
    narrator.act(receipt.block, stage.now(), "治理人 2/3 governors", what)


def _seat_agency(stage: Stage, index: int) -> Statement:
    agency = stage.cast.agencies[index]
    return SeatAgency(
        agency=agency.code,
        kind=int(agency.kind),
        parent=agency.parent,
        region=agency.region,
        name=agency.name,
        basis=stage.basis(f"云治〔2026〕机构{index + 1}号"),
    )


def _levels(cast: Cast) -> Iterator[list[int]]:
    """Indices of agencies, those without a parent first, then their children, and so on."""
    seated: set[str] = {""}
    waiting = list(range(len(cast.agencies)))
    while waiting:
        level = [i for i in waiting if cast.agencies[i].parent in seated]
        yield level
        seated |= {cast.agencies[i].code for i in level}
        waiting = [i for i in waiting if i not in level]


def _seat_officers(stage: Stage) -> Iterator[Statement]:
    now = stage.now()
    for officer in stage.cast.officers:
        yield SeatOfficer(
            key=officer.signer.address,
            agency=officer.agency,
            person=officer.person,
            roles=int(officer.roles),
            valid_from=now,
            valid_until=now + SEAT_SECONDS,
            basis=stage.basis(f"云治〔2026〕任{officer.person}号"),
        )
