"""What cannot be taken goes to quarantine by its address, and the rest goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundtrail.openings import open_opening, open_source
from fundtrail.records import record_from_bytes
from oracles.errors import ContextError, SubjectClosed
from oracles.oracle import Ingested, Oracle
from tests.oracles.department_files import (
    DEATH,
    NOTICE,
    RESULT,
    ROSTER,
    Elder,
    elders,
    write_csv,
    write_notice,
    write_result,
    write_roster,
)
from tests.oracles.offline import make_oracle, openings_of

TOLD = {"run": "R-1", "region": "190102001", "period": "2026-10"}
NOTICED = {"notice": "N-1", "region": "190102001", "period": "2026-10"}


@pytest.fixture
def oracle(tmp_path: Path) -> Iterator[Oracle]:
    sources = ("roster", "notice", "deaths", "bank-result-csv", "vouchers", "policy")
    with make_oracle(tmp_path / "oracle", sources) as oracle:
        yield oracle


def found(taken: Ingested) -> list[tuple[str, str]]:
    return [(entry.cell, entry.rule) for entry in taken.quarantine]


@pytest.mark.parametrize(
    ("changed", "cell", "rule"),
    [
        ({"公民身份号码": 190102194501010000}, "D4", "id-number-rounded"),
        ({"公民身份号码": "190102194501010010"}, "D4", "id-number-checksum"),
        ({"公民身份号码": "19010219450101"}, "D4", "id-number-shape"),
        ({"公民身份号码": None}, "D4", "value-missing"),
        ({"申请编号": "申请一"}, "B4", "value-not-code"),
        ({"年龄": "八十一"}, "G4", "value-not-number"),
        ({"发放金额(元)": "150元整"}, "I4", "value-not-money"),
        ({"出生日期": "45年1月1日"}, "F4", "value-not-date"),
        ({"银行账号": 6222020200112233445}, "K4", "number-rounded"),
        ({"银行账号": "6222-0202-00x1"}, "K4", "value-not-digits"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_its_address(
    oracle: Oracle, tmp_path: Path, changed: dict[str, object], cell: str, rule: str
) -> None:
    first, second = elders(2)
    file = write_roster(tmp_path / "r.xlsx", [first.roster_row(**changed), second.roster_row()])
    taken = oracle.ingest("roster", file, name="civil/roster/1.xlsx", **TOLD)
    assert found(taken) == [(cell, rule)]
    entry = taken.quarantine[0]
    assert (entry.file, entry.sheet, entry.row) == ("civil/roster/1.xlsx", "发放名册", 4)
    assert entry.column == next(iter(changed))
    assert entry.todo_zh
    assert entry.todo_en
    assert (taken.rows, taken.quarantined, taken.refused) == (2, 1, False)
    assert oracle.journal.value("SELECT count(*) FROM lines") == 1


def test_every_wrong_cell_of_a_row_is_named_at_once(oracle: Oracle, tmp_path: Path) -> None:
    row = elders(1)[0].roster_row(公民身份号码="1", 年龄="x", 银行账号="y")
    taken = oracle.ingest("roster", write_roster(tmp_path / "r.xlsx", [row]), **TOLD)
    assert [cell for cell, _ in found(taken)] == ["D4", "G4", "K4"]
    assert taken.quarantined == 1


def test_the_second_row_of_one_duty_is_a_duplicate_in_its_file(
    oracle: Oracle, tmp_path: Path
) -> None:
    first, second = elders(2)
    twice = second.roster_row(公民身份号码=first.id_number)
    file = write_roster(tmp_path / "r.xlsx", [first.roster_row(), twice])
    assert found(oracle.ingest("roster", file, **TOLD)) == [("D5", "duplicate-in-file")]


def test_the_same_person_in_two_streets_goes_through(oracle: Oracle, tmp_path: Path) -> None:
    row = elders(1)[0].roster_row()
    for street in ("190102001", "190103001"):
        file = write_roster(tmp_path / f"{street}.xlsx", [[*row[:-1], f"{street} 街道"]])
        told = {**TOLD, "run": f"{street}-R", "region": street}
        assert not oracle.ingest("roster", file, **told).quarantine
    ids = oracle.journal.rows("SELECT DISTINCT payment_id FROM lines")
    assert len(list(ids)) == 1


def test_a_row_with_more_cells_than_the_header_has_shifted(oracle: Oracle, tmp_path: Path) -> None:
    death = ["BZ1", "张甲", elders(1)[0].id_number, "2026-09-01", "殡葬管理所", "2026-09-03"]
    file = write_csv(
        tmp_path / "d.csv", DEATH, [death, [*death[:4], "一所", *death[4:]]], "gb18030"
    )
    taken = oracle.ingest("deaths", file)
    assert found(taken) == [("F3", "value-not-date"), ("G3", "row-too-long")]


def test_a_bank_line_of_another_run_is_not_taken(oracle: Oracle, tmp_path: Path) -> None:
    people = elders(3)
    roster = write_roster(tmp_path / "r.xlsx", [p.roster_row() for p in people[:2]])
    oracle.ingest("roster", roster, **TOLD)
    oracle.prepare.run("R-1", fund="F", document="文")
    result = write_result(tmp_path / "b.csv", "R-1", people, returned=[2])
    taken = oracle.ingest("bank-result-csv", result, run="R-1")
    assert found(taken) == [("I4", "not-in-run")]
    assert oracle.prepare.batches("R-1") == ("credited", "returned")


def test_a_word_that_the_bank_never_agreed_is_not_taken_for_success(
    oracle: Oracle, tmp_path: Path
) -> None:
    person = elders(1)[0]
    oracle.ingest("roster", write_roster(tmp_path / "r.xlsx", [person.roster_row()]), **TOLD)
    oracle.prepare.run("R-1", fund="F", document="文")
    row = [
        "R-1",
        "1",
        person.name,
        "900001",
        "150.00",
        "处理中",
        "",
        "20261008",
        person.application,
    ]
    taken = oracle.ingest(
        "bank-result-csv", write_csv(tmp_path / "b.csv", RESULT, [row], "gb18030"), run="R-1"
    )
    assert found(taken) == [("F2", "value-unknown")]


# Whole files.


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_file_in_another_encoding_is_refused_as_a_whole(
    oracle: Oracle, tmp_path: Path, encoding: str
) -> None:
    file = write_csv(tmp_path / "n.csv", NOTICE, [["文"] * len(NOTICE)], encoding)
    taken = oracle.ingest("notice", file, **NOTICED)
    assert (taken.refused, found(taken)) == (True, [("", "file-encoding")])
    assert "UTF-8" in taken.quarantine[0].detail


def test_utf8_where_gb18030_was_agreed_is_named_for_what_it_is(
    oracle: Oracle, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "d.csv", DEATH, [["一"] * 6], "utf-8")
    taken = oracle.ingest("deaths", file)
    assert found(taken) == [("", "file-encoding")]
    assert "收到 got UTF-8" in taken.quarantine[0].detail


def test_a_missing_column_is_named(oracle: Oracle, tmp_path: Path) -> None:
    header = [title for title in DEATH if title != "死亡日期"]
    file = write_csv(tmp_path / "d.csv", header, [["一"] * 5], "gb18030")
    taken = oracle.ingest("deaths", file)
    assert found(taken) == [("", "file-missing-column")]
    assert taken.quarantine[0].column == "死亡日期"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "file-empty"),
        (",".join(NOTICE).encode() + b"\n", "file-empty"),
        (",".join(NOTICE).encode() + b'\n"' + "一,".encode() * 9, "file-damaged"),
        ((",".join(NOTICE) + ",姓名\n一").encode(), "file-ambiguous-column"),
    ],
)
def test_a_csv_file_that_is_none_is_refused(
    oracle: Oracle, tmp_path: Path, data: bytes, rule: str
) -> None:
    file = tmp_path / "n.csv"
    file.write_bytes(data)
    assert found(oracle.ingest("notice", file, **NOTICED)) == [("", rule)]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", "序号,申请编号".encode()])
def test_a_workbook_that_is_none_is_refused(oracle: Oracle, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "r.xlsx"
    file.write_bytes(data)
    assert found(oracle.ingest("roster", file, **TOLD)) == [("", "file-damaged")]


def test_a_refused_file_leaves_no_row_behind_but_a_trace_in_the_feed(
    oracle: Oracle, tmp_path: Path
) -> None:
    file = write_notice(tmp_path / "n.csv", elders(3))
    file.write_bytes(file.read_bytes() + b'"torn')
    taken = oracle.ingest("notice", file, **NOTICED)
    assert (taken.refused, taken.rows, found(taken)) == (True, 0, [("", "file-damaged")])
    assert oracle.journal.value("SELECT count(*) FROM lines") == 0
    entries = [record_from_bytes(entry) for entry in oracle.feed.reader().entries()]
    assert [(e.kind, e.fields["rows"], e.fields["quarantined"]) for e in entries] == [
        ("source", 0, 0)
    ]


def test_a_refused_file_is_read_again_once_the_mapping_knows_it(
    oracle: Oracle, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "d.csv", DEATH, [], "gb18030")
    row = ["BZ1", "张甲", elders(1)[0].id_number, "2026-09-01", "所", "2026-09-03"]
    write_csv(file, [*DEATH[:3], "亡故日期", *DEATH[4:]], [row], "gb18030")
    assert oracle.ingest("deaths", file).refused
    assert oracle.ingest("deaths", file).already

    mapping = oracle.settings.mapping_path("deaths")
    text = mapping.read_text(encoding="utf-8")
    text = text.replace('"死亡日期"', '["死亡日期", "亡故日期"]').replace(
        "version = 1", "version = 2"
    )
    mapping.write_text(text, encoding="utf-8")
    taken = oracle.ingest("deaths", file)
    assert (taken.refused, taken.already, taken.rows) == (False, False, 1)
    assert not oracle.quarantine()


# What is harmless is borne.


def test_titles_blank_rows_and_wide_characters_do_no_harm(oracle: Oracle, tmp_path: Path) -> None:
    first, second = elders(2)
    header = [*ROSTER[:8], " 发放金额（元） ", *ROSTER[9:]]
    rows = [
        first.roster_row(姓名="张甲　", 联系电话="１０９０００００００１"),
        [None] * 13,
        second.roster_row(出生日期="1945/1/1", 联系电话=None),
    ]
    taken = oracle.ingest("roster", write_roster(tmp_path / "r.xlsx", rows, header), **TOLD)
    assert (taken.rows, taken.quarantined) == (2, 0)


def test_notice_and_roster_of_one_person_carry_one_payment_id(
    oracle: Oracle, tmp_path: Path
) -> None:
    people = elders(3)
    oracle.ingest("notice", write_notice(tmp_path / "n.csv", people), **NOTICED)
    oracle.ingest(
        "roster", write_roster(tmp_path / "r.xlsx", [p.roster_row() for p in people]), **TOLD
    )
    query = "SELECT payment_id, amount_fen, count(*) FROM lines GROUP BY payment_id, amount_fen"
    assert [row[1:] for row in oracle.journal.rows(query)] == [(15_000, 2)] * 3


def test_the_openings_open_to_what_stood_in_the_file(oracle: Oracle, tmp_path: Path) -> None:
    person = elders(1)[0]
    file = write_roster(tmp_path / "r.xlsx", [person.roster_row()])
    oracle.ingest("roster", file, **TOLD)
    record = record_from_bytes(oracle.journal.value("SELECT record FROM lines"))
    key = oracle.person_key(bytes.fromhex(record.fields["payee_ref"]))
    assert key is not None
    opened = {o.group: o.value for o in (open_opening(s, key) for s in openings_of(oracle))}
    assert opened["identity"]["id_number"] == person.id_number
    assert opened["account"]["account"] == f"900001{person.number:013d}"
    assert set(opened) == set(record.commitments) == {"identity", "account", "contact", "place"}


def test_the_raw_file_lies_sealed_in_the_evidence(oracle: Oracle, tmp_path: Path) -> None:
    file = write_roster(tmp_path / "r.xlsx", [elders(1)[0].roster_row()])
    oracle.ingest("roster", file, **TOLD)
    entry = record_from_bytes(next(oracle.feed.reader().entries()))
    sealed = (oracle.evidence / "sources" / entry.fields["sha256"]).read_bytes()
    raw = bytes.fromhex(entry.provenance.file_sha256)
    assert open_source(oracle.keyring.secret("agency"), sealed, raw) == file.read_bytes()


def test_lines_are_closed_once_their_root_is_named(oracle: Oracle, tmp_path: Path) -> None:
    first, second = elders(2)
    oracle.ingest("roster", write_roster(tmp_path / "1.xlsx", [first.roster_row()]), **TOLD)
    oracle.prepare.run("R-1", fund="F", document="文")
    with pytest.raises(SubjectClosed, match="R-1"):
        oracle.ingest("roster", write_roster(tmp_path / "2.xlsx", [second.roster_row()]), **TOLD)


def test_one_file_is_not_taken_for_two_runs(oracle: Oracle, tmp_path: Path) -> None:
    file = write_roster(tmp_path / "r.xlsx", [elders(1)[0].roster_row()])
    assert not oracle.ingest("roster", file, **TOLD).already
    assert oracle.ingest("roster", file, **TOLD).already
    with pytest.raises(ContextError, match="run=R-1"):
        oracle.ingest("roster", file, **{**TOLD, "run": "R-2"})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    wrong=st.lists(
        st.sampled_from(["", "公民身份号码", "年龄", "发放金额(元)"]), min_size=1, max_size=12
    )
)
def test_no_row_is_ever_dropped(wrong: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("rows")
    rows = [
        Elder(number=number).roster_row(**({column: "?"} if column else {}))
        for number, column in enumerate(wrong, 1)
    ]
    with make_oracle(folder / "oracle", ("roster",)) as oracle:
        taken = oracle.ingest("roster", write_roster(folder / "r.xlsx", rows), **TOLD)
        lines = oracle.journal.value("SELECT count(*) FROM lines")
    assert taken.rows == len(wrong) == lines + taken.quarantined
    assert [entry.row for entry in taken.quarantine] == [
        row for row, column in enumerate(wrong, 4) if column
    ]
