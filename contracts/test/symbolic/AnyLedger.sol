// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FundLedger } from "../../src/FundLedger.sol";
import { IEvidenceLog } from "../../src/interfaces/IEvidenceLog.sol";
import { IRegistry } from "../../src/interfaces/IRegistry.sol";
import {
    AgencyId,
    ContractName,
    FundId,
    PersonId,
    ProgrammeId,
    RunId
} from "../../src/types/Ids.sol";
import { Fund, Run } from "../../src/types/Money.sol";
import { AgencyKind, Role, Signer } from "../../src/types/Office.sol";

/// @notice The ledger with books that a test may write: the state before an act is any state.
contract AnyLedger is FundLedger {
    constructor(AnyRegistry registry_)
        FundLedger(IRegistry(address(registry_)), IEvidenceLog(address(0)))
    { }

    function put(FundId id, Fund memory f) external {
        _funds[id] = f;
    }

    function put(RunId id, Run memory r) external {
        _runs[id] = r;
    }

    function peek(FundId id) external view returns (Fund memory) {
        return _funds[id];
    }
}

/// @notice A network in which whoever signs may do everything, so that no rule but those of the
/// books stands between an act and the money. Its desk is whoever made it.
contract AnyRegistry {
    AgencyId public constant OFFICE = AgencyId.wrap("office");

    address private immutable _desk = msg.sender;
    AgencyKind private _kind;
    uint32 private _people;

    /// @notice Let every agency be of this kind.
    function be(AgencyKind kind) external {
        _kind = kind;
    }

    function signer(address key) external pure returns (Signer memory) {
        return Signer({
            key: key, agency: AgencyId.wrap("office"), person: PersonId.wrap(1), roles: Role.ALL
        });
    }

    function kindOf(AgencyId) external view returns (AgencyKind) {
        return _kind;
    }

    function termsOf(ProgrammeId, uint128) external pure returns (bool, uint64, uint8) {
        return (true, 0, 1);
    }

    function answersTo(AgencyId, AgencyId) external pure returns (bool) {
        return true;
    }

    function contractNamed(ContractName) external pure returns (address) {
        return address(0);
    }

    function wasNamed(ContractName, address at) external view returns (bool) {
        return at == _desk;
    }
}
