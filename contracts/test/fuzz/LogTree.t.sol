// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Test } from "forge-std/Test.sol";

import { LogTree } from "../../src/libraries/LogTree.sol";
import { Harness } from "../Harness.sol";
import { LogTrees } from "../LogTrees.sol";

/// @notice Consistency over every pair of sizes, and refusals by name.
contract LogTreeTest is Test {
    using LogTrees for bytes32[];

    Harness private _harness = new Harness();

    function testFuzz_EveryGrowthIsProvedAndNoOther(uint8 a, uint8 b, bytes32 flip) public {
        (uint64 first, uint64 second) = (uint64(a % 40), uint64(b % 40));
        if (first > second) (first, second) = (second, first);
        bytes32[] memory proof = _consistency(first, second);
        (bytes32 oldRoot, bytes32 newRoot) = (_root(first), _root(second));
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
        (bytes32 oldRoot, bytes32 newRoot) = (_root(first), _root(second));

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
        (bytes32 oldRoot, bytes32 newRoot) = (_root(3), _root(2));
        vm.expectRevert(abi.encodeWithSelector(LogTree.LogTree_SizesFall.selector, 3, 2));
        _harness.verifyConsistency(3, 2, oldRoot, newRoot, new bytes32[](0));
    }

    function test_AGrowthFromAnIncompleteTreeIsNotProvedByNothing() public {
        (bytes32 oldRoot, bytes32 newRoot) = (_root(3), _root(4));
        vm.expectRevert(abi.encodeWithSelector(LogTree.LogTree_ProofTooShort.selector, 0));
        _harness.verifyConsistency(3, 4, oldRoot, newRoot, new bytes32[](0));
    }

    function test_AForkIsRefusedByTheRootThatDiffers() public {
        bytes32[] memory proof = _consistency(3, 5);
        (bytes32 oldRoot, bytes32 newRoot, bytes32 other) = (_root(3), _root(5), _leaf(9));
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
        (bytes32 leaf, bytes32 root) = (_leaf(1), _root(2));
        vm.expectRevert(abi.encodeWithSelector(LogTree.LogTree_IndexOutOfRange.selector, 2, 2));
        _harness.verifyLog(leaf, 2, 2, root, new bytes32[](1));
    }

    function test_AnInclusionProofOneNodeShortOrLongIsRefused() public {
        (bytes32 leaf, bytes32 root) = (_leaf(1), _root(2));
        vm.expectRevert(abi.encodeWithSelector(LogTree.LogTree_ProofTooShort.selector, 0));
        _harness.verifyLog(leaf, 1, 2, root, new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(LogTree.LogTree_ProofTooLong.selector, 2));
        _harness.verifyLog(leaf, 1, 2, root, new bytes32[](2));
    }

    function _leaf(uint256 i) private pure returns (bytes32) {
        return LogTree.leaf(abi.encode("entry", i));
    }

    function _root(uint64 size) private pure returns (bytes32) {
        return _leaves().root(size);
    }

    function _consistency(uint64 first, uint64 second) private pure returns (bytes32[] memory) {
        return _leaves().consistency(first, second);
    }

    function _leaves() private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](40);
        for (uint256 i = 0; i < leaves.length; i++) {
            leaves[i] = _leaf(i);
        }
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
