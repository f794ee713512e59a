// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { LogTree } from "../src/libraries/LogTree.sol";
import { SumTrees } from "./SumTrees.sol";

/// @notice Logs and their consistency proofs by the recursions of RFC 9162 §2.1.1 and §2.1.4.1,
/// which the verifier never uses.
library LogTrees {
    function root(bytes32[] memory leaves, uint256 size) internal pure returns (bytes32) {
        return size == 0 ? LogTree.EMPTY : rootOf(leaves, 0, size);
    }

    function rootOf(bytes32[] memory leaves, uint256 from, uint256 to)
        internal
        pure
        returns (bytes32)
    {
        if (to - from == 1) return leaves[from];
        uint256 middle = from + SumTrees.split(to - from);
        return LogTree.node(rootOf(leaves, from, middle), rootOf(leaves, middle, to));
    }

    /// @notice That the log of `second` leaves extends the one of `first`.
    function consistency(bytes32[] memory leaves, uint256 first, uint256 second)
        internal
        pure
        returns (bytes32[] memory proof)
    {
        if (first == 0 || first == second) return new bytes32[](0);
        bytes32[] memory path = new bytes32[](64);
        uint256 length = _subproof(leaves, first, 0, second, true, path);
        proof = new bytes32[](length);
        for (uint256 i = 0; i < length; i++) {
            proof[i] = path[i];
        }
    }

    function _subproof(
        bytes32[] memory leaves,
        uint256 first,
        uint256 from,
        uint256 to,
        bool whole,
        bytes32[] memory path
    ) private pure returns (uint256 length) {
        if (first == to - from) {
            if (whole) return 0;
            path[0] = rootOf(leaves, from, to);
            return 1;
        }
        uint256 k = SumTrees.split(to - from);
        if (first <= k) {
            length = _subproof(leaves, first, from, from + k, whole, path);
            path[length] = rootOf(leaves, from + k, to);
        } else {
            length = _subproof(leaves, first - k, from + k, to, false, path);
            path[length] = rootOf(leaves, from, from + k);
        }
        length++;
    }
}
