"""Any single byte changed in any evidence file is found, and the file is named."""

import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from audit_cli.chain_view import ChainView, read_chain
from audit_cli.feeds import FeedView, read_feed
from audit_cli.replay.replay import replay
from audit_cli.replay.state import FeedState
from audit_cli.report import Exit, Report
from fundtrail.chain.rpc import Rpc
from tests.audit_cli.conftest import Spoiled, named
from tests.scenario import Scenario

LEAVES = ("runs", "rosters", "batches", "openings", "sources")
PLACES = (0.0, 0.3, 0.62, 1.0)
MASKS = (0x01, 0x20, 0x80)
ROLES = ("vkey", "checkpoint", "tile/0", "tile/entries")


def files(evidence: Path, *folders: str) -> list[str]:
    """Every file, or those under `folders`."""
    found = sorted(p.relative_to(evidence).as_posix() for p in evidence.rglob("*") if p.is_file())
    return [path for path in found if not folders or path.startswith(folders)]


def flip_each(spoiled: Spoiled, paths: Iterable[str], place: float) -> None:
    for path in paths:
        size = (spoiled.evidence / path).stat().st_size
        spoiled.flip(path, int(place * (size - 1)))


def assert_all_named(report: Report, paths: Iterable[str]) -> None:
    unnamed = [path for path in paths if not named(report, path)]
    assert unnamed == []
    assert report.exit == Exit.FINDINGS


@pytest.mark.parametrize("place", PLACES)
def test_in_every_lines_openings_and_source_file(spoiled: Spoiled, place: float) -> None:
    paths = files(spoiled.evidence, *LEAVES)
    assert len(paths) > 25
    flip_each(spoiled, paths, place)

    assert_all_named(spoiled.audit(), paths)


@pytest.mark.parametrize("role", ROLES)
def test_in_a_file_of_every_feed(spoiled: Spoiled, role: str) -> None:
    paths = [p for p in files(spoiled.evidence, "feeds") if f"/{role}" in p]
    assert len(paths) == 4
    flip_each(spoiled, paths, 0.5)

    report = spoiled.audit()

    assert_all_named(report, paths)
    assert all(finding.rule != "S09" for path in paths for finding in named(report, path, "S01"))


def test_in_the_statements_and_the_copy_of_the_trust_anchor(spoiled: Spoiled) -> None:
    paths = ["network.toml", *files(spoiled.evidence, "statements")]
    flip_each(spoiled, paths, 0.5)

    assert_all_named(spoiled.audit(), paths)


def test_at_every_offset_of_a_feed(month: Scenario, tmp_path: Path) -> None:
    origin = month.network.origin("treasury")
    folder = tmp_path / "feeds" / origin
    shutil.copytree(month.evidence / "feeds" / origin, folder)
    state = _feed_state(month, "treasury")
    assert _read(month, tmp_path, state).findings == ()

    for path in files(tmp_path):
        whole = (tmp_path / path).read_bytes()
        for offset in range(0, len(whole), 1 if len(whole) < 700 else 5):
            other = whole[offset] ^ MASKS[offset % len(MASKS)]
            changed = whole[:offset] + bytes([other]) + whole[offset + 1 :]
            (tmp_path / path).write_bytes(changed)
            view = _read(month, tmp_path, state)
            assert path in {f.evidence["file"] for f in view.findings}, (path, offset)
        (tmp_path / path).write_bytes(whole)


def test_at_many_offsets_of_the_statements(spoiled: Spoiled) -> None:
    """Every seventh byte of one line, in pieces: a case per audit would take minutes."""
    path = files(spoiled.evidence, "statements")[0]
    lines = (spoiled.evidence / path).read_bytes().splitlines(keepends=True)
    length = len(lines[40])
    offsets = list(range(0, length, 7))
    for start in range(0, len(offsets), len(lines)):
        spoiled_lines = [bytearray(line) for line in lines]
        touched = []
        for number, offset in enumerate(offsets[start : start + len(lines)]):
            if offset < len(spoiled_lines[number]) - 1:  # a newline lost would join two lines
                spoiled_lines[number][offset] ^= 1
                touched.append(number + 1)
        (spoiled.evidence / path).write_bytes(b"".join(spoiled_lines))
        found = {finding.evidence.get("line") for finding in named(spoiled.audit(), path)}
        assert set(touched) <= found


def test_a_lost_newline_between_two_statements(spoiled: Spoiled) -> None:
    path = files(spoiled.evidence, "statements")[0]
    data = (spoiled.evidence / path).read_bytes()
    spoiled.flip(path, data.index(b"\n"))

    assert any(finding.evidence["line"] == 1 for finding in named(spoiled.audit(), path, "S02"))


def test_an_altered_entry_is_named_with_its_place_and_both_hashes(spoiled: Spoiled) -> None:
    [path] = files(spoiled.evidence, f"feeds/{spoiled.month.network.origin('bank-a')}/tile/entries")
    spoiled.flip(path, (spoiled.evidence / path).stat().st_size - 3)

    [finding] = named(spoiled.audit(), path, "S01")

    last = int(path.rpartition("/")[2])
    assert finding.evidence["line"] == last
    assert finding.evidence["expected"] != finding.evidence["computed"]


def _feed_state(month: Scenario, code: str) -> FeedState:
    with Rpc(month.network.rpc_urls) as rpc:
        chain: ChainView = read_chain(month.network, rpc)
    return replay(chain.acts, month.network.governors).state.feeds[code]


def _read(month: Scenario, evidence: Path, state: FeedState) -> FeedView:
    return read_feed(
        evidence,
        network=month.network.name,
        code=state.code,
        vkey_digest=state.vkey_digest,
        anchors={anchor.size: anchor.root for anchor in state.anchors},
    )


def test_a_vkey_of_another_owner_is_not_the_one_that_was_opened(spoiled: Spoiled) -> None:
    """A whole feed signed again by another key: consistent in itself, and not the one opened."""
    origin = spoiled.month.network.origin("bank-a")
    vkey = spoiled.evidence / "feeds" / origin / "vkey"
    other = spoiled.evidence / "feeds" / spoiled.month.network.origin("treasury") / "vkey"
    vkey.write_bytes(other.read_bytes())

    findings = named(spoiled.audit(), f"feeds/{origin}/vkey", "S01")

    assert sha256(other.read_bytes()).hexdigest() in {f.evidence["computed"] for f in findings}
