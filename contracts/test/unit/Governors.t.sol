// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Registry } from "../../src/Registry.sol";
import { IRegistry } from "../../src/interfaces/IRegistry.sol";
import { IStatements } from "../../src/interfaces/IStatements.sol";
import { AgencyId, NO_AGENCY } from "../../src/types/Ids.sol";
import { AgencyKind } from "../../src/types/Office.sol";
import { SeatAgency, SetGovernors } from "../../src/types/RegistryStatements.sol";
import { City } from "../city/City.sol";
import { Signing } from "../city/Signing.sol";

/// @notice Governors: M of N, each of another agency, and how they change themselves.
contract GovernorsTest is City {
    using Signing for bytes32;

    string private constant SEAT =
        "SeatAgency(bytes32 agency,uint8 kind,bytes32 parent,uint64 region,string name";

    function test_TheConstructorTellsWhoGoverns() public view {
        (address[] memory keys, AgencyId[] memory agencies, uint8 threshold) = registry.governors();
        assertEq(keys.length, 3);
        assertEq(keys[2], vm.addr(GOVERNOR_3));
        assertTrue(agencies[2] == PROCURATORATE);
        assertEq(threshold, 2);
    }

    function test_WhoeverDeployedItCannotSeatAnyone() public {
        SeatAgency memory s = _fresh();
        vm.expectRevert(abi.encodeWithSelector(IRegistry.Registry_SignatureCount.selector, 2, 0));
        registry.seatAgency(s, new bytes[](0));
    }

    function test_AnyTwoGovernorsAreEnough() public {
        SeatAgency memory s = _fresh();
        registry.seatAgency(s, _digest(s).signAll(_pair(GOVERNOR_3, GOVERNOR_1)));
    }

    function test_EverySignatureIsToldByAnEvent() public {
        SeatAgency memory s = _fresh();
        bytes[] memory signatures = _digest(s).signAll(_governors());
        vm.expectEmit(address(registry));
        emit IStatements.StatementRecorded(_digest(s), _lower(GOVERNOR_1, GOVERNOR_2));
        registry.seatAgency(s, signatures);
    }

    function test_ThreeSignaturesAreOneTooMany() public {
        SeatAgency memory s = _fresh();
        vm.expectRevert(abi.encodeWithSelector(IRegistry.Registry_SignatureCount.selector, 2, 3));
        registry.seatAgency(s, new bytes[](3));
    }

    function test_OneGovernorTwiceIsRefused() public {
        SeatAgency memory s = _fresh();
        bytes[] memory signatures = _digest(s).signAll(_pair(GOVERNOR_1, GOVERNOR_1));
        address key = vm.addr(GOVERNOR_1);
        vm.expectRevert(
            abi.encodeWithSelector(IRegistry.Registry_SignersNotRising.selector, key, key)
        );
        registry.seatAgency(s, signatures);
    }

    function test_SignaturesOutOfOrderAreRefused() public {
        SeatAgency memory s = _fresh();
        bytes[] memory signatures = _digest(s).signAll(_governors());
        (signatures[0], signatures[1]) = (signatures[1], signatures[0]);
        vm.expectPartialRevert(IRegistry.Registry_SignersNotRising.selector);
        registry.seatAgency(s, signatures);
    }

    function test_AnOfficerIsNotAGovernor() public {
        SeatAgency memory s = _fresh();
        bytes[] memory signatures = _digest(s).signAll(_pair(GOVERNOR_1, BUDGETER));
        vm.expectPartialRevert(IRegistry.Registry_NotGovernor.selector);
        registry.seatAgency(s, signatures);
    }

    function test_AProposalIsNotRecordedTwice() public {
        SeatAgency memory s = _fresh();
        _seat(s);
        bytes[] memory signatures = _digest(s).signAll(_pair(GOVERNOR_2, GOVERNOR_3));
        vm.expectRevert(abi.encodeWithSelector(IStatements.AlreadyRecorded.selector, _digest(s)));
        registry.seatAgency(s, signatures);
    }

    function test_GovernorsReplaceThemselvesAndTheOldOnesAreOut() public {
        SetGovernors memory s = _succession();
        vm.expectEmit(address(registry));
        emit IRegistry.GovernorsSet(s.keys, s.agencies, s.threshold);
        _setGovernors(s);

        SeatAgency memory agency = _fresh();
        bytes[] memory old = _digest(agency).signAll(_governors());
        vm.expectPartialRevert(IRegistry.Registry_NotGovernor.selector);
        registry.seatAgency(agency, old);

        registry.seatAgency(agency, _digest(agency).signAll(_pair(0x911, 0x912)));
        assertTrue(registry.kindOf(agency.agency) == AgencyKind.DISPUTES);
    }

    function test_AGovernorMayStay() public {
        SetGovernors memory s = _succession();
        s.keys[0] = vm.addr(GOVERNOR_1);
        _setGovernors(s);
        SeatAgency memory agency = _fresh();
        registry.seatAgency(agency, _digest(agency).signAll(_pair(GOVERNOR_1, 0x912)));
    }

    function test_AThresholdOfOneIsRefused() public {
        SetGovernors memory s = _succession();
        s.threshold = 1;
        _refused(abi.encodeWithSelector(IRegistry.Registry_Threshold.selector, 1, 2, 2));
        _setGovernors(s);
    }

    function test_AThresholdOverTheGovernorsIsRefused() public {
        SetGovernors memory s = _succession();
        s.threshold = 3;
        _refused(abi.encodeWithSelector(IRegistry.Registry_Threshold.selector, 3, 2, 2));
        _setGovernors(s);
    }

    function test_TwoGovernorsOfOneAgencyAreRefused() public {
        SetGovernors memory s = _succession();
        s.agencies[1] = s.agencies[0];
        _refused(abi.encodeWithSelector(IRegistry.Registry_GovernorAgency.selector, FINANCE));
        _setGovernors(s);
    }

    function test_OneKeyTwiceIsRefused() public {
        SetGovernors memory s = _succession();
        s.keys[1] = s.keys[0];
        _refused(abi.encodeWithSelector(IRegistry.Registry_GovernorKey.selector, s.keys[0]));
        _setGovernors(s);
    }

    function test_TheZeroKeyIsRefused() public {
        SetGovernors memory s = _succession();
        s.keys[1] = address(0);
        _refused(abi.encodeWithSelector(IRegistry.Registry_GovernorKey.selector, address(0)));
        _setGovernors(s);
    }

    function test_KeysWithoutAgenciesAreRefused() public {
        SetGovernors memory s = _succession();
        s.agencies = new AgencyId[](1);
        _refused(abi.encodeWithSelector(IRegistry.Registry_GovernorsUneven.selector, 2, 1));
        _setGovernors(s);
    }

    function test_TheConstructorKeepsTheSameRules() public {
        SetGovernors memory s = _succession();
        vm.expectRevert(abi.encodeWithSelector(IRegistry.Registry_Threshold.selector, 1, 2, 2));
        new Registry(s.keys, s.agencies, 1);
    }

    function _fresh() private view returns (SeatAgency memory) {
        return _agency(AgencyId.wrap("disputes"), AgencyKind.DISPUTES, NO_AGENCY);
    }

    function _succession() private view returns (SetGovernors memory s) {
        s.keys = new address[](2);
        s.agencies = new AgencyId[](2);
        (s.keys[0], s.keys[1]) = (vm.addr(0x911), vm.addr(0x912));
        (s.agencies[0], s.agencies[1]) = (FINANCE, AUDIT);
        s.threshold = 2;
        s.basis = Signing.basis();
    }

    function _pair(uint256 one, uint256 other) private pure returns (uint256[] memory keys) {
        keys = new uint256[](2);
        (keys[0], keys[1]) = (one, other);
    }

    function _lower(uint256 one, uint256 other) private pure returns (address) {
        (address a, address b) = (vm.addr(one), vm.addr(other));
        return a < b ? a : b;
    }

    function _digest(SeatAgency memory s) private view returns (bytes32) {
        return Signing.digest(address(registry), SEAT, abi.encode(s));
    }
}
