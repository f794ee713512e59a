// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Dispute, DisputeStage, Outcome, RecoveryStage } from "../../src/types/Dispute.sol";
import { FundId } from "../../src/types/Ids.sol";
import { Fund, Run, Stage } from "../../src/types/Money.sol";
import { Contestants } from "./Contestants.sol";
import { Impostors } from "./Impostors.sol";
import { Watch } from "./Watch.sol";

/// @notice Whatever is contested, in any order: every line is where its ghost is, no line is paid
/// that a dispute took out, and in the end all money is paid or available.
contract ContestedTest is Watch {
    FundId private constant CITY_FUND = FundId.wrap("oaa-2026");
    FundId private constant FUND = FundId.wrap("oaa-2026-east");

    Impostors private _people;

    function setUp() public {
        _people = new Impostors();
        _people.start();
        bytes4[] memory acts = new bytes4[](33);
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
        acts[20] = Contestants.reissue.selector;
        acts[21] = Contestants.reject.selector;
        acts[22] = Impostors.impersonate.selector;
        acts[23] = Impostors.judgeOwnCause.selector;
        acts[24] = Impostors.contestTwice.selector;
        acts[25] = Impostors.forgeDuplicate.selector;
        acts[26] = Impostors.releaseContested.selector;
        acts[27] = Impostors.releaseTooMuch.selector;
        acts[28] = Impostors.repayTooMuch.selector;
        acts[29] = Impostors.recoverTwice.selector;
        acts[30] = Contestants.step.selector;
        acts[31] = Contestants.step.selector;
        acts[32] = Contestants.settle.selector;
        targetContract(address(_people));
        targetSelector(FuzzSelector({ addr: address(_people), selectors: acts }));
    }

    function invariant_NoFenIsLostPaidTwiceOrPaidWhileItIsContested() public view {
        _checkWitness(_people);
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
                paidFen += line.reissuedFen;
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
            bool stopped = run.stage == Stage.CANCELLED || run.stage == Stage.REJECTED;
            if (!stopped) assertEq(run.outCount, out);
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
                assertLe(line.reissuedFen, line.amountFen, "paid again once at most");
                if (!line.credited || line.reissuedFen == 0) continue;
                Dispute memory about = _people.bench().dispute(line.dispute);
                assertTrue(about.outcome == Outcome.UPHELD, "and after it was paid, by decision");
            }
        }
    }

    /// @dev After the last call of each sequence nothing is stuck: all disputes end, every run ends,
    /// all money is paid, or is available and goes back up until it lapses; so does what is owed.
    function afterInvariant() public {
        for (uint8 what = 0; what < 6; what++) {
            _people.impersonate(what, 0);
        }
        _checkCampaign(_people);
        _people.windDown();
        _checkRuns();
        for (uint256 r = 0; r < _people.RUNS(); r++) {
            Stage stage = _people.stageOf(r);
            assertTrue(stage == Stage.NONE || stage >= Stage.SETTLED, "every run has ended");
            assertEq(_people.blocks(r), 0, "every fraud is closed");
            for (uint256 i = 0; i < _people.LINES(); i++) {
                _checkEnded(_people.ghost(r, i));
            }
        }
        _checkEmpty(FUND);
        _checkEmpty(CITY_FUND);
    }

    function _checkEnded(Contestants.GhostLine memory line) private view {
        DisputeStage stage = _people.bench().dispute(line.dispute).stage;
        assertTrue(stage == DisputeStage.NONE || stage == DisputeStage.FINAL, "every dispute");
        RecoveryStage owed = _people.bench().receivable(line.receivable).stage;
        assertTrue(owed == RecoveryStage.NONE || owed == RecoveryStage.REPAID, "what is owed");
    }

    function _checkEmpty(FundId id) private view {
        (Fund memory fund, uint128 availableFen) = _people.book().fund(id);
        assertEq(fund.committedFen, 0, "nothing is committed for ever");
        assertEq(fund.heldFen, 0, "nothing is held for ever");
        assertEq(availableFen, 0, "what was not paid has gone back");
        assertTrue(fund.closed);
    }
}
