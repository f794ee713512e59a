"""Who may speak changes: officers are revoked and seated anew, governors change themselves, a
contract is followed by its successor. What was signed before stays what it was."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from eth_abi.abi import encode

from fundtrail.chain.artifacts import artifact
from fundtrail.chain.deploy import naming_acts
from fundtrail.chain.errors import ContractRefused
from fundtrail.chain.transaction import Call
from fundtrail.enums import Role, Stage
from fundtrail.ids import ZERO32
from fundtrail.network import Contract
from fundtrail.signers import KeySigner
from fundtrail.statements import (
    Allot,
    Approve,
    NameContract,
    Review,
    RevokeOfficer,
    SeatAgency,
    SetGovernors,
    Statement,
)
from fundtrail.sum_tree import TreeKind
from tests.chain.life import WHY, Life, Told, appropriation, fresh, settled_in
from tests.chain.officers import City, new_signer
from tests.chain.trees import elders, hex_of, tree_of


def refused(city: City, act: Statement, signers: Sequence[KeySigner]) -> Told:
    with pytest.raises(ContractRefused) as caught:
        city.relayer.record(city.call(act, *signers))
    return caught.value.refusal.name, dict(caught.value.refusal.args)


def governors(signers: Sequence[KeySigner], threshold: int = 2) -> SetGovernors:
    agencies = ("czj", "sjj", "jcy", "mzj")[: len(signers)]
    return SetGovernors(
        keys=tuple(signer.address for signer in signers), agencies=agencies,
        threshold=threshold, basis=fresh(),
    )  # fmt: skip


def agency(code: str) -> SeatAgency:
    return SeatAgency(agency=code, kind=2, parent="", region=1, name=code, basis=fresh())


def test_governors_change_themselves_and_nobody_else_does(city: City) -> None:
    old, new = city.governors, tuple(new_signer() for _ in range(4))
    change = governors(new, threshold=3)
    low = min(old[:2], key=lambda signer: signer.address)
    assert refused(city, change, old[:1]) == (
        "Registry_SignatureCount",
        {"required": "2", "given": "1"},
    )
    assert refused(city, change, (low, low)) == (
        "Registry_SignersNotRising",
        {"previous": low.address, "next": low.address},
    )
    for weak in (1, 5):
        assert refused(city, governors(new, threshold=weak), old[:2]) == (
            "Registry_Threshold",
            {"threshold": str(weak), "minimum": "2", "governors": "4"},
        )
    one_house = replace(governors(new), agencies=("czj", "sjj", "jcy", "czj"))
    assert refused(city, one_house, old[:2]) == ("Registry_GovernorAgency", {"agency": "czj"})

    city.govern(change)

    seated = city.registry.governors()
    assert (seated.threshold, set(seated.keys)) == (3, {signer.address for signer in new})
    assert refused(city, agency("X-1"), new[:2]) == (
        "Registry_SignatureCount",
        {"required": "3", "given": "2"},
    )
    name, _ = refused(city, agency("X-1"), old)
    assert name == "Registry_NotGovernor"
    assert refused(city, change, new[:3])[0] == "AlreadyRecorded"
    city.relayer.record(city.call(agency("X-1"), *new[1:]))
    city.relayer.record(city.call(governors(old), *new[:3]))
    city.govern(agency("X-2"))


def test_a_revoked_key_signs_nothing_more_and_its_holder_gets_another_one(life: Life) -> None:
    tree = tree_of(*elders("revoked"))
    root, total = tree.root.root, tree.root.total_fen
    life.seat("leaver", "mzj-qu", 61, Role.REVIEW | Role.APPROVE)
    life.prepare("R-revoked", tree, life.fund("F-revoked"))
    reviewed = life.act(
        Review(run="R-revoked", root=root, total_fen=total, basis=fresh()), "leaver"
    )
    key = life.officers["leaver"].address
    revoke = RevokeOfficer(key=key, reason=WHY, basis=fresh())
    silent = replace(revoke, reason=ZERO32)
    assert refused(life, silent, life.governors[:2]) == ("Registry_NoReason", {"key": key})

    revoked = life.govern(revoke)

    approve = Approve(run="R-revoked", root=root, total_fen=total, basis=fresh())
    assert life.refused(approve, "leaver") == (
        "Authority_Revoked",
        {"signer": key, "revokedBlock": str(revoked.block)},
    )
    assert life.registry.officer_at(key, reviewed.block).person == 61
    assert life.registry.officer_at(key, revoked.block + 1).person == 0
    again = replace(revoke, basis=fresh())
    assert refused(life, again, life.governors[:2]) == ("Registry_NotSeated", {"key": key})
    life.seat("leaver", "mzj-qu", 61, Role.APPROVE)
    assert life.refused(approve, "leaver") == (
        "FundLedger_SamePerson",
        {"run": "R-revoked", "person": "61"},
    )
    life.act(approve, "approver")
    assert life.ledger.run("R-revoked").stage is Stage.APPROVED


def test_a_ledger_that_was_followed_ends_its_runs_and_takes_no_new_money(city: City) -> None:
    old = Life(
        network=city.network, rpc=city.rpc, relayer=city.relayer, governors=city.governors,
        officers=city.officers,
    )  # fmt: skip
    for named in naming_acts(city.network, fresh()):
        city.govern(named)
    old.act(appropriation("A-1", "old-2026", 200_000), "budget")
    old.pass_on("old-2026", "old-qu", 200_000)
    tree = tree_of(*elders("succeeded"))
    old.pay("R-old", tree, "old-qu")

    successor = _another_ledger(old)
    following = NameContract(name="FundLedger", at=successor, basis=fresh())
    nowhere = replace(following, at=new_signer().address)
    assert refused(old, nowhere, old.governors[:2]) == ("Registry_NoContract", {"at": nowhere.at})
    old.govern(following)

    late: Allot = appropriation("A-2", "old-2026", 1)
    assert old.refused(late, "budget") == (
        "Authority_Superseded",
        {"name": "FundLedger", "successor": successor},
    )
    old.settle("B-old", "R-old", settled_in(tree, TreeKind.CREDITED))
    assert old.ledger.run("R-old").stage is Stage.SETTLED
    back = NameContract(name="FundLedger", at=old.ledger.address, basis=fresh())
    assert refused(old, back, old.governors[:2]) == (
        "Registry_NamedBefore",
        {"name": "FundLedger", "at": old.ledger.address},
    )
    contracts = {
        **old.network.contracts,
        "FundLedger": Contract(address=successor, code_hash=hex_of(ZERO32)),
    }
    network = replace(old.network, contracts=contracts)
    renewed = replace(
        old, network=network, relayer=type(old.relayer)(network, old.rpc, new_signer())
    )
    renewed.act(appropriation("A-1", "new-2026", 1_000), "budget")
    assert renewed.ledger.fund("new-2026").available_fen == 1_000


def _another_ledger(life: Life) -> str:
    """A second FundLedger over the same registry and evidence log."""
    wiring = encode(["address", "address"], [life.registry.address, life.log.address])
    creation = artifact("FundLedger").creation_code + wiring
    return life.relayer.record(Call(to="", data=creation)).created
