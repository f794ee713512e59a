"""Funds, runs and payments, as an office asks for them over HTTP."""

from dataclasses import asdict

import pytest

from fundtrail.chain.bindings import FundLedger
from fundtrail.chain.rpc import Rpc
from fundtrail.receipts import receipt_from_bytes, verify_receipt
from tests.ledger_service.conftest import Asked
from tests.scenario import Scenario

RUN = "190101001-OAA-2026-10"
TERMS = ("granted_fen", "recovered_fen", "passed_on_fen", "committed_fen", "paid_fen")


def test_every_fund_shows_the_terms_that_the_contract_holds(
    service: Asked, month: Scenario
) -> None:
    funds = service.get("/v1/funds")["items"]
    with Rpc(month.network.rpc_urls) as rpc:
        ledger = FundLedger(month.network, rpc)
        for fund in funds:
            held = asdict(ledger.fund(fund["code"]))
            for term in (*TERMS, "available_fen"):
                assert fund["conservation"][term] == str(held[term]), (fund["code"], term)
    assert len(funds) == 6


def test_the_conservation_line_adds_up_in_words(service: Asked) -> None:
    fund = service.get("/v1/funds/OAA-2026-190101001")["fund"]
    terms = {name: int(fund["conservation"][name]) for name in (*TERMS, "available_fen")}
    into = terms.pop("granted_fen") + terms.pop("recovered_fen")
    assert into == sum(terms.values()) == 200_000
    assert fund["conservation"]["line"]["zh"] == (
        "下达 2,000.00 + 追回 0.00 = 转拨 0.00 + 已审批 0.00 + 已支付 935.00 + 可用 1,065.00(元)"
    )


def test_what_the_children_were_granted_is_what_the_fund_passed_on(service: Asked) -> None:
    detail = service.get("/v1/funds/OAA-2026-190101")
    granted = sum(int(child["conservation"]["granted_fen"]) for child in detail["children"])
    assert str(granted) == detail["fund"]["conservation"]["passed_on_fen"] == "600000"
    assert [transfer["id"] for transfer in detail["transfers"]] == ["P-2026-2"]


def test_pages_follow_each_other_without_gap_or_repetition(service: Asked) -> None:
    codes, cursor = [], None
    while True:
        page = service.get(
            "/v1/funds", params={"limit": 4} | ({"cursor": cursor} if cursor else {})
        )
        codes += [fund["code"] for fund in page["items"]]
        if not (cursor := page["next"]):
            break
    assert codes == [fund["code"] for fund in service.get("/v1/funds")["items"]]
    assert len(set(codes)) == 6


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"fund": "OAA-2026-190101002"}, ["190101002-OAA-2026-10"]),
        ({"stage": "approved"}, ["190101003-OAA-2026-10"]),
        ({"period": "2026-09"}, []),
        ({"stage": "settled", "period": "2026-10"}, [RUN, f"{RUN}-R1"]),
    ],
)
def test_runs_are_found_by_fund_stage_and_period(
    service: Asked, asked: dict[str, str], codes: list[str]
) -> None:
    assert [run["code"] for run in service.get("/v1/runs", params=asked)["items"]] == codes


def test_a_run_says_who_did_what(service: Asked, month: Scenario) -> None:
    detail = service.get(f"/v1/runs/{RUN}")
    assert [(act["act"]["zh"], act["agency"]["name"]) for act in detail["acts"]] == [
        ("编制", "第1街道办事处"),
        ("复核", "第1街道办事处"),
        ("审批", "云州市东城区民政局"),
        ("审批", "云州市民政局"),
        ("国库拨付", "云州市国库支付中心"),
        ("银行回单", "云州银行"),
        ("银行回单", "云州银行"),
    ]
    assert detail["acts"][0]["officer"] == month.officers["prepare-190101001"].address
    assert detail["run"]["stage"]["en"] == "settled"
    assert detail["proved"] is True
    assert {batch["code"]: batch["total_fen"] for batch in detail["batches"]} == {
        f"{RUN}-C": "75500",
        f"{RUN}-B": "18000",
    }


def test_a_payment_is_traced_from_the_allotment_to_the_account(
    service: Asked, month: Scenario
) -> None:
    paid = month.payment(outcome="credited")
    trace = service.get(f"/v1/payments/{paid.payment_id.hex()}")
    assert [step["step"]["en"] for step in trace["steps"]] == [
        "allotted",
        "passed on",
        "passed on",
        "passed on",
        "public notice",
        "prepared",
        "reviewed",
        "approved",
        "approved",
        "released by the treasury",
        "credited",
    ]
    blocks = [step["basis"]["block"] for step in trace["steps"]]
    assert blocks == sorted(blocks)
    assert trace["amount_fen"] == str(paid.amount_fen)


def test_a_trace_names_document_evidence_and_place_as_they_were_signed(
    service: Asked, month: Scenario
) -> None:
    paid = month.payment(outcome="credited")
    trace = service.get(f"/v1/payments/{paid.payment_id.hex()}")
    signed = {s.signed.statement.digest(month.network).hex(): s for s in month.statements}
    for step in trace["steps"]:
        recorded = signed[step["basis"]["statement"]]
        basis = recorded.signed.statement.basis  # type: ignore[attr-defined]
        assert step["basis"]["block"] == recorded.block
        assert step["basis"]["document"] == basis.document.hex()
        assert (step["basis"]["evidence"] or "00" * 32) == basis.evidence.hex()
    places = {step["inclusion"]["tree"] for step in trace["steps"] if step["inclusion"]}
    assert places == {"roster", "run", "credited"}


def test_a_reissue_is_traced_with_the_line_that_was_noticed(
    service: Asked, month: Scenario
) -> None:
    again = month.payment(outcome="credited", attempt=1)
    trace = service.get(f"/v1/payments/{again.payment_id.hex()}")
    notice = next(step for step in trace["steps"] if step["step"]["en"] == "public notice")
    assert notice["inclusion"]["subject"] == f"{RUN}-N"
    assert trace["runs"] == [f"{RUN}-R1"]


def test_a_trace_says_nothing_about_the_person(service: Asked, month: Scenario) -> None:
    for payment in month.payments:
        text = service.client.get(f"/v1/payments/{payment.payment_id.hex()}").text
        assert payment.payee.removeprefix("cn-id:") not in text
        assert payment.application not in text
        assert "payee_ref" not in text


@pytest.mark.parametrize("outcome", ["credited", "returned"])
def test_a_receipt_verifies_with_the_network_file_alone(
    service: Asked, month: Scenario, outcome: str
) -> None:
    payment = month.payment(outcome=outcome)
    response = service.client.get(f"/v1/payments/{payment.payment_id.hex()}/receipt")
    receipt = receipt_from_bytes(response.content)
    acts = verify_receipt(receipt, month.network)
    assert acts[-1].seat.agency_name == "云州银行"
    assert receipt.line.payment_id == payment.payment_id


@pytest.mark.parametrize("street", ["190101002", "190101003"])
def test_a_receipt_of_a_run_under_way_verifies_too(
    service: Asked, month: Scenario, street: str
) -> None:
    payment = month.payment(street=street)
    response = service.client.get(f"/v1/payments/{payment.payment_id.hex()}/receipt")
    assert verify_receipt(receipt_from_bytes(response.content), month.network)


def test_a_read_that_did_not_change_is_answered_without_its_bytes(service: Asked) -> None:
    first = service.client.get("/v1/funds")
    again = service.client.get("/v1/funds", headers={"if-none-match": first.headers["etag"]})
    other = service.client.get("/v1/runs", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/v1/funds/none", 404, "not-found"),
        ("/v1/runs/none", 404, "not-found"),
        ("/v1/payments/" + "00" * 32, 404, "not-found"),
        ("/v1/payments/" + "00" * 32 + "/receipt", 404, "not-found"),
        ("/v1/payments/xyz", 422, "invalid-request"),
        ("/v1/funds?cursor=%27%3B--", 400, "bad-cursor"),
        ("/v1/funds?cursor=MTo7LS0", 400, "bad-cursor"),
        ("/v1/funds?limit=0", 422, "invalid-request"),
        ("/v1/runs?stage=none", 422, "invalid-request"),
        ("/v1/runs?fund=%27%20OR%201=1", 422, "invalid-request"),
        ("/nothing/here", 404, "not-found"),
    ],
)
def test_a_refusal_is_a_problem_with_its_kind(
    service: Asked, path: str, status: int, slug: str
) -> None:
    response = service.client.get(path)
    problem = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.status_code, problem["status"]) == (status, status)
    assert problem["type"] == f"urn:fundtrail:problem:{slug}"
    assert problem["instance"].endswith(response.headers["x-request-id"])


def test_another_method_is_refused_as_a_problem(service: Asked) -> None:
    response = service.client.delete("/v1/funds")
    assert response.status_code == 405
    assert response.json()["type"] == "urn:fundtrail:problem:method-not-allowed"


def test_a_body_over_the_limit_is_refused_whether_its_length_is_told_or_not(
    service: Asked,
) -> None:
    def pieces() -> object:
        for _ in range(40):
            yield b"x" * 1_000

    told = service.client.post("/v1/payee-status", content=b"x" * 20_000)
    untold = service.client.post("/v1/payee-status", content=pieces())  # type: ignore[arg-type]
    assert told.status_code == untold.status_code == 413


def test_every_answer_forbids_what_a_browser_should_not_do(service: Asked) -> None:
    for path in ("/", "/docs", "/v1/funds", "/nothing", "/style.css"):
        headers = service.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
