// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Authority } from "./base/Authority.sol";
import { IEvidenceLog } from "./interfaces/IEvidenceLog.sol";
import { IFundLedger } from "./interfaces/IFundLedger.sol";
import { IRegistry } from "./interfaces/IRegistry.sol";
import { Codes } from "./libraries/Codes.sol";
import { SumTree } from "./libraries/SumTree.sol";
import { Notice } from "./types/Evidence.sol";
import {
    AgencyId,
    BatchId,
    FundId,
    NO_AGENCY,
    NO_BATCH,
    NO_FUND,
    NO_NOTICE,
    RunId,
    TransferId
} from "./types/Ids.sol";
import {
    Allot,
    Approve,
    LedgerStatements,
    PassOn,
    Prepare,
    Reject,
    Release,
    Review,
    Settle
} from "./types/LedgerStatements.sol";
import { Batch, Fund, Run, Stage } from "./types/Money.sol";
import { AgencyKind, Role, Signer } from "./types/Office.sol";

/// @title FundLedger
/// @notice See IFundLedger.
contract FundLedger is IFundLedger, Authority {
    using LedgerStatements for *;

    /// @inheritdoc IFundLedger
    IEvidenceLog public immutable override evidenceLog;

    mapping(FundId id => Fund) private _funds;
    mapping(TransferId id => bool used) private _transfers;
    mapping(RunId id => Run) private _runs;
    mapping(BatchId id => Batch) private _batches;

    constructor(IRegistry registry_, IEvidenceLog evidenceLog_) Authority(registry_) {
        evidenceLog = evidenceLog_;
    }

    /// @inheritdoc IFundLedger
    function allot(Allot calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        (FundId id, uint128 amountFen) = (statement.fund, statement.amountFen);
        Fund storage root = _funds[id];
        _requireRole(signer, Role.BUDGET);
        _requireKind(signer.agency, AgencyKind.FINANCE);
        _useTransfer(statement.id, amountFen);
        if (root.agency == NO_AGENCY) _openRoot(statement);
        bool same = root.parent == NO_FUND && root.programme == statement.programme
            && root.year == statement.year && root.agency == statement.agency;
        if (!same) revert FundLedger_FundDiffers({ fund: id });
        if (amountFen > type(uint128).max - root.grantedFen) {
            revert FundLedger_TooMuch({
                fund: id, grantedFen: root.grantedFen, amountFen: amountFen
            });
        }

        root.grantedFen += amountFen;
        emit Allotted(
            statement.id, id, statement.programme, statement.year, statement.agency, amountFen
        );
    }

    /// @inheritdoc IFundLedger
    function passOn(PassOn calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        (FundId parentId, uint128 amountFen) = (statement.parent, statement.amountFen);
        Fund storage parent = _fund(parentId);
        Fund storage child = _funds[statement.fund];
        _requireRole(signer, Role.BUDGET);
        _requireAgency(parent.agency, signer.agency);
        _useTransfer(statement.id, amountFen);
        if (child.agency == NO_AGENCY) _openChild(statement, parent);
        if (child.parent != parentId || child.agency != statement.agency) {
            revert FundLedger_FundDiffers({ fund: statement.fund });
        }
        _requireAvailable(parentId, amountFen);

        parent.passedOnFen += amountFen;
        child.grantedFen += amountFen;
        emit PassedOn(statement.id, parentId, statement.fund, statement.agency, amountFen);
    }

    /// @inheritdoc IFundLedger
    function prepare(Prepare calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        Fund storage drawn = _fund(statement.fund);
        RunId id = statement.run;
        _requireRole(signer, Role.PREPARE);
        _requireAgency(drawn.agency, signer.agency);
        Codes.check(RunId.unwrap(id));
        Codes.checkPeriod(statement.period);
        if (_runs[id].stage != Stage.NONE) revert FundLedger_RunExists({ run: id });
        if (statement.count == 0 || statement.totalFen == 0 || statement.root == 0) {
            revert FundLedger_EmptyRun({ run: id });
        }
        _requireAvailable(statement.fund, statement.totalFen);
        uint8 required = _checkTerms(statement, drawn);
        if (statement.reissueOf != NO_BATCH) _takeUpReissue(statement);

        Run storage fresh = _runs[id];
        fresh.fund = statement.fund;
        fresh.notice = statement.notice;
        fresh.reissueOf = statement.reissueOf;
        fresh.period = statement.period;
        fresh.root = statement.root;
        fresh.totalFen = statement.totalFen;
        fresh.count = statement.count;
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
        if (last) _commit(approved.fund, approved.totalFen);
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
        if (statement.amountFen != released.totalFen) {
            revert FundLedger_VoucherDiffers({
                run: id, totalFen: released.totalFen, amountFen: statement.amountFen
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

        _batches[statement.batch] = Batch({
            run: id,
            root: statement.root,
            totalFen: statement.totalFen,
            count: statement.count,
            kind: statement.kind,
            reissuedFen: 0
        });
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
        if (signer.person == refused.people[0]) {
            revert FundLedger_SamePerson({ run: id, person: signer.person });
        }
        if (statement.reason == 0) revert FundLedger_NoReason({ run: id });

        refused.stage = Stage.REJECTED;
        if (refused.reissueOf != NO_BATCH) {
            _batches[refused.reissueOf].reissuedFen -= refused.totalFen;
        }
        emit RunRejected(id, statement.reason, signer.key);
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
    function batch(BatchId id) external view returns (Batch memory) {
        return _batches[id];
    }

    // Funds

    function _openRoot(Allot calldata statement) private {
        (bool known,,) = registry.termsOf(statement.programme, 0);
        if (!known) revert FundLedger_UnknownProgramme({ programme: statement.programme });
        if (statement.year == 0) revert FundLedger_NoYear({ fund: statement.fund });

        Fund storage root = _openFund(statement.fund, statement.agency);
        root.programme = statement.programme;
        root.year = statement.year;
    }

    function _openChild(PassOn calldata statement, Fund storage parent) private {
        Fund storage child = _openFund(statement.fund, statement.agency);
        child.programme = parent.programme;
        child.year = parent.year;
        child.parent = statement.parent;
    }

    function _openFund(FundId id, AgencyId holder) private returns (Fund storage opened) {
        Codes.check(FundId.unwrap(id));
        if (registry.kindOf(holder) == AgencyKind.NONE) {
            revert FundLedger_UnknownAgency({ agency: holder });
        }

        opened = _funds[id];
        opened.agency = holder;
    }

    function _useTransfer(TransferId id, uint128 amountFen) private {
        Codes.check(TransferId.unwrap(id));
        if (_transfers[id]) revert FundLedger_TransferExists({ id: id });
        if (amountFen == 0) revert FundLedger_NoAmount({ id: id });

        _transfers[id] = true;
    }

    function _commit(FundId id, uint128 amountFen) private {
        _requireAvailable(id, amountFen);

        _funds[id].committedFen += amountFen;
    }

    function _fund(FundId id) private view returns (Fund storage known) {
        known = _funds[id];
        if (known.agency == NO_AGENCY) revert FundLedger_UnknownFund({ fund: id });
    }

    function _requireAvailable(FundId id, uint128 amountFen) private view {
        uint128 availableFen = _availableFen(_funds[id]);
        if (amountFen > availableFen) {
            revert FundLedger_Overspend({
                fund: id, requestedFen: amountFen, availableFen: availableFen
            });
        }
    }

    // granted + recovered = passed on + committed + paid + available
    function _availableFen(Fund storage f) private view returns (uint128) {
        return f.grantedFen + f.recoveredFen - f.passedOnFen - f.committedFen - f.paidFen;
    }

    // Runs

    /// @dev The programme's terms: the notice has run out, and this many must approve.
    function _checkTerms(Prepare calldata statement, Fund storage drawn)
        private
        view
        returns (uint8 required)
    {
        uint64 noticeSeconds;
        (, noticeSeconds, required) = registry.termsOf(drawn.programme, statement.totalFen);
        if (statement.notice == NO_NOTICE) {
            if (noticeSeconds == 0) return required;
            revert FundLedger_NoNotice({ run: statement.run, noticeSeconds: noticeSeconds });
        }

        Notice memory shown = evidenceLog.notice(statement.notice);
        bool same = shown.agency == drawn.agency && shown.programme == drawn.programme
            && shown.period == statement.period;
        if (!same) {
            revert FundLedger_NoticeDiffers({ run: statement.run, notice: statement.notice });
        }
        if (shown.closesAt > block.timestamp) {
            revert FundLedger_NoticeOpen({ notice: statement.notice, closesAt: shown.closesAt });
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
            && original.period == statement.period;
        if (!same) {
            revert FundLedger_ReissueDiffers({ run: statement.run, original: returned.run });
        }
        uint128 remainingFen = returned.totalFen - returned.reissuedFen;
        if (statement.totalFen > remainingFen) {
            revert FundLedger_ReissueOver({
                batch: statement.reissueOf,
                requestedFen: statement.totalFen,
                remainingFen: remainingFen
            });
        }

        returned.reissuedFen += statement.totalFen;
    }

    function _advance(Run storage moved, Stage stage, Signer memory signer) private {
        moved.stage = stage;
        moved.people[moved.acted++] = signer.person;
    }

    function _runAt(RunId id, Stage expected) private view returns (Run storage found) {
        found = _runs[id];
        if (found.stage != expected) {
            revert FundLedger_WrongStage({ run: id, expected: expected, actual: found.stage });
        }
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
        Run storage acted = _runs[id];
        for (uint256 i = 0; i < acted.acted; i++) {
            if (acted.people[i] == signer.person) {
                revert FundLedger_SamePerson({ run: id, person: signer.person });
            }
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
        if (statement.count > paid.count - paid.settledCount) {
            revert FundLedger_BatchOverCount({
                batch: id, count: statement.count, remaining: paid.count - paid.settledCount
            });
        }
    }

    /// @dev Credited money moves from committed to paid, returned money from committed to available.
    function _book(Run storage paid, Settle calldata statement) private {
        Fund storage drawn = _funds[paid.fund];
        paid.settledCount += statement.count;
        drawn.committedFen -= statement.totalFen;
        if (statement.kind == SumTree.CREDITED) {
            paid.creditedFen += statement.totalFen;
            drawn.paidFen += statement.totalFen;
        } else {
            paid.returnedFen += statement.totalFen;
        }
    }

    function _unsettledFen(Run storage paid) private view returns (uint128) {
        return paid.totalFen - paid.creditedFen - paid.returnedFen;
    }

    // Agencies

    function _requireKind(AgencyId agency, AgencyKind expected) private view {
        AgencyKind actual = registry.kindOf(agency);
        if (actual != expected) {
            revert FundLedger_WrongKind({ agency: agency, expected: expected, actual: actual });
        }
    }

    function _requireAgency(AgencyId expected, AgencyId actual) private pure {
        if (actual != expected) {
            revert FundLedger_WrongAgency({ expected: expected, actual: actual });
        }
    }

    /// @dev The agency of the run's fund, or one it answers to.
    function _requireSuperior(Run storage judged, Signer memory signer) private view {
        AgencyId expected = _funds[judged.fund].agency;
        if (!registry.answersTo(expected, signer.agency)) {
            revert FundLedger_WrongAgency({ expected: expected, actual: signer.agency });
        }
    }
}
