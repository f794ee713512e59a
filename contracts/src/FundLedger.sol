// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Books } from "./base/Books.sol";
import { Contests } from "./base/Contests.sol";
import { Funds } from "./base/Funds.sol";
import { IEvidenceLog } from "./interfaces/IEvidenceLog.sol";
import { IFundLedger } from "./interfaces/IFundLedger.sol";
import { IRegistry } from "./interfaces/IRegistry.sol";
import { Codes } from "./libraries/Codes.sol";
import { SumTree } from "./libraries/SumTree.sol";
import { AgencyId, BatchId, FUND_LEDGER, NO_BATCH, NO_NOTICE, RunId } from "./types/Ids.sol";
import {
    Approve,
    Cancel,
    LedgerStatements,
    Prepare,
    Reject,
    Release,
    Review,
    Settle
} from "./types/LedgerStatements.sol";
import { Batch, Fund, Run, Stage } from "./types/Money.sol";
import { AgencyKind, Role, Signer } from "./types/Office.sol";

/// @title FundLedger
/// @notice See IFundLedger. The tree of funds is in Funds, what stops a run in Contests; here is
/// the way of a run.
contract FundLedger is Funds, Contests {
    using LedgerStatements for *;

    constructor(IRegistry registry_, IEvidenceLog evidenceLog_) Books(registry_, evidenceLog_) { }

    /// @inheritdoc IFundLedger
    function prepare(Prepare calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        Fund storage drawn = _fund(statement.fund);
        RunId id = statement.run;
        _requireCurrent(FUND_LEDGER);
        _requireRole(signer, Role.PREPARE);
        _requireAgency(drawn.agency, signer.agency);
        Codes.check(RunId.unwrap(id));
        if (_runs[id].stage != Stage.NONE) revert FundLedger_RunExists({ run: id });
        if (statement.count == 0 || statement.totalFen == 0 || statement.root == 0) {
            revert FundLedger_EmptyRun({ run: id });
        }
        if (statement.count > type(uint32).max) {
            revert FundLedger_TooManyLines({ run: id, count: statement.count });
        }
        _requireOpen(statement.fund, drawn);
        _requireAvailable(statement.fund, statement.totalFen);
        uint8 required = _checkTerms(statement, drawn);
        if (statement.reissueOf != NO_BATCH) _takeUpReissue(statement);

        Run storage fresh = _runs[id];
        fresh.fund = statement.fund;
        fresh.notice = statement.notice;
        if (statement.notice == NO_NOTICE) fresh.period = statement.period;
        fresh.root = statement.root;
        fresh.totalFen = uint64(statement.totalFen);
        fresh.count = uint32(statement.count);
        fresh.required = required;
        _advance(fresh, Stage.PREPARED, signer);
        emit RunPrepared(
            id,
            statement.fund,
            statement.notice,
            statement.reissueOf,
            statement.period,
            statement.root,
            statement.totalFen,
            statement.count,
            signer.key
        );
    }

    /// @inheritdoc IFundLedger
    function review(Review calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        Run storage reviewed = _runAt(statement.run, Stage.PREPARED);
        _requireRole(signer, Role.REVIEW);
        _requireSuperior(reviewed, signer);
        _requireNewPerson(statement.run, signer);
        _requireSameRun(statement.run, statement.root, statement.totalFen);

        _advance(reviewed, Stage.REVIEWED, signer);
        emit RunReviewed(statement.run, signer.key);
    }

    /// @inheritdoc IFundLedger
    function approve(Approve calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        Run storage approved = _runAt(statement.run, Stage.REVIEWED);
        _requireRole(signer, Role.APPROVE);
        _requireSuperior(approved, signer);
        _requireNewPerson(statement.run, signer);
        _requireSameRun(statement.run, statement.root, statement.totalFen);

        uint8 approvals = ++approved.approvals;
        bool last = approvals == approved.required;
        if (last) _commit(approved);
        _advance(approved, last ? Stage.APPROVED : Stage.REVIEWED, signer);
        emit RunApproved(statement.run, signer.key, approvals, approved.required);
    }

    /// @inheritdoc IFundLedger
    function release(Release calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        RunId id = statement.run;
        Run storage released = _runAt(id, Stage.APPROVED);
        if (signer.agency == _funds[released.fund].agency) {
            revert FundLedger_SameAgency({ run: id, agency: signer.agency });
        }
        _requireRole(signer, Role.TREASURY);
        _requireKind(signer.agency, AgencyKind.TREASURY);
        _requireNewPerson(id, signer);
        _requireKind(statement.bank, AgencyKind.BANK);
        if (statement.voucher == 0) revert FundLedger_NoVoucher({ run: id });
        _requireFree(id);
        uint64 dueFen = _dueFen(released);
        if (dueFen == 0) revert FundLedger_NothingToRelease({ run: id });
        if (statement.amountFen != dueFen) {
            revert FundLedger_VoucherDiffers({
                run: id, dueFen: dueFen, amountFen: statement.amountFen
            });
        }

        released.bank = statement.bank;
        _advance(released, Stage.RELEASED, signer);
        emit RunReleased(id, statement.bank, statement.voucher, statement.amountFen, signer.key);
    }

    /// @inheritdoc IFundLedger
    function settle(Settle calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        RunId id = statement.run;
        Run storage paid = _runAt(id, Stage.RELEASED);
        _requireRole(signer, Role.BANK);
        _requireAgency(paid.bank, signer.agency);
        _requireNewPerson(id, signer);
        _checkBatch(statement, paid);

        Batch storage reported = _batches[statement.batch];
        reported.run = id;
        reported.root = statement.root;
        reported.totalFen = uint64(statement.totalFen);
        reported.count = statement.count;
        reported.kind = statement.kind;
        _book(paid, statement);
        emit BatchSettled(
            statement.batch,
            id,
            statement.kind,
            statement.root,
            statement.totalFen,
            statement.count,
            signer.key
        );
        if (_unsettledFen(paid) == 0) {
            paid.stage = Stage.SETTLED;
            emit RunSettled(id);
        }
    }

    /// @inheritdoc IFundLedger
    function reject(Reject calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        RunId id = statement.run;
        Run storage refused = _runs[id];
        if (refused.stage != Stage.PREPARED) refused = _runAt(id, Stage.REVIEWED);
        _requireRole(signer, Role.REVIEW | Role.APPROVE);
        _requireSuperior(refused, signer);
        if (signer.person == refused.people.first()) {
            revert FundLedger_SamePerson({ run: id, person: signer.person });
        }
        if (statement.reason == 0) revert FundLedger_NoReason({ run: id });

        refused.stage = Stage.REJECTED;
        _leaveReissue(refused);
        emit RunRejected(id, statement.reason, signer.key);
    }

    /// @inheritdoc IFundLedger
    function cancel(Cancel calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        RunId id = statement.run;
        Run storage dropped = _runs[id];
        if (!_isBeforeRelease(dropped.stage)) dropped = _runAt(id, Stage.APPROVED);
        _requireRole(signer, Role.PREPARE | Role.APPROVE);
        _requireSuperior(dropped, signer);
        if (statement.reason == 0) revert FundLedger_NoReason({ run: id });

        if (dropped.stage == Stage.APPROVED) _uncommit(dropped);
        dropped.stage = Stage.CANCELLED;
        _leaveReissue(dropped);
        emit RunCancelled(id, statement.reason, signer.key);
    }

    /// @dev The programme's terms: the notice has run out, and this many must approve.
    function _checkTerms(Prepare calldata statement, Fund storage drawn)
        private
        view
        returns (uint8 required)
    {
        uint64 noticeSeconds;
        (, noticeSeconds, required) = registry.termsOf(drawn.programme, statement.totalFen);
        if (statement.notice == NO_NOTICE) {
            if (noticeSeconds != 0) {
                revert FundLedger_NoNotice({ run: statement.run, noticeSeconds: noticeSeconds });
            }
            Codes.checkPeriod(statement.period);
            return required;
        }

        (bool same, uint64 closesAt) = evidenceLog.noticeOf(
            statement.notice, drawn.agency, drawn.programme, statement.period
        );
        if (!same) {
            revert FundLedger_NoticeDiffers({ run: statement.run, notice: statement.notice });
        }
        if (closesAt > block.timestamp) {
            revert FundLedger_NoticeOpen({ notice: statement.notice, closesAt: closesAt });
        }
    }

    /// @dev Reserve part of a returned batch for the run that pays it again.
    function _takeUpReissue(Prepare calldata statement) private {
        Batch storage returned = _batches[statement.reissueOf];
        Run storage original = _runs[returned.run];
        if (returned.kind != SumTree.RETURNED) {
            revert FundLedger_NotReturned({ batch: statement.reissueOf });
        }
        bool same = original.fund == statement.fund && original.notice == statement.notice
            && (original.notice != NO_NOTICE || original.period == statement.period);
        if (!same) {
            revert FundLedger_ReissueDiffers({ run: statement.run, original: returned.run });
        }
        uint64 remainingFen = returned.totalFen - returned.reissuedFen;
        if (statement.totalFen > remainingFen) {
            revert FundLedger_ReissueOver({
                batch: statement.reissueOf,
                requestedFen: statement.totalFen,
                remainingFen: remainingFen
            });
        }

        returned.reissuedFen += uint64(statement.totalFen);
        _runs[statement.run].reissueOf = statement.reissueOf;
    }

    /// @dev Leave to another run what this one would have paid again. What disputes struck from it
    /// is theirs to allow.
    function _leaveReissue(Run storage ended) private {
        if (ended.reissueOf == NO_BATCH) return;

        _batches[ended.reissueOf].reissuedFen -= ended.totalFen - ended.struckFen;
    }

    function _commit(Run storage approved) private {
        uint64 dueFen = approved.totalFen - approved.struckFen;
        _requireAvailable(approved.fund, dueFen);

        _funds[approved.fund].committedFen += dueFen;
        if (approved.heldFen != 0) _funds[approved.fund].heldFen += approved.heldFen;
    }

    function _uncommit(Run storage dropped) private {
        _funds[dropped.fund].committedFen -= dropped.totalFen - dropped.struckFen;
        if (dropped.heldFen != 0) _funds[dropped.fund].heldFen -= dropped.heldFen;
    }

    function _advance(Run storage moved, Stage stage, Signer memory signer) private {
        moved.stage = stage;
        moved.people = moved.people.join(signer.person);
    }

    function _requireSameRun(RunId id, bytes32 root, uint128 totalFen) private view {
        Run storage prepared = _runs[id];
        if (prepared.root != root || prepared.totalFen != totalFen) {
            revert FundLedger_RunDiffers({
                run: id, root: prepared.root, totalFen: prepared.totalFen
            });
        }
    }

    function _requireNewPerson(RunId id, Signer memory signer) private view {
        if (_runs[id].people.includes(signer.person)) {
            revert FundLedger_SamePerson({ run: id, person: signer.person });
        }
    }

    // Batches

    function _checkBatch(Settle calldata statement, Run storage paid) private view {
        BatchId id = statement.batch;
        Codes.check(BatchId.unwrap(id));
        if (_batches[id].kind != 0) revert FundLedger_BatchExists({ batch: id });
        if (statement.kind != SumTree.CREDITED && statement.kind != SumTree.RETURNED) {
            revert FundLedger_UnknownBatchKind({ kind: statement.kind });
        }
        if (statement.count == 0 || statement.totalFen == 0 || statement.root == 0) {
            revert FundLedger_EmptyBatch({ batch: id });
        }
        if (statement.totalFen > _unsettledFen(paid)) {
            revert FundLedger_BatchOverRun({
                batch: id, totalFen: statement.totalFen, remainingFen: _unsettledFen(paid)
            });
        }
        uint32 remaining = _unreported(paid);
        if (remaining != 0 && statement.count > remaining) {
            revert FundLedger_BatchOverCount({
                batch: id, count: statement.count, remaining: remaining
            });
        }
    }

    /// @dev Credited money moves from committed to paid, returned money from committed to available.
    function _book(Run storage paid, Settle calldata statement) private {
        Fund storage drawn = _funds[paid.fund];
        uint64 totalFen = uint64(statement.totalFen);
        if (_unreported(paid) != 0) paid.settledCount += uint32(statement.count);
        drawn.committedFen -= totalFen;
        if (statement.kind == SumTree.CREDITED) {
            paid.creditedFen += totalFen;
            drawn.paidFen += totalFen;
        } else {
            paid.returnedFen += totalFen;
        }
    }

    /// @dev Lines that no batch has reported. Where none is left but money is, a bank reported less
    /// than was ordered; a later batch brings the rest, or it would stay committed for ever.
    function _unreported(Run storage paid) private view returns (uint32) {
        return paid.count - paid.outCount - paid.settledCount;
    }

    /// @dev What the voucher is for. After the release a held line can only be struck, so the sum
    /// stays what it was.
    function _dueFen(Run storage released) private view returns (uint64) {
        return released.totalFen - released.heldFen - released.struckFen;
    }

    function _unsettledFen(Run storage paid) private view returns (uint64) {
        return _dueFen(paid) - paid.creditedFen - paid.returnedFen;
    }

    /// @dev The agency of the run's fund, or one it answers to.
    function _requireSuperior(Run storage drawn, Signer memory signer) private view {
        AgencyId expected = _funds[drawn.fund].agency;
        if (!registry.answersTo(expected, signer.agency)) {
            revert FundLedger_WrongAgency({ expected: expected, actual: signer.agency });
        }
    }
}
