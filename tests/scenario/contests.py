"""What contests money, after the month: each kind of hold, dispute, challenge and recovery once.

Street 3's run is approved and not released: an audit holds it and lets it go, one of its lines is
disputed in vain, another is struck and may be paid again. On street 2 two runs are proven wrong.
On street 1 a paid line comes back, half of it after the street's fund was closed.
"""

from pathlib import Path

from fundtrail.chain.bindings import DisputeDesk, EvidenceLog, FundLedger, Registry
from fundtrail.chain.event_types import FraudProven
from fundtrail.chain.events import read_events
from fundtrail.chain.rpc import Rpc
from fundtrail.enums import AgencyKind, Outcome, Role
from fundtrail.evidence import lines_path, read_lines
from fundtrail.ids import code_to_bytes32, text_digest
from fundtrail.proofs import placed
from fundtrail.signers import KeySigner
from fundtrail.statements import (
    Appeal,
    BookReceipt,
    Cancel,
    Close,
    CloseChallenge,
    Decide,
    DecideAppeal,
    Hold,
    Lift,
    OpenDispute,
    OrderRecovery,
    OrderReissue,
    Prepare,
    Recall,
    RotateFeed,
    SeatAgency,
    SeatOfficer,
)
from fundtrail.sum_tree import Line, SumTree, TreeKind
from tests.scenario.cast import DISTRICT, PERIOD, STREETS, secret
from tests.scenario.chain import Chain
from tests.scenario.folder import Folder

DAY = 86_400
MEDIATORS, APPEALS = "1901-ZY", "1901-FY"
AGENCIES = ((MEDIATORS, "云州市争议调处中心"), (APPEALS, "云州市行政复议局"))
OFFICERS = {
    "disputes-district": (DISTRICT, Role.DISPUTE),
    "mediator": (MEDIATORS, Role.DECIDE),
    "appeal-judge": (APPEALS, Role.APPEAL),
    "auditor": ("1901-SJ", Role.HOLD),
}
RUNS = {street: f"{street}-OAA-{PERIOD}" for street in STREETS}


class Contests:
    """What has been contested so far, and the next act."""

    def __init__(self, chain: Chain, folder: Folder, evidence: Path) -> None:
        self._chain, self._folder, self._evidence = chain, folder, evidence
        self._blocks: dict[str, int] = {}

    def live(self) -> dict[str, int]:
        """The whole story; the block after which each stood."""
        self._seat()
        self._hold_and_lift(RUNS[STREETS[2]])
        self._dispute_in_vain(RUNS[STREETS[2]])
        self._strike_and_allow(RUNS[STREETS[2]])
        self._prove_and_close(STREETS[1])
        self._prove_duplicate(STREETS[1])
        self._recover(RUNS[STREETS[0]])
        self._rotate("death-register")
        return self._blocks

    def _seat(self) -> None:
        for code, name in AGENCIES:
            seat = SeatAgency(
                agency=code,
                kind=int(AgencyKind.DISPUTES),
                parent="",
                region=190_100,
                name=name,
                basis=self._chain.basis(f"设立 {code}"),
            )
            self._chain.govern(Registry.seat_agency, seat)
        for person, (name, (agency, roles)) in enumerate(OFFICERS.items(), 101):
            self._chain.officers[name] = KeySigner(secret(f"officer/{name}"))
            officer = SeatOfficer(
                key=self._chain.officers[name].address,
                agency=agency,
                person=person,
                roles=int(roles),
                valid_from=self._chain.time,
                valid_until=self._chain.time + 400 * DAY,
                basis=self._chain.basis(f"任命 {person}"),
            )
            self._chain.govern(Registry.seat_officer, officer)

    def _hold_and_lift(self, run: str) -> None:
        reason, basis = text_digest("抽查"), self._chain.basis(f"暂扣 {run}")
        hold = Hold(run=run, until=self._chain.time + 30 * DAY, reason=reason, basis=basis)
        self._chain.act(FundLedger.hold, hold, "auditor")
        self._mark("run held")
        lift = Lift(run=run, reason=text_digest("查清"), basis=self._chain.basis(f"解除 {run}"))
        self._chain.act(FundLedger.lift, lift, "auditor")

    def _dispute_in_vain(self, run: str) -> None:
        self._open("D-1", run, 0)
        self._mark("line held")
        self._decide("D-1", Outcome.DISMISSED)
        self._mark("dispute decided")
        appeal = Appeal(
            dispute="D-1", reason=text_digest("不服"), basis=self._chain.basis("复议申请 D-1")
        )
        self._chain.act(DisputeDesk.appeal, appeal, "disputes-district")
        upheld_not = DecideAppeal(
            dispute="D-1",
            outcome=int(Outcome.DISMISSED),
            reason=text_digest("维持"),
            basis=self._chain.basis("复议决定 D-1"),
        )
        self._chain.act(DisputeDesk.decide_appeal, upheld_not, "appeal-judge")
        self._mark("line freed")

    def _strike_and_allow(self, run: str) -> None:
        self._open("D-2", run, 1)
        self._uphold("D-2")
        self._mark("line struck")
        amount_fen = self._tree(TreeKind.RUN, run).lines[1].amount_fen
        basis = self._chain.basis("补发决定 D-2")
        order = OrderReissue(dispute="D-2", amount_fen=amount_fen, basis=basis)
        self._chain.act(DisputeDesk.order_reissue, order, "mediator")
        line = Line(
            payment_id=secret("again"), amount_fen=amount_fen, record_digest=secret("record")
        )
        again = f"{run}-R1"
        self._prepare(STREETS[2], again, SumTree([line], TreeKind.RUN), reissue_of="D-2")
        self._mark("reissue prepared")
        self._cancel(STREETS[2], again)

    def _prove_and_close(self, street: str) -> None:
        """A run that pays more than the roster says, proven, closed and cancelled."""
        run, roster = f"{street}-WRONG", self._tree(TreeKind.ROSTER, f"{RUNS[street]}-N")
        listed = roster.lines[0]
        line = Line(
            payment_id=listed.payment_id,
            amount_fen=listed.amount_fen + 1,
            record_digest=listed.record_digest,
        )
        tree = SumTree([line], TreeKind.RUN)
        self._prepare(street, run, tree)
        proof = DisputeDesk.challenge_roster_amount(run, placed(tree, 0), placed(roster, 0))
        self._chain.anyone("DisputeDesk", proof)
        close = CloseChallenge(
            challenge=self._last_fraud(),
            reason=text_digest("已撤销该批次"),
            basis=self._chain.basis(f"结案 {run}"),
        )
        self._mark("amount proven wrong")
        self._chain.act(DisputeDesk.close_challenge, close, "auditor")
        self._cancel(street, run)

    def _prove_duplicate(self, street: str) -> None:
        """A second run with a payment of the first; proven, and left open."""
        run, first = f"{street}-TWICE", self._tree(TreeKind.RUN, RUNS[street])
        tree = SumTree([first.lines[0]], TreeKind.RUN)
        self._prepare(street, run, tree)
        proof = DisputeDesk.challenge_duplicate(
            run, placed(tree, 0), RUNS[street], placed(first, 0)
        )
        self._chain.anyone("DisputeDesk", proof)

    def _recover(self, run: str) -> None:
        credited = self._tree(TreeKind.CREDITED, f"{run}-C")
        line = credited.lines[0]
        places = [p.payment_id for p in self._tree(TreeKind.RUN, run).lines]
        self._open("D-3", run, places.index(line.payment_id))
        self._uphold("D-3")
        order = OrderRecovery(
            receivable="REC-1",
            cause=code_to_bytes32("D-3"),
            run=run,
            payment_id=line.payment_id,
            amount_fen=line.amount_fen,
            basis=self._chain.basis("追回决定 REC-1"),
        )
        proof = (f"{run}-C", placed(credited, 0))
        self._chain.act(DisputeDesk.order_recovery, order, "mediator", *proof)
        self._book("RCT-1", 1_000)
        self._take_back(f"OAA-2026-{STREETS[0]}")
        self._book("RCT-2", line.amount_fen - 1_000)

    def _take_back(self, fund: str) -> None:
        basis = self._chain.basis(f"收回 {fund}")
        recall = Recall(id="B-2026-1", fund=fund, amount_fen=500, basis=basis)
        self._chain.act(FundLedger.recall, recall, "budget-district")
        close = Close(id="B-2026-2", fund=fund, basis=self._chain.basis(f"关闭 {fund}"))
        self._chain.act(FundLedger.close, close, "budget-district")

    def _rotate(self, feed: str) -> None:
        rotate = RotateFeed(
            feed=feed,
            vkey_digest=secret("next key"),
            cadence_seconds=DAY,
            basis=self._chain.basis(f"换钥 {feed}"),
        )
        self._chain.act(EvidenceLog.rotate_feed, rotate, "oracle-civil")

    def _open(self, dispute: str, run: str, index: int) -> None:
        tree = self._tree(TreeKind.RUN, run)
        line = tree.lines[index]
        opened = OpenDispute(
            dispute=dispute,
            run=run,
            payment_id=line.payment_id,
            amount_fen=line.amount_fen,
            reason=text_digest("对金额有异议"),
            basis=self._chain.basis(f"异议 {dispute}"),
        )
        officer, proof = "disputes-district", placed(tree, index)
        self._chain.act(DisputeDesk.open_dispute, opened, officer, proof)

    def _decide(self, dispute: str, outcome: Outcome) -> None:
        decide = Decide(
            dispute=dispute,
            outcome=int(outcome),
            reason=text_digest("经查"),
            appeal_until=self._chain.time + 7 * DAY,
            basis=self._chain.basis(f"裁决 {dispute}"),
        )
        self._chain.act(DisputeDesk.decide, decide, "mediator")

    def _uphold(self, dispute: str) -> None:
        """Decide for the objection; nobody appeals in time, so anyone concludes it."""
        self._decide(dispute, Outcome.UPHELD)
        self._chain.time += 7 * DAY
        self._chain.anyone("DisputeDesk", DisputeDesk.conclude(dispute))

    def _prepare(self, street: str, run: str, tree: SumTree, *, reissue_of: str = "") -> None:
        prepare = Prepare(
            run=run,
            fund=f"OAA-2026-{street}",
            notice=f"{RUNS[street]}-N",
            reissue_of=reissue_of,
            period=PERIOD,
            root=tree.root.root,
            total_fen=tree.root.total_fen,
            count=tree.root.count,
            basis=self._chain.basis(f"编制 {run}"),
        )
        self._chain.act(FundLedger.prepare, prepare, f"prepare-{street}")

    def _cancel(self, street: str, run: str) -> None:
        basis = self._chain.basis(f"撤销 {run}")
        cancel = Cancel(run=run, reason=text_digest("编制有误"), basis=basis)
        self._chain.act(FundLedger.cancel, cancel, f"prepare-{street}")

    def _book(self, receipt: str, amount_fen: int) -> None:
        basis = self._chain.basis(f"收款 {receipt}")
        book = BookReceipt(receipt=receipt, receivable="REC-1", amount_fen=amount_fen, basis=basis)
        self._chain.act(DisputeDesk.book_receipt, book, "bank")

    def _tree(self, kind: TreeKind, subject: str) -> SumTree:
        path = self._evidence / lines_path(kind, subject)
        return SumTree([line.line() for line in read_lines(path)], kind)

    def _last_fraud(self) -> bytes:
        network = self._chain.network
        with Rpc(network.rpc_urls) as rpc:
            events = list(read_events(network, rpc))
        return [event.challenge for event in events if isinstance(event, FraudProven)][-1]

    def _mark(self, what: str) -> None:
        self._blocks[what] = self._chain.head()
