"""What contests money: projected as the contracts hold it, and told to those who ask."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from fundtrail.chain.anvil import Anvil
from fundtrail.chain.bindings import DisputeDesk, FundLedger
from fundtrail.chain.rpc import Rpc
from ledger_service.database import engine_of
from ledger_service.evidence_store import EvidenceStore
from ledger_service.examples import examples
from ledger_service.indexer import Indexer, dump
from ledger_service.payee_status import Desk, payee_status
from ledger_service.postgres import Postgres
from ledger_service.projected_rows import COLUMNS
from ledger_service.queries import fund
from tests.ledger_service.conftest import Asked, indexed_database, running, settings_of
from tests.ledger_service.examples import ask_for_contests
from tests.scenario import START, Scenario, build_scenario

TERMS = (
    "granted_fen",
    "recovered_fen",
    "passed_on_fen",
    "committed_fen",
    "paid_fen",
    "available_fen",
    "held_fen",
)
STREET_3 = "190101003-OAA-2026-10"


@pytest.fixture(scope="module")
def contested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    with Anvil(timestamp=START) as anvil:
        yield build_scenario(anvil.url, tmp_path_factory.mktemp("contested"), contested=True)


@pytest.fixture(scope="module")
def contested_url(postgres: Postgres, contested: Scenario) -> str:
    return indexed_database(postgres, "contested", contested)


@pytest.fixture(scope="module")
def desk(contested: Scenario, contested_url: str) -> Iterator[Asked]:
    with running(settings_of(contested, contested_url)) as asked:
        yield asked


@pytest.fixture
def follower(engine: Engine, contested: Scenario) -> Iterator[Indexer]:
    with Rpc(contested.network.rpc_urls) as rpc:
        yield Indexer(engine, contested.network, rpc)


def dumped(engine: Engine) -> bytes:
    with engine.connect() as connection:
        return b"".join(dump(connection))


def test_contests_indexed_block_by_block_have_the_bytes_of_a_single_step(
    engine: Engine, follower: Indexer, contested_url: str
) -> None:
    for block in range(80, 200):
        list(follower.catch_up(to_block=block))
    with engine_of(contested_url) as whole:
        assert dumped(engine) == dumped(whole)
    before = dumped(engine)
    list(follower.rebuild())
    assert dumped(engine) == before


def test_every_table_of_contests_was_filled(contested_url: str) -> None:
    with engine_of(contested_url) as engine, engine.connect() as connection:
        empty = [
            table
            for table in COLUMNS
            if not connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first()  # noqa: S608
        ]
    assert empty == ["revocations", "late_anchors"]


@pytest.mark.parametrize(
    "when",
    ["run held", "line held", "dispute decided", "line freed", "line struck", "reissue prepared"],
)
def test_after_each_contest_the_balances_are_those_of_the_contract(
    engine: Engine, follower: Indexer, contested: Scenario, when: str
) -> None:
    block = contested.blocks[when]
    list(follower.catch_up(to_block=block))
    with engine.connect() as connection, Rpc(contested.network.rpc_urls) as rpc:
        ledger = FundLedger(contested.network, rpc)
        for row in connection.execute(text("SELECT * FROM balances")).mappings():
            held = asdict(ledger.fund(row["fund"], block=block))
            assert {t: int(row[t]) for t in TERMS} == {t: held[t] for t in TERMS}, row["fund"]


def test_in_the_end_funds_and_disputes_are_as_the_contracts_have_them(
    contested: Scenario, contested_url: str
) -> None:
    with (
        engine_of(contested_url) as engine,
        engine.connect() as connection,
        Rpc(contested.network.rpc_urls) as rpc,
    ):
        ledger, desk = FundLedger(contested.network, rpc), DisputeDesk(contested.network, rpc)
        for row in connection.execute(text("SELECT * FROM balances")).mappings():
            held = asdict(ledger.fund(row["fund"]))
            assert {t: int(row[t]) for t in TERMS} == {t: held[t] for t in TERMS}, row["fund"]
        for run in connection.execute(text("SELECT * FROM run_stages")):
            assert ledger.run(run.run).stage == run.stage
        for dispute in connection.execute(text("SELECT * FROM disputes")).mappings():
            told = desk.dispute(dispute["code"])
            assert (told.run, told.payment_id) == (dispute["run"], dispute["payment_id"])
        for challenge in connection.execute(text("SELECT * FROM challenges")).mappings():
            assert desk.challenge(challenge["id"]).blocked_run == challenge["blocked"]


WHO_TO_CALL = Desk(contacts={}, hotline="12345", bank_days="1-3")


def told_to_payee(
    engine: Engine, contested: Scenario, number: int, *, now: int = START
) -> tuple[str, str | None, str, str]:
    """State, date and its meaning, and reason: of a line of street 3's run, in order of its id."""
    assert all(not r.problem for r in EvidenceStore(engine, contested.evidence).load())
    payments = [p for p in contested.payments if p.run == STREET_3]
    payment = sorted(payments, key=lambda p: p.payment_id)[number]
    moment = datetime.fromtimestamp(now, UTC)
    with engine.connect() as connection:
        status = payee_status(connection, payment.notice, payment.payment_id, WHO_TO_CALL, moment)
    (told,) = status.payments
    assert told.action.zh
    return told.state.zh, told.date, told.date_means.zh, told.reason.zh if told.reason else ""


@pytest.mark.parametrize(
    ("when", "number", "told"),
    [
        ("run held", 2, ("暂停发放", "2026-11-09", "暂停至这一天,届时继续发放",
                         "发放名单正在接受审计或检察机关检查")),
        ("line held", 0, ("暂停发放", None, "暂停至作出裁决为止",
                          "有人对您这一笔提出异议,正在处理")),
        ("line held", 1, ("准备发放", "2026-10-08", "编制发放名单的日期", "")),
        ("dispute decided", 0, ("暂停发放", "2026-10-17", "可在这一天前申请复议",
                                "有人对您这一笔提出异议,正在处理")),
        ("line freed", 0, ("准备发放", "2026-10-08", "编制发放名单的日期", "")),
        ("line struck", 1, ("暂停发放", "2026-10-17", "剔除的日期",
                            "异议成立,这一笔已从发放名单中剔除")),
    ],
)  # fmt: skip
def test_the_payee_reads_why_the_payment_is_on_hold_and_until_when(
    engine: Engine,
    follower: Indexer,
    contested: Scenario,
    when: str,
    number: int,
    told: tuple[str, str | None, str, str],
) -> None:
    list(follower.catch_up(to_block=contested.blocks[when]))
    assert told_to_payee(engine, contested, number) == told


def test_a_hold_whose_last_second_has_passed_holds_nothing(
    engine: Engine, follower: Indexer, contested: Scenario
) -> None:
    list(follower.catch_up(to_block=contested.blocks["run held"]))
    late = told_to_payee(engine, contested, 0, now=START + 60 * 86_400)
    assert late[0] == "准备发放"


def test_a_dispute_is_told_with_each_of_its_acts(desk: Asked) -> None:
    told = desk.get("/v1/disputes/D-1")
    assert told["dispute"]["stage"]["zh"] == "已终局"
    assert told["dispute"]["outcome"]["zh"] == "不成立"
    assert told["dispute"]["line"]["zh"] == "已恢复"
    assert [(a["act"]["zh"], a["agency"] and a["agency"]["code"]) for a in told["acts"]] == [
        ("该笔暂停", None),
        ("提出异议", "190101-MZJ"),
        ("裁决", "1901-ZY"),
        ("申请复议", "190101-MZJ"),
        ("复议决定", "1901-FY"),
        ("该笔恢复", None),
        ("终局", None),
    ]


def test_what_a_dispute_orders_back_is_told_until_it_is_repaid(desk: Asked) -> None:
    (receivable,) = desk.get("/v1/disputes/D-3")["receivables"]
    assert receivable["stage"]["zh"] == "已追回"
    assert receivable["received_fen"] == receivable["amount_fen"]
    back = [a["subject"] for a in receivable["acts"] if a["act"]["en"] == "money back in the fund"]
    assert back == ["OAA-2026-190101001", "OAA-2026-190101"]  # the street's was closed between


def test_a_run_says_what_stops_it(desk: Asked) -> None:
    told = desk.get(f"/v1/runs/{STREET_3}")
    assert [hold["act"]["zh"] for hold in told["holds"]] == ["暂扣", "解除暂扣"]
    assert [d["code"] for d in told["disputes"]] == ["D-1", "D-2"]
    assert (told["held_fen"], told["struck_fen"]) == ("0", told["disputes"][1]["amount_fen"])

    (fraud,) = desk.get("/v1/runs/190101002-TWICE")["challenges"]
    assert (fraud["kind"]["zh"], fraud["open"]) == ("重复支付", True)
    assert fraud["blocks"] == ["190101002-TWICE"]


def test_a_challenge_is_told_with_what_it_blocks_and_who_closed_it(desk: Asked) -> None:
    (wrong,) = desk.get("/v1/runs/190101002-WRONG")["challenges"]
    told = desk.get(f"/v1/challenges/{wrong['id']}")
    assert told["challenge"]["open"] is False
    assert told["challenge"]["blocks"] == []
    assert [a["act"]["zh"] for a in told["acts"]] == ["批次冻结", "举证成立", "批次解冻", "结案"]
    assert told["acts"][-1]["agency"]["code"] == "1901-SJ"


def test_a_fund_says_what_of_it_is_held_without_breaking_its_line(
    engine: Engine, follower: Indexer, contested: Scenario
) -> None:
    list(follower.catch_up(to_block=contested.blocks["line held"]))
    with engine.connect() as connection:
        held = fund(connection, "OAA-2026-190101003").fund.conservation
    assert 0 < held.held_fen <= held.committed_fen
    assert ";已审批中暂停 " in held.line.zh
    spent = held.passed_on_fen + held.committed_fen + held.paid_fen + held.available_fen
    assert held.granted_fen + held.recovered_fen == spent


def test_a_closed_fund_says_what_went_back_up(desk: Asked) -> None:
    told = desk.get("/v1/funds/OAA-2026-190101001")
    assert told["fund"]["closed"] is True
    assert [(t["id"], t["closes"]) for t in told["takebacks"]] == [
        ("B-2026-1", False),
        ("B-2026-2", True),
    ]


@pytest.mark.parametrize("path", ["/v1/disputes/none", "/v1/challenges/" + "00" * 32])
def test_what_was_never_contested_is_not_found(desk: Asked, path: str) -> None:
    assert desk.client.get(path).json()["type"] == "urn:fundtrail:problem:not-found"


def test_the_examples_of_contests_are_what_the_service_answers(desk: Asked) -> None:
    for name, answer in ask_for_contests(desk).items():
        assert answer == examples()[name], f"run python -m tests.ledger_service.examples: {name}"
