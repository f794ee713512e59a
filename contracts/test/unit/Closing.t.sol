// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { FundId, RunId, TransferId } from "../../src/types/Ids.sol";
import { Allot, PassOn, Prepare, Recall } from "../../src/types/LedgerStatements.sol";
import { Fund } from "../../src/types/Money.sol";
import { AgencyKind, Role } from "../../src/types/Office.sol";
import { City } from "../city/City.sol";

/// @notice Money goes back up: recalled, or when the year is closed.
contract ClosingTest is City {
    function test_WhatIsRecalledLeavesTheChildAndReturnsToTheParent() public {
        _funded();
        vm.expectEmit(address(ledger));
        emit IFundLedger.Recalled(_recalling(1).id, FUND, CITY_FUND, 5_000_000);
        _recall(_recalling(5_000_000), CITY_BUDGETER);

        (Fund memory child, uint128 availableFen) = ledger.fund(FUND);
        assertEq(child.grantedFen, FUND_FEN - 5_000_000);
        assertEq(availableFen, FUND_FEN - 5_000_000);
        (Fund memory parent, uint128 parentFen) = ledger.fund(CITY_FUND);
        assertEq(parent.passedOnFen, FUND_FEN - 5_000_000);
        assertEq(parentFen, CITY_FEN - FUND_FEN + 5_000_000);
    }

    function test_OnlyWhatIsAvailableIsRecalled() public {
        _approved();
        _refused(_overspend(FUND, FUND_FEN, FUND_FEN - RUN_FEN));
        _recall(_recalling(FUND_FEN), CITY_BUDGETER);
    }

    function test_ARecallHasAnIdAndAnAmount() public {
        _funded();
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_NoAmount.selector, _recalling(0).id));
        _recall(_recalling(0), CITY_BUDGETER);
        _recall(_recalling(1), CITY_BUDGETER);
        _refused(
            abi.encodeWithSelector(IFundLedger.FundLedger_TransferExists.selector, _recalling(2).id)
        );
        _recall(_recalling(2), CITY_BUDGETER);
    }

    function test_NothingIsRecalledFromTheTop() public {
        _funded();
        Recall memory s = _recalling(1);
        s.fund = CITY_FUND;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_NoParent.selector, CITY_FUND));
        _recall(s, BUDGETER);
    }

    function test_OnlyTheParentsBudgetOfficerRecalls() public {
        _funded();
        _refused(_wrongAgency(CITY, FINANCE));
        _recall(_recalling(1), BUDGETER);
        _refused(_roleMissing(CITY_REVIEWER, Role.BUDGET, Role.REVIEW));
        _recall(_recalling(1), CITY_REVIEWER);
    }

    function test_AClosedFundReturnsWhatItHas() public {
        _funded();
        vm.expectEmit(address(ledger));
        emit IFundLedger.FundClosed(TransferId.wrap("close-1"), FUND, FUND_FEN);
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);

        (Fund memory child, uint128 availableFen) = ledger.fund(FUND);
        assertTrue(child.closed);
        assertEq(availableFen, 0);
        (Fund memory parent, uint128 parentFen) = ledger.fund(CITY_FUND);
        assertEq(parentFen, CITY_FEN);
        assertEq(parent.openChildren, 0);
    }

    function test_AtTheTopWhatIsLeftLapses() public {
        _funded();
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);
        _close(_closing(CITY_FUND, "close-2"), BUDGETER);
        (Fund memory top, uint128 availableFen) = ledger.fund(CITY_FUND);
        assertTrue(top.closed);
        assertEq(top.grantedFen, 0);
        assertEq(availableFen, 0);
    }

    function test_AFundWithOpenChildrenDoesNotClose() public {
        _funded();
        _refused(_busy(CITY_FUND, 0, 1));
        _close(_closing(CITY_FUND, "close-1"), BUDGETER);
    }

    function test_AFundWithARunThatGoesOnDoesNotClose() public {
        _approved();
        _refused(_busy(FUND, RUN_FEN, 0));
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);
    }

    function test_AClosedFundTakesNothing() public {
        _prepared();
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);
        PassOn memory more = _passing();
        more.id = TransferId.wrap("pass-2");
        _refused(_closed(FUND));
        _passOn(more, CITY_BUDGETER);

        Prepare memory run = _preparation();
        run.run = RunId.wrap("run-2");
        _refused(_closed(FUND));
        _prepare(run, PREPARER);
        _review(_review(), REVIEWER);
        _refused(_overspend(FUND, RUN_FEN, 0));
        _approve(_approval(), APPROVER);
    }

    function test_AClosedYearTakesNoAppropriation() public {
        _allot(_allotment(), BUDGETER);
        _close(_closing(CITY_FUND, "close-1"), BUDGETER);
        Allot memory more = _allotment();
        more.id = TransferId.wrap("allot-2");
        _refused(_closed(CITY_FUND));
        _allot(more, BUDGETER);
    }

    function test_AClosedFundIsNotClosedAgainForNothing() public {
        _funded();
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);
        _refused(_closed(FUND));
        _close(_closing(FUND, "close-2"), CITY_BUDGETER);
    }

    function test_OnlyTheParentsBudgetOfficerClosesAndAtTheTopAFinanceBureau() public {
        _funded();
        _refused(_wrongAgency(CITY, FINANCE));
        _close(_closing(FUND, "close-1"), BUDGETER);
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);
        _refused(_wrongKind(CITY, AgencyKind.FINANCE, AgencyKind.PROGRAMME));
        _close(_closing(CITY_FUND, "close-2"), CITY_BUDGETER);
        _refused(_roleMissing(AUDITOR, Role.BUDGET, Role.HOLD));
        _close(_closing(CITY_FUND, "close-2"), AUDITOR);
    }

    function test_AFundThatDoesNotExistIsNeitherRecalledNorClosed() public {
        bytes memory refusal =
            abi.encodeWithSelector(IFundLedger.FundLedger_UnknownFund.selector, FUND);
        _refused(refusal);
        _recall(_recalling(1), CITY_BUDGETER);
        _refused(refusal);
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);
    }

    function _closed(FundId fund) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IFundLedger.FundLedger_FundClosed.selector, fund);
    }

    function _busy(FundId fund, uint128 committedFen, uint32 openChildren)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IFundLedger.FundLedger_FundBusy.selector, fund, committedFen, openChildren
        );
    }
}
