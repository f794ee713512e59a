// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    Inclusion,
    Line,
    Placed,
    SumNode,
    SumRoot,
    SumTree
} from "../../src/libraries/SumTree.sol";
import { Harness } from "../Harness.sol";
import { Symbolic } from "./Symbolic.sol";

/// @notice The arithmetic of the sum tree, for all values at once: halmos runs what begins with
/// `check_` (`make audit-contracts`), forge does not. Hashes are taken for unknown functions, so
/// nothing here rests on SHA-256; what rests on it is in fuzz/SumTree.t.sol.
contract SumTreeSymbolic is Symbolic {
    Harness private _harness = new Harness();

    function check_ALeafSumsToItsAmount(Line calldata line) public view {
        assert(_harness.leaf(line).sumFen == line.amountFen);
    }

    /// @dev A node is refused exactly where the sum of its children does not fit, and by its name.
    function check_ANodeSumsItsChildrenOrIsRefused(SumNode calldata left, SumNode calldata right)
        public
        view
    {
        uint256 sumFen = uint256(left.sumFen) + uint256(right.sumFen);
        try _harness.node(left, right) returns (SumNode memory parent) {
            assert(parent.sumFen == sumFen);
        } catch (bytes memory reason) {
            assert(sumFen > type(uint128).max);
            assert(bytes4(reason) == SumTree.SumTree_Overflow.selector);
        }
    }

    /// @dev Whatever the path says: an accepted line and its siblings sum to the total, without
    /// wrapping, and the proof has the length that RFC 9162 gives this place.
    function check_AnAcceptedProofSumsToTheTotal(
        Line memory line,
        SumNode[4] memory siblings,
        uint8 length,
        uint64 index,
        SumRoot memory root
    ) public view {
        vm.assume(length <= siblings.length);
        vm.assume(root.count <= 16);
        SumNode[] memory path = _path(siblings, length);
        try _harness.verifyLine(line, Inclusion(index, path), root) {
            uint256 sumFen = line.amountFen;
            for (uint256 i = 0; i < path.length; i++) {
                sumFen += path[i].sumFen;
            }
            assert(sumFen == root.totalFen);
            assert(index < root.count);
            assert(length == _siblingsOf(index, root.count));
        } catch { }
    }

    /// @dev One neighbour proves absence only at an edge, and only outside of it.
    function check_AbsenceByOneIsAtAnEdge(
        bytes32 paymentId,
        Line memory line,
        SumNode[2] memory siblings,
        uint8 length,
        uint64 index,
        SumRoot memory root
    ) public view {
        vm.assume(length <= siblings.length);
        vm.assume(root.count <= 4);
        Placed[] memory edge = new Placed[](1);
        edge[0] = Placed(line, Inclusion(index, _pair(siblings, length)));
        try _harness.verifyAbsence(paymentId, edge, root) {
            bool before = index == 0 && paymentId < line.paymentId;
            bool beyond = index == root.count - 1 && paymentId > line.paymentId;
            assert(before || beyond);
        } catch { }
    }

    /// @dev Two neighbours prove absence only side by side, and only between them.
    function check_AbsenceByTwoIsBetweenNeighbours(
        bytes32 paymentId,
        Line memory left,
        Line memory right,
        SumNode[2] memory siblings,
        uint64 leftIndex,
        uint64 rightIndex,
        SumRoot memory root
    ) public view {
        vm.assume(root.count == 2);
        Placed[] memory pair = new Placed[](2);
        (SumNode[] memory first, SumNode[] memory second) = (new SumNode[](1), new SumNode[](1));
        (first[0], second[0]) = (siblings[0], siblings[1]);
        pair[0] = Placed(left, Inclusion(leftIndex, first));
        pair[1] = Placed(right, Inclusion(rightIndex, second));
        try _harness.verifyAbsence(paymentId, pair, root) {
            assert(leftIndex == 0 && rightIndex == 1);
            assert(left.paymentId < paymentId && paymentId < right.paymentId);
        } catch { }
    }

    /// @dev The length of PATH(index, D[count]) by the recursion of RFC 9162 §2.1.3.1.
    function _siblingsOf(uint256 index, uint256 count) private pure returns (uint256 length) {
        while (count > 1) {
            uint256 k = count > 8 ? 8 : count > 4 ? 4 : count > 2 ? 2 : 1;
            if (index < k) count = k;
            else (index, count) = (index - k, count - k);
            length++;
        }
    }

    function _path(SumNode[4] memory siblings, uint256 length)
        private
        pure
        returns (SumNode[] memory path)
    {
        path = new SumNode[](_oneOf(length, 4));
        for (uint256 i = 0; i < path.length; i++) {
            path[i] = siblings[i];
        }
    }

    function _pair(SumNode[2] memory siblings, uint256 length)
        private
        pure
        returns (SumNode[] memory path)
    {
        path = new SumNode[](_oneOf(length, 2));
        for (uint256 i = 0; i < path.length; i++) {
            path[i] = siblings[i];
        }
    }
}
