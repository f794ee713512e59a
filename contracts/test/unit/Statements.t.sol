// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAuthority } from "../../src/interfaces/IAuthority.sol";
import { IStatements } from "../../src/interfaces/IStatements.sol";
import { Allot } from "../../src/types/LedgerStatements.sol";
import { Role } from "../../src/types/Office.sol";
import { SeatOfficer } from "../../src/types/RegistryStatements.sol";
import { City } from "../city/City.sol";
import { Signing } from "../city/Signing.sol";

/// @notice What holds for every statement, shown on an allotment.
contract StatementsTest is City {
    using Signing for bytes32;

    uint256 private constant ORDER =
        0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function test_AnyAccountRelaysAndOnlyTheSignerCounts() public {
        Allot memory s = _allotment();
        bytes32 statement = _digest(s);
        bytes memory signature = statement.sign(BUDGETER);
        vm.expectEmit(address(ledger));
        emit IStatements.StatementRecorded(statement, vm.addr(BUDGETER));
        vm.prank(address(0xcafe));
        ledger.allot(s, signature);

        assertEq(ledger.recordedAt(statement), block.number);
    }

    function test_ASecondRecordingIsAnsweredByItsName() public {
        _allot(_allotment(), BUDGETER);

        bytes32 statement = _digest(_allotment());
        _refused(abi.encodeWithSelector(IStatements.AlreadyRecorded.selector, statement));
        _allot(_allotment(), BUDGETER);
    }

    function test_ASecondRecordingIsNamedEvenWithARottenSignatureAndAfterItsDeadline() public {
        Allot memory s = _allotment();
        _allot(s, BUDGETER);
        skip(2 days);

        bytes32 statement = _digest(s);
        vm.expectRevert(abi.encodeWithSelector(IStatements.AlreadyRecorded.selector, statement));
        ledger.allot(s, hex"00");
    }

    function test_AStatementWithoutADocumentIsRefused() public {
        Allot memory s = _allotment();
        s.basis.document = 0;
        _refused(abi.encodeWithSelector(IStatements.Statements_NoDocument.selector, _digest(s)));
        _allot(s, BUDGETER);
    }

    function test_AStatementOfTheFutureIsRefused() public {
        Allot memory s = _allotment();
        s.basis.signedAt = uint64(block.timestamp) + 1;
        _refused(
            abi.encodeWithSelector(
                IStatements.Statements_SignedInFuture.selector, s.basis.signedAt, block.timestamp
            )
        );
        _allot(s, BUDGETER);
    }

    function test_AStatementStandsInTheSecondOfItsDeadline() public {
        Allot memory s = _allotment();
        vm.warp(s.basis.deadline);
        _allot(s, BUDGETER);
    }

    function test_AStatementAfterItsDeadlineIsRefused() public {
        Allot memory s = _allotment();
        vm.warp(s.basis.deadline + 1);
        _refused(
            abi.encodeWithSelector(
                IStatements.Statements_DeadlinePassed.selector, s.basis.deadline, block.timestamp
            )
        );
        _allot(s, BUDGETER);
    }

    function test_AShortSignatureIsRefused() public {
        Allot memory s = _allotment();
        vm.expectRevert(abi.encodeWithSelector(IStatements.Statements_SignatureLength.selector, 64));
        ledger.allot(s, new bytes(64));
    }

    function test_AMalleatedSignatureIsRefused() public {
        Allot memory draft = _allotment();
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(BUDGETER, _digest(draft));
        bytes32 high = bytes32(ORDER - uint256(s));
        bytes memory twin = abi.encodePacked(r, high, v == 27 ? uint8(28) : uint8(27));

        vm.expectRevert(
            abi.encodeWithSelector(IStatements.Statements_SignatureMalleable.selector, high)
        );
        ledger.allot(draft, twin);
    }

    function test_AnAllZeroSignatureIsRefused() public {
        Allot memory s = _allotment();
        vm.expectRevert(IStatements.Statements_SignatureInvalid.selector);
        ledger.allot(s, new bytes(65));
    }

    function test_ASignatureForAnotherContractIsASignerWithoutSeat() public {
        Allot memory s = _allotment();
        bytes32 foreign = Signing.digest(address(evidence), ALLOT, abi.encode(s));
        _notSeated(s, foreign);
    }

    function test_ASignatureForAnotherChainIsASignerWithoutSeat() public {
        Allot memory s = _allotment();
        bytes32 foreign = Signing.digestOn(1, address(ledger), ALLOT, abi.encode(s));
        _notSeated(s, foreign);
    }

    function test_AFieldChangedAfterSigningIsASignerWithoutSeat() public {
        Allot memory s = _allotment();
        bytes32 signed = _digest(s);
        s.amountFen += 1;
        _notSeated(s, signed);
    }

    function test_AStrangerSignsNothing() public {
        Allot memory s = _allotment();
        _refused(abi.encodeWithSelector(IAuthority.Authority_NotSeated.selector, vm.addr(STRANGER)));
        _allot(s, STRANGER);
    }

    function test_AnOfficerBeforeTheTermSignsNothing() public {
        SeatOfficer memory seat = _officer(STRANGER, FINANCE, Role.BUDGET);
        seat.validFrom += 1;
        _seat(seat);
        _refused(
            abi.encodeWithSelector(
                IAuthority.Authority_NotYetValid.selector, seat.key, seat.validFrom
            )
        );
        _allot(_allotment(), STRANGER);
    }

    function test_AnOfficerSignsInTheLastSecondOfTheTerm() public {
        SeatOfficer memory seat = _officer(BUDGETER, FINANCE, Role.BUDGET);
        vm.warp(seat.validUntil);
        _allot(_allotment(), BUDGETER);
    }

    function test_AnOfficerAfterTheTermSignsNothing() public {
        uint64 validUntil = _officer(BUDGETER, FINANCE, Role.BUDGET).validUntil;
        vm.warp(validUntil + 1);
        _refused(
            abi.encodeWithSelector(
                IAuthority.Authority_Expired.selector, vm.addr(BUDGETER), validUntil
            )
        );
        _allot(_allotment(), BUDGETER);
    }

    function test_ARevokedKeySignsNothingFromThatBlockOn() public {
        _revoke(_revocation(BUDGETER));
        _refused(
            abi.encodeWithSelector(
                IAuthority.Authority_Revoked.selector, vm.addr(BUDGETER), block.number
            )
        );
        _allot(_allotment(), BUDGETER);
    }

    function test_AnOfficerWithoutTheRoleIsRefused() public {
        _refused(
            abi.encodeWithSelector(
                IAuthority.Authority_RoleMissing.selector,
                vm.addr(REVIEWER),
                Role.BUDGET,
                Role.REVIEW
            )
        );
        _allot(_allotment(), REVIEWER);
    }

    function _digest(Allot memory s) private view returns (bytes32) {
        return Signing.digest(address(ledger), ALLOT, abi.encode(s));
    }

    /// @dev What BUDGETER signed is not `s`, so it names a signer whom nobody knows.
    function _notSeated(Allot memory s, bytes32 signed) private {
        (uint8 v, bytes32 r, bytes32 half) = vm.sign(BUDGETER, signed);
        address nobody = ecrecover(_digest(s), v, r, half);
        vm.expectRevert(abi.encodeWithSelector(IAuthority.Authority_NotSeated.selector, nobody));
        ledger.allot(s, abi.encodePacked(r, half, v));
    }
}
