"""One run from the appropriation to the bank, played through bindings, relayer and events."""

from fundtrail.chain.event_types import BatchSettled, RunApproved, RunPrepared, RunSettled
from fundtrail.chain.events import read_events
from fundtrail.chain.recorded import read_recorded
from fundtrail.enums import Stage
from fundtrail.ids import text_digest
from fundtrail.signed_statements import recorded_from_line
from fundtrail.statements import (
    Allot,
    Approve,
    PassOn,
    Prepare,
    Release,
    Review,
    Settle,
)
from tests.chain.officers import City, basis

ROOT = text_digest("the root of the run")
TOTAL = 1_230_000


def test_money_granted_is_money_paid_plus_what_is_available(city: City) -> None:
    pay_one_run(city)

    fund = city.ledger.fund("glbt-qu")
    terms = fund.passed_on_fen + fund.committed_fen + fund.paid_fen + fund.available_fen
    assert fund.granted_fen + fund.recovered_fen == terms
    assert (fund.paid_fen, fund.committed_fen) == (TOTAL - 5_000, 0)
    assert fund.parent == "glbt-shi"
    assert city.ledger.fund("glbt-shi").passed_on_fen == fund.granted_fen

    run = city.ledger.run("R-2026-10")
    assert run.stage is Stage.SETTLED
    assert city.ledger.actors("R-2026-10") == (2, 3, 4, 5)
    assert (run.credited_fen, run.returned_fen) == (TOTAL - 5_000, 5_000)

    events = list(read_events(city.network, city.rpc))
    prepared = next(event for event in events if isinstance(event, RunPrepared))
    assert (prepared.run, prepared.fund, prepared.notice) == ("R-2026-10", "glbt-qu", "")
    assert (prepared.total_fen, prepared.count, prepared.root) == (TOTAL, 41, ROOT)
    assert prepared.officer == city.officers["preparer"].address
    approved = next(event for event in events if isinstance(event, RunApproved))
    assert (approved.approvals, approved.required) == (1, 1)
    batches = [event for event in events if isinstance(event, BatchSettled)]
    assert sum(batch.total_fen for batch in batches) == TOTAL
    assert isinstance(events[-2] if events[-1].contract != "FundLedger" else events[-1], RunSettled)
    assert events == sorted(events, key=lambda event: (event.block, event.log_index))

    recorded = list(read_recorded(city.network, city.rpc, events))
    types = [statement.signed.statement.type_name() for statement in recorded]
    assert types[-7:] == ["PassOn", "Prepare", "Review", "Approve", "Release", "Settle", "Settle"]
    for statement in recorded:
        assert recorded_from_line(statement.to_line()) == statement


def pay_one_run(city: City) -> None:
    city.act(
        Allot(
            id="T-1",
            fund="glbt-shi",
            programme="glbt",
            year=2026,
            agency="czj-shi",
            amount_fen=9_000_000,
            basis=basis(),
        ),
        "budget",
    )
    city.act(
        PassOn(
            id="T-2",
            parent="glbt-shi",
            fund="glbt-qu",
            agency="mzj-qu",
            amount_fen=2_000_000,
            basis=basis(),
        ),
        "budget",
    )
    city.act(
        Prepare(
            run="R-2026-10",
            fund="glbt-qu",
            notice="",
            reissue_of="",
            period="2026-10",
            root=ROOT,
            total_fen=TOTAL,
            count=41,
            basis=basis(),
        ),
        "preparer",
    )
    city.act(Review(run="R-2026-10", root=ROOT, total_fen=TOTAL, basis=basis()), "reviewer")
    city.act(Approve(run="R-2026-10", root=ROOT, total_fen=TOTAL, basis=basis()), "approver")
    voucher = text_digest("国库集中支付凭证 2026-1001")
    city.act(
        Release(run="R-2026-10", bank="icbc", voucher=voucher, amount_fen=TOTAL, basis=basis()),
        "treasurer",
    )
    for batch, kind, fen, count in (("B-1", 2, TOTAL - 5_000, 40), ("B-2", 3, 5_000, 1)):
        city.act(
            Settle(
                batch=batch,
                run="R-2026-10",
                kind=kind,
                root=text_digest(batch),
                total_fen=fen,
                count=count,
                basis=basis(),
            ),
            "banker",
        )
