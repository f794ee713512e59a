// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { BASIS_TYPE, Basis } from "./Basis.sol";
import { FeedId, NoticeId, Period, ProgrammeId } from "./Ids.sol";

struct OpenFeed {
    FeedId feed;
    bytes32 vkeyDigest;
    uint64 cadenceSeconds;
    Basis basis;
}

struct AnchorFeed {
    FeedId feed;
    uint64 size;
    bytes32 root;
    Basis basis;
}

struct RotateFeed {
    FeedId feed;
    bytes32 vkeyDigest;
    uint64 cadenceSeconds;
    Basis basis;
}

struct PublishNotice {
    NoticeId notice;
    ProgrammeId programme;
    Period period;
    bytes32 root;
    uint128 totalFen;
    uint64 count;
    uint64 opensAt;
    uint64 closesAt;
    Basis basis;
}

/// @notice EIP-712 struct hashes of what departments sign (docs/format.md, 6).
library EvidenceStatements {
    bytes32 internal constant OPEN_FEED = keccak256(
        abi.encodePacked(
            "OpenFeed(bytes32 feed,bytes32 vkeyDigest,uint64 cadenceSeconds,Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant ANCHOR_FEED = keccak256(
        abi.encodePacked(
            "AnchorFeed(bytes32 feed,uint64 size,bytes32 root,Basis basis)", BASIS_TYPE
        )
    );
    bytes32 internal constant ROTATE_FEED = keccak256(
        abi.encodePacked(
            "RotateFeed(bytes32 feed,bytes32 vkeyDigest,uint64 cadenceSeconds,Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant PUBLISH_NOTICE = keccak256(
        abi.encodePacked(
            "PublishNotice(bytes32 notice,bytes32 programme,bytes32 period,bytes32 root,",
            "uint128 totalFen,uint64 count,uint64 opensAt,uint64 closesAt,Basis basis)",
            BASIS_TYPE
        )
    );

    function hash(OpenFeed calldata s) internal pure returns (bytes32) {
        return
            keccak256(abi.encode(OPEN_FEED, s.feed, s.vkeyDigest, s.cadenceSeconds, s.basis.hash()));
    }

    function hash(AnchorFeed calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(ANCHOR_FEED, s.feed, s.size, s.root, s.basis.hash()));
    }

    function hash(RotateFeed calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(ROTATE_FEED, s.feed, s.vkeyDigest, s.cadenceSeconds, s.basis.hash())
        );
    }

    function hash(PublishNotice calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                PUBLISH_NOTICE,
                s.notice,
                s.programme,
                s.period,
                s.root,
                s.totalFen,
                s.count,
                s.opensAt,
                s.closesAt,
                s.basis.hash()
            )
        );
    }
}
