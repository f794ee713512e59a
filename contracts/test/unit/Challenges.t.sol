// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IChallenges } from "../../src/interfaces/IChallenges.sol";
import { IContests } from "../../src/interfaces/IContests.sol";
import { Line, Placed, SumTree } from "../../src/libraries/SumTree.sol";
import { CloseChallenge } from "../../src/types/DeskStatements.sol";
import { Challenge, ChallengeKind } from "../../src/types/Dispute.sol";
import { BatchId, NO_NOTICE, RunId } from "../../src/types/Ids.sol";
import { Allot, Prepare, Release } from "../../src/types/LedgerStatements.sol";
import { AgencyKind, Role } from "../../src/types/Office.sol";
import { SumTrees } from "../SumTrees.sol";
import { Lines } from "../city/Lines.sol";

/// @notice Each fraud is proven by two proofs, by anyone; and what is no fraud is not.
contract ChallengesTest is Lines {
    using SumTrees for Line[];

    // One payment in two runs, or twice in one

    function test_OnePaymentInTwoRunsBlocksBoth() public {
        _twoRuns(_lines(0, 4, 0), _lines(3, 3, 0));
        vm.prank(address(0xcafe));
        bytes32 id = _proveDuplicate();

        Challenge memory proven = desk.challenge(id);
        assertTrue(proven.kind == ChallengeKind.DUPLICATE);
        assertTrue(proven.blockedRun && proven.blockedOtherRun);
        _refused(abi.encodeWithSelector(IContests.Contests_RunBlocked.selector, RUN, 1));
        _releaseRun(RUN, _rootOfRun(_lines(0, 4, 0)).totalFen);
        _refused(abi.encodeWithSelector(IContests.Contests_RunBlocked.selector, OTHER_RUN, 1));
        _releaseRun(OTHER_RUN, _rootOfRun(_lines(3, 3, 0)).totalFen);
    }

    function test_ADuplicateOfAPaidRunBlocksOnlyTheOther() public {
        _listed();
        _payRun(RUN, _lines(0, 4, 0));
        _prepareRun(OTHER_RUN, _lines(3, 3, 0));
        bytes32 id = _proveDuplicate();
        assertFalse(desk.challenge(id).blockedRun);
        assertTrue(desk.challenge(id).blockedOtherRun);
        assertEq(ledger.run(RUN).challenges, 0);
        assertEq(ledger.run(OTHER_RUN).challenges, 1);
    }

    function test_AFraudIsToldByAnEvent() public {
        _twoRuns(_lines(0, 4, 0), _lines(3, 3, 0));
        (bytes32 one, bytes32 other) = (RunId.unwrap(RUN), RunId.unwrap(OTHER_RUN));
        bytes32 paymentId = _paymentId(3, 0);
        (Placed memory line, Placed memory twin) = _pair();
        vm.expectEmit(address(desk));
        emit IChallenges.FraudProven(
            keccak256(abi.encode(uint8(1), one, other, paymentId)),
            RUN,
            ChallengeKind.DUPLICATE,
            one,
            other,
            paymentId,
            true,
            address(this)
        );
        desk.challengeDuplicate(RUN, line, OTHER_RUN, twin);
    }

    function test_AFraudIsProvenOnceWhicheverWayItIsTold() public {
        _twoRuns(_lines(0, 4, 0), _lines(3, 3, 0));
        bytes32 id = _proveDuplicate();
        (Placed memory line, Placed memory twin) = _pair();
        vm.expectRevert(abi.encodeWithSelector(IChallenges.Challenges_AlreadyProven.selector, id));
        desk.challengeDuplicate(OTHER_RUN, twin, RUN, line);
        assertEq(ledger.run(RUN).challenges, 1);
    }

    function test_ARejectedRunIsNoDuplicate() public {
        _twoRuns(_lines(0, 4, 0), _lines(3, 3, 0));
        _cancel(_cancellation(), PREPARER);
        (Placed memory line, Placed memory twin) = _pair();
        vm.expectRevert(abi.encodeWithSelector(IContests.Contests_RunStopped.selector, RUN));
        desk.challengeDuplicate(RUN, line, OTHER_RUN, twin);
        vm.expectRevert(abi.encodeWithSelector(IContests.Contests_RunStopped.selector, RUN));
        desk.challengeDuplicate(OTHER_RUN, twin, RUN, line);
    }

    function test_TwoPaymentsAreNoDuplicate() public {
        _twoRuns(_lines(0, 4, 0), _lines(4, 3, 0));
        Placed memory line = _find(_lines(0, 4, 0), _paymentId(3, 0));
        Placed memory other = _find(_lines(4, 3, 0), _paymentId(4, 0));
        vm.expectRevert(_otherPayment(_paymentId(3, 0), _paymentId(4, 0)));
        desk.challengeDuplicate(RUN, line, OTHER_RUN, other);
    }

    function test_AForgedTwinIsNoDuplicate() public {
        _twoRuns(_lines(0, 4, 0), _lines(4, 3, 0));
        Placed memory line = _find(_lines(0, 4, 0), _paymentId(3, 0));
        Placed memory forged = _find(_lines(4, 3, 0), _paymentId(4, 0));
        forged.line.paymentId = _paymentId(3, 0);
        vm.expectPartialRevert(SumTree.SumTree_RootMismatch.selector);
        desk.challengeDuplicate(RUN, line, OTHER_RUN, forged);
    }

    function test_OnePaymentTwiceInARunIsADuplicate() public {
        _listed();
        Line[] memory lines = _lines(0, 4, 0);
        lines[2] = lines[1];
        _prepareRun(RUN, lines);
        (Placed memory line, Placed memory twin) = (lines.place(1), lines.place(2));
        desk.challengeDuplicate(RUN, line, RUN, twin);
        assertEq(ledger.run(RUN).challenges, 1);
    }

    function test_OneLineIsNotItsOwnDuplicate() public {
        _listed();
        _prepareRun(RUN, _lines(0, 4, 0));
        Placed memory line = _lines(0, 4, 0).place(1);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.Challenges_SamePlace.selector, 1));
        desk.challengeDuplicate(RUN, line, RUN, line);
    }

    // Out of order

    function test_ARunOutOfOrderIsBlockedOnce() public {
        _listed();
        Line[] memory lines = _lines(0, 5, 0);
        (lines[1], lines[3]) = (lines[3], lines[1]);
        _prepareRun(RUN, lines);
        bytes32 id = desk.challengeOrder(RUN, lines.place(1), lines.place(3));
        (Placed memory first, Placed memory second) = (lines.place(1), lines.place(2));
        vm.expectRevert(abi.encodeWithSelector(IChallenges.Challenges_AlreadyProven.selector, id));
        desk.challengeOrder(RUN, first, second);
        assertEq(ledger.run(RUN).challenges, 1);
    }

    function test_ARunInOrderIsNotBlocked() public {
        _listed();
        Line[] memory lines = _lines(0, 5, 0);
        _prepareRun(RUN, lines);
        (Placed memory first, Placed memory second) = (lines.place(1), lines.place(3));
        vm.expectRevert(
            abi.encodeWithSelector(
                IChallenges.Challenges_InOrder.selector, lines[1].paymentId, lines[3].paymentId
            )
        );
        desk.challengeOrder(RUN, first, second);

        vm.expectRevert(abi.encodeWithSelector(IChallenges.Challenges_SamePlace.selector, 3));
        desk.challengeOrder(RUN, second, first);

        (first.inclusion.index, second.inclusion.index) = (3, 1);
        vm.expectRevert();
        desk.challengeOrder(RUN, second, first);
    }

    function test_ARosterOutOfOrderBlocksTheRunThatCitesIt() public {
        Line[] memory roster = _lines(0, DUTIES, 0);
        (roster[0], roster[6]) = (roster[6], roster[0]);
        _listed(roster);
        _prepareRun(RUN, _lines(0, 5, 0));
        desk.challengeRosterOrder(RUN, roster.place(0), roster.place(6));
        assertEq(ledger.run(RUN).challenges, 1);
    }

    function test_ABatchOutOfOrderIsACase() public {
        Line[] memory lines = _paid(2);
        (lines[0], lines[1]) = (lines[1], lines[0]);
        _settleRun(BATCH, RUN, 2, lines);
        bytes32 id = desk.challengeBatchOrder(BATCH, lines.place(0), lines.place(1));
        assertFalse(desk.challenge(id).blockedRun);
        assertTrue(desk.challenge(id).run == RUN);
    }

    // The roster

    function test_ALineThatIsNotOnTheRosterBlocksTheRun() public {
        _listed(_lines(0, 4, 0));
        Line[] memory lines = _lines(0, 5, 0);
        _prepareRun(RUN, lines);
        bytes32 id = desk.challengeUnlisted(
            RUN, _find(lines, _paymentId(4, 0)), _absence(_lines(0, 4, 0), _paymentId(4, 0))
        );
        assertTrue(desk.challenge(id).kind == ChallengeKind.UNLISTED);
        assertEq(ledger.run(RUN).challenges, 1);
    }

    function test_ALineThatIsOnTheRosterIsNotUnlisted() public {
        _listed();
        Line[] memory lines = _lines(0, 5, 0);
        _prepareRun(RUN, lines);
        Line[] memory roster = _lines(0, DUTIES, 0);
        Placed memory line = _find(lines, _paymentId(4, 0));
        Placed[] memory neighbours = new Placed[](2);
        for (uint256 i = 0; i < DUTIES - 1; i++) {
            (neighbours[0], neighbours[1]) = (roster.place(i), roster.place(i + 1));
            vm.expectRevert(
                abi.encodeWithSelector(SumTree.SumTree_NotBetween.selector, _paymentId(4, 0))
            );
            desk.challengeUnlisted(RUN, line, neighbours);
        }
    }

    function test_ALineThatIsNotInTheRunIsNotUnlisted() public {
        _listed(_lines(0, 4, 0));
        _prepareRun(RUN, _lines(0, 4, 0));
        Placed memory stranger = _find(_lines(0, 5, 0), _paymentId(4, 0));
        Placed[] memory absent = _absence(_lines(0, 4, 0), _paymentId(4, 0));
        vm.expectRevert();
        desk.challengeUnlisted(RUN, stranger, absent);
    }

    function test_ARunWithoutNoticeHasNoRoster() public {
        Allot memory s = _allotment();
        s.programme = UNNOTICED;
        _allot(s, BUDGETER);
        _passOn(_passing(), CITY_BUDGETER);
        Line[] memory lines = _lines(0, 5, 0);
        Prepare memory prepared = _preparation();
        prepared.notice = NO_NOTICE;
        prepared.root = _rootOfRun(lines).root;
        prepared.totalFen = _rootOfRun(lines).totalFen;
        prepared.count = 5;
        _prepare(prepared, PREPARER);

        (Placed memory line, Placed memory next) = (lines.place(0), lines.place(1));
        vm.expectRevert(abi.encodeWithSelector(IChallenges.Challenges_NoNotice.selector, RUN));
        desk.challengeRosterAmount(RUN, line, line);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.Challenges_NoNotice.selector, RUN));
        desk.challengeRosterOrder(RUN, line, next);
    }

    function test_ALineWithAnotherAmountThanOnTheRosterBlocksTheRun() public {
        _listed();
        Line[] memory lines = _lines(0, 5, 0);
        lines[2].amountFen += 1;
        _prepareRun(RUN, lines);
        desk.challengeRosterAmount(
            RUN, lines.place(2), _find(_lines(0, DUTIES, 0), lines[2].paymentId)
        );
        assertEq(ledger.run(RUN).challenges, 1);
    }

    function test_TheAmountOfAnotherDutyOnTheRosterIsNoCase() public {
        _listed();
        Line[] memory lines = _lines(0, 5, 0);
        _prepareRun(RUN, lines);
        Placed memory listed = _find(_lines(0, DUTIES, 0), lines[3].paymentId);
        assertNotEq(lines[2].amountFen, listed.line.amountFen);
        Placed memory line = lines.place(2);
        vm.expectRevert(_otherPayment(lines[2].paymentId, lines[3].paymentId));
        desk.challengeRosterAmount(RUN, line, listed);
    }

    function test_ALineWithTheAmountOfTheRosterIsNotBlocked() public {
        _listed();
        Line[] memory lines = _lines(0, 5, 0);
        _prepareRun(RUN, lines);
        Placed memory line = lines.place(2);
        Placed memory listed = _find(_lines(0, DUTIES, 0), lines[2].paymentId);
        vm.expectRevert(
            abi.encodeWithSelector(IChallenges.Challenges_SameAmount.selector, lines[2].amountFen)
        );
        desk.challengeRosterAmount(RUN, line, listed);

        listed.line.amountFen += 1;
        vm.expectPartialRevert(SumTree.SumTree_TotalMismatch.selector);
        desk.challengeRosterAmount(RUN, line, listed);
    }

    // Bank batches

    function test_ABatchLineThatIsNotInTheRunIsACase() public {
        Line[] memory lines = _paid(5);
        Line[] memory reported = _lines(1, 5, 0);
        _settleRun(BATCH, RUN, 2, _sameTotal(reported, lines));
        bytes32 id = desk.challengeStranger(
            BATCH, _find(reported, _paymentId(5, 0)), _absence(lines, _paymentId(5, 0))
        );
        assertTrue(desk.challenge(id).kind == ChallengeKind.STRANGER);
        assertFalse(desk.challenge(id).blockedRun);
    }

    function test_ABatchLineThatIsInTheRunIsNoStranger() public {
        Line[] memory lines = _paid(5);
        _settleRun(BATCH, RUN, 2, lines);
        Placed memory line = lines.place(2);
        Placed[] memory neighbours = new Placed[](2);
        (neighbours[0], neighbours[1]) = (lines.place(1), lines.place(2));
        vm.expectRevert(
            abi.encodeWithSelector(SumTree.SumTree_NotBetween.selector, lines[2].paymentId)
        );
        desk.challengeStranger(BATCH, line, neighbours);
    }

    function test_ABatchLineWithAnotherAmountIsACase() public {
        Line[] memory lines = _paid(5);
        Line[] memory reported = _lines(0, 5, 0);
        (reported[1].amountFen, reported[2].amountFen) =
        (reported[1].amountFen - 1, reported[2].amountFen + 1);
        _settleRun(BATCH, RUN, 2, reported);
        bytes32 id = desk.challengeBatchAmount(BATCH, reported.place(1), lines.place(1));
        assertTrue(desk.challenge(id).kind == ChallengeKind.BATCH_AMOUNT);
    }

    function test_TheAmountOfAnotherLineOfTheRunIsNoCase() public {
        Line[] memory lines = _paid(5);
        _settleRun(BATCH, RUN, 2, lines);
        assertNotEq(lines[1].amountFen, lines[2].amountFen);
        (Placed memory line, Placed memory ordered) = (lines.place(1), lines.place(2));
        vm.expectRevert(_otherPayment(lines[1].paymentId, lines[2].paymentId));
        desk.challengeBatchAmount(BATCH, line, ordered);
    }

    function test_ABatchLineWithTheSameAmountIsNoCase() public {
        Line[] memory lines = _paid(5);
        _settleRun(BATCH, RUN, 2, lines);
        Placed memory line = lines.place(1);
        Placed memory forged = lines.place(1);
        forged.line.amountFen -= 1;
        vm.expectRevert(
            abi.encodeWithSelector(IChallenges.Challenges_SameAmount.selector, line.line.amountFen)
        );
        desk.challengeBatchAmount(BATCH, line, line);
        vm.expectPartialRevert(SumTree.SumTree_TotalMismatch.selector);
        desk.challengeBatchAmount(BATCH, line, forged);
        vm.expectPartialRevert(SumTree.SumTree_TotalMismatch.selector);
        desk.challengeBatchAmount(BATCH, forged, line);
    }

    function test_CreditedAndReturnedBothIsACase() public {
        Line[] memory lines = _paid(5);
        (Line[] memory credited, Line[] memory returned) = _overlapping(lines);
        _settleRun(BATCH, RUN, 2, credited);
        _settleRun(OTHER_BATCH, RUN, 3, returned);
        bytes32 id =
            desk.challengeReportedTwice(BATCH, credited.place(1), OTHER_BATCH, returned.place(0));
        assertTrue(desk.challenge(id).kind == ChallengeKind.REPORTED_TWICE);

        (Placed memory line, Placed memory twin) = (credited.place(1), returned.place(0));
        vm.expectRevert(abi.encodeWithSelector(IChallenges.Challenges_AlreadyProven.selector, id));
        desk.challengeReportedTwice(OTHER_BATCH, twin, BATCH, line);
    }

    function test_CreditedOnceIsNoCase() public {
        Line[] memory lines = _paid(5);
        _settleRun(BATCH, RUN, 2, lines);
        Placed memory line = lines.place(1);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.Challenges_SamePlace.selector, 1));
        desk.challengeReportedTwice(BATCH, line, BATCH, line);
    }

    function test_TwoPaymentsReportedAreNotOneReportedTwice() public {
        Line[] memory lines = _paid(5);
        _settleRun(BATCH, RUN, 2, lines);
        (Placed memory line, Placed memory other) = (lines.place(1), lines.place(2));
        vm.expectRevert(_otherPayment(lines[1].paymentId, lines[2].paymentId));
        desk.challengeReportedTwice(BATCH, line, BATCH, other);
    }

    function test_TheSamePaymentInBatchesOfTwoRunsIsNotReportedTwice() public {
        _listed();
        _payRun(RUN, _lines(0, 4, 0));
        _settleRun(BATCH, RUN, 2, _lines(0, 4, 0));
        _payOther(_lines(3, 3, 0));
        _settleRun(OTHER_BATCH, OTHER_RUN, 2, _lines(3, 3, 0));
        (Placed memory line, Placed memory twin) = _pair();
        vm.expectRevert(
            abi.encodeWithSelector(IChallenges.Challenges_OtherRun.selector, RUN, OTHER_RUN)
        );
        desk.challengeReportedTwice(BATCH, line, OTHER_BATCH, twin);
    }

    function test_ABatchThatDoesNotExistIsNoCase() public {
        Line[] memory lines = _paid(5);
        Placed memory line = lines.place(1);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.Challenges_UnknownBatch.selector, BATCH));
        desk.challengeBatchAmount(BATCH, line, line);
    }

    // Paid again

    function test_AReissueWithoutAReturnBlocksTheRun() public {
        _listed();
        Line[] memory again = _lines(3, 1, 1);
        _prepareRun(RUN, again);
        bytes32 id = desk.challengeReissue(RUN, again.place(0), _dutyId(3), 1, new Placed[](0));
        assertTrue(desk.challenge(id).kind == ChallengeKind.REISSUED);
        assertEq(ledger.run(RUN).challenges, 1);
    }

    function test_AReissueOfWhatTheCitedBatchDidNotBringBackBlocksTheRun() public {
        Line[] memory lines = _paid(5);
        _settleRun(BATCH, RUN, 3, lines);
        Line[] memory again = _lines(5, 1, 1);
        again[0].amountFen = LINE_FEN;
        _prepareRun(OTHER_RUN, again, BATCH);
        desk.challengeReissue(
            OTHER_RUN, again.place(0), _dutyId(5), 1, _absence(lines, _paymentId(5, 0))
        );
        assertEq(ledger.run(OTHER_RUN).challenges, 1);
    }

    function test_ALawfulReissueIsNotBlocked() public {
        Line[] memory lines = _paid(5);
        _settleRun(BATCH, RUN, 3, lines);
        Line[] memory again = _lines(3, 1, 1);
        _prepareRun(OTHER_RUN, again, BATCH);
        Placed memory line = again.place(0);
        Placed[] memory absent = _absence(_lines(0, 3, 0), _paymentId(3, 0));
        vm.expectRevert();
        desk.challengeReissue(OTHER_RUN, line, _dutyId(3), 1, absent);
        vm.expectRevert(
            abi.encodeWithSelector(
                IChallenges.Challenges_NotAReissue.selector, _paymentId(3, 1), _dutyId(4), 1
            )
        );
        desk.challengeReissue(OTHER_RUN, line, _dutyId(4), 1, absent);
    }

    function test_AFirstPaymentIsNoReissue() public {
        _listed();
        Line[] memory lines = _lines(3, 1, 0);
        _prepareRun(RUN, lines);
        Placed memory line = lines.place(0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IChallenges.Challenges_NotAReissue.selector, _paymentId(3, 0), _dutyId(3), 0
            )
        );
        desk.challengeReissue(RUN, line, _dutyId(3), 0, new Placed[](0));
    }

    function test_AReissueUnderItsDisputeIsNotBlockedAndAnothersIs() public {
        _listed();
        Line[] memory lines = _lines(0, 5, 0);
        _payRun(RUN, lines);
        Placed memory placed = _find(lines, _paymentId(3, 0));
        _openDispute(_contest(placed), placed, DISPUTER);
        _decide(_decision(1), DECIDER);
        skip(16 days);
        _conclude();
        _orderReissue(_reissuing(LINE_FEN + 3), DECIDER);
        BatchId cited = BatchId.wrap("dispute-1");
        Line[] memory again = _lines(3, 1, 1);
        again[0].amountFen = LINE_FEN;
        _prepareRun(OTHER_RUN, again, cited);
        Placed memory line = again.place(0);
        vm.expectRevert(
            abi.encodeWithSelector(IChallenges.Challenges_WasReturned.selector, _paymentId(3, 0))
        );
        desk.challengeReissue(OTHER_RUN, line, _dutyId(3), 1, new Placed[](0));

        Line[] memory others = _lines(4, 1, 1);
        others[0].amountFen = 1;
        RunId third = RunId.wrap("run-3");
        _prepareRun(third, others, cited);
        desk.challengeReissue(third, others.place(0), _dutyId(4), 1, new Placed[](0));
        assertEq(ledger.run(third).challenges, 1);
    }

    function test_AReissueIsNotMeasuredByTheRoster() public {
        Line[] memory lines = _paid(5);
        _settleRun(BATCH, RUN, 3, lines);
        Line[] memory again = _lines(3, 1, 1);
        _prepareRun(OTHER_RUN, again, BATCH);
        Placed memory line = again.place(0);
        Placed[] memory absent = _absence(_lines(0, DUTIES, 0), _paymentId(3, 1));
        vm.expectRevert(
            abi.encodeWithSelector(IChallenges.Challenges_IsReissue.selector, OTHER_RUN, BATCH)
        );
        desk.challengeUnlisted(OTHER_RUN, line, absent);
    }

    // Closing

    function test_AnAuditorClosesAndTheRunsGoOn() public {
        _twoRuns(_lines(0, 4, 0), _lines(3, 3, 0));
        bytes32 id = _proveDuplicate();
        vm.expectEmit(address(desk));
        emit IChallenges.ChallengeClosed(id, AUDIT, REASON);
        _closeChallenge(_clearance(id), AUDITOR);
        assertEq(ledger.run(RUN).challenges, 0);
        _releaseRun(RUN, _rootOfRun(_lines(0, 4, 0)).totalFen);
    }

    function test_WhatWasClosedIsNotProvenAgain() public {
        _twoRuns(_lines(0, 4, 0), _lines(3, 3, 0));
        bytes32 id = _proveDuplicate();
        _closeChallenge(_clearance(id), AUDITOR);
        (Placed memory line, Placed memory twin) = _pair();
        vm.expectRevert(abi.encodeWithSelector(IChallenges.Challenges_AlreadyProven.selector, id));
        desk.challengeDuplicate(RUN, line, OTHER_RUN, twin);
    }

    function test_ACancelledRunIsClosedTooAndStaysCancelled() public {
        _twoRuns(_lines(0, 4, 0), _lines(3, 3, 0));
        bytes32 id = _proveDuplicate();
        _cancel(_cancellation(), PREPARER);
        _closeChallenge(_clearance(id), AUDITOR);
        assertEq(ledger.run(RUN).challenges, 0);
        assertEq(ledger.run(OTHER_RUN).challenges, 0);
    }

    function test_NobodyButAnAuditorCloses() public {
        _twoRuns(_lines(0, 4, 0), _lines(3, 3, 0));
        bytes32 id = _proveDuplicate();
        _refused(
            abi.encodeWithSelector(
                IChallenges.Challenges_NotAnAuditor.selector,
                PROCURATORATE,
                AgencyKind.PROCURATORATE
            )
        );
        _closeChallenge(_clearance(id), PROSECUTOR);
        _refused(_roleMissing(PREPARER, Role.HOLD, Role.PREPARE));
        _closeChallenge(_clearance(id), PREPARER);
    }

    function test_AClosingSaysWhyAndHappensOnce() public {
        _twoRuns(_lines(0, 4, 0), _lines(3, 3, 0));
        bytes32 id = _proveDuplicate();
        CloseChallenge memory s = _clearance(id);
        s.reason = 0;
        _refused(abi.encodeWithSelector(IChallenges.Challenges_NoReason.selector, id));
        _closeChallenge(s, AUDITOR);
        _closeChallenge(_clearance(id), AUDITOR);
        skip(1);
        _refused(abi.encodeWithSelector(IChallenges.Challenges_NotOpen.selector, id));
        _closeChallenge(_clearance(id), AUDITOR);
    }

    // Ways to get there

    function _twoRuns(Line[] memory lines, Line[] memory others) private {
        _listed();
        _prepareRun(RUN, lines);
        _approveRun(RUN, lines);
        _prepareRun(OTHER_RUN, others);
        _approveRun(OTHER_RUN, others);
    }

    function _payOther(Line[] memory lines) private {
        _prepareRun(OTHER_RUN, lines);
        _approveRun(OTHER_RUN, lines);
        Release memory s = _voucher();
        (s.run, s.amountFen, s.voucher) = (OTHER_RUN, _rootOfRun(lines).totalFen, bytes32("2"));
        _release(s, TREASURER);
    }

    function _paid(uint256 count) private returns (Line[] memory lines) {
        _listed();
        lines = _lines(0, count, 0);
        _payRun(RUN, lines);
    }

    function _pair() private pure returns (Placed memory line, Placed memory twin) {
        line = _find(_lines(0, 4, 0), _paymentId(3, 0));
        twin = _find(_lines(3, 3, 0), _paymentId(3, 0));
    }

    function _proveDuplicate() private returns (bytes32) {
        (Placed memory line, Placed memory twin) = _pair();
        return desk.challengeDuplicate(RUN, line, OTHER_RUN, twin);
    }

    /// @dev `reported` with the amounts of `lines`, so that the sums are the same.
    function _sameTotal(Line[] memory reported, Line[] memory lines)
        private
        pure
        returns (Line[] memory)
    {
        for (uint256 i = 0; i < lines.length; i++) {
            reported[i].amountFen = lines[i].amountFen;
        }
        return reported;
    }

    /// @dev Two credited, and two returned of which one was credited.
    function _otherPayment(bytes32 paymentId, bytes32 otherPaymentId)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IChallenges.Challenges_OtherPayment.selector, paymentId, otherPaymentId
        );
    }

    function _overlapping(Line[] memory lines)
        private
        pure
        returns (Line[] memory credited, Line[] memory returned)
    {
        (credited, returned) = (new Line[](2), new Line[](2));
        (credited[0], credited[1]) = (lines[0], lines[1]);
        (returned[0], returned[1]) = (lines[1], lines[2]);
    }
}
