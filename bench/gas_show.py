"""The tables of the gas bench, and the same figures as JSON, one object a line."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from bench.gas_acts import unmeasured
from bench.gas_lives import AIM, BAR, Attested, Life
from bench.gas_peers import BATCH, PACKAGE, VERSION
from bench.gas_town import Town
from bench.gas_where import Spent
from fundtrail.chain.artifacts import CONTRACTS, artifact
from fundtrail.chain.compile import configuration

CODE_BYTES_MAX = 24_576  # EIP-170


def show_acts(town: Town) -> None:
    """Each act, at its first time."""
    table = Table(
        "act",
        "gas",
        title="gas: acts at their first time; challenges with proofs over a run and a roster of "
        "1,000,000 lines and batches of 600,000 and 300,000",
    )
    table.columns[1].justify = "right"
    for name, gas in town.costs.items():
        table.add_row(name, f"{gas:,}")
    Console(width=140).print(table)
    for name, gas in town.costs.items():
        print(json.dumps({"bench": "gas", "act": name, "gas": gas}, ensure_ascii=False))
    if missing := unmeasured(town):
        print(f"未测量 not measured: {', '.join(missing)}")


def show_lives(lives: Sequence[Life], attested: Sequence[Attested], anchor: int) -> None:
    """Whole lives, the peer's price for the same records, and the floor."""
    title = (
        f"gas: a run from prepare to settled (with one batch: bar {BAR:,}, aim {AIM:,}), beside "
        f"{PACKAGE.rpartition('/')[2]} {VERSION} multiAttest per record and a bare root anchor"
    )
    table = Table(title=title)
    for column in (
        "lines",
        "returned",
        "gas",
        "per line",
        "EAS",
        "ours to EAS",
        "to a bare anchor",
    ):
        table.add_column(column, justify="right")
    peers = {peer.rows: peer for peer in attested}
    for life in lives:
        peer = peers.get(life.rows)
        table.add_row(
            f"{life.rows:,}",
            f"{life.returned:,}",
            f"{life.gas:,}",
            f"{life.gas / life.rows:,.1f}",
            _words(peer),
            f"1 : {peer.gas / life.gas:,.2f}" if peer else "—",
            f"{life.gas / anchor:.1f} × {anchor:,}",
        )
    Console(width=140).print(table)
    if attested:
        print(
            f"* 按每批 {BATCH} 条外推 beyond the first records, at the price of a batch of {BATCH}"
        )
    for life in lives:
        row = {"bench": "gas-life", "rows": life.rows, "returned": life.returned, "gas": life.gas}
        peer = peers.get(life.rows)
        if peer:
            row |= {"eas_gas": peer.gas, "eas_measured_rows": peer.measured}
        print(json.dumps(row | {"anchor_gas": anchor, "acts": life.acts}))


def show_notice(town: Town) -> None:
    """What comes before a life where the programme asks for it."""
    gas = town.costs["PublishNotice"]
    print(f"公示另计 the notice that a run cites comes before it: {gas:,}, whatever its lines")


def _words(peer: Attested | None) -> str:
    if peer is None:
        return "—"
    return f"{peer.gas:,}{'' if peer.measured == peer.rows else ' *'}"


def show_where(acts: Sequence[Spent]) -> None:
    """What each act of a life is charged for."""
    table = Table(title="gas: where the life of a run goes")
    for column in (
        "act",
        "gas",
        "transaction",
        "calldata",
        "new slots",
        "changed slots",
        "reading",
        "events",
        "computing, calls, signature",
    ):
        table.add_column(column, justify="left" if column == "act" else "right")
    for act in acts:
        table.add_row(act.act, *(f"{figure:,}" for figure in _figures(act)))
    sums = [sum(column) for column in zip(*(_figures(act) for act in acts), strict=True)]
    slots = sum(act.fresh_slots for act in acts)
    table.add_section()
    table.add_row(f"all, {slots} new slots", *(f"{figure:,}" for figure in sums))
    Console(width=140).print(table)
    for act in acts:
        print(json.dumps({"bench": "gas-where"} | asdict(act) | {"rest": act.rest}))


def _figures(act: Spent) -> tuple[int, ...]:
    return (
        act.gas, act.transaction, act.calldata, act.fresh, act.changed, act.read, act.events,
        act.rest,
    )  # fmt: skip


def show_contracts() -> None:
    """Bytes of runtime code, and how they were compiled."""
    profile = configuration()
    runs, version = profile["optimizer_runs"], profile["evm_version"]
    how = f"optimizer runs {runs}, IR {profile.get('via_ir', False)}, {version}"
    table = Table("contract", "bytes", "left", title=f"size: limit {CODE_BYTES_MAX:,}; {how}")
    for column in table.columns[1:]:
        column.justify = "right"
    for name in CONTRACTS:
        size = len(artifact(name).runtime_code)
        table.add_row(name, f"{size:,}", f"{CODE_BYTES_MAX - size:,}")
        print(json.dumps({"bench": "size", "contract": name, "bytes": size}))
    Console(width=140).print(table)
