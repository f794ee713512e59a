// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId, PersonId } from "./Ids.sol";

/// @notice What an agency is for: 财政, 主管部门, 国库, 代理银行, 审计, 检察, 争议.
enum AgencyKind {
    NONE,
    FINANCE,
    PROGRAMME,
    TREASURY,
    BANK,
    AUDIT,
    PROCURATORATE,
    DISPUTES
}

/// @notice What an officer may do: one bit each, as in docs/format.md, 1.
library Role {
    uint32 internal constant BUDGET = 1;
    uint32 internal constant PREPARE = 2;
    uint32 internal constant REVIEW = 4;
    uint32 internal constant APPROVE = 8;
    uint32 internal constant TREASURY = 16;
    uint32 internal constant BANK = 32;
    uint32 internal constant ORACLE = 64;
    uint32 internal constant PUBLISH = 128;
    uint32 internal constant HOLD = 256;
    uint32 internal constant DISPUTE = 512;
    uint32 internal constant DECIDE = 1024;
    uint32 internal constant APPEAL = 2048;
    uint32 internal constant ALL = 4095;
}

/// @notice An agency of the network. Its parent is the agency it answers to, or none.
struct Agency {
    AgencyKind kind;
    uint8 depth;
    uint64 region;
    AgencyId parent;
    string name;
}

/// @notice A key that may sign, and for whom.
/// @param roles Bits of `Role`.
/// @param validFrom First second at which the key may sign.
/// @param validUntil First second at which it may no longer.
/// @param seatedBlock Block of its seat; zero where the key was never seated.
/// @param revokedBlock Block of its revocation; zero where it was not revoked.
struct Officer {
    AgencyId agency;
    PersonId person;
    uint32 roles;
    uint48 validFrom;
    uint48 validUntil;
    uint48 seatedBlock;
    uint48 revokedBlock;
}

/// @notice The officer whose signature stands under the statement being recorded.
struct Signer {
    address key;
    AgencyId agency;
    PersonId person;
    uint32 roles;
}
