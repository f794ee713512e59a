// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice What an act rests on, and when it can be recorded. Every statement ends with one.
/// @param evidence Record digest of the feed entry the act rests on, or zero.
/// @param document SHA-256 of the text of the document number (文号); never zero.
/// @param signedAt When the officer signed, in seconds since 1970; not after the block's time.
/// @param deadline The last second at which the statement can be recorded.
struct Basis {
    bytes32 evidence;
    bytes32 document;
    uint64 signedAt;
    uint64 deadline;
}

string constant BASIS_TYPE =
    "Basis(bytes32 evidence,bytes32 document,uint64 signedAt,uint64 deadline)";

bytes32 constant BASIS_TYPEHASH = keccak256(bytes(BASIS_TYPE));

using { hash } for Basis global;

function hash(Basis calldata basis) pure returns (bytes32) {
    return keccak256(
        abi.encode(BASIS_TYPEHASH, basis.evidence, basis.document, basis.signedAt, basis.deadline)
    );
}
