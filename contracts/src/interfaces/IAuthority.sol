// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ContractName } from "../types/Ids.sol";
import { IRegistry } from "./IRegistry.sol";
import { IStatements } from "./IStatements.sol";

/// @title Authority: statements of seated officers
/// @notice The signer must hold a seat in the Registry at the time of the block, and the role.
interface IAuthority is IStatements {
    /// @notice No officer was ever seated under the key that signed.
    error Authority_NotSeated(address signer);

    /// @notice The officer's term has not begun.
    error Authority_NotYetValid(address signer, uint64 validFrom);

    /// @notice The officer's term is over.
    error Authority_Expired(address signer, uint64 validUntil);

    /// @notice The key was revoked in block `revokedBlock`.
    error Authority_Revoked(address signer, uint64 revokedBlock);

    /// @notice The officer lacks the role that the act asks for (bits of docs/format.md, 1).
    error Authority_RoleMissing(address signer, uint32 required, uint32 held);

    /// @notice The governors named a successor for `name`: begin nothing new here.
    error Authority_Superseded(ContractName name, address successor);

    /// @notice The Registry whose officers are heard here.
    function registry() external view returns (IRegistry);
}
