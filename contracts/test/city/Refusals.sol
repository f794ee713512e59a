// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAuthority } from "../../src/interfaces/IAuthority.sol";
import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { AgencyId, FundId, PersonId, RunId } from "../../src/types/Ids.sol";
import { Stage } from "../../src/types/Money.sol";
import { AgencyKind } from "../../src/types/Office.sol";
import { Drafts } from "./Drafts.sol";

/// @notice The refusals that many tests expect, as encoded errors.
abstract contract Refusals is Drafts {
    function _roleMissing(uint256 key, uint32 required, uint32 held)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IAuthority.Authority_RoleMissing.selector, vm.addr(key), required, held
        );
    }

    function _wrongKind(AgencyId agency, AgencyKind expected, AgencyKind actual)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IFundLedger.FundLedger_WrongKind.selector, agency, expected, actual
        );
    }

    function _wrongAgency(AgencyId expected, AgencyId actual) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IFundLedger.FundLedger_WrongAgency.selector, expected, actual);
    }

    function _overspend(FundId fund, uint128 requestedFen, uint128 availableFen)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IFundLedger.FundLedger_Overspend.selector, fund, requestedFen, availableFen
        );
    }

    function _wrongStage(RunId run, Stage expected, Stage actual)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IFundLedger.FundLedger_WrongStage.selector, run, expected, actual
        );
    }

    /// @dev Officers of the city carry their key as their person number.
    function _samePerson(uint256 key) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(
            IFundLedger.FundLedger_SamePerson.selector, RUN, PersonId.wrap(uint32(key))
        );
    }
}
