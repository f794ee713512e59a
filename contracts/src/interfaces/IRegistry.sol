// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId, ContractName, FeedId, PersonId, ProgrammeId } from "../types/Ids.sol";
import { Agency, AgencyKind, Officer, Signer } from "../types/Office.sol";
import { PayeeKind, Programme } from "../types/Programme.sol";
import {
    NameContract,
    RegisterProgramme,
    RevokeOfficer,
    SeatAgency,
    SeatOfficer,
    SetGovernors
} from "../types/RegistryStatements.sol";
import { IStatements } from "./IStatements.sol";

/// @title Registry: who may speak
/// @notice Agencies, their officers, the programmes, and the governors who seat them. Each change
/// is signed by exactly as many governors as the threshold says; every governor is of another
/// agency. There is no root key, and whoever deployed the contract keeps nothing.
/// @dev WARNING. As many governors as the threshold, acting together, can seat anyone. What they
/// do is public, signed and cannot be taken back unseen; it cannot undo what officers recorded.
interface IRegistry is IStatements {
    event AgencySeated(
        AgencyId indexed agency, AgencyKind kind, AgencyId parent, uint64 region, string name
    );
    event OfficerSeated(
        address indexed key,
        AgencyId indexed agency,
        PersonId person,
        uint32 roles,
        uint64 validFrom,
        uint64 validUntil
    );
    event OfficerRevoked(address indexed key, bytes32 reason);
    event ProgrammeRegistered(
        ProgrammeId indexed programme,
        AgencyId agency,
        PayeeKind payeeKind,
        uint64 noticeSeconds,
        uint128[] ladderFen,
        FeedId[] feeds
    );

    /// @notice The governors from now on; the first ones come from the constructor.
    event GovernorsSet(address[] keys, AgencyId[] agencies, uint8 threshold);

    /// @notice `name` is at `at` from now on; `succeeds` is the contract that was it before.
    event ContractNamed(ContractName indexed name, address indexed at, address succeeds);

    /// @notice A change takes the signatures of `required` governors, no more and no fewer.
    error Registry_SignatureCount(uint256 required, uint256 given);

    /// @notice Signatures come in rising order of their signers, none twice.
    error Registry_SignersNotRising(address previous, address next);

    /// @notice The signer is not a governor.
    error Registry_NotGovernor(address signer);

    /// @notice There is one agency for each governor's key.
    error Registry_GovernorsUneven(uint256 keys, uint256 agencies);

    /// @notice A governor's key is not zero and appears once.
    error Registry_GovernorKey(address key);

    /// @notice Every governor is of another agency.
    error Registry_GovernorAgency(AgencyId agency);

    /// @notice The threshold lies between `minimum` and the number of governors.
    error Registry_Threshold(uint8 threshold, uint8 minimum, uint256 governors);

    /// @notice Agencies are seated once, for ever.
    error Registry_AgencyExists(AgencyId agency);

    /// @notice No agency is seated under this code.
    error Registry_UnknownAgency(AgencyId agency);

    /// @notice There is no agency kind of this number.
    error Registry_UnknownKind(uint8 kind);

    /// @notice The agency is of another kind than the act needs.
    error Registry_WrongKind(AgencyId agency, AgencyKind expected, AgencyKind actual);

    /// @notice Agencies answer to each other over at most `maximum` levels.
    error Registry_TooDeep(AgencyId agency, uint8 maximum);

    /// @notice An agency has a name.
    error Registry_NoName(AgencyId agency);

    /// @notice A key is seated once, for ever; an officer who changes keys gets a new seat.
    error Registry_KeySeated(address key);

    /// @notice The zero address signs nothing.
    error Registry_NoKey();

    /// @notice An officer is a person: the number is not zero.
    error Registry_NoPerson(address key);

    /// @notice The roles are none, or hold a bit that means nothing.
    error Registry_UnknownRoles(uint32 roles);

    /// @notice A term begins before it ends.
    error Registry_EmptyTerm(uint64 validFrom, uint64 validUntil);

    /// @notice A term ends before the second 2^48.
    error Registry_TermTooLong(uint64 validUntil, uint64 latest);

    /// @notice The key holds no seat that could be revoked.
    error Registry_NotSeated(address key);

    /// @notice A revocation says why.
    error Registry_NoReason(address key);

    /// @notice There is no payee kind of this number.
    error Registry_UnknownPayeeKind(uint8 payeeKind);

    /// @notice The steps of a ladder rise strictly.
    error Registry_LadderNotRising(uint128 previousFen, uint128 nextFen);

    /// @notice A ladder has at most `maximum` steps.
    error Registry_LadderTooLong(uint256 steps, uint8 maximum);

    /// @notice There is no contract at this address.
    error Registry_NoContract(address at);

    /// @notice The contract was named before; what was succeeded does not come back.
    error Registry_NamedBefore(ContractName name, address at);

    /// @notice Seat an agency under a parent that is seated already, or under none.
    function seatAgency(SeatAgency calldata statement, bytes[] calldata signatures) external;

    /// @notice Give a key to a person of an agency, with roles and a term.
    function seatOfficer(SeatOfficer calldata statement, bytes[] calldata signatures) external;

    /// @notice Take a key away. It signs nothing from this transaction on; what it signed stands.
    function revokeOfficer(RevokeOfficer calldata statement, bytes[] calldata signatures) external;

    /// @notice Set the terms of a programme. Registered again, the new terms hold for runs that
    /// are prepared and notices that are published from then on.
    function registerProgramme(RegisterProgramme calldata statement, bytes[] calldata signatures)
        external;

    /// @notice Replace all governors; signed by the governors of before.
    function setGovernors(SetGovernors calldata statement, bytes[] calldata signatures) external;

    /// @notice Say which contract is the network's FundLedger, EvidenceLog, DisputeDesk. Named
    /// again, the new one succeeds: the old one takes no new money, runs, feeds or disputes, but
    /// ends what it has begun and stays readable.
    /// @dev WARNING. A contract named DisputeDesk may hold lines and report recoveries in the
    /// FundLedger: governors read its code before they sign.
    function nameContract(NameContract calldata statement, bytes[] calldata signatures) external;

    /// @notice The contract of that name now; zero where none was named.
    function contractNamed(ContractName name) external view returns (address);

    /// @notice Whether `at` is, or once was, the contract of that name.
    function wasNamed(ContractName name, address at) external view returns (bool);

    /// @notice The agency; its kind is NONE where it was never seated.
    function agency(AgencyId id) external view returns (Agency memory);

    /// @notice What the agency is for; NONE where it was never seated.
    function kindOf(AgencyId id) external view returns (AgencyKind);

    /// @notice Whether `superior` is `id` itself or above it.
    function answersTo(AgencyId id, AgencyId superior) external view returns (bool);

    /// @notice The officer under `key` as the Registry stands now.
    function officer(address key) external view returns (Officer memory);

    /// @notice Who signs with `key` in this block. Refused with an `Authority_*` error where the key
    /// has no seat, its term has not begun or is over, or it was revoked.
    function signer(address key) external view returns (Signer memory);

    /// @notice The officer under `key` as of block `blockNumber`: empty where the key had no seat
    /// yet, or none any more. A key revoked in that very block still counts, for acts that came
    /// before the revocation in it. The term is in the officer and is for the caller to compare.
    function officerAt(address key, uint256 blockNumber) external view returns (Officer memory);

    /// @notice The terms of a programme; its agency is zero where it was never registered.
    function programme(ProgrammeId id) external view returns (Programme memory);

    /// @notice How long a roster of the programme must be shown, and how many approvers a run of
    /// `totalFen` needs; `known` is false where the programme was never registered.
    function termsOf(ProgrammeId id, uint128 totalFen)
        external
        view
        returns (bool known, uint64 noticeSeconds, uint8 approvers);

    /// @notice The governors, their agencies, and how many must sign.
    function governors()
        external
        view
        returns (address[] memory keys, AgencyId[] memory agencies, uint8 threshold);
}
