// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Test } from "forge-std/Test.sol";

import { FundId } from "../../src/types/Ids.sol";
import { Fund, Run, Stage } from "../../src/types/Money.sol";
import { Contestants } from "./Contestants.sol";

/// @notice Whatever is contested, in any order: every line is where its ghost is, no line is paid
/// that a dispute took out, and in the end all money is paid or available.
contract ContestedTest is Test {
    FundId private constant CITY_FUND = FundId.wrap("oaa-2026");
    FundId private constant FUND = FundId.wrap("oaa-2026-east");

    Contestants private _people;

    function setUp() public {
        _people = new Contestants();
        _people.start();
        bytes4[] memory acts = new bytes4[](20);
        acts[0] = Contestants.contest.selector;
        acts[1] = Contestants.decide.selector;
        acts[2] = Contestants.appeal.selector;
        acts[3] = Contestants.conclude.selector;
        acts[4] = Contestants.orderReissue.selector;
        acts[5] = Contestants.orderRecovery.selector;
        acts[6] = Contestants.bookReceipt.selector;
        acts[7] = Contestants.hold.selector;
        acts[8] = Contestants.lift.selector;
        acts[9] = Contestants.cancel.selector;
        acts[10] = Contestants.prove.selector;
        acts[11] = Contestants.clear.selector;
        acts[12] = Contestants.wait.selector;
        acts[13] = Contestants.settle.selector;
        acts[14] = Contestants.settle.selector;
        acts[15] = Contestants.step.selector;
        acts[16] = Contestants.pursue.selector;
        acts[17] = Contestants.pursue.selector;
        acts[18] = Contestants.pursue.selector;
        acts[19] = Contestants.step.selector;
        targetContract(address(_people));
        targetSelector(FuzzSelector({ addr: address(_people), selectors: acts }));
    }

    function invariant_NoFenIsLostPaidTwiceOrPaidWhileItIsContested() public view {
        _checkFunds();
        _checkRuns();
        _checkLines();
    }

    /// @dev What the fund says is what its lines say.
    function _checkFunds() private view {
        (uint256 committedFen, uint256 heldFen, uint256 paidFen, uint256 recoveredFen) =
            (0, 0, 0, 0);
        for (uint256 r = 0; r < _people.RUNS(); r++) {
            Stage stage = _people.stageOf(r);
            bool committed =
                stage == Stage.APPROVED || stage == Stage.RELEASED || stage == Stage.SETTLED;
            for (uint256 i = 0; i < _people.LINES(); i++) {
                Contestants.GhostLine memory line = _people.ghost(r, i);
                if (committed && !line.struck && !line.settled) committedFen += line.amountFen;
                if (committed && line.held) heldFen += line.amountFen;
                if (line.credited) paidFen += line.amountFen;
                recoveredFen += line.receivedFen;
            }
        }
        (Fund memory fund, uint128 availableFen) = _people.book().fund(FUND);
        assertEq(fund.committedFen, committedFen);
        assertEq(fund.heldFen, heldFen);
        assertEq(fund.paidFen, paidFen);
        assertEq(fund.recoveredFen, recoveredFen);
        assertEq(uint256(fund.grantedFen) + recoveredFen, committedFen + paidFen + availableFen);
    }

    /// @dev Every run knows what is held and struck.
    function _checkRuns() private view {
        for (uint256 r = 0; r < _people.RUNS(); r++) {
            (uint256 heldFen, uint256 struckFen, uint256 out) = (0, 0, 0);
            for (uint256 i = 0; i < _people.LINES(); i++) {
                Contestants.GhostLine memory line = _people.ghost(r, i);
                if (line.held) heldFen += line.amountFen;
                if (line.struck) struckFen += line.amountFen;
                if (line.held || line.struck) out++;
            }
            Run memory run = _people.book().run(_people.runId(r));
            assertEq(run.heldFen, heldFen);
            assertEq(run.struckFen, struckFen);
            if (run.stage != Stage.CANCELLED) assertEq(run.outCount, out);
            assertEq(run.challenges, _people.blocks(r));
        }
    }

    /// @dev A line that a dispute took out is not paid, and no more comes back than was credited.
    function _checkLines() private view {
        for (uint256 r = 0; r < _people.RUNS(); r++) {
            for (uint256 i = 0; i < _people.LINES(); i++) {
                Contestants.GhostLine memory line = _people.ghost(r, i);
                assertFalse(line.settled && (line.held || line.struck));
                assertLe(line.receivedFen, line.credited ? line.amountFen : 0);
            }
        }
    }

    /// @dev After the last call of each sequence: nothing is stuck.
    function afterInvariant() public {
        _people.windDown();
        (Fund memory fund, uint128 availableFen) = _people.book().fund(FUND);
        assertEq(fund.committedFen, 0);
        assertEq(fund.heldFen, 0);
        assertEq(availableFen, 0);
        assertTrue(fund.closed);
        (Fund memory top, uint128 topFen) = _people.book().fund(CITY_FUND);
        assertEq(topFen, 0);
        assertTrue(top.closed);
    }
}
