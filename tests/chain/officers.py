"""A small network for tests: governors, agencies, officers, and statements signed by them."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from fundtrail.chain.bindings import DisputeDesk, EvidenceLog, FundLedger, Registry
from fundtrail.chain.relay import Receipt, Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.chain.transaction import Call
from fundtrail.enums import AgencyKind, Role
from fundtrail.ids import text_digest
from fundtrail.network import Governors, Network
from fundtrail.signers import KeySigner
from fundtrail.statements import (
    Basis,
    RegisterProgramme,
    SeatAgency,
    SeatOfficer,
    Statement,
)

YEAR_2100 = 4_102_444_800


def new_signer() -> KeySigner:
    return KeySigner(secrets.token_bytes(32))


def basis(document: str = "财社〔2026〕17号", **changes: Any) -> Basis:
    now = int(time.time()) - 60
    terms = {"signed_at": now, "deadline": YEAR_2100, "evidence": bytes(32)} | changes
    return Basis(document=text_digest(document), **terms)


@dataclass(frozen=True, kw_only=True)
class City:
    """A deployed network with its keys. Every officer is called by agency and role."""

    network: Network
    rpc: Rpc
    relayer: Relayer
    governors: tuple[KeySigner, ...]
    officers: dict[str, KeySigner] = field(default_factory=dict)

    @property
    def registry(self) -> Registry:
        return Registry(self.network, self.rpc)

    @property
    def log(self) -> EvidenceLog:
        return EvidenceLog(self.network, self.rpc)

    @property
    def ledger(self) -> FundLedger:
        return FundLedger(self.network, self.rpc)

    @property
    def desk(self) -> DisputeDesk:
        return DisputeDesk(self.network, self.rpc)

    def call(self, statement: Statement, *signers: KeySigner, **extra: Any) -> Call:
        digest = statement.digest(self.network)
        by_address = sorted(signers, key=lambda signer: signer.address)
        return self.relayer.call(statement, [s.sign(digest) for s in by_address], **extra)

    def govern(self, statement: Statement) -> Receipt:
        return self.relayer.record(self.call(statement, *self.governors[:2]))

    def act(self, statement: Statement, officer: str, **extra: Any) -> Receipt:
        return self.relayer.record(self.call(statement, self.officers[officer], **extra))

    def seat(self, officer: str, agency: str, person: int, roles: Role) -> None:
        self.officers[officer] = new_signer()
        self.govern(
            SeatOfficer(
                key=self.officers[officer].address,
                agency=agency,
                person=person,
                roles=int(roles),
                valid_from=0,
                valid_until=YEAR_2100,
                basis=basis(),
            )
        )


def new_governors() -> tuple[tuple[KeySigner, ...], Governors]:
    signers = tuple(new_signer() for _ in range(3))
    return signers, Governors(
        threshold=2,
        keys=tuple(signer.address for signer in signers),
        agencies=("czj", "sjj", "jcy"),
    )


def found(city: City) -> City:
    """Seat the agencies and officers of a whole run, and one programme without notice."""
    agencies = {
        "czj-shi": (AgencyKind.FINANCE, "", "云州市财政局"),
        "mzj-shi": (AgencyKind.PROGRAMME, "", "云州市民政局"),
        "mzj-qu": (AgencyKind.PROGRAMME, "mzj-shi", "城东区民政局"),
        "gk": (AgencyKind.TREASURY, "", "云州市国库"),
        "icbc": (AgencyKind.BANK, "", "代理银行"),
    }
    for agency, (kind, parent, name) in agencies.items():
        city.govern(
            SeatAgency(
                agency=agency,
                kind=int(kind),
                parent=parent,
                region=310_000,
                name=name,
                basis=basis(),
            )
        )
    city.govern(
        RegisterProgramme(
            programme="glbt",
            agency="mzj-shi",
            payee_kind=1,
            notice_seconds=0,
            ladder_fen=(100_000_000,),
            feeds=("rosters",),
            basis=basis(),
        )
    )
    city.seat("budget", "czj-shi", 1, Role.BUDGET)
    city.seat("preparer", "mzj-qu", 2, Role.PREPARE | Role.BUDGET)
    city.seat("reviewer", "mzj-qu", 3, Role.REVIEW)
    city.seat("approver", "mzj-shi", 4, Role.APPROVE)
    city.seat("treasurer", "gk", 5, Role.TREASURY)
    city.seat("banker", "icbc", 6, Role.BANK)
    city.seat("oracle", "mzj-qu", 7, Role.ORACLE | Role.PUBLISH)
    return city
