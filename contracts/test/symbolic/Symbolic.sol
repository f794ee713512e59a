// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Vm } from "forge-std/Vm.sol";

/// @notice What the symbolic tests share.
abstract contract Symbolic {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev `value`, one path for each of 0 to `most`: sizes of memory must be known on a path.
    function _oneOf(uint256 value, uint256 most) internal pure returns (uint256) {
        for (uint256 i = 0; i < most; i++) {
            if (value == i) return i;
        }
        return most;
    }
}
