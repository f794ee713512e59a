"""The payee's way in: a code from the slip, used once; then words, not codes of the office."""

import csv
import re
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from ledger_service.errors import NotFound, NoticeNotLoaded, SlipsExist
from ledger_service.payee_status import Desk, payee_status
from ledger_service.slips import code_digest, make_slips, new_code, write_slips
from tests.ledger_service.conftest import NOON, Asked, running, settings_of
from tests.scenario import STREETS, Payment, Scenario

NOTICES = [f"{street}-OAA-2026-10-N" for street in STREETS]


@pytest.fixture(scope="module")
def desk(month: Scenario, month_url: str) -> Iterator[Asked]:
    """A service whose callers may try often, with the number of one street office."""
    chosen = {"attempts_per_minute": 1_000, "contacts": {"190101001-JD": "0190-5550101"}}
    with running(settings_of(month, month_url, **chosen)) as asked:
        yield asked


@pytest.fixture
def codes(desk: Asked) -> dict[str, str]:
    """A fresh code for every application of the three notices."""
    with desk.engine.begin() as connection:
        slips = [
            slip
            for notice in NOTICES
            for slip in make_slips(connection, notice, now=NOON, days=60, renew=True)
        ]
    return {slip.application: slip.code for slip in slips}


def ask(desk: Asked, code: str) -> httpx.Response:
    return desk.client.post("/v1/payee-status", json={"code": code})


def states(response: httpx.Response) -> list[tuple[str, str]]:
    assert response.status_code == 200, response.text
    return [(p["state"]["zh"], p["state"]["en"]) for p in response.json()["payments"]]


def first(month: Scenario, **fate: Any) -> Payment:
    return month.payment(**fate)


def test_a_credited_payment_is_paid_with_amount_and_date(
    desk: Asked, month: Scenario, codes: dict[str, str]
) -> None:
    payment = first(month, outcome="credited")
    response = ask(desk, codes[payment.application])
    assert states(response) == [("已到账", "Paid")]
    (told,) = response.json()["payments"]
    assert told["amount_fen"] == str(payment.amount_fen)
    assert (told["amount_yuan"], told["date"]) == ("75.00", "2026-10-10")
    assert told["contact"]["zh"] == "第1街道办事处,电话 0190-5550101"


def test_a_returned_payment_says_why_what_to_do_and_that_it_was_paid_again(
    desk: Asked, month: Scenario, codes: dict[str, str]
) -> None:
    returned = first(month, outcome="returned")
    response = ask(desk, codes[returned.application])
    assert states(response) == [("已到账", "Paid"), ("没有到账(被银行退回)", "Returned")]
    again, before = response.json()["payments"]
    assert (again["attempt"], before["attempt"]) == (1, 0)
    assert before["reason"]["zh"] == "收款账户已销户"
    assert before["action"]["zh"] == "请到街道办事处登记一个新账户"
    assert "AC04" not in response.text


@pytest.mark.parametrize(
    ("street", "state"),
    [("190101002", ("银行处理中", "With the bank")), ("190101003", ("准备发放", "Being prepared"))],
)
def test_a_payment_under_way_says_where_it_is(
    desk: Asked, month: Scenario, codes: dict[str, str], street: str, state: tuple[str, str]
) -> None:
    response = ask(desk, codes[first(month, street=street).application])
    assert states(response) == [state]
    assert response.json()["payments"][0]["date"] == "2026-10-08"


def test_a_roster_line_that_its_run_left_out_is_on_hold(
    desk: Asked, month: Scenario, month_url: str
) -> None:
    payment = first(month, street="190101003")
    with desk.engine.connect() as connection:
        connection.execute(text("ALTER TABLE lines DISABLE TRIGGER append_only"))
        connection.execute(
            text("DELETE FROM lines USING trees WHERE id = tree AND kind = 1 AND payment_id = :id"),
            {"id": payment.payment_id},
        )
        words = Desk(contacts={}, hotline="12345", bank_days="1-3")
        status = payee_status(connection, payment.notice, payment.payment_id, words, NOON)
        connection.rollback()
    (told,) = status.payments
    assert (told.state.zh, told.state.en) == ("暂停发放", "On hold")
    assert told.reason is not None
    assert told.reason.zh == "公示名单上有您,发放名单里没有您这一笔"
    assert told.contact.zh == "第3街道办事处,电话 12345"


def test_a_code_is_used_up_by_its_first_use(
    desk: Asked, month: Scenario, codes: dict[str, str]
) -> None:
    code = codes[first(month, outcome="credited").application]
    assert ask(desk, code).status_code == 200
    again = ask(desk, code)
    assert again.status_code == 410
    assert again.json()["type"] == "urn:fundtrail:problem:code-spent"
    assert code not in again.text


def test_the_token_repeats_the_answer_until_it_expires(
    desk: Asked, month: Scenario, codes: dict[str, str]
) -> None:
    given = ask(desk, codes[first(month, outcome="credited").application]).json()
    bearer = {"authorization": f"Bearer {given['token']}"}
    repeated = desk.client.get("/v1/payee-status", headers=bearer)
    assert repeated.json()["payments"] == given["payments"]
    assert repeated.headers["cache-control"] == "no-store"

    desk.clock.move(seconds=901)
    late = desk.client.get("/v1/payee-status", headers=bearer)
    assert (late.status_code, late.headers["www-authenticate"]) == (401, "Bearer")


def test_without_a_token_there_is_no_second_answer(desk: Asked) -> None:
    for headers in ({}, {"authorization": "Bearer nope"}, {"authorization": "Basic bm86cGU="}):
        assert desk.client.get("/v1/payee-status", headers=headers).status_code == 401


def test_an_expired_code_is_spent(desk: Asked, month: Scenario, codes: dict[str, str]) -> None:
    desk.clock.move(days=61)
    try:
        assert ask(desk, codes[first(month, outcome="credited").application]).status_code == 410
    finally:
        desk.clock.now = NOON


@pytest.mark.parametrize(
    "code", ["", "310101195001010010", "AAAA-BBBB-CCCC-DDDD", "' OR 1=1 --", "9" * 4_000]
)
def test_what_no_slip_carries_opens_nothing(desk: Asked, code: str) -> None:
    response = ask(desk, code)
    assert response.status_code == 404
    assert response.json()["type"] == "urn:fundtrail:problem:code-unknown"


@pytest.mark.parametrize("body", ["{}", "[]", '{"code": 7}', '{"code": null}', "not json"])
def test_a_body_that_is_no_code_is_an_invalid_request(desk: Asked, body: str) -> None:
    headers = {"content-type": "application/json"}
    response = desk.client.post("/v1/payee-status", content=body, headers=headers)
    assert response.status_code == 422


def test_a_code_may_be_typed_as_people_type(
    desk: Asked, month: Scenario, codes: dict[str, str]
) -> None:
    code = codes[first(month, outcome="credited").application]
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in code.replace("-", "").lower())
    typed = full_width.replace("0", "o").replace("１", "ｌ")  # meant
    assert ask(desk, f" {typed} ").status_code == 200


def test_many_attempts_are_slowed_down_and_every_caller_starts_anew_each_minute(
    month: Scenario, month_url: str
) -> None:
    with running(settings_of(month, month_url, attempts_per_minute=3)) as desk:
        desk.clock.move(hours=3)
        answers = [ask(desk, new_code()).status_code for _ in range(5)]
        refused = ask(desk, new_code())
        desk.clock.move(seconds=60)
        later = ask(desk, new_code())
    assert answers == [404, 404, 404, 429, 429]
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert later.status_code == 404


def test_a_caller_cannot_pass_for_another_by_a_header(month: Scenario, month_url: str) -> None:
    with running(settings_of(month, month_url, attempts_per_minute=1)) as desk:
        desk.clock.move(hours=4)
        answers = [
            desk.client.post(
                "/v1/payee-status",
                json={"code": new_code()},
                headers={"x-forwarded-for": f"198.51.100.{number}"},
            ).status_code
            for number in range(3)
        ]
    assert answers == [404, 429, 429]


def test_of_many_who_use_a_code_at_once_one_is_answered(
    desk: Asked, month: Scenario, codes: dict[str, str]
) -> None:
    code = codes[first(month, outcome="credited").application]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(desk, code).status_code, range(8)))
    assert sorted(answers) == [200] + [410] * 7


def test_the_database_holds_neither_codes_nor_tokens_nor_callers(
    desk: Asked, month: Scenario, codes: dict[str, str]
) -> None:
    token = ask(desk, codes[first(month, outcome="credited").application]).json()["token"]
    with desk.engine.connect() as connection:
        held = "".join(
            str(tuple(row))
            for table in ("slip_codes", "read_tokens", "attempts")
            for row in connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
        )
    assert token not in held
    assert "127.0.0.1" not in held
    assert not any(code in held or code.replace("-", "") in held for code in codes.values())


def test_slips_have_a_code_of_80_bits_for_every_line(
    desk: Asked, month: Scenario, codes: dict[str, str]
) -> None:
    assert len(codes) == len(set(codes.values())) == 11
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
               for code in codes.values())  # fmt: skip
    assert len({code_digest(code) for code in codes.values()}) == 11


def test_slips_are_made_once_unless_they_are_renewed(desk: Asked, codes: dict[str, str]) -> None:
    with pytest.raises(SlipsExist), desk.engine.begin() as connection:
        make_slips(connection, NOTICES[0], now=NOON, days=60)
    with desk.engine.begin() as connection:
        fresh = make_slips(connection, NOTICES[0], now=NOON, days=60, renew=True)
    assert ask(desk, codes[fresh[0].application]).status_code == 404
    assert ask(desk, fresh[0].code).status_code == 200


def test_slips_of_an_unknown_notice_are_refused(desk: Asked) -> None:
    with pytest.raises(NotFound), desk.engine.begin() as connection:
        make_slips(connection, "none", now=NOON, days=60)


def test_slips_wait_until_the_roster_is_proved(desk: Asked) -> None:
    with desk.engine.connect() as connection:
        connection.execute(text("UPDATE trees SET root = sha256('x') WHERE kind = 4"))
        with pytest.raises(NoticeNotLoaded):
            make_slips(connection, NOTICES[0], now=NOON, days=60, renew=True)
        connection.rollback()


def test_the_printers_file_is_for_its_owner_and_runs_no_formula(
    desk: Asked, tmp_path: Path
) -> None:
    with desk.engine.begin() as connection:
        slips = make_slips(connection, NOTICES[0], now=NOON, days=60, renew=True)
    path = tmp_path / "slips.csv"
    write_slips(path, slips)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = list(csv.reader(path.open(encoding="utf-8-sig")))
    assert rows[0][0].startswith("申请编号")
    assert [row[1] for row in rows[1:]] == [slip.code for slip in slips]
    with pytest.raises(FileExistsError):
        write_slips(path, slips)


def test_nothing_of_a_payee_comes_into_the_log(
    desk: Asked, month: Scenario, codes: dict[str, str]
) -> None:
    one = month.payments[0]
    person = one.payee.removeprefix("cn-id:")
    secrets = [*list(codes.values())[:3], person, one.application, one.payment_id.hex()]
    token = ask(desk, codes[one.application]).json()["token"]
    desk.client.get("/v1/payee-status", headers={"authorization": f"Bearer {token}"})
    for secret in secrets:
        ask(desk, secret)
        desk.client.get(f"/v1/payments/{secret}")
        desk.client.get(f"/v1/runs/{secret}")
        desk.client.get("/v1/funds", params={"cursor": secret})
        desk.client.get(f"/{secret}")
        desk.client.request(secret.replace("-", "")[:12], "/v1/funds")
    logged = desk.log.getvalue()
    assert len(desk.logged()) > 30
    assert token not in logged
    assert not [secret for secret in secrets if secret in logged]
    assert not [secret for secret in secrets if secret.replace("-", "")[:12] in logged]
    assert "127.0.0.1" not in logged
    metrics = desk.client.get("/metrics").text
    assert not [secret for secret in secrets if secret in metrics]
