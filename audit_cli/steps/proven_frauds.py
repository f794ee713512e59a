"""Frauds proven on the chain, said under the rule that they break."""

import dataclasses
from collections.abc import Iterable

from audit_cli.findings import Finding, Severity
from audit_cli.replay.challenges import tree_code
from audit_cli.replay.contested import ChallengeState
from fundtrail.enums import ChallengeKind
from fundtrail.ids import ZERO32

RULES = {
    ChallengeKind.DUPLICATE: "F02",
    ChallengeKind.REISSUED: "F02",
    ChallengeKind.UNLISTED: "F18",
    ChallengeKind.ROSTER_AMOUNT: "F18",
    ChallengeKind.MISORDERED: "F20",
    ChallengeKind.STRANGER: "F20",
    ChallengeKind.BATCH_AMOUNT: "F20",
    ChallengeKind.REPORTED_TWICE: "F20",
}


def with_proven(findings: Iterable[Finding], challenges: Iterable[ChallengeState]) -> list[Finding]:
    """The findings with each challenge named in the one that is about it, or in one of its own."""
    said = list(findings)
    for challenge in challenges:
        own = _finding(challenge)
        same = [n for n, f in enumerate(said) if (f.rule, f.subject) == (own.rule, own.subject)]
        for place in same:
            evidence = {**said[place].evidence, "challenge": own.evidence["challenge"]}
            said[place] = dataclasses.replace(said[place], evidence=evidence)
        if not same and challenge.closed is None:
            said.append(own)
    return said


def _finding(challenge: ChallengeState) -> Finding:
    event, kind = challenge.proven, ChallengeKind(challenge.proven.kind)
    about_payment = event.payment_id != ZERO32
    trees = [tree_code(event.one), tree_code(event.other)]
    blocks = "、".join(challenge.blocks) or "无"
    return Finding(
        rule=RULES[kind],
        severity=Severity.CRITICAL,
        subject=f"payment:{event.payment_id.hex()}" if about_payment else f"run:{event.run}",
        zh=f"链上已举证且未了结:{kind.zh},见 {trees[0]} 与 {trees[1]};"
        f"因此不得拨付的批次:{blocks}。",
        en=f"Proven on the chain and not closed: {kind.en}, {trees[0]} and {trees[1]}.",
        evidence={
            "challenge": event.challenge.hex(),
            "run": event.run,
            "trees": ", ".join(trees),
            "block": event.block,
            "transaction": "0x" + event.transaction.hex(),
        },
    )
