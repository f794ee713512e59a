"""Step 3: personal values behind commitments, with the keys that the auditor was given."""

import json
import sqlite3
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit_cli.openings_keys import OpeningKeys, read_opening_keys
from fundtrail.errors import KeyFileError
from fundtrail.ids import payee_ref
from fundtrail.openings import wrap_person_key
from fundtrail.signers import write_keystore
from tests.audit_cli.conftest import Spoiled, audit, named
from tests.audit_cli.test_any_byte import files
from tests.scenario import STREETS, Scenario, secret


def person_keys(month: Scenario) -> dict[bytes, tuple[bytes, ...]]:
    """The keys of everybody in street 1, by payee reference."""
    payees = sorted({p.payee for p in month.payments if p.street == STREETS[0]})
    return {
        payee_ref(month.linkage_key, payee): (secret(f"person/{STREETS[0]}/{number}"),)
        for number, payee in enumerate(payees)
    }


def test_what_the_keys_open_is_checked_and_the_rest_counted(month: Scenario) -> None:
    keys = OpeningKeys(agency=month.agency_key, persons=person_keys(month))

    report = audit(month, month.evidence, keys=keys)

    assert report.verdict == "verified"
    checked = report.steps[3].checked
    openings_of_street_1 = 2 * (5 + 5 + 1)  # notice, run, reissue: two groups each
    sources = len(files(month.evidence, "sources"))
    assert checked == openings_of_street_1 + sources
    assert any("24 openings without a key: erased lawfully" in i.en for i in report.not_checked)


def test_a_key_that_does_not_open_is_a_finding_with_its_line(month: Scenario) -> None:
    persons = person_keys(month)
    wrong = persons | {min(persons): (secret("another"),)}

    findings = audit(
        month, month.evidence, keys=OpeningKeys(agency=month.agency_key, persons=wrong)
    ).findings

    assert findings
    assert {finding.rule for finding in findings} == {"S03"}
    assert all(finding.evidence["line"] for finding in findings)


def test_keys_of_another_system_say_nothing_against_a_file(month: Scenario) -> None:
    strangers = {ref: (secret("another system"),) for ref in person_keys(month)}

    report = audit(
        month, month.evidence, keys=OpeningKeys(agency=month.agency_key, persons=strangers)
    )

    assert report.verdict == "verified"
    assert any("22 openings of other systems" in item.en for item in report.not_checked)


def test_a_person_may_have_a_key_in_each_system(month: Scenario) -> None:
    both = {ref: (secret("another system"), *keys) for ref, keys in person_keys(month).items()}

    report = audit(month, month.evidence, keys=OpeningKeys(agency=month.agency_key, persons=both))

    assert report.verdict == "verified"
    assert report.steps[3].checked > 22


def test_another_agencys_key_leaves_sources_sealed(month: Scenario) -> None:
    keys = OpeningKeys(agency=secret("another agency"), persons={})

    report = audit(month, month.evidence, keys=keys)

    sources = len(files(month.evidence, "sources"))
    assert any(f"{sources} sealed sources were not opened." in i.en for i in report.not_checked)


def test_a_named_file_that_is_no_openings_file(spoiled: Spoiled) -> None:
    path = files(spoiled.evidence, "openings")[0]
    pq.write_table(pa.table({"x": [1]}), spoiled.evidence / path)

    assert named(spoiled.audit(), path, "S01")  # its digest is wrong: it is not even opened


def test_key_files_in_every_form(
    month: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency = month.agency_key
    wrapped = {ref: wrap_person_key(agency, key) for ref, (key,) in person_keys(month).items()}
    (tmp_path / "agency.hex").write_text(agency.hex() + "\n")
    write_keystore(tmp_path / "agency.json", agency, "open sesame", iterations=1_000)
    (tmp_path / "persons.json").write_text(
        json.dumps({ref.hex(): key.hex() for ref, key in wrapped.items()})
    )
    with sqlite3.connect(tmp_path / "journal.sqlite") as journal:
        journal.execute("CREATE TABLE people (payee_ref BLOB PRIMARY KEY, wrapped BLOB)")
        journal.executemany("INSERT INTO people VALUES (?, ?)", wrapped.items())
    journal.close()
    monkeypatch.setenv("FUNDTRAIL_AUDIT_PASSPHRASE", "open sesame")

    expected = OpeningKeys(agency=agency, persons=person_keys(month))
    for agency_file in ("agency.hex", "agency.json"):
        for persons in ("persons.json", "journal.sqlite"):
            assert read_opening_keys(tmp_path / agency_file, [tmp_path / persons]) == expected
    twice = [tmp_path / "persons.json", tmp_path / "journal.sqlite"]
    held = read_opening_keys(tmp_path / "agency.hex", twice).persons
    assert {len(keys) for keys in held.values()} == {2}


def test_a_wrong_key_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "agency.hex").write_text("00" * 32)
    (tmp_path / "persons.json").write_text("[]")
    with pytest.raises(KeyFileError, match=r"persons\.json: expected person keys"):
        read_opening_keys(tmp_path / "agency.hex", [tmp_path / "persons.json"])
    with pytest.raises(KeyFileError, match="nowhere"):
        read_opening_keys(tmp_path / "nowhere", [])


def test_keys_are_never_printed(month: Scenario) -> None:
    keys = OpeningKeys(agency=month.agency_key, persons={})
    assert month.agency_key.hex() not in repr(keys)
    assert repr(month.agency_key) not in repr(keys)
