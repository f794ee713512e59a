// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { BASIS_TYPE, Basis } from "./Basis.sol";
import {
    AgencyId,
    BatchId,
    FundId,
    NoticeId,
    Period,
    ProgrammeId,
    RunId,
    TransferId
} from "./Ids.sol";

struct Allot {
    TransferId id;
    FundId fund;
    ProgrammeId programme;
    uint16 year;
    AgencyId agency;
    uint128 amountFen;
    Basis basis;
}

struct PassOn {
    TransferId id;
    FundId parent;
    FundId fund;
    AgencyId agency;
    uint128 amountFen;
    Basis basis;
}

struct Prepare {
    RunId run;
    FundId fund;
    NoticeId notice;
    BatchId reissueOf;
    Period period;
    bytes32 root;
    uint128 totalFen;
    uint64 count;
    Basis basis;
}

struct Review {
    RunId run;
    bytes32 root;
    uint128 totalFen;
    Basis basis;
}

struct Approve {
    RunId run;
    bytes32 root;
    uint128 totalFen;
    Basis basis;
}

struct Release {
    RunId run;
    AgencyId bank;
    bytes32 voucher;
    uint128 amountFen;
    Basis basis;
}

struct Settle {
    BatchId batch;
    RunId run;
    uint8 kind;
    bytes32 root;
    uint128 totalFen;
    uint64 count;
    Basis basis;
}

struct Reject {
    RunId run;
    bytes32 reason;
    Basis basis;
}

struct Recall {
    TransferId id;
    FundId fund;
    uint128 amountFen;
    Basis basis;
}

struct Close {
    TransferId id;
    FundId fund;
    Basis basis;
}

struct Cancel {
    RunId run;
    bytes32 reason;
    Basis basis;
}

struct Hold {
    RunId run;
    uint64 until;
    bytes32 reason;
    Basis basis;
}

struct Lift {
    RunId run;
    bytes32 reason;
    Basis basis;
}

/// @notice EIP-712 struct hashes of what moves money (docs/format.md, 6).
library LedgerStatements {
    bytes32 internal constant ALLOT = keccak256(
        abi.encodePacked(
            "Allot(bytes32 id,bytes32 fund,bytes32 programme,uint16 year,bytes32 agency,",
            "uint128 amountFen,Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant PASS_ON = keccak256(
        abi.encodePacked(
            "PassOn(bytes32 id,bytes32 parent,bytes32 fund,bytes32 agency,uint128 amountFen,",
            "Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant PREPARE = keccak256(
        abi.encodePacked(
            "Prepare(bytes32 run,bytes32 fund,bytes32 notice,bytes32 reissueOf,bytes32 period,",
            "bytes32 root,uint128 totalFen,uint64 count,Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant REVIEW = keccak256(
        abi.encodePacked(
            "Review(bytes32 run,bytes32 root,uint128 totalFen,Basis basis)", BASIS_TYPE
        )
    );
    bytes32 internal constant APPROVE = keccak256(
        abi.encodePacked(
            "Approve(bytes32 run,bytes32 root,uint128 totalFen,Basis basis)", BASIS_TYPE
        )
    );
    bytes32 internal constant RELEASE = keccak256(
        abi.encodePacked(
            "Release(bytes32 run,bytes32 bank,bytes32 voucher,uint128 amountFen,Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant SETTLE = keccak256(
        abi.encodePacked(
            "Settle(bytes32 batch,bytes32 run,uint8 kind,bytes32 root,uint128 totalFen,",
            "uint64 count,Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant REJECT =
        keccak256(abi.encodePacked("Reject(bytes32 run,bytes32 reason,Basis basis)", BASIS_TYPE));

    bytes32 internal constant RECALL = keccak256(
        abi.encodePacked(
            "Recall(bytes32 id,bytes32 fund,uint128 amountFen,Basis basis)", BASIS_TYPE
        )
    );
    bytes32 internal constant CLOSE =
        keccak256(abi.encodePacked("Close(bytes32 id,bytes32 fund,Basis basis)", BASIS_TYPE));
    bytes32 internal constant CANCEL =
        keccak256(abi.encodePacked("Cancel(bytes32 run,bytes32 reason,Basis basis)", BASIS_TYPE));
    bytes32 internal constant HOLD = keccak256(
        abi.encodePacked("Hold(bytes32 run,uint64 until,bytes32 reason,Basis basis)", BASIS_TYPE)
    );
    bytes32 internal constant LIFT =
        keccak256(abi.encodePacked("Lift(bytes32 run,bytes32 reason,Basis basis)", BASIS_TYPE));

    function hash(Allot calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                ALLOT, s.id, s.fund, s.programme, s.year, s.agency, s.amountFen, s.basis.hash()
            )
        );
    }

    function hash(PassOn calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(PASS_ON, s.id, s.parent, s.fund, s.agency, s.amountFen, s.basis.hash())
        );
    }

    function hash(Prepare calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                PREPARE,
                s.run,
                s.fund,
                s.notice,
                s.reissueOf,
                s.period,
                s.root,
                s.totalFen,
                s.count,
                s.basis.hash()
            )
        );
    }

    function hash(Review calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(REVIEW, s.run, s.root, s.totalFen, s.basis.hash()));
    }

    function hash(Approve calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(APPROVE, s.run, s.root, s.totalFen, s.basis.hash()));
    }

    function hash(Release calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(RELEASE, s.run, s.bank, s.voucher, s.amountFen, s.basis.hash()));
    }

    function hash(Settle calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(SETTLE, s.batch, s.run, s.kind, s.root, s.totalFen, s.count, s.basis.hash())
        );
    }

    function hash(Reject calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(REJECT, s.run, s.reason, s.basis.hash()));
    }

    function hash(Recall calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(RECALL, s.id, s.fund, s.amountFen, s.basis.hash()));
    }

    function hash(Close calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(CLOSE, s.id, s.fund, s.basis.hash()));
    }

    function hash(Cancel calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(CANCEL, s.run, s.reason, s.basis.hash()));
    }

    function hash(Hold calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(HOLD, s.run, s.until, s.reason, s.basis.hash()));
    }

    function hash(Lift calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(LIFT, s.run, s.reason, s.basis.hash()));
    }
}
