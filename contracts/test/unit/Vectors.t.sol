// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { stdJson } from "forge-std/StdJson.sol";
import { Test } from "forge-std/Test.sol";

import { LogTree } from "../../src/libraries/LogTree.sol";
import { Inclusion, Line, SumNode, SumRoot, SumTree } from "../../src/libraries/SumTree.sol";
import { Harness } from "../Harness.sol";
import { SumTrees } from "../SumTrees.sol";

/// @notice The vectors that pytest reads too (tests/vectors, origin beside each).
contract VectorsTest is Test {
    using stdJson for string;

    Harness private _harness = new Harness();
    string private _json;

    function test_PublishedLogRootsAreMet() public {
        _json = vm.readFile("tests/vectors/log_tree.json");
        bytes[] memory inputs = _json.readBytesArray(".published_inputs");
        bytes32[] memory roots = _json.readBytes32Array(".published_roots");
        assertEq(_json.readBytes32(".empty_root"), LogTree.EMPTY);
        assertEq(inputs.length, 8);
        for (uint256 n = 1; n <= inputs.length; n++) {
            assertEq(_logRoot(inputs, 0, n), roots[n - 1]);
        }
    }

    function test_LogInclusionsAreProved() public {
        _json = vm.readFile("tests/vectors/log_tree.json");
        uint256 cases = _count(".inclusions");
        assertGt(cases, 40);
        for (uint256 i = 0; i < cases; i++) {
            this.checkLogInclusion(_at(".inclusions", i));
        }
    }

    function test_LogConsistencyIsProved() public {
        _json = vm.readFile("tests/vectors/log_tree.json");
        uint256 cases = _count(".consistency");
        assertGt(cases, 100);
        for (uint256 i = 0; i < cases; i++) {
            this.checkLogConsistency(_at(".consistency", i));
        }
    }

    function test_SumTreesAndTheirProofsAreMet() public {
        _json = vm.readFile("tests/vectors/sum_tree.json");
        uint256 cases = _count(".cases");
        assertGt(cases, 10);
        for (uint256 i = 0; i < cases; i++) {
            string memory at = _at(".cases", i);
            uint256 proofs = _count(string.concat(at, ".inclusions"));
            assertGt(proofs, 0);
            for (uint256 j = 0; j < proofs; j++) {
                this.checkSumInclusion(at, j);
            }
        }
    }

    function test_SumsThatOverflowAreRefused() public {
        _json = vm.readFile("tests/vectors/sum_tree.json");
        for (uint256 i = 0; i < 2; i++) {
            string memory at = _at(".overflow_refused", i);
            uint256[] memory amounts = _json.readUintArray(string.concat(at, ".amounts"));
            Line[] memory lines = new Line[](amounts.length);
            for (uint256 j = 0; j < amounts.length; j++) {
                lines[j].amountFen = uint128(amounts[j]);
            }
            vm.expectPartialRevert(SumTree.SumTree_Overflow.selector);
            this.buildSumTree(lines);
        }
    }

    // Each case in a call of its own, because a call gives its memory back.

    function checkLogInclusion(string memory at) external {
        bytes32[] memory path = _json.readBytes32Array(string.concat(at, ".path"));
        bytes32 leaf = _json.readBytes32(string.concat(at, ".leaf"));
        bytes32 root = _json.readBytes32(string.concat(at, ".root"));
        (uint64 index, uint64 size) = (_uint64(at, ".index"), _uint64(at, ".size"));
        _harness.verifyLog(leaf, index, size, root, path);

        vm.expectPartialRevert(LogTree.LogTree_RootMismatch.selector);
        _harness.verifyLog(~leaf, index, size, root, path);
    }

    function checkLogConsistency(string memory at) external {
        bytes32[] memory path = _json.readBytes32Array(string.concat(at, ".path"));
        (uint64 first, uint64 second) = (_uint64(at, ".old_size"), _uint64(at, ".new_size"));
        bytes32 oldRoot = _json.readBytes32(string.concat(at, ".old_root"));
        bytes32 newRoot = _json.readBytes32(string.concat(at, ".new_root"));
        _harness.verifyConsistency(first, second, oldRoot, newRoot, path);

        vm.expectPartialRevert(LogTree.LogTree_RootMismatch.selector);
        _harness.verifyConsistency(first, second, ~oldRoot, newRoot, path);
        vm.expectPartialRevert(LogTree.LogTree_RootMismatch.selector);
        _harness.verifyConsistency(first, second, oldRoot, ~newRoot, path);
    }

    function checkSumInclusion(string memory at, uint256 i) external {
        SumRoot memory root = SumRoot({
            kind: uint8(_json.readUint(string.concat(at, ".kind"))),
            totalFen: uint128(_json.readUint(string.concat(at, ".total_fen"))),
            count: _uint64(at, ".count"),
            root: _json.readBytes32(string.concat(at, ".root"))
        });
        string memory proof = _at(string.concat(at, ".inclusions"), i);
        uint64 index = _uint64(proof, ".index");
        Line memory line = _line(_at(string.concat(at, ".lines"), index));
        Inclusion memory inclusion = Inclusion({ index: index, path: _path(proof) });
        _harness.verifyLine(line, inclusion, root);

        line.recordDigest = ~line.recordDigest;
        vm.expectPartialRevert(SumTree.SumTree_RootMismatch.selector);
        _harness.verifyLine(line, inclusion, root);
    }

    function has(string memory at) external view returns (bool) {
        return vm.keyExistsJson(_json, at);
    }

    function buildSumTree(Line[] memory lines) external pure returns (SumRoot memory) {
        return SumTrees.rootOf(SumTree.RUN, lines);
    }

    function _line(string memory at) private view returns (Line memory line) {
        line = Line({
            paymentId: _json.readBytes32(string.concat(at, ".payment_id")),
            amountFen: uint128(_json.readUint(string.concat(at, ".amount_fen"))),
            recordDigest: _json.readBytes32(string.concat(at, ".record_digest"))
        });
        bytes32 expected = _json.readBytes32(string.concat(at, ".hash"));
        assertEq(SumTree.leaf(line).hash, expected);
    }

    function _path(string memory at) private view returns (SumNode[] memory path) {
        bytes32[] memory hashes = _json.readBytes32Array(string.concat(at, ".path_hashes"));
        uint256[] memory sums = _json.readUintArray(string.concat(at, ".path_sums"));
        path = new SumNode[](hashes.length);
        for (uint256 i = 0; i < hashes.length; i++) {
            path[i] = SumNode({ hash: hashes[i], sumFen: uint128(sums[i]) });
        }
    }

    function _logRoot(bytes[] memory inputs, uint256 from, uint256 to)
        private
        pure
        returns (bytes32)
    {
        if (to - from == 1) return LogTree.leaf(inputs[from]);
        uint256 middle = from + SumTrees.split(to - from);
        return LogTree.node(_logRoot(inputs, from, middle), _logRoot(inputs, middle, to));
    }

    function _at(string memory array, uint256 index) private pure returns (string memory) {
        return string.concat(array, "[", vm.toString(index), "]");
    }

    function _count(string memory array) private view returns (uint256 length) {
        while (this.has(_at(array, length))) length++;
    }

    function _uint64(string memory at, string memory key) private view returns (uint64) {
        return uint64(_json.readUint(string.concat(at, key)));
    }
}
