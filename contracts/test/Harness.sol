// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Codes } from "../src/libraries/Codes.sol";
import { LogTree } from "../src/libraries/LogTree.sol";
import { Inclusion, Line, Placed, SumNode, SumRoot, SumTree } from "../src/libraries/SumTree.sol";
import { Period } from "../src/types/Ids.sol";

/// @notice The libraries behind external functions, so that proofs arrive as calldata and
/// refusals can be expected.
contract Harness {
    function checkCode(bytes32 code) external pure {
        Codes.check(code);
    }

    function checkPeriod(bytes32 code) external pure {
        Codes.checkPeriod(Period.wrap(code));
    }

    function verifyLog(
        bytes32 leafHash,
        uint64 index,
        uint64 size,
        bytes32 root,
        bytes32[] calldata proof
    ) external pure {
        LogTree.verifyInclusion(leafHash, index, size, root, proof);
    }

    function verifyConsistency(
        uint64 first,
        uint64 second,
        bytes32 firstRoot,
        bytes32 secondRoot,
        bytes32[] calldata proof
    ) external pure {
        LogTree.verifyConsistency(first, second, firstRoot, secondRoot, proof);
    }

    function leaf(Line calldata line) external pure returns (SumNode memory) {
        return SumTree.leaf(line);
    }

    function node(SumNode calldata left, SumNode calldata right)
        external
        pure
        returns (SumNode memory)
    {
        return SumTree.node(left, right);
    }

    function seal(uint8 kind, SumNode calldata top, uint64 count) external pure returns (bytes32) {
        return SumTree.seal(kind, top, count);
    }

    function verifyLine(Line calldata line, Inclusion calldata inclusion, SumRoot calldata root)
        external
        pure
    {
        SumTree.verifyInclusion(line, inclusion, root);
    }

    function verifyAbsence(bytes32 paymentId, Placed[] calldata neighbours, SumRoot calldata root)
        external
        pure
    {
        SumTree.verifyAbsence(paymentId, neighbours, root);
    }
}
