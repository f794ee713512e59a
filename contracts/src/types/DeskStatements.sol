// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { BASIS_TYPE, Basis } from "./Basis.sol";
import { DisputeId, ReceivableId, RunId, TransferId } from "./Ids.sol";

struct OpenDispute {
    DisputeId dispute;
    RunId run;
    bytes32 paymentId;
    uint128 amountFen;
    bytes32 reason;
    Basis basis;
}

struct Decide {
    DisputeId dispute;
    uint8 outcome;
    bytes32 reason;
    uint64 appealUntil;
    Basis basis;
}

struct Appeal {
    DisputeId dispute;
    bytes32 reason;
    Basis basis;
}

struct DecideAppeal {
    DisputeId dispute;
    uint8 outcome;
    bytes32 reason;
    Basis basis;
}

struct OrderReissue {
    DisputeId dispute;
    uint128 amountFen;
    Basis basis;
}

struct OrderRecovery {
    ReceivableId receivable;
    bytes32 cause;
    RunId run;
    bytes32 paymentId;
    uint128 amountFen;
    Basis basis;
}

struct BookReceipt {
    TransferId receipt;
    ReceivableId receivable;
    uint128 amountFen;
    Basis basis;
}

struct CloseRecovery {
    ReceivableId receivable;
    uint8 how;
    bytes32 reason;
    Basis basis;
}

struct CloseChallenge {
    bytes32 challenge;
    bytes32 reason;
    Basis basis;
}

/// @notice EIP-712 struct hashes of what contests money (docs/format.md, 6).
library DeskStatements {
    bytes32 internal constant OPEN_DISPUTE = keccak256(
        abi.encodePacked(
            "OpenDispute(bytes32 dispute,bytes32 run,bytes32 paymentId,",
            "uint128 amountFen,bytes32 reason,Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant DECIDE = keccak256(
        abi.encodePacked(
            "Decide(bytes32 dispute,uint8 outcome,bytes32 reason,uint64 appealUntil,",
            "Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant APPEAL = keccak256(
        abi.encodePacked("Appeal(bytes32 dispute,bytes32 reason,Basis basis)", BASIS_TYPE)
    );
    bytes32 internal constant DECIDE_APPEAL = keccak256(
        abi.encodePacked(
            "DecideAppeal(bytes32 dispute,uint8 outcome,bytes32 reason,Basis basis)", BASIS_TYPE
        )
    );
    bytes32 internal constant ORDER_REISSUE = keccak256(
        abi.encodePacked("OrderReissue(bytes32 dispute,uint128 amountFen,Basis basis)", BASIS_TYPE)
    );
    bytes32 internal constant ORDER_RECOVERY = keccak256(
        abi.encodePacked(
            "OrderRecovery(bytes32 receivable,bytes32 cause,bytes32 run,",
            "bytes32 paymentId,uint128 amountFen,Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant BOOK_RECEIPT = keccak256(
        abi.encodePacked(
            "BookReceipt(bytes32 receipt,bytes32 receivable,uint128 amountFen,",
            "Basis basis)",
            BASIS_TYPE
        )
    );
    bytes32 internal constant CLOSE_RECOVERY = keccak256(
        abi.encodePacked(
            "CloseRecovery(bytes32 receivable,uint8 how,bytes32 reason,Basis basis)", BASIS_TYPE
        )
    );
    bytes32 internal constant CLOSE_CHALLENGE = keccak256(
        abi.encodePacked("CloseChallenge(bytes32 challenge,bytes32 reason,Basis basis)", BASIS_TYPE)
    );

    function hash(OpenDispute calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                OPEN_DISPUTE, s.dispute, s.run, s.paymentId, s.amountFen, s.reason, s.basis.hash()
            )
        );
    }

    function hash(Decide calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(DECIDE, s.dispute, s.outcome, s.reason, s.appealUntil, s.basis.hash())
        );
    }

    function hash(Appeal calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(APPEAL, s.dispute, s.reason, s.basis.hash()));
    }

    function hash(DecideAppeal calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(DECIDE_APPEAL, s.dispute, s.outcome, s.reason, s.basis.hash()));
    }

    function hash(OrderReissue calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(ORDER_REISSUE, s.dispute, s.amountFen, s.basis.hash()));
    }

    function hash(OrderRecovery calldata s) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                ORDER_RECOVERY,
                s.receivable,
                s.cause,
                s.run,
                s.paymentId,
                s.amountFen,
                s.basis.hash()
            )
        );
    }

    function hash(BookReceipt calldata s) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(BOOK_RECEIPT, s.receipt, s.receivable, s.amountFen, s.basis.hash())
            );
    }

    function hash(CloseRecovery calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(CLOSE_RECOVERY, s.receivable, s.how, s.reason, s.basis.hash()));
    }

    function hash(CloseChallenge calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(CLOSE_CHALLENGE, s.challenge, s.reason, s.basis.hash()));
    }
}
