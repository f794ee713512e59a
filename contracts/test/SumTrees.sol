// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Inclusion, Line, Placed, SumNode, SumRoot, SumTree } from "../src/libraries/SumTree.sol";

/// @notice Sum trees built by the recursion of RFC 9162 §2.1, which the verifier never uses.
library SumTrees {
    function rootOf(uint8 kind, Line[] memory lines) internal pure returns (SumRoot memory) {
        SumNode memory top = topOf(lines, 0, lines.length);
        uint64 count = uint64(lines.length);
        return SumRoot({
            kind: kind, totalFen: top.sumFen, count: count, root: SumTree.seal(kind, top, count)
        });
    }

    function topOf(Line[] memory lines, uint256 from, uint256 to)
        internal
        pure
        returns (SumNode memory)
    {
        if (to - from == 1) return SumTree.leaf(lines[from]);
        uint256 middle = from + split(to - from);
        return SumTree.node(topOf(lines, from, middle), topOf(lines, middle, to));
    }

    function place(Line[] memory lines, uint256 index) internal pure returns (Placed memory) {
        SumNode[] memory path = new SumNode[](64);
        uint256 length = _path(lines, index, 0, lines.length, path);
        SumNode[] memory exact = new SumNode[](length);
        for (uint256 i = 0; i < length; i++) {
            exact[i] = path[i];
        }

        // A copy of the line, which the test may spoil without touching the tree.
        Line memory line = lines[index];
        line = Line(line.paymentId, line.amountFen, line.recordDigest);
        return Placed({ line: line, inclusion: Inclusion(uint64(index), exact) });
    }

    /// @notice The largest power of two smaller than `count`.
    function split(uint256 count) internal pure returns (uint256 k) {
        for (k = 1; 2 * k < count;) {
            k *= 2;
        }
    }

    function _path(
        Line[] memory lines,
        uint256 index,
        uint256 from,
        uint256 to,
        SumNode[] memory path
    ) private pure returns (uint256 length) {
        if (to - from == 1) return 0;
        uint256 middle = from + split(to - from);
        if (index < middle) {
            length = _path(lines, index, from, middle, path);
            path[length] = topOf(lines, middle, to);
        } else {
            length = _path(lines, index, middle, to, path);
            path[length] = topOf(lines, from, middle);
        }
        length++;
    }
}
