// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IContests } from "../../src/interfaces/IContests.sol";
import { IDisputeDesk } from "../../src/interfaces/IDisputeDesk.sol";
import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { Line, Placed, SumTree } from "../../src/libraries/SumTree.sol";
import { CloseRecovery, OrderRecovery } from "../../src/types/DeskStatements.sol";
import { Receivable, RecoveryStage } from "../../src/types/Dispute.sol";
import { AgencyId, PersonId, ReceivableId, TransferId } from "../../src/types/Ids.sol";
import { Allot, PassOn } from "../../src/types/LedgerStatements.sol";
import { Fund } from "../../src/types/Money.sol";
import { AgencyKind, Role } from "../../src/types/Office.sol";
import { SeatOfficer } from "../../src/types/RegistryStatements.sol";
import { Lines } from "../city/Lines.sol";

/// @notice Receivables: ordered, received, closed, and never above what was credited. The payment
/// is duty 3's.
contract RecoveriesTest is Lines {
    uint128 private constant DUE_FEN = LINE_FEN + 3;
    bytes32 private constant CAUSE = "dispute-1";

    function test_AnUpheldDisputeOrdersACreditedPaymentBack() public {
        _upheldAndPaid();
        vm.expectEmit(address(desk));
        emit IDisputeDesk.RecoveryOrdered(
            RECEIVABLE, CAUSE, RUN, _paymentId(3, 0), DUE_FEN, DISPUTES
        );
        _order();

        Receivable memory ordered = desk.receivable(RECEIVABLE);
        assertTrue(ordered.stage == RecoveryStage.ORDERED);
        assertEq(ordered.amountFen, DUE_FEN);
        assertEq(PersonId.unwrap(ordered.orderedBy), DECIDER);
    }

    function test_WhatComesBackIsAvailableAgain() public {
        _ordered();
        (,, uint128 beforeFen) = _fundTerms(FUND);
        vm.expectEmit(address(ledger));
        emit IContests.MoneyRecovered(RECEIVABLE, RUN, FUND, 4_000);
        _bookReceipt(_receipt("receipt-1", 4_000), BANKER);

        (,, uint128 availableFen) = _fundTerms(FUND);
        assertEq(availableFen, beforeFen + 4_000);
        assertEq(_stored(FUND).recoveredFen, 4_000);
        assertTrue(desk.receivable(RECEIVABLE).stage == RecoveryStage.ORDERED);
    }

    function test_NoMoreIsPassedOnThanHasRoomBesideWhatCameBack() public {
        _ordered();
        _bookReceipt(_receipt("receipt-1", 4_000), BANKER);
        Allot memory more = _allotment();
        (more.id, more.amountFen) = (TransferId.wrap("allot-2"), type(uint64).max - CITY_FEN);
        _allot(more, BUDGETER);

        PassOn memory s = _passing();
        (s.id, s.amountFen) = (TransferId.wrap("pass-2"), type(uint64).max - FUND_FEN - 3_999);
        _refused(
            abi.encodeWithSelector(
                IFundLedger.FundLedger_TooMuch.selector, FUND, FUND_FEN + 4_000, s.amountFen
            )
        );
        _passOn(s, CITY_BUDGETER);
        (s.id, s.amountFen) = (TransferId.wrap("pass-3"), s.amountFen - 1);
        _passOn(s, CITY_BUDGETER);
    }

    function test_NoMoreComesBackThanHasRoomInItsFund() public {
        _ordered();
        Allot memory more = _allotment();
        (more.id, more.amountFen) = (TransferId.wrap("allot-2"), type(uint64).max - CITY_FEN);
        _allot(more, BUDGETER);
        PassOn memory s = _passing();
        (s.id, s.amountFen) = (TransferId.wrap("pass-2"), type(uint64).max - FUND_FEN);
        _passOn(s, CITY_BUDGETER);

        _refused(
            abi.encodeWithSelector(
                IFundLedger.FundLedger_TooMuch.selector, FUND, type(uint64).max, 4_000
            )
        );
        _bookReceipt(_receipt("receipt-1", 4_000), BANKER);
    }

    function test_WhatIsRepaidIsClosed() public {
        _ordered();
        _bookReceipt(_receipt("receipt-1", 4_000), BANKER);
        vm.expectEmit(address(desk));
        emit IDisputeDesk.RecoveryClosed(RECEIVABLE, RecoveryStage.REPAID, 0);
        _bookReceipt(_receipt("receipt-2", DUE_FEN - 4_000), BANKER);
        assertTrue(desk.receivable(RECEIVABLE).stage == RecoveryStage.REPAID);

        _refused(_notOpen(RecoveryStage.REPAID));
        _bookReceipt(_receipt("receipt-3", 1), BANKER);
    }

    function test_NoMoreComesBackThanWasOrdered() public {
        _ordered();
        _bookReceipt(_receipt("receipt-1", 1), BANKER);
        _refused(_over(DUE_FEN, DUE_FEN - 1));
        _bookReceipt(_receipt("receipt-2", DUE_FEN), BANKER);
        _refused(_over(0, DUE_FEN - 1));
        _bookReceipt(_receipt("receipt-2", 0), BANKER);
    }

    function test_NoMoreIsOrderedThanWasCredited() public {
        _upheldAndPaid();
        OrderRecovery memory s = _recovering(CAUSE, _credited());
        s.amountFen = DUE_FEN + 1;
        _refused(_over(DUE_FEN + 1, DUE_FEN));
        _orderRecovery(s, BATCH, _credited(), DECIDER);
    }

    function test_APaymentIsRecoveredOnce() public {
        _ordered();
        OrderRecovery memory s = _recovering(CAUSE, _credited());
        s.receivable = ReceivableId.wrap("recovery-2");
        _refused(
            abi.encodeWithSelector(IDisputeDesk.DisputeDesk_RecoveryOrdered.selector, RECEIVABLE)
        );
        _orderRecovery(s, BATCH, _credited(), DECIDER);
    }

    function test_AReceivableHasOneCode() public {
        _ordered();
        skip(1);
        _refused(
            abi.encodeWithSelector(IDisputeDesk.DisputeDesk_ReceivableExists.selector, RECEIVABLE)
        );
        _order();
    }

    function test_AReceiptHasOneCode() public {
        _ordered();
        _bookReceipt(_receipt("receipt-1", 1), BANKER);
        _refused(
            abi.encodeWithSelector(
                IDisputeDesk.DisputeDesk_ReceiptExists.selector, bytes32("receipt-1")
            )
        );
        _bookReceipt(_receipt("receipt-1", 2), BANKER);
    }

    function test_AReturnedPaymentIsNotRecovered() public {
        _listed();
        _payRun(RUN, _all());
        _settleRun(BATCH, RUN, 3, _all());
        _upheld();
        Placed memory returned = _credited();
        _refused(
            abi.encodeWithSelector(
                IDisputeDesk.DisputeDesk_NotCredited.selector, BATCH, _paymentId(3, 0)
            )
        );
        _orderRecovery(_recovering(CAUSE, returned), BATCH, returned, DECIDER);
    }

    function test_AForgedCreditIsRefused() public {
        _upheldAndPaid();
        Placed memory forged = _credited();
        forged.line.recordDigest = 0;
        vm.expectPartialRevert(SumTree.SumTree_RootMismatch.selector);
        this.orderForged(forged);
    }

    function test_AnotherPaymentThanTheDisputedOneIsNotRecovered() public {
        _upheldAndPaid();
        Placed memory other = _find(_all(), _paymentId(4, 0));
        _refused(_noCause(CAUSE));
        _orderRecovery(_recovering(CAUSE, other), BATCH, other, DECIDER);
    }

    function test_ADisputeThatIsNotUpheldRecoversNothing() public {
        _paid();
        _openDispute(_contest(_credited()), _credited(), DISPUTER);
        _refused(_noCause(CAUSE));
        _order();
    }

    function test_OnlyTheAgencyThatDecidedOrders() public {
        _upheldAndPaid();
        _seat(_officer(STRANGER, COURT, Role.DECIDE));
        _refused(
            abi.encodeWithSelector(IDisputeDesk.DisputeDesk_NotAParty.selector, DISPUTE, COURT)
        );
        _orderRecovery(_recovering(CAUSE, _credited()), BATCH, _credited(), STRANGER);
    }

    function test_AProvenFraudIsRecoveredByAWatchdog() public {
        bytes32 challenge = _doubled();
        OrderRecovery memory s = _recovering(challenge, _credited());
        _refused(_roleMissing(DECIDER, Role.HOLD, Role.DECIDE));
        _orderRecovery(s, BATCH, _credited(), DECIDER);
        _orderRecovery(s, BATCH, _credited(), PROSECUTOR);
        assertEq(desk.receivable(RECEIVABLE).cause, challenge);
    }

    function test_TheAuditRecoversAProvenFraudTooAndNoOtherAgencyThatMayHold() public {
        bytes32 challenge = _doubled();
        OrderRecovery memory s = _recovering(challenge, _credited());
        _seat(_officer(STRANGER, CITY, Role.HOLD));
        _refused(_deskKind(CITY, AgencyKind.AUDIT, AgencyKind.PROGRAMME));
        _orderRecovery(s, BATCH, _credited(), STRANGER);
        _orderRecovery(s, BATCH, _credited(), AUDITOR);
        assertEq(PersonId.unwrap(desk.receivable(RECEIVABLE).orderedBy), AUDITOR);
    }

    function test_AClosedFraudRecoversNothing() public {
        bytes32 challenge = _doubled();
        _closeChallenge(_clearance(challenge), AUDITOR);
        _refused(_noCause(challenge));
        _orderRecovery(_recovering(challenge, _credited()), BATCH, _credited(), AUDITOR);
    }

    function test_OnlyABankReportsWhatCameBack() public {
        _ordered();
        _refused(_roleMissing(AUDITOR, Role.BANK, Role.HOLD));
        _bookReceipt(_receipt("receipt-1", 1), AUDITOR);
        _seat(_officer(STRANGER, FINANCE, Role.BANK));
        _refused(_deskKind(FINANCE, AgencyKind.BANK, AgencyKind.FINANCE));
        _bookReceipt(_receipt("receipt-1", 1), STRANGER);
    }

    function test_WhoOrderedNeitherBooksNorCloses() public {
        _ordered();
        SeatOfficer memory seat = _officer(0x71, BANK, Role.BANK | Role.BUDGET);
        seat.person = PersonId.wrap(uint32(DECIDER));
        _seat(seat);
        bytes memory refusal = abi.encodeWithSelector(
            IDisputeDesk.DisputeDesk_SameOrderer.selector, RECEIVABLE, uint32(DECIDER)
        );
        _refused(refusal);
        _bookReceipt(_receipt("receipt-1", 1), 0x71);
        _refused(refusal);
        _closeRecovery(_writeOff(4), 0x71);
    }

    function test_AFinanceBureauOffsetsOrWritesOff() public {
        _ordered();
        vm.expectEmit(address(desk));
        emit IDisputeDesk.RecoveryClosed(RECEIVABLE, RecoveryStage.WRITTEN_OFF, REASON);
        _closeRecovery(_writeOff(4), BUDGETER);
        _refused(_notOpen(RecoveryStage.WRITTEN_OFF));
        _bookReceipt(_receipt("receipt-1", 1), BANKER);
    }

    function test_AClosingThatIsNoneIsRefused() public {
        _ordered();
        uint8[4] memory wrong = [0, 1, 2, 5];
        for (uint256 i = 0; i < 4; i++) {
            _refused(
                abi.encodeWithSelector(IDisputeDesk.DisputeDesk_UnknownClosing.selector, wrong[i])
            );
            _closeRecovery(_writeOff(wrong[i]), BUDGETER);
        }
    }

    function test_AClosingSaysWhyAndIsTheFinanceBureaus() public {
        _ordered();
        CloseRecovery memory s = _writeOff(3);
        s.reason = 0;
        _refused(abi.encodeWithSelector(IDisputeDesk.DisputeDesk_NoReason.selector, RECEIVABLE));
        _closeRecovery(s, BUDGETER);
        _refused(_deskKind(CITY, AgencyKind.FINANCE, AgencyKind.PROGRAMME));
        _closeRecovery(_writeOff(3), CITY_BUDGETER);
        _refused(_roleMissing(AUDITOR, Role.BUDGET, Role.HOLD));
        _closeRecovery(_writeOff(3), AUDITOR);
    }

    // Where the year is closed

    function test_MoneyForAClosedFundGoesToTheOneAboveIt() public {
        _ordered();
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);
        vm.expectEmit(address(ledger));
        emit IContests.MoneyRecovered(RECEIVABLE, RUN, CITY_FUND, DUE_FEN);
        _bookReceipt(_receipt("receipt-1", DUE_FEN), BANKER);
        assertEq(_stored(CITY_FUND).recoveredFen, DUE_FEN);
        assertEq(_stored(FUND).recoveredFen, 0);
    }

    function test_MoneyForAClosedYearGoesToTheAppropriationWhichClosesAgain() public {
        _ordered();
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);
        _close(_closing(CITY_FUND, "close-2"), BUDGETER);
        _bookReceipt(_receipt("receipt-1", DUE_FEN), BANKER);
        (Fund memory top, uint128 availableFen) = ledger.fund(CITY_FUND);
        assertEq(top.recoveredFen, DUE_FEN);
        assertEq(availableFen, DUE_FEN);

        _close(_closing(CITY_FUND, "close-3"), BUDGETER);
        (, availableFen) = ledger.fund(CITY_FUND);
        assertEq(availableFen, 0);
    }

    function test_ADeskThatNobodyNamedBooksNothing() public {
        vm.expectRevert(
            abi.encodeWithSelector(IContests.Contests_NotTheDesk.selector, address(this))
        );
        ledger.recover(RECEIVABLE, RUN, 1);
    }

    // Ways to get there

    function orderForged(Placed memory forged) external {
        _orderRecovery(_recovering(CAUSE, forged), BATCH, forged, DECIDER);
    }

    function _paid() private {
        _listed();
        _payRun(RUN, _all());
        _settleRun(BATCH, RUN, 2, _all());
    }

    function _upheld() private {
        Placed memory placed = _find(_all(), _paymentId(3, 0));
        _openDispute(_contest(placed), placed, DISPUTER);
        _decide(_decision(1), DECIDER);
        skip(16 days);
        _conclude();
    }

    function _upheldAndPaid() private {
        _paid();
        _upheld();
    }

    function _ordered() private {
        _upheldAndPaid();
        _order();
    }

    function _order() private {
        _orderRecovery(_recovering(CAUSE, _credited()), BATCH, _credited(), DECIDER);
    }

    /// @dev Duty 3 is paid in two runs, and that is proven.
    function _doubled() private returns (bytes32) {
        _paid();
        Line[] memory twin = _lines(3, 1, 0);
        _prepareRun(OTHER_RUN, twin);
        return desk.challengeDuplicate(
            RUN, _find(_all(), _paymentId(3, 0)), OTHER_RUN, _find(twin, _paymentId(3, 0))
        );
    }

    function _all() private pure returns (Line[] memory) {
        return _lines(0, DUTIES, 0);
    }

    function _credited() private pure returns (Placed memory) {
        return _find(_all(), _paymentId(3, 0));
    }

    function _over(uint128 amountFen, uint128 leftFen) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            IDisputeDesk.DisputeDesk_AmountOver.selector, RECEIVABLE, amountFen, leftFen
        );
    }

    function _noCause(bytes32 cause) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDisputeDesk.DisputeDesk_NoCause.selector, cause);
    }

    function _notOpen(RecoveryStage stage) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDisputeDesk.DisputeDesk_NotOpen.selector, RECEIVABLE, stage);
    }

    function _deskKind(AgencyId agency, AgencyKind expected, AgencyKind actual)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IDisputeDesk.DisputeDesk_WrongKind.selector, agency, expected, actual
        );
    }
}
