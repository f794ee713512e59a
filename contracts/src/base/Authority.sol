// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAuthority } from "../interfaces/IAuthority.sol";
import { IRegistry } from "../interfaces/IRegistry.sol";
import { Basis } from "../types/Basis.sol";
import { Officer, Signer } from "../types/Office.sol";
import { Statements } from "./Statements.sol";

/// @notice Statements of officers who hold a seat in the Registry when they are recorded.
abstract contract Authority is IAuthority, Statements {
    /// @inheritdoc IAuthority
    IRegistry public immutable override registry;

    constructor(IRegistry registry_) {
        registry = registry_;
    }

    /// @dev Record the statement and return who signed it, without asking for a role yet.
    function _authorise(bytes32 structHash, Basis calldata basis, bytes calldata signature)
        internal
        returns (Signer memory)
    {
        address key = _recover(_record(structHash, basis), signature);
        Officer memory officer = registry.officer(key);
        if (officer.seatedBlock == 0) revert Authority_NotSeated({ signer: key });
        if (officer.revokedBlock != 0) {
            revert Authority_Revoked({ signer: key, revokedBlock: officer.revokedBlock });
        }
        if (block.timestamp < officer.validFrom) {
            revert Authority_NotYetValid({ signer: key, validFrom: officer.validFrom });
        }
        if (block.timestamp > officer.validUntil) {
            revert Authority_Expired({ signer: key, validUntil: officer.validUntil });
        }

        return
            Signer({
                key: key, agency: officer.agency, person: officer.person, roles: officer.roles
            });
    }

    /// @dev One of `roles` is enough.
    function _requireRole(Signer memory signer, uint32 roles) internal pure {
        if (signer.roles & roles == 0) {
            revert Authority_RoleMissing({
                signer: signer.key, required: roles, held: signer.roles
            });
        }
    }
}
