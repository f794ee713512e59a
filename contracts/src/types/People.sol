// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { PersonId } from "./Ids.sol";

/// @dev Up to seven people in the order in which they acted, 32 bits each, the first in the lowest:
/// preparer, reviewer, up to four approvers, treasurer. Nobody's number is zero.
type People is uint224;

using { first, includes, join, list } for People global;

function first(People people) pure returns (PersonId) {
    return PersonId.wrap(uint32(People.unwrap(people)));
}

function includes(People people, PersonId person) pure returns (bool) {
    for (uint256 rest = People.unwrap(people); rest != 0; rest >>= 32) {
        if (uint32(rest) == PersonId.unwrap(person)) return true;
    }
    return false;
}

/// @dev `people` and then `person`. An eighth would be lost: no run has one.
function join(People people, PersonId person) pure returns (People) {
    uint256 place = 0;
    while (People.unwrap(people) >> place != 0) place += 32;
    return People.wrap(People.unwrap(people) | uint224(PersonId.unwrap(person)) << uint224(place));
}

function list(People people) pure returns (PersonId[] memory numbers) {
    uint256 count = 0;
    while (People.unwrap(people) >> (32 * count) != 0) count++;

    numbers = new PersonId[](count);
    for (uint256 i = 0; i < count; i++) {
        numbers[i] = PersonId.wrap(uint32(People.unwrap(people) >> (32 * i)));
    }
}
