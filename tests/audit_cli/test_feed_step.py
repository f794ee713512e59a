"""Step 9: anchored heads, cadence, and what statements cite."""

import dataclasses
from collections.abc import Callable

import pytest

from audit_cli import verification
from audit_cli.chain_view import ChainAct, ChainView
from audit_cli.findings import Finding
from fundtrail.chain.event_types import FeedAnchored, FeedOpened
from tests.audit_cli.conftest import audit
from tests.scenario import Scenario

Change = Callable[[ChainAct], ChainAct | None]
Bent = Callable[[Change], list[Finding]]


@pytest.fixture
def bent(month: Scenario, monkeypatch: pytest.MonkeyPatch) -> Bent:
    """Audit the honest evidence beside a chain that says something else."""

    def ask(change: Change) -> list[Finding]:
        read = verification.read_chain

        def told(*args: object) -> ChainView:
            chain = read(*args)  # type: ignore[arg-type]
            acts = [other for act in chain.acts if (other := change(act)) is not None]
            return dataclasses.replace(chain, acts=tuple(acts))

        monkeypatch.setattr(verification, "read_chain", told)
        report = audit(month, month.evidence)
        return [finding for finding in report.findings if finding.rule == "S09"]

    return ask


def with_event(act: ChainAct, **changes: object) -> ChainAct:
    event = dataclasses.replace(act.events[0], **changes)  # type: ignore[arg-type]
    return dataclasses.replace(act, events=(event,))


def anchors_of(feed: str) -> Callable[[ChainAct], bool]:
    return lambda act: isinstance(act.events[0], FeedAnchored) and act.events[0].feed == feed


def test_another_anchored_root_than_the_entries_have(bent: Bent) -> None:
    anchored = anchors_of("treasury")

    findings = bent(lambda act: with_event(act, root=b"\7" * 32) if anchored(act) else act)

    assert {finding.subject for finding in findings} == {"feed:treasury"}
    assert findings[0].evidence["expected"] == "07" * 32
    assert len(str(findings[0].evidence["computed"])) == 64


def test_a_feed_shorter_than_it_was_when_anchored(bent: Bent) -> None:
    anchored = anchors_of("death-register")

    findings = bent(lambda act: with_event(act, size=900) if anchored(act) else act)

    assert findings[0].subject == "feed:death-register"
    assert findings[0].evidence["computed"] == "2 entries"


def test_what_a_release_cites_must_be_anchored_before_it(bent: Bent) -> None:
    anchored = anchors_of("treasury")

    findings = bent(lambda act: None if anchored(act) else act)

    assert len(findings) == 3  # three releases
    assert all("not anchored yet" in finding.en for finding in findings)
    assert all("Release" in finding.zh for finding in findings)


def test_a_feed_that_was_anchored_late(bent: Bent) -> None:
    def hasty(act: ChainAct) -> ChainAct:
        event = act.events[0]
        if isinstance(event, FeedOpened) and event.feed == "civil-affairs":
            return with_event(act, cadence_seconds=86_400)
        return act

    findings = bent(hasty)

    assert {finding.subject for finding in findings} == {"feed:civil-affairs"}
    assert findings[0].severity == "low"


def test_a_feed_of_an_unrelated_agency(bent: Bent) -> None:
    def treasurers(act: ChainAct) -> ChainAct:
        event = act.events[0]
        if isinstance(event, FeedOpened) and event.feed == "bank-a":
            return with_event(act, agency="1901-SJ")
        return act

    assert {"cites a feed of an unrelated agency." in f.en for f in bent(treasurers)} == {True}
