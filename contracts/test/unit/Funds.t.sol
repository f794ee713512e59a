// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { AgencyId, FundId, NO_FUND, ProgrammeId, TransferId } from "../../src/types/Ids.sol";
import { Allot, PassOn } from "../../src/types/LedgerStatements.sol";
import { Fund } from "../../src/types/Money.sol";
import { AgencyKind, Role } from "../../src/types/Office.sol";
import { City } from "../city/City.sol";

/// @notice Money comes in at the top and is passed down; nothing is passed on that was not there.
contract FundsTest is City {
    function test_AnAllotmentOpensTheFundOfItsYear() public {
        Allot memory s = _allotment();
        vm.expectEmit(address(ledger));
        emit IFundLedger.Allotted(s.id, CITY_FUND, PROGRAMME, 2026, CITY, CITY_FEN);
        _allot(s, BUDGETER);

        (Fund memory root, uint128 availableFen) = ledger.fund(CITY_FUND);
        assertTrue(root.agency == CITY && root.programme == PROGRAMME && root.parent == NO_FUND);
        assertEq(root.year, 2026);
        assertEq(root.grantedFen, CITY_FEN);
        assertEq(availableFen, CITY_FEN);
    }

    function test_AFundIsToppedUpUnderAnotherId() public {
        _allot(_allotment(), BUDGETER);
        Allot memory s = _allotment();
        s.id = TransferId.wrap("allot-2");
        _allot(s, BUDGETER);
        assertEq(_stored(CITY_FUND).grantedFen, 2 * CITY_FEN);
    }

    function test_ATransferIdIsUsedOnce() public {
        _allot(_allotment(), BUDGETER);
        Allot memory s = _allotment();
        s.amountFen += 1;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_TransferExists.selector, s.id));
        _allot(s, BUDGETER);
    }

    function test_TheIdOfAnAllotmentIsNotUsedToPassOn() public {
        _allot(_allotment(), BUDGETER);
        PassOn memory s = _passing();
        s.id = _allotment().id;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_TransferExists.selector, s.id));
        _passOn(s, CITY_BUDGETER);
    }

    function test_ATransferOfNothingIsRefused() public {
        Allot memory s = _allotment();
        s.amountFen = 0;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_NoAmount.selector, s.id));
        _allot(s, BUDGETER);

        _allot(_allotment(), BUDGETER);
        PassOn memory passed = _passing();
        passed.amountFen = 0;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_NoAmount.selector, passed.id));
        _passOn(passed, CITY_BUDGETER);
    }

    function test_AFundNeverHoldsMoreThanItsNumberCan() public {
        _allot(_allotment(), BUDGETER);
        Allot memory s = _allotment();
        s.id = TransferId.wrap("allot-2");
        s.amountFen = type(uint64).max;
        _refused(
            abi.encodeWithSelector(
                IFundLedger.FundLedger_TooMuch.selector, CITY_FUND, CITY_FEN, s.amountFen
            )
        );
        _allot(s, BUDGETER);

        s.amountFen -= CITY_FEN;
        _allot(s, BUDGETER);
        (, uint128 availableFen) = ledger.fund(CITY_FUND);
        assertEq(availableFen, type(uint64).max);
    }

    function test_ATopUpMustMatchItsFund() public {
        _allot(_allotment(), BUDGETER);
        for (uint256 i = 0; i < 3; i++) {
            Allot memory s = _allotment();
            s.id = TransferId.wrap("allot-2");
            if (i == 0) s.programme = UNNOTICED;
            if (i == 1) s.year = 2027;
            if (i == 2) s.agency = DISTRICT;
            _refused(abi.encodeWithSelector(IFundLedger.FundLedger_FundDiffers.selector, CITY_FUND));
            _allot(s, BUDGETER);
        }
    }

    function test_AFundBelowAnotherIsNotAllottedTo() public {
        _allot(_allotment(), BUDGETER);
        _passOn(_passing(), CITY_BUDGETER);
        Allot memory s = _allotment();
        (s.id, s.fund, s.agency) = (TransferId.wrap("allot-2"), FUND, DISTRICT);
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_FundDiffers.selector, FUND));
        _allot(s, BUDGETER);
    }

    function test_OnlyAFinanceBureauAllots() public {
        _refused(_wrongKind(CITY, AgencyKind.FINANCE, AgencyKind.PROGRAMME));
        _allot(_allotment(), CITY_BUDGETER);
    }

    function test_OnlyABudgetOfficerPassesOn() public {
        _allot(_allotment(), BUDGETER);
        _refused(_roleMissing(CITY_REVIEWER, Role.BUDGET, Role.REVIEW));
        _passOn(_passing(), CITY_REVIEWER);
    }

    function test_AnUnknownProgrammeIsNotFunded() public {
        Allot memory s = _allotment();
        s.programme = ProgrammeId.wrap("nothing");
        _refused(
            abi.encodeWithSelector(IFundLedger.FundLedger_UnknownProgramme.selector, s.programme)
        );
        _allot(s, BUDGETER);
    }

    function test_AnUnknownAgencyIsNotFunded() public {
        Allot memory s = _allotment();
        s.agency = AgencyId.wrap("nobody");
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_UnknownAgency.selector, s.agency));
        _allot(s, BUDGETER);
    }

    function test_ABudgetHasAYear() public {
        Allot memory s = _allotment();
        s.year = 0;
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_NoYear.selector, CITY_FUND));
        _allot(s, BUDGETER);
    }

    function test_WhatTheParentPassesOnTheChildIsGranted() public {
        _allot(_allotment(), BUDGETER);
        vm.expectEmit(address(ledger));
        emit IFundLedger.PassedOn(_passing().id, CITY_FUND, FUND, DISTRICT, FUND_FEN);
        _passOn(_passing(), CITY_BUDGETER);

        Fund memory child = _stored(FUND);
        assertTrue(child.parent == CITY_FUND && child.agency == DISTRICT);
        assertTrue(child.programme == PROGRAMME);
        assertEq(child.year, 2026);
        assertEq(child.grantedFen, FUND_FEN);
        (, uint128 availableFen) = ledger.fund(CITY_FUND);
        assertEq(_stored(CITY_FUND).passedOnFen, FUND_FEN);
        assertEq(availableFen, CITY_FEN - FUND_FEN);
    }

    function test_AnOverspendByOneFenIsRefused() public {
        _allot(_allotment(), BUDGETER);
        PassOn memory s = _passing();
        s.amountFen = CITY_FEN + 1;
        _refused(_overspend(CITY_FUND, CITY_FEN + 1, CITY_FEN));
        _passOn(s, CITY_BUDGETER);
    }

    function test_TheLastFenIsPassedOn() public {
        _allot(_allotment(), BUDGETER);
        PassOn memory s = _passing();
        s.amountFen = CITY_FEN;
        _passOn(s, CITY_BUDGETER);
        (, uint128 availableFen) = ledger.fund(CITY_FUND);
        assertEq(availableFen, 0);
    }

    function test_AFundThatDoesNotExistPassesNothingOn() public {
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_UnknownFund.selector, CITY_FUND));
        _passOn(_passing(), CITY_BUDGETER);
    }

    function test_OnlyTheHolderOfTheParentPassesOn() public {
        _allot(_allotment(), BUDGETER);
        _refused(_wrongAgency(CITY, FINANCE));
        _passOn(_passing(), BUDGETER);
    }

    function test_AChildHasOneParentForEver() public {
        _allot(_allotment(), BUDGETER);
        _passOn(_passing(), CITY_BUDGETER);
        Allot memory other = _allotment();
        (other.id, other.fund) = (TransferId.wrap("allot-2"), FundId.wrap("oaa-2026-b"));
        _allot(other, BUDGETER);

        PassOn memory s = _passing();
        (s.id, s.parent) = (TransferId.wrap("pass-2"), other.fund);
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_FundDiffers.selector, FUND));
        _passOn(s, CITY_BUDGETER);
    }

    function test_AFundDoesNotFeedItself() public {
        _allot(_allotment(), BUDGETER);
        PassOn memory s = _passing();
        (s.fund, s.agency) = (CITY_FUND, CITY);
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_FundDiffers.selector, CITY_FUND));
        _passOn(s, CITY_BUDGETER);
    }

    function test_AChildStaysWithItsAgency() public {
        _allot(_allotment(), BUDGETER);
        _passOn(_passing(), CITY_BUDGETER);
        PassOn memory s = _passing();
        (s.id, s.agency) = (TransferId.wrap("pass-2"), OTHER_DISTRICT);
        _refused(abi.encodeWithSelector(IFundLedger.FundLedger_FundDiffers.selector, FUND));
        _passOn(s, CITY_BUDGETER);
    }
}
