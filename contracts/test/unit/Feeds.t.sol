// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IEvidenceLog } from "../../src/interfaces/IEvidenceLog.sol";
import { LogTree } from "../../src/libraries/LogTree.sol";
import { Feed } from "../../src/types/Evidence.sol";
import { OpenFeed, RotateFeed } from "../../src/types/EvidenceStatements.sol";
import { Role } from "../../src/types/Office.sol";
import { City } from "../city/City.sol";

/// @notice Feeds grow and do nothing else.
contract FeedsTest is City {
    bytes32[] private _none;
    bytes32 private _one = LogTree.leaf("entry 1");
    bytes32 private _two = LogTree.leaf("entry 2");
    bytes32 private _both = LogTree.node(LogTree.leaf("entry 1"), LogTree.leaf("entry 2"));

    function test_AFeedBelongsToTheAgencyThatOpenedIt() public {
        OpenFeed memory s = _opening();
        vm.expectEmit(address(evidence));
        emit IEvidenceLog.FeedOpened(FEED, CITY, s.vkeyDigest, s.cadenceSeconds);
        _open(s, ORACLE);

        Feed memory head = evidence.feed(FEED);
        assertTrue(head.agency == CITY);
        assertEq(head.size, 0);
        assertEq(head.root, sha256(""));
    }

    function test_AFeedIsOpenedOnce() public {
        _open(_opening(), ORACLE);
        OpenFeed memory s = _opening();
        s.cadenceSeconds = 1;
        _refused(abi.encodeWithSelector(IEvidenceLog.EvidenceLog_FeedExists.selector, FEED));
        _open(s, ORACLE);
    }

    function test_AFeedWithoutKeyIsRefused() public {
        OpenFeed memory s = _opening();
        s.vkeyDigest = 0;
        _refused(abi.encodeWithSelector(IEvidenceLog.EvidenceLog_NoKey.selector, FEED));
        _open(s, ORACLE);
    }

    function test_AFeedWithoutCadenceIsRefused() public {
        OpenFeed memory s = _opening();
        s.cadenceSeconds = 0;
        _refused(abi.encodeWithSelector(IEvidenceLog.EvidenceLog_NoCadence.selector, FEED));
        _open(s, ORACLE);
    }

    function test_OnlyAnOracleOpensAFeed() public {
        _refused(_roleMissing(PREPARER, Role.ORACLE, Role.PREPARE));
        _open(_opening(), PREPARER);
    }

    function test_OnlyAnOracleAnchorsAFeed() public {
        _open(_opening(), ORACLE);
        _refused(_roleMissing(PREPARER, Role.ORACLE, Role.PREPARE));
        _anchor(_anchor(1, _one), _none, PREPARER);
    }

    function test_TheFirstHeadNeedsNoProof() public {
        _open(_opening(), ORACLE);
        skip(1 hours);
        _anchor(_anchor(1, _one), _none, ORACLE);

        Feed memory head = evidence.feed(FEED);
        assertEq(head.size, 1);
        assertEq(head.root, _one);
        assertEq(head.anchoredAt, block.timestamp);
    }

    function test_TheFirstHeadTakesNoProof() public {
        _open(_opening(), ORACLE);
        _refused(abi.encodeWithSelector(LogTree.LogTree_ProofTooLong.selector, 1));
        _anchor(_anchor(1, _one), _proof(_two), ORACLE);
    }

    function test_ANewHeadExtendsTheLastOne() public {
        _open(_opening(), ORACLE);
        _anchor(_anchor(1, _one), _none, ORACLE);
        _anchor(_anchor(2, _both), _proof(_two), ORACLE);
        assertEq(evidence.feed(FEED).root, _both);
    }

    function test_AHeadThatRewritesHistoryIsRefused() public {
        _open(_opening(), ORACLE);
        _anchor(_anchor(1, _one), _none, ORACLE);
        bytes32 rewritten = LogTree.node(LogTree.leaf("another entry 1"), _two);
        _refused(abi.encodeWithSelector(LogTree.LogTree_RootMismatch.selector, rewritten, _both));
        _anchor(_anchor(2, rewritten), _proof(_two), ORACLE);
    }

    function test_AHeadOfTheSameSizeIsRefused() public {
        _open(_opening(), ORACLE);
        _anchor(_anchor(1, _one), _none, ORACLE);
        _refused(abi.encodeWithSelector(IEvidenceLog.EvidenceLog_FeedNotGrown.selector, FEED, 1, 1));
        _anchor(_anchor(1, _two), _none, ORACLE);
    }

    function test_AnUnknownFeedIsNotAnchored() public {
        _refused(abi.encodeWithSelector(IEvidenceLog.EvidenceLog_UnknownFeed.selector, FEED));
        _anchor(_anchor(1, _one), _none, ORACLE);
    }

    function test_AnotherAgencyDoesNotAnchorTheFeed() public {
        _open(_opening(), ORACLE);
        _seat(_officer(STRANGER, BANK, Role.ORACLE));
        _refused(
            abi.encodeWithSelector(IEvidenceLog.EvidenceLog_NotOwner.selector, FEED, CITY, BANK)
        );
        _anchor(_anchor(1, _one), _none, STRANGER);
    }

    // Rotation and lateness

    function test_AFeedIsSignedWithAnotherKeyAndGoesOn() public {
        _open(_opening(), ORACLE);
        _anchor(_anchor(1, _one), _none, ORACLE);
        RotateFeed memory s = _rotation();
        vm.expectEmit(address(evidence));
        emit IEvidenceLog.FeedRotated(FEED, s.vkeyDigest, s.cadenceSeconds);
        _rotate(s, ORACLE);
        _anchor(_anchor(2, _both), _proof(_two), ORACLE);
        assertEq(evidence.feed(FEED).vkeyDigest, s.vkeyDigest);
        assertEq(evidence.feed(FEED).size, 2);
    }

    function test_OnlyTheOwnerRotates() public {
        _refused(abi.encodeWithSelector(IEvidenceLog.EvidenceLog_UnknownFeed.selector, FEED));
        _rotate(_rotation(), ORACLE);
        _open(_opening(), ORACLE);
        _refused(_roleMissing(PREPARER, Role.ORACLE, Role.PREPARE));
        _rotate(_rotation(), PREPARER);
        _seat(_officer(STRANGER, BANK, Role.ORACLE));
        _refused(
            abi.encodeWithSelector(IEvidenceLog.EvidenceLog_NotOwner.selector, FEED, CITY, BANK)
        );
        _rotate(_rotation(), STRANGER);
    }

    function test_ARotationKeepsAKeyAndACadence() public {
        _open(_opening(), ORACLE);
        RotateFeed memory s = _rotation();
        s.vkeyDigest = 0;
        _refused(abi.encodeWithSelector(IEvidenceLog.EvidenceLog_NoKey.selector, FEED));
        _rotate(s, ORACLE);
        s = _rotation();
        s.cadenceSeconds = 0;
        _refused(abi.encodeWithSelector(IEvidenceLog.EvidenceLog_NoCadence.selector, FEED));
        _rotate(s, ORACLE);
    }

    function test_AFeedIsLateOnlyAfterItsCadence() public {
        assertEq(evidence.lateSeconds(FEED), 0);
        _open(_opening(), ORACLE);
        skip(1 days);
        assertEq(evidence.lateSeconds(FEED), 0);
        skip(60);
        assertEq(evidence.lateSeconds(FEED), 60);
    }

    function test_ALateHeadIsTakenAndToldToBeLate() public {
        _open(_opening(), ORACLE);
        skip(1 days + 60);
        vm.expectEmit(address(evidence));
        emit IEvidenceLog.FeedLate(FEED, 60);
        _anchor(_anchor(1, _one), _none, ORACLE);
        assertEq(evidence.lateSeconds(FEED), 0);
    }

    function test_AHeadInTimeIsNotToldToBeLate() public {
        _open(_opening(), ORACLE);
        skip(1 days);
        vm.recordLogs();
        _anchor(_anchor(1, _one), _none, ORACLE);
        assertEq(vm.getRecordedLogs().length, 2);
    }

    function _proof(bytes32 node) private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](1);
        proof[0] = node;
    }
}
