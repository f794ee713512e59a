// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    AgencyId,
    BatchId,
    FundId,
    NoticeId,
    Period,
    PersonId,
    ProgrammeId,
    RunId
} from "./Ids.sol";

/// @notice How far a run has come.
enum Stage {
    NONE,
    PREPARED,
    REVIEWED,
    APPROVED,
    RELEASED,
    SETTLED,
    REJECTED,
    CANCELLED
}

/// @notice A fund: money for one programme and budget year in the hands of one agency.
/// @dev `grantedFen + recoveredFen = passedOnFen + committedFen + paidFen + available`, always;
/// available is never stored.
struct Fund {
    ProgrammeId programme;
    AgencyId agency;
    FundId parent;
    uint128 grantedFen;
    uint128 recoveredFen;
    uint128 committedFen;
    uint128 paidFen;
    uint128 passedOnFen;
    uint16 year;
}

/// @notice A run: one month's payment lines by their root, and how far they have come.
/// @param people Everyone who has acted on it, in order: preparer, reviewer, approvers, treasurer.
/// @param acted How many of `people` are set.
/// @param required How many approvers its amount asks for.
/// @param settledCount Lines that bank batches have reported.
struct Run {
    FundId fund;
    NoticeId notice;
    BatchId reissueOf;
    Period period;
    bytes32 root;
    AgencyId bank;
    uint128 totalFen;
    uint64 count;
    Stage stage;
    uint8 required;
    uint8 approvals;
    uint8 acted;
    uint128 creditedFen;
    uint128 returnedFen;
    PersonId[16] people;
    uint64 settledCount;
}

/// @notice A bank batch: lines of one run, all credited or all returned.
/// @param kind Tree kind: 2 CREDITED or 3 RETURNED.
/// @param reissuedFen Of a returned batch, what runs that pay it again have taken up.
struct Batch {
    RunId run;
    bytes32 root;
    uint128 totalFen;
    uint64 count;
    uint8 kind;
    uint128 reissuedFen;
}
