// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import { MessageHashUtils } from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import { IStatements } from "../interfaces/IStatements.sol";
import { Basis } from "../types/Basis.sol";

/// @notice What all contracts of the trail share: a statement is recorded once, in its time, and
/// the signature under it names its signer.
abstract contract Statements is IStatements {
    /// @inheritdoc IStatements
    mapping(bytes32 statement => uint256 blockNumber) public override recordedAt;

    bytes32 private constant DOMAIN = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    function _record(bytes32 structHash, Basis calldata basis)
        internal
        returns (bytes32 statement)
    {
        statement = MessageHashUtils.toTypedDataHash(_domain(), structHash);
        if (recordedAt[statement] != 0) revert AlreadyRecorded({ statement: statement });
        if (basis.document == 0) revert Statements_NoDocument({ statement: statement });
        if (basis.signedAt > block.timestamp) {
            revert Statements_SignedInFuture({
                signedAt: basis.signedAt, blockTime: block.timestamp
            });
        }
        if (basis.deadline < block.timestamp) {
            revert Statements_DeadlinePassed({
                deadline: basis.deadline, blockTime: block.timestamp
            });
        }

        recordedAt[statement] = block.number;
    }

    function _recover(bytes32 statement, bytes calldata signature)
        internal
        returns (address signer)
    {
        ECDSA.RecoverError failure;
        bytes32 detail;
        (signer, failure, detail) = ECDSA.tryRecover(statement, signature);
        if (failure == ECDSA.RecoverError.InvalidSignatureLength) {
            revert Statements_SignatureLength({ length: uint256(detail) });
        }
        if (failure == ECDSA.RecoverError.InvalidSignatureS) {
            revert Statements_SignatureMalleable({ s: detail });
        }
        if (failure != ECDSA.RecoverError.NoError) revert Statements_SignatureInvalid();

        emit StatementRecorded(statement, signer);
    }

    /// @dev Written out, because OpenZeppelin's EIP712 brings a kilobyte for names of any length.
    function _domain() private view returns (bytes32) {
        return keccak256(
            abi.encode(DOMAIN, keccak256("Fundtrail"), keccak256("1"), block.chainid, address(this))
        );
    }
}
