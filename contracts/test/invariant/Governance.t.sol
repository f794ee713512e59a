// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAuthority } from "../../src/interfaces/IAuthority.sol";
import { AgencyId, DISPUTE_DESK, ProgrammeId } from "../../src/types/Ids.sol";
import { Officer } from "../../src/types/Office.sol";
import { Governors } from "./Governors.sol";
import { Watch } from "./Watch.sol";

/// @notice Whoever governs, in any order: what a key was at a block that has passed never changes, a
/// revoked key stays revoked, and there are never fewer hands than two agencies' on the Registry.
contract GovernanceTest is Watch {
    ProgrammeId private constant PROGRAMME = ProgrammeId.wrap("OAA");

    Governors private _people;

    function setUp() public {
        _people = new Governors();
        _people.start();
        bytes4[] memory acts = new bytes4[](20);
        acts[0] = Governors.seatOfficer.selector;
        acts[1] = Governors.seatOfficer.selector;
        acts[2] = Governors.rotateOfficer.selector;
        acts[3] = Governors.revokeOfficer.selector;
        acts[4] = Governors.changeGovernors.selector;
        acts[5] = Governors.changeTerms.selector;
        acts[6] = Governors.remember.selector;
        acts[7] = Governors.wait.selector;
        acts[8] = Governors.signTooFew.selector;
        acts[9] = Governors.signTwice.selector;
        acts[10] = Governors.signFromOutside.selector;
        acts[11] = Governors.deployerAlone.selector;
        acts[12] = Governors.replay.selector;
        acts[13] = Governors.weaken.selector;
        acts[14] = Governors.shareAnAgency.selector;
        acts[15] = Governors.shareAKey.selector;
        acts[16] = Governors.seatAgain.selector;
        acts[17] = Governors.signAfterwards.selector;
        acts[18] = Governors.nameContract.selector;
        acts[19] = Governors.nameAgain.selector;
        targetContract(address(_people));
        targetSelector(FuzzSelector({ addr: address(_people), selectors: acts }));
    }

    /// forge-config: default.invariant.fail-on-revert = true
    /// forge-config: deep.invariant.fail-on-revert = true
    function invariant_WhoMaySpeakIsWhatGovernorsOfTwoAgenciesSaid() public view {
        _checkWitness(_people);
        _checkGovernors();
        _checkNames();
        _checkSeat(_people.taken() % _people.seats());
        uint256 count = _people.answers();
        if (count != 0) _checkAnswer(_people.taken() % count);
    }

    /// @dev After the last call of each sequence: every seat and every answer, not one by one.
    function afterInvariant() public {
        _people.deployerAlone();
        _checkCampaign(_people);
        for (uint256 i = 0; i < _people.seats(); i++) {
            _checkSeat(i);
        }
        for (uint256 i = 0; i < _people.answers(); i++) {
            _checkAnswer(i);
        }
    }

    function _checkGovernors() private view {
        (address[] memory keys, AgencyId[] memory agencies, uint8 threshold) =
            _people.book().governors();
        (address[] memory ghosts, AgencyId[] memory ghostAgencies) = _people.governors();
        assertEq(threshold, _people.threshold());
        assertEq(keys.length, ghosts.length);
        assertGe(threshold, 2, "never one alone");
        assertLe(threshold, keys.length, "never more than there are");
        for (uint256 i = 0; i < keys.length; i++) {
            assertEq(keys[i], ghosts[i]);
            assertTrue(agencies[i] == ghostAgencies[i]);
            for (uint256 j = 0; j < i; j++) {
                assertTrue(keys[i] != keys[j] && agencies[i] != agencies[j], "of other agencies");
            }
        }
    }

    /// @dev The contract named last is the one, and all before it are remembered.
    function _checkNames() private view {
        (, uint64 noticeSeconds,) = _people.book().termsOf(PROGRAMME, 0);
        assertEq(noticeSeconds, _people.noticeSeconds());
        uint256 count = _people.names();
        for (uint256 i = 0; i < count; i++) {
            assertTrue(_people.book().wasNamed(DISPUTE_DESK, _people.named(i)), "named for ever");
        }
        address last = count == 0 ? address(0) : _people.named(count - 1);
        assertEq(_people.book().contractNamed(DISPUTE_DESK), last);
    }

    /// @dev Valid from the block of the seat to that of the revocation, and not one longer.
    function _checkSeat(uint256 i) private view {
        Governors.Seat memory seat = _people.seat(i);
        uint256 last = seat.revokedBlock == 0 ? block.number : seat.revokedBlock;
        _checkAt(seat, seat.seatedBlock - 1, false);
        _checkAt(seat, seat.seatedBlock, true);
        _checkAt(seat, last, true);
        if (seat.revokedBlock == 0) return;
        _checkAt(seat, seat.revokedBlock + 1, false);
        bytes memory ask = abi.encodeWithSignature("signer(address)", seat.signed.key);
        (bool done, bytes memory answer) = address(_people.book()).staticcall(ask);
        assertFalse(done, "a revoked key stays revoked");
        assertEq(bytes4(answer), IAuthority.Authority_Revoked.selector);
    }

    function _checkAt(Governors.Seat memory seat, uint256 blockNumber, bool valid) private view {
        Officer memory held = _people.book().officerAt(seat.signed.key, blockNumber);
        assertEq(held.seatedBlock != 0, valid, "valid at a block");
        if (!valid) return;
        assertTrue(held.agency == seat.signed.agency && held.person == seat.signed.person);
        assertEq(held.roles, seat.signed.roles);
        assertEq(held.validFrom, seat.signed.validFrom);
        assertEq(held.validUntil, seat.signed.validUntil);
    }

    function _checkAnswer(uint256 i) private view {
        assertTrue(_people.isAnsweredAsBefore(i), "what was valid at a block never changes");
    }
}
