"""The page: self-contained, readable without a script, the same figures as the report."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from audit_cli.html_report import to_html
from audit_cli.sankey import AVAILABLE, CREDITED, OUTSTANDING, REISSUED, RETURNED, links
from tests.audit_cli.conftest import Spoiled, audit
from tests.audit_cli.test_altered_amount import RUN, change_amounts
from tests.scenario import Scenario

_ECHARTS = Path("node_modules/echarts/dist/echarts.min.js")


class Page(HTMLParser):
    """What stands outside scripts and styles, and every address that would be fetched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.by_id: dict[str, str] = {}
        self._quiet, self._id = 0, ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._quiet += tag in ("script", "style")
        for name, value in attrs:
            if name in ("src", "href", "action", "poster", "data"):
                self.addresses.append(str(value))
            if name == "id":
                self._id = str(value)

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.words.append(data)
            self.by_id[self._id] = self.by_id.get(self._id, "") + data

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


@pytest.fixture(scope="module")
def html(month: Scenario) -> str:
    return to_html(audit(month, month.evidence))


def test_nothing_is_fetched(html: str) -> None:
    assert Page(html).addresses == []
    assert "default-src 'none'" in html
    assert "@import" not in html.partition("</style>")[0]
    assert "url(" not in html.partition("</style>")[0]


def test_the_verdict_stands_on_top(html: str) -> None:
    page = Page(html)
    assert 'data-verdict="verified"' in html
    assert page.text.index("已核实:未发现问题") < page.text.index("资金流向")
    assert "资金收支平衡 money in = money out" in page.text


def test_without_a_script_the_tables_say_everything(html: str) -> None:
    page = Page(html)
    assert "第1街道办事处" in page.by_id["funds"]
    assert "10,000.00" in page.by_id["funds"]
    assert "状态机重放" in page.by_id["steps"]
    assert "先核实死亡信息" in page.by_id["rules"]
    assert "unaltered since it was anchored" in page.by_id["not-checked"]


def test_findings_stand_there_with_their_evidence(spoiled: Spoiled) -> None:
    change_amounts(spoiled.evidence / f"runs/{RUN}/lines.parquet", {2: 1})

    page = Page(to_html(spoiled.audit()))

    assert "有发现,须由人核查" in page.text
    assert "已证实第 2 行金额被改" in page.by_id["findings"]
    assert "computed_total_fen" in page.by_id["findings"]


def test_words_from_the_evidence_cannot_become_markup(spoiled: Spoiled) -> None:
    (spoiled.evidence / "<script>alert(1)<script>").write_bytes(b"x")

    html = to_html(spoiled.audit())

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_picture_keeps_every_fen(month: Scenario) -> None:
    report = audit(month, month.evidence)
    assert report.money is not None
    flow = links(report.money)
    into = {name: sum(x.fen for x in flow if x.target == name) for name in
            (CREDITED, RETURNED, REISSUED, OUTSTANDING, AVAILABLE)}  # fmt: skip

    assert into[REISSUED] == into[RETURNED] == 18_000
    assert into[CREDITED] + into[REISSUED] == report.money.credited_fen
    assert into[OUTSTANDING] == report.money.outstanding_fen
    assert into[AVAILABLE] == report.money.available_fen
    for name in {x.source for x in flow} - {"云州市财政局 OAA-2026"}:
        inflow = sum(x.fen for x in flow if x.target == name)
        assert inflow == sum(x.fen for x in flow if x.source == name)


def test_the_picture_is_in_the_page_as_data(html: str) -> None:
    found = re.search(r"var flow = (\{.*\});", html)
    assert found is not None
    flow = json.loads(found.group(1))
    assert {"source": "云州市财政局 OAA-2026", "target": "云州市民政局 OAA-2026-1901",
            "value": 900_000} in flow["links"]  # fmt: skip


def test_without_a_chain_there_is_a_page_too(month: Scenario) -> None:
    report = audit(month, month.evidence, rpc_urls=("http://127.0.0.1:9",))
    page = Page(to_html(report))
    assert "证据不全,无法下结论" in page.text
    assert "没有节点应答" in page.text


def test_the_chart_is_the_published_one_with_its_licence() -> None:
    ours = Path("audit_cli/static/echarts.min.js")
    assert b"Apache License" in ours.read_bytes()[:800]
    assert Path("audit_cli/static/echarts.NOTICE").is_file()
    if not _ECHARTS.exists():
        pytest.skip("echarts is not installed: run `make setup`")
    assert ours.read_bytes() == _ECHARTS.read_bytes()
