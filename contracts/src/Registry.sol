// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Statements } from "./base/Statements.sol";
import { IAuthority } from "./interfaces/IAuthority.sol";
import { IRegistry } from "./interfaces/IRegistry.sol";
import { Codes } from "./libraries/Codes.sol";
import { Basis } from "./types/Basis.sol";
import { AgencyId, ContractName, NO_AGENCY, NO_PERSON, ProgrammeId } from "./types/Ids.sol";
import { Agency, AgencyKind, Officer, Role, Signer } from "./types/Office.sol";
import { PayeeKind, Programme } from "./types/Programme.sol";
import {
    NameContract,
    RegisterProgramme,
    RegistryStatements,
    RevokeOfficer,
    SeatAgency,
    SeatOfficer,
    SetGovernors
} from "./types/RegistryStatements.sol";

/// @title Registry
/// @notice See IRegistry.
contract Registry is IRegistry, Statements {
    using RegistryStatements for *;

    /// @dev Fewer than two signatures would be a root key.
    uint8 private constant THRESHOLD_MIN = 2;
    /// @dev Levels below a root agency: ministry to village is six.
    uint8 private constant DEPTH_MAX = 8;
    /// @dev Preparer, reviewer, 1 + 3 approvers and treasurer are the seven people of a run.
    uint8 private constant LADDER_STEPS_MAX = 3;

    mapping(AgencyId id => Agency) private _agencies;
    mapping(address key => Officer) private _officers;
    mapping(ProgrammeId id => Programme) private _programmes;
    mapping(address key => AgencyId) private _governorAgency;
    mapping(ContractName name => address) private _contracts;
    mapping(ContractName name => mapping(address at => bool)) private _named;
    address[] private _governors;
    uint8 private _threshold;

    constructor(address[] memory keys, AgencyId[] memory agencies, uint8 threshold) {
        _setGovernors(keys, agencies, threshold);
    }

    /// @inheritdoc IRegistry
    function seatAgency(SeatAgency calldata statement, bytes[] calldata signatures) external {
        _govern(statement.hash(), statement.basis, signatures);
        AgencyId id = statement.agency;
        Agency storage parent = _agencies[statement.parent];
        bool hasParent = statement.parent != NO_AGENCY;
        Codes.check(AgencyId.unwrap(id));
        if (_agencies[id].kind != AgencyKind.NONE) revert Registry_AgencyExists({ agency: id });
        if (statement.kind == 0 || statement.kind > uint8(type(AgencyKind).max)) {
            revert Registry_UnknownKind({ kind: statement.kind });
        }
        if (hasParent) _requireAgency(statement.parent);
        if (hasParent && parent.depth == DEPTH_MAX) {
            revert Registry_TooDeep({ agency: id, maximum: DEPTH_MAX });
        }
        if (bytes(statement.name).length == 0) revert Registry_NoName({ agency: id });

        _agencies[id] = Agency({
            kind: AgencyKind(statement.kind),
            depth: hasParent ? parent.depth + 1 : 0,
            region: statement.region,
            parent: statement.parent,
            name: statement.name
        });
        emit AgencySeated(
            id, AgencyKind(statement.kind), statement.parent, statement.region, statement.name
        );
    }

    /// @inheritdoc IRegistry
    function seatOfficer(SeatOfficer calldata statement, bytes[] calldata signatures) external {
        _govern(statement.hash(), statement.basis, signatures);
        address key = statement.key;
        if (key == address(0)) revert Registry_NoKey();
        if (_officers[key].seatedBlock != 0) revert Registry_KeySeated({ key: key });
        _requireAgency(statement.agency);
        if (statement.person == NO_PERSON) revert Registry_NoPerson({ key: key });
        if (statement.roles == 0 || statement.roles > Role.ALL) {
            revert Registry_UnknownRoles({ roles: statement.roles });
        }
        if (statement.validFrom >= statement.validUntil) {
            revert Registry_EmptyTerm({
                validFrom: statement.validFrom, validUntil: statement.validUntil
            });
        }
        if (statement.validUntil > type(uint48).max) {
            revert Registry_TermTooLong({
                validUntil: statement.validUntil, latest: type(uint48).max
            });
        }

        _officers[key] = Officer({
            agency: statement.agency,
            person: statement.person,
            roles: statement.roles,
            validFrom: uint48(statement.validFrom),
            validUntil: uint48(statement.validUntil),
            seatedBlock: uint48(block.number),
            revokedBlock: 0
        });
        emit OfficerSeated(
            key,
            statement.agency,
            statement.person,
            statement.roles,
            statement.validFrom,
            statement.validUntil
        );
    }

    /// @inheritdoc IRegistry
    function revokeOfficer(RevokeOfficer calldata statement, bytes[] calldata signatures) external {
        _govern(statement.hash(), statement.basis, signatures);
        Officer storage seat = _officers[statement.key];
        if (seat.seatedBlock == 0 || seat.revokedBlock != 0) {
            revert Registry_NotSeated({ key: statement.key });
        }
        if (statement.reason == 0) revert Registry_NoReason({ key: statement.key });

        seat.revokedBlock = uint48(block.number);
        emit OfficerRevoked(statement.key, statement.reason);
    }

    /// @inheritdoc IRegistry
    function registerProgramme(RegisterProgramme calldata statement, bytes[] calldata signatures)
        external
    {
        _govern(statement.hash(), statement.basis, signatures);
        Codes.check(ProgrammeId.unwrap(statement.programme));
        AgencyKind kind = _requireAgency(statement.agency);
        if (kind != AgencyKind.PROGRAMME) {
            revert Registry_WrongKind({
                agency: statement.agency, expected: AgencyKind.PROGRAMME, actual: kind
            });
        }
        if (statement.payeeKind == 0 || statement.payeeKind > uint8(type(PayeeKind).max)) {
            revert Registry_UnknownPayeeKind({ payeeKind: statement.payeeKind });
        }
        _checkLadder(statement.ladderFen);

        _programmes[statement.programme] = Programme({
            agency: statement.agency,
            payeeKind: PayeeKind(statement.payeeKind),
            noticeSeconds: statement.noticeSeconds,
            ladderFen: statement.ladderFen,
            feeds: statement.feeds
        });
        emit ProgrammeRegistered(
            statement.programme,
            statement.agency,
            PayeeKind(statement.payeeKind),
            statement.noticeSeconds,
            statement.ladderFen,
            statement.feeds
        );
    }

    /// @inheritdoc IRegistry
    function setGovernors(SetGovernors calldata statement, bytes[] calldata signatures) external {
        _govern(statement.hash(), statement.basis, signatures);

        for (uint256 i = 0; i < _governors.length; i++) {
            _governorAgency[_governors[i]] = NO_AGENCY;
        }
        _setGovernors(statement.keys, statement.agencies, statement.threshold);
    }

    /// @inheritdoc IRegistry
    function nameContract(NameContract calldata statement, bytes[] calldata signatures) external {
        _govern(statement.hash(), statement.basis, signatures);
        (ContractName name, address at) = (statement.name, statement.at);
        address before = _contracts[name];
        Codes.check(ContractName.unwrap(name));
        if (at.code.length == 0) revert Registry_NoContract({ at: at });
        if (_named[name][at]) revert Registry_NamedBefore({ name: name, at: at });

        _contracts[name] = at;
        _named[name][at] = true;
        emit ContractNamed(name, at, before);
    }

    /// @inheritdoc IRegistry
    function contractNamed(ContractName name) external view returns (address) {
        return _contracts[name];
    }

    /// @inheritdoc IRegistry
    function wasNamed(ContractName name, address at) external view returns (bool) {
        return _named[name][at];
    }

    /// @inheritdoc IRegistry
    function agency(AgencyId id) external view returns (Agency memory) {
        return _agencies[id];
    }

    /// @inheritdoc IRegistry
    function kindOf(AgencyId id) external view returns (AgencyKind) {
        return _agencies[id].kind;
    }

    /// @inheritdoc IRegistry
    function answersTo(AgencyId id, AgencyId superior) external view returns (bool) {
        while (id != superior && id != NO_AGENCY) id = _agencies[id].parent;
        return id != NO_AGENCY;
    }

    /// @inheritdoc IRegistry
    function officer(address key) external view returns (Officer memory) {
        return _officers[key];
    }

    /// @inheritdoc IRegistry
    function signer(address key) external view returns (Signer memory) {
        Officer memory seat = _officers[key];
        if (seat.seatedBlock == 0) revert IAuthority.Authority_NotSeated({ signer: key });
        if (seat.revokedBlock != 0) {
            revert IAuthority.Authority_Revoked({ signer: key, revokedBlock: seat.revokedBlock });
        }
        if (block.timestamp < seat.validFrom) {
            revert IAuthority.Authority_NotYetValid({ signer: key, validFrom: seat.validFrom });
        }
        if (block.timestamp > seat.validUntil) {
            revert IAuthority.Authority_Expired({ signer: key, validUntil: seat.validUntil });
        }

        return Signer({ key: key, agency: seat.agency, person: seat.person, roles: seat.roles });
    }

    /// @inheritdoc IRegistry
    function officerAt(address key, uint256 blockNumber)
        external
        view
        returns (Officer memory held)
    {
        Officer memory seat = _officers[key];
        bool seated = seat.seatedBlock != 0 && seat.seatedBlock <= blockNumber;
        bool revoked = seat.revokedBlock != 0 && seat.revokedBlock < blockNumber;
        if (seated && !revoked) held = seat;
    }

    /// @inheritdoc IRegistry
    function programme(ProgrammeId id) external view returns (Programme memory) {
        return _programmes[id];
    }

    /// @inheritdoc IRegistry
    function termsOf(ProgrammeId id, uint128 totalFen)
        external
        view
        returns (bool known, uint64 noticeSeconds, uint8 approvers)
    {
        Programme storage terms = _programmes[id];
        uint128[] storage ladder = terms.ladderFen;
        known = terms.payeeKind != PayeeKind.NONE;
        noticeSeconds = terms.noticeSeconds;
        approvers = 1;
        for (uint256 i = 0; i < ladder.length && ladder[i] <= totalFen; i++) {
            approvers++;
        }
    }

    /// @inheritdoc IRegistry
    function governors()
        external
        view
        returns (address[] memory keys, AgencyId[] memory agencies, uint8 threshold)
    {
        keys = _governors;
        threshold = _threshold;
        agencies = new AgencyId[](keys.length);
        for (uint256 i = 0; i < keys.length; i++) {
            agencies[i] = _governorAgency[keys[i]];
        }
    }

    /// @dev Record a statement that as many governors as the threshold have signed. They are of
    /// different agencies because no two governors share one.
    function _govern(bytes32 structHash, Basis calldata basis, bytes[] calldata signatures)
        private
    {
        bytes32 statement = _record(structHash, basis);
        if (signatures.length != _threshold) {
            revert Registry_SignatureCount({ required: _threshold, given: signatures.length });
        }

        address previous = address(0);
        for (uint256 i = 0; i < signatures.length; i++) {
            address key = _recover(statement, signatures[i]);
            if (key <= previous) {
                revert Registry_SignersNotRising({ previous: previous, next: key });
            }
            if (_governorAgency[key] == NO_AGENCY) {
                revert Registry_NotGovernor({ signer: key });
            }
            previous = key;
        }
    }

    function _setGovernors(address[] memory keys, AgencyId[] memory agencies, uint8 threshold)
        private
    {
        if (keys.length != agencies.length) {
            revert Registry_GovernorsUneven({ keys: keys.length, agencies: agencies.length });
        }
        if (threshold < THRESHOLD_MIN || threshold > keys.length) {
            revert Registry_Threshold({
                threshold: threshold, minimum: THRESHOLD_MIN, governors: keys.length
            });
        }
        for (uint256 i = 0; i < keys.length; i++) {
            _addGovernor(keys[i], agencies[i]);
            for (uint256 j = 0; j < i; j++) {
                if (agencies[i] == agencies[j]) {
                    revert Registry_GovernorAgency({ agency: agencies[i] });
                }
            }
        }

        _governors = keys;
        _threshold = threshold;
        emit GovernorsSet(keys, agencies, threshold);
    }

    function _addGovernor(address key, AgencyId agencyId) private {
        Codes.check(AgencyId.unwrap(agencyId));
        if (key == address(0) || _governorAgency[key] != NO_AGENCY) {
            revert Registry_GovernorKey({ key: key });
        }

        _governorAgency[key] = agencyId;
    }

    function _requireAgency(AgencyId id) private view returns (AgencyKind kind) {
        kind = _agencies[id].kind;
        if (kind == AgencyKind.NONE) revert Registry_UnknownAgency({ agency: id });
    }

    function _checkLadder(uint128[] calldata ladderFen) private pure {
        if (ladderFen.length > LADDER_STEPS_MAX) {
            revert Registry_LadderTooLong({ steps: ladderFen.length, maximum: LADDER_STEPS_MAX });
        }
        for (uint256 i = 1; i < ladderFen.length; i++) {
            if (ladderFen[i] <= ladderFen[i - 1]) {
                revert Registry_LadderNotRising({
                    previousFen: ladderFen[i - 1], nextFen: ladderFen[i]
                });
            }
        }
    }
}
