// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title Statements: signed typed data, recorded once
/// @notice Every act is an EIP-712 statement under the domain `{ "Fundtrail", "1", chain, contract }`.
/// Any account may relay it; only who signed counts.
/// @dev WARNING. A signature made for another contract, chain or message recovers to an address
/// that nobody holds; it is refused as a signer who is not seated, and the refusal names that
/// address. No contract can tell these cases apart.
///
/// WARNING. A statement is its digest, whoever signed it. Two officers who approve the same run
/// sign two statements only if their bases differ, as they do when signed in different seconds.
interface IStatements {
    /// @notice `signer` stands under `statement`, the EIP-712 digest. One event per signature.
    event StatementRecorded(bytes32 indexed statement, address indexed signer);

    /// @notice This statement stands already; recording it again would change nothing.
    error AlreadyRecorded(bytes32 statement);

    /// @notice A statement must cite the document it rests on (文号).
    error Statements_NoDocument(bytes32 statement);

    /// @notice The statement says it was signed after the time of this block.
    error Statements_SignedInFuture(uint64 signedAt, uint256 blockTime);

    /// @notice The statement could be recorded until `deadline` and no later.
    error Statements_DeadlinePassed(uint64 deadline, uint256 blockTime);

    /// @notice A signature is 65 bytes: r, s, v.
    error Statements_SignatureLength(uint256 length);

    /// @notice The signature is the malleable twin of another: s is in the upper half order.
    error Statements_SignatureMalleable(bytes32 s);

    /// @notice The bytes are not a signature of anything.
    error Statements_SignatureInvalid();

    /// @notice The block in which `statement` was recorded, or zero.
    function recordedAt(bytes32 statement) external view returns (uint256 blockNumber);
}
