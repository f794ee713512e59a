// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FundLedger } from "../../src/FundLedger.sol";
import { Fund, Run, Stage } from "../../src/types/Money.sol";
import { GhostLedger } from "./GhostLedger.sol";
import { Officers } from "./Officers.sol";
import { Watch } from "./Watch.sol";

/// @notice Whatever officers try, in any order: no fen appears, disappears or is paid twice, no
/// person acts twice on one run, what is over stays over, and nothing is stuck.
contract ConservationTest is Watch {
    Officers private _people;

    function setUp() public {
        _people = new Officers();
        _people.start();
        bytes4[] memory acts = new bytes4[](23);
        acts[0] = Officers.allot.selector;
        acts[1] = Officers.passOn.selector;
        acts[2] = Officers.recall.selector;
        acts[3] = Officers.close.selector;
        acts[4] = Officers.prepare.selector;
        acts[5] = Officers.prepareAgain.selector;
        acts[6] = Officers.review.selector;
        acts[7] = Officers.approve.selector;
        acts[8] = Officers.release.selector;
        acts[9] = Officers.settle.selector;
        acts[10] = Officers.reject.selector;
        acts[11] = Officers.cancel.selector;
        acts[12] = Officers.wait.selector;
        acts[13] = Officers.replay.selector;
        acts[14] = Officers.useATransferTwice.selector;
        acts[15] = Officers.malleate.selector;
        acts[16] = Officers.signForAnotherChain.selector;
        acts[17] = Officers.fundTheClosed.selector;
        for (uint256 i = 18; i < acts.length; i++) {
            acts[i] = Officers.advance.selector;
        }
        targetContract(address(_people));
        targetSelector(FuzzSelector({ addr: address(_people), selectors: acts }));
    }

    function invariant_TheLedgerIsTheGhostAndTheGhostKeepsTheRules() public view {
        _checkWitness(_people);
        for (uint256 f = 0; f < _people.funds(); f++) {
            _checkFund(f);
        }
        _checkChildren();
        for (uint256 r = 0; r < _people.runs(); r++) {
            _checkRun(r);
        }
    }

    /// @dev After the last call of each sequence nothing is stuck: every run ends by lawful acts,
    /// and all money is paid, or is available and goes back up until it lapses.
    function afterInvariant() public {
        _people.replay();
        _checkCampaign(_people);
        _people.windDown();
        invariant_TheLedgerIsTheGhostAndTheGhostKeepsTheRules();
        for (uint256 r = 0; r < _people.runs(); r++) {
            Stage stage = _people.book().run(_people.runId(r)).stage;
            assertTrue(stage == Stage.NONE || stage >= Stage.SETTLED, "every run has ended");
        }
        for (uint256 f = 0; f < _people.funds(); f++) {
            (Fund memory fund, uint128 availableFen) = _people.book().fund(_people.fundId(f));
            assertEq(fund.committedFen, 0, "nothing is committed for ever");
            assertEq(availableFen, 0, "what was not paid has gone back");
            assertEq(fund.grantedFen, uint256(fund.paidFen) + fund.passedOnFen);
        }
    }

    function _checkFund(uint256 f) private view {
        (Fund memory fund, uint128 availableFen) = _people.book().fund(_people.fundId(f));
        (GhostLedger.GhostFund memory ghost, uint256 ghostFen) = _people.ghostFund(f);
        assertEq(fund.grantedFen, ghost.grantedFen, "granted");
        assertEq(fund.passedOnFen, ghost.passedOnFen, "passed on");
        assertEq(fund.committedFen, ghost.committedFen, "committed");
        assertEq(fund.paidFen, ghost.paidFen, "paid");
        assertEq(availableFen, ghostFen, "available");
        assertEq(fund.recoveredFen, 0, "recovered");
        assertEq(fund.heldFen, 0, "held");
        assertEq(fund.closed, ghost.closed, "closed");
    }

    /// @dev What children were granted is what their parent passed on.
    function _checkChildren() private view {
        FundLedger book = _people.book();
        uint256[4] memory childrenFen;
        for (uint256 f = 1; f < _people.funds(); f++) {
            (Fund memory child,) = book.fund(_people.fundId(f));
            (GhostLedger.GhostFund memory ghost,) = _people.ghostFund(f);
            childrenFen[ghost.parent] += child.grantedFen;
        }
        for (uint256 f = 0; f < _people.funds(); f++) {
            (Fund memory parent,) = book.fund(_people.fundId(f));
            assertEq(parent.passedOnFen, childrenFen[f], "the children's sum");
        }
    }

    function _checkRun(uint256 r) private view {
        Run memory run = _people.book().run(_people.runId(r));
        GhostLedger.GhostRun memory ghost = _people.ghostRun(r);
        assertTrue(run.stage == ghost.stage, "the stage of a run");
        assertEq(run.creditedFen, ghost.creditedFen, "credited");
        assertEq(run.returnedFen, ghost.returnedFen, "returned");
        assertEq(_people.book().actors(_people.runId(r)).length, ghost.people.length, "who acted");
    }
}
