// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Authority } from "./base/Authority.sol";
import { IEvidenceLog } from "./interfaces/IEvidenceLog.sol";
import { IRegistry } from "./interfaces/IRegistry.sol";
import { Codes } from "./libraries/Codes.sol";
import { LogTree } from "./libraries/LogTree.sol";
import { Feed, Notice } from "./types/Evidence.sol";
import {
    AnchorFeed,
    EvidenceStatements,
    OpenFeed,
    PublishNotice,
    RotateFeed
} from "./types/EvidenceStatements.sol";
import {
    AgencyId,
    EVIDENCE_LOG,
    FeedId,
    NO_AGENCY,
    NoticeId,
    Period,
    ProgrammeId
} from "./types/Ids.sol";
import { AgencyKind, Role, Signer } from "./types/Office.sol";

/// @title EvidenceLog
/// @notice See IEvidenceLog.
contract EvidenceLog is IEvidenceLog, Authority {
    using EvidenceStatements for *;

    mapping(FeedId id => Feed) private _feeds;
    mapping(NoticeId id => Notice) private _notices;

    constructor(IRegistry registry_) Authority(registry_) { }

    /// @inheritdoc IEvidenceLog
    function openFeed(OpenFeed calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        FeedId id = statement.feed;
        _requireCurrent(EVIDENCE_LOG);
        _requireRole(signer, Role.ORACLE);
        Codes.check(FeedId.unwrap(id));
        if (_feeds[id].agency != NO_AGENCY) revert EvidenceLog_FeedExists({ feed: id });
        _checkKey(id, statement.vkeyDigest, statement.cadenceSeconds);

        _feeds[id] = Feed({
            agency: signer.agency,
            vkeyDigest: statement.vkeyDigest,
            root: LogTree.EMPTY,
            size: 0,
            cadenceSeconds: statement.cadenceSeconds,
            anchoredAt: uint64(block.timestamp)
        });
        emit FeedOpened(id, signer.agency, statement.vkeyDigest, statement.cadenceSeconds);
    }

    /// @inheritdoc IEvidenceLog
    function rotateFeed(RotateFeed calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        FeedId id = statement.feed;
        Feed storage head = _owned(id, signer);
        _checkKey(id, statement.vkeyDigest, statement.cadenceSeconds);

        head.vkeyDigest = statement.vkeyDigest;
        head.cadenceSeconds = statement.cadenceSeconds;
        emit FeedRotated(id, statement.vkeyDigest, statement.cadenceSeconds);
    }

    /// @inheritdoc IEvidenceLog
    function anchorFeed(
        AnchorFeed calldata statement,
        bytes32[] calldata consistencyProof,
        bytes calldata signature
    ) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        FeedId id = statement.feed;
        Feed storage head = _owned(id, signer);
        uint64 late = _lateSeconds(head);
        if (statement.size <= head.size) {
            revert EvidenceLog_FeedNotGrown({
                feed: id, anchoredSize: head.size, size: statement.size
            });
        }
        LogTree.verifyConsistency(
            head.size, statement.size, head.root, statement.root, consistencyProof
        );

        head.root = statement.root;
        head.size = statement.size;
        head.anchoredAt = uint64(block.timestamp);
        emit FeedAnchored(id, statement.size, statement.root);
        if (late != 0) emit FeedLate(id, late);
    }

    /// @inheritdoc IEvidenceLog
    function publishNotice(PublishNotice calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        NoticeId id = statement.notice;
        _requireCurrent(EVIDENCE_LOG);
        _requireRole(signer, Role.PUBLISH);
        AgencyKind kind = registry.kindOf(signer.agency);
        if (kind != AgencyKind.PROGRAMME) {
            revert EvidenceLog_WrongKind({
                agency: signer.agency, expected: AgencyKind.PROGRAMME, actual: kind
            });
        }
        Codes.check(NoticeId.unwrap(id));
        if (_notices[id].agency != NO_AGENCY) revert EvidenceLog_NoticeExists({ notice: id });
        _checkRoster(statement);
        _checkShown(statement);

        _notices[id] = Notice({
            programme: statement.programme,
            agency: signer.agency,
            period: statement.period,
            root: statement.root,
            totalFen: uint64(statement.totalFen),
            count: statement.count,
            opensAt: statement.opensAt,
            closesAt: statement.closesAt
        });
        emit NoticePublished(
            id,
            statement.programme,
            signer.agency,
            statement.period,
            statement.root,
            statement.totalFen,
            statement.count,
            statement.opensAt,
            statement.closesAt
        );
    }

    /// @inheritdoc IEvidenceLog
    function feed(FeedId id) external view returns (Feed memory) {
        return _feeds[id];
    }

    /// @inheritdoc IEvidenceLog
    function lateSeconds(FeedId id) external view returns (uint64) {
        return _lateSeconds(_feeds[id]);
    }

    /// @inheritdoc IEvidenceLog
    function notice(NoticeId id) external view returns (Notice memory) {
        return _notices[id];
    }

    /// @inheritdoc IEvidenceLog
    function noticeOf(NoticeId id, AgencyId agency, ProgrammeId programme, Period period)
        external
        view
        returns (bool same, uint64 closesAt)
    {
        Notice storage shown = _notices[id];
        same = shown.agency == agency && shown.programme == programme && shown.period == period;
        closesAt = shown.closesAt;
    }

    /// @dev The feed, if the signer is an oracle of the agency that opened it.
    function _owned(FeedId id, Signer memory signer) private view returns (Feed storage head) {
        head = _feeds[id];
        _requireRole(signer, Role.ORACLE);
        if (head.agency == NO_AGENCY) revert EvidenceLog_UnknownFeed({ feed: id });
        if (head.agency != signer.agency) {
            revert EvidenceLog_NotOwner({ feed: id, owner: head.agency, agency: signer.agency });
        }
    }

    function _lateSeconds(Feed storage head) private view returns (uint64) {
        uint256 due = uint256(head.anchoredAt) + head.cadenceSeconds;
        bool late = head.agency != NO_AGENCY && block.timestamp > due;
        return late ? uint64(block.timestamp - due) : 0;
    }

    function _checkKey(FeedId id, bytes32 vkeyDigest, uint64 cadenceSeconds) private pure {
        if (vkeyDigest == 0) revert EvidenceLog_NoKey({ feed: id });
        if (cadenceSeconds == 0) revert EvidenceLog_NoCadence({ feed: id });
    }

    function _checkRoster(PublishNotice calldata statement) private pure {
        Codes.checkPeriod(statement.period);
        if (statement.count == 0 || statement.totalFen == 0 || statement.root == 0) {
            revert EvidenceLog_EmptyNotice({ notice: statement.notice });
        }
        if (statement.totalFen > type(uint64).max) {
            revert EvidenceLog_TooMuch({ notice: statement.notice, totalFen: statement.totalFen });
        }
    }

    /// @dev A notice is shown for as long as its programme asks for, and not in the past.
    function _checkShown(PublishNotice calldata statement) private view {
        (bool known, uint64 requiredSeconds,) =
            registry.termsOf(statement.programme, statement.totalFen);
        (uint64 opensAt, uint64 closesAt) = (statement.opensAt, statement.closesAt);
        if (!known) revert EvidenceLog_UnknownProgramme({ programme: statement.programme });
        if (opensAt < block.timestamp) {
            revert EvidenceLog_NoticeBackdated({
                notice: statement.notice, opensAt: opensAt, blockTime: block.timestamp
            });
        }

        uint64 shownSeconds = closesAt > opensAt ? closesAt - opensAt : 0;
        if (shownSeconds == 0 || shownSeconds < requiredSeconds) {
            revert EvidenceLog_NoticeTooShort({
                notice: statement.notice,
                shownSeconds: shownSeconds,
                requiredSeconds: requiredSeconds
            });
        }
    }
}
