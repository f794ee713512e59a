// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Period } from "../types/Ids.sol";

/// @notice Codes: 1 to 31 characters `[A-Za-z0-9][A-Za-z0-9._-]*`, then zero bytes
/// (docs/format.md, 1).
library Codes {
    error Codes_Malformed(bytes32 code);

    /// @dev Bit n is set where the ASCII character n may stand in a code.
    uint256 private constant DIGITS = 0x3ff << 0x30;
    uint256 private constant INITIAL = DIGITS | (0x3ffffff << 0x41) | (0x3ffffff << 0x61);
    uint256 private constant FOLLOWING = INITIAL | (1 << 0x2d) | (1 << 0x2e) | (1 << 0x5f);

    /// @notice Refuse what is not a code.
    function check(bytes32 code) internal pure {
        bool wellFormed = _in(INITIAL, code) && code[31] == 0;
        for (bytes32 rest = code << 8; rest != 0; rest <<= 8) {
            if (!_in(FOLLOWING, rest)) wellFormed = false; // a zero byte before the last too
        }
        if (!wellFormed) revert Codes_Malformed({ code: code });
    }

    /// @notice Refuse what is not a month `YYYY-MM`.
    function checkPeriod(Period period) internal pure {
        bytes32 code = Period.unwrap(period);
        bool wellFormed = code << 56 == 0 && code[4] == "-";
        for (uint256 i = 0; i < 7; i++) {
            if (i != 4 && !_in(DIGITS, code << (8 * i))) wellFormed = false;
        }
        if (!wellFormed) revert Codes_Malformed({ code: code });

        uint8 month = (uint8(code[5]) - 0x30) * 10 + (uint8(code[6]) - 0x30);
        if (month < 1 || month > 12) revert Codes_Malformed({ code: code });
    }

    /// @dev Whether the first character of `text` is one of `set`.
    function _in(uint256 set, bytes32 text) private pure returns (bool) {
        return (set >> (uint256(text) >> 248)) & 1 == 1;
    }
}
