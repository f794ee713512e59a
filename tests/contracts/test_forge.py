"""`contracts/forge` says with its exit code what forge says."""

import subprocess
from pathlib import Path

import pytest

FORGE = Path(__file__).resolve().parents[2] / "contracts/forge"


@pytest.mark.parametrize(("command", "code"), [("--version", 0), ("no-such-command", 2)])
def test_the_exit_code_is_forges_own(command: str, code: int) -> None:
    ran = subprocess.run([FORGE, command], capture_output=True, check=False)
    assert ran.returncode == code
