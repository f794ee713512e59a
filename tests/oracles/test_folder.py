"""An oracle's folder: its settings, its lock, and a journal that must agree with its feed."""

import subprocess
import sys
from pathlib import Path

import pytest

from fundtrail.errors import KeyFileError
from fundtrail.records import record_from_bytes
from fundtrail.tiles import FeedWriter
from oracles.errors import JournalError, OracleBusy, SettingsError
from oracles.oracle import Oracle
from oracles.oracle_folder import make_folder
from oracles.settings import Settings, load_settings
from tests.oracles.department_files import DEATH, elders, write_csv, write_vouchers
from tests.oracles.offline import make_oracle, network


def test_one_process_at_a_time_works_in_a_folder(tmp_path: Path) -> None:
    with make_oracle(tmp_path / "o", ("vouchers",)) as oracle, pytest.raises(OracleBusy):
        Oracle.open(oracle.settings.folder, passphrase="pw", network=network())
    with Oracle.open(oracle.settings.folder, passphrase="pw", network=network()):
        pass


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("format = 1", "format = 3", "format"),
        ('agency = "1901-MZJ"', 'agency = "民政局"', "agency"),
        ('feed = "civil-affairs"', "", "feed"),
        ('operator = "王小明"', "operator = 7", "operator"),
        ("cadence_seconds = 86400", "cadence_seconds = 0", "cadence_seconds"),
        ('"feed" = "keys/feed.json"\n', "", "keys.feed"),
        ('"feed" = "keys', '"feeds" = "keys', "keys.feeds"),
        ("format = 1", "format = 1\nspeed = 2", "speed"),
        ("format = 1", "format = = 1", "TOML"),
    ],
)
def test_wrong_settings_are_refused_by_their_key(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    with make_oracle(tmp_path / "o", ("vouchers",)) as oracle:
        path = oracle.settings.folder / "oracle.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingsError, match=key):
        load_settings(tmp_path / "o")


def test_a_source_that_is_not_set_up_is_named_with_those_that_are(tmp_path: Path) -> None:
    with (
        make_oracle(tmp_path / "o", ("vouchers", "deaths")) as oracle,
        pytest.raises(SettingsError, match="deaths、vouchers"),
    ):
        oracle.ingest("death", tmp_path / "d.csv")


def test_another_passphrase_opens_nothing(tmp_path: Path) -> None:
    with make_oracle(tmp_path / "o", ("vouchers",)) as oracle:
        folder = oracle.settings.folder
    file = write_vouchers(tmp_path / "v.csv", [("GK1", "S", "R", "1.00")])
    with (
        Oracle.open(folder, passphrase="guess", network=network()) as oracle,
        pytest.raises(KeyFileError, match=r"\.json"),
    ):
        oracle.ingest("vouchers", file)


def test_a_feed_that_somebody_else_wrote_to_is_noticed(tmp_path: Path) -> None:
    with make_oracle(tmp_path / "o", ("vouchers",)) as oracle:
        oracle.ingest("vouchers", write_vouchers(tmp_path / "1.csv", [("GK1", "S", "R", "1.00")]))
        folder = oracle.evidence / "feeds" / "yunzhou" / "civil-affairs"
        FeedWriter(folder, "yunzhou/civil-affairs", oracle.keyring.feed()).append([b"{}"])
        with pytest.raises(JournalError, match="expected 2 entries in the feed, got 3"):
            oracle.ingest(
                "vouchers", write_vouchers(tmp_path / "2.csv", [("GK2", "S", "R", "1.00")])
            )


def test_a_file_is_one_entry_of_its_own_then_one_for_each_row_in_order(tmp_path: Path) -> None:
    rows = [
        [f"BZ{p.number}", p.name, p.id_number, "2026-09-01", "殡葬管理所", "2026-09-03"]
        for p in elders(3)
    ]
    with make_oracle(tmp_path / "o", ("deaths",)) as oracle:
        oracle.ingest("deaths", write_csv(tmp_path / "d.csv", DEATH, rows, "gb18030"))
        records = [record_from_bytes(entry) for entry in oracle.feed.reader().entries()]
    assert [r.kind for r in records] == ["source", "death", "death", "death", "file"]
    assert [r.provenance.row for r in records] == [0, 2, 3, 4, 0]
    assert records[0].fields["sealed"] is True
    assert (tmp_path / "o" / "evidence" / records[-1].fields["path"]).is_file()


def test_a_new_folder_shares_what_sisters_share_and_nothing_else(tmp_path: Path) -> None:
    def settings(name: str) -> Settings:
        return Settings(
            folder=tmp_path / name, agency="1901-MZJ", feed=name, operator="王", document="文",
            source_system="系统", network="n.toml", evidence="evidence", cadence_seconds=1,
            clock_offset_ms=0, sources={"deaths": "shipped:deaths"},
        )  # fmt: skip

    make_folder(settings("civil"), "pw", iterations=1)
    make_folder(settings("funeral"), "pw", share_with=tmp_path / "civil", iterations=1)
    with (
        Oracle.open(tmp_path / "civil", passphrase="pw", network=network()) as civil,
        Oracle.open(tmp_path / "funeral", passphrase="pw", network=network()) as funeral,
    ):
        for name in ("agency", "linkage", "programme", "feed", "relayer", "officer"):
            same = civil.keyring.secret(name) == funeral.keyring.secret(name)
            assert same == (name in ("agency", "linkage", "programme"))
    with pytest.raises(SettingsError, match="已存在"):
        make_folder(settings("civil"), "pw", iterations=1)


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """The peak of 6,000 rows is that of 1,000 and a little: nothing is kept by row."""
    peaks = [_peak(tmp_path / str(count), count) for count in (1_000, 6_000)]
    assert peaks[1] - peaks[0] < 4_000_000


def _peak(folder: Path, count: int) -> int:
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from tests.oracles.department_files import write_vouchers\n"
        "from tests.oracles.offline import make_oracle\n"
        "folder, count = Path(sys.argv[1]), int(sys.argv[2])\n"
        "rows = ((f'GK{n}', 'S', f'R-{n}', '1.00') for n in range(count))\n"
        "with make_oracle(folder, ('vouchers',)) as oracle:\n"
        "    file = write_vouchers(folder / 'v.csv', rows)\n"
        "    assert oracle.ingest('vouchers', file).rows == count\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)\n"
    )
    command = [sys.executable, "-c", script, str(folder), str(count)]
    project = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    return int(done.stdout)
