// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Test } from "forge-std/Test.sol";

import { Codes } from "../../src/libraries/Codes.sol";
import { Harness } from "../Harness.sol";

/// @notice Codes are what docs/format.md, 1 says and nothing else.
contract CodesTest is Test {
    Harness private _harness = new Harness();

    function test_CodesStand() public view {
        bytes32[5] memory codes =
            [bytes32("a"), "OAA", "2026-10", "run_1.b-c", "abcdefghijklmnopqrstuvwxyz01234"];
        for (uint256 i = 0; i < codes.length; i++) {
            _harness.checkCode(codes[i]);
        }
    }

    function test_WhatIsNoCodeIsRefused() public {
        bytes32[8] memory wrong = [
            bytes32(0),
            ".a",
            "-a",
            "_a",
            "a b",
            "a/b",
            "abcdefghijklmnopqrstuvwxyz012345",
            bytes32(hex"6100620000000000000000000000000000000000000000000000000000000000")
        ];
        for (uint256 i = 0; i < wrong.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(Codes.Codes_Malformed.selector, wrong[i]));
            _harness.checkCode(wrong[i]);
        }
    }

    function testFuzz_ACodeIsWhatTheGrammarSays(bytes32 code, uint8 length) public {
        code &= ~bytes32(type(uint256).max >> (8 * (uint256(length) % 33)));
        if (!_matches(code)) {
            vm.expectRevert(abi.encodeWithSelector(Codes.Codes_Malformed.selector, code));
        }
        _harness.checkCode(code);
    }

    function test_TwelveMonthsStandAndNoOther() public {
        for (uint8 month = 0; month < 100; month++) {
            bytes32 period = bytes32(
                abi.encodePacked("2026-", bytes1(0x30 + month / 10), bytes1(0x30 + month % 10))
            );
            if (month < 1 || month > 12) {
                vm.expectRevert(abi.encodeWithSelector(Codes.Codes_Malformed.selector, period));
            }
            _harness.checkPeriod(period);
        }
    }

    function testFuzz_APeriodOfOtherCharactersIsRefused(uint8 at, bytes1 character) public {
        at = at % 32;
        bytes32 period = "2026-10";
        bytes32 mask = bytes32(bytes1(0xff)) >> (8 * at);
        bytes32 changed = (period & ~mask) | (bytes32(character) >> (8 * at));
        bool digit = character >= "0" && character <= "9";
        bool stillOne = at < 5 ? digit : at == 5 ? character <= "1" : character <= "9";
        vm.assume(changed != period && !(at < 7 && at != 4 && digit && stillOne));

        vm.expectRevert(abi.encodeWithSelector(Codes.Codes_Malformed.selector, changed));
        _harness.checkPeriod(changed);
    }

    /// @dev The grammar `[A-Za-z0-9][A-Za-z0-9._-]{0,30}`, read naively.
    function _matches(bytes32 code) private pure returns (bool) {
        if (code[0] == 0 || code[31] != 0 || _isMark(code[0])) return false;
        bool ended = false;
        for (uint256 i = 0; i < 32; i++) {
            if (code[i] == 0) ended = true;
            else if (ended || !(_isLetterOrDigit(code[i]) || _isMark(code[i]))) return false;
        }
        return true;
    }

    function _isLetterOrDigit(bytes1 c) private pure returns (bool) {
        return (c >= "0" && c <= "9") || (c >= "A" && c <= "Z") || (c >= "a" && c <= "z");
    }

    function _isMark(bytes1 c) private pure returns (bool) {
        return c == "." || c == "_" || c == "-";
    }
}
