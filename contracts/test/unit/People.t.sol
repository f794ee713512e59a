// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Test } from "forge-std/Test.sol";

import { PersonId } from "../../src/types/Ids.sol";
import { Role } from "../../src/types/Office.sol";
import { People } from "../../src/types/People.sol";

/// @notice The people of a run come back as they joined, and roles are the bits of docs/format.md, 1.
contract PeopleTest is Test {
    function testFuzz_EveryoneWhoJoinedIsListedInTheirOrder(uint32[7] memory numbers, uint8 many)
        public
        pure
    {
        for (uint256 i = 0; i < numbers.length; i++) {
            numbers[i] |= 1; // nobody's number is zero
        }
        many %= 8;
        _assertListed(_joined(numbers, many), numbers, many);
    }

    function test_TheSmallestAndTheGreatestNumberAreListedInEveryPlace() public pure {
        uint32[7] memory smallest = [uint32(1), 1, 1, 1, 1, 1, 1];
        uint32[7] memory mixed = [type(uint32).max, 1, type(uint32).max, 1, 1, type(uint32).max, 1];
        for (uint256 many = 0; many <= 7; many++) {
            _assertListed(_joined(smallest, many), smallest, many);
            _assertListed(_joined(mixed, many), mixed, many);
        }
    }

    function test_ANumberMadeOfTwoNeighboursIsNotIncluded() public pure {
        People people;
        people = people.join(PersonId.wrap(0x00010002)).join(PersonId.wrap(0x00030004));
        assertTrue(people.includes(PersonId.wrap(0x00030004)));
        assertFalse(people.includes(PersonId.wrap(0x00040001)));
    }

    function test_RolesAreTheBitsOfTheFormat() public pure {
        uint32[12] memory roles = [
            Role.BUDGET,
            Role.PREPARE,
            Role.REVIEW,
            Role.APPROVE,
            Role.TREASURY,
            Role.BANK,
            Role.ORACLE,
            Role.PUBLISH,
            Role.HOLD,
            Role.DISPUTE,
            Role.DECIDE,
            Role.APPEAL
        ];
        for (uint256 bit = 0; bit < roles.length; bit++) {
            assertEq(roles[bit], 1 << bit);
        }
        assertEq(Role.ALL, (1 << roles.length) - 1);
    }

    function _joined(uint32[7] memory numbers, uint256 many) private pure returns (People people) {
        for (uint256 i = 0; i < many; i++) {
            people = people.join(PersonId.wrap(numbers[i]));
        }
    }

    function _assertListed(People people, uint32[7] memory numbers, uint256 many) private pure {
        PersonId[] memory listed = people.list();
        assertEq(listed.length, many);
        for (uint256 i = 0; i < many; i++) {
            assertEq(PersonId.unwrap(listed[i]), numbers[i]);
            assertTrue(people.includes(listed[i]));
        }
        if (many > 0) assertEq(PersonId.unwrap(people.first()), numbers[0]);
    }
}
