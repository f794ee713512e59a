"""The proofs that go with findings F02: one payment that stands in two runs on the chain.

Guarantees: a proof is made only from files that give the roots on the chain, of runs that were not
stopped, and of frauds that nobody has proven yet; the contract then takes it as it is. A payment
that was paid again under a later attempt needs the duty behind it, which no auditor can compute.
"""

import dataclasses
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from audit_cli.case import Case
from audit_cli.findings import Finding
from audit_cli.ready_proof import DuplicateProof
from audit_cli.replay.challenges import challenge_id
from audit_cli.replay.replay import Replayed
from audit_cli.replay.state import STOPPED
from audit_cli.steps import StepResult
from fundtrail.enums import ChallengeKind
from fundtrail.evidence import lines_path, read_lines
from fundtrail.ids import code_to_bytes32
from fundtrail.proofs import Placed, prove
from fundtrail.sum_tree import Line, TreeKind

RULE = "F02"
_SUBJECT = "payment:"
Places = Mapping[str, Mapping[bytes, Placed]]
"""For each run, the payments that were looked for in it."""


def with_proofs(result: StepResult, case: Case) -> tuple[StepResult, tuple[DuplicateProof, ...]]:
    """The findings of step 10, with the commands that prove them on the chain; and the proofs."""
    folder, replayed = case.request.proofs, case.replayed
    if folder is None or replayed is None:
        return result, ()
    places = _places(result.findings, case, replayed)
    said, made = [], []
    for finding in result.findings:
        proofs = list(_proofs(finding, places, replayed)) if _is_duplicate(finding) else []
        said.append(_with_command(finding, proofs, folder, case) if proofs else finding)
        made += proofs
    return dataclasses.replace(result, findings=tuple(said)), tuple(made)


def _with_command(
    finding: Finding, proofs: Sequence[DuplicateProof], folder: Path, case: Case
) -> Finding:
    files = [str(folder / proof.name) for proof in proofs]
    network = str(case.request.network_file)
    evidence = {
        **finding.evidence,
        "proof": ", ".join(proof.name for proof in proofs),
        "command": shlex.join(["fundtrail-audit", "challenge", *files, "--network", network]),
    }
    return dataclasses.replace(finding, evidence=evidence)


def _is_duplicate(finding: Finding) -> bool:
    return finding.rule == RULE and finding.subject.startswith(_SUBJECT)


def _payment(finding: Finding) -> bytes:
    return bytes.fromhex(finding.subject.removeprefix(_SUBJECT))


def _runs(finding: Finding) -> list[str]:
    return sorted(set(str(finding.evidence.get("runs", "")).split(", ")) - {""})


def _places(findings: Iterable[Finding], case: Case, replayed: Replayed) -> Places:
    """One pass over the lines of every run that a finding names."""
    wanted: dict[str, set[bytes]] = {}
    for finding in filter(_is_duplicate, findings):
        for run in _runs(finding):
            wanted.setdefault(run, set()).add(_payment(finding))
    return {
        run: prove(_lines(case, run), payments, TreeKind.RUN)[1]
        for run, payments in wanted.items()
        if _is_on_chain(case, replayed, run)
    }


def _lines(case: Case, run: str) -> Iterator[Line]:
    return (item.line() for item in read_lines(case.evidence / lines_path(TreeKind.RUN, run)))


def _is_on_chain(case: Case, replayed: Replayed, run: str) -> bool:
    """Whether the run goes on, and its lines in the evidence are those of its root."""
    state = replayed.state.runs.get(run)
    outcome = case.outcomes.get(lines_path(TreeKind.RUN, run))
    if state is None or state.stage in STOPPED or outcome is None or outcome.root is None:
        return False
    return not outcome.fault_count and outcome.root.root == state.prepared.root


def _proofs(finding: Finding, places: Places, replayed: Replayed) -> Iterator[DuplicateProof]:
    """One for every two runs that hold the payment, but for what is proven already."""
    payment = _payment(finding)
    held = [run for run in _runs(finding) if payment in places.get(run, {})]
    for number, (run, other) in enumerate(combinations(held, 2), 1):
        one, two = sorted((code_to_bytes32(run), code_to_bytes32(other)))
        if challenge_id(ChallengeKind.DUPLICATE, one, two, payment) in replayed.state.challenges:
            continue
        yield DuplicateProof(
            name=f"{RULE}-{payment.hex()[:16]}-{number}.json",
            run=run,
            line=places[run][payment],
            other_run=other,
            twin=places[other][payment],
        )
