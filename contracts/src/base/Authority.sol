// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAuthority } from "../interfaces/IAuthority.sol";
import { IRegistry } from "../interfaces/IRegistry.sol";
import { Basis } from "../types/Basis.sol";
import { ContractName } from "../types/Ids.sol";
import { Signer } from "../types/Office.sol";
import { Statements } from "./Statements.sol";

/// @notice Statements of officers who hold a seat in the Registry when they are recorded.
abstract contract Authority is IAuthority, Statements {
    /// @inheritdoc IAuthority
    IRegistry public immutable override registry;

    constructor(IRegistry registry_) {
        registry = registry_;
    }

    /// @dev Record the statement and return who signed it, if seated now. Roles are asked for
    /// by the act.
    function _authorise(bytes32 structHash, Basis calldata basis, bytes calldata signature)
        internal
        returns (Signer memory)
    {
        return registry.signer(_recover(_record(structHash, basis), signature));
    }

    /// @dev One of `roles` is enough.
    function _requireRole(Signer memory signer, uint32 roles) internal pure {
        if (signer.roles & roles == 0) {
            revert Authority_RoleMissing({
                signer: signer.key, required: roles, held: signer.roles
            });
        }
    }

    /// @dev Where the governors have named a contract `name`, it is this one.
    function _requireCurrent(ContractName name) internal view {
        address current = registry.contractNamed(name);
        if (current != address(0) && current != address(this)) {
            revert Authority_Superseded({ name: name, successor: current });
        }
    }
}
