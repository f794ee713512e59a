// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId, BatchId, FundId, NoticeId, Period, ProgrammeId, RunId } from "./Ids.sol";
import { People } from "./People.sol";

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
/// @param heldFen Of what is committed, the lines that disputes hold.
/// @param openChildren Funds right below it that are not closed.
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
    bool closed;
    uint32 openChildren;
    uint128 heldFen;
}

/// @notice A run: one month's payment lines by their root, and how far they have come.
/// @dev Ordered so that an act writes few words: what is prepared, what is counted, who acted.
/// @param period The month; zero where the notice says it.
/// @param bank Who pays it, from its release on.
/// @param settledCount Lines that bank batches have reported.
/// @param outCount Lines that are not in the voucher: held or struck.
/// @param challenges Proven frauds that nobody has closed.
/// @param people Everyone who has acted on it, in order.
/// @param required How many approvers its amount asks for.
/// @param watched Whether an auditor or a prosecutor ever held it.
/// @param heldFen Lines that disputes hold now.
/// @param struckFen Lines that disputes took out for good.
struct Run {
    FundId fund;
    NoticeId notice;
    BatchId reissueOf;
    Period period;
    bytes32 root;
    AgencyId bank;
    uint128 totalFen;
    uint32 count;
    uint32 settledCount;
    uint32 outCount;
    uint32 challenges;
    People people;
    Stage stage;
    uint8 required;
    uint8 approvals;
    bool watched;
    uint128 creditedFen;
    uint128 returnedFen;
    uint128 heldFen;
    uint128 struckFen;
}

/// @notice A watchdog's word that a run stays where it is.
/// @param until Last second of the hold; zero: until it is lifted.
/// @param reason SHA-256 of the text of the reason; zero where there is no hold.
struct StandingHold {
    AgencyId agency;
    uint64 until;
    bytes32 reason;
}

/// @notice A bank batch: lines of one run, all credited or all returned. A disputed line has one
/// too, of kind RETURNED and without root, under the code of its dispute: what it totals may be
/// paid again.
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
