// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Test } from "forge-std/Test.sol";

import { Witness } from "./Witness.sol";

/// @notice What every campaign asks of its witness.
abstract contract Watch is Test {
    uint256 private constant CAMPAIGN = 20;

    /// @dev After each call: no rule is broken, and one statement after the other still stands.
    function _checkWitness(Witness witness) internal view {
        assertEq(witness.fault(), "");
        uint256 count = witness.recorded();
        if (count != 0) assertTrue(witness.stands(witness.taken() % count), "recorded once");
    }

    /// @dev After the last call, and one attack more: no rule is broken, every statement still
    /// stands, and the campaign was about something.
    function _checkCampaign(Witness witness) internal view {
        assertEq(witness.fault(), "");
        for (uint256 i = 0; i < witness.recorded(); i++) {
            assertTrue(witness.stands(i), "recorded for ever");
        }
        assertGt(witness.refused(), 0, "attacks that were refused");
        if (witness.taken() < CAMPAIGN) return; // one that forge has shrunk
        assertGt(witness.recorded(), 0, "acts that were taken");
    }
}
