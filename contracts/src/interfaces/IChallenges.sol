// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Placed } from "../libraries/SumTree.sol";
import { CloseChallenge } from "../types/DeskStatements.sol";
import { Challenge, ChallengeKind } from "../types/Dispute.sol";
import { AgencyId, BatchId, RunId } from "../types/Ids.sol";
import { AgencyKind } from "../types/Office.sol";
import { IAuthority } from "./IAuthority.sol";
import { IFundLedger } from "./IFundLedger.sol";

/// @title Challenges: frauds that two proofs show
/// @notice Anyone submits the proofs, the contract judges, nobody withdraws. A proven fraud blocks
/// a run that is not released yet; after release it stands as an open case. Only an auditor closes
/// it, with a reason. Submitted again it is answered by its id.
/// @dev WARNING. That a payment is absent is shown by its neighbours, which holds in sorted trees.
/// Where a roster or a run is not sorted, an absence shown in it says nothing; that it is not
/// sorted is itself a challenge.
interface IChallenges is IAuthority {
    /// @notice `one` and `other` are the codes of the two trees that contradict each other: runs,
    /// a run and its notice, a run and a batch, two batches; in a tree at odds with itself the run
    /// and the tree. `challenge` is keccak256 of kind, `one`, `other` and payment id, a word each;
    /// the payment id is zero for MISORDERED, of which a tree has one.
    event FraudProven(
        bytes32 indexed challenge,
        RunId indexed run,
        ChallengeKind kind,
        bytes32 one,
        bytes32 other,
        bytes32 indexed paymentId,
        bool blocked,
        address submitter
    );
    event ChallengeClosed(bytes32 indexed challenge, AgencyId agency, bytes32 reason);

    /// @notice This fraud is proven already; it is not proven twice.
    error Challenges_AlreadyProven(bytes32 challenge);

    /// @notice The two proofs are of different payments.
    error Challenges_OtherPayment(bytes32 paymentId, bytes32 otherPaymentId);

    /// @notice The two proofs are of one line.
    error Challenges_SamePlace(uint64 index);

    /// @notice The lines stand in order.
    error Challenges_InOrder(bytes32 paymentId, bytes32 nextPaymentId);

    /// @notice The amounts are the same.
    error Challenges_SameAmount(uint128 amountFen);

    /// @notice The run cites no notice.
    error Challenges_NoNotice(RunId run);

    /// @notice The run pays returned payments again; its ids are not those of the roster.
    error Challenges_IsReissue(RunId run, BatchId reissueOf);

    /// @notice The batches are of different runs.
    error Challenges_OtherRun(RunId run, RunId otherRun);

    /// @notice There is no such batch.
    error Challenges_UnknownBatch(BatchId batch);

    /// @notice The payment is not the `attempt` of that duty, or is its first.
    error Challenges_NotAReissue(bytes32 paymentId, bytes32 dutyId, uint32 attempt);

    /// @notice The attempt before was returned or disputed, as the run says.
    error Challenges_WasReturned(bytes32 paymentId);

    /// @notice No such fraud was proven, or it is closed.
    error Challenges_NotOpen(bytes32 challenge);

    /// @notice Only an auditor's office closes a proven fraud.
    error Challenges_NotAnAuditor(AgencyId agency, AgencyKind kind);

    /// @notice A closing says why.
    error Challenges_NoReason(bytes32 challenge);

    /// @notice DUPLICATE: one payment in two runs, or at two places in one.
    function challengeDuplicate(
        RunId run,
        Placed calldata line,
        RunId otherRun,
        Placed calldata twin
    ) external returns (bytes32);

    /// @notice MISORDERED: two lines of a run do not rise.
    function challengeOrder(RunId run, Placed calldata first, Placed calldata second)
        external
        returns (bytes32);

    /// @notice MISORDERED: two lines of the roster that the run cites do not rise.
    function challengeRosterOrder(RunId run, Placed calldata first, Placed calldata second)
        external
        returns (bytes32);

    /// @notice MISORDERED: two lines of a batch do not rise.
    function challengeBatchOrder(BatchId batch, Placed calldata first, Placed calldata second)
        external
        returns (bytes32);

    /// @notice UNLISTED: a line of a run is not on the roster that was shown.
    function challengeUnlisted(RunId run, Placed calldata line, Placed[] calldata neighbours)
        external
        returns (bytes32);

    /// @notice ROSTER_AMOUNT: a line of a run has another amount than on the roster.
    function challengeRosterAmount(RunId run, Placed calldata line, Placed calldata listed)
        external
        returns (bytes32);

    /// @notice STRANGER: a line of a bank batch is not in the run.
    function challengeStranger(BatchId batch, Placed calldata line, Placed[] calldata neighbours)
        external
        returns (bytes32);

    /// @notice BATCH_AMOUNT: a line of a bank batch has another amount than in the run.
    function challengeBatchAmount(BatchId batch, Placed calldata line, Placed calldata ordered)
        external
        returns (bytes32);

    /// @notice REPORTED_TWICE: the bank reported one payment in two batches of a run, credited and
    /// returned or twice the same, or at two places in one.
    function challengeReportedTwice(
        BatchId batch,
        Placed calldata line,
        BatchId otherBatch,
        Placed calldata twin
    ) external returns (bytes32);

    /// @notice REISSUED: a payment of attempt 1 or more whose attempt before was not returned in
    /// the batch that the run cites; where it cites none, `neighbours` are empty.
    /// @param dutyId The duty behind the payment id: SHA256(0x07 ‖ duty_id ‖ attempt u32).
    function challengeReissue(
        RunId run,
        Placed calldata line,
        bytes32 dutyId,
        uint32 attempt,
        Placed[] calldata neighbours
    ) external returns (bytes32);

    /// @notice Close a proven fraud; the runs it blocks go on. By a HOLD officer of an auditor's
    /// office.
    function closeChallenge(CloseChallenge calldata statement, bytes calldata signature) external;

    /// @notice The proven fraud; its kind is NONE where none was proven.
    function challenge(bytes32 id) external view returns (Challenge memory);

    /// @notice The ledger whose runs are judged here.
    function ledger() external view returns (IFundLedger);
}
