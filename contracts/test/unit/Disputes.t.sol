// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IContests } from "../../src/interfaces/IContests.sol";
import { IDisputeDesk } from "../../src/interfaces/IDisputeDesk.sol";
import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { Line, Placed, SumTree } from "../../src/libraries/SumTree.sol";
import { Appeal, Decide, DecideAppeal, OpenDispute } from "../../src/types/DeskStatements.sol";
import { Dispute, DisputeStage, Outcome } from "../../src/types/Dispute.sol";
import { AgencyId, BatchId, DisputeId, PersonId, RunId } from "../../src/types/Ids.sol";
import { Stage } from "../../src/types/Money.sol";
import { Role } from "../../src/types/Office.sol";
import { SeatOfficer } from "../../src/types/RegistryStatements.sol";
import { Lines } from "../city/Lines.sol";

/// @notice A dispute holds one line, exactly, and ends in one of few ways. The line is duty 3's.
contract DisputesTest is Lines {
    uint128 private constant HELD_FEN = LINE_FEN + 3;
    uint128 private constant TOTAL_FEN = 7 * LINE_FEN + 21;
    BatchId private constant AS_BATCH = BatchId.wrap("dispute-1");

    // Before the release

    function test_ADisputeHoldsExactlyItsLineAndTheRestGoesOn() public {
        _contested();
        assertEq(ledger.run(RUN).heldFen, HELD_FEN);

        _releaseRun(RUN, TOTAL_FEN - HELD_FEN);
        _settleRun(BATCH, RUN, 2, _others());
        assertTrue(ledger.run(RUN).stage == Stage.SETTLED);
        (uint128 committedFen, uint128 paidFen,) = _fundTerms(FUND);
        assertEq(committedFen, HELD_FEN);
        assertEq(paidFen, TOTAL_FEN - HELD_FEN);
        assertEq(_stored(FUND).heldFen, HELD_FEN);
    }

    function test_AVoucherOverAHeldLineIsRefused() public {
        _contested();
        _refused(
            abi.encodeWithSelector(
                IFundLedger.FundLedger_VoucherDiffers.selector, RUN, TOTAL_FEN - HELD_FEN, TOTAL_FEN
            )
        );
        _releaseRun(RUN, TOTAL_FEN);
    }

    function test_ABatchWithMoreLinesThanTheVoucherIsRefused() public {
        _contested();
        _releaseRun(RUN, TOTAL_FEN - HELD_FEN);
        _refused(
            abi.encodeWithSelector(IFundLedger.FundLedger_BatchOverCount.selector, BATCH, 7, 6)
        );
        _settleRun(BATCH, RUN, 2, _withAmounts(1));
    }

    function test_ADismissedDisputePutsTheLineBackIntoItsRun() public {
        _contested();
        _dismissed();
        vm.expectEmit(address(ledger));
        emit IContests.LineFreed(DISPUTE, RUN, HELD_FEN);
        _conclude();

        assertEq(_stored(FUND).heldFen, 0);
        _releaseRun(RUN, TOTAL_FEN);
        _settleRun(BATCH, RUN, 2, _lines(0, DUTIES, 0));
        assertTrue(ledger.run(RUN).stage == Stage.SETTLED);
    }

    function test_AnUpheldDisputeStrikesTheLineAndFreesItsMoney() public {
        _contested();
        _upheld();

        (uint128 committedFen,, uint128 availableFen) = _fundTerms(FUND);
        assertEq(committedFen, TOTAL_FEN - HELD_FEN);
        assertEq(availableFen, FUND_FEN - committedFen);
        assertEq(_stored(FUND).heldFen, 0);
        assertEq(ledger.run(RUN).struckFen, HELD_FEN);
        _releaseRun(RUN, TOTAL_FEN - HELD_FEN);
    }

    function test_ADisputeBeforeTheApprovalLeavesTheStruckLineUncommitted() public {
        _listed();
        Line[] memory lines = _lines(0, DUTIES, 0);
        _prepareRun(RUN, lines);
        _dispute();
        _upheld();
        _approveRun(RUN, lines);

        (uint128 committedFen,,) = _fundTerms(FUND);
        assertEq(committedFen, TOTAL_FEN - HELD_FEN);
    }

    function test_ALineHeldBeforeTheApprovalIsHeldInWhatIsCommittedAndCancelledWithIt() public {
        _listed();
        Line[] memory lines = _lines(0, DUTIES, 0);
        _prepareRun(RUN, lines);
        _dispute();
        assertEq(_stored(FUND).heldFen, 0);
        _approveRun(RUN, lines);
        (uint128 committedFen,,) = _fundTerms(FUND);
        assertEq(committedFen, TOTAL_FEN);
        assertEq(_stored(FUND).heldFen, HELD_FEN);

        _cancel(_cancellation(), PREPARER);
        (committedFen,,) = _fundTerms(FUND);
        assertEq(committedFen, 0);
        assertEq(_stored(FUND).heldFen, 0);
    }

    function test_ALineHeldAtTheReleaseAndDismissedIsPaidAgainUnderTheDispute() public {
        _contested();
        _releaseRun(RUN, TOTAL_FEN - HELD_FEN);
        _dismissed();
        _conclude();

        (uint128 committedFen,,) = _fundTerms(FUND);
        assertEq(committedFen, TOTAL_FEN - HELD_FEN);
        Line[] memory again = _lines(3, 1, 1);
        _prepareRun(OTHER_RUN, again, AS_BATCH);
        assertEq(ledger.batch(AS_BATCH).reissuedFen, HELD_FEN);
    }

    function test_WhatTheDisputeAllowsIsPaidOnce() public {
        _contested();
        _releaseRun(RUN, TOTAL_FEN - HELD_FEN);
        _dismissed();
        _conclude();
        Line[] memory again = _lines(3, 1, 1);
        _prepareRun(OTHER_RUN, again, AS_BATCH);

        _refused(
            abi.encodeWithSelector(
                IFundLedger.FundLedger_ReissueOver.selector, AS_BATCH, HELD_FEN, 0
            )
        );
        _prepareRun(RunId.wrap("run-3"), again, AS_BATCH);
    }

    function test_AnOpenDisputeIsNotPaidAgain() public {
        _contested();
        Line[] memory again = _lines(3, 1, 1);
        _refused(
            abi.encodeWithSelector(
                IFundLedger.FundLedger_ReissueOver.selector, AS_BATCH, HELD_FEN, 0
            )
        );
        _prepareRun(OTHER_RUN, again, AS_BATCH);
    }

    function test_ARunWhoseEveryLineIsHeldHasNothingToRelease() public {
        _listed();
        Line[] memory one = _lines(3, 1, 0);
        _prepareRun(RUN, one);
        _approveRun(RUN, one);
        Placed memory placed = _find(one, _paymentId(3, 0));
        _openDispute(_contest(placed), placed, DISPUTER);
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_NothingToRelease.selector, RUN));
        _releaseRun(RUN, 0);
    }

    function test_ACancelledRunTakesItsHeldLineAlong() public {
        _contested();
        _cancel(_cancellation(), PREPARER);
        (uint128 committedFen,, uint128 availableFen) = _fundTerms(FUND);
        assertEq(committedFen, 0);
        assertEq(availableFen, FUND_FEN);
        assertEq(_stored(FUND).heldFen, 0);

        _upheld();
        (committedFen,, availableFen) = _fundTerms(FUND);
        assertEq(committedFen, 0);
        assertEq(availableFen, FUND_FEN);
    }

    function test_ARunThatIsStoppedIsNotContested() public {
        _contestable();
        _cancel(_cancellation(), PREPARER);
        _refused(abi.encodeWithSelector(IContests.Contests_RunStopped.selector, RUN));
        _dispute();
    }

    // After the release

    function test_ADisputeAfterTheReleaseHoldsNothing() public {
        _contestable();
        _releaseRun(RUN, TOTAL_FEN);
        _dispute();
        assertFalse(desk.dispute(DISPUTE).held);
        assertEq(ledger.run(RUN).heldFen, 0);
    }

    function test_AnUpheldOneMayOrderAReissue() public {
        _paidAndUpheld();
        vm.expectEmit(address(desk));
        emit IDisputeDesk.ReissueOrdered(DISPUTE, DISPUTES, HELD_FEN);
        _orderReissue(_reissuing(HELD_FEN), DECIDER);

        Line[] memory again = _lines(3, 1, 1);
        _prepareRun(OTHER_RUN, again, AS_BATCH);
        assertTrue(ledger.run(OTHER_RUN).reissueOf == AS_BATCH);
    }

    function test_NoMoreIsReissuedThanTheLine() public {
        _paidAndUpheld();
        for (uint128 i = 0; i < 2; i++) {
            uint128 amountFen = i == 0 ? 0 : HELD_FEN + 1;
            _refused(
                abi.encodeWithSelector(
                    IDisputeDesk.DisputeDesk_AmountOver.selector, DISPUTE, amountFen, HELD_FEN
                )
            );
            _orderReissue(_reissuing(amountFen), DECIDER);
        }
    }

    function test_AReissueIsOrderedOnce() public {
        _paidAndUpheld();
        _orderReissue(_reissuing(HELD_FEN), DECIDER);
        _refused(
            abi.encodeWithSelector(
                IDisputeDesk.DisputeDesk_ReissueOrdered.selector, DISPUTE, HELD_FEN
            )
        );
        _orderReissue(_reissuing(1), DECIDER);
    }

    function test_ADismissedDisputeOrdersNothing() public {
        _contestable();
        _releaseRun(RUN, TOTAL_FEN);
        _dispute();
        _dismissed();
        _conclude();
        _refused(abi.encodeWithSelector(IDisputeDesk.DisputeDesk_NotUpheld.selector, DISPUTE));
        _orderReissue(_reissuing(1), DECIDER);
    }

    function test_OnlyTheAgencyThatDecidedOrdersAReissue() public {
        _paidAndUpheld();
        _seat(_officer(STRANGER, COURT, Role.DECIDE));
        _refused(_notAParty(COURT));
        _orderReissue(_reissuing(1), STRANGER);
    }

    function test_ALineIsDisputedAgainOnlyAfterItWasDismissed() public {
        _contestable();
        _releaseRun(RUN, TOTAL_FEN);
        _dispute();
        OpenDispute memory second = _contest(_placed());
        second.dispute = DisputeId.wrap("dispute-2");
        _refused(_lineContested());
        _openDispute(second, _placed(), DISPUTER);

        _dismissed();
        _conclude();
        second.basis = _contest(_placed()).basis;
        _openDispute(second, _placed(), DISPUTER);
    }

    function test_AnUpheldLineIsNotDisputedAgain() public {
        _paidAndUpheld();
        OpenDispute memory second = _contest(_placed());
        second.dispute = DisputeId.wrap("dispute-2");
        _refused(_lineContested());
        _openDispute(second, _placed(), DISPUTER);
    }

    // Opening

    function test_ADisputeRemembersItsLineAndWhoOpenedIt() public {
        _contestable();
        vm.expectEmit(address(desk));
        emit IDisputeDesk.DisputeOpened(
            DISPUTE, RUN, _paymentId(3, 0), HELD_FEN, true, CITY, REASON
        );
        _dispute();

        Dispute memory opened = desk.dispute(DISPUTE);
        assertTrue(opened.stage == DisputeStage.OPEN);
        assertTrue(opened.payer == DISTRICT && opened.opener == CITY);
        assertEq(opened.amountFen, HELD_FEN);
        assertTrue(opened.held);
    }

    function test_ADisputeHasOneCode() public {
        _contested();
        OpenDispute memory s = _contest(_placed());
        s.reason = keccak256("another reason");
        _refused(abi.encodeWithSelector(IDisputeDesk.DisputeDesk_DisputeExists.selector, DISPUTE));
        _openDispute(s, _placed(), DISPUTER);
    }

    function test_TheCodeOfABatchIsNotADisputes() public {
        _contestable();
        _releaseRun(RUN, TOTAL_FEN);
        _settleRun(BATCH, RUN, 2, _lines(0, DUTIES, 0));
        OpenDispute memory s = _contest(_placed());
        s.dispute = DisputeId.wrap(BatchId.unwrap(BATCH));
        _refused(abi.encodeWithSelector(IContests.Contests_CodeTaken.selector, s.dispute));
        _openDispute(s, _placed(), DISPUTER);
    }

    function test_TheCodeOfADisputeIsNotABatchs() public {
        _contested();
        _releaseRun(RUN, TOTAL_FEN - HELD_FEN);
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_BatchExists.selector, AS_BATCH));
        _settleRun(AS_BATCH, RUN, 2, _others());
    }

    function test_ALineWithAnotherAmountIsNotDisputed() public {
        _contestable();
        OpenDispute memory s = _contest(_placed());
        s.amountFen += 1;
        _refused(_lineDiffers());
        _openDispute(s, _placed(), DISPUTER);

        Placed memory forged = _placed();
        forged.line.amountFen += 1;
        _refused(
            abi.encodeWithSelector(SumTree.SumTree_TotalMismatch.selector, TOTAL_FEN, TOTAL_FEN + 1)
        );
        _openDispute(s, forged, DISPUTER);
    }

    function test_AnotherPaymentThanTheProvedOneIsNotDisputed() public {
        _contestable();
        OpenDispute memory s = _contest(_placed());
        s.paymentId = _paymentId(4, 0);
        _refused(_lineDiffers());
        _openDispute(s, _placed(), DISPUTER);
    }

    function test_ADisputeSaysWhy() public {
        _contestable();
        OpenDispute memory s = _contest(_placed());
        s.reason = 0;
        _refused(abi.encodeWithSelector(IDisputeDesk.DisputeDesk_NoReason.selector, DISPUTE));
        _openDispute(s, _placed(), DISPUTER);
    }

    function test_EveryDecisionAndEveryAppealSaysWhy() public {
        _contested();
        bytes memory noReason =
            abi.encodeWithSelector(IDisputeDesk.DisputeDesk_NoReason.selector, DISPUTE);

        Decide memory decided = _decision(1);
        decided.reason = 0;
        _refused(noReason);
        _decide(decided, DECIDER);
        _decide(_decision(1), DECIDER);

        Appeal memory appealed = _appealing();
        appealed.reason = 0;
        _refused(noReason);
        _appeal(appealed, DISPUTER);
        _appeal(_appealing(), DISPUTER);

        DecideAppeal memory ruled = _ruling(1);
        ruled.reason = 0;
        _refused(noReason);
        _decideAppeal(ruled, APPELLATE);
    }

    function test_OnlyADisputeOfficerOpens() public {
        _contestable();
        _refused(_roleMissing(PREPARER, Role.DISPUTE, Role.PREPARE));
        _openDispute(_contest(_placed()), _placed(), PREPARER);
    }

    // Deciding

    function test_ADecisionSaysUntilWhenItCanBeAppealed() public {
        _contested();
        Decide memory s = _decision(1);
        vm.expectEmit(address(desk));
        emit IDisputeDesk.DisputeDecided(DISPUTE, DISPUTES, Outcome.UPHELD, REASON, s.appealUntil);
        _decide(s, DECIDER);
        assertTrue(desk.dispute(DISPUTE).stage == DisputeStage.DECIDED);
        assertEq(ledger.run(RUN).struckFen, 0);
    }

    function test_AnAppealWindowIsNeitherPastNorEndless() public {
        _contested();
        uint64[2] memory wrong =
            [uint64(block.timestamp - 1), uint64(block.timestamp + 366 days + 1)];
        for (uint256 i = 0; i < 2; i++) {
            Decide memory s = _decision(1);
            s.appealUntil = wrong[i];
            _refused(
                abi.encodeWithSelector(
                    IDisputeDesk.DisputeDesk_AppealWindow.selector,
                    DISPUTE,
                    wrong[i],
                    block.timestamp + 366 days
                )
            );
            _decide(s, DECIDER);
        }
    }

    function test_AnOutcomeThatIsNoneIsRefused() public {
        _contested();
        for (uint8 outcome = 0; outcome < 4; outcome += 3) {
            _refused(
                abi.encodeWithSelector(IDisputeDesk.DisputeDesk_UnknownOutcome.selector, outcome)
            );
            _decide(_decision(outcome), DECIDER);
        }
    }

    function test_NeitherTheOpenersNorThePayersAgencyDecides() public {
        _contested();
        _seat(_officer(0x71, CITY, Role.DECIDE));
        _seat(_officer(0x72, DISTRICT, Role.DECIDE));
        _refused(_sameAgency(CITY));
        _decide(_decision(1), 0x71);
        _refused(_sameAgency(DISTRICT));
        _decide(_decision(1), 0x72);
    }

    function test_WhoOpenedDoesNotDecideFromAnotherSeat() public {
        _contested();
        _seat(_secondSeat(0x71, DISPUTER, Role.DECIDE));
        _refused(_sameParty(DISPUTER));
        _decide(_decision(1), 0x71);
    }

    function test_OnlyADeciderDecides() public {
        _contested();
        _refused(_roleMissing(APPELLATE, Role.DECIDE, Role.APPEAL));
        _decide(_decision(1), APPELLATE);
    }

    function test_ADisputeIsDecidedOnce() public {
        _contested();
        _decide(_decision(1), DECIDER);
        _refused(_disputeStage(DisputeStage.OPEN, DisputeStage.DECIDED));
        _decide(_decision(2), DECIDER);
    }

    function test_ADecisionIsNotFinalWhileItCanBeAppealed() public {
        _contested();
        Decide memory s = _decision(1);
        _decide(s, DECIDER);
        vm.warp(s.appealUntil);
        _refused(
            abi.encodeWithSelector(
                IDisputeDesk.DisputeDesk_AppealOpen.selector, DISPUTE, s.appealUntil
            )
        );
        _conclude();
        skip(1);
        _conclude();
        assertTrue(desk.dispute(DISPUTE).stage == DisputeStage.FINAL);
    }

    // Appeal

    function test_AnAppealIsDecidedByAThirdAgencyAndThatIsFinal() public {
        _contested();
        _decide(_decision(2), DECIDER);
        _appeal(_appealing(), DISPUTER);
        _decideAppeal(_ruling(1), APPELLATE);

        Dispute memory ended = desk.dispute(DISPUTE);
        assertTrue(ended.stage == DisputeStage.FINAL);
        assertTrue(ended.outcome == Outcome.UPHELD);
        assertEq(ledger.run(RUN).struckFen, HELD_FEN);
    }

    function test_ThePayersAgencyMayAppealToo() public {
        _contested();
        _decide(_decision(1), DECIDER);
        _seat(_officer(0x71, DISTRICT, Role.DISPUTE));
        _appeal(_appealing(), 0x71);
        assertTrue(desk.dispute(DISPUTE).stage == DisputeStage.APPEALED);
    }

    function test_NobodyElseAppeals() public {
        _contested();
        _decide(_decision(1), DECIDER);
        _seat(_officer(0x71, BANK, Role.DISPUTE));
        _refused(_notAParty(BANK));
        _appeal(_appealing(), 0x71);
    }

    function test_OnlyADisputeOfficerOfAPartyAppeals() public {
        _contested();
        _decide(_decision(1), DECIDER);
        _seat(_officer(0x71, DISTRICT, Role.PREPARE));
        _refused(_roleMissing(0x71, Role.DISPUTE, Role.PREPARE));
        _appeal(_appealing(), 0x71);
    }

    function test_OnlyAnAppealOfficerDecidesAnAppeal() public {
        _contested();
        _decide(_decision(1), DECIDER);
        _appeal(_appealing(), DISPUTER);
        _seat(_officer(0x71, COURT, Role.DECIDE));
        _refused(_roleMissing(0x71, Role.APPEAL, Role.DECIDE));
        _decideAppeal(_ruling(1), 0x71);
    }

    function test_OnlyWhoMayDecideOrdersTheReissue() public {
        _paidAndUpheld();
        _seat(_officer(0x71, DISPUTES, Role.DISPUTE));
        _refused(_roleMissing(0x71, Role.DECIDE, Role.DISPUTE));
        _orderReissue(_reissuing(1), 0x71);
    }

    function test_AfterAnAppealOnlyWhoMayDecideAppealsOrdersTheReissue() public {
        _paidAndUpheldOnAppeal();
        _seat(_officer(0x71, COURT, Role.DECIDE));
        _refused(_roleMissing(0x71, Role.APPEAL, Role.DECIDE));
        _orderReissue(_reissuing(1), 0x71);
    }

    function test_AnAppealAfterItsTimeIsRefused() public {
        _contested();
        Decide memory s = _decision(1);
        _decide(s, DECIDER);
        vm.warp(s.appealUntil + 1);
        _refused(
            abi.encodeWithSelector(
                IDisputeDesk.DisputeDesk_AppealTooLate.selector, DISPUTE, s.appealUntil
            )
        );
        _appeal(_appealing(), DISPUTER);
    }

    function test_WhoDecidedDoesNotHearTheAppeal() public {
        _contested();
        _decide(_decision(1), DECIDER);
        _appeal(_appealing(), DISPUTER);
        _seat(_officer(0x71, DISPUTES, Role.APPEAL));
        _refused(_sameAgency(DISPUTES));
        _decideAppeal(_ruling(1), 0x71);
        _seat(_secondSeat(0x72, DECIDER, Role.APPEAL));
        _refused(_sameParty(DECIDER));
        _decideAppeal(_ruling(1), 0x72);
    }

    function test_AnAppealedDisputeIsNotConcludedByWaiting() public {
        _contested();
        _decide(_decision(1), DECIDER);
        _appeal(_appealing(), DISPUTER);
        skip(400 days);
        _refused(_disputeStage(DisputeStage.DECIDED, DisputeStage.APPEALED));
        _conclude();
    }

    function test_AfterAnAppealTheAppellateOrdersTheReissue() public {
        _paidAndUpheldOnAppeal();
        _orderReissue(_reissuing(HELD_FEN), APPELLATE);
        assertEq(desk.dispute(DISPUTE).reissueFen, HELD_FEN);
    }

    // Ways to get there

    function _contestable() private {
        _listed();
        Line[] memory lines = _lines(0, DUTIES, 0);
        _prepareRun(RUN, lines);
        _approveRun(RUN, lines);
    }

    function _contested() private {
        _contestable();
        _dispute();
    }

    function _dispute() private {
        _openDispute(_contest(_placed()), _placed(), DISPUTER);
    }

    function _dismissed() private {
        _decide(_decision(2), DECIDER);
        skip(16 days);
    }

    function _upheld() private {
        _decide(_decision(1), DECIDER);
        skip(16 days);
        _conclude();
    }

    function _paidAndUpheld() private {
        _contestable();
        _releaseRun(RUN, TOTAL_FEN);
        _dispute();
        _upheld();
    }

    function _paidAndUpheldOnAppeal() private {
        _contestable();
        _releaseRun(RUN, TOTAL_FEN);
        _dispute();
        _decide(_decision(2), DECIDER);
        _appeal(_appealing(), DISPUTER);
        _decideAppeal(_ruling(1), APPELLATE);
    }

    function _placed() private pure returns (Placed memory) {
        return _find(_lines(0, DUTIES, 0), _paymentId(3, 0));
    }

    function _others() private pure returns (Line[] memory lines) {
        Line[] memory all = _lines(0, DUTIES, 0);
        lines = new Line[](DUTIES - 1);
        uint256 next = 0;
        for (uint256 i = 0; i < DUTIES; i++) {
            if (all[i].paymentId != _paymentId(3, 0)) lines[next++] = all[i];
        }
    }

    function _withAmounts(uint128 amountFen) private pure returns (Line[] memory lines) {
        lines = _lines(0, DUTIES, 0);
        for (uint256 i = 0; i < DUTIES; i++) {
            lines[i].amountFen = amountFen;
        }
    }

    function _secondSeat(uint256 key, uint256 person, uint32 roles)
        private
        view
        returns (SeatOfficer memory s)
    {
        s = _officer(key, COURT, roles);
        s.person = PersonId.wrap(uint32(person));
    }

    function _lineContested() private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDisputeDesk.DisputeDesk_LineContested.selector, DISPUTE);
    }

    function _lineDiffers() private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            IDisputeDesk.DisputeDesk_LineDiffers.selector, DISPUTE, _paymentId(3, 0), HELD_FEN
        );
    }

    function _notAParty(AgencyId agency) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDisputeDesk.DisputeDesk_NotAParty.selector, DISPUTE, agency);
    }

    function _sameAgency(AgencyId agency) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDisputeDesk.DisputeDesk_SameAgency.selector, DISPUTE, agency);
    }

    function _sameParty(uint256 person) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            IDisputeDesk.DisputeDesk_SamePerson.selector, DISPUTE, uint32(person)
        );
    }

    function _disputeStage(DisputeStage expected, DisputeStage actual)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IDisputeDesk.DisputeDesk_WrongStage.selector, DISPUTE, expected, actual
        );
    }
}
