// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId, FeedId } from "./Ids.sol";

/// @notice Who is paid by a programme.
enum PayeeKind {
    NONE,
    PERSON,
    ORGANISATION
}

/// @notice The terms of a subsidy or pension.
/// @param agency The department that answers for it.
/// @param noticeSeconds How long a roster must be shown before its run; zero: no notice needed.
/// @param ladderFen Rising amounts; each one that a run reaches asks for one approver more.
/// @param feeds The department systems it relies on.
struct Programme {
    AgencyId agency;
    PayeeKind payeeKind;
    uint64 noticeSeconds;
    uint128[] ladderFen;
    FeedId[] feeds;
}
