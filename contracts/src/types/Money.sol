// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

// Amounts in the books have 64 bits: 2^64 − 1 fen are 184 quadrillion yuan. What comes in is held
// against that (`FundLedger_TooMuch`), and every other amount was compared with one that is in.
// Statements, lines and roots have 128 bits.

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
    uint64 grantedFen;
    uint64 recoveredFen;
    uint64 committedFen;
    uint64 paidFen;
    uint64 passedOnFen;
    uint16 year;
    bool closed;
    uint32 openChildren;
    uint64 heldFen;
}

/// @notice A run: one month's payment lines by their root, and how far they have come.
/// @dev Ordered so that an act writes few words: one for the money of an ordinary run, one for who
/// acted and how far it is, one that only disputes and frauds write.
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
    uint64 totalFen;
    uint64 creditedFen;
    uint64 returnedFen;
    uint32 count;
    uint32 settledCount;
    People people;
    Stage stage;
    uint8 required;
    uint8 approvals;
    bool watched;
    uint64 heldFen;
    uint64 struckFen;
    uint32 outCount;
    uint32 challenges;
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
    uint64 totalFen;
    uint64 count;
    uint8 kind;
    uint64 reissuedFen;
}
