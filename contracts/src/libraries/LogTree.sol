// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice The append-only log tree of RFC 9162 §2.1: hashes, inclusion, consistency.
/// Roots are computed by one function and compared by another.
library LogTree {
    error LogTree_IndexOutOfRange(uint64 index, uint64 size);
    error LogTree_SizesFall(uint64 first, uint64 second);
    error LogTree_ProofTooShort(uint256 length);
    error LogTree_ProofTooLong(uint256 length);
    error LogTree_RootMismatch(bytes32 expected, bytes32 computed);

    // The root of an empty log: SHA256("").
    bytes32 internal constant EMPTY =
        0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855;

    // SHA256(0x00 ‖ entry)
    function leaf(bytes memory entry) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x00), entry));
    }

    // SHA256(0x01 ‖ left ‖ right)
    function node(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x01), left, right));
    }

    /// @notice Revert unless `proof` places `leafHash` at `index` of the log `(size, root)`.
    function verifyInclusion(
        bytes32 leafHash,
        uint64 index,
        uint64 size,
        bytes32 root,
        bytes32[] calldata proof
    ) internal pure {
        bytes32 computed = rootFromInclusion(leafHash, index, size, proof);
        if (computed != root) revert LogTree_RootMismatch({ expected: root, computed: computed });
    }

    /// @notice The root that an inclusion proof leads to (RFC 9162 §2.1.3.2).
    function rootFromInclusion(
        bytes32 leafHash,
        uint64 index,
        uint64 size,
        bytes32[] calldata proof
    ) internal pure returns (bytes32 root) {
        if (index >= size) {
            revert LogTree_IndexOutOfRange({ index: index, size: size });
        }

        uint64 last = size - 1;
        root = leafHash;
        for (uint256 i = 0; i < proof.length; i++) {
            if (last == 0) revert LogTree_ProofTooLong({ length: proof.length });
            if (index % 2 == 1 || index == last) {
                root = node(proof[i], root);
                (index, last) = _toRightChild(index, last);
            } else {
                root = node(root, proof[i]);
            }
            (index, last) = (index / 2, last / 2);
        }
        if (last != 0) revert LogTree_ProofTooShort({ length: proof.length });
    }

    /// @notice Revert unless the log `(second, secondRoot)` extends `(first, firstRoot)`.
    function verifyConsistency(
        uint64 first,
        uint64 second,
        bytes32 firstRoot,
        bytes32 secondRoot,
        bytes32[] calldata proof
    ) internal pure {
        (bytes32 before, bytes32 afterwards) =
            rootsFromConsistency(first, second, firstRoot, secondRoot, proof);
        if (before != firstRoot) {
            revert LogTree_RootMismatch({ expected: firstRoot, computed: before });
        }
        if (afterwards != secondRoot) {
            revert LogTree_RootMismatch({ expected: secondRoot, computed: afterwards });
        }
    }

    /// @notice The two roots that a consistency proof leads to (RFC 9162 §2.1.4.2). Where the
    /// proof is empty by definition, they are what the sizes demand: the roots given.
    function rootsFromConsistency(
        uint64 first,
        uint64 second,
        bytes32 firstRoot,
        bytes32 secondRoot,
        bytes32[] calldata proof
    ) internal pure returns (bytes32 before, bytes32 afterwards) {
        if (first > second) {
            revert LogTree_SizesFall({ first: first, second: second });
        }
        if (first == 0 || first == second) {
            if (proof.length != 0) revert LogTree_ProofTooLong({ length: proof.length });
            return first == 0 ? (EMPTY, secondRoot) : (secondRoot, firstRoot);
        }

        // Where the first log is a complete subtree, its root stands for the first node.
        bool complete = first & (first - 1) == 0;
        if (!complete && proof.length == 0) revert LogTree_ProofTooShort({ length: 0 });
        (uint64 index, uint64 last) = (first - 1, second - 1);
        while (index % 2 == 1) (index, last) = (index / 2, last / 2);

        before = afterwards = complete ? firstRoot : proof[0];
        for (uint256 i = complete ? 0 : 1; i < proof.length; i++) {
            if (last == 0) revert LogTree_ProofTooLong({ length: proof.length });
            if (index % 2 == 1 || index == last) {
                before = node(proof[i], before);
                afterwards = node(proof[i], afterwards);
                (index, last) = _toRightChild(index, last);
            } else {
                afterwards = node(afterwards, proof[i]);
            }
            (index, last) = (index / 2, last / 2);
        }
        if (last != 0) revert LogTree_ProofTooShort({ length: proof.length });
    }

    /// @dev Climb past the levels at which a last node stands alone: until it is a right child.
    function _toRightChild(uint64 index, uint64 last) private pure returns (uint64, uint64) {
        while (index % 2 == 0 && index != 0) (index, last) = (index / 2, last / 2);
        return (index, last);
    }
}
