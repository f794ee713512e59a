"""fundtrail-audit as an auditor types it: forms, exit codes, errors that say what to do."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from audit_cli.cli import app
from fundtrail.chain.anvil import free_port
from fundtrail.evidence import lines_path, read_lines
from fundtrail.receipts import ReceiptBatch, ReceiptLine, build_receipt
from fundtrail.sum_tree import SumTree, TreeKind
from tests.audit_cli.conftest import Spoiled
from tests.audit_cli.test_altered_amount import RUN, change_amounts
from tests.scenario import Payment, Scenario


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def where(month: Scenario, evidence: Path | None = None) -> tuple[object, ...]:
    return ("--network", month.network_path, "--evidence", evidence or month.evidence)


# verify


def test_verify_in_text_says_chinese_first_and_exits_0(month: Scenario) -> None:
    result = ask("verify", *where(month))

    assert result.exit_code == 0
    assert result.stdout.startswith("资金审计 Fundtrail audit · yunzhou")
    assert "结论 verdict: 已核实:未发现问题 verified, nothing found" in result.stdout
    assert "下达 in 10,000.00 = 已到账 credited 935.00" in result.stdout


def test_the_installed_command_does_the_same(month: Scenario) -> None:
    command = Path(sys.executable).with_name("fundtrail-audit")
    line = [str(command), "verify", *map(str, where(month)), "--format", "json"]

    ran = subprocess.run(line, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["verdict"] == "verified"
    assert ran.stderr == ""  # no bar where nobody looks


def test_verify_with_findings_exits_1_and_names_the_line(spoiled: Spoiled) -> None:
    path = f"runs/{RUN}/lines.parquet"
    change_amounts(spoiled.evidence / path, {2: 1})

    result = ask("verify", *where(spoiled.month, spoiled.evidence))

    assert result.exit_code == 1
    assert f"{path}:2" in result.stdout
    assert "有发现,须由人核查" in result.stdout


def test_verify_writes_report_and_page_to_files(month: Scenario, tmp_path: Path) -> None:
    out, page = tmp_path / "report.json", tmp_path / "report.html"

    result = ask("verify", *where(month), "--format", "json", "--out", out, "--html", page)

    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(out.read_text())["steps"][0]["step"] == 0
    assert page.read_text().startswith("<!doctype html>")


def test_unavailable_evidence_exits_3(spoiled: Spoiled) -> None:
    (spoiled.evidence / "network.toml").unlink()
    missing_file = ask("verify", *where(spoiled.month, spoiled.evidence))
    no_folder = ask("verify", *where(spoiled.month, spoiled.evidence / "nowhere"))
    dead = f"http://127.0.0.1:{free_port()}"
    no_node = ask("verify", *where(spoiled.month), "--rpc", dead)

    assert [r.exit_code for r in (missing_file, no_folder, no_node)] == [3, 3, 3]
    assert "缺少文件 network.toml" in missing_file.stdout
    assert "没有存证目录" in no_folder.stderr
    assert "节点没有应答" in no_node.stdout


@pytest.mark.parametrize(
    "wrong",
    [
        ("verify",),
        ("verify", "--as-of", "yesterday"),
        ("verify", "--format", "pdf"),
        ("verify", "--person-keys", "somewhere"),
        ("verify", "--agency-key", "nowhere"),
        ("trace", "123"),
        ("frobnicate",),
    ],
)
def test_usage_exits_2(month: Scenario, wrong: tuple[str, ...]) -> None:
    given = where(month) if len(wrong) > 1 else ()
    assert ask(*wrong, *given).exit_code == 2


def test_a_trust_anchor_that_is_none_exits_2(month: Scenario, tmp_path: Path) -> None:
    other = tmp_path / "network.toml"
    other.write_text("format = 2\n")

    result = ask("verify", "--network", other, "--evidence", month.evidence)

    assert result.exit_code == 2
    assert "expected format 1" in result.stderr


# trace


def test_trace_follows_a_returned_payment_to_its_reissue(month: Scenario) -> None:
    payment = month.payment(outcome="returned")

    result = ask("trace", payment.payment_id.hex(), *where(month), "--format", "json")

    assert result.exit_code == 0
    trail = json.loads(result.stdout)
    steps = [step["step"].split()[0] for step in trail["steps"]]
    assert steps[:4] == ["指标下达", "资金下拨", "资金下拨", "资金下拨"]
    assert steps[4:] == ["公示", "编制", "复核", "审批", "审批", "国库拨付", "银行退回"]
    prepared = trail["steps"][5]
    assert prepared["agency_name"] == "第1街道办事处"
    assert prepared["evidence"]["feed"] == "civil-affairs"
    assert prepared["inclusion"]["proved"] is True
    assert len(prepared["document"]) == 64
    again = month.payment(outcome="credited", attempt=1)
    assert trail["linked"] == [again.payment_id.hex()]


def test_trace_of_the_reissue_points_back(month: Scenario) -> None:
    again = month.payment(outcome="credited", attempt=1)

    result = ask("trace", f"payment:{again.payment_id.hex()}", *where(month))

    assert result.exit_code == 0
    assert "银行入账 credited" in result.stdout
    assert month.payment(outcome="returned").payment_id.hex() in result.stdout
    assert "结论 verdict: 全部证实" in result.stdout


def test_trace_of_an_altered_line_is_not_proved(spoiled: Spoiled) -> None:
    payment = spoiled.month.payment(outcome="credited")
    change_amounts(spoiled.evidence / f"runs/{RUN}/lines.parquet", {1: 1})

    result = ask("trace", payment.payment_id.hex(), *where(spoiled.month, spoiled.evidence))

    assert result.exit_code == 1
    assert "未能证实 not proved: root mismatch" in result.stdout


def test_trace_of_nothing_and_without_a_node_exits_3(month: Scenario) -> None:
    nothing = ask("trace", "00" * 32, *where(month))
    payment = month.payments[0].payment_id.hex()
    dead = f"http://127.0.0.1:{free_port()}"
    no_node = ask("trace", payment, *where(month), "--rpc", dead)

    assert (nothing.exit_code, no_node.exit_code) == (3, 3)
    assert "证据里没有这笔支付" in nothing.stderr


# receipt


def receipt_of(month: Scenario, payment: Payment) -> bytes:
    run = _line(month, TreeKind.RUN, payment.run, payment)
    batch = f"{payment.run}-C"
    credited = _line(month, TreeKind.CREDITED, batch, payment)
    return build_receipt(
        month.network,
        run=payment.run,
        line=run,
        batches=[ReceiptBatch(batch=batch, line=credited)],
        statements=month.statements,
    ).to_bytes()


def _line(month: Scenario, tree: TreeKind, subject: str, payment: Payment) -> ReceiptLine:
    lines = list(read_lines(month.evidence / lines_path(tree, subject)))
    index = [line.payment_id for line in lines].index(payment.payment_id)
    return ReceiptLine(
        payment_id=payment.payment_id,
        amount_fen=lines[index].amount_fen,
        record=lines[index].record,
        inclusion=SumTree([line.line() for line in lines], tree).inclusion(index),
    )


def test_a_receipt_is_proved_offline(month: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(receipt_of(month, month.payment(outcome="credited")))

    result = ask("receipt", file, "--network", month.network_path)
    as_json = ask("receipt", file, "--network", month.network_path, "--format", "json")

    assert result.exit_code == 0
    assert "结论 verdict: 已证实 proved" in result.stdout
    assert "ask a node" in result.stdout
    value = json.loads(as_json.stdout)
    assert value["verdict"] == "verified"
    acts = [act["act"] for act in value["acts"]]
    assert acts[-3:] == ["Approve", "Release", "Settle"]


def test_a_forged_receipt_is_refused(month: Scenario, tmp_path: Path) -> None:
    payment = month.payment(outcome="credited")
    genuine = receipt_of(month, payment)
    amount, forged = f'"amount_fen":"{payment.amount_fen}"', tmp_path / "forged.json"
    forged.write_bytes(genuine.replace(amount.encode(), b'"amount_fen":"99999"', 1))

    result = ask("receipt", forged, "--network", month.network_path)

    assert result.exit_code == 1
    assert "不能证实 not proved" in result.stdout


def test_a_receipt_that_is_not_there_exits_3(month: Scenario, tmp_path: Path) -> None:
    result = ask("receipt", tmp_path / "none.json", "--network", month.network_path)

    assert result.exit_code == 3
    assert "凭条无法读取" in result.stderr
