// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { Codes } from "../../src/libraries/Codes.sol";
import { PublishNotice } from "../../src/types/EvidenceStatements.sol";
import { FundId, NO_NOTICE, NoticeId, Period, PersonId, RunId } from "../../src/types/Ids.sol";
import { Allot, Prepare } from "../../src/types/LedgerStatements.sol";
import { Run, Stage } from "../../src/types/Money.sol";
import { Role } from "../../src/types/Office.sol";
import { City } from "../city/City.sol";

/// @notice A run is laid before the reviewer only over a notice that has run out, within the fund.
contract PreparationTest is City {
    function test_ARunRemembersWhatWasPreparedAndByWhom() public {
        _funded();
        vm.expectEmit(address(ledger));
        emit IFundLedger.RunPrepared(
            RUN,
            FUND,
            NOTICE,
            _preparation().reissueOf,
            PERIOD,
            ROOT,
            RUN_FEN,
            RUN_COUNT,
            vm.addr(PREPARER)
        );
        _prepare(_preparation(), PREPARER);

        Run memory prepared = ledger.run(RUN);
        assertTrue(prepared.stage == Stage.PREPARED);
        assertTrue(prepared.fund == FUND && prepared.notice == NOTICE);
        assertEq(prepared.root, ROOT);
        assertEq(prepared.totalFen, RUN_FEN);
        assertEq(prepared.count, RUN_COUNT);
        assertEq(prepared.required, 1);
        assertEq(PersonId.unwrap(ledger.actors(RUN)[0]), PREPARER);
    }

    function test_PreparingCommitsNothing() public {
        _prepared();
        (uint128 committedFen,, uint128 availableFen) = _fundTerms(FUND);
        assertEq(committedFen, 0);
        assertEq(availableFen, FUND_FEN);
    }

    function test_ARunHasOneCode() public {
        _prepared();
        Prepare memory s = _preparation();
        s.totalFen += 1;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_RunExists.selector, RUN));
        _prepare(s, PREPARER);
    }

    function test_ARejectedRunKeepsItsCode() public {
        _prepared();
        _reject(_rejection(), REVIEWER);
        Prepare memory s = _preparation();
        s.totalFen += 1;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_RunExists.selector, RUN));
        _prepare(s, PREPARER);
    }

    function test_ARunOfNothingIsRefused() public {
        _funded();
        for (uint256 i = 0; i < 3; i++) {
            Prepare memory s = _preparation();
            if (i == 0) s.count = 0;
            if (i == 1) s.totalFen = 0;
            if (i == 2) s.root = 0;
            _refused(abi.encodeWithSelector(IFundLedger.FundLedger_EmptyRun.selector, RUN));
            _prepare(s, PREPARER);
        }
    }

    function test_ARunOfMoreLinesThanAreCountedIsRefused() public {
        _funded();
        Prepare memory s = _preparation();
        s.count = uint64(type(uint32).max) + 1;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_TooManyLines.selector, RUN, s.count));
        _prepare(s, PREPARER);

        s.count = type(uint32).max;
        _prepare(s, PREPARER);
        assertEq(ledger.run(RUN).count, type(uint32).max);
    }

    function test_ARunOverTheFundByOneFenIsRefused() public {
        _funded();
        Prepare memory s = _preparation();
        s.totalFen = FUND_FEN + 1;
        _refused(_overspend(FUND, FUND_FEN + 1, FUND_FEN));
        _prepare(s, PREPARER);
    }

    function test_ARunOnNoFundIsRefused() public {
        _funded();
        Prepare memory s = _preparation();
        s.fund = FundId.wrap("nothing");
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_UnknownFund.selector, s.fund));
        _prepare(s, PREPARER);
    }

    function test_ARunBeforeTheNoticeHasRunOutIsRefused() public {
        _funded();
        uint64 closesAt = evidence.notice(NOTICE).closesAt;
        vm.warp(closesAt - 1);
        _refused(
            abi.encodeWithSelector(IFundLedger.FundLedger_NoticeOpen.selector, NOTICE, closesAt)
        );
        _prepare(_preparation(), PREPARER);
    }

    function test_ARunWithoutNoticeIsRefusedWhereTheProgrammeAsksForOne() public {
        _funded();
        Prepare memory s = _preparation();
        s.notice = NO_NOTICE;
        _refused(
            abi.encodeWithSelector(IFundLedger.FundLedger_NoNotice.selector, RUN, NOTICE_SECONDS)
        );
        _prepare(s, PREPARER);
    }

    function test_AProgrammeWithoutNoticePreparesAtOnce() public {
        _fundUnnoticed();
        Prepare memory s = _preparation();
        s.notice = NO_NOTICE;
        _prepare(s, PREPARER);
        Run memory prepared = ledger.run(RUN);
        assertTrue(prepared.stage == Stage.PREPARED);
        assertEq(Period.unwrap(prepared.period), Period.unwrap(s.period)); // no notice says it
    }

    function test_ANoticeCitedMustFitEvenWhereNoneIsNeeded() public {
        _fundUnnoticed();
        _publish(_notice(), PUBLISHER);
        skip(NOTICE_SECONDS);
        _refused(_noticeDiffers(NOTICE));
        _prepare(_preparation(), PREPARER);
    }

    function test_TheNoticeOfAnotherMonthIsRefused() public {
        _funded();
        Prepare memory s = _preparation();
        s.period = Period.wrap("2026-11");
        _refused(_noticeDiffers(NOTICE));
        _prepare(s, PREPARER);
    }

    function test_TheNoticeOfAnotherAgencyIsRefused() public {
        _funded();
        _seat(_officer(STRANGER, OTHER_DISTRICT, Role.PUBLISH));
        NoticeId other = NoticeId.wrap("notice-2026-10-west");
        _publishAs(other, STRANGER);
        Prepare memory s = _preparation();
        s.notice = other;
        _refused(_noticeDiffers(other));
        _prepare(s, PREPARER);
    }

    function test_ANoticeThatWasNeverShownIsRefused() public {
        _funded();
        Prepare memory s = _preparation();
        s.notice = NoticeId.wrap("nothing");
        _refused(_noticeDiffers(s.notice));
        _prepare(s, PREPARER);
    }

    function test_APeriodThatIsNoMonthIsRefused() public {
        _fundUnnoticed();
        Prepare memory s = _preparation();
        s.notice = NO_NOTICE;
        s.period = Period.wrap("October");
        _refused(abi.encodeWithSelector(Codes.Codes_Malformed.selector, s.period));
        _prepare(s, PREPARER);
    }

    function test_ACodeThatIsNoneIsRefused() public {
        _funded();
        Prepare memory s = _preparation();
        s.run = RunId.wrap("run 1");
        _refused(abi.encodeWithSelector(Codes.Codes_Malformed.selector, s.run));
        _prepare(s, PREPARER);
    }

    function test_AnotherAgencyDoesNotPrepare() public {
        _funded();
        _seat(_officer(STRANGER, CITY, Role.PREPARE));
        _refused(_wrongAgency(DISTRICT, CITY));
        _prepare(_preparation(), STRANGER);
    }

    function test_OnlyAPreparerPrepares() public {
        _funded();
        _refused(_roleMissing(REVIEWER, Role.PREPARE, Role.REVIEW));
        _prepare(_preparation(), REVIEWER);
    }

    function _fundUnnoticed() private {
        Allot memory s = _allotment();
        s.programme = UNNOTICED;
        _allot(s, BUDGETER);
        _passOn(_passing(), CITY_BUDGETER);
    }

    function _publishAs(NoticeId id, uint256 key) private {
        PublishNotice memory s = _notice();
        s.notice = id;
        _publish(s, key);
        skip(NOTICE_SECONDS);
    }

    function _noticeDiffers(NoticeId notice) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IFundLedger.FundLedger_NoticeDiffers.selector, RUN, notice);
    }
}
