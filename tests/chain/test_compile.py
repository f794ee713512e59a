"""The committed artifacts are what the sources compile to, whoever compiles them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from fundtrail.chain import compile as compiler
from fundtrail.chain.errors import ArtifactError


@pytest.fixture(scope="module")
def fresh() -> dict[str, bytes]:
    return compiler.compile_contracts()


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the committed artifacts that a test may spoil."""
    artifacts = tmp_path / "artifacts"
    shutil.copytree(compiler.ARTIFACTS, artifacts)
    monkeypatch.setattr(compiler, "ARTIFACTS", artifacts)
    return artifacts


def test_the_committed_artifacts_are_a_fresh_compile(fresh: dict[str, bytes]) -> None:
    assert compiler.differences(fresh) == []
    assert {"EvidenceLog.json", "FundLedger.json", "Registry.json"} <= fresh.keys()


def test_forge_makes_the_same_code_from_the_same_configuration(fresh: dict[str, bytes]) -> None:
    forge = compiler.PROJECT / "node_modules" / ".bin" / "forge"
    subprocess.run(
        [forge, "build", compiler.configuration()["src"]],
        cwd=compiler.PROJECT,
        check=True,
        capture_output=True,
    )
    out = compiler.PROJECT / compiler.configuration()["out"]
    for name, content in fresh.items():
        ours = json.loads(content)
        contract = ours["contract"]
        theirs = json.loads((out / f"{contract}.sol" / name).read_text(encoding="utf-8"))
        assert ours["bytecode"] == theirs["bytecode"]["object"], contract
        assert ours["deployed_bytecode"] == theirs["deployedBytecode"]["object"], contract


def test_a_changed_artifact_is_named(copy: Path, fresh: dict[str, bytes]) -> None:
    registry = copy / "Registry.json"
    registry.write_bytes(registry.read_bytes().replace(b'"0x60', b'"0x61', 1))
    assert compiler.differences(fresh) == ["differs   Registry.json"]


def test_a_missing_artifact_is_named(copy: Path, fresh: dict[str, bytes]) -> None:
    (copy / "Registry.json").unlink()
    assert compiler.differences(fresh) == ["missing   Registry.json"]


def test_the_artifact_of_a_contract_that_is_gone_is_named(
    copy: Path, fresh: dict[str, bytes]
) -> None:
    (copy / "Mint.json").write_text("{}")
    assert compiler.differences(fresh) == ["leftover  Mint.json"]


def test_a_source_that_does_not_compile_is_refused_with_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = {"contracts/src/A.sol": "contract A { int }"}
    monkeypatch.setattr(compiler, "sources", lambda _profile: broken)
    with pytest.raises(ArtifactError, match=r"contracts/src/A\.sol:1:"):
        compiler.compile_contracts()
