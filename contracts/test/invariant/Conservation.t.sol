// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Test } from "forge-std/Test.sol";

import { FundLedger } from "../../src/FundLedger.sol";
import { FundId } from "../../src/types/Ids.sol";
import { Fund, Stage } from "../../src/types/Money.sol";
import { Officers } from "./Officers.sol";

/// @notice Whatever officers try, in any order: no fen appears, disappears or is paid twice, and no
/// person acts twice on one run.
contract ConservationTest is Test {
    FundId private constant CITY_FUND = FundId.wrap("oaa-2026");
    FundId private constant FUND = FundId.wrap("oaa-2026-east");

    Officers private _officers;

    function setUp() public {
        _officers = new Officers();
        _officers.start();
        bytes4[] memory acts = new bytes4[](14);
        acts[0] = Officers.allot.selector;
        acts[1] = Officers.passOn.selector;
        acts[2] = Officers.recall.selector;
        acts[3] = Officers.prepare.selector;
        acts[4] = Officers.review.selector;
        acts[5] = Officers.approve.selector;
        acts[6] = Officers.release.selector;
        acts[7] = Officers.settle.selector;
        acts[8] = Officers.reject.selector;
        acts[9] = Officers.cancel.selector;
        acts[10] = Officers.wait.selector;
        (acts[11], acts[12], acts[13]) =
        (Officers.advance.selector, Officers.advance.selector, Officers.advance.selector);
        targetContract(address(_officers));
        targetSelector(FuzzSelector({ addr: address(_officers), selectors: acts }));
    }

    function invariant_TheIdentityHoldsAtEveryFund() public view {
        _assertIdentity(CITY_FUND);
        _assertIdentity(FUND);
    }

    function invariant_WhatChildrenWereGrantedIsWhatTheParentPassedOn() public view {
        (Fund memory parent,) = _officers.book().fund(CITY_FUND);
        (Fund memory child,) = _officers.book().fund(FUND);
        assertEq(parent.grantedFen, _officers.allottedFen());
        assertEq(parent.passedOnFen, child.grantedFen);
        assertEq(parent.passedOnFen, _officers.passedOnFen());
    }

    function invariant_TheFundAgreesWithTheGhostLedger() public view {
        (uint256 committedFen, uint256 paidFen) = (0, 0);
        for (uint256 i = 0; i < _officers.runs(); i++) {
            Officers.Ghost memory run = _officers.ghost(i);
            uint256 settledFen = uint256(run.creditedFen) + run.returnedFen;
            paidFen += run.creditedFen;
            assertLe(settledFen, run.totalFen);
            if (run.stage == Stage.APPROVED || run.stage == Stage.RELEASED) {
                committedFen += run.totalFen - settledFen;
            }
        }
        (Fund memory fund,) = _officers.book().fund(FUND);
        assertEq(fund.committedFen, committedFen);
        assertEq(fund.paidFen, paidFen);
    }

    function invariant_NobodyActsTwiceOnOneRunButTheBankThatReports() public view {
        for (uint256 i = 0; i < _officers.runs(); i++) {
            uint256[] memory keys = _officers.ghost(i).keys;
            for (uint256 a = 0; a < keys.length; a++) {
                for (uint256 b = a + 1; b < keys.length; b++) {
                    assertTrue(keys[a] != keys[b] || keys[a] == _officers.banker());
                }
            }
        }
    }

    function invariant_StagesOfTheGhostAreStagesOfTheLedger() public view {
        FundLedger book = _officers.book();
        for (uint256 i = 0; i < _officers.runs(); i++) {
            assertTrue(book.run(_officers.runId(i)).stage == _officers.ghost(i).stage);
        }
    }

    function _assertIdentity(FundId id) private view {
        (Fund memory fund, uint128 availableFen) = _officers.book().fund(id);
        uint256 incoming = uint256(fund.grantedFen) + fund.recoveredFen;
        uint256 outgoing =
            uint256(fund.passedOnFen) + fund.committedFen + fund.paidFen + availableFen;
        assertEq(incoming, outgoing);
        assertLe(fund.heldFen, fund.committedFen);
    }
}
