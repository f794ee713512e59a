// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { EvidenceLog } from "../../src/EvidenceLog.sol";
import { IAuthority } from "../../src/interfaces/IAuthority.sol";
import { IEvidenceLog } from "../../src/interfaces/IEvidenceLog.sol";
import { IStatements } from "../../src/interfaces/IStatements.sol";
import { LogTree } from "../../src/libraries/LogTree.sol";
import { Feed, Notice } from "../../src/types/Evidence.sol";
import {
    AnchorFeed,
    OpenFeed,
    PublishNotice,
    RotateFeed
} from "../../src/types/EvidenceStatements.sol";
import { FeedId, NoticeId } from "../../src/types/Ids.sol";
import { Role } from "../../src/types/Office.sol";
import { LogTrees } from "../LogTrees.sol";
import { City } from "../city/City.sol";
import { Witness } from "./Witness.sol";

/// @notice Departments that write their logs and show their rosters, and that would like to have
/// written something else; with a ghost of every leaf and every roster. What is lawful here is
/// always taken.
contract Departments is City, Witness {
    using LogTrees for bytes32[];

    uint256 public constant FEEDS = 2;
    uint256 private constant OTHER_ORACLE = 0xe3;

    struct Head {
        uint64 size;
        bytes32 root;
    }

    struct GhostFeed {
        bytes32[] leaves;
        Head[] heads;
        Feed head;
    }

    GhostFeed[FEEDS] private _ghosts;
    NoticeId[] private _notices;
    mapping(NoticeId => bytes32) private _shown;
    uint256 private _number;
    bytes private _lastAct;

    function start() external {
        City.setUp();
        _seat(_officer(OTHER_ORACLE, DISTRICT, Role.ORACLE));
        for (uint256 f = 0; f < FEEDS; f++) {
            OpenFeed memory s = _opening();
            s.feed = feedId(f);
            _open(s, _oracle(f));
            _ghosts[f].head =
                Feed(f == 0 ? CITY : DISTRICT, s.vkeyDigest, LogTree.EMPTY, 0, 1 days, _now());
        }
    }

    // What is asked about

    function book() external view returns (EvidenceLog) {
        return evidence;
    }

    function feedId(uint256 f) public pure returns (FeedId) {
        return f == 0 ? FEED : FeedId.wrap("death-register");
    }

    function ghost(uint256 f) external view returns (Feed memory) {
        return _ghosts[f].head;
    }

    /// @notice Whether every head that was ever anchored is one of the log that now stands there.
    function isOneLog(uint256 f) external view returns (bool) {
        bytes32[] memory leaves = _ghosts[f].leaves;
        Head[] storage heads = _ghosts[f].heads;
        for (uint256 i = 0; i < heads.length; i++) {
            if (i != 0 && heads[i].size <= heads[i - 1].size) return false;
            if (leaves.root(heads[i].size) != heads[i].root) return false;
        }
        return true;
    }

    function notices() external view returns (uint256) {
        return _notices.length;
    }

    function isShownAsBefore(uint256 i) external view returns (bool) {
        return keccak256(abi.encode(evidence.notice(_notices[i]))) == _shown[_notices[i]];
    }

    // What departments do

    function grow(uint256 f, uint256 entries) external act {
        f %= FEEDS;
        skip(1);
        GhostFeed storage log = _ghosts[f];
        for (uint256 i = 0; i <= entries % 4; i++) {
            log.leaves.push(LogTree.leaf(abi.encode(f, ++_number)));
        }
        (AnchorFeed memory s, bytes32[] memory proof) = _growth(f, log.leaves);
        bytes memory signature = _signed(address(evidence), ANCHOR_FEED, abi.encode(s), _oracle(f));
        evidence.anchorFeed(s, proof, signature);
        _lastAct = abi.encodeCall(IEvidenceLog.anchorFeed, (s, proof, signature));
        (log.head.size, log.head.root, log.head.anchoredAt) = (s.size, s.root, _now());
        Feed memory anchored = evidence.feed(feedId(f));
        log.heads.push(Head(anchored.size, anchored.root));
    }

    function rotate(uint256 f, bytes32 vkeyDigest, uint32 cadence) external act {
        f %= FEEDS;
        skip(1);
        RotateFeed memory s = _rotation();
        (s.feed, s.vkeyDigest) = (feedId(f), keccak256(abi.encode(vkeyDigest)));
        s.cadenceSeconds = 1 + cadence % 2 days;
        _rotate(s, _oracle(f));
        (_ghosts[f].head.vkeyDigest, _ghosts[f].head.cadenceSeconds) =
        (s.vkeyDigest, s.cadenceSeconds);
    }

    function publish(bytes32 root, uint64 totalFen, uint32 longer) external act {
        PublishNotice memory s = _fresh();
        (s.root, s.totalFen) = (keccak256(abi.encode(root)), totalFen / 2 + 1);
        s.closesAt += longer;
        _publish(s, PUBLISHER);
        _notices.push(s.notice);
        Notice memory shown = Notice({
            programme: s.programme,
            agency: DISTRICT,
            period: s.period,
            root: s.root,
            totalFen: uint64(s.totalFen),
            count: s.count,
            opensAt: s.opensAt,
            closesAt: s.closesAt
        });
        _shown[s.notice] = keccak256(abi.encode(shown));
    }

    function wait(uint32 time) external {
        skip(1 + time % 3 days);
    }

    // What they may not do

    function shrink(uint256 f, uint256 seed) external {
        f %= FEEDS;
        bytes32[] memory leaves = _ghosts[f].leaves;
        uint256 size = seed % (leaves.length + 1);
        AnchorFeed memory s = _anchor(uint64(size), leaves.root(size));
        if (size == leaves.length) s.root = keccak256(abi.encode(seed));
        bytes32[] memory proof = new bytes32[](0);
        _tryToAnchor(f, s, proof, IEvidenceLog.EvidenceLog_FeedNotGrown.selector, "a shorter log");
    }

    /// @dev A log with one old entry changed, proved as well as it can be.
    function fork(uint256 f, uint256 seed) external {
        f %= FEEDS;
        bytes32[] memory leaves = _longer(_ghosts[f].leaves, 1 + seed % 3);
        uint256 old = leaves.length - 1 - seed % 3;
        if (old == 0) return;
        leaves[(seed >> 8) % old] = keccak256(abi.encode(seed));
        (AnchorFeed memory s, bytes32[] memory proof) = _growth(f, leaves);
        _tryToAnchor(f, s, proof, LogTree.LogTree_RootMismatch.selector, "a fork");
    }

    function growUnproved(uint256 f, uint256 seed) external {
        f %= FEEDS;
        if (_ghosts[f].head.size == 0) return;
        (AnchorFeed memory s,) = _growth(f, _longer(_ghosts[f].leaves, 1 + seed % 3));
        bytes32[] memory proof = new bytes32[](0);
        _tryToAnchor(f, s, proof, LogTree.LogTree_ProofTooShort.selector, "a growth unproved");
    }

    function growAnothers(uint256 f, uint256 seed) external {
        f %= FEEDS;
        bytes32[] memory leaves = _longer(_ghosts[f].leaves, 1 + seed % 3);
        (AnchorFeed memory s, bytes32[] memory proof) = _growth(f, leaves);
        bool stranger = seed % 2 == 0;
        bytes4 error = stranger
            ? IAuthority.Authority_RoleMissing.selector
            : IEvidenceLog.EvidenceLog_NotOwner.selector;
        uint256 key = stranger ? PREPARER : _oracle(1 - f);
        bytes memory signature = _signed(address(evidence), ANCHOR_FEED, abi.encode(s), key);
        bytes memory call = abi.encodeCall(IEvidenceLog.anchorFeed, (s, proof, signature));
        _attack(address(evidence), call, error, "another's log");
    }

    function replay() external {
        if (_lastAct.length == 0) return;
        _attack(address(evidence), _lastAct, IStatements.AlreadyRecorded.selector, "a replay");
    }

    /// @dev The roster is swapped once it hangs on the wall.
    function publishAgain(uint256 seed) external {
        if (_notices.length == 0) return;
        PublishNotice memory s = _fresh();
        s.notice = _notices[seed % _notices.length];
        s.root = keccak256(abi.encode(seed));
        _tryToPublish(s, IEvidenceLog.EvidenceLog_NoticeExists.selector, "a swapped roster");
    }

    function publishTooMuch(uint64 over) external {
        PublishNotice memory s = _fresh();
        s.totalFen = uint128(type(uint64).max) + 1 + over;
        _tryToPublish(s, IEvidenceLog.EvidenceLog_TooMuch.selector, "more than a fund can hold");
    }

    function publishForTooShort(uint32 early) external {
        PublishNotice memory s = _fresh();
        s.closesAt -= 1 + early % NOTICE_SECONDS;
        _tryToPublish(s, IEvidenceLog.EvidenceLog_NoticeTooShort.selector, "a short notice");
    }

    function publishBackdated(uint32 early) external {
        PublishNotice memory s = _fresh();
        s.opensAt -= 1 + early % 365 days;
        _tryToPublish(s, IEvidenceLog.EvidenceLog_NoticeBackdated.selector, "a backdated notice");
    }

    // How

    function _tryToAnchor(
        uint256 f,
        AnchorFeed memory s,
        bytes32[] memory proof,
        bytes4 error,
        string memory rule
    ) private {
        s.feed = feedId(f);
        s.basis.document = keccak256(abi.encode(++_number));
        bytes memory signature = _signed(address(evidence), ANCHOR_FEED, abi.encode(s), _oracle(f));
        bytes memory call = abi.encodeCall(IEvidenceLog.anchorFeed, (s, proof, signature));
        _attack(address(evidence), call, error, rule);
    }

    function _tryToPublish(PublishNotice memory s, bytes4 error, string memory rule) private {
        bytes memory signature =
            _signed(address(evidence), PUBLISH_NOTICE, abi.encode(s), PUBLISHER);
        bytes memory call = abi.encodeCall(IEvidenceLog.publishNotice, (s, signature));
        _attack(address(evidence), call, error, rule);
    }

    /// @dev The whole of `leaves`, proved from the head that stands.
    function _growth(uint256 f, bytes32[] memory leaves)
        private
        view
        returns (AnchorFeed memory s, bytes32[] memory proof)
    {
        s = _anchor(uint64(leaves.length), leaves.root(leaves.length));
        s.feed = feedId(f);
        proof = leaves.consistency(_ghosts[f].head.size, leaves.length);
    }

    function _longer(bytes32[] memory leaves, uint256 entries)
        private
        pure
        returns (bytes32[] memory longer)
    {
        longer = new bytes32[](leaves.length + entries);
        for (uint256 i = 0; i < longer.length; i++) {
            longer[i] = i < leaves.length ? leaves[i] : keccak256(abi.encode("another", i));
        }
    }

    function _fresh() private returns (PublishNotice memory s) {
        s = _notice();
        s.notice = NoticeId.wrap(bytes32(abi.encodePacked("n", bytes(vm.toString(++_number)))));
    }

    function _oracle(uint256 f) private pure returns (uint256) {
        return f == 0 ? ORACLE : OTHER_ORACLE;
    }

    function _now() private view returns (uint64) {
        return uint64(block.timestamp);
    }
}
