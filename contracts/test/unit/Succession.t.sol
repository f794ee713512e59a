// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { DisputeDesk } from "../../src/DisputeDesk.sol";
import { EvidenceLog } from "../../src/EvidenceLog.sol";
import { FundLedger } from "../../src/FundLedger.sol";
import { IAuthority } from "../../src/interfaces/IAuthority.sol";
import { IContests } from "../../src/interfaces/IContests.sol";
import { IRegistry } from "../../src/interfaces/IRegistry.sol";
import { Placed } from "../../src/libraries/SumTree.sol";
import { OpenDispute } from "../../src/types/DeskStatements.sol";
import {
    ContractName,
    DISPUTE_DESK,
    DisputeId,
    EVIDENCE_LOG,
    FUND_LEDGER,
    TransferId
} from "../../src/types/Ids.sol";
import { Allot, Prepare } from "../../src/types/LedgerStatements.sol";
import { Lines } from "../city/Lines.sol";

/// @notice Contracts are final; governors name their successors.
contract SuccessionTest is Lines {
    function test_ANameIsGivenByTheGovernors() public {
        vm.expectEmit(address(registry));
        emit IRegistry.ContractNamed(FUND_LEDGER, address(ledger), address(0));
        _name(_naming(FUND_LEDGER, address(ledger)));
        assertEq(registry.contractNamed(FUND_LEDGER), address(ledger));
        assertTrue(registry.wasNamed(FUND_LEDGER, address(ledger)));
        assertFalse(registry.wasNamed(EVIDENCE_LOG, address(ledger)));
    }

    function test_ALedgerThatWasSucceededTakesNoNewMoneyAndEndsItsRuns() public {
        _listed();
        _payRun(RUN, _lines(0, 5, 0));
        address next = address(new FundLedger(registry, evidence));
        _name(_naming(FUND_LEDGER, address(ledger)));
        _name(_naming(FUND_LEDGER, next));

        Allot memory more = _allotment();
        more.id = TransferId.wrap("allot-2");
        _refused(_superseded(FUND_LEDGER, next));
        _allot(more, BUDGETER);
        Prepare memory run = _preparation();
        run.run = OTHER_RUN;
        _refused(_superseded(FUND_LEDGER, next));
        _prepare(run, PREPARER);

        _settleRun(BATCH, RUN, 2, _lines(0, 5, 0));
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);
        _close(_closing(CITY_FUND, "close-2"), BUDGETER);
    }

    function test_ALogThatWasSucceededOpensNoFeedAndShowsNoRoster() public {
        address next = address(new EvidenceLog(registry));
        _name(_naming(EVIDENCE_LOG, next));
        _refused(_superseded(EVIDENCE_LOG, next));
        _open(_opening(), ORACLE);
        _refused(_superseded(EVIDENCE_LOG, next));
        _publish(_notice(), PUBLISHER);
    }

    function test_ADeskThatWasSucceededEndsItsDisputesAndOpensNone() public {
        _listed();
        _prepareRun(RUN, _lines(0, 5, 0));
        Placed memory placed = _find(_lines(0, 5, 0), _paymentId(3, 0));
        _openDispute(_contest(placed), placed, DISPUTER);
        address next = address(new DisputeDesk(ledger));
        _name(_naming(DISPUTE_DESK, next));

        OpenDispute memory second = _contest(placed);
        second.dispute = DisputeId.wrap("dispute-2");
        _refused(_superseded(DISPUTE_DESK, next));
        _openDispute(second, placed, DISPUTER);
        _decide(_decision(2), DECIDER);
        skip(16 days);
        _conclude();
        assertEq(ledger.run(RUN).heldFen, 0);
    }

    function test_ADeskThatIsNotNamedMovesNothing() public {
        _listed();
        _prepareRun(RUN, _lines(0, 5, 0));
        desk = new DisputeDesk(ledger);
        Placed memory placed = _find(_lines(0, 5, 0), _paymentId(3, 0));
        _refused(_superseded(DISPUTE_DESK, registry.contractNamed(DISPUTE_DESK)));
        _openDispute(_contest(placed), placed, DISPUTER);
    }

    function test_NobodyButTheDeskContestsLinesOrBlocksRuns() public {
        bytes memory refusal =
            abi.encodeWithSelector(IContests.Contests_NotTheDesk.selector, address(this));
        vm.expectRevert(refusal);
        ledger.contestLine(DISPUTE, RUN, 1);
        vm.expectRevert(refusal);
        ledger.resolveLine(DISPUTE, RUN, 1, true);
        vm.expectRevert(refusal);
        ledger.allowReissue(DISPUTE, RUN, 1);
        vm.expectRevert(refusal);
        ledger.blockRun(RUN, 0);
        vm.expectRevert(refusal);
        ledger.unblockRun(RUN, 0);
    }

    function test_WhatWasSucceededDoesNotComeBack() public {
        address next = address(new DisputeDesk(ledger));
        address first = address(desk);
        _name(_naming(DISPUTE_DESK, next));
        skip(1);
        _refused(
            abi.encodeWithSelector(IRegistry.Registry_NamedBefore.selector, DISPUTE_DESK, first)
        );
        _name(_naming(DISPUTE_DESK, first));
    }

    function test_AnAddressWithoutCodeIsNoContract() public {
        _refused(abi.encodeWithSelector(IRegistry.Registry_NoContract.selector, address(0xcafe)));
        _name(_naming(FUND_LEDGER, address(0xcafe)));
    }

    function _superseded(ContractName name, address next) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IAuthority.Authority_Superseded.selector, name, next);
    }
}
