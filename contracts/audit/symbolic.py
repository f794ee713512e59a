"""halmos on contracts/test/symbolic, with its SHA-256 mended. Takes halmos's own options.

halmos 0.3.3 declares the unknown function that stands for the SHA-256 precompile over as many bits
as its argument has bytes, and fails on every contract that uses it. Here it is declared over the
bits. Each length has a function of its own; nothing is assumed about collisions. What it has to
prove goes to solver.py.
"""

import os
import shlex
import sys
from pathlib import Path
from typing import Any

import halmos.sevm
from halmos.__main__ import main
from z3 import BitVecSort

PROJECT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "FOUNDRY_TEST": "contracts/test/symbolic",
    "FOUNDRY_OUT": "build/audit/forge",
    "FOUNDRY_CACHE_PATH": "build/audit/forge-cache",
    "FOUNDRY_LINT": "{lint_on_build=false}",
}

_declare = halmos.sevm.Function


def declare(name: str, *sorts: Any) -> Any:
    """z3's Function, but bytes as bits for `f_sha256_<bytes>`."""
    if name.startswith("f_sha256_"):
        sorts = (BitVecSort(8 * int(name.removeprefix("f_sha256_"))), *sorts[1:])
    return _declare(name, *sorts)


if __name__ == "__main__":
    tools = f"{Path(sys.executable).parent}:{PROJECT / 'contracts'}"
    os.environ |= {**SETTINGS, "PATH": f"{tools}:{os.environ['PATH']}"}
    os.chdir(PROJECT)
    halmos.sevm.Function = declare
    solver = shlex.join([sys.executable, "contracts/audit/solver.py"])
    sys.argv[1:1] = ["--config", "contracts/audit/halmos.toml", "--solver-command", solver]
    sys.exit(main())
