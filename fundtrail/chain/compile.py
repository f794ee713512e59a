"""Compile the contracts with py-solc-x, as `foundry.toml` says, into the committed artifacts.

    python -m fundtrail.chain.compile           write fundtrail/chain/artifacts/<Contract>.json
    python -m fundtrail.chain.compile --check   exit 1 and name what differs from a fresh compile

Guarantees: the same sources, settings and compiler give the same bytes, on any machine and from any
folder. forge reads the same foundry.toml. What was checked once is not compiled again until a
source, the configuration, the compiler or an artifact changes. Needs the work tree and the
development packages; the product reads only what this wrote.
"""

import argparse
import hashlib
import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import solcx

from fundtrail.chain.errors import ArtifactError

PROJECT = Path(__file__).resolve().parents[2]
ARTIFACTS = Path(__file__).resolve().parent / "artifacts"
CHECKED = PROJECT / "build" / "artifacts.checked"

_OUTPUTS = ["abi", "evm.bytecode.object", "evm.deployedBytecode"]


def configuration() -> dict[str, Any]:
    """The default profile of foundry.toml."""
    profile: dict[str, Any] = tomllib.loads(_text(PROJECT / "foundry.toml"))["profile"]["default"]
    return profile


def settings(profile: Mapping[str, Any]) -> dict[str, Any]:
    """The compiler's settings, as forge derives them from the same profile."""
    return {
        "remappings": profile["remappings"],
        "optimizer": {"enabled": profile["optimizer"], "runs": profile["optimizer_runs"]},
        "evmVersion": profile["evm_version"],
        "viaIR": profile.get("via_ir", False),
        "metadata": {
            "bytecodeHash": profile["bytecode_hash"],
            "appendCBOR": profile["cbor_metadata"],
        },
        "outputSelection": {"*": {"*": _OUTPUTS}},
    }


def sources(profile: Mapping[str, Any]) -> dict[str, str]:
    """Every Solidity file of ours, by its path from the project's root."""
    files = sorted((PROJECT / profile["src"]).rglob("*.sol"))
    return {file.relative_to(PROJECT).as_posix(): _text(file) for file in files}


def compile_contracts() -> dict[str, bytes]:
    """File name → bytes of the artifact, for each `<Contract>.sol` right below `src`."""
    profile = configuration()
    chosen = settings(profile)
    binary = PROJECT / profile["solc"]
    found = {path: {"content": text} for path, text in sources(profile).items()}
    try:
        output = solcx.compile_standard(
            {"language": "Solidity", "sources": found, "settings": chosen},
            solc_binary=binary,
            base_path=PROJECT,
        )
    except solcx.exceptions.SolcError as error:
        raise ArtifactError(f"合约没有编译通过 do not compile:\n{error.message}") from error

    compiler = str(solcx.wrapper.get_solc_version(binary))
    top = {Path(path).stem: path for path in found if Path(path).parent == Path(profile["src"])}
    return {
        f"{name}.json": artifact(name, output["contracts"][path][name], compiler, chosen)
        for name, path in sorted(top.items())
    }


def artifact(
    name: str, compiled: Mapping[str, Any], compiler: str, chosen: Mapping[str, Any]
) -> bytes:
    """One artifact: sorted keys, two spaces, a newline at the end."""
    deployed = compiled["evm"]["deployedBytecode"]
    immutables = deployed.get("immutableReferences", {}).values()
    return _json(
        {
            "contract": name,
            "compiler": compiler,
            "settings_digest": hashlib.sha256(_json(chosen)).hexdigest(),
            "abi": compiled["abi"],
            "bytecode": "0x" + compiled["evm"]["bytecode"]["object"],
            "deployed_bytecode": "0x" + deployed["object"],
            # Where the constructor writes into the deployed code: byte offset and length.
            "immutables": sorted(
                [place["start"], place["length"]] for places in immutables for place in places
            ),
        }
    )


def differences(fresh: Mapping[str, bytes]) -> list[str]:
    """What is wrong with the committed artifacts, one line for each file."""
    kept = {file.name: file.read_bytes() for file in sorted(ARTIFACTS.glob("*.json"))}
    return (
        [f"missing   {name}" for name in fresh.keys() - kept.keys()]
        + [f"leftover  {name}" for name in kept.keys() - fresh.keys()]
        + [f"differs   {name}" for name in fresh.keys() & kept.keys() if fresh[name] != kept[name]]
    )


def check() -> None:
    """Raise ArtifactError unless the committed artifacts are what the sources compile to."""
    state = _state()
    if CHECKED.exists() and CHECKED.read_text() == state:
        return

    if found := differences(compile_contracts()):
        lines = "\n  ".join(sorted(found))
        raise ArtifactError(
            f"合约产物不是最新,请运行 make artifacts. Expected a fresh compile, got:\n  {lines}"
        )
    _remember(state)


def write() -> list[str]:
    """Write the artifacts, remove those of contracts that are gone, name what is there now."""
    fresh = compile_contracts()
    ARTIFACTS.mkdir(exist_ok=True)
    for file in ARTIFACTS.glob("*.json"):
        if file.name not in fresh:
            file.unlink()
    for name, content in fresh.items():
        (ARTIFACTS / name).write_bytes(content)

    _remember(_state())
    return list(fresh)


def _state() -> str:
    """A digest of all that decides the answer of `check`."""
    profile = configuration()
    files = [PROJECT / "foundry.toml", PROJECT / "package-lock.json", PROJECT / profile["solc"]]
    files += [PROJECT / path for path in sources(profile)]
    files += [Path(__file__), *sorted(ARTIFACTS.glob("*.json"))]

    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(PROJECT)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _remember(state: str) -> None:
    CHECKED.parent.mkdir(exist_ok=True)
    CHECKED.write_text(state)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, sort_keys=True) + "\n").encode()


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m fundtrail.chain.compile")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    try:
        if parser.parse_args().check:
            check()
        else:
            names = " ".join(write())
            sys.stdout.write(f"已写入 wrote {names}\n")
    except ArtifactError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
