// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId, PersonId, RunId } from "./Ids.sol";

/// @notice How far a dispute has come.
enum DisputeStage {
    NONE,
    OPEN,
    DECIDED,
    APPEALED,
    FINAL
}

/// @notice What was decided.
enum Outcome {
    NONE,
    UPHELD,
    DISMISSED
}

/// @notice A dispute about one line of one run.
/// @param index The line's place in its run.
/// @param held Whether the line was taken out of its run before the release.
/// @param payer Agency of the fund that pays the run; it decides nothing.
/// @param opener Agency that opened it; `decider` and `appellate` are others.
/// @param appealUntil Last second at which a party may appeal.
/// @param reissueFen What was ordered to be paid again.
struct Dispute {
    RunId run;
    bytes32 paymentId;
    AgencyId payer;
    AgencyId opener;
    AgencyId decider;
    AgencyId appellate;
    uint128 amountFen;
    uint64 index;
    uint64 appealUntil;
    uint128 reissueFen;
    PersonId openedBy;
    PersonId decidedBy;
    DisputeStage stage;
    Outcome outcome;
    bool held;
}

/// @notice How a receivable stands.
enum RecoveryStage {
    NONE,
    ORDERED,
    REPAID,
    OFFSET,
    WRITTEN_OFF
}

/// @notice Money that was paid and is to come back.
/// @param cause Code of the upheld dispute, or id of the proven challenge.
struct Receivable {
    bytes32 cause;
    RunId run;
    bytes32 paymentId;
    uint128 amountFen;
    uint128 receivedFen;
    PersonId orderedBy;
    RecoveryStage stage;
}

/// @notice A fraud that two proofs show.
enum ChallengeKind {
    NONE,
    DUPLICATE,
    MISORDERED,
    UNLISTED,
    ROSTER_AMOUNT,
    STRANGER,
    BATCH_AMOUNT,
    REPORTED_TWICE,
    REISSUED
}

/// @notice A proven fraud. Open until an auditor closes it; nobody withdraws it.
/// @param run The run it was found in; `otherRun` the second one of a duplicate, else none.
/// @param blockedRun Whether it blocks `run`, which was not released yet; so `blockedOtherRun`.
struct Challenge {
    RunId run;
    RunId otherRun;
    bytes32 paymentId;
    ChallengeKind kind;
    bool blockedRun;
    bool blockedOtherRun;
    bool closed;
    uint64 provenAt;
}
