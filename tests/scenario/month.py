"""The month: seats, budget, feeds, notices, runs, releases, batches and one reissue."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from fundtrail.chain.bindings import EvidenceLog, FundLedger, Registry
from fundtrail.chain.deploy import naming_acts
from fundtrail.chain.rpc import Rpc
from fundtrail.enums import PayeeKind
from fundtrail.evidence import lines_path, read_lines
from fundtrail.ids import text_digest
from fundtrail.network import Network, dump_network
from fundtrail.signed_statements import RecordedStatement
from fundtrail.signers import KeySigner
from fundtrail.statements import (
    Allot,
    AnchorFeed,
    Approve,
    OpenFeed,
    PassOn,
    Prepare,
    PublishNotice,
    RegisterProgramme,
    Release,
    Review,
    SeatAgency,
    SeatOfficer,
    Settle,
)
from fundtrail.sum_tree import SumRoot, TreeKind
from tests.scenario.cast import (
    AGENCIES,
    BANDS,
    BANK,
    CITY,
    DISTRICT,
    FEEDS,
    LADDER_FEN,
    NOTICE_SECONDS,
    OFFICERS,
    ORACLES,
    PERIOD,
    PROGRAMME,
    STREETS,
    outcome,
    people,
    secret,
)
from tests.scenario.chain import Chain
from tests.scenario.contests import Contests
from tests.scenario.folder import Folder, record_of
from tests.scenario.payments import Payment, bank_results, entitlements, payment


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What was built. `officers` are keys by name, `statements` all acts in chain order."""

    network: Network
    network_path: Path
    evidence: Path
    officers: Mapping[str, KeySigner]
    payments: tuple[Payment, ...]
    statements: tuple[RecordedStatement, ...]
    programme_key: bytes
    linkage_key: bytes
    agency_key: bytes
    blocks: Mapping[str, int] = field(default_factory=dict)  # what was so after which block

    def payment(self, *, outcome: str = "", street: str = STREETS[0], attempt: int = 0) -> Payment:
        """The first payment of that fate."""
        fate = (street, attempt, outcome)
        return next(p for p in self.payments if (p.street, p.attempt, p.outcome) == fate)


def build_scenario(
    url: str, out: Path, *, contested: bool = False, paid_short: bool = False
) -> Scenario:
    """Deploy on the anvil at `url`, live through the month, write `out/network.toml`, `evidence`.

    With `contested`, what contests money follows the month (`tests.scenario.contests`); and with
    `paid_short`, the run that lost a line to a dispute is paid without it.
    Blocks are dated from the head's time on; give the node `timestamp=START` for dates in October.
    """
    evidence = out / "evidence"
    evidence.mkdir(parents=True, exist_ok=True)
    with Rpc(url) as rpc:
        month = _Month(Chain(rpc, evidence), evidence)
        month.live()
        blocks = Contests(month.chain, month.folder, evidence).live() if contested else {}
        if paid_short:
            month.pay_all_but(f"{STREETS[2]}-OAA-{PERIOD}", 1)
    return month.written(out, blocks)


class _Month:
    """What has happened so far, and the next act."""

    def __init__(self, chain: Chain, evidence: Path) -> None:
        self.chain, self.folder = chain, Folder(evidence, chain.network)
        self.payments: list[Payment] = []
        self._anchored = dict.fromkeys(FEEDS, 0)

    def live(self) -> None:
        """The whole story."""
        self._name_contracts()
        self._seat()
        self._budget()
        self._open_feeds()
        rosters = {street: self._roster(street) for street in STREETS}
        self._anchor("civil-affairs")
        for street, root in rosters.items():
            self._publish(street, root)
        self.chain.time += NOTICE_SECONDS + 3_600
        for street in STREETS:
            self._approve(street, attempt=0)
        for street in STREETS[:2]:
            self._release(f"{street}-OAA-{PERIOD}")
        run = f"{STREETS[0]}-OAA-{PERIOD}"
        self._settle(run, "credited", f"{run}-C")
        self._settle(run, "returned", f"{run}-B")
        self.chain.time += 2 * 86_400
        self._approve(STREETS[0], attempt=1)
        self._release(f"{run}-R1")
        self._settle(f"{run}-R1", "credited", f"{run}-R1-C")

    def written(self, out: Path, blocks: Mapping[str, int]) -> Scenario:
        """What happened; and the network's file beside the evidence and in it."""
        network = self.chain.network
        for path in (out / "network.toml", self.folder.path / "network.toml"):
            path.write_text(dump_network(network), encoding="utf-8")
        return Scenario(
            network=network,
            network_path=out / "network.toml",
            evidence=self.folder.path,
            officers=self.chain.officers,
            payments=tuple(self.payments),
            statements=tuple(self.chain.statements),
            programme_key=secret("programme"),
            linkage_key=secret("linkage"),
            agency_key=secret("agency"),
            blocks=blocks,
        )

    def pay_all_but(self, run: str, struck: int) -> None:
        """Release and credit a run without the line that stands at `struck` in its tree."""
        lines = list(read_lines(self.folder.path / lines_path(TreeKind.RUN, run)))
        out = lines[struck]
        self.payments = [
            replace(p, outcome="credited") if p.run == run and p.payment_id != out.payment_id else p
            for p in self.payments
        ]
        self._release(run, left_out_fen=out.amount_fen)
        self._settle(run, "credited", f"{run}-C")

    def _name_contracts(self) -> None:
        for act in naming_acts(self.chain.network, self.chain.basis("合约命名")):
            self.chain.govern(Registry.name_contract, act)

    def _seat(self) -> None:
        for code, kind, parent, region, name in AGENCIES:
            seat = SeatAgency(
                agency=code,
                kind=int(kind),
                parent=parent,
                region=region,
                name=name,
                basis=self.chain.basis(f"设立 {code}"),
            )
            self.chain.govern(Registry.seat_agency, seat)
        for person, (name, (agency, roles)) in enumerate(OFFICERS.items(), 1):
            officer = SeatOfficer(
                key=self.chain.officers[name].address,
                agency=agency,
                person=person,
                roles=int(roles),
                valid_from=self.chain.time,
                valid_until=self.chain.time + 400 * 86_400,
                basis=self.chain.basis(f"任命 {person}"),
            )
            self.chain.govern(Registry.seat_officer, officer)
        programme = RegisterProgramme(
            programme=PROGRAMME,
            agency=CITY,
            payee_kind=int(PayeeKind.PERSON),
            notice_seconds=NOTICE_SECONDS,
            ladder_fen=LADDER_FEN,
            feeds=tuple(FEEDS),
            basis=self.chain.basis("项目登记"),
        )
        self.chain.govern(Registry.register_programme, programme)

    def _budget(self) -> None:
        allot = Allot(
            id="A-2026-1",
            fund="OAA-2026",
            programme=PROGRAMME,
            year=2026,
            agency="1901-CZJ",
            amount_fen=1_000_000,
            basis=self.chain.basis("指标 1"),
        )
        self.chain.act(FundLedger.allot, allot, "budget-finance")
        down = [
            ("OAA-2026", "OAA-2026-1901", CITY, 900_000, "budget-finance"),
            ("OAA-2026-1901", "OAA-2026-190101", DISTRICT, 800_000, "budget-city"),
        ]
        down += [
            ("OAA-2026-190101", f"OAA-2026-{street}", f"{street}-JD", 200_000, "budget-district")
            for street in STREETS
        ]
        for number, (parent, fund, agency, amount, officer) in enumerate(down, 1):
            pass_on = PassOn(
                id=f"P-2026-{number}",
                parent=parent,
                fund=fund,
                agency=agency,
                amount_fen=amount,
                basis=self.chain.basis(f"下达 {number}"),
            )
            self.chain.act(FundLedger.pass_on, pass_on, officer)

    def _open_feeds(self) -> None:
        self.folder.open_feeds()
        for feed, agency in FEEDS.items():
            opened = OpenFeed(
                feed=feed,
                vkey_digest=self.folder.vkey_digest(feed),
                cadence_seconds=30 * 86_400,
                basis=self.chain.basis(f"数据源 {feed}"),
            )
            self.chain.act(EvidenceLog.open_feed, opened, ORACLES[agency])
        self._policy()
        digest = self.folder.source("death-register", "deaths.csv", rows=1)
        death = {
            "died_on": "2026-09-03",
            "payee_ref": secret("somebody").hex(),
            "registered_on": "2026-09-05",
            "registrar": "东城区民政局",
        }
        self.folder.append("death-register", record_of("death", death, digest, row=2))
        self._anchor("death-register")

    def _policy(self) -> None:
        bands = [
            {"age_from": low, "age_to": high, "amount_fen": str(amount), "band": f"{low}-{high}"}
            for low, high, amount in BANDS
        ]
        fields = {
            "bands": bands,
            "effective_from": "2026-01-01",
            "grace_months": 0,
            "month_of_death_payable": True,
            "programme": PROGRAMME,
            "return_days_max": 30,
            "source": "云民规〔2025〕7号",
        }
        digest = self.folder.source("civil-affairs", "policy.toml", rows=1)
        self.folder.append("civil-affairs", record_of("policy", fields, digest, row=0))

    def _anchor(self, feed: str) -> None:
        reader = self.folder.reader(feed)
        head = reader.checkpoint
        basis = self.chain.basis(f"锚定 {feed} {head.size}")
        anchor = AnchorFeed(feed=feed, size=head.size, root=head.root, basis=basis)
        proof = list(reader.consistency(self._anchored[feed]))
        self.chain.act(EvidenceLog.anchor_feed, anchor, ORACLES[FEEDS[feed]], proof)
        self._anchored[feed] = head.size

    def _roster(self, street: str) -> SumRoot:
        return self._lines(street, "notice.csv", TreeKind.ROSTER, f"{street}-OAA-{PERIOD}-N", 0)

    def _lines(self, street: str, name: str, kind: TreeKind, subject: str, attempt: int) -> SumRoot:
        chosen = [n for n in people(street) if not attempt or outcome(street, n, 0) == "returned"]
        digest = self.folder.source("civil-affairs", f"{street}-{name}", rows=len(chosen))
        self.folder.openings(street, name, chosen)
        if kind is TreeKind.RUN:
            self.payments += [payment(street, number, attempt) for number in chosen]
        lines = entitlements(street, name, digest, chosen, attempt)
        return self.folder.lines("civil-affairs", kind, subject, lines)

    def _publish(self, street: str, root: SumRoot) -> None:
        notice = f"{street}-OAA-{PERIOD}-N"
        opens = self.chain.time + 3_600
        publish = PublishNotice(
            notice=notice,
            programme=PROGRAMME,
            period=PERIOD,
            root=root.root,
            total_fen=root.total_fen,
            count=root.count,
            opens_at=opens,
            closes_at=opens + NOTICE_SECONDS,
            basis=self.chain.basis(f"公示 {street}", self._cited(TreeKind.ROSTER, notice)),
        )
        self.chain.act(EvidenceLog.publish_notice, publish, f"publish-{street}")

    def _approve(self, street: str, *, attempt: int) -> None:
        """Prepare, review and approve a street's run, or the reissue of what came back."""
        first = f"{street}-OAA-{PERIOD}"
        run = f"{first}-R{attempt}" if attempt else first
        root = self._lines(street, f"roster-{attempt}.xlsx", TreeKind.RUN, run, attempt)
        self._anchor("civil-affairs")
        cited, total = self._cited(TreeKind.RUN, run), root.total_fen
        prepare = Prepare(
            run=run,
            fund=f"OAA-2026-{street}",
            notice=f"{first}-N",
            reissue_of=f"{first}-B" if attempt else "",
            period=PERIOD,
            root=root.root,
            total_fen=total,
            count=root.count,
            basis=self.chain.basis(f"编制 {run}", cited),
        )
        self.chain.act(FundLedger.prepare, prepare, f"prepare-{street}")
        basis = self.chain.basis(f"复核 {run}", cited)
        review = Review(run=run, root=root.root, total_fen=total, basis=basis)
        self.chain.act(FundLedger.review, review, f"review-{street}")
        steps = sum(step <= total for step in LADDER_FEN)
        for officer in ("approve-district", "approve-city")[: 1 + steps]:
            basis = self.chain.basis(f"审批 {run} {officer}", cited)
            approve = Approve(run=run, root=root.root, total_fen=total, basis=basis)
            self.chain.act(FundLedger.approve, approve, officer)

    def _release(self, run: str, *, left_out_fen: int = 0) -> None:
        total = sum(p.amount_fen for p in self.payments if p.run == run) - left_out_fen
        number = f"国库凭证 {run}"
        fields = {
            "amount_fen": str(total),
            "bank": BANK,
            "issued_on": "2026-10-09",
            "number": number,
            "run": run,
        }
        digest = self.folder.source("treasury", f"{run}.csv", rows=1)
        voucher = self.folder.append("treasury", record_of("voucher", fields, digest, row=2))
        self._anchor("treasury")
        release = Release(
            run=run,
            bank=BANK,
            voucher=text_digest(number),
            amount_fen=total,
            basis=self.chain.basis(f"拨付 {run}", voucher),
        )
        self.chain.act(FundLedger.release, release, "treasurer")

    def _settle(self, run: str, fate: str, batch: str) -> None:
        kind = TreeKind[fate.upper()]
        paid = [p for p in self.payments if (p.run, p.outcome) == (run, fate)]
        digest = self.folder.source("bank-a", f"{batch}.csv", rows=len(paid))
        root = self.folder.lines("bank-a", kind, batch, bank_results(digest, paid))
        self._anchor("bank-a")
        settle = Settle(
            batch=batch,
            run=run,
            kind=int(kind),
            root=root.root,
            total_fen=root.total_fen,
            count=root.count,
            basis=self.chain.basis(f"回单 {batch}", self._cited(kind, batch)),
        )
        self.chain.act(FundLedger.settle, settle, "bank")

    def _cited(self, kind: TreeKind, subject: str) -> bytes:
        return self.folder.cited[lines_path(kind, subject)]
