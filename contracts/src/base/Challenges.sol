// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IChallenges } from "../interfaces/IChallenges.sol";
import { IFundLedger } from "../interfaces/IFundLedger.sol";
import { Placed, SumRoot, SumTree } from "../libraries/SumTree.sol";
import { CloseChallenge, DeskStatements } from "../types/DeskStatements.sol";
import { Challenge, ChallengeKind } from "../types/Dispute.sol";
import { Notice } from "../types/Evidence.sol";
import { BatchId, NO_BATCH, NO_NOTICE, NoticeId, RunId } from "../types/Ids.sol";
import { Batch } from "../types/Money.sol";
import { AgencyKind, Role, Signer } from "../types/Office.sol";
import { Authority } from "./Authority.sol";

/// @notice Judges frauds from two proofs each.
abstract contract Challenges is IChallenges, Authority {
    using DeskStatements for *;

    /// @inheritdoc IChallenges
    IFundLedger public immutable override ledger;

    mapping(bytes32 id => Challenge) internal _challenges;

    constructor(IFundLedger ledger_) Authority(ledger_.registry()) {
        ledger = ledger_;
    }

    /// @inheritdoc IChallenges
    function challengeDuplicate(
        RunId run,
        Placed calldata line,
        RunId otherRun,
        Placed calldata twin
    ) external returns (bytes32) {
        _requireSamePayment(line, twin);
        if (run == otherRun) _requireTwoPlaces(line, twin);
        _verify(line, _rootOf(run));
        _verify(twin, _rootOf(otherRun));

        (bytes32 one, bytes32 other) = _sorted(RunId.unwrap(run), RunId.unwrap(otherRun));
        bytes32 id = _prove(ChallengeKind.DUPLICATE, run, one, other, line.line.paymentId);
        if (run != otherRun) {
            _challenges[id].otherRun = otherRun;
            _challenges[id].blockedOtherRun = ledger.blockRun(otherRun, id);
        }
        return id;
    }

    /// @inheritdoc IChallenges
    function challengeOrder(RunId run, Placed calldata first, Placed calldata second)
        external
        returns (bytes32)
    {
        return _proveDisorder(run, RunId.unwrap(run), first, second, _rootOf(run));
    }

    /// @inheritdoc IChallenges
    function challengeRosterOrder(RunId run, Placed calldata first, Placed calldata second)
        external
        returns (bytes32)
    {
        (bytes32 notice, SumRoot memory roster) = _rosterOf(run);
        return _proveDisorder(run, notice, first, second, roster);
    }

    /// @inheritdoc IChallenges
    function challengeBatchOrder(BatchId batch, Placed calldata first, Placed calldata second)
        external
        returns (bytes32)
    {
        (RunId run, SumRoot memory reported) = _reported(batch);
        return _proveDisorder(run, BatchId.unwrap(batch), first, second, reported);
    }

    /// @inheritdoc IChallenges
    function challengeUnlisted(RunId run, Placed calldata line, Placed[] calldata neighbours)
        external
        returns (bytes32)
    {
        (SumRoot memory root,, BatchId reissueOf,) = ledger.judged(run);
        (bytes32 notice, SumRoot memory roster) = _rosterOf(run);
        bytes32 paymentId = line.line.paymentId;
        if (reissueOf != NO_BATCH) {
            revert Challenges_IsReissue({ run: run, reissueOf: reissueOf });
        }
        _verify(line, root);
        SumTree.verifyAbsence(paymentId, neighbours, roster);
        return _prove(ChallengeKind.UNLISTED, run, RunId.unwrap(run), notice, paymentId);
    }

    /// @inheritdoc IChallenges
    function challengeRosterAmount(RunId run, Placed calldata line, Placed calldata listed)
        external
        returns (bytes32)
    {
        (bytes32 notice, SumRoot memory roster) = _rosterOf(run);
        bytes32 paymentId = _requireOtherAmount(line, listed);
        _verify(line, _rootOf(run));
        _verify(listed, roster);
        return _prove(ChallengeKind.ROSTER_AMOUNT, run, RunId.unwrap(run), notice, paymentId);
    }

    /// @inheritdoc IChallenges
    function challengeStranger(BatchId batch, Placed calldata line, Placed[] calldata neighbours)
        external
        returns (bytes32)
    {
        (RunId run, SumRoot memory reported) = _reported(batch);
        bytes32 paymentId = line.line.paymentId;
        _verify(line, reported);
        SumTree.verifyAbsence(paymentId, neighbours, _rootOf(run));
        return
            _prove(ChallengeKind.STRANGER, run, RunId.unwrap(run), BatchId.unwrap(batch), paymentId);
    }

    /// @inheritdoc IChallenges
    function challengeBatchAmount(BatchId batch, Placed calldata line, Placed calldata ordered)
        external
        returns (bytes32)
    {
        (RunId run, SumRoot memory reported) = _reported(batch);
        bytes32 paymentId = _requireOtherAmount(line, ordered);
        _verify(line, reported);
        _verify(ordered, _rootOf(run));
        return _prove(
            ChallengeKind.BATCH_AMOUNT, run, RunId.unwrap(run), BatchId.unwrap(batch), paymentId
        );
    }

    /// @inheritdoc IChallenges
    function challengeReportedTwice(
        BatchId batch,
        Placed calldata line,
        BatchId otherBatch,
        Placed calldata twin
    ) external returns (bytes32) {
        (RunId run, SumRoot memory reported) = _reported(batch);
        (RunId otherRun, SumRoot memory otherReported) = _reported(otherBatch);
        if (run != otherRun) revert Challenges_OtherRun({ run: run, otherRun: otherRun });
        _requireSamePayment(line, twin);
        if (batch == otherBatch) _requireTwoPlaces(line, twin);
        _verify(line, reported);
        _verify(twin, otherReported);

        (bytes32 one, bytes32 other) = _sorted(BatchId.unwrap(batch), BatchId.unwrap(otherBatch));
        return _prove(ChallengeKind.REPORTED_TWICE, run, one, other, line.line.paymentId);
    }

    /// @inheritdoc IChallenges
    function challengeReissue(
        RunId run,
        Placed calldata line,
        bytes32 dutyId,
        uint32 attempt,
        Placed[] calldata neighbours
    ) external returns (bytes32) {
        (SumRoot memory root,, BatchId reissueOf,) = ledger.judged(run);
        bytes32 paymentId = line.line.paymentId;
        if (attempt == 0 || paymentId != _paymentId(dutyId, attempt)) {
            revert Challenges_NotAReissue({
                paymentId: paymentId, dutyId: dutyId, attempt: attempt
            });
        }
        _verify(line, root);
        _requireNotReturned(reissueOf, _paymentId(dutyId, attempt - 1), neighbours);
        return _prove(
            ChallengeKind.REISSUED, run, RunId.unwrap(run), BatchId.unwrap(reissueOf), paymentId
        );
    }

    /// @inheritdoc IChallenges
    function closeChallenge(CloseChallenge calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        bytes32 id = statement.challenge;
        Challenge storage proven = _challenges[id];
        AgencyKind kind = registry.kindOf(signer.agency);
        _requireRole(signer, Role.HOLD);
        if (kind != AgencyKind.AUDIT) {
            revert Challenges_NotAnAuditor({ agency: signer.agency, kind: kind });
        }
        if (!_isOpen(id)) revert Challenges_NotOpen({ challenge: id });
        if (statement.reason == 0) revert Challenges_NoReason({ challenge: id });

        proven.closed = true;
        if (proven.blockedRun) ledger.unblockRun(proven.run, id);
        if (proven.blockedOtherRun) ledger.unblockRun(proven.otherRun, id);
        emit ChallengeClosed(id, signer.agency, statement.reason);
    }

    /// @inheritdoc IChallenges
    function challenge(bytes32 id) external view returns (Challenge memory) {
        return _challenges[id];
    }

    /// @dev The payment that a dispute is about; zero where there is no such dispute.
    function _disputedPayment(BatchId dispute) internal view virtual returns (bytes32);

    function _isOpen(bytes32 id) internal view returns (bool) {
        return _challenges[id].kind != ChallengeKind.NONE && !_challenges[id].closed;
    }

    function _verify(Placed calldata placed, SumRoot memory root) internal pure {
        SumTree.verifyInclusion(placed.line, placed.inclusion, root);
    }

    function _rootOf(RunId run) private view returns (SumRoot memory root) {
        (root,,,) = ledger.judged(run);
    }

    function _reported(BatchId id) internal view returns (RunId, SumRoot memory) {
        Batch memory batch = ledger.batch(id);
        if (batch.root == 0) revert Challenges_UnknownBatch({ batch: id });
        return (batch.run, SumRoot(batch.kind, batch.totalFen, batch.count, batch.root));
    }

    /// @dev Two lines of `tree`, the later one not above the earlier one. One fraud for each tree.
    function _proveDisorder(
        RunId run,
        bytes32 tree,
        Placed calldata first,
        Placed calldata second,
        SumRoot memory root
    ) private returns (bytes32) {
        (bytes32 firstId, bytes32 secondId) = (first.line.paymentId, second.line.paymentId);
        if (first.inclusion.index >= second.inclusion.index) {
            revert Challenges_SamePlace({ index: first.inclusion.index });
        }
        if (firstId < secondId) {
            revert Challenges_InOrder({ paymentId: firstId, nextPaymentId: secondId });
        }
        _verify(first, root);
        _verify(second, root);
        return _prove(ChallengeKind.MISORDERED, run, RunId.unwrap(run), tree, 0);
    }

    /// @dev Record the fraud under its id, and block the run where it is not released yet.
    function _prove(ChallengeKind kind, RunId run, bytes32 one, bytes32 other, bytes32 paymentId)
        private
        returns (bytes32 id)
    {
        id = keccak256(abi.encode(kind, one, other, paymentId));
        Challenge storage proven = _challenges[id];
        if (proven.kind != ChallengeKind.NONE) {
            revert Challenges_AlreadyProven({ challenge: id });
        }

        proven.run = run;
        proven.paymentId = paymentId;
        proven.kind = kind;
        proven.provenAt = uint64(block.timestamp);
        proven.blockedRun = ledger.blockRun(run, id);
        emit FraudProven(id, run, kind, one, other, paymentId, proven.blockedRun, msg.sender);
    }

    function _rosterOf(RunId run) private view returns (bytes32, SumRoot memory) {
        (, NoticeId id,,) = ledger.judged(run);
        if (id == NO_NOTICE) revert Challenges_NoNotice({ run: run });
        Notice memory notice = ledger.evidenceLog().notice(id);
        return (
            NoticeId.unwrap(id), SumRoot(SumTree.ROSTER, notice.totalFen, notice.count, notice.root)
        );
    }

    /// @dev The attempt before is not what the cited batch brought back, nor what the cited dispute
    /// was about.
    function _requireNotReturned(BatchId reissueOf, bytes32 before, Placed[] calldata neighbours)
        private
        view
    {
        if (reissueOf == NO_BATCH) return;
        bytes32 disputed = _disputedPayment(reissueOf);
        if (disputed == before) revert Challenges_WasReturned({ paymentId: before });
        if (disputed != 0) return;

        (, SumRoot memory returned) = _reported(reissueOf);
        SumTree.verifyAbsence(before, neighbours, returned);
    }

    function _requireOtherAmount(Placed calldata line, Placed calldata other)
        private
        pure
        returns (bytes32 paymentId)
    {
        _requireSamePayment(line, other);
        if (line.line.amountFen == other.line.amountFen) {
            revert Challenges_SameAmount({ amountFen: line.line.amountFen });
        }
        return line.line.paymentId;
    }

    function _requireSamePayment(Placed calldata line, Placed calldata other) private pure {
        if (line.line.paymentId != other.line.paymentId) {
            revert Challenges_OtherPayment({
                paymentId: line.line.paymentId, otherPaymentId: other.line.paymentId
            });
        }
    }

    function _requireTwoPlaces(Placed calldata line, Placed calldata twin) private pure {
        if (line.inclusion.index == twin.inclusion.index) {
            revert Challenges_SamePlace({ index: line.inclusion.index });
        }
    }

    // SHA256(0x07 ‖ duty_id ‖ attempt u32)
    function _paymentId(bytes32 dutyId, uint32 attempt) private pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x07), dutyId, attempt));
    }

    function _sorted(bytes32 a, bytes32 b) private pure returns (bytes32, bytes32) {
        return a < b ? (a, b) : (b, a);
    }
}
