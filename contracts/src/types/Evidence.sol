// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId, Period, ProgrammeId } from "./Ids.sol";

/// @notice The head of a department's append-only log (RFC 9162).
/// @param vkeyDigest SHA-256 of the verification key file of its checkpoints.
/// @param cadenceSeconds The longest time between two anchors that its owner promises.
/// @param anchoredAt Time of the last anchor, of the opening where there is none yet.
struct Feed {
    AgencyId agency;
    bytes32 vkeyDigest;
    bytes32 root;
    uint64 size;
    uint64 cadenceSeconds;
    uint64 anchoredAt;
}

/// @notice A roster shown to the public from `opensAt` until `closesAt` (公示).
struct Notice {
    ProgrammeId programme;
    AgencyId agency;
    Period period;
    bytes32 root;
    uint64 totalFen;
    uint64 count;
    uint64 opensAt;
    uint64 closesAt;
}
