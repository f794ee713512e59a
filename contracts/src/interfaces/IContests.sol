// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { SumRoot } from "../libraries/SumTree.sol";
import {
    AgencyId,
    BatchId,
    DisputeId,
    FundId,
    NoticeId,
    ReceivableId,
    RunId
} from "../types/Ids.sol";
import { Hold, Lift } from "../types/LedgerStatements.sol";
import { StandingHold } from "../types/Money.sol";
import { AgencyKind } from "../types/Office.sol";
import { IAuthority } from "./IAuthority.sol";

/// @title Contests: what stops money, and lets it go
/// @notice Auditors and prosecutors hold runs; the DisputeDesk holds single lines and runs in which
/// a fraud was proven. Nothing here pays anyone, and no hold loses money: a held run can be
/// cancelled, a held line is freed or struck, and what was struck is available again.
/// @dev A line is contested under the code of its dispute, which is taken from the codes of
/// batches: a run that pays the line again cites that code in `reissueOf`.
interface IContests is IAuthority {
    event RunHeld(
        RunId indexed run, AgencyId indexed agency, uint64 until, bytes32 reason, address officer
    );
    event RunLifted(RunId indexed run, AgencyId indexed agency, bytes32 reason, address officer);

    /// @notice The line will not be released with its run.
    event LineHeld(DisputeId indexed dispute, RunId indexed run, uint128 amountFen);

    /// @notice The line is back in its run.
    event LineFreed(DisputeId indexed dispute, RunId indexed run, uint128 amountFen);

    /// @notice The line is out of its run; its money, if committed, is available again.
    event LineStruck(DisputeId indexed dispute, RunId indexed run, uint128 amountFen);

    /// @notice A run that cites the dispute may pay up to `amountFen` again.
    event ReissueAllowed(DisputeId indexed dispute, RunId indexed run, uint128 amountFen);
    event RunBlocked(RunId indexed run, bytes32 indexed challenge);
    event RunUnblocked(RunId indexed run, bytes32 indexed challenge);

    /// @notice Money that was paid came back: to the run's fund, or above it where that is closed.
    event MoneyRecovered(
        ReceivableId indexed receivable, RunId indexed run, FundId indexed fund, uint128 amountFen
    );

    /// @notice Only the network's DisputeDesk asks for this.
    error Contests_NotTheDesk(address caller);

    /// @notice Only an auditor's or a prosecutor's office holds runs.
    error Contests_NotAWatchdog(AgencyId agency);

    /// @notice Only a run before its release can be held.
    error Contests_PastHolding(RunId run);

    /// @notice The run does not exist, was rejected or cancelled: nothing is left to stop.
    error Contests_RunStopped(RunId run);

    /// @notice A hold ends in the future, or is without end.
    error Contests_HoldInPast(RunId run, uint64 until, uint256 blockTime);

    /// @notice The agency does not hold the run.
    error Contests_NotHeld(RunId run, AgencyId agency);

    /// @notice The run is held: until then, for that reason.
    error Contests_RunHeld(RunId run, AgencyId agency, uint64 until, bytes32 reason);

    /// @notice Frauds were proven in the run and nobody has closed them.
    error Contests_RunBlocked(RunId run, uint32 challenges);

    /// @notice The dispute's code is a batch's already.
    error Contests_CodeTaken(DisputeId dispute);

    /// @notice Hold a run before its release, until a second or until it is lifted (暂扣). Held
    /// again by the same agency, the new terms hold. One auditor's and one prosecutor's office may hold
    /// a run at a time. By a HOLD officer of such an office.
    function hold(Hold calldata statement, bytes calldata signature) external;

    /// @notice Lift the hold of one's own agency. By a HOLD officer of it.
    function lift(Lift calldata statement, bytes calldata signature) external;

    /// @notice Desk: contest a line. Before release its amount is held out of the run.
    function contestLine(DisputeId dispute, RunId run, uint128 amountFen)
        external
        returns (bool held);

    /// @notice Desk: end what `contestLine` held. Not upheld before the release, the line goes back
    /// into its run: it is freed. Else it is struck; where it was not upheld, it may be paid again.
    function resolveLine(DisputeId dispute, RunId run, uint128 amountFen, bool upheld)
        external
        returns (bool freed);

    /// @notice Desk: let a run that cites the dispute pay `amountFen` again.
    function allowReissue(DisputeId dispute, RunId run, uint128 amountFen) external;

    /// @notice Desk: block a run in which a fraud was proven. False where it is released already.
    function blockRun(RunId run, bytes32 challenge) external returns (bool blocked);

    /// @notice Desk: take back one `blockRun`.
    function unblockRun(RunId run, bytes32 challenge) external;

    /// @notice Desk: book money of the run that its receivable brought back.
    function recover(ReceivableId receivable, RunId run, uint128 amountFen) external;

    /// @notice What proofs about a run are judged by: its root, the notice and the batch it cites,
    /// and the agency whose fund pays it.
    function judged(RunId run)
        external
        view
        returns (SumRoot memory root, NoticeId notice, BatchId reissueOf, AgencyId payer);

    /// @notice What an auditor's or a prosecutor's office said when it held the run; empty where
    /// none does. A hold whose second has passed is still shown and holds nothing.
    function standingHold(RunId run, AgencyKind watchdog)
        external
        view
        returns (StandingHold memory);
}
