// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IContests } from "../interfaces/IContests.sol";
import { SumRoot, SumTree } from "../libraries/SumTree.sol";
import {
    AgencyId,
    BatchId,
    DISPUTE_DESK,
    DisputeId,
    FundId,
    NO_AGENCY,
    NO_FUND,
    NoticeId,
    ReceivableId,
    RunId
} from "../types/Ids.sol";
import { Hold, LedgerStatements, Lift } from "../types/LedgerStatements.sol";
import { Batch, Fund, Run, Stage, StandingHold } from "../types/Money.sol";
import { AgencyKind, Role, Signer } from "../types/Office.sol";
import { Books } from "./Books.sol";

/// @notice What stops money, and lets it go.
abstract contract Contests is Books {
    using LedgerStatements for *;

    mapping(RunId id => mapping(AgencyKind watchdog => StandingHold)) private _holds;

    modifier onlyDesk() {
        _requireDesk();
        _;
    }

    /// @inheritdoc IContests
    function hold(Hold calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        RunId id = statement.run;
        StandingHold storage held = _holdOf(id, signer);
        if (!_isBeforeRelease(_runs[id].stage)) revert Contests_PastHolding({ run: id });
        if (statement.until != 0 && statement.until <= block.timestamp) {
            revert Contests_HoldInPast({
                run: id, until: statement.until, blockTime: block.timestamp
            });
        }
        if (statement.reason == 0) revert FundLedger_NoReason({ run: id });
        if (held.agency != signer.agency) _requireEnded(id, held);

        _runs[id].watched = true;
        held.agency = signer.agency;
        held.until = statement.until;
        held.reason = statement.reason;
        emit RunHeld(id, signer.agency, statement.until, statement.reason, signer.key);
    }

    /// @inheritdoc IContests
    function lift(Lift calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        RunId id = statement.run;
        StandingHold storage held = _holdOf(id, signer);
        if (held.agency != signer.agency) {
            revert Contests_NotHeld({ run: id, agency: signer.agency });
        }
        if (statement.reason == 0) revert FundLedger_NoReason({ run: id });

        held.agency = NO_AGENCY;
        held.until = 0;
        held.reason = 0;
        emit RunLifted(id, signer.agency, statement.reason, signer.key);
    }

    /// @inheritdoc IContests
    function contestLine(DisputeId dispute, RunId id, uint128 amountFen)
        external
        onlyDesk
        returns (bool held)
    {
        Run storage run_ = _runs[id];
        Batch storage reserved = _batchOf(dispute);
        _requireGoing(id, run_.stage);
        if (reserved.kind != 0) revert Contests_CodeTaken({ dispute: dispute });

        reserved.run = id;
        reserved.kind = SumTree.RETURNED;
        held = _isBeforeRelease(run_.stage);
        if (!held) return false;
        uint64 heldFen = uint64(amountFen);
        run_.heldFen += heldFen;
        run_.outCount++;
        if (run_.stage == Stage.APPROVED) _funds[run_.fund].heldFen += heldFen;
        emit LineHeld(dispute, id, amountFen);
    }

    /// @inheritdoc IContests
    function resolveLine(DisputeId dispute, RunId id, uint128 amountFen, bool upheld)
        external
        onlyDesk
        returns (bool freed)
    {
        Run storage run_ = _runs[id];
        uint64 lineFen = uint64(amountFen);
        run_.heldFen -= lineFen;
        if (run_.stage == Stage.REJECTED || run_.stage == Stage.CANCELLED) return false;

        bool committed = run_.stage >= Stage.APPROVED;
        if (committed) _funds[run_.fund].heldFen -= lineFen;
        if (!upheld && _isBeforeRelease(run_.stage)) {
            run_.outCount--;
            emit LineFreed(dispute, id, amountFen);
            return true;
        }

        run_.struckFen += lineFen;
        if (committed) _funds[run_.fund].committedFen -= lineFen;
        emit LineStruck(dispute, id, amountFen);
        if (!upheld) _allowReissue(dispute, id, amountFen);
    }

    /// @inheritdoc IContests
    function allowReissue(DisputeId dispute, RunId id, uint128 amountFen) external onlyDesk {
        _allowReissue(dispute, id, amountFen);
    }

    /// @inheritdoc IContests
    function blockRun(RunId id, bytes32 challenge) external onlyDesk returns (bool blocked) {
        Run storage run_ = _runs[id];
        _requireGoing(id, run_.stage);

        blocked = _isBeforeRelease(run_.stage);
        if (!blocked) return false;
        run_.challenges++;
        emit RunBlocked(id, challenge);
    }

    /// @inheritdoc IContests
    function unblockRun(RunId id, bytes32 challenge) external onlyDesk {
        _runs[id].challenges--;
        emit RunUnblocked(id, challenge);
    }

    /// @inheritdoc IContests
    function recover(ReceivableId receivable, RunId id, uint128 amountFen) external onlyDesk {
        FundId fundId = _runs[id].fund;
        Fund storage receiving = _funds[fundId];
        while (receiving.closed && receiving.parent != NO_FUND) {
            fundId = receiving.parent;
            receiving = _funds[fundId];
        }
        _requireRoom(fundId, receiving, amountFen);

        receiving.recoveredFen += uint64(amountFen);
        emit MoneyRecovered(receivable, id, fundId, amountFen);
    }

    /// @inheritdoc IContests
    function judged(RunId id)
        external
        view
        returns (SumRoot memory root, NoticeId notice, BatchId reissueOf, AgencyId payer)
    {
        Run storage run_ = _runs[id];
        root = SumRoot(SumTree.RUN, run_.totalFen, run_.count, run_.root);
        return (root, run_.notice, run_.reissueOf, _funds[run_.fund].agency);
    }

    /// @inheritdoc IContests
    function standingHold(RunId id, AgencyKind watchdog)
        external
        view
        returns (StandingHold memory)
    {
        return _holds[id][watchdog];
    }

    /// @dev Neither a standing hold nor a proven fraud keeps the run where it is.
    function _requireFree(RunId id) internal view {
        if (_runs[id].challenges != 0) {
            revert Contests_RunBlocked({ run: id, challenges: _runs[id].challenges });
        }
        if (!_runs[id].watched) return;
        _requireEnded(id, _holds[id][AgencyKind.AUDIT]);
        _requireEnded(id, _holds[id][AgencyKind.PROCURATORATE]);
    }

    function _requireEnded(RunId id, StandingHold storage held) private view {
        bool stands = held.until == 0 ? held.reason != 0 : block.timestamp <= held.until;
        if (stands) {
            revert Contests_RunHeld({
                run: id, agency: held.agency, until: held.until, reason: held.reason
            });
        }
    }

    function _isBeforeRelease(Stage stage) internal pure returns (bool) {
        return stage == Stage.PREPARED || stage == Stage.REVIEWED || stage == Stage.APPROVED;
    }

    function _requireDesk() private view {
        if (!registry.wasNamed(DISPUTE_DESK, msg.sender)) {
            revert Contests_NotTheDesk({ caller: msg.sender });
        }
    }

    function _allowReissue(DisputeId dispute, RunId id, uint128 amountFen) private {
        Batch storage reserved = _batchOf(dispute);
        reserved.totalFen = uint64(amountFen);
        reserved.count = 1;
        emit ReissueAllowed(dispute, id, amountFen);
    }

    function _batchOf(DisputeId dispute) private view returns (Batch storage) {
        return _batches[BatchId.wrap(DisputeId.unwrap(dispute))];
    }

    /// @dev The place of a hold by the signer's kind of watchdog.
    function _holdOf(RunId id, Signer memory signer) private view returns (StandingHold storage) {
        _requireRole(signer, Role.HOLD);
        AgencyKind kind = registry.kindOf(signer.agency);
        if (kind != AgencyKind.AUDIT && kind != AgencyKind.PROCURATORATE) {
            revert Contests_NotAWatchdog({ agency: signer.agency });
        }
        return _holds[id][kind];
    }

    function _requireGoing(RunId id, Stage stage) private pure {
        if (stage == Stage.NONE || stage == Stage.REJECTED || stage == Stage.CANCELLED) {
            revert Contests_RunStopped({ run: id });
        }
    }
}
