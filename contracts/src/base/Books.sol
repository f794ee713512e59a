// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IEvidenceLog } from "../interfaces/IEvidenceLog.sol";
import { IFundLedger } from "../interfaces/IFundLedger.sol";
import { IRegistry } from "../interfaces/IRegistry.sol";
import {
    AgencyId,
    BatchId,
    FundId,
    NO_AGENCY,
    PersonId,
    RunId,
    TransferId
} from "../types/Ids.sol";
import { Batch, Fund, Run, Stage } from "../types/Money.sol";
import { AgencyKind } from "../types/Office.sol";
import { Authority } from "./Authority.sol";

/// @notice The books of the ledger, how they are read, and what its acts ask of them.
abstract contract Books is IFundLedger, Authority {
    /// @inheritdoc IFundLedger
    IEvidenceLog public immutable override evidenceLog;

    mapping(FundId id => Fund) internal _funds;
    mapping(TransferId id => bool used) internal _transfers;
    mapping(RunId id => Run) internal _runs;
    mapping(BatchId id => Batch) internal _batches;

    constructor(IRegistry registry_, IEvidenceLog evidenceLog_) Authority(registry_) {
        evidenceLog = evidenceLog_;
    }

    /// @inheritdoc IFundLedger
    function fund(FundId id) external view returns (Fund memory, uint128 availableFen) {
        return (_funds[id], _availableFen(_funds[id]));
    }

    /// @inheritdoc IFundLedger
    function run(RunId id) external view returns (Run memory) {
        return _runs[id];
    }

    /// @inheritdoc IFundLedger
    function actors(RunId id) external view returns (PersonId[] memory) {
        return _runs[id].people.list();
    }

    /// @inheritdoc IFundLedger
    function batch(BatchId id) external view returns (Batch memory) {
        return _batches[id];
    }

    function _fund(FundId id) internal view returns (Fund storage known) {
        known = _funds[id];
        if (known.agency == NO_AGENCY) revert FundLedger_UnknownFund({ fund: id });
    }

    function _requireAvailable(FundId id, uint128 amountFen) internal view {
        uint64 availableFen = _availableFen(_funds[id]);
        if (amountFen > availableFen) {
            revert FundLedger_Overspend({
                fund: id, requestedFen: amountFen, availableFen: availableFen
            });
        }
    }

    function _requireOpen(FundId id, Fund storage known) internal view {
        if (known.closed) revert FundLedger_FundClosed({ fund: id });
    }

    /// @dev What is granted and recovered together fits 64 bits, so no sum of a fund overflows.
    function _requireRoom(FundId id, Fund storage known, uint128 amountFen) internal view {
        uint64 heldFen = known.grantedFen + known.recoveredFen;
        if (amountFen > type(uint64).max - heldFen) {
            revert FundLedger_TooMuch({ fund: id, grantedFen: heldFen, amountFen: amountFen });
        }
    }

    // granted + recovered = passed on + committed + paid + available
    function _availableFen(Fund storage f) internal view returns (uint64) {
        return f.grantedFen + f.recoveredFen - f.passedOnFen - f.committedFen - f.paidFen;
    }

    function _runAt(RunId id, Stage expected) internal view returns (Run storage found) {
        found = _runs[id];
        if (found.stage != expected) {
            revert FundLedger_WrongStage({ run: id, expected: expected, actual: found.stage });
        }
    }

    function _requireKind(AgencyId agency, AgencyKind expected) internal view {
        AgencyKind actual = registry.kindOf(agency);
        if (actual != expected) {
            revert FundLedger_WrongKind({ agency: agency, expected: expected, actual: actual });
        }
    }

    function _requireAgency(AgencyId expected, AgencyId actual) internal pure {
        if (actual != expected) {
            revert FundLedger_WrongAgency({ expected: expected, actual: actual });
        }
    }
}
