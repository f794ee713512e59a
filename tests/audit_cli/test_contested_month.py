"""Disputes, holds, proven frauds and recoveries: verified where honest, found where bent."""

import dataclasses
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from audit_cli.chain_view import ChainAct, ChainView, read_chain
from audit_cli.findings import Finding
from audit_cli.html_report import to_html
from audit_cli.replay.replay import Replayed, replay, replay_chain
from audit_cli.report import Report
from audit_cli.sankey import RECOVERED, links
from audit_cli.steps import s10_rules
from audit_cli.steps.proven_frauds import with_proven
from audit_cli.text_report import to_text
from audit_cli.trace import trace
from fundtrail.chain.anvil import Anvil
from fundtrail.chain.event import Event
from fundtrail.chain.event_types import (
    AppealDecided,
    BatchSettled,
    ChallengeClosed,
    ContractNamed,
    DisputeAppealed,
    DisputeConcluded,
    DisputeDecided,
    DisputeOpened,
    FeedRotated,
    FraudProven,
    FundClosed,
    LineFreed,
    LineHeld,
    LineStruck,
    MoneyRecovered,
    Recalled,
    RecoveryOrdered,
    RecoveryReceived,
    ReissueAllowed,
    ReissueOrdered,
    RunBlocked,
    RunCancelled,
    RunHeld,
    RunLifted,
    RunPrepared,
    RunReleased,
)
from fundtrail.chain.rpc import Rpc
from fundtrail.network import Contract, dump_network
from tests.audit_cli.conftest import audit
from tests.audit_cli.contested import AGAIN, RUN, TWICE, build_contested
from tests.scenario import START, Scenario

Bend = Callable[[ChainAct], ChainAct | None]


@pytest.fixture(scope="module")
def contested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    with Anvil(timestamp=START) as anvil:
        yield build_contested(anvil.url, tmp_path_factory.mktemp("contested") / "out")


@pytest.fixture(scope="module")
def report(contested: Scenario) -> Report:
    return audit(contested, contested.evidence)


@pytest.fixture(scope="module")
def chain(contested: Scenario) -> ChainView:
    with Rpc(contested.network.rpc_urls) as rpc:
        return read_chain(contested.network, rpc)


# Honest


def test_it_is_verified_with_nothing_found(report: Report) -> None:
    assert [finding.message for finding in report.findings] == []
    assert report.verdict == "verified"


def test_all_that_was_contested_is_told_and_ended(report: Report) -> None:
    told = {item.code: item for item in report.contests}
    proven = next(item for item in report.contests if item.kind == "challenge")

    assert [item.kind for item in report.contests] == [*["dispute"] * 3, "challenge", "recovery"]
    assert not any(item.open for item in report.contests)
    assert told["D-1"].en == "final: dismissed"
    assert told["D-2"].en == (
        "final: upheld, line struck, reissue of 15000 fen allowed, 15000 taken up"
    )
    assert (proven.run, proven.agencies, len(proven.reason)) == (TWICE, ("1901-SJ",), 64)
    assert told["REC-1"].en == "repaid, 18000 fen received"


def test_money_in_and_back_is_money_out(report: Report) -> None:
    assert report.money is not None
    assert report.money.balanced
    assert report.money.recovered_fen == 18_000
    assert report.money.to_json()["recovered_fen"] == "18000"
    into = [link for link in links(report.money) if link.source == RECOVERED]
    assert sum(link.fen for link in into) == 18_000


def test_each_form_of_the_report_tells_it(report: Report) -> None:
    value = json.loads(json.dumps(report.to_json()))
    assert [item["kind"] for item in value["contests"]][-1] == "recovery"
    assert "争议 dispute D-2" in to_text(report)
    assert "追回 recovered 180.00" in to_text(report)
    page = to_html(report)
    assert 'id="contests"' in page
    assert '<th class="num">追回 recovered</th>' in page


def test_the_trail_of_a_disputed_payment_tells_its_dispute(contested: Scenario) -> None:
    [opened] = [
        r.signed.statement
        for r in contested.statements
        if getattr(r.signed.statement, "dispute", "") == "D-2"
        and r.signed.statement.type_name() == "OpenDispute"
    ]
    with Rpc(contested.network.rpc_urls) as rpc:
        told = trace(contested.network, contested.evidence, rpc, opened.payment_id)  # type: ignore[attr-defined]

    words = [step.en for step in told.steps if step.subject == "D-2"]
    assert words == ["disputed", "dispute decided", "dispute final", "reissue ordered"]
    assert len(told.linked) == 1  # the attempt that the dispute allowed


# Bent


def bend(chain: ChainView, contested: Scenario, change: Bend) -> Replayed:
    """The replay of the acts that `change` leaves."""
    acts = [bent for act in chain.acts if (bent := change(act)) is not None]
    contracts = {name: held.address for name, held in contested.network.contracts.items()}
    return replay(acts, contested.network.governors, contracts)


def act_of(chain: ChainView, kind: type[Event], **fields: object) -> ChainAct:
    return next(
        act
        for act in chain.acts
        if isinstance(act.events[0], kind)
        and all(getattr(act.events[0], name) == value for name, value in fields.items())
    )


def swap(target: ChainAct, bent: ChainAct | None) -> Bend:
    return lambda act: bent if act is target else act


def with_event(act: ChainAct, **changes: object) -> ChainAct:
    event = dataclasses.replace(act.events[0], **changes)  # type: ignore[arg-type]
    return dataclasses.replace(act, events=(event, *act.events[1:]))


def without(act: ChainAct, kind: type[Event]) -> ChainAct:
    left = tuple(event for event in act.events if not isinstance(event, kind))
    assert left != act.events
    return dataclasses.replace(act, events=left)


def said(findings: Sequence[Finding], rule: str) -> str:
    return " ".join(finding.en for finding in findings if finding.rule == rule)


def test_an_honest_chain_replays_without_a_word(chain: ChainView, contested: Scenario) -> None:
    assert replay_chain(chain, contested.network).findings == ()
    assert chain.stray == ()


@pytest.mark.parametrize(
    ("cause", "effect"),
    [
        (DisputeOpened, LineHeld),
        (AppealDecided, LineFreed),
        (AppealDecided, DisputeConcluded),
        (DisputeConcluded, LineStruck),
        (ReissueOrdered, ReissueAllowed),
        (FraudProven, RunBlocked),
        (RecoveryReceived, MoneyRecovered),
    ],
)
def test_step_6_what_the_ledger_did_not_follow(
    chain: ChainView, contested: Scenario, cause: type[Event], effect: type[Event]
) -> None:
    act = act_of(chain, cause)

    replayed = bend(chain, contested, swap(act, without(act, effect)))

    assert "what followed in the contracts" in said(replayed.findings, "S06")


@pytest.mark.parametrize(
    ("kind", "officer", "words"),
    [
        (DisputeDecided, "disputes-district", "an agency that opened, decided or pays"),
        (AppealDecided, "mediator", "an agency that opened, decided or pays"),
        (DisputeAppealed, "mediator", "the role is missing"),
        (ReissueOrdered, "appeal-judge", "not by the agency that judged it"),
        (RecoveryOrdered, "appeal-judge", "not by the agency that judged it"),
        (RecoveryReceived, "treasurer", "kind of the booking agency"),
        (RunHeld, "approve-city", "kind of the holding agency"),
        (ChallengeClosed, "mediator", "kind of the closing agency"),
        (Recalled, "budget-city", "not recalled by the agency above"),
        (FundClosed, "budget-city", "not closed by the agency above"),
        (RunCancelled, "prepare-190101001", "neither the fund's agency nor above it"),
        (FeedRotated, "oracle-bank", "not rotated by its owner"),
    ],
)
def test_step_5_an_officer_who_may_not(
    chain: ChainView, contested: Scenario, kind: type[Event], officer: str, words: str
) -> None:
    act = act_of(chain, kind)
    other = dataclasses.replace(act, signers=(contested.officers[officer].address,))

    assert words in said(bend(chain, contested, swap(act, other)).findings, "S05")


def test_step_6_a_run_released_while_it_is_held(chain: ChainView, contested: Scenario) -> None:
    act = act_of(chain, RunLifted)

    replayed = bend(chain, contested, swap(act, None))

    assert "released while held: expected not before" in said(replayed.findings, "S06")
    assert replayed.findings[0].subject == f"run:{RUN}"


def test_step_6_a_run_released_while_a_fraud_in_it_is_open(
    chain: ChainView, contested: Scenario
) -> None:
    """The proof names street 3's run, and nobody closes it."""
    proof, end = act_of(chain, FraudProven), act_of(chain, ChallengeClosed)
    blocked = with_event(proof, run=RUN)

    def change(act: ChainAct) -> ChainAct | None:
        return {id(proof): blocked, id(end): None}.get(id(act), act)

    replayed = bend(chain, contested, change)

    assert "released while blocked" in said(replayed.findings, "S06")
    assert "id of the challenge" not in said(replayed.findings, "S06")


def test_step_6_final_before_the_time_to_appeal_was_over(
    chain: ChainView, contested: Scenario
) -> None:
    act = act_of(chain, DisputeConcluded)
    early = dataclasses.replace(act, time=act.time - 86_400)

    assert "final before the time to appeal" in said(
        bend(chain, contested, swap(act, early)).findings, "S06"
    )


def test_step_6_a_fraud_whose_id_is_of_something_else(
    chain: ChainView, contested: Scenario
) -> None:
    act = act_of(chain, FraudProven)
    other = with_event(act, payment_id=bytes(32))

    assert "id of the challenge" in said(bend(chain, contested, swap(act, other)).findings, "S06")


def test_step_6_a_desk_that_governors_never_named(chain: ChainView, contested: Scenario) -> None:
    act = act_of(chain, ContractNamed, name="DisputeDesk")

    assert "never named" in said(bend(chain, contested, swap(act, None)).findings, "S06")


def test_step_7_a_voucher_for_the_line_that_was_struck(
    chain: ChainView, contested: Scenario
) -> None:
    act = act_of(chain, RunReleased, run=RUN)
    whole = with_event(act, amount_fen=act.events[0].amount_fen + 15_000)  # type: ignore[attr-defined]

    replayed = bend(chain, contested, swap(act, whole))

    assert "released amount (fen): expected 25500, got 40500" in said(replayed.findings, "S07")


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (Recalled, {}, "over the available balance"),
        (FundClosed, {}, "what went back (fen)"),
        (ReissueOrdered, {}, "reissue above the line"),
        (RecoveryReceived, {}, "received above what was ordered"),
        (RunPrepared, {"run": AGAIN}, "reissues more than came back"),
        (BatchSettled, {"run": RUN}, "more than is unsettled"),
    ],
)
def test_step_7_more_than_there_was(
    chain: ChainView,
    contested: Scenario,
    kind: type[Event],
    fields: dict[str, object],
    words: str,
) -> None:
    act = act_of(chain, kind, **fields)
    name = next(n for n in ("amount_fen", "returned_fen", "total_fen") if hasattr(act.events[0], n))
    bent = with_event(act, **{name: getattr(act.events[0], name) + 10_000_000})

    assert words in said(bend(chain, contested, swap(act, bent)).findings, "S07")


def test_step_7_a_recall_left_out(chain: ChainView, contested: Scenario) -> None:
    replayed = bend(chain, contested, swap(act_of(chain, Recalled), None))

    assert "what went back (fen)" in said(replayed.findings, "S07")


def test_step_6_a_run_that_pays_after_it_was_cancelled(
    chain: ChainView, contested: Scenario
) -> None:
    act = act_of(chain, RunCancelled)
    other = with_event(act, run=RUN)

    replayed = bend(chain, contested, swap(act, other))

    assert "expected approved, got cancelled" in said(replayed.findings, "S06")


def test_step_10_a_proven_fraud_that_nobody_closed(chain: ChainView, contested: Scenario) -> None:
    replayed = bend(chain, contested, swap(act_of(chain, ChallengeClosed), None))
    event = act_of(chain, FraudProven).events[0]
    assert isinstance(event, FraudProven)

    [finding] = with_proven([], replayed.state.challenges.values())
    merged = with_proven([finding], replayed.state.challenges.values())

    assert (finding.rule, finding.subject) == ("F02", f"payment:{event.payment_id.hex()}")
    assert "not closed: paid twice" in finding.en
    assert [f.subject for f in merged] == [finding.subject]
    assert s10_rules.check(None, replayed).findings == ()


def test_step_5_a_desk_that_the_network_does_not_name(contested: Scenario, tmp_path: Path) -> None:
    """What the ledger did for another desk has no statement that the auditor knows."""
    network = contested.network
    other = Contract(address="0x" + "77" * 20, code_hash="0x" + "11" * 32)
    contracts = {**network.contracts, "DisputeDesk": other}
    path = tmp_path / "network.toml"
    path.write_text(dump_network(dataclasses.replace(network, contracts=contracts)))

    report = audit(contested, contested.evidence, network_file=path)

    stray = {f.subject for f in report.findings if f.rule == "S05" and "event:" in f.subject}
    assert {"event:LineHeld", "event:LineStruck", "event:RunBlocked"} <= stray
    assert "contract:DisputeDesk" in {f.subject for f in report.findings if f.rule == "S00"}


def test_step_6_the_contract_holds_another_stage(contested: Scenario, chain: ChainView) -> None:
    """A dispute's decision kept from the replay: the contract knows better."""
    act = act_of(chain, DisputeConcluded, dispute="D-3")
    replayed = bend(chain, contested, swap(act, None))

    assert replayed.state.disputes["D-3"].stage.en == "decided"
    assert "nothing to recover by" in said(replayed.findings, "S06")
