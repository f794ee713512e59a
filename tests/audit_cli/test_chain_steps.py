"""Steps 0 and 5 to 9 against a chain and statements that were bent."""

import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from eth_utils.crypto import keccak

from audit_cli.chain_view import ChainAct, ChainView, read_chain
from audit_cli.findings import Finding
from audit_cli.replay.replay import Replayed, replay
from fundtrail.canonical import canonical
from fundtrail.chain.event_types import (
    BatchSettled,
    FeedAnchored,
    NoticePublished,
    OfficerSeated,
    PassedOn,
    RunApproved,
    RunPrepared,
    RunReleased,
    RunReviewed,
    RunSettled,
)
from fundtrail.chain.rpc import Rpc
from fundtrail.network import dump_network
from tests.audit_cli.conftest import Spoiled, audit, named
from tests.scenario import STREETS, Scenario

RUN = f"{STREETS[0]}-OAA-2026-10"


def of_rule(findings: Sequence[Finding], rule: str) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule]


@pytest.fixture(scope="module")
def chain(month: Scenario) -> ChainView:
    with Rpc(month.network.rpc_urls) as rpc:
        return read_chain(month.network, rpc)


# Step 0


def test_step_0_other_code_at_a_trusted_address(month: Scenario, rpc: Rpc) -> None:
    rpc.call("anvil_setCode", month.network.address("FundLedger"), "0x60006000fd")

    found = of_rule(audit(month, month.evidence).findings, "S00")

    assert [finding.subject for finding in found] == ["contract:FundLedger"]
    assert found[0].evidence["expected"] == month.network.contracts["FundLedger"].code_hash


def test_step_0_other_governors_than_those_deployed(spoiled: Spoiled, tmp_path: Path) -> None:
    network = spoiled.month.network
    governors = dataclasses.replace(network.governors, threshold=3)
    other = tmp_path / "network.toml"
    other.write_text(dump_network(dataclasses.replace(network, governors=governors)))

    report = audit(spoiled.month, spoiled.evidence, network_file=other)

    subjects = {finding.subject for finding in of_rule(report.findings, "S00")}
    assert subjects == {"file:network.toml", "contract:Registry"}


# Step 5: statements


def rewrite(evidence: Path, line: int, change: Callable[[dict[str, Any]], None]) -> str:
    """Change one statement and keep it canonical; answers its file."""
    [file] = (evidence / "statements").glob("*.jsonl")
    lines = file.read_bytes().splitlines()
    value = json.loads(lines[line - 1])
    change(value)
    lines[line - 1] = canonical(value)
    file.write_bytes(b"\n".join(lines) + b"\n")
    return file.relative_to(evidence).as_posix()


def find(evidence: Path, type_: str) -> int:
    [file] = (evidence / "statements").glob("*.jsonl")
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if json.loads(line)["type"] == type_:
            return number
    raise AssertionError(type_)


def test_step_5_an_amount_in_a_statement(spoiled: Spoiled) -> None:
    line = find(spoiled.evidence, "PassOn")
    path = rewrite(
        spoiled.evidence, line, lambda value: value["message"].update(amountFen="900001")
    )

    findings = [f for f in named(spoiled.audit(), path, "S05") if f.evidence.get("line") == line]

    assert findings[0].evidence["computed"] != findings[0].evidence["expected"]
    assert len(str(findings[0].evidence["expected"])) == 64  # the digest that the chain has


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("transaction", "0x" + "11" * 32, "transaction"), ("block", "9", "block")],
)
def test_step_5_a_statement_moved_to_another_place(
    spoiled: Spoiled, field: str, value: str, said: str
) -> None:
    line = find(spoiled.evidence, "Prepare")
    path = rewrite(spoiled.evidence, line, lambda held: held.update({field: value}))

    [finding] = named(spoiled.audit(), path, "S05")

    assert (finding.evidence["line"], finding.evidence["computed"]) == (line, value)
    assert said in finding.en


def test_step_5_the_signature_of_somebody_else(spoiled: Spoiled) -> None:
    line = find(spoiled.evidence, "Review")
    other = spoiled.month.officers["bank"]
    digest = next(
        r.signed.statement.digest(spoiled.month.network)
        for r in spoiled.month.statements
        if r.signed.statement.type_name() == "Review"
    )
    signature = "0x" + other.sign(digest).hex()
    path = rewrite(spoiled.evidence, line, lambda held: held.update(signatures=[signature]))

    [finding] = named(spoiled.audit(), path, "S05")

    assert finding.evidence["computed"] == other.address
    assert "signer" in finding.en


def test_step_5_a_statement_left_out_and_one_told_twice(spoiled: Spoiled) -> None:
    [file] = (spoiled.evidence / "statements").glob("*.jsonl")
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:-1], lines[0]]))

    found = of_rule(spoiled.audit().findings, "S05")

    assert any("is not in statements/" in finding.en for finding in found)
    assert any("stands here twice" in finding.en for finding in found)


def test_step_5_statements_out_of_order(spoiled: Spoiled) -> None:
    [file] = (spoiled.evidence / "statements").glob("*.jsonl")
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([lines[1], lines[0], *lines[2:]]))

    [finding] = of_rule(spoiled.audit().findings, "S05")

    assert finding.evidence["line"] == 2
    assert "order of confirmation" in finding.en


# Steps 5 to 7: the chain's own acts, bent before they are replayed


def bend(
    chain: ChainView, month: Scenario, change: Callable[[ChainAct], ChainAct | None]
) -> Replayed:
    """The replay of the acts that `change` leaves."""
    acts = [bent for act in chain.acts if (bent := change(act)) is not None]
    return replay(acts, month.network.governors)


def first(chain: ChainView, kind: type) -> ChainAct:
    return next(act for act in chain.acts if isinstance(act.events[0], kind))


def with_event(act: ChainAct, **changes: object) -> ChainAct:
    event = dataclasses.replace(act.events[0], **changes)  # type: ignore[arg-type]
    return dataclasses.replace(act, events=(event, *act.events[1:]))


def swap(target: ChainAct, bent: ChainAct | None) -> Callable[[ChainAct], ChainAct | None]:
    return lambda act: bent if act is target else act


def said(replayed: Replayed, rule: str) -> str:
    return " ".join(finding.en for finding in of_rule(replayed.findings, rule))


def test_an_honest_chain_replays_without_a_word(chain: ChainView, month: Scenario) -> None:
    assert replay(chain.acts, month.network.governors).findings == ()


def test_step_5_one_person_in_two_acts(chain: ChainView, month: Scenario) -> None:
    seat = next(
        act
        for act in chain.acts
        if isinstance(act.events[0], OfficerSeated)
        and act.events[0].key == month.officers[f"review-{STREETS[0]}"].address
    )
    preparer = first(chain, RunPrepared).signers[0]
    person = next(
        act.events[0].person
        for act in chain.acts
        if isinstance(act.events[0], OfficerSeated) and act.events[0].key == preparer
    )

    replayed = bend(chain, month, swap(seat, with_event(seat, person=person)))

    assert "one person acted twice" in said(replayed, "S05")
    assert replayed.findings[0].subject == f"run:{RUN}"


@pytest.mark.parametrize(
    ("kind", "officer", "words"),
    [
        (RunReviewed, f"prepare-{STREETS[0]}", "the role is missing"),
        (RunReviewed, f"review-{STREETS[1]}", "neither the fund's agency nor above it"),
        (RunReleased, "bank", "kind of the releasing agency"),
        (FeedAnchored, "oracle-bank", "not anchored by its owner"),
        (PassedOn, "budget-district", "not signed by the fund's agency"),
    ],
)
def test_step_5_an_officer_who_may_not(
    chain: ChainView, month: Scenario, kind: type, officer: str, words: str
) -> None:
    act = first(chain, kind)
    other = dataclasses.replace(act, signers=(month.officers[officer].address,))

    assert words in said(bend(chain, month, swap(act, other)), "S05")


def test_step_5_an_act_after_the_term_and_by_a_stranger(chain: ChainView, month: Scenario) -> None:
    act = first(chain, RunPrepared)
    late = dataclasses.replace(act, time=act.time + 500 * 86_400)
    stranger = dataclasses.replace(act, signers=("0x" + "12" * 20,))

    assert "outside the term" in said(bend(chain, month, swap(act, late)), "S05")
    assert "holds no seat" in said(bend(chain, month, swap(act, stranger)), "S05")


def test_step_5_governance_by_too_few(chain: ChainView, month: Scenario) -> None:
    act = first(chain, OfficerSeated)
    alone = dataclasses.replace(act, signers=act.signers[:1])

    assert "number of governors" in said(bend(chain, month, swap(act, alone)), "S05")


@pytest.mark.parametrize("kind", [RunPrepared, RunReviewed, RunApproved, RunReleased])
def test_step_6_a_stage_left_out(chain: ChainView, month: Scenario, kind: type) -> None:
    act = first(chain, kind)

    assert "stage of the run" in said(bend(chain, month, swap(act, None)), "S06")


def test_step_6_a_notice_too_short_and_one_still_open(chain: ChainView, month: Scenario) -> None:
    act = first(chain, NoticePublished)
    event = act.events[0]
    assert isinstance(event, NoticePublished)
    short = with_event(act, closes_at=event.closes_at - 1)
    still_open = with_event(act, closes_at=event.closes_at + 30 * 86_400)

    assert "seconds on show" in said(bend(chain, month, swap(act, short)), "S06")
    assert "still open" in said(bend(chain, month, swap(act, still_open)), "S06")


def test_step_6_fewer_approvals_than_the_ladder_asks(chain: ChainView, month: Scenario) -> None:
    act = next(a for a in chain.acts if isinstance(a.events[0], RunApproved))

    replayed = bend(chain, month, swap(act, with_event(act, required=1)))

    assert "approvals that the ladder asks for" in said(replayed, "S06")


def test_step_6_a_reissue_of_nothing(chain: ChainView, month: Scenario) -> None:
    act = next(
        a for a in chain.acts if isinstance(a.events[0], RunPrepared) and a.events[0].reissue_of
    )

    replayed = bend(chain, month, swap(act, with_event(act, reissue_of=f"{RUN}-C")))

    assert "reissues what was not returned" in said(replayed, "S06")


def test_step_6_a_batch_of_more_lines_than_are_left(chain: ChainView, month: Scenario) -> None:
    act = first(chain, BatchSettled)

    replayed = bend(chain, month, swap(act, with_event(act, count=6)))

    assert "more lines than are left: expected 5, got 6" in said(replayed, "S06")


def test_step_6_what_a_bank_reported_short_it_may_report_later(
    chain: ChainView, month: Scenario
) -> None:
    whole = next(a for a in chain.acts if isinstance(a.events[-1], RunSettled))
    batch, settled = whole.events
    assert isinstance(batch, BatchSettled)
    short = dataclasses.replace(batch, total_fen=batch.total_fen - 3)
    rest = dataclasses.replace(batch, batch="the-rest", total_fen=3, count=1)
    acts = list(chain.acts)
    acts[acts.index(whole) : acts.index(whole) + 1] = [
        dataclasses.replace(whole, events=(short,)),
        dataclasses.replace(whole, events=(rest, settled)),
    ]

    assert of_rule(replay(acts, month.network.governors).findings, "S06") == []


def test_step_7_more_passed_on_than_was_there(chain: ChainView, month: Scenario) -> None:
    act = first(chain, PassedOn)

    replayed = bend(chain, month, swap(act, with_event(act, amount_fen=1_000_001)))

    assert "over the available balance (fen): expected <= 1000000, got 1000001" in said(
        replayed, "S07"
    )


def test_step_7_the_contract_holds_another_balance(month: Scenario, rpc: Rpc) -> None:
    """Storage changed behind the events: the view is not what the events lead to."""
    address = month.network.address("FundLedger")
    before = audit(month, month.evidence)
    assert of_rule(before.findings, "S07") == []
    code = b"OAA-2026".ljust(32, b"\0").hex()
    changed = _raise_granted(rpc, address, code)
    assert changed

    found = of_rule(audit(month, month.evidence).findings, "S07")

    assert {finding.subject for finding in found} == {"fund:OAA-2026"}
    assert "granted_fen" in found[0].en


def _raise_granted(rpc: Rpc, address: str, fund: str) -> bool:
    """Find the word of the fund's struct that holds 1,000,000 fen and add one."""
    for mapping in range(12):
        base = int.from_bytes(keccak(bytes.fromhex(fund) + mapping.to_bytes(32, "big")), "big")
        for place in range(base, base + 8):
            word = int(rpc.call("eth_getStorageAt", address, hex(place), "latest"), 16)
            low = word & (2**128 - 1)
            if low == 1_000_000:
                value = "0x" + (word + 1).to_bytes(32, "big").hex()
                rpc.call("anvil_setStorageAt", address, hex(place), value)
                rpc.call("evm_mine")
                return True
    return False
