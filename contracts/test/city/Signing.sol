// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Vm } from "forge-std/Vm.sol";

import { Basis } from "../../src/types/Basis.sol";

/// @notice Statements signed as a wallet signs them: from the EIP-712 type string of
/// docs/format.md and the ABI encoding, by forge and not by the code under test.
library Signing {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    string private constant BASIS =
        "Basis(bytes32 evidence,bytes32 document,uint64 signedAt,uint64 deadline)";

    /// @notice The digest of a statement to `verifier`; `fields` is the type string up to the basis.
    function digest(address verifier, string memory fields, bytes memory encoded)
        internal
        view
        returns (bytes32)
    {
        return digestOn(block.chainid, verifier, fields, encoded);
    }

    function digestOn(uint256 chainId, address verifier, string memory fields, bytes memory encoded)
        internal
        pure
        returns (bytes32)
    {
        string memory typeString = string.concat(fields, ",Basis basis)", BASIS);
        bytes32 structHash = VM.eip712HashStruct(typeString, encoded);
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Fundtrail"),
                keccak256("1"),
                chainId,
                verifier
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function sign(bytes32 statement, uint256 key) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, statement);
        return abi.encodePacked(r, s, v);
    }

    /// @notice Signatures of `keys`, ordered by rising signer address.
    function signAll(bytes32 statement, uint256[] memory keys)
        internal
        pure
        returns (bytes[] memory signatures)
    {
        address[] memory signers = new address[](keys.length);
        for (uint256 i = 0; i < keys.length; i++) {
            signers[i] = VM.addr(keys[i]);
            for (uint256 j = i; j > 0 && signers[j] < signers[j - 1]; j--) {
                (keys[j], keys[j - 1]) = (keys[j - 1], keys[j]);
                (signers[j], signers[j - 1]) = (signers[j - 1], signers[j]);
            }
        }
        signatures = new bytes[](keys.length);
        for (uint256 i = 0; i < keys.length; i++) {
            signatures[i] = sign(statement, keys[i]);
        }
    }

    /// @notice A document, signed now, recordable for a day.
    function basis() internal view returns (Basis memory) {
        return Basis({
            evidence: 0,
            document: sha256(unicode"云民发〔2026〕17号"),
            signedAt: uint64(block.timestamp),
            deadline: uint64(block.timestamp + 1 days)
        });
    }
}
