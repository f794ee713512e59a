// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { BatchId } from "../../src/types/Ids.sol";
import { Settle } from "../../src/types/LedgerStatements.sol";
import { Stage } from "../../src/types/Money.sol";
import { City } from "../city/City.sol";

/// @notice The way of one month's money through every act.
contract PaymentTest is City {
    function test_AMonthGoesFromTheBudgetToThePayees() public {
        _released();
        (uint128 committedFen, uint128 paidFen, uint128 availableFen) = _fundTerms(FUND);
        assertEq(committedFen, RUN_FEN);
        assertEq(paidFen, 0);
        assertEq(availableFen, FUND_FEN - RUN_FEN);

        _settle(_settlement(2, RUN_FEN - 7500, RUN_COUNT - 1), BANKER);
        assertTrue(ledger.run(RUN).stage == Stage.RELEASED);

        vm.expectEmit(address(ledger));
        emit IFundLedger.RunSettled(RUN);
        _settle(_last(7500), BANKER);

        (committedFen, paidFen, availableFen) = _fundTerms(FUND);
        assertEq(committedFen, 0);
        assertEq(paidFen, RUN_FEN - 7500);
        assertEq(availableFen, FUND_FEN - RUN_FEN + 7500);
        assertTrue(ledger.run(RUN).stage == Stage.SETTLED);
    }

    function _last(uint128 amountFen) private view returns (Settle memory s) {
        s = _settlement(3, amountFen, 1);
        s.batch = BatchId.wrap("batch-2");
    }
}
