// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { PublishNotice } from "../../src/types/EvidenceStatements.sol";
import { BatchId, NoticeId, PersonId, RunId } from "../../src/types/Ids.sol";
import { Prepare, Reject, Settle } from "../../src/types/LedgerStatements.sol";
import { Batch, Stage } from "../../src/types/Money.sol";
import { Role } from "../../src/types/Office.sol";
import { SeatOfficer } from "../../src/types/RegistryStatements.sol";
import { City } from "../city/City.sol";

/// @notice Bank batches, and paying again what came back.
contract SettlementTest is City {
    RunId private constant AGAIN = RunId.wrap("run-2026-10-east-again");

    function test_CreditedMoneyIsPaid() public {
        _released();
        Settle memory s = _settlement(2, RUN_FEN, RUN_COUNT);
        vm.expectEmit(address(ledger));
        emit IFundLedger.BatchSettled(BATCH, RUN, 2, s.root, RUN_FEN, RUN_COUNT, vm.addr(BANKER));
        _settle(s, BANKER);

        (uint128 committedFen, uint128 paidFen, uint128 availableFen) = _fundTerms(FUND);
        assertEq(committedFen, 0);
        assertEq(paidFen, RUN_FEN);
        assertEq(availableFen, FUND_FEN - RUN_FEN);
        Batch memory booked = ledger.batch(BATCH);
        assertTrue(booked.run == RUN);
        assertEq(booked.kind, 2);
    }

    function test_ReturnedMoneyIsAvailableAgain() public {
        _returned();
        (uint128 committedFen, uint128 paidFen, uint128 availableFen) = _fundTerms(FUND);
        assertEq(committedFen, 0);
        assertEq(paidFen, 0);
        assertEq(availableFen, FUND_FEN);
        assertTrue(ledger.run(RUN).stage == Stage.SETTLED);
    }

    function test_OneFenShortIsNotSettled() public {
        _released();
        _settle(_settlement(2, RUN_FEN - 1, RUN_COUNT), BANKER);
        assertTrue(ledger.run(RUN).stage == Stage.RELEASED);
    }

    function test_WhatWasReportedShortIsReportedLaterAndNothingStaysCommitted() public {
        _released();
        _settle(_settlement(2, RUN_FEN - 3, RUN_COUNT), BANKER);
        Settle memory rest = _settlement(2, 1, RUN_COUNT);
        rest.batch = BatchId.wrap("batch-2");
        _settle(rest, BANKER);
        rest = _settlement(3, 3, 1);
        rest.batch = BatchId.wrap("batch-3");
        _refused(
            abi.encodeWithSelector(IFundLedger.FundLedger_BatchOverRun.selector, rest.batch, 3, 2)
        );
        _settle(rest, BANKER);
        rest.totalFen = 2;
        _settle(rest, BANKER);

        (uint128 committedFen, uint128 paidFen, uint128 availableFen) = _fundTerms(FUND);
        assertTrue(ledger.run(RUN).stage == Stage.SETTLED);
        assertEq(ledger.run(RUN).settledCount, RUN_COUNT);
        assertEq(committedFen, 0);
        assertEq(paidFen, RUN_FEN - 2);
        assertEq(availableFen, FUND_FEN - paidFen);
    }

    function test_ABatchOverTheRunByOneFenIsRefused() public {
        _released();
        _refused(_overRun(RUN_FEN + 1, RUN_FEN));
        _settle(_settlement(2, RUN_FEN + 1, RUN_COUNT), BANKER);
    }

    function test_BatchesTogetherDoNotExceedTheRun() public {
        _released();
        _settle(_settlement(2, RUN_FEN - 1, 1), BANKER);
        Settle memory s = _settlement(3, 2, 1);
        s.batch = BatchId.wrap("batch-2");
        _refused(
            abi.encodeWithSelector(IFundLedger.FundLedger_BatchOverRun.selector, s.batch, 2, 1)
        );
        _settle(s, BANKER);
    }

    function test_ABatchOfMoreLinesThanTheRunIsRefused() public {
        _released();
        _refused(
            abi.encodeWithSelector(
                IFundLedger.FundLedger_BatchOverCount.selector, BATCH, RUN_COUNT + 1, RUN_COUNT
            )
        );
        _settle(_settlement(2, RUN_FEN, RUN_COUNT + 1), BANKER);
    }

    function test_ABatchHasOneCode() public {
        _released();
        _settle(_settlement(2, 1, 1), BANKER);
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_BatchExists.selector, BATCH));
        _settle(_settlement(2, 2, 1), BANKER);
    }

    function test_ABatchOfNothingIsRefused() public {
        _released();
        for (uint256 i = 0; i < 3; i++) {
            Settle memory s = _settlement(2, RUN_FEN, RUN_COUNT);
            if (i == 0) s.count = 0;
            if (i == 1) s.totalFen = 0;
            if (i == 2) s.root = 0;
            _refused(abi.encodeWithSelector(IFundLedger.FundLedger_EmptyBatch.selector, BATCH));
            _settle(s, BANKER);
        }
    }

    function test_ABatchOfAnotherKindIsRefused() public {
        _released();
        for (uint8 kind = 1; kind < 5; kind += 3) {
            _refused(abi.encodeWithSelector(IFundLedger.FundLedger_UnknownBatchKind.selector, kind));
            _settle(_settlement(kind, RUN_FEN, RUN_COUNT), BANKER);
        }
    }

    function test_AnotherBankDoesNotReport() public {
        _released();
        _refused(_wrongAgency(BANK, OTHER_BANK));
        _settle(_settlement(2, RUN_FEN, RUN_COUNT), OTHER_BANKER);
    }

    function test_OnlyABankerReports() public {
        _released();
        _seat(_officer(STRANGER, BANK, Role.ORACLE));
        _refused(_roleMissing(STRANGER, Role.BANK, Role.ORACLE));
        _settle(_settlement(2, RUN_FEN, RUN_COUNT), STRANGER);
    }

    function test_WhoReleasedDoesNotReportFromAnotherSeat() public {
        _released();
        SeatOfficer memory seat = _officer(0x71, BANK, Role.BANK);
        seat.person = PersonId.wrap(uint32(TREASURER));
        _seat(seat);
        _refused(_samePerson(TREASURER));
        _settle(_settlement(2, RUN_FEN, RUN_COUNT), 0x71);
    }

    function test_ARunIsNotSettledBeforeItsRelease() public {
        _approved();
        _refused(_wrongStage(RUN, Stage.RELEASED, Stage.APPROVED));
        _settle(_settlement(2, RUN_FEN, RUN_COUNT), BANKER);
    }

    function test_ASettledRunTakesNoMoreBatches() public {
        _returned();
        Settle memory s = _settlement(2, 1, 1);
        s.batch = BatchId.wrap("batch-2");
        _refused(_wrongStage(RUN, Stage.RELEASED, Stage.SETTLED));
        _settle(s, BANKER);
    }

    // Reissue

    function test_WhatCameBackIsPaidAgainByARunThatCitesIt() public {
        _returned();
        _prepare(_reissue(RUN_FEN), PREPARER);
        assertTrue(ledger.run(AGAIN).reissueOf == BATCH);
        assertEq(ledger.batch(BATCH).reissuedFen, RUN_FEN);
    }

    function test_NoMoreIsPaidAgainThanCameBack() public {
        _returned();
        _refused(_reissueOver(RUN_FEN + 1, RUN_FEN));
        _prepare(_reissue(RUN_FEN + 1), PREPARER);
    }

    function test_ReissuesTogetherDoNotExceedTheReturn() public {
        _returned();
        Prepare memory s = _reissue(RUN_FEN - 1);
        s.run = RunId.wrap("run-3");
        _prepare(s, PREPARER);
        _refused(_reissueOver(2, 1));
        _prepare(_reissue(2), PREPARER);
    }

    function test_ARejectedReissueLeavesTheReturnToAnother() public {
        _returned();
        _prepare(_reissue(RUN_FEN), PREPARER);
        Reject memory s = _rejection();
        s.run = AGAIN;
        _reject(s, REVIEWER);
        assertEq(ledger.batch(BATCH).reissuedFen, 0);

        Prepare memory next = _reissue(RUN_FEN);
        next.run = RunId.wrap("run-3");
        _prepare(next, PREPARER);
    }

    function test_WhatWasCreditedIsNotPaidAgain() public {
        _released();
        _settle(_settlement(2, RUN_FEN, RUN_COUNT), BANKER);
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_NotReturned.selector, BATCH));
        _prepare(_reissue(1), PREPARER);
    }

    function test_ABatchThatDoesNotExistIsNotPaidAgain() public {
        _funded();
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_NotReturned.selector, BATCH));
        _prepare(_reissue(1), PREPARER);
    }

    function test_AReissueKeepsTheNoticeOfItsRun() public {
        _returned();
        PublishNotice memory other = _notice();
        other.notice = NoticeId.wrap("notice-2");
        _publish(other, PUBLISHER);
        skip(NOTICE_SECONDS);

        Prepare memory s = _reissue(RUN_FEN);
        s.notice = other.notice;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_ReissueDiffers.selector, AGAIN, RUN));
        _prepare(s, PREPARER);
    }

    function _reissue(uint128 totalFen) private view returns (Prepare memory s) {
        s = _preparation();
        (s.run, s.reissueOf, s.totalFen, s.count) = (AGAIN, BATCH, totalFen, 1);
    }

    function _overRun(uint128 totalFen, uint128 remainingFen) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            IFundLedger.FundLedger_BatchOverRun.selector, BATCH, totalFen, remainingFen
        );
    }

    function _reissueOver(uint128 requestedFen, uint128 remainingFen)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IFundLedger.FundLedger_ReissueOver.selector, BATCH, requestedFen, remainingFen
        );
    }
}
