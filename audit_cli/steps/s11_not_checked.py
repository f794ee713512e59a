"""(11) What was not checked. Every report says it, whatever the verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from audit_cli.case import Case, result
from audit_cli.feeds import FeedRecord
from audit_cli.replay.state import FeedState
from audit_cli.rule_file import rules
from audit_cli.steps import StepResult
from audit_cli.steps.s03_openings import Opened
from audit_cli.tables import is_sound

NUMBER = 11
_NOT_IN_THIS_VERSION = "F03–F10, F12–F14, F16, F17, F19"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotChecked:
    """One thing that this audit does not say, Chinese and English."""

    zh: str
    en: str

    def to_json(self) -> dict[str, str]:
        """The object of the report."""
        return {"zh": self.zh, "en": self.en}


def check(
    case: Case, opened: Opened, left_out: tuple[str, ...]
) -> tuple[StepResult, tuple[NotChecked, ...]]:
    """List it. `left_out` are files that the rules could not read."""
    items = tuple(_items(case, opened, left_out))
    return result(NUMBER, len(items), ()), items


def _items(case: Case, opened: Opened, left_out: tuple[str, ...]) -> Iterator[NotChecked]:
    yield from _about_the_chain(case)
    yield from _about_personal_values(opened)
    yield from _about_sources(case, opened)
    yield from _about_rules(case, left_out)
    yield from _about_feeds(case)


def _about_the_chain(case: Case) -> Iterator[NotChecked]:
    if case.chain is None:
        yield NotChecked(
            zh="没有节点应答:第 4 至 10 步中凡须与链比对的均未核查。",
            en="No node answered: nothing in steps 4 to 10 was compared with the chain.",
        )
        return
    head, time = case.chain.head, datetime.fromtimestamp(case.chain.head_time, UTC)
    yield NotChecked(
        zh=f"本报告只说明数据自锚定以来未被改动(至区块 {head},时间 {time:%Y-%m-%dT%H:%M:%SZ});"
        "锚定之前的来源、生成与存储须另行审查。",
        en=f"This report says that data is unaltered since it was anchored (block {head}, time "
        f"{time:%Y-%m-%dT%H:%M:%SZ}); source, generation and storage before that are examined "
        "apart.",
    )
    yield NotChecked(
        zh=f"只询问了一个节点({_node(case)}),未与其他运营方的节点比对。",
        en=f"One node was asked ({_node(case)}); nodes of other operators were not compared.",
    )
    for name in sorted(case.network.contracts):
        successor = case.replayed.registry.successor(name) if case.replayed else ""
        if successor:
            yield NotChecked(
                zh=f"合约 {name} 已由 {successor} 接替;那里发生的不在本报告内。",
                en=f"{name} was succeeded by {successor}; what happened there is not in this "
                "report.",
            )
    if case.chain.genesis is None:
        yield NotChecked(
            zh="信任锚的起始区块之后没有部署时的治理人事件,治理人按信任锚采信。",
            en="No event of the first governors since first_block; those of the trust anchor "
            "were believed.",
        )


def _node(case: Case) -> str:
    return case.rpc.url if case.rpc is not None else "-"


def _about_personal_values(opened: Opened) -> Iterator[NotChecked]:
    if opened.closed:
        yield NotChecked(
            zh=f"{opened.closed} 个承诺的个人信息未打开:没有提供密钥。",
            en=f"{opened.closed} openings of personal values: no keys were given.",
        )
    if opened.foreign:
        yield NotChecked(
            zh=f"{opened.foreign} 个承诺的个人信息未打开:所在文件没有一行能用所给密钥打开,"
            "应属另一系统。",
            en=f"{opened.foreign} openings of other systems: no line of their files opens with the "
            "keys given.",
        )
    if opened.erased:
        yield NotChecked(
            zh=f"{opened.erased} 个承诺的个人信息无密钥可打开:已依法删除,或密钥不在所给文件里。",
            en=f"{opened.erased} openings without a key: erased lawfully, or not in that file.",
        )


def _about_sources(case: Case, opened: Opened) -> Iterator[NotChecked]:
    sources = [named for named in case.named if named.record.kind == "source"]
    if opened.sources_sealed:
        yield NotChecked(
            zh=f"{opened.sources_sealed} 份原始文件处于封存状态,未打开,未与记录逐格比对。",
            en=f"{opened.sources_sealed} sealed sources were not opened.",
        )
    quarantined = sum(named.fields["quarantined"] for named in sources)
    if quarantined:
        files = "、".join(
            f"{named.fields['name']} {named.fields['quarantined']}"
            for named in sources
            if named.fields["quarantined"]
        )
        yield NotChecked(
            zh=f"{quarantined} 行在入口被隔离,未进入任何批次({files})。",
            en=f"{quarantined} rows were quarantined at the door and are in no run.",
        )
    if sources:
        yield NotChecked(
            zh=f"{len(sources)} 份原始文件未重新解析:记录与原件是否一致须打开原件核对。",
            en=f"{len(sources)} source files were not parsed again.",
        )


def _about_rules(case: Case, unread: tuple[str, ...]) -> Iterator[NotChecked]:
    yield NotChecked(
        zh=f"本版规则:{'、'.join(rule.id for rule in rules())};未含 {_NOT_IN_THIS_VERSION}。",
        en=f"Rules of this version: {', '.join(rule.id for rule in rules())}; not in it: "
        f"{_NOT_IN_THIS_VERSION}.",
    )
    if case.replayed is None:
        return
    left_out = [o.source.path for o in case.outcomes.values() if not is_sound(o)] + [*unread]
    if left_out:
        yield NotChecked(
            zh=f"规则未查以下无法完整读取的明细:{'、'.join(left_out)}。",
            en=f"The rules did not ask files that cannot be read in full: {', '.join(left_out)}.",
        )
    programmes = {named.fields["programme"] for named in _policies(case)}
    known = set(case.replayed.registry.programmes)
    if known - programmes:
        yield NotChecked(
            zh=f"没有政策记录的项目未查 F01、F11、F15:{'、'.join(sorted(known - programmes))}。",
            en=f"Programmes without a policy record were not asked F01, F11, F15: "
            f"{', '.join(sorted(known - programmes))}.",
        )


def _policies(case: Case) -> list[FeedRecord]:
    return [
        record for feed in case.feeds.values() for record in feed.records if record.kind == "policy"
    ]


def _about_feeds(case: Case) -> Iterator[NotChecked]:
    if case.replayed is None:
        return
    for code, state in sorted(case.replayed.state.feeds.items()):
        view = case.feeds.get(code)
        anchored = state.anchors[-1].size if state.anchors else 0
        if view is not None and view.size > anchored:
            yield NotChecked(
                zh=f"数据源 {code} 最后 {view.size - anchored} 项只有检查点签名,尚未锚定。",
                en=f"The last {view.size - anchored} entries of feed {code} are signed but not "
                "anchored.",
            )
        silent = _silent_days(case, state)
        if silent:
            yield NotChecked(
                zh=f"数据源 {code} 已 {silent} 天没有新的锚定,超过所承诺的间隔;"
                "是否本应有新记录,须问该部门。",
                en=f"Feed {code} has been silent for {silent} days, longer than it promised; "
                "whether there was something to say is for its department to answer.",
            )


def _silent_days(case: Case, state: FeedState) -> int:
    """Days since the last anchor where they are more than the cadence, else 0."""
    last = state.anchors[-1].block_time if state.anchors else state.opened_at
    silent = case.chain.head_time - last if case.chain else 0
    return silent // 86_400 if silent > state.cadence_seconds else 0
