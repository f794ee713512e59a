// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Test } from "forge-std/Test.sol";

import { LogTree } from "../../src/libraries/LogTree.sol";
import { Harness } from "../Harness.sol";
import { SumTrees } from "../SumTrees.sol";

/// @notice Consistency over every pair of sizes, and refusals by name.
contract LogTreeTest is Test {
    Harness private _harness = new Harness();

    function testFuzz_EveryGrowthIsProvedAndNoOther(uint8 a, uint8 b, bytes32 flip) public {
        (uint64 first, uint64 second) = (uint64(a % 40), uint64(b % 40));
        if (first > second) (first, second) = (second, first);
        bytes32[] memory proof = _consistency(first, second);
        (bytes32 oldRoot, bytes32 newRoot) = (_root(0, first), _root(0, second));
        _harness.verifyConsistency(first, second, oldRoot, newRoot, proof);

        vm.assume(flip != 0);
        vm.expectPartialRevert(LogTree.LogTree_RootMismatch.selector);
        _harness.verifyConsistency(first, second, oldRoot ^ flip, newRoot, proof);
        if (proof.length == 0) return;
        proof[uint256(flip) % proof.length] ^= flip;
        vm.expectPartialRevert(LogTree.LogTree_RootMismatch.selector);
        _harness.verifyConsistency(first, second, oldRoot, newRoot, proof);
    }

    function testFuzz_AProofOneNodeShortOrLongIsRefused(uint8 a, uint8 b) public {
        (uint64 first, uint64 second) = (uint64(a % 40), uint64(b % 40));
        if (first > second) (first, second) = (second, first);
        bytes32[] memory proof = _consistency(first, second);
        (bytes32 oldRoot, bytes32 newRoot) = (_root(0, first), _root(0, second));

        vm.expectPartialRevert(LogTree.LogTree_ProofTooLong.selector);
        _harness.verifyConsistency(
            first, second, oldRoot, newRoot, _resized(proof, proof.length + 1)
        );
        if (proof.length == 0) return;
        vm.expectPartialRevert(LogTree.LogTree_ProofTooShort.selector);
        _harness.verifyConsistency(
            first, second, oldRoot, newRoot, _resized(proof, proof.length - 1)
        );
    }

    function test_ALogDoesNotShrink() public {
        (bytes32 oldRoot, bytes32 newRoot) = (_root(0, 3), _root(0, 2));
        vm.expectRevert(abi.encodeWithSelector(LogTree.LogTree_SizesFall.selector, 3, 2));
        _harness.verifyConsistency(3, 2, oldRoot, newRoot, new bytes32[](0));
    }

    function test_AGrowthFromAnIncompleteTreeIsNotProvedByNothing() public {
        (bytes32 oldRoot, bytes32 newRoot) = (_root(0, 3), _root(0, 4));
        vm.expectRevert(abi.encodeWithSelector(LogTree.LogTree_ProofTooShort.selector, 0));
        _harness.verifyConsistency(3, 4, oldRoot, newRoot, new bytes32[](0));
    }

    function test_AForkIsRefusedByTheRootThatDiffers() public {
        bytes32[] memory proof = _consistency(3, 5);
        (bytes32 oldRoot, bytes32 newRoot, bytes32 other) = (_root(0, 3), _root(0, 5), _leaf(9));
        vm.expectRevert(
            abi.encodeWithSelector(LogTree.LogTree_RootMismatch.selector, other, oldRoot)
        );
        _harness.verifyConsistency(3, 5, other, newRoot, proof);
        vm.expectRevert(
            abi.encodeWithSelector(LogTree.LogTree_RootMismatch.selector, other, newRoot)
        );
        _harness.verifyConsistency(3, 5, oldRoot, other, proof);
    }

    function test_AnEntryPastTheEndIsRefused() public {
        (bytes32 leaf, bytes32 root) = (_leaf(1), _root(0, 2));
        vm.expectRevert(abi.encodeWithSelector(LogTree.LogTree_IndexOutOfRange.selector, 2, 2));
        _harness.verifyLog(leaf, 2, 2, root, new bytes32[](1));
    }

    function test_AnInclusionProofOneNodeShortOrLongIsRefused() public {
        (bytes32 leaf, bytes32 root) = (_leaf(1), _root(0, 2));
        vm.expectRevert(abi.encodeWithSelector(LogTree.LogTree_ProofTooShort.selector, 0));
        _harness.verifyLog(leaf, 1, 2, root, new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(LogTree.LogTree_ProofTooLong.selector, 2));
        _harness.verifyLog(leaf, 1, 2, root, new bytes32[](2));
    }

    function _leaf(uint256 i) private pure returns (bytes32) {
        return LogTree.leaf(abi.encode("entry", i));
    }

    function _root(uint256 from, uint256 to) private pure returns (bytes32) {
        if (to == from) return LogTree.EMPTY;
        if (to - from == 1) return _leaf(from);
        uint256 middle = from + SumTrees.split(to - from);
        return LogTree.node(_root(from, middle), _root(middle, to));
    }

    /// @dev RFC 9162 §2.1.4.1, by its recursion.
    function _consistency(uint64 first, uint64 second) private pure returns (bytes32[] memory) {
        if (first == 0 || first == second) return new bytes32[](0);
        bytes32[] memory proof = new bytes32[](64);
        uint256 length = _subproof(first, 0, second, true, proof);
        return _resized(proof, length);
    }

    function _subproof(uint256 first, uint256 from, uint256 to, bool whole, bytes32[] memory proof)
        private
        pure
        returns (uint256 length)
    {
        if (first == to - from) {
            if (whole) return 0;
            proof[0] = _root(from, to);
            return 1;
        }
        uint256 k = SumTrees.split(to - from);
        if (first <= k) {
            length = _subproof(first, from, from + k, whole, proof);
            proof[length] = _root(from + k, to);
        } else {
            length = _subproof(first - k, from + k, to, false, proof);
            proof[length] = _root(from, from + k);
        }
        length++;
    }

    function _resized(bytes32[] memory proof, uint256 length)
        private
        pure
        returns (bytes32[] memory resized)
    {
        resized = new bytes32[](length);
        for (uint256 i = 0; i < length && i < proof.length; i++) {
            resized[i] = proof[i];
        }
    }
}
