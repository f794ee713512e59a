// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { IStatements } from "../../src/interfaces/IStatements.sol";
import { PersonId, RunId } from "../../src/types/Ids.sol";
import { Approve, Prepare, Reject, Release, Review } from "../../src/types/LedgerStatements.sol";
import { Run, Stage } from "../../src/types/Money.sol";
import { AgencyKind, Role } from "../../src/types/Office.sol";
import { SeatOfficer } from "../../src/types/RegistryStatements.sol";
import { City } from "../city/City.sol";
import { Signing } from "../city/Signing.sol";

/// @notice Review, approval, release and rejection: different people, different agencies, the same
/// run that was prepared.
contract RunsTest is City {
    // Review

    function test_TheReviewerSignsWhatWasPrepared() public {
        _prepared();
        vm.expectEmit(address(ledger));
        emit IFundLedger.RunReviewed(RUN, vm.addr(REVIEWER));
        _review(_review(), REVIEWER);
        assertTrue(ledger.run(RUN).stage == Stage.REVIEWED);
    }

    function test_AReviewOfAnotherRootOrSumIsRefused() public {
        _prepared();
        for (uint256 i = 0; i < 2; i++) {
            Review memory s = _review();
            if (i == 0) s.root = keccak256("another root");
            if (i == 1) s.totalFen += 1;
            _refused(_runDiffers());
            _review(s, REVIEWER);
        }
    }

    function test_ThePreparerDoesNotReview() public {
        _prepared();
        _seat(_secondKey(0x71, PREPARER, Role.REVIEW));
        _refused(_samePerson(PREPARER));
        _review(_review(), 0x71);
    }

    function test_TheAgencyAboveMayReview() public {
        _prepared();
        _review(_review(), CITY_REVIEWER);
        assertTrue(ledger.run(RUN).stage == Stage.REVIEWED);
    }

    function test_AnAgencyBesideDoesNotReview() public {
        _prepared();
        _seat(_officer(STRANGER, OTHER_DISTRICT, Role.REVIEW));
        _refused(_wrongAgency(DISTRICT, OTHER_DISTRICT));
        _review(_review(), STRANGER);
    }

    function test_OnlyAReviewerReviews() public {
        _prepared();
        _refused(_roleMissing(APPROVER, Role.REVIEW, Role.APPROVE));
        _review(_review(), APPROVER);
    }

    function test_ARunIsReviewedOnce() public {
        _reviewed();
        skip(1);
        _refused(_wrongStage(RUN, Stage.PREPARED, Stage.REVIEWED));
        _review(_review(), CITY_REVIEWER);
    }

    function test_ARunThatDoesNotExistIsNotReviewed() public {
        _refused(_wrongStage(RUN, Stage.PREPARED, Stage.NONE));
        _review(_review(), REVIEWER);
    }

    // Approval

    function test_TheLastApprovalCommitsTheMoney() public {
        _reviewed();
        vm.expectEmit(address(ledger));
        emit IFundLedger.RunApproved(RUN, vm.addr(APPROVER), 1, 1);
        _approve(_approval(), APPROVER);

        (uint128 committedFen,, uint128 availableFen) = _fundTerms(FUND);
        assertTrue(ledger.run(RUN).stage == Stage.APPROVED);
        assertEq(committedFen, RUN_FEN);
        assertEq(availableFen, FUND_FEN - RUN_FEN);
    }

    function test_ALargerSumNeedsMoreApprovers() public {
        _reviewedOver(FIRST_STEP_FEN);
        _approve(_approvalOver(FIRST_STEP_FEN), APPROVER);
        (uint128 committedFen,,) = _fundTerms(FUND);
        assertTrue(ledger.run(RUN).stage == Stage.REVIEWED);
        assertEq(committedFen, 0);

        _approve(_approvalOver(FIRST_STEP_FEN), APPROVER_2);
        (committedFen,,) = _fundTerms(FUND);
        assertTrue(ledger.run(RUN).stage == Stage.APPROVED);
        assertEq(committedFen, FIRST_STEP_FEN);
    }

    function test_TheLargestSumsNeedThreeApprovers() public {
        _reviewedOver(SECOND_STEP_FEN);
        _approve(_approvalOver(SECOND_STEP_FEN), APPROVER);
        _approve(_approvalOver(SECOND_STEP_FEN), APPROVER_2);
        _approve(_approvalOver(SECOND_STEP_FEN), APPROVER_3);

        Run memory approved = ledger.run(RUN);
        assertTrue(approved.stage == Stage.APPROVED);
        assertEq(approved.approvals, 3);
        assertEq(ledger.actors(RUN).length, 5);
        assertEq(PersonId.unwrap(ledger.actors(RUN)[4]), APPROVER_3);
    }

    function test_TheSameApprovalSignedByTwoIsOneStatement() public {
        _reviewedOver(FIRST_STEP_FEN);
        Approve memory s = _approvalOver(FIRST_STEP_FEN);
        _approve(s, APPROVER);
        bytes32 statement = Signing.digest(
            address(ledger), "Approve(bytes32 run,bytes32 root,uint128 totalFen", abi.encode(s)
        );
        _refused(abi.encodeWithSelector(IStatements.AlreadyRecorded.selector, statement));
        _approve(s, APPROVER_2);
    }

    function test_OneApproverWithTwoKeysIsOne() public {
        _reviewedOver(FIRST_STEP_FEN);
        _approve(_approvalOver(FIRST_STEP_FEN), APPROVER);
        _seat(_secondKey(0x71, APPROVER, Role.APPROVE));
        _refused(_samePerson(APPROVER));
        _approve(_approvalOver(FIRST_STEP_FEN), 0x71);
    }

    function test_NeitherPreparerNorReviewerApproves() public {
        _reviewed();
        _seat(_secondKey(0x71, PREPARER, Role.APPROVE));
        _seat(_secondKey(0x72, REVIEWER, Role.APPROVE));
        _refused(_samePerson(PREPARER));
        _approve(_approval(), 0x71);
        _refused(_samePerson(REVIEWER));
        _approve(_approval(), 0x72);
    }

    function test_AnApprovalOfAnotherRootIsRefused() public {
        _reviewed();
        Approve memory s = _approval();
        s.root = keccak256("another root");
        _refused(_runDiffers());
        _approve(s, APPROVER);
    }

    function test_MoneyThatIsGoneMeanwhileIsNotCommitted() public {
        _reviewed();
        _prepareAnother(FUND_FEN);
        _refused(_overspend(FUND, RUN_FEN, 0));
        _approve(_approval(), APPROVER);
    }

    function test_AnAgencyBesideDoesNotApprove() public {
        _reviewed();
        _seat(_officer(STRANGER, OTHER_DISTRICT, Role.APPROVE));
        _refused(_wrongAgency(DISTRICT, OTHER_DISTRICT));
        _approve(_approval(), STRANGER);
    }

    function test_OnlyAnApproverApproves() public {
        _reviewed();
        _refused(_roleMissing(CITY_REVIEWER, Role.APPROVE, Role.REVIEW));
        _approve(_approval(), CITY_REVIEWER);
    }

    function test_ARunIsNotApprovedBeforeItsReview() public {
        _prepared();
        _refused(_wrongStage(RUN, Stage.REVIEWED, Stage.PREPARED));
        _approve(_approval(), APPROVER);
    }

    // Release

    function test_TheTreasuryIssuesTheVoucherToABank() public {
        _approved();
        Release memory s = _voucher();
        vm.expectEmit(address(ledger));
        emit IFundLedger.RunReleased(RUN, BANK, s.voucher, RUN_FEN, vm.addr(TREASURER));
        _release(s, TREASURER);
        assertTrue(ledger.run(RUN).stage == Stage.RELEASED);
        assertTrue(ledger.run(RUN).bank == BANK);
    }

    function test_TheAgencyThatPreparedDoesNotRelease() public {
        _approved();
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_SameAgency.selector, RUN, DISTRICT));
        _release(_voucher(), PREPARER);
    }

    function test_ATreasurerOutsideATreasuryDoesNotRelease() public {
        _approved();
        _seat(_officer(STRANGER, CITY, Role.TREASURY));
        _refused(_wrongKind(CITY, AgencyKind.TREASURY, AgencyKind.PROGRAMME));
        _release(_voucher(), STRANGER);
    }

    function test_OnlyATreasurerReleases() public {
        _approved();
        _refused(_roleMissing(APPROVER_2, Role.TREASURY, Role.APPROVE));
        _release(_voucher(), APPROVER_2);
    }

    function test_WhoPreparedDoesNotReleaseFromAnotherSeat() public {
        _approved();
        SeatOfficer memory seat = _officer(0x71, TREASURY, Role.TREASURY);
        seat.person = PersonId.wrap(uint32(PREPARER));
        _seat(seat);
        _refused(_samePerson(PREPARER));
        _release(_voucher(), 0x71);
    }

    function test_AVoucherToNoBankIsRefused() public {
        _approved();
        Release memory s = _voucher();
        s.bank = FINANCE;
        _refused(_wrongKind(FINANCE, AgencyKind.BANK, AgencyKind.FINANCE));
        _release(s, TREASURER);
    }

    function test_AVoucherForAnotherSumIsRefused() public {
        _approved();
        Release memory s = _voucher();
        s.amountFen += 1;
        _refused(
            abi.encodeWithSelector(
                IFundLedger.FundLedger_VoucherDiffers.selector, RUN, RUN_FEN, RUN_FEN + 1
            )
        );
        _release(s, TREASURER);
    }

    function test_AVoucherHasANumber() public {
        _approved();
        Release memory s = _voucher();
        s.voucher = 0;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_NoVoucher.selector, RUN));
        _release(s, TREASURER);
    }

    function test_ARunIsNotReleasedBeforeItsApproval() public {
        _reviewed();
        _refused(_wrongStage(RUN, Stage.APPROVED, Stage.REVIEWED));
        _release(_voucher(), TREASURER);
    }

    function test_ARunIsReleasedOnce() public {
        _released();
        Release memory s = _voucher();
        s.voucher = keccak256("voucher 2");
        _refused(_wrongStage(RUN, Stage.APPROVED, Stage.RELEASED));
        _release(s, TREASURER);
    }

    // Rejection

    function test_AReviewerRejectsWithAReason() public {
        _prepared();
        vm.expectEmit(address(ledger));
        emit IFundLedger.RunRejected(RUN, REASON, vm.addr(REVIEWER));
        _reject(_rejection(), REVIEWER);
        assertTrue(ledger.run(RUN).stage == Stage.REJECTED);
    }

    function test_AnApproverRejectsWhatWasReviewed() public {
        _reviewed();
        _reject(_rejection(), APPROVER);
        (uint128 committedFen,,) = _fundTerms(FUND);
        assertEq(committedFen, 0);
    }

    function test_ThePreparerDoesNotReject() public {
        _prepared();
        _seat(_secondKey(0x71, PREPARER, Role.REVIEW));
        _refused(_samePerson(PREPARER));
        _reject(_rejection(), 0x71);
    }

    function test_ARejectionSaysWhy() public {
        _prepared();
        Reject memory s = _rejection();
        s.reason = 0;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_NoReason.selector, RUN));
        _reject(s, REVIEWER);
    }

    function test_AnAgencyBesideDoesNotReject() public {
        _prepared();
        _seat(_officer(STRANGER, OTHER_DISTRICT, Role.REVIEW));
        _refused(_wrongAgency(DISTRICT, OTHER_DISTRICT));
        _reject(_rejection(), STRANGER);
    }

    function test_OnlyReviewersAndApproversReject() public {
        _prepared();
        _refused(_roleMissing(TREASURER, Role.REVIEW | Role.APPROVE, Role.TREASURY));
        _reject(_rejection(), TREASURER);
    }

    function test_AnApprovedRunIsNotRejected() public {
        _approved();
        _refused(_wrongStage(RUN, Stage.REVIEWED, Stage.APPROVED));
        _reject(_rejection(), REVIEWER);
    }

    function test_ARejectedRunStaysRejected() public {
        _prepared();
        _reject(_rejection(), REVIEWER);
        _refused(_wrongStage(RUN, Stage.PREPARED, Stage.REJECTED));
        _review(_review(), CITY_REVIEWER);
    }

    function _secondKey(uint256 key, uint256 person, uint32 roles)
        private
        view
        returns (SeatOfficer memory s)
    {
        s = _officer(key, DISTRICT, roles);
        s.person = PersonId.wrap(uint32(person));
    }

    function _runDiffers() private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(IFundLedger.FundLedger_RunDiffers.selector, RUN, ROOT, RUN_FEN);
    }

    function _reviewedOver(uint128 totalFen) private {
        _funded();
        Prepare memory prepared = _preparation();
        prepared.totalFen = totalFen;
        _prepare(prepared, PREPARER);
        Review memory reviewed = _review();
        reviewed.totalFen = totalFen;
        _review(reviewed, REVIEWER);
    }

    /// @dev Each approver signs in another second: the same statement would be recorded already.
    function _approvalOver(uint128 totalFen) private returns (Approve memory s) {
        skip(1);
        s = _approval();
        s.totalFen = totalFen;
    }

    function _prepareAnother(uint128 totalFen) private {
        Prepare memory prepared = _preparation();
        (prepared.run, prepared.totalFen) = (RunId.wrap("run-2"), totalFen);
        _prepare(prepared, PREPARER);
        Review memory reviewed = _review();
        (reviewed.run, reviewed.totalFen) = (prepared.run, totalFen);
        _review(reviewed, REVIEWER);
        _approveAnother(prepared.run, totalFen, APPROVER);
        _approveAnother(prepared.run, totalFen, APPROVER_2);
        _approveAnother(prepared.run, totalFen, APPROVER_3);
    }

    function _approveAnother(RunId id, uint128 totalFen, uint256 key) private {
        Approve memory approved = _approvalOver(totalFen);
        approved.run = id;
        _approve(approved, key);
    }
}
