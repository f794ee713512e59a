"""(0) Inputs and policy: is this the network, are these the contracts, is this the trust anchor."""

from collections.abc import Iterator

from audit_cli.case import Case, result
from audit_cli.chain_view import ChainView
from audit_cli.findings import Finding, Severity, altered, missing_file
from audit_cli.steps import StepResult
from fundtrail.chain.network_check import code_hash
from fundtrail.chain.rpc import Rpc
from fundtrail.evidence import file_digest
from fundtrail.ids import sha256

NUMBER = 0
COPY = "network.toml"


def check(case: Case) -> StepResult:
    """Compare the evidence's network.toml, the code of the contracts and the governors."""
    findings = [*case.read_findings(NUMBER), *_check_copy(case)]
    if case.rpc is not None and case.chain is not None:
        findings += _check_code(case, case.rpc)
        findings += _check_governors(case, case.chain)
    return result(NUMBER, 2 + len(case.network.contracts), findings)


def _check_copy(case: Case) -> Iterator[Finding]:
    path = case.evidence / COPY
    if not path.is_file():
        yield missing_file(
            NUMBER, COPY, "证据中的信任锚副本", "the evidence's copy of the trust anchor"
        )
        return
    if path.read_bytes() != case.network_bytes:
        yield altered(
            "S00",
            COPY,
            "与信任锚不一致",
            "not the trust anchor, byte for byte",
            expected=sha256(case.network_bytes).hex(),
            computed=file_digest(path)[0].hex(),
        )


def _check_code(case: Case, rpc: Rpc) -> Iterator[Finding]:
    for name, contract in sorted(case.network.contracts.items()):
        got = code_hash(rpc.code(contract.address))
        if got != contract.code_hash:
            yield Finding(
                rule="S00",
                severity=Severity.CRITICAL,
                subject=f"contract:{name}",
                zh=f"合约 {name} 的代码与信任锚不符:应为 {contract.code_hash},实为 {got}。"
                "该地址所说的一切均不可信。",
                en=f"{name}: other code than the trust anchor names; nothing it says may be "
                "believed.",
                evidence={
                    "address": contract.address,
                    "expected": contract.code_hash,
                    "computed": got,
                },
            )


def _check_governors(case: Case, chain: ChainView) -> Iterator[Finding]:
    if chain.genesis is None:
        return
    named = case.network.governors
    expected = (named.keys, named.agencies, named.threshold)
    got = (chain.genesis.keys, chain.genesis.agencies, chain.genesis.threshold)
    if got != expected:
        yield Finding(
            rule="S00",
            severity=Severity.CRITICAL,
            subject="contract:Registry",
            zh=f"部署时的治理人与信任锚不符:应为 {expected},实为 {got}。",
            en="The governors at deployment are not those of the trust anchor.",
            evidence={
                "block": chain.genesis.block,
                "expected": str(expected),
                "computed": str(got),
            },
        )
