// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IContests } from "../../src/interfaces/IContests.sol";
import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { AgencyId, RunId } from "../../src/types/Ids.sol";
import { Cancel, Hold, Lift, Prepare } from "../../src/types/LedgerStatements.sol";
import { Stage, StandingHold } from "../../src/types/Money.sol";
import { AgencyKind, Role } from "../../src/types/Office.sol";
import { City } from "../city/City.sol";

/// @notice Watchdogs hold and lift; officers cancel. No hold loses money.
contract HoldsTest is City {
    AgencyId private constant OTHER_AUDIT = AgencyId.wrap("audit-district");

    function test_AHeldRunIsNotReleased() public {
        _approved();
        vm.expectEmit(address(ledger));
        emit IContests.RunHeld(RUN, AUDIT, 0, REASON, vm.addr(AUDITOR));
        _hold(_holding(0), AUDITOR);
        _refused(_held(AUDIT, 0));
        _release(_voucher(), TREASURER);
    }

    function test_AHeldRunIsStillReviewedAndApproved() public {
        _prepared();
        _hold(_holding(0), PROSECUTOR);
        _review(_review(), REVIEWER);
        _approve(_approval(), APPROVER);
        _refused(_held(PROCURATORATE, 0));
        _release(_voucher(), TREASURER);
    }

    function test_ALiftedRunIsReleased() public {
        _approved();
        _hold(_holding(0), AUDITOR);
        vm.expectEmit(address(ledger));
        emit IContests.RunLifted(RUN, AUDIT, REASON, vm.addr(AUDITOR));
        _lift(_lifting(), AUDITOR);
        assertEq(ledger.standingHold(RUN, AgencyKind.AUDIT).reason, 0);
        _release(_voucher(), TREASURER);
    }

    function test_AHoldEndsAfterItsSecond() public {
        _approved();
        uint64 until = uint64(block.timestamp + 1 hours);
        _hold(_holding(until), AUDITOR);
        vm.warp(until);
        _refused(_held(AUDIT, until));
        _release(_voucher(), TREASURER);
        skip(1);
        _release(_voucher(), TREASURER);
    }

    function test_AnAuditorAndAProsecutorHoldApart() public {
        _approved();
        _hold(_holding(0), AUDITOR);
        skip(1);
        _hold(_holding(0), PROSECUTOR);
        _lift(_lifting(), AUDITOR);
        _refused(_held(PROCURATORATE, 0));
        _release(_voucher(), TREASURER);
    }

    function test_TheSameOfficeMayHoldLonger() public {
        _approved();
        _hold(_holding(uint64(block.timestamp + 1)), AUDITOR);
        _hold(_holding(0), AUDITOR);
        StandingHold memory held = ledger.standingHold(RUN, AgencyKind.AUDIT);
        assertEq(held.until, 0);
        assertEq(held.reason, REASON);
        assertTrue(held.agency == AUDIT);
    }

    function test_AnotherAuditorsOfficeDoesNotReplaceAStandingHold() public {
        _approved();
        uint64 until = uint64(block.timestamp + 1 hours);
        _hold(_holding(until), AUDITOR);
        _seat(_agency(OTHER_AUDIT, AgencyKind.AUDIT, AUDIT));
        _seat(_officer(STRANGER, OTHER_AUDIT, Role.HOLD));
        _refused(_held(AUDIT, until));
        _hold(_holding(0), STRANGER);
        _refused(abi.encodeWithSelector(IContests.Contests_NotHeld.selector, RUN, OTHER_AUDIT));
        _lift(_lifting(), STRANGER);

        vm.warp(until + 1);
        _hold(_holding(0), STRANGER);
        assertTrue(ledger.standingHold(RUN, AgencyKind.AUDIT).agency == OTHER_AUDIT);
    }

    function test_OnlyAWatchdogHolds() public {
        _approved();
        _refused(_roleMissing(APPROVER, Role.HOLD, Role.APPROVE));
        _hold(_holding(0), APPROVER);
        _seat(_officer(STRANGER, CITY, Role.HOLD));
        _refused(abi.encodeWithSelector(IContests.Contests_NotAWatchdog.selector, CITY));
        _hold(_holding(0), STRANGER);
    }

    function test_AHoldInThePastIsRefused() public {
        _approved();
        _refused(
            abi.encodeWithSelector(
                IContests.Contests_HoldInPast.selector, RUN, block.timestamp, block.timestamp
            )
        );
        _hold(_holding(uint64(block.timestamp)), AUDITOR);
    }

    function test_HoldsAndLiftsSayWhy() public {
        _approved();
        Hold memory held = _holding(0);
        held.reason = 0;
        _refused(_noReason());
        _hold(held, AUDITOR);
        _hold(_holding(0), AUDITOR);
        Lift memory lifted = _lifting();
        lifted.reason = 0;
        _refused(_noReason());
        _lift(lifted, AUDITOR);
    }

    function test_AReleasedRunIsNotHeld() public {
        _released();
        _refused(abi.encodeWithSelector(IContests.Contests_PastHolding.selector, RUN));
        _hold(_holding(0), AUDITOR);
    }

    function test_ARunThatIsNotHeldIsNotLifted() public {
        _approved();
        _refused(abi.encodeWithSelector(IContests.Contests_NotHeld.selector, RUN, AUDIT));
        _lift(_lifting(), AUDITOR);
    }

    // Cancelling

    function test_ACancelledRunGivesItsMoneyBack() public {
        _approved();
        vm.expectEmit(address(ledger));
        emit IFundLedger.RunCancelled(RUN, REASON, vm.addr(PREPARER));
        _cancel(_cancellation(), PREPARER);
        (uint128 committedFen,, uint128 availableFen) = _fundTerms(FUND);
        assertEq(committedFen, 0);
        assertEq(availableFen, FUND_FEN);
        assertTrue(ledger.run(RUN).stage == Stage.CANCELLED);
    }

    function test_AHeldRunMayBeCancelled() public {
        _approved();
        _hold(_holding(0), AUDITOR);
        _cancel(_cancellation(), APPROVER);
        (,, uint128 availableFen) = _fundTerms(FUND);
        assertEq(availableFen, FUND_FEN);
    }

    function test_ARunIsCancelledBeforeItsApprovalToo() public {
        _prepared();
        _cancel(_cancellation(), PREPARER);
        (,, uint128 availableFen) = _fundTerms(FUND);
        assertEq(availableFen, FUND_FEN);
    }

    function test_AReleasedRunIsNotCancelled() public {
        _released();
        _refused(_wrongStage(RUN, Stage.APPROVED, Stage.RELEASED));
        _cancel(_cancellation(), PREPARER);
    }

    function test_ACancelledRunStaysCancelled() public {
        _approved();
        _cancel(_cancellation(), PREPARER);
        _refused(_wrongStage(RUN, Stage.APPROVED, Stage.CANCELLED));
        _release(_voucher(), TREASURER);
    }

    function test_ACancellationSaysWhyAndIsTheAgencys() public {
        _approved();
        Cancel memory s = _cancellation();
        s.reason = 0;
        _refused(_noReason());
        _cancel(s, PREPARER);
        _seat(_officer(STRANGER, OTHER_DISTRICT, Role.PREPARE));
        _refused(_wrongAgency(DISTRICT, OTHER_DISTRICT));
        _cancel(_cancellation(), STRANGER);
        _refused(_roleMissing(TREASURER, Role.PREPARE | Role.APPROVE, Role.TREASURY));
        _cancel(_cancellation(), TREASURER);
    }

    function test_ACancelledReissueLeavesTheReturnToAnother() public {
        _returned();
        Prepare memory again = _preparation();
        (again.run, again.reissueOf) = (RunId.wrap("run-2"), BATCH);
        _prepare(again, PREPARER);
        Cancel memory s = _cancellation();
        s.run = again.run;
        _cancel(s, PREPARER);
        assertEq(ledger.batch(BATCH).reissuedFen, 0);
    }

    function _held(AgencyId agency, uint64 until) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(IContests.Contests_RunHeld.selector, RUN, agency, until, REASON);
    }

    function _noReason() private pure returns (bytes memory) {
        return abi.encodeWithSelector(IFundLedger.FundLedger_NoReason.selector, RUN);
    }
}
