"""Mapping files are checked as a whole before any row is read; errors name file and key."""

from pathlib import Path

import pytest

from oracles.context import check_context
from oracles.errors import ContextError, MappingError
from oracles.mapping_file import SHIPPED, load_mapping, shipped_mapping

NAMES = sorted(path.stem for path in SHIPPED.glob("*.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_mapping_is_one(name: str) -> None:
    assert shipped_mapping(name).label == f"{name}@1"


def test_every_source_of_the_month_has_a_mapping() -> None:
    assert set(NAMES) == {
        "bank-result-csv", "bank-result-xlsx", "deaths", "life-certification", "notice", "policy",
        "reissue", "roster", "vouchers",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("format = 1", "format = 2", "format"),
        ("format = 1", "", "format"),
        ("version = 1", 'version = "1"', "version"),
        ("sealed = true", 'sealed = true\nspeed = "high"', "speed"),
        ('reads = "csv"', 'reads = "xls"', "reads"),
        ('reads = "csv"', 'reads = "xlsx"', "encodings"),
        ('record = "bank-result"', 'record = "entitlement"', "fields"),
        ('record = "bank-result"', 'record = "payment"', "record"),
        ('lines = "batch"', 'lines = "list"', "lines"),
        ('encodings = ["gb18030"]', 'encodings = ["gb9"]', "encodings"),
        ('encodings = ["gb18030"]', "encodings = []", "encodings"),
        ('context = ["run"]', 'context = ["month"]', "context"),
        ('context = ["run"]', "context = []", "context"),
        ('dates = ["2026-10-08"', 'dates = ["10/08/2026"', "dates"),
        ('amount = "amount"', 'amount = "serial"', "amount"),
        ('application = "application"', 'application = "outcome"', "application"),
        ('type = "choice"', 'type = "word"', r"columns\.outcome\.type"),
        ('values = { "成功"', 'words = { "成功"', r"columns\.outcome"),
        ('{ title = "户名" }', '{ title = "" }', "columns"),
        ('{ title = "户名" }', '{ title = "账 号" }', "columns"),
        ('{ title = "户名" }', '{ type = "text" }', r"columns\.account_name\.title"),
        ("account_name = {", "agency = {", r"columns\.agency"),
        ('bank = "{agency}"', 'bank = "{bank_code}"', r"fields\.bank"),
        ('run = "{run}"', "run = 1.5", r"fields\.run"),
        ('run = "{run}"', "", "fields"),
        ('case = ["serial", "batch_number"]', 'case = ["serie"]', r"groups\.case"),
        ('case = ["serial", "batch_number"]', 'cases = ["serial"]', r"groups\.cases"),
        ("format = 1", "format = ", "TOML"),
    ],
)
def test_a_wrong_mapping_is_refused_by_file_and_key(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    good = (SHIPPED / "bank-result-csv.toml").read_text(encoding="utf-8")
    assert old in good
    path = tmp_path / "mine.toml"
    path.write_text(good.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MappingError, match=rf"^mine\.toml: .*{key}"):
        load_mapping(path)


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"nothing\.toml"):
        load_mapping(tmp_path / "nothing.toml")


def test_a_payment_needs_what_its_id_is_made_of(tmp_path: Path) -> None:
    good = (SHIPPED / "roster.toml").read_text(encoding="utf-8")
    path = tmp_path / "roster.toml"
    path.write_text(good.replace('payee = "id_number"', 'payee = "phone"'), encoding="utf-8")
    with pytest.raises(MappingError, match=r"payee: .*resident-id"):
        load_mapping(path)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"run": "R-1", "region": "1"}, "period"),
        ({"run": "R-1", "region": "1", "period": "2026-13"}, "period"),
        ({"run": "R 1", "region": "1", "period": "2026-10"}, "run"),
        ({"run": "R-1", "region": "1", "period": "2026-10", "notice": "N"}, "notice"),
        ({"run": "R-1", "region": "", "period": "2026-10"}, "region"),
    ],
)
def test_what_must_be_told_with_a_file_is_asked_for(told: dict[str, str], name: str) -> None:
    with pytest.raises(ContextError, match=f"^{name}: "):
        check_context(shipped_mapping("roster"), told)
