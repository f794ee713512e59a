// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { TransferId } from "../../src/types/Ids.sol";
import { Allot, PassOn, Prepare, Recall, Settle } from "../../src/types/LedgerStatements.sol";
import { City } from "../city/City.sol";

/// @notice Statements carry 128 bits, the books 64: an amount that would be a small one in the
/// books, were its upper half cut off, is refused by each act that brings one.
contract AmountsTest is City {
    uint128 private constant WRAP = 1 << 64;

    function test_AnAllotmentThatWouldWrapIsRefused() public {
        Allot memory s = _allotment();
        s.amountFen += WRAP;
        _refused(
            abi.encodeWithSelector(
                IFundLedger.FundLedger_TooMuch.selector, CITY_FUND, 0, s.amountFen
            )
        );
        _allot(s, BUDGETER);
    }

    function test_MoneyPassedOnOrRecalledThatWouldWrapIsRefused() public {
        _funded();
        PassOn memory s = _passing();
        (s.id, s.amountFen) = (TransferId.wrap("pass-2"), WRAP + 1);
        _refused(_overspend(CITY_FUND, s.amountFen, CITY_FEN - FUND_FEN));
        _passOn(s, CITY_BUDGETER);

        Recall memory back = _recalling(WRAP + 1);
        _refused(_overspend(FUND, back.amountFen, FUND_FEN));
        _recall(back, CITY_BUDGETER);
    }

    function test_ARunThatWouldWrapIsRefused() public {
        _funded();
        Prepare memory s = _preparation();
        s.totalFen += WRAP;
        _refused(_overspend(FUND, s.totalFen, FUND_FEN));
        _prepare(s, PREPARER);
    }

    function test_ABatchThatWouldWrapIsRefused() public {
        _released();
        Settle memory s = _settlement(2, WRAP + RUN_FEN, RUN_COUNT);
        _refused(
            abi.encodeWithSelector(
                IFundLedger.FundLedger_BatchOverRun.selector, BATCH, s.totalFen, RUN_FEN
            )
        );
        _settle(s, BANKER);
    }
}
