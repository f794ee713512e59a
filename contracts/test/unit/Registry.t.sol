// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IRegistry } from "../../src/interfaces/IRegistry.sol";
import { Codes } from "../../src/libraries/Codes.sol";
import { AgencyId, FeedId, NO_AGENCY, PersonId, ProgrammeId } from "../../src/types/Ids.sol";
import { Agency, AgencyKind, Officer, Role } from "../../src/types/Office.sol";
import { PayeeKind, Programme } from "../../src/types/Programme.sol";
import {
    RegisterProgramme,
    RevokeOfficer,
    SeatAgency,
    SeatOfficer
} from "../../src/types/RegistryStatements.sol";
import { City } from "../city/City.sol";

/// @notice Agencies, officers and programmes.
contract RegistryTest is City {
    AgencyId private constant STREET = AgencyId.wrap("street-3");

    // Agencies

    function test_AnAgencyIsSeatedUnderItsParent() public {
        SeatAgency memory s = _agency(STREET, AgencyKind.PROGRAMME, DISTRICT);
        vm.expectEmit(address(registry));
        emit IRegistry.AgencySeated(STREET, AgencyKind.PROGRAMME, DISTRICT, s.region, s.name);
        _seat(s);

        Agency memory seated = registry.agency(STREET);
        assertTrue(seated.kind == AgencyKind.PROGRAMME);
        assertTrue(seated.parent == DISTRICT);
        assertEq(seated.region, s.region);
        assertEq(seated.name, s.name);
        assertEq(seated.depth, 2);
    }

    function test_AnAgencyAnswersToItselfAndAllAboveIt() public {
        _seat(_agency(STREET, AgencyKind.PROGRAMME, DISTRICT));
        assertTrue(registry.answersTo(STREET, STREET));
        assertTrue(registry.answersTo(STREET, DISTRICT));
        assertTrue(registry.answersTo(STREET, CITY));
        assertFalse(registry.answersTo(STREET, FINANCE));
        assertFalse(registry.answersTo(CITY, STREET));
        assertFalse(registry.answersTo(STREET, NO_AGENCY));
    }

    function test_AnAgencyIsSeatedOnce() public {
        _refused(abi.encodeWithSelector(IRegistry.Registry_AgencyExists.selector, CITY));
        _seat(_agency(CITY, AgencyKind.BANK, NO_AGENCY));
    }

    function test_AnUnknownParentIsRefused() public {
        AgencyId nowhere = AgencyId.wrap("nowhere");
        _refused(abi.encodeWithSelector(IRegistry.Registry_UnknownAgency.selector, nowhere));
        _seat(_agency(STREET, AgencyKind.PROGRAMME, nowhere));
    }

    function test_AnAgencyIsNotItsOwnParent() public {
        _refused(abi.encodeWithSelector(IRegistry.Registry_UnknownAgency.selector, STREET));
        _seat(_agency(STREET, AgencyKind.PROGRAMME, STREET));
    }

    function test_AnUnknownKindIsRefused() public {
        SeatAgency memory s = _agency(STREET, AgencyKind.PROGRAMME, NO_AGENCY);
        for (uint8 kind = 0; kind < 9; kind += 8) {
            s.kind = kind;
            _refused(abi.encodeWithSelector(IRegistry.Registry_UnknownKind.selector, kind));
            _seat(s);
        }
    }

    function test_AnAgencyWithoutNameIsRefused() public {
        SeatAgency memory s = _agency(STREET, AgencyKind.PROGRAMME, NO_AGENCY);
        s.name = "";
        _refused(abi.encodeWithSelector(IRegistry.Registry_NoName.selector, STREET));
        _seat(s);
    }

    function test_EightLevelsStandAndANinthIsRefused() public {
        AgencyId parent = NO_AGENCY;
        for (uint8 depth = 0; depth <= 8; depth++) {
            AgencyId child = AgencyId.wrap(bytes32(bytes2(0x6130 + uint16(depth))));
            _seat(_agency(child, AgencyKind.PROGRAMME, parent));
            assertTrue(registry.answersTo(child, AgencyId.wrap("a0")));
            parent = child;
        }

        _refused(abi.encodeWithSelector(IRegistry.Registry_TooDeep.selector, STREET, 8));
        _seat(_agency(STREET, AgencyKind.PROGRAMME, parent));
    }

    function test_ACodeThatIsNoneIsRefused() public {
        _refused(abi.encodeWithSelector(Codes.Codes_Malformed.selector, bytes32(0)));
        _seat(_agency(NO_AGENCY, AgencyKind.PROGRAMME, NO_AGENCY));
    }

    // Officers

    function test_AnOfficerIsSeatedWithATerm() public {
        SeatOfficer memory s = _officer(STRANGER, DISTRICT, Role.PREPARE | Role.ORACLE);
        vm.expectEmit(address(registry));
        emit IRegistry.OfficerSeated(s.key, DISTRICT, s.person, s.roles, s.validFrom, s.validUntil);
        _seat(s);

        Officer memory seated = registry.officer(s.key);
        assertTrue(seated.agency == DISTRICT);
        assertEq(PersonId.unwrap(seated.person), STRANGER);
        assertEq(seated.roles, Role.PREPARE | Role.ORACLE);
        assertEq(seated.seatedBlock, block.number);
        assertEq(seated.revokedBlock, 0);
    }

    function test_ARevocationSaysWhyAndIsTold() public {
        RevokeOfficer memory s = _revocation(PREPARER);
        vm.expectEmit(address(registry));
        emit IRegistry.OfficerRevoked(s.key, REASON);
        _revoke(s);
        assertEq(registry.officer(s.key).revokedBlock, block.number);
    }

    function test_AnOldStatementIsJudgedByTheBlockItWasRecordedIn() public {
        address key = vm.addr(PREPARER);
        vm.roll(200);
        _revoke(_revocation(PREPARER));

        assertEq(registry.officerAt(key, 99).seatedBlock, 0);
        assertEq(registry.officerAt(key, 100).seatedBlock, 100);
        assertEq(registry.officerAt(key, 200).seatedBlock, 100);
        assertEq(registry.officerAt(key, 201).seatedBlock, 0);
        assertEq(registry.officerAt(vm.addr(STRANGER), 150).seatedBlock, 0);
    }

    function test_AKeyIsSeatedOnceEvenAfterItsRevocation() public {
        _revoke(_revocation(PREPARER));
        SeatOfficer memory s = _officer(PREPARER, DISTRICT, Role.PREPARE);
        s.person = PersonId.wrap(7);
        _refused(abi.encodeWithSelector(IRegistry.Registry_KeySeated.selector, s.key));
        _seat(s);
    }

    function test_AKeyIsRevokedOnce() public {
        _revoke(_revocation(PREPARER));
        RevokeOfficer memory s = _revocation(PREPARER);
        s.reason = keccak256("another reason");
        _refused(abi.encodeWithSelector(IRegistry.Registry_NotSeated.selector, s.key));
        _revoke(s);
    }

    function test_AKeyThatWasNeverSeatedIsNotRevoked() public {
        RevokeOfficer memory s = _revocation(STRANGER);
        _refused(abi.encodeWithSelector(IRegistry.Registry_NotSeated.selector, s.key));
        _revoke(s);
    }

    function test_ARevocationWithoutReasonIsRefused() public {
        RevokeOfficer memory s = _revocation(PREPARER);
        s.reason = 0;
        _refused(abi.encodeWithSelector(IRegistry.Registry_NoReason.selector, s.key));
        _revoke(s);
    }

    function test_TheZeroKeyIsNotSeated() public {
        SeatOfficer memory s = _officer(STRANGER, DISTRICT, Role.PREPARE);
        s.key = address(0);
        _refused(abi.encodeWithSelector(IRegistry.Registry_NoKey.selector));
        _seat(s);
    }

    function test_AnOfficerOfAnUnknownAgencyIsRefused() public {
        _refused(abi.encodeWithSelector(IRegistry.Registry_UnknownAgency.selector, STREET));
        _seat(_officer(STRANGER, STREET, Role.PREPARE));
    }

    function test_AnOfficerWhoIsNobodyIsRefused() public {
        SeatOfficer memory s = _officer(STRANGER, DISTRICT, Role.PREPARE);
        s.person = PersonId.wrap(0);
        _refused(abi.encodeWithSelector(IRegistry.Registry_NoPerson.selector, s.key));
        _seat(s);
    }

    function test_RolesThatMeanNothingAreRefused() public {
        uint32[2] memory roles = [uint32(0), 4096];
        for (uint256 i = 0; i < 2; i++) {
            _refused(abi.encodeWithSelector(IRegistry.Registry_UnknownRoles.selector, roles[i]));
            _seat(_officer(STRANGER, DISTRICT, roles[i]));
        }
    }

    function test_ATermThatIsEmptyIsRefused() public {
        SeatOfficer memory s = _officer(STRANGER, DISTRICT, Role.PREPARE);
        s.validUntil = s.validFrom;
        _refused(
            abi.encodeWithSelector(IRegistry.Registry_EmptyTerm.selector, s.validFrom, s.validUntil)
        );
        _seat(s);
    }

    function test_ATermWithoutEndIsRefused() public {
        SeatOfficer memory s = _officer(STRANGER, DISTRICT, Role.PREPARE);
        s.validUntil = uint64(1) << 48;
        _refused(
            abi.encodeWithSelector(
                IRegistry.Registry_TermTooLong.selector, s.validUntil, type(uint48).max
            )
        );
        _seat(s);
    }

    // Programmes

    function test_AProgrammeIsRegisteredWithItsTerms() public {
        RegisterProgramme memory s = _programme(ProgrammeId.wrap("MEALS"), 3 days);
        vm.expectEmit(address(registry));
        emit IRegistry.ProgrammeRegistered(
            s.programme, CITY, PayeeKind.PERSON, 3 days, s.ladderFen, s.feeds
        );
        _register(s);

        Programme memory registered = registry.programme(s.programme);
        assertTrue(registered.agency == CITY);
        assertEq(registered.noticeSeconds, 3 days);
        assertEq(registered.ladderFen[1], SECOND_STEP_FEN);
        assertEq(FeedId.unwrap(registered.feeds[0]), FeedId.unwrap(FEED));
    }

    function test_TheLadderSaysHowManyApprove() public view {
        assertEq(_approvers(1), 1);
        assertEq(_approvers(FIRST_STEP_FEN - 1), 1);
        assertEq(_approvers(FIRST_STEP_FEN), 2);
        assertEq(_approvers(SECOND_STEP_FEN - 1), 2);
        assertEq(_approvers(SECOND_STEP_FEN), 3);
        assertEq(_approvers(type(uint128).max), 3);
    }

    function test_AProgrammeRegisteredAgainHasTheNewTerms() public {
        RegisterProgramme memory s = _programme(PROGRAMME, 3 days);
        s.ladderFen = new uint128[](0);
        _register(s);
        (bool known, uint64 noticeSeconds, uint8 approvers) =
            registry.termsOf(PROGRAMME, type(uint128).max);
        assertTrue(known);
        assertEq(noticeSeconds, 3 days);
        assertEq(approvers, 1);
    }

    function test_OnlyADepartmentAnswersForAProgramme() public {
        RegisterProgramme memory s = _programme(PROGRAMME, 0);
        s.agency = BANK;
        _refused(
            abi.encodeWithSelector(
                IRegistry.Registry_WrongKind.selector, BANK, AgencyKind.PROGRAMME, AgencyKind.BANK
            )
        );
        _register(s);
    }

    function test_AnUnknownPayeeKindIsRefused() public {
        RegisterProgramme memory s = _programme(PROGRAMME, 0);
        for (uint8 kind = 0; kind < 4; kind += 3) {
            s.payeeKind = kind;
            _refused(abi.encodeWithSelector(IRegistry.Registry_UnknownPayeeKind.selector, kind));
            _register(s);
        }
    }

    function test_ALadderThatDoesNotRiseIsRefused() public {
        RegisterProgramme memory s = _programme(PROGRAMME, 0);
        s.ladderFen[1] = s.ladderFen[0];
        _refused(
            abi.encodeWithSelector(
                IRegistry.Registry_LadderNotRising.selector, FIRST_STEP_FEN, FIRST_STEP_FEN
            )
        );
        _register(s);
    }

    function test_ALadderOfFourStepsIsRefused() public {
        RegisterProgramme memory s = _programme(PROGRAMME, 0);
        s.ladderFen = new uint128[](4);
        _refused(abi.encodeWithSelector(IRegistry.Registry_LadderTooLong.selector, 4, 3));
        _register(s);
    }

    function _approvers(uint128 totalFen) private view returns (uint8 approvers) {
        (,, approvers) = registry.termsOf(PROGRAMME, totalFen);
    }
}
