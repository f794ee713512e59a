"""The story of one month, told from the set-up to the last line. True only if all of it held."""

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.budget import bring_down, fund_code
from demo.cast import cast_of
from demo.city import City, Month, build_city, write_month
from demo.comparison import (
    Comparison,
    Row,
    Sighting,
    audit_sightings,
    compare,
    quarantine_sightings,
)
from demo.contest import contest
from demo.departments import programme_key
from demo.examination import FINDINGS, Examination, examine, tampered_copy
from demo.narrator import Narrator
from demo.opening import CHAIN_ID, network_up, seat_everybody
from demo.payment_month import PaymentMonth
from demo.reception import ask_service
from demo.stage import Stage, at
from fundtrail.chain.anvil import Anvil
from fundtrail.chain.bindings import FundLedger
from fundtrail.chain.rpc import Rpc
from fundtrail.money import yuan

AUDIT_DAYS_AFTER = 40
TAMPERED_LINE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for on the command line."""

    home: Path
    payees: int
    seed: int
    districts: int
    month: str


def tell(wish: Wish, narrator: Narrator) -> bool:
    """Tell the story into `wish.home`; whether everything held."""
    city = build_city(wish.seed, wish.payees, wish.districts, month=wish.month)
    narrator.chapter("各部门交来的文件", "the files that departments hand over")
    with narrator.progress("文件 files", wish.payees) as bar:
        month = write_month(city, wish.home, lambda lines: bar.advance(bar.task_ids[0], lines))
    narrator.say(f"{city.name},{len(city.streets)} 个街道,{city.payees:,} 人 payees → files/")

    start = at(city.timetable.last_day_before.replace(day=1))
    state = wish.home / "chain" / "state.json"
    narrator.begin()
    with (
        Anvil(state=state, chain_id=CHAIN_ID, timestamp=start) as anvil,
        Rpc(anvil.url) as rpc,
        ExitStack() as stack,
    ):
        stage = _set_the_stage(wish.home, city, rpc, narrator)
        granted = bring_down(stage, city, month.runs)
        play = PaymentMonth.enter(stack, stage, city, month)
        _play(play, narrator)
        served = ask_service(stage, city, wish.home)
        return _examine(play, granted, narrator) and served


def _set_the_stage(home: Path, city: City, rpc: Rpc, narrator: Narrator) -> Stage:
    narrator.chapter("建网、部署合约", "network up, contracts deployed")
    stage = network_up(rpc, cast_of(city), home, narrator)
    narrator.chapter("治理人登记机构与人员", "governors seat agencies and officers")
    seat_everybody(stage, city)
    narrator.chapter("指标下达,逐级下拨", "appropriation, passed on to districts and streets")
    return stage


def _play(play: PaymentMonth, narrator: Narrator) -> None:
    city, stage, timetable = play.city, play.stage, play.city.timetable
    before = timetable.last_day_before

    narrator.chapter("登记资料与政策入链存证", "registers and policy, quarantine shown")
    stage.travel(at(before.replace(day=16)))
    play.open_registers()
    narrator.chapter("名单公示七天", "public notice, seven days")
    stage.travel(at(before.replace(day=17)))
    play.publish_notices()
    narrator.chapter("编制、复核、审批", "runs prepared, reviewed, approved")
    stage.travel(at(timetable.notice_closes, 10))
    play.prepare_runs()
    play.review_and_approve(city.streets, reissue=False)
    narrator.chapter("争议与举证:钱先停住", "a dispute and a proven fraud hold money")
    contest(play)
    narrator.chapter("国库拨付", "released by treasury")
    stage.travel(at(timetable.vouchers_issued))
    play.release(city.streets, reissue=False)
    narrator.chapter("银行逐笔回单", "bank batches settled, line by line")
    stage.travel(at(timetable.paid, 20))
    play.settle(play.month.runs)
    narrator.chapter("退票补发", "what came back is paid again")
    stage.travel(at(timetable.reissue_vouchers_issued))
    streets = play.prepare_reissues()
    play.review_and_approve(streets, reissue=True)
    play.release(streets, reissue=True)
    stage.travel(at(timetable.reissued, 20))
    play.settle(play.month.reissues)
    _show_quarantine(play, narrator)


def _show_quarantine(play: PaymentMonth, narrator: Narrator) -> None:
    rows = [
        (entry.place, entry.message_zh, entry.todo_zh or entry.todo_en)
        for entry in play.quarantine()
    ]
    narrator.table("隔离区 quarantine", ("位置 place", "原因 why", "怎么办 what to do"), rows)


def _examine(play: PaymentMonth, granted: int, narrator: Narrator) -> bool:
    home, city = play.stage.evidence.parent, play.city
    narrator.chapter("审计:只凭链与存证", "audit, from chain and evidence alone")
    as_of = city.timetable.reissued + timedelta(days=AUDIT_DAYS_AFTER)
    play.stage.travel(at(as_of))
    network, report = home / "network.toml", home / "report.html"
    examination = examine(network, play.stage.evidence, as_of, report)
    _show_steps(examination, narrator)
    holds = _compare(play.month, examination, play, narrator)
    known = audit_sightings(examination.report)
    holds &= _tamper(play, network, as_of, known, narrator)
    holds &= _money(play, granted, narrator)
    narrator.say(f"报告 report: {_shown(report)}")
    narrator.say(f"用时 told in {narrator.seconds:.0f} s")
    narrator.say("接下来 next: make up")
    narrator.say("             .venv/bin/fundtrail-audit verify --help")
    return holds


def _shown(path: Path) -> Path:
    """The path as it is typed from here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _show_steps(examination: Examination, narrator: Narrator) -> None:
    rows = [
        (str(step["step"]), str(step["name"]), f"{step['checked']:,}", str(_count(step)))
        for step in examination.report["steps"]
    ]
    columns = ("步 step", "检查 what", "已核 checked", "发现 findings")
    narrator.table("审计步骤 audit steps", columns, rows)


def _count(step: dict[str, Any]) -> int:
    findings = step["findings"]
    return findings if isinstance(findings, int) else len(findings)


def _compare(
    month: Month, examination: Examination, play: PaymentMonth, narrator: Narrator
) -> bool:
    quarantined = quarantine_sightings(
        (entry.rule, entry.file, entry.row or None) for entry in play.quarantine()
    )
    found = audit_sightings(examination.report) | quarantined
    result = compare(play.city, month.planted, programme_key(play.city), found)
    narrator.table(
        "埋设与发现 planted against found",
        ("埋设的问题 planted", "应由何处发现 to be found by", "件数 planted", "已找到 found"),
        _by_fault(result),
    )
    for rule, subject in sorted(result.invented):
        narrator.broken(f"多报 invented: {rule} {subject}")
    if result.holds:
        narrator.held(f"{len(result.rows)} 项全部对上,无一多报 all found, none invented")
    return result.holds


def _by_fault(result: Comparison) -> list[tuple[str, str, str, str]]:
    """One row a kind of fault: how many were planted, how many were found with all they cause."""
    kinds: dict[str, list[Row]] = {}
    for row in result.rows:
        kinds.setdefault(row.planted.fault, []).append(row)
    rows = []
    for same in kinds.values():
        first = same[0].planted
        rules = sorted({rule for row in same for rule, _ in row.expected})
        found = sum(not row.missed for row in same)
        rows.append(
            (
                f"{first.title_zh} {first.title_en}",
                "、".join(rules) or "不应报 nothing",
                str(len(same)),
                f"{found} {'✓' if found == len(same) else '✗'}",
            )
        )
    return rows


def _tamper(
    play: PaymentMonth,
    network: Path,
    as_of: date,
    known: frozenset[Sighting],
    narrator: Narrator,
) -> bool:
    """One fen more in a copy: the audit must name the file, the line, and both amounts."""
    run = play.city.run_code(play.city.streets[0])
    line = min(TAMPERED_LINE, play.month.runs[0].lines)
    copy = play.stage.evidence.with_name("evidence-tampered")
    tampered_copy(play.stage.evidence, copy, run, line)
    name = f"runs/{run}/lines.parquet"
    narrator.say(
        f"副本中 {name} 第 {line} 行多 0.01 元,再审一次 1 fen more in a copy, audited again:"
    )
    examination = examine(network, copy, as_of)
    fresh = [
        finding
        for finding in examination.report["findings"]
        if (finding["rule"], finding["subject"]) not in known
    ]
    for finding in fresh:
        narrator.broken(f"{finding['rule']} {finding['message']}")
    shutil.rmtree(copy)
    holds = examination.code == FINDINGS and any(
        finding["evidence"].get("file") == name and finding["evidence"].get("line") == line
        for finding in fresh
    )
    if holds:
        narrator.held(
            "改动被发现,文件、行、应有与实有都已指明 file, line, expected and computed named"
        )
    return holds


def _money(play: PaymentMonth, granted: int, narrator: Narrator) -> bool:
    ledger = FundLedger(play.stage.network, play.stage.rpc)
    codes = [fund_code(play.city, street.code) for street in play.city.streets]
    funds = [ledger.fund(code) for code in codes]
    paid = sum(fund.paid_fen for fund in funds)
    committed = sum(fund.committed_fen for fund in funds)
    available = sum(fund.available_fen for fund in funds)
    narrator.chapter("钱进 = 钱出", "money in = money out")
    narrator.say(f"下达 appropriated {yuan(granted)} 元")
    narrator.say(
        f"已到账 paid {yuan(paid)} + 在途 committed {yuan(committed)} + 结余 available "
        f"{yuan(available)} = {yuan(paid + committed + available)} 元"
    )
    return paid + committed + available == granted
