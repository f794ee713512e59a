"""A small town for the oracles' tests: real contracts on a real node, officers, folders of oracles.

Everything the town signs goes through the oracles' own commands, so building it is a test already.
The clock is the chain's head: the town lives in the month of its node.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fundtrail.chain.deploy import deploy
from fundtrail.chain.rpc import Rpc
from fundtrail.network import Governors, Network
from fundtrail.signers import KeySigner
from oracles.acts import Recorded
from oracles.draft import Draft
from oracles.keyring import write_keys
from oracles.oracle import Oracle
from oracles.outgoing import Patience
from oracles.settings import Settings, write_settings

PASSPHRASE = "town"
MONTH = "2026-10"
NOTICE_DAYS = 7
STREET, OFFICE = "190102001", "190102001-JD"
CIVIL, DISTRICT, FINANCE, TREASURY, BANK = "1901-MZJ", "190102-MZJ", "1901-CZJ", "1901-GK", "BANK-A"
DISPUTES = "1901-ZY"
FUND = f"OAA-2026-{STREET}"
DOCUMENT = "云民发〔2026〕10号"
_GOVERNORS = (FINANCE, "1901-SJ", "1901-JC")
_AGENCIES = (
    (FINANCE, "FINANCE", "", "190100", "云州市财政局"),
    (CIVIL, "PROGRAMME", FINANCE, "190100", "云州市民政局"),
    (DISTRICT, "PROGRAMME", CIVIL, "190102", "云东区民政局"),
    (OFFICE, "PROGRAMME", DISTRICT, "190102001", "安宁街道办事处"),
    (TREASURY, "TREASURY", "", "190100", "云州市国库支付中心"),
    (BANK, "BANK", "", "190100", "云州银行"),
    (DISPUTES, "DISPUTES", "", "190100", "云州市争议处理中心"),
)
_OFFICERS = {  # name → (agency, roles)
    "budget": (FINANCE, "BUDGET"),
    "clerk": (OFFICE, "PREPARE,PUBLISH"),
    "reviewer": (OFFICE, "REVIEW"),
    "approver": (DISTRICT, "APPROVE"),
    "approver-2": (DISTRICT, "APPROVE"),
    "treasurer": (TREASURY, "TREASURY"),
    "teller": (BANK, "BANK"),
    "oracle-civil": (CIVIL, "ORACLE"),
    "oracle-treasury": (TREASURY, "ORACLE"),
    "oracle-bank": (BANK, "ORACLE"),
    "petitioner": (CIVIL, "DISPUTE"),
    "judge": (DISPUTES, "DECIDE"),
}
_ORACLE_OF = {CIVIL: "oracle-civil", TREASURY: "oracle-treasury", BANK: "oracle-bank"}


def secret(name: str) -> bytes:
    """32 bytes that stand for a secret of that name."""
    return hashlib.sha256(f"town {name}".encode()).digest()


def signer(name: str) -> KeySigner:
    """The officer, governor or relayer of that name."""
    return KeySigner(secret(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A network with its officers seated and money with one street office."""

    rpc: Rpc
    network: Network
    folder: Path

    @property
    def evidence(self) -> Path:
        """The evidence folder that all oracles of the town share."""
        return self.folder / "evidence"

    def now(self) -> int:
        """The time of the chain's head."""
        head = self.rpc.head()
        return self.rpc.block_times([head])[head]

    def pass_time(self, seconds: int) -> None:
        """Let the node's next block be so much later."""
        self.rpc.call("evm_increaseTime", seconds)
        self.rpc.call("evm_mine")

    def make_oracle(
        self,
        folder: Path,
        agency: str,
        feed: str,
        sources: Mapping[str, str],
        evidence: Path | None = None,
    ) -> Path:
        """An oracle folder of `agency` with keys and a relayer of its own."""
        keys = {
            "feed": secret(f"feed {feed}"),
            "agency": secret(f"agency {agency}"),
            "linkage": secret("linkage"),
            "programme": secret("programme"),
            "relayer": secret(f"relayer {feed}"),
            "officer": secret(_ORACLE_OF.get(agency, "oracle-civil")),
        }
        write_settings(
            Settings(
                folder=folder,
                agency=agency,
                feed=feed,
                operator="王小明",
                source_system="测试系统",
                document=DOCUMENT,
                network=str(self.folder / "network.toml"),
                evidence=str(evidence or self.evidence),
                cadence_seconds=31 * 86_400,
                clock_offset_ms=0,
                keys=write_keys(folder, keys, PASSPHRASE, iterations=1),
                sources=sources,
            )
        )
        return folder

    def open(self, folder: Path, patience: Patience | None = None) -> Oracle:
        """The oracle in `folder`, on the town's clock."""
        return Oracle.open(folder, passphrase=PASSPHRASE, clock=self.now, patience=patience)


def found_town(url: str, folder: Path) -> Town:
    """Deploy, seat everybody, allot and pass on."""
    rpc = Rpc(url)
    governors = sorted((signer(f"governor {a}").address, a) for a in _GOVERNORS)
    network = deploy(
        rpc,
        signer(f"deployer {folder.name}"),
        name="yunzhou",
        chain_id=rpc.chain_id(),
        governors=Governors(
            threshold=2,
            keys=tuple(address for address, _ in governors),
            agencies=tuple(agency for _, agency in governors),
        ),
        out=folder / "network.toml",
    )
    town = Town(rpc=rpc, network=network, folder=folder)
    office = town.make_oracle(folder / "registry-office", FINANCE, "registry-office", {})
    with town.open(office) as oracle:
        _seat(oracle)
        _fund(oracle)
    return town


def act(oracle: Oracle, draft: Draft, *officers: str) -> Recorded:
    """Sign a draft by each of `officers` and submit it."""
    for officer in officers:
        draft = oracle.sign(draft, signer(officer))
    return oracle.submit(draft)


def _seat(oracle: Oracle) -> None:
    governors = [f"governor {agency}" for agency in _GOVERNORS[:2]]

    def govern(type_name: str, **fields: str) -> None:
        act(oracle, oracle.prepare.statement(type_name, fields, document=DOCUMENT), *governors)

    for contract in ("EvidenceLog", "FundLedger", "DisputeDesk"):
        govern("NameContract", name=contract, at=oracle.network.address(contract))
    for agency, kind, parent, region, name in _AGENCIES:
        govern("SeatAgency", agency=agency, kind=kind, parent=parent, region=region, name=name)
    for person, (name, (agency, roles)) in enumerate(_OFFICERS.items(), 1):
        govern(
            "SeatOfficer",
            key=signer(name).address,
            agency=agency,
            person=str(person),
            roles=roles,
            valid_from="2026-01-01",
            valid_until="2036-01-01",
        )
    for programme, seconds in (("OAA", str(NOTICE_DAYS * 86_400)), ("FREE", "0")):
        govern(
            "RegisterProgramme",
            programme=programme,
            agency=CIVIL,
            payee_kind="PERSON",
            notice_seconds=seconds,
            ladder_fen="40000",
            feeds="",
        )


def _fund(oracle: Oracle) -> None:
    for programme, fund in (("OAA", FUND), ("FREE", "FREE-2026")):
        root = f"{programme}-2026-ROOT"
        allot = {"id": f"A-{programme}", "fund": root, "programme": programme, "year": "2026"}
        allot |= {"agency": FINANCE, "amount_fen": "10_000_000"}
        act(oracle, oracle.prepare.statement("Allot", allot, document=DOCUMENT), "budget")
        steps = {"id": f"P-{programme}", "parent": root, "fund": fund, "agency": OFFICE}
        steps |= {"amount_fen": "5_000_000"}
        act(oracle, oracle.prepare.statement("PassOn", steps, document=DOCUMENT), "budget")
