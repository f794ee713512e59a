// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { BASIS_TYPE, Basis } from "./Basis.sol";
import { AgencyId, ContractName, FeedId, PersonId, ProgrammeId } from "./Ids.sol";

struct SeatAgency {
    AgencyId agency;
    uint8 kind;
    AgencyId parent;
    uint64 region;
    string name;
    Basis basis;
}

struct SeatOfficer {
    address key;
    AgencyId agency;
    PersonId person;
    uint32 roles;
    uint64 validFrom;
    uint64 validUntil;
    Basis basis;
}

struct RevokeOfficer {
    address key;
    bytes32 reason;
    Basis basis;
}

struct RegisterProgramme {
    ProgrammeId programme;
    AgencyId agency;
    uint8 payeeKind;
    uint64 noticeSeconds;
    uint128[] ladderFen;
    FeedId[] feeds;
    Basis basis;
}

struct SetGovernors {
    address[] keys;
    AgencyId[] agencies;
    uint8 threshold;
    Basis basis;
}

struct NameContract {
    ContractName name;
    address at;
    Basis basis;
}

/// @notice EIP-712 struct hashes of what governors sign (docs/format.md, 6).
library RegistryStatements {
    bytes32 internal constant SEAT_AGENCY = keccak256(
        abi.encodePacked(
            "SeatAgency(bytes32 agency,uint8 kind,bytes32 parent,uint64 region,string name,",
            "Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant SEAT_OFFICER = keccak256(
        abi.encodePacked(
            "SeatOfficer(address key,bytes32 agency,uint32 person,uint32 roles,uint64 validFrom,",
            "uint64 validUntil,Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant REVOKE_OFFICER = keccak256(
        abi.encodePacked("RevokeOfficer(address key,bytes32 reason,Basis basis)", BASIS_TYPE)
    );
    bytes32 internal constant REGISTER_PROGRAMME = keccak256(
        abi.encodePacked(
            "RegisterProgramme(bytes32 programme,bytes32 agency,uint8 payeeKind,",
            "uint64 noticeSeconds,uint128[] ladderFen,bytes32[] feeds,Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant SET_GOVERNORS = keccak256(
        abi.encodePacked(
            "SetGovernors(address[] keys,bytes32[] agencies,uint8 threshold,Basis basis)",
            BASIS_TYPE
        )
    );

    bytes32 internal constant NAME_CONTRACT = keccak256(
        abi.encodePacked("NameContract(bytes32 name,address at,Basis basis)", BASIS_TYPE)
    );

    function hash(SeatAgency calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                SEAT_AGENCY,
                s.agency,
                s.kind,
                s.parent,
                s.region,
                keccak256(bytes(s.name)),
                s.basis.hash()
            )
        );
    }

    function hash(SeatOfficer calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                SEAT_OFFICER,
                s.key,
                s.agency,
                s.person,
                s.roles,
                s.validFrom,
                s.validUntil,
                s.basis.hash()
            )
        );
    }

    function hash(RevokeOfficer calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(REVOKE_OFFICER, s.key, s.reason, s.basis.hash()));
    }

    function hash(RegisterProgramme calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                REGISTER_PROGRAMME,
                s.programme,
                s.agency,
                s.payeeKind,
                s.noticeSeconds,
                keccak256(abi.encodePacked(s.ladderFen)),
                keccak256(abi.encodePacked(s.feeds)),
                s.basis.hash()
            )
        );
    }

    function hash(SetGovernors calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                SET_GOVERNORS,
                keccak256(abi.encodePacked(s.keys)),
                keccak256(abi.encodePacked(s.agencies)),
                s.threshold,
                s.basis.hash()
            )
        );
    }

    function hash(NameContract calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(NAME_CONTRACT, s.name, s.at, s.basis.hash()));
    }
}
