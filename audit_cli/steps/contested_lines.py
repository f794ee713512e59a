"""What disputes and proven frauds say of lines, looked up in the evidence.

The contracts judged it from proofs; here the same comes out of the files, where a file leads to the
root that the chain has. Files that do not are for step 4.
"""

from collections import defaultdict
from collections.abc import Iterator

from audit_cli.altered_line import amounts_by_payment
from audit_cli.case import Case
from audit_cli.findings import Finding, Severity
from audit_cli.replay.challenges import tree_code
from audit_cli.replay.contested import ChallengeState, DisputeState
from audit_cli.replay.state import LedgerState
from fundtrail.enums import ChallengeKind
from fundtrail.evidence import lines_path
from fundtrail.sum_tree import TreeKind

_RUN, _ROSTER, _BATCH = ("run",), ("roster",), ("credited", "returned")
# The two trees of a fraud, and what must be true of the amounts that they have for the payment.
_TREES = {
    ChallengeKind.DUPLICATE: (_RUN, _RUN),
    ChallengeKind.UNLISTED: (_RUN, _ROSTER),
    ChallengeKind.ROSTER_AMOUNT: (_RUN, _ROSTER),
    ChallengeKind.STRANGER: (_RUN, _BATCH),
    ChallengeKind.BATCH_AMOUNT: (_RUN, _BATCH),
    ChallengeKind.REPORTED_TWICE: (_BATCH, _BATCH),
}


def check_contested_lines(case: Case, state: LedgerState) -> Iterator[Finding]:
    """Every disputed line, and every fraud between two trees that are both there."""
    by_run: dict[str, list[DisputeState]] = defaultdict(list)
    for dispute in state.disputes.values():
        by_run[dispute.opened.run].append(dispute)
    for run, disputes in by_run.items():
        wanted = {dispute.opened.payment_id for dispute in disputes}
        lines = _amounts(case, state, _RUN, run, wanted)
        for dispute in disputes if lines is not None else ():
            got = (lines or {}).get(dispute.opened.payment_id)
            if got != dispute.opened.amount_fen:
                yield _differs(f"dispute:{dispute.code}", run, dispute.opened.amount_fen, got)
    for challenge in state.challenges.values():
        yield from _check_proven(case, state, challenge)


def _check_proven(case: Case, state: LedgerState, challenge: ChallengeState) -> Iterator[Finding]:
    event = challenge.proven
    trees = _TREES.get(ChallengeKind(event.kind))
    if trees is None or event.one == event.other:
        return
    one, other = (
        _amounts(case, state, kinds, tree_code(word), {event.payment_id})
        for kinds, word in zip(trees, (event.one, event.other), strict=True)
    )
    if one is None or other is None:
        return
    amounts = (one.get(event.payment_id), other.get(event.payment_id))
    if not _shows(ChallengeKind(event.kind), *amounts):
        yield Finding(
            rule="S05",
            severity=Severity.CRITICAL,
            subject=f"challenge:{event.challenge.hex()}",
            zh=f"链上所举证的“{ChallengeKind(event.kind).zh}”在存证里不成立:两处金额为 {amounts}。",
            en=f"the fraud proven in block {event.block} does not come out of the evidence.",
            evidence={
                "block": event.block,
                "expected": ChallengeKind(event.kind).en,
                "computed": str(amounts),
            },
        )


def _shows(kind: ChallengeKind, one: int | None, other: int | None) -> bool:
    match kind:
        case ChallengeKind.UNLISTED:
            return one is not None and other is None
        case ChallengeKind.STRANGER:
            return one is None and other is not None
        case ChallengeKind.ROSTER_AMOUNT | ChallengeKind.BATCH_AMOUNT:
            return one is not None and other is not None and one != other
        case _:
            return one is not None and other is not None


def _amounts(
    case: Case, state: LedgerState, kinds: tuple[str, ...], subject: str, wanted: set[bytes]
) -> dict[bytes, int] | None:
    """Amounts by payment id in the tree that the chain has; None where the file is not that."""
    for kind in (TreeKind[name.upper()] for name in kinds):
        path = lines_path(kind, subject)
        outcome = case.outcomes.get(path)
        if outcome and outcome.root and outcome.root.root == _root(state, kind, subject):
            found = amounts_by_payment(case.evidence / path, wanted)
            return {payment_id: amount for payment_id, (_, amount) in found.items()}
    return None


def _root(state: LedgerState, kind: TreeKind, subject: str) -> bytes | None:
    match kind:
        case TreeKind.RUN:
            return state.runs[subject].prepared.root if subject in state.runs else None
        case TreeKind.ROSTER:
            return state.notices[subject].root if subject in state.notices else None
        case _:
            return state.batches[subject].settled.root if subject in state.batches else None


def _differs(subject: str, run: str, expected: int, got: int | None) -> Finding:
    path = lines_path(TreeKind.RUN, run)
    computed = "absent" if got is None else str(got)
    return Finding(
        rule="S05",
        severity=Severity.CRITICAL,
        subject=subject,
        zh=f"争议所指的一笔与 {path} 不符:应为 {expected} 分,实为 {computed}。",
        en=f"the disputed line is not a line of {path} with that amount.",
        evidence={"file": path, "expected": str(expected), "computed": computed},
    )
