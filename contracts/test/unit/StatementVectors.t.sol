// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { stdJson } from "forge-std/StdJson.sol";
import { Test } from "forge-std/Test.sol";

import {
    AnchorFeed,
    EvidenceStatements,
    OpenFeed,
    PublishNotice
} from "../../src/types/EvidenceStatements.sol";
import {
    Allot,
    Approve,
    LedgerStatements,
    PassOn,
    Prepare,
    Reject,
    Release,
    Review,
    Settle
} from "../../src/types/LedgerStatements.sol";
import {
    RegisterProgramme,
    RegistryStatements,
    RevokeOfficer,
    SeatAgency,
    SeatOfficer,
    SetGovernors
} from "../../src/types/RegistryStatements.sol";

/// @notice The EIP-712 struct hash of every statement, against an encoder that is not ours.
contract StatementVectorsTest is Test {
    using stdJson for string;
    using EvidenceStatements for *;
    using LedgerStatements for *;
    using RegistryStatements for *;

    string private _json;

    function setUp() public {
        _json = vm.readFile("tests/vectors/statements.json");
    }

    function test_SeatAgencyHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("SeatAgency");
        assertEq(this.hashSeatAgency(abi.decode(message, (SeatAgency))), expected);
    }

    function test_SeatOfficerHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("SeatOfficer");
        assertEq(this.hashSeatOfficer(abi.decode(message, (SeatOfficer))), expected);
    }

    function test_RevokeOfficerHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("RevokeOfficer");
        assertEq(this.hashRevokeOfficer(abi.decode(message, (RevokeOfficer))), expected);
    }

    function test_RegisterProgrammeHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("RegisterProgramme");
        assertEq(this.hashRegisterProgramme(abi.decode(message, (RegisterProgramme))), expected);
    }

    function test_SetGovernorsHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("SetGovernors");
        assertEq(this.hashSetGovernors(abi.decode(message, (SetGovernors))), expected);
    }

    function test_OpenFeedHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("OpenFeed");
        assertEq(this.hashOpenFeed(abi.decode(message, (OpenFeed))), expected);
    }

    function test_AnchorFeedHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("AnchorFeed");
        assertEq(this.hashAnchorFeed(abi.decode(message, (AnchorFeed))), expected);
    }

    function test_PublishNoticeHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("PublishNotice");
        assertEq(this.hashPublishNotice(abi.decode(message, (PublishNotice))), expected);
    }

    function test_AllotHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("Allot");
        assertEq(this.hashAllot(abi.decode(message, (Allot))), expected);
    }

    function test_PassOnHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("PassOn");
        assertEq(this.hashPassOn(abi.decode(message, (PassOn))), expected);
    }

    function test_PrepareHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("Prepare");
        assertEq(this.hashPrepare(abi.decode(message, (Prepare))), expected);
    }

    function test_ReviewHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("Review");
        assertEq(this.hashReview(abi.decode(message, (Review))), expected);
    }

    function test_ApproveHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("Approve");
        assertEq(this.hashApprove(abi.decode(message, (Approve))), expected);
    }

    function test_ReleaseHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("Release");
        assertEq(this.hashRelease(abi.decode(message, (Release))), expected);
    }

    function test_SettleHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("Settle");
        assertEq(this.hashSettle(abi.decode(message, (Settle))), expected);
    }

    function test_RejectHashesAsItsVector() public view {
        (bytes memory message, bytes32 expected) = _case("Reject");
        assertEq(this.hashReject(abi.decode(message, (Reject))), expected);
    }

    function test_ATypeWithoutAVectorIsNoticed() public {
        vm.expectRevert("no vector for Nothing");
        this.readCase("Nothing");
    }

    function readCase(string memory name) external view returns (bytes memory, bytes32) {
        return _case(name);
    }

    function _case(string memory name)
        private
        view
        returns (bytes memory message, bytes32 expected)
    {
        for (uint256 i = 0; i < 64; i++) {
            string memory at = string.concat(".cases[", vm.toString(i), "]");
            if (!vm.keyExistsJson(_json, at)) break;
            string memory found = _json.readString(string.concat(at, ".type"));
            if (keccak256(bytes(found)) != keccak256(bytes(name))) continue;
            string memory typeString = _json.readString(string.concat(at, ".type_string"));
            expected = _json.readBytes32(string.concat(at, ".struct_hash"));
            return (vm.parseJsonType(_json, string.concat(at, ".message"), typeString), expected);
        }
        revert(string.concat("no vector for ", name));
    }

    function hashSeatAgency(SeatAgency calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashSeatOfficer(SeatOfficer calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashRevokeOfficer(RevokeOfficer calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashRegisterProgramme(RegisterProgramme calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashSetGovernors(SetGovernors calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashOpenFeed(OpenFeed calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashAnchorFeed(AnchorFeed calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashPublishNotice(PublishNotice calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashAllot(Allot calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashPassOn(PassOn calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashPrepare(Prepare calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashReview(Review calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashApprove(Approve calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashRelease(Release calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashSettle(Settle calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hashReject(Reject calldata s) external pure returns (bytes32) {
        return s.hash();
    }
}
