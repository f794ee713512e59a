"""Disputes and recoveries from an oracle: the line is read, proved, and carried beside them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from fundtrail.chain.bindings import DisputeDesk, FundLedger
from fundtrail.chain.errors import ContractRefused
from fundtrail.chain.relay import Relayer
from fundtrail.chain.transaction import Call, Fees
from fundtrail.enums import DisputeStage, RecoveryStage
from fundtrail.evidence import EvidenceLine, lines_path, read_lines, read_statements, write_lines
from fundtrail.sum_tree import TreeKind
from oracles.acts import Acts, offer_of
from oracles.draft import Draft
from oracles.errors import LineMismatch, NothingToPrepare, RunMismatch
from oracles.mapping_file import SHIPPED
from oracles.oracle import Oracle
from tests.oracles.department_files import elders, write_roster
from tests.oracles.town import BANK, CIVIL, DOCUMENT, Town, act, signer

REASON = "本人称未收到"
LINE = "所涉明细 line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """An oracle with a run of three people, as far as the bank's report."""

    town: Town
    oracle: Oracle
    run: str

    @property
    def batch(self) -> str:
        return f"{self.run}-C"

    def lines(self, kind: TreeKind = TreeKind.RUN, subject: str = "") -> Path:
        return self.oracle.evidence / lines_path(kind, subject or self.run)

    def line(self, index: int = 1) -> EvidenceLine:
        return list(read_lines(self.lines()))[index]

    def dispute(self, code: str, line: EvidenceLine, amount_fen: int = 0, run: str = "") -> Draft:
        fields = {
            "dispute": code, "run": run or self.run, "payment_id": line.payment_id.hex(),
            "amount_fen": str(amount_fen or line.amount_fen), "reason": REASON,
        }  # fmt: skip
        draft = self.oracle.prepare.statement("OpenDispute", fields, document=DOCUMENT)
        return self.oracle.sign(draft, signer("petitioner"))

    def recovery(self, code: str, line: EvidenceLine, cause: str, amount_fen: int = 0) -> Draft:
        fields = {
            "receivable": code, "cause": cause, "run": self.run,
            "payment_id": line.payment_id.hex(), "amount_fen": str(amount_fen or line.amount_fen),
        }  # fmt: skip
        draft = self.oracle.prepare.statement("OrderRecovery", fields, document=DOCUMENT)
        return self.oracle.sign(draft, signer("judge"))


@pytest.fixture
def prepared(town: Town, tmp_path: Path) -> Iterator[Paid]:
    """A run that is prepared, with the evidence of its lines."""
    feed = f"d-{sha256(tmp_path.name.encode()).hexdigest()[:12]}"
    sources = {"roster": "free.toml"}
    folder = town.make_oracle(tmp_path / feed, CIVIL, feed, sources, tmp_path / "evidence")
    mapping = (SHIPPED / "roster.toml").read_text(encoding="utf-8").replace('"OAA"', '"FREE"')
    (folder / "free.toml").write_text(mapping, encoding="utf-8")
    roster = write_roster(tmp_path / "r.xlsx", [elder.roster_row() for elder in elders(3)])
    with town.open(folder) as oracle:
        run = f"R-{feed}"
        oracle.ingest("roster", roster, run=run, region="190102001", period="2026-10")
        oracle.anchor()
        draft = oracle.prepare.run(run, fund="FREE-2026", document=DOCUMENT)
        oracle.anchor()
        act(oracle, draft, "clerk")
        yield Paid(town=town, oracle=oracle, run=run)


@pytest.fixture
def paid(prepared: Paid) -> Paid:
    """The same run, settled in one batch."""
    oracle, run = prepared.oracle, prepared.run
    act(oracle, oracle.prepare.review(run, document=DOCUMENT), "reviewer")
    for seat, approver in enumerate(("approver", "approver-2"), 1):
        act(oracle, oracle.prepare.approve(run, document=DOCUMENT, seat=seat), approver)
    release = {"run": run, "bank": BANK, "voucher": "GK1", "amount_fen": "45000"}
    act(oracle, oracle.prepare.statement("Release", release, document=DOCUMENT), "treasurer")
    credited = prepared.lines(TreeKind.CREDITED, prepared.batch)
    root = write_lines(credited, read_lines(prepared.lines()), TreeKind.CREDITED)
    settle = {
        "batch": prepared.batch, "run": run, "kind": "CREDITED", "root": root.root.hex(),
        "total_fen": str(root.total_fen), "count": str(root.count),
    }  # fmt: skip
    act(oracle, oracle.prepare.statement("Settle", settle, document=DOCUMENT), "teller")
    return prepared


def upheld(paid: Paid, code: str, line: EvidenceLine) -> None:
    """A dispute about a paid line, decided for good."""
    paid.oracle.submit(paid.dispute(code, line))
    until = str(paid.town.now() + 600)
    fields = {"dispute": code, "outcome": "UPHELD", "reason": REASON, "appeal_until": until}
    act(paid.oracle, paid.oracle.prepare.statement("Decide", fields, document=DOCUMENT), "judge")
    paid.town.pass_time(700)
    anybody = Relayer(paid.town.network, paid.town.rpc, signer("anybody"))
    desk = paid.town.network.address("DisputeDesk")
    anybody.record(Call(to=desk, data=DisputeDesk.conclude(code)))


def kept(paid: Paid) -> list[str]:
    paths = sorted((paid.oracle.evidence / "statements").glob("*.jsonl"))
    return [r.signed.statement.type_name() for path in paths for r in read_statements(path)]


# Disputes


def test_a_disputed_line_is_read_with_its_place_and_recorded_with_its_proof(
    town: Town, prepared: Paid
) -> None:
    code, line = f"D-{prepared.run}", prepared.line(1)
    draft = prepared.dispute(code, line)

    words = dict(prepared.oracle.words(draft))
    assert words["声明 statement"] == "提出争议 open a dispute"
    assert words["支付编号 payment"] == line.payment_id.hex()
    assert words["理由 reason"] == REASON
    assert words[LINE].startswith(f"批次 run {prepared.run} 第 2 笔,共 3 笔,150.00 元; line 2 of 3")

    recorded = prepared.oracle.submit(draft)
    opened = DisputeDesk(town.network, town.rpc).dispute(code)
    assert (opened.stage, opened.index, opened.held) == (DisputeStage.OPEN, 1, True)
    assert FundLedger(town.network, town.rpc).run(prepared.run).held_fen == 15_000
    prepared.lines().unlink()
    assert prepared.oracle.submit(draft) == recorded  # what stands needs no proof again
    assert kept(prepared).count("OpenDispute") == 1


def test_the_lines_may_lie_somewhere_else(prepared: Paid, tmp_path: Path) -> None:
    draft = prepared.dispute(f"D-{prepared.run}", prepared.line(2))
    elsewhere = tmp_path / "copy.parquet"
    shutil.move(prepared.lines(), elsewhere)

    with pytest.raises(NothingToPrepare, match="请用 --lines 指明"):
        prepared.oracle.words(draft)
    with pytest.raises(NothingToPrepare, match="say where it is with --lines"):
        prepared.oracle.submit(draft)
    assert "第 3 笔" in dict(prepared.oracle.words(draft, lines=elsewhere))[LINE]
    prepared.oracle.submit(draft, lines=elsewhere)
    assert kept(prepared)[-1] == "OpenDispute"


def test_a_payment_that_is_not_in_the_file_is_refused_before_it_is_signed(
    prepared: Paid,
) -> None:
    stranger = EvidenceLine(payment_id=b"\7" * 32, amount_fen=15_000, record=b"{}")
    draft = prepared.dispute(f"D-{prepared.run}", stranger)

    for refuse in (prepared.oracle.words, prepared.oracle.submit):
        with pytest.raises(LineMismatch, match=f"的明细中没有支付编号 {stranger.payment_id.hex()}"):
            refuse(draft)
    assert prepared.oracle.journal.value("SELECT count(*) FROM acts WHERE state = 'outgoing'") == 0


def test_another_amount_than_the_line_s_is_refused(prepared: Paid) -> None:
    draft = prepared.dispute(f"D-{prepared.run}", prepared.line(), amount_fen=15_001)
    with pytest.raises(LineMismatch, match=r"expected 150\.00 元 as in the line, got 150\.01 元"):
        prepared.oracle.words(draft)


def test_a_file_with_another_root_than_the_run_on_the_chain_is_refused(prepared: Paid) -> None:
    draft = prepared.dispute(f"D-{prepared.run}", prepared.line(0))
    rest = list(read_lines(prepared.lines()))[:2]
    other = prepared.lines(subject="OTHER")
    root = write_lines(other, rest, TreeKind.RUN)
    held = FundLedger(prepared.town.network, prepared.town.rpc).run(prepared.run).root

    expected = (
        f"与链上 {prepared.run} 的不符; expected root {held.hex()}, computed {root.root.hex()}"
    )
    for refuse in (prepared.oracle.words, prepared.oracle.submit):
        with pytest.raises(RunMismatch, match=expected):
            refuse(draft, lines=other)


def test_a_run_that_is_not_on_the_chain_has_no_line_to_dispute(prepared: Paid) -> None:
    draft = prepared.dispute("D-none", prepared.line(), run="R-none")
    with pytest.raises(NothingToPrepare, match="链上没有批次 R-none"):
        prepared.oracle.words(draft)


def test_a_contested_line_is_refused_by_the_contract_before_anything_is_sent(
    prepared: Paid,
) -> None:
    prepared.oracle.submit(prepared.dispute(f"D-{prepared.run}", prepared.line()))
    again = prepared.dispute(f"E-{prepared.run}", prepared.line())
    with pytest.raises(ContractRefused, match="DisputeDesk_LineContested"):
        prepared.oracle.submit(again)


def test_a_killed_oracle_needs_no_lines_to_go_on(town: Town, prepared: Paid) -> None:
    """Its relayer's nonce was used elsewhere meanwhile, so even the transaction is a new one."""
    oracle, draft = prepared.oracle, prepared.dispute(f"D-{prepared.run}", prepared.line())
    relayer, signed = oracle.outgoing._relayer, draft.signed()
    line = oracle._beside(signed, oracle._lines_file()).line
    call = relayer.call(signed.statement, signed.signatures, proof=line)
    nonce, fees = relayer.nonce(), Fees(per_gas_max=0)
    offer = offer_of(relayer.raw(call, nonce, gas=3_000_000, fees=fees), 3_000_000, fees)
    digest = signed.statement.digest(oracle.network)
    Acts(oracle.journal).take(signed, digest, call.data, nonce, lambda _: offer)
    elsewhere = Relayer(town.network, town.rpc, oracle.keyring.signer("relayer"))
    elsewhere.send_raw(elsewhere.noop(nonce).raw)
    prepared.lines().unlink()

    assert [recorded.type_name for recorded in oracle.resume()] == ["OpenDispute"]
    assert kept(prepared)[-1] == "OpenDispute"


# Recoveries


def test_a_recovery_finds_the_batch_that_credited_its_line(town: Town, paid: Paid) -> None:
    code, line = f"D-{paid.run}", paid.line(0)
    upheld(paid, code, line)
    draft = paid.recovery(f"V-{paid.run}", line, code, amount_fen=9_000)

    words = dict(paid.oracle.words(draft))
    assert words["缘由 cause"] == f"争议 dispute {code}"
    assert words["金额 amount"] == "90.00 元"
    assert words[LINE].startswith(f"银行批次 batch {paid.batch} 第 1 笔,共 3 笔,150.00 元")

    paid.oracle.submit(draft)
    due = DisputeDesk(town.network, town.rpc).receivable(f"V-{paid.run}")
    assert (due.stage, due.amount_fen) == (RecoveryStage.ORDERED, 9_000)


def test_the_batch_and_its_lines_may_be_told(paid: Paid, tmp_path: Path) -> None:
    code, line = f"D-{paid.run}", paid.line(2)
    upheld(paid, code, line)
    draft = paid.recovery(f"V-{paid.run}", line, code)
    told = tmp_path / "batch.parquet"
    shutil.move(paid.lines(TreeKind.CREDITED, paid.batch), told)

    with pytest.raises(NothingToPrepare, match="请用 --batch 和 --lines 指明"):
        paid.oracle.words(draft)
    assert "第 3 笔" in dict(paid.oracle.words(draft, lines=told))[LINE]
    with pytest.raises(NothingToPrepare, match="链上没有批次"):
        paid.oracle.words(draft, lines=told, batch="B-none")
    with pytest.raises(RunMismatch, match=f"与链上 {paid.batch} 的不符"):
        paid.oracle.words(draft, lines=_first_of(told, tmp_path), batch=paid.batch)
    paid.oracle.submit(draft, lines=told, batch=paid.batch)
    assert kept(paid)[-1] == "OrderRecovery"


def test_no_more_is_ordered_back_than_was_credited(paid: Paid) -> None:
    draft = paid.recovery(f"V-{paid.run}", paid.line(), "0x" + "11" * 32, amount_fen=15_001)
    with pytest.raises(LineMismatch, match=r"追回金额超过入账金额; expected at most 150\.00 元"):
        paid.oracle.submit(draft)
    lawful = paid.recovery(f"W-{paid.run}", paid.line(), "0x" + "11" * 32)
    words = dict(paid.oracle.words(lawful))
    assert words["缘由 cause"] == "质疑 challenge " + "11" * 32
    with pytest.raises(ContractRefused, match="DisputeDesk_NoCause"):
        paid.oracle.submit(lawful)


def _first_of(path: Path, folder: Path) -> Path:
    short = folder / "short.parquet"
    write_lines(short, list(read_lines(path))[:1], TreeKind.CREDITED)
    return short
