// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { EvidenceLog } from "../../src/EvidenceLog.sol";
import { Feed } from "../../src/types/Evidence.sol";
import { Departments } from "./Departments.sol";
import { Watch } from "./Watch.sol";

/// @notice Whatever departments write, in any order: a feed moves along extensions of itself and
/// nothing else, and a roster that was shown stays what it was.
contract KnowledgeTest is Watch {
    Departments private _people;

    function setUp() public {
        _people = new Departments();
        _people.start();
        bytes4[] memory acts = new bytes4[](15);
        acts[0] = Departments.grow.selector;
        acts[1] = Departments.grow.selector;
        acts[2] = Departments.grow.selector;
        acts[3] = Departments.rotate.selector;
        acts[4] = Departments.publish.selector;
        acts[5] = Departments.wait.selector;
        acts[6] = Departments.shrink.selector;
        acts[7] = Departments.fork.selector;
        acts[8] = Departments.growUnproved.selector;
        acts[9] = Departments.growAnothers.selector;
        acts[10] = Departments.replay.selector;
        acts[11] = Departments.publishAgain.selector;
        acts[12] = Departments.publishForTooShort.selector;
        acts[13] = Departments.publishBackdated.selector;
        acts[14] = Departments.publishTooMuch.selector;
        targetContract(address(_people));
        targetSelector(FuzzSelector({ addr: address(_people), selectors: acts }));
    }

    /// forge-config: default.invariant.fail-on-revert = true
    /// forge-config: deep.invariant.fail-on-revert = true
    function invariant_WhatWasKnownIsNeitherForgottenNorRewritten() public view {
        _checkWitness(_people);
        for (uint256 f = 0; f < _people.FEEDS(); f++) {
            _checkFeed(f);
        }
        uint256 count = _people.notices();
        if (count != 0) assertTrue(_people.isShownAsBefore(_people.taken() % count), "a roster");
    }

    /// @dev After the last call of each sequence: all heads of a feed, and all rosters.
    function afterInvariant() public {
        _people.publishBackdated(1);
        _checkCampaign(_people);
        for (uint256 f = 0; f < _people.FEEDS(); f++) {
            assertTrue(_people.isOneLog(f), "one log");
        }
        for (uint256 i = 0; i < _people.notices(); i++) {
            assertTrue(_people.isShownAsBefore(i), "a roster");
        }
    }

    function _checkFeed(uint256 f) private view {
        EvidenceLog book = _people.book();
        Feed memory head = book.feed(_people.feedId(f));
        Feed memory ghost = _people.ghost(f);
        assertEq(abi.encode(head), abi.encode(ghost), "the head of a feed");
        uint256 due = uint256(ghost.anchoredAt) + ghost.cadenceSeconds;
        uint256 late = block.timestamp > due ? block.timestamp - due : 0;
        assertEq(book.lateSeconds(_people.feedId(f)), late, "how late it is");
    }
}
