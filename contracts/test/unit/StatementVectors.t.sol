// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { stdJson } from "forge-std/StdJson.sol";
import { Test } from "forge-std/Test.sol";

import { StatementHashes } from "../StatementHashes.sol";

/// @notice The EIP-712 struct hash of every statement, against an encoder that is not ours. That
/// every struct of the sources has a vector is pytest's to say (tests/fundtrail/test_statements.py).
contract StatementVectorsTest is Test {
    using stdJson for string;

    struct Case {
        string name;
        string typeString;
        bytes message;
        bytes32 structHash;
    }

    StatementHashes private _hashes;
    Case[] private _cases;

    function setUp() public {
        _hashes = new StatementHashes();
        string memory json = vm.readFile("tests/vectors/statements.json");
        string memory at = ".cases[0]";
        for (uint256 i = 1; vm.keyExistsJson(json, at); i++) {
            _read(json, at);
            at = string.concat(".cases[", vm.toString(i), "]");
        }
    }

    function test_EveryVectorHasTheHashOfItsStruct() public view {
        assertGt(_cases.length, 0);
        for (uint256 i = 0; i < _cases.length; i++) {
            Case storage vector = _cases[i];
            assertEq(_hashes.hashOf(vector.name, vector.message), vector.structHash, vector.name);
        }
    }

    function test_EveryStructHasOneVector() public view {
        string[] memory types = _hashes.types();
        for (uint256 t = 0; t < types.length; t++) {
            assertEq(_vectorsOf(types[t]), 1, string.concat("vectors of ", types[t]));
        }
        assertEq(_cases.length, types.length);
    }

    function test_AVectorWithoutAHashIsNoticed() public {
        vm.expectRevert("no hash for Mint");
        _hashes.hashOf("Mint", "");
    }

    function _vectorsOf(string memory name) private view returns (uint256 count) {
        for (uint256 i = 0; i < _cases.length; i++) {
            if (keccak256(bytes(_cases[i].name)) == keccak256(bytes(name))) count++;
        }
    }

    function _read(string memory json, string memory at) private {
        Case storage vector = _cases.push();
        vector.name = json.readString(string.concat(at, ".type"));
        vector.typeString = json.readString(string.concat(at, ".type_string"));
        vector.structHash = json.readBytes32(string.concat(at, ".struct_hash"));
        vector.message = vm.parseJsonType(json, string.concat(at, ".message"), vector.typeString);
    }
}
