"""The whole audit, in order: read the chain, read the evidence, then steps 0 to 11.

Nothing here stops at the first finding. What a dead node or a missing file takes away is said in
the report, and the rest goes on.
"""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from audit_cli.case import Case, Request
from audit_cli.chain_view import ChainView, read_chain
from audit_cli.duplicates import with_proofs
from audit_cli.feeds import EntrySink, FeedView, feed_folders, read_feed
from audit_cli.findings import Finding, Severity
from audit_cli.held_statements import read_held
from audit_cli.line_files import derive_files
from audit_cli.named_files import digest_files, files_in, named_files
from audit_cli.replay.replay import Replayed, replay_chain
from audit_cli.report import Report, make_report
from audit_cli.steps import (
    s00_inputs,
    s01_files,
    s02_canonical,
    s03_openings,
    s04_roots,
    s05_statements,
    s06_replay,
    s07_conservation,
    s08_settlement,
    s09_feeds,
    s10_rules,
    s11_not_checked,
)
from audit_cli.tables import EntryTable, Tables
from fundtrail.chain.errors import NodeError
from fundtrail.chain.rpc import Rpc
from fundtrail.errors import ChainError
from fundtrail.network import Network, load_network

Progress = Callable[[str, int, int], None]
"""Takes (what, done, of how many)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _ChainRead:
    chain: ChainView | None
    findings: tuple[Finding, ...]


def verify(request: Request, progress: Progress | None = None) -> Report:
    """Audit `request`. Raises NetworkFileError where the trust anchor itself cannot be read."""
    network = load_network(request.network_file)
    tell = progress or _silent
    with (
        Rpc(request.rpc_urls or network.rpc_urls) as rpc,
        tempfile.TemporaryDirectory(prefix="fundtrail-audit-") as folder,
    ):
        return _audit(request, network, rpc, Path(folder), tell)


def _audit(request: Request, network: Network, rpc: Rpc, folder: Path, tell: Progress) -> Report:
    entries = EntryTable(folder)
    case = _read(request, network, rpc, entries.add, tell)
    path = entries.close()
    if case.replayed is None:
        return _report(case, None, tell)

    with Tables(folder, as_of=case.as_of) as tables:
        tell("rules", 0, 1)
        tables.build(
            evidence=case.evidence,
            outcomes=case.outcomes.values(),
            entries=path,
            replayed=case.replayed,
        )
        return _report(case, tables, tell)


def _read(request: Request, network: Network, rpc: Rpc, sink: EntrySink, tell: Progress) -> Case:
    read = _read_chain(network, rpc, tell)
    replayed = replay_chain(read.chain, network) if read.chain else None
    tell("statements", 0, 1)
    held = read_held(request.evidence, network)
    feeds = _read_feeds(request.evidence, network, replayed, sink, tell)
    named = tuple(named_files(feeds.values()))
    present = frozenset(files_in(request.evidence))
    tell("files", 0, 1)
    inside = [file.path for file in named if s01_files.is_inside(file.path)]
    sources = s04_roots.line_sources(replayed, named)
    there = [source for path, source in sorted(sources.items()) if path in present]
    outcomes = derive_files(request.evidence, there, lambda done, total: tell("lines", done, total))
    return Case(
        request=request,
        network=network,
        network_bytes=request.network_file.read_bytes(),
        as_of=request.as_of or _as_of(read.chain),
        rpc=rpc if read.chain else None,
        chain=read.chain,
        replayed=replayed,
        reading=read.findings,
        held=held,
        feeds=feeds,
        named=named,
        present=present,
        found=digest_files(request.evidence, inside),
        outcomes={outcome.source.path: outcome for outcome in outcomes},
    )


def _report(case: Case, tables: Tables | None, tell: Progress) -> Report:
    openings, opened = s03_openings.check(case)
    left_out = tuple(tables.left_out) if tables else ()
    not_checked, items = s11_not_checked.check(case, opened, left_out)
    asked = s10_rules.check(tables, case.replayed, lambda done, total: tell("rules", done, total))
    rules, proofs = with_proofs(asked, case)
    steps = (
        s00_inputs.check(case),
        s01_files.check(case),
        s02_canonical.check(case),
        openings,
        s04_roots.check(case),
        s05_statements.check(case),
        s06_replay.check(case),
        s07_conservation.check(case),
        s08_settlement.check(tables),
        s09_feeds.check(case),
        rules,
        not_checked,
    )
    return make_report(case, steps, items, proofs)


def _read_chain(network: Network, rpc: Rpc, tell: Progress) -> _ChainRead:
    try:
        rpc.require_chain(network.chain_id)
        chain = read_chain(network, rpc, lambda done, total: tell("chain", done, total))
    except ChainError as error:
        return _ChainRead(chain=None, findings=(_no_chain(error),))
    return _ChainRead(chain=chain, findings=())


def _no_chain(error: ChainError) -> Finding:
    return Finding(
        rule="S00",
        severity=Severity.CRITICAL,
        subject="node",
        zh=f"无法从节点读到这个网络的链:{error}。",
        en="The chain of this network could not be read.",
        evidence={"computed": str(error)},
        missing=isinstance(error, NodeError),
    )


def _read_feeds(
    evidence: Path,
    network: Network,
    replayed: Replayed | None,
    sink: EntrySink,
    tell: Progress,
) -> Mapping[str, FeedView]:
    states = replayed.state.feeds if replayed else {}
    codes = sorted({*states, *feed_folders(evidence, network.name)})
    feeds: dict[str, FeedView] = {}
    for number, code in enumerate(codes, 1):
        state = states.get(code)
        feeds[code] = read_feed(
            evidence,
            network=network.name,
            code=code,
            vkey_digest=state.vkey_digest if state else None,
            anchors={anchor.size: anchor.root for anchor in state.anchors} if state else {},
            sink=sink,
        )
        tell("feeds", number, len(codes))
    return feeds


def _as_of(chain: ChainView | None) -> date:
    """The day of the confirmed head, UTC; without a chain, today."""
    time = datetime.fromtimestamp(chain.head_time, UTC) if chain else datetime.now(UTC)
    return time.date()


def _silent(what: str, done: int, total: int) -> None:
    """Say nothing."""
