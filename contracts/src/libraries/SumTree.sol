// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice A payment line. Its record repeats neither amount nor payment id.
struct Line {
    bytes32 paymentId;
    uint128 amountFen;
    bytes32 recordDigest;
}

/// @notice A node of the tree: what it hashes to and what its lines sum to.
struct SumNode {
    bytes32 hash;
    uint128 sumFen;
}

/// @notice Siblings from the line at `index` upwards (RFC 9162 §2.1.3.1).
struct Inclusion {
    uint64 index;
    SumNode[] path;
}

/// @notice A line with its place.
struct Placed {
    Line line;
    Inclusion inclusion;
}

/// @notice What a root is sealed over, and the root.
struct SumRoot {
    uint8 kind;
    uint128 totalFen;
    uint64 count;
    bytes32 root;
}

/// @notice The tree of payment lines (docs/format.md, 3.1): the shape of RFC 9162, every node with
/// the sum of its lines. Lines are sorted by payment id, strictly rising, so that absence can be
/// proved by neighbours. Both child sums are hashed: a node cannot hide that its parts overspend.
/// @dev WARNING. A root does not prove that its lines are sorted or that the same id is not there
/// twice; a proof of the contrary is two inclusion proofs. An absence proof holds in sorted trees.
library SumTree {
    error SumTree_Overflow(uint128 left, uint128 right);
    error SumTree_IndexOutOfRange(uint64 index, uint64 count);
    error SumTree_ProofTooShort(uint256 length);
    error SumTree_ProofTooLong(uint256 length);
    error SumTree_TotalMismatch(uint128 expected, uint128 computed);
    error SumTree_RootMismatch(bytes32 expected, bytes32 computed);
    error SumTree_NeighbourCount(uint256 length);
    error SumTree_NotNeighbours(uint64 left, uint64 right);
    error SumTree_NotAtEdge(uint64 index, uint64 count);
    error SumTree_NotBetween(bytes32 paymentId);

    uint8 internal constant RUN = 1;
    uint8 internal constant CREDITED = 2;
    uint8 internal constant RETURNED = 3;
    uint8 internal constant ROSTER = 4;

    // SHA256(0x04 ‖ payment_id ‖ amount_fen u128 ‖ record_digest)
    function leaf(Line memory line) internal pure returns (SumNode memory) {
        return SumNode({
            hash: sha256(
                abi.encodePacked(bytes1(0x04), line.paymentId, line.amountFen, line.recordDigest)
            ),
            sumFen: line.amountFen
        });
    }

    // SHA256(0x05 ‖ left ‖ left_sum u128 ‖ right ‖ right_sum u128)
    function node(SumNode memory left, SumNode memory right)
        internal
        pure
        returns (SumNode memory)
    {
        if (left.sumFen > type(uint128).max - right.sumFen) {
            revert SumTree_Overflow({ left: left.sumFen, right: right.sumFen });
        }

        return SumNode({
            hash: sha256(
                abi.encodePacked(bytes1(0x05), left.hash, left.sumFen, right.hash, right.sumFen)
            ),
            sumFen: left.sumFen + right.sumFen
        });
    }

    // SHA256(0x06 ‖ kind u8 ‖ top ‖ total_fen u128 ‖ count u64)
    function seal(uint8 kind, SumNode memory top, uint64 count) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x06), kind, top.hash, top.sumFen, count));
    }

    /// @notice Revert unless `inclusion` places `line` under `root`.
    function verifyInclusion(Line calldata line, Inclusion calldata inclusion, SumRoot memory root)
        internal
        pure
    {
        SumNode memory top = topFromInclusion(line, inclusion, root.count);
        if (top.sumFen != root.totalFen) {
            revert SumTree_TotalMismatch({ expected: root.totalFen, computed: top.sumFen });
        }

        bytes32 computed = seal(root.kind, top, root.count);
        if (computed != root.root) {
            revert SumTree_RootMismatch({ expected: root.root, computed: computed });
        }
    }

    /// @notice Revert unless `neighbours`, two lines side by side or one at the edge, prove that
    /// the sorted tree under `root` has no line `paymentId`.
    function verifyAbsence(bytes32 paymentId, Placed[] calldata neighbours, SumRoot memory root)
        internal
        pure
    {
        for (uint256 i = 0; i < neighbours.length; i++) {
            verifyInclusion(neighbours[i].line, neighbours[i].inclusion, root);
        }

        if (neighbours.length == 1) _checkEdge(paymentId, neighbours[0], root.count);
        else _checkBetween(paymentId, neighbours);
    }

    /// @notice The top that an inclusion proof leads to (RFC 9162 §2.1.3.2, with checked sums).
    function topFromInclusion(Line calldata line, Inclusion calldata inclusion, uint64 count)
        internal
        pure
        returns (SumNode memory top)
    {
        uint64 index = inclusion.index;
        if (index >= count) revert SumTree_IndexOutOfRange({ index: index, count: count });

        uint64 last = count - 1;
        uint256 length = inclusion.path.length;
        top = leaf(line);
        for (uint256 i = 0; i < length; i++) {
            if (last == 0) revert SumTree_ProofTooLong({ length: length });
            if (index % 2 == 1 || index == last) {
                top = node(inclusion.path[i], top);
                // Climb past the levels at which a last node stands alone.
                while (index % 2 == 0 && index != 0) (index, last) = (index / 2, last / 2);
            } else {
                top = node(top, inclusion.path[i]);
            }
            (index, last) = (index / 2, last / 2);
        }
        if (last != 0) revert SumTree_ProofTooShort({ length: length });
    }

    function _checkEdge(bytes32 paymentId, Placed calldata edge, uint64 count) private pure {
        bytes32 edgeId = edge.line.paymentId;
        bool first = edge.inclusion.index == 0;
        bool last = edge.inclusion.index == count - 1;
        if (!first && !last) {
            revert SumTree_NotAtEdge({ index: edge.inclusion.index, count: count });
        }

        bool outside = (first && paymentId < edgeId) || (last && edgeId < paymentId);
        if (!outside) revert SumTree_NotBetween({ paymentId: paymentId });
    }

    function _checkBetween(bytes32 paymentId, Placed[] calldata pair) private pure {
        if (pair.length != 2) revert SumTree_NeighbourCount({ length: pair.length });
        (Placed calldata left, Placed calldata right) = (pair[0], pair[1]);
        if (right.inclusion.index != left.inclusion.index + 1) {
            revert SumTree_NotNeighbours({
                left: left.inclusion.index, right: right.inclusion.index
            });
        }

        if (!(left.line.paymentId < paymentId && paymentId < right.line.paymentId)) {
            revert SumTree_NotBetween({ paymentId: paymentId });
        }
    }
}
