// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Test } from "forge-std/Test.sol";

import { Line, Placed, SumNode, SumRoot, SumTree } from "../../src/libraries/SumTree.sol";
import { Harness } from "../Harness.sol";
import { SumTrees } from "../SumTrees.sol";

/// @notice Every true proof is taken, and the forged twin of each is refused by its name.
contract SumTreeTest is Test {
    using SumTrees for Line[];

    Harness private _harness = new Harness();

    function testFuzz_EveryLineIsProved(uint8 size, uint256 seed) public view {
        Line[] memory lines = _lines(size, seed);
        SumRoot memory root = SumTrees.rootOf(SumTree.RUN, lines);
        for (uint256 i = 0; i < lines.length; i++) {
            Placed memory placed = lines.place(i);
            _harness.verifyLine(placed.line, placed.inclusion, root);
        }
    }

    function testFuzz_TheTotalIsTheSum(uint8 size, uint256 seed) public pure {
        Line[] memory lines = _lines(size, seed);
        uint256 sum = 0;
        for (uint256 i = 0; i < lines.length; i++) {
            sum += lines[i].amountFen;
        }
        assertEq(SumTrees.rootOf(SumTree.RUN, lines).totalFen, sum);
    }

    function testFuzz_ALineWithAnotherAmountIsRefused(uint8 size, uint256 seed, uint128 amount)
        public
    {
        Line[] memory lines = _lines(size, seed);
        Placed memory placed = lines.place(seed % lines.length);
        amount = uint128(bound(amount, 0, type(uint64).max));
        vm.assume(amount != placed.line.amountFen);
        placed.line.amountFen = amount;
        SumRoot memory root = SumTrees.rootOf(SumTree.RUN, lines);
        vm.expectPartialRevert(SumTree.SumTree_TotalMismatch.selector);
        _harness.verifyLine(placed.line, placed.inclusion, root);
    }

    function testFuzz_MoneyMovedBetweenSiblingsIsRefused(uint8 size, uint256 seed) public {
        Line[] memory lines = _lines(size, seed);
        vm.assume(lines.length > 1);
        Placed memory placed = lines.place(seed % lines.length);
        placed.line.amountFen += 1;
        vm.assume(placed.inclusion.path[0].sumFen > 0);
        placed.inclusion.path[0].sumFen -= 1;
        SumRoot memory root = SumTrees.rootOf(SumTree.RUN, lines);
        vm.expectPartialRevert(SumTree.SumTree_RootMismatch.selector);
        _harness.verifyLine(placed.line, placed.inclusion, root);
    }

    function testFuzz_ALineAtAnotherPlaceIsRefused(uint8 size, uint256 seed) public {
        Line[] memory lines = _lines(size, seed);
        vm.assume(lines.length > 1);
        Placed memory placed = lines.place(seed % lines.length);
        placed.inclusion.index = uint64((placed.inclusion.index + 1) % lines.length);
        SumRoot memory root = SumTrees.rootOf(SumTree.RUN, lines);
        vm.expectRevert();
        _harness.verifyLine(placed.line, placed.inclusion, root);
    }

    function testFuzz_AProofUnderAnotherKindOrCountIsRefused(uint8 size, uint256 seed) public {
        Line[] memory lines = _lines(size, seed);
        Placed memory placed = lines.place(0);
        SumRoot memory root = SumTrees.rootOf(SumTree.RUN, lines);
        root.kind = SumTree.ROSTER;
        vm.expectPartialRevert(SumTree.SumTree_RootMismatch.selector);
        _harness.verifyLine(placed.line, placed.inclusion, root);

        root = SumTrees.rootOf(SumTree.RUN, lines);
        root.count *= 2;
        vm.expectRevert();
        _harness.verifyLine(placed.line, placed.inclusion, root);
    }

    function test_AProofOneNodeShortOrLongIsRefused() public {
        Line[] memory lines = _lines(6, 1);
        SumRoot memory root = SumTrees.rootOf(SumTree.RUN, lines);
        Placed memory placed = lines.place(3);
        SumNode[] memory path = placed.inclusion.path;

        placed.inclusion.path = _resized(path, path.length - 1);
        vm.expectRevert(abi.encodeWithSelector(SumTree.SumTree_ProofTooShort.selector, 2));
        _harness.verifyLine(placed.line, placed.inclusion, root);
        placed.inclusion.path = _resized(path, path.length + 1);
        vm.expectRevert(abi.encodeWithSelector(SumTree.SumTree_ProofTooLong.selector, 4));
        _harness.verifyLine(placed.line, placed.inclusion, root);
    }

    function test_ALinePastTheEndIsRefused() public {
        Line[] memory lines = _lines(6, 1);
        SumRoot memory root = SumTrees.rootOf(SumTree.RUN, lines);
        Placed memory placed = lines.place(6);
        placed.inclusion.index = 7;
        vm.expectRevert(abi.encodeWithSelector(SumTree.SumTree_IndexOutOfRange.selector, 7, 7));
        _harness.verifyLine(placed.line, placed.inclusion, root);
    }

    function testFuzz_SumsAreChecked(SumNode memory left, SumNode memory right) public {
        if (uint256(left.sumFen) + right.sumFen > type(uint128).max) {
            vm.expectRevert(
                abi.encodeWithSelector(SumTree.SumTree_Overflow.selector, left.sumFen, right.sumFen)
            );
            _harness.node(left, right);
        } else {
            uint128 sumFen = _harness.node(left, right).sumFen;
            assertEq(sumFen, uint256(left.sumFen) + right.sumFen);
        }
    }

    function testFuzz_AbsenceIsProvedByNeighbours(uint8 size, uint256 seed, bytes32 id)
        public
        view
    {
        Line[] memory lines = _lines(size, seed);
        uint256 above = _above(lines, id);
        vm.assume(above == 0 || lines[above - 1].paymentId != id);
        SumRoot memory root = SumTrees.rootOf(SumTree.ROSTER, lines);

        bool edge = above == 0 || above == lines.length;
        Placed[] memory neighbours = new Placed[](edge ? 1 : 2);
        if (edge) neighbours[0] = lines.place(above == 0 ? 0 : above - 1);
        else (neighbours[0], neighbours[1]) = (lines.place(above - 1), lines.place(above));
        _harness.verifyAbsence(id, neighbours, root);
    }

    function testFuzz_ALineThatIsThereIsNeverAbsent(uint8 size, uint256 seed, uint8 a, uint8 b)
        public
    {
        Line[] memory lines = _lines(size, seed);
        SumRoot memory root = SumTrees.rootOf(SumTree.ROSTER, lines);
        Placed[] memory neighbours = new Placed[](a % 2 == 0 ? 1 : 2);
        neighbours[0] = lines.place(a % lines.length);
        if (neighbours.length == 2) neighbours[1] = lines.place(b % lines.length);
        bytes32 id = lines[seed % lines.length].paymentId;
        vm.expectRevert();
        _harness.verifyAbsence(id, neighbours, root);
    }

    function test_NeighboursThatAreNoneAreRefused() public {
        Line[] memory lines = _lines(6, 1);
        SumRoot memory root = SumTrees.rootOf(SumTree.ROSTER, lines);
        bytes32 id = bytes32(uint256(lines[2].paymentId) + 1);

        Placed[] memory two = new Placed[](2);
        (two[0], two[1]) = (lines.place(2), lines.place(4));
        vm.expectRevert(abi.encodeWithSelector(SumTree.SumTree_NotNeighbours.selector, 2, 4));
        _harness.verifyAbsence(id, two, root);

        Placed[] memory one = new Placed[](1);
        one[0] = lines.place(2);
        vm.expectRevert(abi.encodeWithSelector(SumTree.SumTree_NotAtEdge.selector, 2, 7));
        _harness.verifyAbsence(id, one, root);

        one[0] = lines.place(6);
        vm.expectRevert(abi.encodeWithSelector(SumTree.SumTree_NotBetween.selector, id));
        _harness.verifyAbsence(id, one, root);

        one = new Placed[](0);
        vm.expectRevert(abi.encodeWithSelector(SumTree.SumTree_NeighbourCount.selector, 0));
        _harness.verifyAbsence(id, one, root);
    }

    function _lines(uint8 size, uint256 seed) private pure returns (Line[] memory lines) {
        lines = new Line[](1 + uint256(size) % 20);
        uint256 gap = type(uint256).max / (lines.length + 1);
        for (uint256 i = 0; i < lines.length; i++) {
            uint256 noise = uint256(keccak256(abi.encode(seed, i)));
            lines[i].paymentId = bytes32(i * gap + noise % gap);
            lines[i].amountFen = uint64(noise);
            lines[i].recordDigest = keccak256(abi.encode(noise));
        }
    }

    function _above(Line[] memory lines, bytes32 id) private pure returns (uint256 i) {
        while (i < lines.length && lines[i].paymentId <= id) i++;
    }

    function _resized(SumNode[] memory path, uint256 length)
        private
        pure
        returns (SumNode[] memory resized)
    {
        resized = new SumNode[](length);
        for (uint256 i = 0; i < length && i < path.length; i++) {
            resized[i] = path[i];
        }
    }
}
