// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Feed, Notice } from "../types/Evidence.sol";
import { AnchorFeed, OpenFeed, PublishNotice, RotateFeed } from "../types/EvidenceStatements.sol";
import { AgencyId, FeedId, NoticeId, Period, ProgrammeId } from "../types/Ids.sol";
import { AgencyKind } from "../types/Office.sol";
import { IAuthority } from "./IAuthority.sol";

/// @title EvidenceLog: what departments knew, and when
/// @notice Feeds are append-only logs of records (RFC 9162); a new head is taken only with a proof
/// that it extends the last one. Notices are rosters shown to the public for a time.
/// @dev WARNING. A head proves that nothing was changed since it was anchored. It does not prove
/// that what was written was true, nor when it came to be before that.
interface IEvidenceLog is IAuthority {
    event FeedOpened(
        FeedId indexed feed, AgencyId indexed agency, bytes32 vkeyDigest, uint64 cadenceSeconds
    );
    event FeedAnchored(FeedId indexed feed, uint64 size, bytes32 root);

    /// @notice A head came `lateSeconds` after the cadence that the feed's owner promised.
    event FeedLate(FeedId indexed feed, uint64 lateSeconds);

    /// @notice The feed's checkpoints are signed with another key, or come at another cadence.
    event FeedRotated(FeedId indexed feed, bytes32 vkeyDigest, uint64 cadenceSeconds);
    event NoticePublished(
        NoticeId indexed notice,
        ProgrammeId indexed programme,
        AgencyId agency,
        Period period,
        bytes32 root,
        uint128 totalFen,
        uint64 count,
        uint64 opensAt,
        uint64 closesAt
    );

    /// @notice A feed is opened once.
    error EvidenceLog_FeedExists(FeedId feed);

    /// @notice Nobody opened this feed.
    error EvidenceLog_UnknownFeed(FeedId feed);

    /// @notice A feed has a verification key.
    error EvidenceLog_NoKey(FeedId feed);

    /// @notice A feed has a cadence.
    error EvidenceLog_NoCadence(FeedId feed);

    /// @notice The feed belongs to `owner`.
    error EvidenceLog_NotOwner(FeedId feed, AgencyId owner, AgencyId agency);

    /// @notice A new head holds more entries than the last one.
    error EvidenceLog_FeedNotGrown(FeedId feed, uint64 anchoredSize, uint64 size);

    /// @notice A notice is published once; a changed roster needs a new notice.
    error EvidenceLog_NoticeExists(NoticeId notice);

    /// @notice A roster has lines, a sum and a root.
    error EvidenceLog_EmptyNotice(NoticeId notice);

    /// @notice No roster comes to more than a fund can hold: 2^64 − 1 fen.
    error EvidenceLog_TooMuch(NoticeId notice, uint128 totalFen);

    /// @notice Only a department of kind `expected` publishes notices.
    error EvidenceLog_WrongKind(AgencyId agency, AgencyKind expected, AgencyKind actual);

    /// @notice The Registry knows no such programme.
    error EvidenceLog_UnknownProgramme(ProgrammeId programme);

    /// @notice A notice cannot open before it is published.
    error EvidenceLog_NoticeBackdated(NoticeId notice, uint64 opensAt, uint256 blockTime);

    /// @notice The programme asks for a longer notice.
    error EvidenceLog_NoticeTooShort(NoticeId notice, uint64 shownSeconds, uint64 requiredSeconds);

    /// @notice Open a feed; it belongs to the signer's agency for ever.
    function openFeed(OpenFeed calldata statement, bytes calldata signature) external;

    /// @notice Sign the feed's checkpoints with another key from now on, or promise another cadence.
    /// The log goes on: its next head extends the last one.
    function rotateFeed(RotateFeed calldata statement, bytes calldata signature) external;

    /// @notice Put a new head on the chain, with the RFC 9162 §2.1.4 proof from the last head.
    /// The first head needs no proof.
    function anchorFeed(
        AnchorFeed calldata statement,
        bytes32[] calldata consistencyProof,
        bytes calldata signature
    ) external;

    /// @notice Show a roster. It closes at `closesAt`, and from then on runs may cite it.
    function publishNotice(PublishNotice calldata statement, bytes calldata signature) external;

    /// @notice The feed's last head; its agency is zero where it was never opened.
    function feed(FeedId id) external view returns (Feed memory);

    /// @notice By how many seconds the feed's next head is late now; zero while it is in time.
    function lateSeconds(FeedId id) external view returns (uint64);

    /// @notice The notice; its agency is zero where it was never published.
    function notice(NoticeId id) external view returns (Notice memory);

    /// @notice Whether the notice is `agency`'s, of `programme` and `period`; and when it closes.
    function noticeOf(NoticeId id, AgencyId agency, ProgrammeId programme, Period period)
        external
        view
        returns (bool same, uint64 closesAt);
}
