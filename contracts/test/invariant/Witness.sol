// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Test } from "forge-std/Test.sol";
import { Vm } from "forge-std/Vm.sol";

import { IStatements } from "../../src/interfaces/IStatements.sol";

/// @notice What a handler has seen: every statement that a contract recorded, what it did that no
/// contract may do, and how many of the calls did anything.
abstract contract Witness is Test {
    struct Recorded {
        IStatements by;
        bytes32 statement;
        uint256 blockNumber;
    }

    /// @notice Acts that the contracts took.
    uint256 public taken;
    /// @notice Attacks that they refused.
    uint256 public refused;
    /// @notice The first rule that was seen broken, or nothing.
    string public fault;

    Recorded[] private _recorded;
    mapping(address by => mapping(bytes32 statement => bool)) private _known;

    /// @dev An act. Where it is refused it reverts, and nothing of it is seen; it makes no attack,
    /// because forge also shows what a refused call has logged.
    modifier act() {
        vm.recordLogs();
        _;
        _remember(vm.getRecordedLogs());
        taken++;
    }

    /// @notice How many statements were recorded.
    function recorded() external view returns (uint256) {
        return _recorded.length;
    }

    /// @notice Whether statement `i` stands where it was recorded.
    function stands(uint256 i) external view returns (bool) {
        Recorded storage seen = _recorded[i];
        return seen.by.recordedAt(seen.statement) == seen.blockNumber;
    }

    /// @dev A rule of plain words that `holds`, or is the fault.
    function _rule(bool holds, string memory rule) internal {
        if (!holds && bytes(fault).length == 0) fault = rule;
    }

    /// @dev An attack: it is refused, and with this error.
    function _attack(address target, bytes memory call, bytes4 error, string memory rule) internal {
        (bool done, bytes memory answer) = target.call(call);
        _rule(!done, string.concat("taken: ", rule));
        _rule(done || bytes4(answer) == error, string.concat("refused for another reason: ", rule));
        refused++;
    }

    /// @dev A statement under several signatures is told by as many events, one after the other.
    function _remember(Vm.Log[] memory logs) private {
        bytes32 last = 0;
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].topics[0] != IStatements.StatementRecorded.selector) continue;
            (address by, bytes32 statement) = (logs[i].emitter, logs[i].topics[1]);
            if (statement == last) continue;
            _rule(!_known[by][statement], "a statement is recorded once");
            _known[by][statement] = true;
            _recorded.push(Recorded(IStatements(by), statement, block.number));
            last = statement;
        }
    }
}
