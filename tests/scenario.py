"""One small month, complete: contracts, statements and an evidence folder that an audit verifies.

    with Anvil(timestamp=START) as anvil:
        scenario = build_scenario(anvil.url, folder)

Three streets under one district. Street 1 is settled: one payment came back and was paid again.
Street 2 is released and waits for the bank. Street 3 is approved and waits for the treasury.
Keys, salts and times follow from constants, so equal nodes give equal bytes. Not the demo: no
department files are read here, the records are written as an oracle would have written them.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from fundtrail.chain.artifacts import CONTRACTS, artifact
from fundtrail.chain.bindings import EvidenceLog, FundLedger, Registry
from fundtrail.chain.rpc import Rpc
from fundtrail.enums import AgencyKind, PayeeKind, Role
from fundtrail.evidence import (
    EvidenceLine,
    file_digest,
    keep_statement,
    lines_path,
    statements_path,
    write_lines,
)
from fundtrail.ids import ZERO32, code_to_bytes32, duty_id, payee_ref, payment_id, text_digest
from fundtrail.network import Contract, Governors, Network, dump_network
from fundtrail.openings import Opening, seal_opening, seal_source
from fundtrail.records import Provenance, Record, record_digest
from fundtrail.signed_statements import RecordedStatement, SignedStatement
from fundtrail.signers import KeySigner
from fundtrail.statements import (
    Allot,
    AnchorFeed,
    Approve,
    Basis,
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
    Statement,
)
from fundtrail.sum_tree import SumRoot, TreeKind
from fundtrail.tiles import FeedWriter

START = 1_790_812_800  # 2026-10-01T00:00:00Z
PERIOD, PROGRAMME = "2026-10", "OAA"
NOTICE_SECONDS = 7 * 86_400
LADDER_FEN = (90_000,)
CITY, DISTRICT, TREASURY, BANK = "1901-MZJ", "190101-MZJ", "1901-GK", "BANK-A"
STREETS = ("190101001", "190101002", "190101003")
FEEDS = {"civil-affairs": CITY, "death-register": CITY, "treasury": TREASURY, "bank-a": BANK}
BANDS = ((65, 69, 7_500), (70, 79, 15_000), (80, 89, 18_000), (90, 99, 35_000))

_AGENCIES = [
    ("1901-CZJ", AgencyKind.FINANCE, "", 190100, "云州市财政局"),
    (CITY, AgencyKind.PROGRAMME, "", 190100, "云州市民政局"),
    (DISTRICT, AgencyKind.PROGRAMME, CITY, 190101, "云州市东城区民政局"),
    *((f"{s}-JD", AgencyKind.PROGRAMME, DISTRICT, int(s), f"第{i}街道办事处")
      for i, s in enumerate(STREETS, 1)),
    (TREASURY, AgencyKind.TREASURY, "", 190100, "云州市国库支付中心"),
    (BANK, AgencyKind.BANK, "", 190100, "云州银行"),
    ("1901-SJ", AgencyKind.AUDIT, "", 190100, "云州市审计局"),
]  # fmt: skip
_GOVERNORS = ("1901-CZJ", CITY, "1901-SJ")
_OFFICERS = {  # name → (agency, roles)
    "budget-finance": ("1901-CZJ", Role.BUDGET),
    "budget-city": (CITY, Role.BUDGET),
    "budget-district": (DISTRICT, Role.BUDGET),
    **{f"publish-{s}": (f"{s}-JD", Role.PUBLISH) for s in STREETS},
    **{f"prepare-{s}": (f"{s}-JD", Role.PREPARE) for s in STREETS},
    **{f"review-{s}": (f"{s}-JD", Role.REVIEW) for s in STREETS},
    "approve-district": (DISTRICT, Role.APPROVE),
    "approve-city": (CITY, Role.APPROVE),
    "treasurer": (TREASURY, Role.TREASURY),
    "bank": (BANK, Role.BANK),
    "oracle-civil": (CITY, Role.ORACLE),
    "oracle-treasury": (TREASURY, Role.ORACLE),
    "oracle-bank": (BANK, Role.ORACLE),
}
_ORACLE = {CITY: "oracle-civil", TREASURY: "oracle-treasury", BANK: "oracle-bank"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One line that stands in a run. `payee` is the identity behind it and stays in the test."""

    street: str
    run: str
    notice: str
    application: str
    payee: str
    payment_id: bytes
    amount_fen: int
    attempt: int
    outcome: str  # credited, returned, or empty while the bank has not answered


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

    def payment(self, *, outcome: str = "", street: str = STREETS[0], attempt: int = 0) -> Payment:
        """The first payment of that fate."""
        return next(
            p
            for p in self.payments
            if (p.street, p.attempt, p.outcome) == (street, attempt, outcome)
        )


def build_scenario(url: str, out: Path) -> Scenario:
    """Deploy on the anvil at `url`, live through the month, write `out/network.toml`, `evidence`.

    Blocks are dated from the head's time on; give the node `timestamp=START` for dates in October.
    """
    with Rpc(url) as rpc:
        return _Month(rpc, out).live()


def secret(name: str) -> bytes:
    """32 bytes that stand for a secret of that name."""
    return hashlib.sha256(b"scenario/" + name.encode()).digest()


class _Month:
    """The builder: the node, the folder and what has happened so far."""

    def __init__(self, rpc: Rpc, out: Path) -> None:
        self.rpc, self.out = rpc, out
        self.evidence = out / "evidence"
        self.time = rpc.block_times([rpc.head()])[rpc.head()]
        self.relayer = rpc.call("eth_accounts")[0]
        self.officers = {name: KeySigner(secret(f"officer/{name}")) for name in _OFFICERS}
        self.governors = sorted(
            (KeySigner(secret(f"governor/{agency}")) for agency in _GOVERNORS),
            key=lambda signer: signer.address,
        )
        self.feeds: dict[str, FeedWriter] = {}
        self.anchored = dict.fromkeys(FEEDS, 0)
        self.statements: list[RecordedStatement] = []
        self.payments: list[Payment] = []
        self.cited: dict[str, bytes] = {}  # path of a lines file → record digest

    def live(self) -> Scenario:
        self.out.mkdir(parents=True, exist_ok=True)
        self.network = self._deploy()
        path = self.out / "network.toml"
        path.write_text(dump_network(self.network), encoding="utf-8")
        (self.evidence).mkdir(parents=True, exist_ok=True)
        (self.evidence / "network.toml").write_text(dump_network(self.network), encoding="utf-8")
        self._seat()
        self._fund()
        self._open_feeds()
        rosters = {street: self._roster(street) for street in STREETS}
        self._anchor("civil-affairs")
        for street, root in rosters.items():
            self._publish(street, root)
        self.time += NOTICE_SECONDS + 3_600
        for street in STREETS:
            self._run_to_approval(street, f"{street}-OAA-{PERIOD}", attempt=0, reissue_of="")
        for street in STREETS[:2]:
            self._release(f"{street}-OAA-{PERIOD}")
        self._settle(STREETS[0])
        self._reissue(STREETS[0])
        return Scenario(
            network=self.network,
            network_path=path,
            evidence=self.evidence,
            officers=self.officers,
            payments=tuple(self.payments),
            statements=tuple(self.statements),
            programme_key=secret("programme"),
            linkage_key=secret("linkage"),
            agency_key=secret("agency"),
        )

    # The chain.

    def _deploy(self) -> Network:
        first = self.rpc.head() + 1
        by_address = {signer.address: signer for signer in self.governors}
        agencies = {KeySigner(secret(f"governor/{a}")).address: a for a in _GOVERNORS}
        codes = [code_to_bytes32(agencies[key]) for key in by_address]
        made: dict[str, str] = {}
        for name in CONTRACTS:
            match name:
                case "Registry":
                    types, values = (
                        ["address[]", "bytes32[]", "uint8"],
                        [list(by_address), codes, 2],
                    )
                case "EvidenceLog":
                    types, values = ["address"], [made["Registry"]]
                case _:
                    types, values = ["address"] * 2, [made["Registry"], made["EvidenceLog"]]
            receipt = self._send(None, artifact(name).creation_code + encode(types, values))
            made[name] = receipt["contractAddress"].lower()
        contracts = {
            name: Contract(address=at, code_hash="0x" + keccak(self.rpc.code(at)).hex())
            for name, at in made.items()
        }
        return Network(
            name="yunzhou",
            chain_id=self.rpc.chain_id(),
            rpc_urls=(self.rpc.url,),
            first_block=first,
            confirmations=1,
            contracts=contracts,
            governors=Governors(
                threshold=2, keys=tuple(by_address), agencies=tuple(agencies[k] for k in by_address)
            ),
        )

    def _send(self, to: str | None, data: bytes) -> dict[str, Any]:
        self.time += 60
        self.rpc.call("evm_setNextBlockTimestamp", self.time)
        request = {"from": self.relayer, "data": "0x" + data.hex(), "gas": hex(20_000_000)}
        request["gasPrice"] = "0x0"
        sent = self.rpc.call("eth_sendTransaction", request | ({"to": to} if to else {}))
        while (receipt := self.rpc.call("eth_getTransactionReceipt", sent)) is None:
            sleep(0.002)
        assert receipt["status"] == "0x1", f"refused: {receipt}"
        return dict(receipt)

    def _record(self, statement: Statement, calldata: bytes, *signatures: bytes) -> None:
        receipt = self._send(self.network.address(statement.contract), calldata)
        recorded = RecordedStatement(
            signed=SignedStatement(statement=statement, signatures=signatures),
            transaction=bytes.fromhex(receipt["transactionHash"][2:]),
            block=int(receipt["blockNumber"], 16),
        )
        keep_statement(statements_path(self.evidence, self.time), recorded)
        self.statements.append(recorded)

    def _govern(self, act: Any, statement: Statement) -> None:
        digest = statement.digest(self.network)
        signatures = [governor.sign(digest) for governor in self.governors[:2]]
        self._record(statement, act(statement, signatures), *signatures)

    def _act(self, act: Any, statement: Statement, officer: str, *proof: Any) -> None:
        signature = self.officers[officer].sign(statement.digest(self.network))
        self._record(statement, act(statement, *proof, signature), signature)

    def _basis(self, document: str, evidence: bytes = ZERO32) -> Basis:
        return Basis(
            evidence=evidence,
            document=text_digest(f"云州〔2026〕{document}"),
            signed_at=self.time,
            deadline=self.time + 86_400,
        )

    # Registry and FundLedger: who may speak, and the money's way down.

    def _seat(self) -> None:
        for code, kind, parent, region, name in _AGENCIES:
            seat = SeatAgency(
                agency=code, kind=int(kind), parent=parent, region=region, name=name,
                basis=self._basis(f"设立 {code}"),
            )  # fmt: skip
            self._govern(Registry.seat_agency, seat)
        for person, (name, (agency, roles)) in enumerate(_OFFICERS.items(), 1):
            officer = SeatOfficer(
                key=self.officers[name].address, agency=agency, person=person, roles=int(roles),
                valid_from=self.time, valid_until=self.time + 400 * 86_400,
                basis=self._basis(f"任命 {person}"),
            )  # fmt: skip
            self._govern(Registry.seat_officer, officer)
        programme = RegisterProgramme(
            programme=PROGRAMME, agency=CITY, payee_kind=int(PayeeKind.PERSON),
            notice_seconds=NOTICE_SECONDS, ladder_fen=LADDER_FEN, feeds=tuple(FEEDS),
            basis=self._basis("项目登记"),
        )  # fmt: skip
        self._govern(Registry.register_programme, programme)

    def _fund(self) -> None:
        allot = Allot(
            id="A-2026-1", fund="OAA-2026", programme=PROGRAMME, year=2026, agency="1901-CZJ",
            amount_fen=1_000_000, basis=self._basis("指标 1"),
        )  # fmt: skip
        self._act(FundLedger.allot, allot, "budget-finance")
        steps = [
            ("OAA-2026", "OAA-2026-1901", CITY, 900_000, "budget-finance"),
            ("OAA-2026-1901", "OAA-2026-190101", DISTRICT, 800_000, "budget-city"),
            *(("OAA-2026-190101", f"OAA-2026-{s}", f"{s}-JD", 200_000, "budget-district")
              for s in STREETS),
        ]  # fmt: skip
        for number, (parent, fund, agency, amount, officer) in enumerate(steps, 1):
            pass_on = PassOn(
                id=f"P-2026-{number}", parent=parent, fund=fund, agency=agency,
                amount_fen=amount, basis=self._basis(f"下达 {number}"),
            )  # fmt: skip
            self._act(FundLedger.pass_on, pass_on, officer)

    # Feeds.

    def _open_feeds(self) -> None:
        for feed, agency in FEEDS.items():
            private = Ed25519PrivateKey.from_private_bytes(secret(f"feed/{feed}"))
            origin = self.network.origin(feed)
            folder = self.evidence / "feeds" / origin
            self.feeds[feed] = FeedWriter(folder, origin, private)
            vkey = hashlib.sha256((folder / "vkey").read_bytes()).digest()
            opened = OpenFeed(
                feed=feed, vkey_digest=vkey, cadence_seconds=30 * 86_400,
                basis=self._basis(f"数据源 {feed}"),
            )  # fmt: skip
            self._act(EvidenceLog.open_feed, opened, _ORACLE[agency])
        self._append("civil-affairs", self._policy())
        death = self._record_of(
            "death",
            {
                "died_on": "2026-09-03",
                "payee_ref": secret("somebody").hex(),
                "registered_on": "2026-09-05",
                "registrar": "东城区民政局",
            },
            self._source("death-register", "deaths.csv", b"synthetic deaths\n", rows=1),
            row=2,
        )
        self._append("death-register", death)
        self._anchor("death-register")

    def _append(self, feed: str, *entries: bytes) -> None:
        self.feeds[feed].append(entries)

    def _anchor(self, feed: str) -> None:
        reader = self.feeds[feed].reader()
        head, old = reader.checkpoint, self.anchored[feed]
        anchor = AnchorFeed(
            feed=feed, size=head.size, root=head.root, basis=self._basis(f"锚定 {feed} {head.size}")
        )
        proof = list(reader.consistency(old))
        self._act(EvidenceLog.anchor_feed, anchor, _ORACLE[FEEDS[feed]], proof)
        self.anchored[feed] = head.size

    def _source(self, feed: str, name: str, raw: bytes, *, rows: int) -> bytes:
        """Keep a sealed raw file under `sources/` and say so in the feed; answers its digest."""
        digest = hashlib.sha256(raw).digest()
        sealed = seal_source(secret("agency"), raw, secret(f"nonce/{name}")[:12])
        stored = hashlib.sha256(sealed).hexdigest()
        (self.evidence / "sources").mkdir(exist_ok=True)
        (self.evidence / "sources" / stored).write_bytes(sealed)
        fields = {
            "name": name, "quarantined": 0, "rows": rows, "sealed": True,
            "sha256": stored, "size": len(sealed),
        }  # fmt: skip
        self._append(feed, self._record_of("source", fields, digest, row=0))
        return digest

    def _record_of(
        self,
        kind: str,
        fields: Mapping[str, Any],
        file_sha256: bytes,
        *,
        row: int,
        commitments: Mapping[str, str] | None = None,
    ) -> bytes:
        provenance = Provenance(
            clock_offset_ms=12,
            collected_at="2026-10-01T08:00:00Z",
            connector="scenario/1",
            file_sha256=file_sha256.hex(),
            mapping=f"{kind}@1",
            operator="op-7",
            row=row,
            sheet="",
            source_system="scenario",
        )
        record = Record(
            kind=kind, fields=fields, commitments=commitments or {}, provenance=provenance
        )
        return record.to_bytes()

    def _policy(self) -> bytes:
        bands = [
            {"age_from": low, "age_to": high, "amount_fen": str(amount), "band": f"{low}-{high}"}
            for low, high, amount in BANDS
        ]
        fields = {
            "bands": bands, "effective_from": "2026-01-01", "grace_months": 0,
            "month_of_death_payable": True, "programme": PROGRAMME, "return_days_max": 30,
            "source": "云民规〔2025〕7号",
        }  # fmt: skip
        digest = self._source("civil-affairs", "policy.toml", b"synthetic policy\n", rows=1)
        return self._record_of("policy", fields, digest, row=0)

    # Rosters, runs and batches.

    def _lines_file(
        self, feed: str, kind: TreeKind, subject: str, lines: Iterable[EvidenceLine]
    ) -> SumRoot:
        path = lines_path(kind, subject)
        root = write_lines(
            self.evidence / path, sorted(lines, key=lambda line: line.payment_id), kind
        )
        digest, size = file_digest(self.evidence / path)
        fields = {
            "count": root.count, "path": path, "root": root.root.hex(), "sha256": digest.hex(),
            "size": size, "subject": subject, "total_fen": str(root.total_fen),
            "tree": kind.name.lower(),
        }  # fmt: skip
        entry = self._record_of("lines", fields, digest, row=0)
        self._append(feed, entry)
        self.cited[path] = record_digest(entry)
        return root

    def _entitlements(self, street: str, name: str, people: Sequence[int], attempt: int) -> Any:
        """(payment, evidence line) of each person, as the file `name` has them in its rows."""
        raw = f"synthetic {name} of {street}\n".encode()
        digest = self._source("civil-affairs", f"{street}-{name}", raw, rows=len(people))
        run = f"{street}-OAA-{PERIOD}"
        for row, number in enumerate(people, 2):
            payee, age = _payee(street, number), 66 + 7 * number
            low, high, amount = next(b for b in BANDS if b[0] <= age <= b[1])
            duty = duty_id(
                secret("programme"),
                programme=PROGRAMME,
                element="base",
                period=PERIOD,
                payee=payee,
            )
            fields = {
                "age": age, "application": f"{street}-{number:04d}", "attempt": attempt,
                "band": f"{low}-{high}", "element": "base",
                "payee_ref": payee_ref(secret("linkage"), payee).hex(), "period": PERIOD,
                "programme": PROGRAMME, "region": street,
            }  # fmt: skip
            commitments = {o.group: o.commitment.hex() for o in _openings(street, number, name)}
            line = EvidenceLine(
                payment_id=payment_id(duty, attempt),
                amount_fen=amount,
                record=self._record_of(
                    "entitlement", fields, digest, row=row, commitments=commitments
                ),
            )
            payment = Payment(
                street=street,
                run=f"{run}-R{attempt}" if attempt else run,
                notice=f"{run}-N",
                application=str(fields["application"]),
                payee=payee,
                payment_id=line.payment_id,
                amount_fen=amount,
                attempt=attempt,
                outcome=_outcome(street, number, attempt),
            )
            yield payment, line

    def _roster(self, street: str) -> SumRoot:
        rows = list(self._entitlements(street, "notice.csv", _people(street), 0))
        self._keep_openings(street, "notice.csv", _people(street))
        notice = f"{street}-OAA-{PERIOD}-N"
        return self._lines_file(
            "civil-affairs", TreeKind.ROSTER, notice, [line for _, line in rows]
        )

    def _publish(self, street: str, root: SumRoot) -> None:
        notice = f"{street}-OAA-{PERIOD}-N"
        opens = self.time + 3_600
        publish = PublishNotice(
            notice=notice, programme=PROGRAMME, period=PERIOD, root=root.root,
            total_fen=root.total_fen, count=root.count, opens_at=opens,
            closes_at=opens + NOTICE_SECONDS,
            basis=self._basis(f"公示 {street}", self.cited[lines_path(TreeKind.ROSTER, notice)]),
        )  # fmt: skip
        self._act(EvidenceLog.publish_notice, publish, f"publish-{street}")

    def _run_to_approval(self, street: str, run: str, *, attempt: int, reissue_of: str) -> None:
        people = [n for n in _people(street) if not attempt or _outcome(street, n, 0) == "returned"]
        name = f"roster-{attempt}.xlsx"
        rows = list(self._entitlements(street, name, people, attempt))
        self._keep_openings(street, name, people)
        self.payments += [payment for payment, _ in rows]
        root = self._lines_file("civil-affairs", TreeKind.RUN, run, [line for _, line in rows])
        self._anchor("civil-affairs")
        evidence = self.cited[lines_path(TreeKind.RUN, run)]
        prepare = Prepare(
            run=run, fund=f"OAA-2026-{street}", notice=f"{street}-OAA-{PERIOD}-N",
            reissue_of=reissue_of, period=PERIOD, root=root.root, total_fen=root.total_fen,
            count=root.count, basis=self._basis(f"编制 {run}", evidence),
        )  # fmt: skip
        self._act(FundLedger.prepare, prepare, f"prepare-{street}")
        seen = {"run": run, "root": root.root, "total_fen": root.total_fen}
        review = Review(**seen, basis=self._basis(f"复核 {run}", evidence))
        self._act(FundLedger.review, review, f"review-{street}")
        approvers = ["approve-district", "approve-city"]
        for officer in approvers[: 1 + sum(step <= root.total_fen for step in LADDER_FEN)]:
            approve = Approve(**seen, basis=self._basis(f"审批 {run} {officer}", evidence))
            self._act(FundLedger.approve, approve, officer)

    def _release(self, run: str) -> None:
        total = sum(p.amount_fen for p in self.payments if p.run == run)
        number = f"国库凭证 {run}"
        fields = {
            "amount_fen": str(total), "bank": BANK, "issued_on": "2026-10-09",
            "number": number, "run": run,
        }  # fmt: skip
        raw = f"synthetic voucher {run}\n".encode()
        entry = self._record_of(
            "voucher", fields, self._source("treasury", f"{run}.csv", raw, rows=1), row=2
        )
        self._append("treasury", entry)
        self._anchor("treasury")
        release = Release(
            run=run, bank=BANK, voucher=text_digest(number), amount_fen=total,
            basis=self._basis(f"拨付 {run}", record_digest(entry)),
        )  # fmt: skip
        self._act(FundLedger.release, release, "treasurer")

    def _settle(self, street: str) -> None:
        run = f"{street}-OAA-{PERIOD}"
        for outcome, suffix in (("credited", "C"), ("returned", "B")):
            self._settle_batch(run, outcome, f"{run}-{suffix}")

    def _settle_batch(self, run: str, outcome: str, batch: str) -> None:
        kind = TreeKind[outcome.upper()]
        paid = [p for p in self.payments if (p.run, p.outcome) == (run, outcome)]
        raw = f"synthetic bank result {batch}\n".encode()
        digest = self._source("bank-a", f"{batch}.csv", raw, rows=len(paid))
        lines = []
        for row, payment in enumerate(paid, 2):
            fields = {
                "application": payment.application, "bank": BANK, "booked_on": "2026-10-10",
                "outcome": outcome, "reason": "AC04" if outcome == "returned" else "", "run": run,
            }  # fmt: skip
            record = self._record_of("bank-result", fields, digest, row=row)
            lines.append(
                EvidenceLine(
                    payment_id=payment.payment_id, amount_fen=payment.amount_fen, record=record
                )
            )
        root = self._lines_file("bank-a", kind, batch, lines)
        self._anchor("bank-a")
        settle = Settle(
            batch=batch, run=run, kind=int(kind), root=root.root, total_fen=root.total_fen,
            count=root.count,
            basis=self._basis(f"回单 {batch}", self.cited[lines_path(kind, batch)]),
        )  # fmt: skip
        self._act(FundLedger.settle, settle, "bank")

    def _reissue(self, street: str) -> None:
        original = f"{street}-OAA-{PERIOD}"
        run = f"{original}-R1"
        self.time += 2 * 86_400
        self._run_to_approval(street, run, attempt=1, reissue_of=f"{original}-B")
        self._release(run)
        self._settle_batch(run, "credited", f"{run}-C")

    def _keep_openings(self, street: str, name: str, people: Sequence[int]) -> None:
        """Seal every opening under its person's key and name the file in the feed."""
        rows = []
        for number in people:
            reference = payee_ref(secret("linkage"), _payee(street, number))
            for opening in _openings(street, number, name):
                key = secret(f"person/{street}/{number}")
                nonce = secret(f"nonce/{street}/{number}/{name}/{opening.group}")[:12]
                rows.append(seal_opening(opening, reference, key, nonce))
        schema = pa.schema(
            [
                pa.field("payee_ref", pa.binary(32), nullable=False),
                pa.field("commitment", pa.binary(32), nullable=False),
                pa.field("group", pa.string(), nullable=False),
                pa.field("nonce", pa.binary(12), nullable=False),
                pa.field("ciphertext", pa.binary(), nullable=False),
            ]
        )
        columns = {field: [getattr(row, field) for row in rows] for field in schema.names}
        path = f"openings/{CITY}/{street}-{name.partition('.')[0]}.parquet"
        (self.evidence / path).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(columns, schema=schema), self.evidence / path)
        digest, size = file_digest(self.evidence / path)
        fields = {"path": path, "role": "openings", "sha256": digest.hex(), "size": size}
        self._append("civil-affairs", self._record_of("file", fields, digest, row=0))


def _people(street: str) -> range:
    return range(5) if street == STREETS[0] else range(3)


def _payee(street: str, number: int) -> str:
    return f"cn-id:{street[:6]}19500101{STREETS.index(street)}{number:02d}X"


def _outcome(street: str, number: int, attempt: int) -> str:
    if street != STREETS[0]:
        return ""
    return "returned" if number == 3 and attempt == 0 else "credited"


def _openings(street: str, number: int, name: str) -> tuple[Opening, ...]:
    values = {
        "account": {"account": f"6200{street}{number:06d}"},
        "identity": {"id": _payee(street, number).removeprefix("cn-id:"), "name": f"测试{number}"},
    }
    return tuple(
        Opening(group=group, salt=secret(f"salt/{street}/{number}/{name}/{group}"), value=value)
        for group, value in values.items()
    )
