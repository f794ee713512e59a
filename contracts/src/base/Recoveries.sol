// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IDisputeDesk } from "../interfaces/IDisputeDesk.sol";
import { Codes } from "../libraries/Codes.sol";
import { Placed, SumRoot, SumTree } from "../libraries/SumTree.sol";
import {
    BookReceipt,
    CloseRecovery,
    DeskStatements,
    OrderRecovery
} from "../types/DeskStatements.sol";
import {
    Challenge,
    Dispute,
    DisputeStage,
    Outcome,
    Receivable,
    RecoveryStage
} from "../types/Dispute.sol";
import {
    AgencyId,
    BatchId,
    DisputeId,
    NO_AGENCY,
    ReceivableId,
    RunId,
    TransferId
} from "../types/Ids.sol";
import { AgencyKind, Role, Signer } from "../types/Office.sol";
import { Challenges } from "./Challenges.sol";

/// @notice Money that was paid and is to come back.
abstract contract Recoveries is IDisputeDesk, Challenges {
    using DeskStatements for *;

    mapping(DisputeId id => Dispute) internal _disputes;
    mapping(ReceivableId id => Receivable) private _receivables;
    mapping(TransferId receipt => bool used) private _receipts;
    mapping(RunId run => mapping(bytes32 paymentId => ReceivableId)) private _recoveryOf;

    /// @inheritdoc IDisputeDesk
    function orderRecovery(
        OrderRecovery calldata statement,
        BatchId batch,
        Placed calldata credited,
        bytes calldata signature
    ) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        ReceivableId id = statement.receivable;
        _requireCause(statement, signer);
        Codes.check(ReceivableId.unwrap(id));
        if (_receivables[id].stage != RecoveryStage.NONE) {
            revert DisputeDesk_ReceivableExists({ receivable: id });
        }
        ReceivableId before = _recoveryOf[statement.run][statement.paymentId];
        if (ReceivableId.unwrap(before) != 0) {
            revert DisputeDesk_RecoveryOrdered({ receivable: before });
        }
        _checkCredited(statement, batch, credited);
        _requireWithin(ReceivableId.unwrap(id), statement.amountFen, credited.line.amountFen);

        _recoveryOf[statement.run][statement.paymentId] = id;
        Receivable storage ordered = _receivables[id];
        ordered.cause = statement.cause;
        ordered.run = statement.run;
        ordered.paymentId = statement.paymentId;
        ordered.amountFen = statement.amountFen;
        ordered.orderedBy = signer.person;
        ordered.stage = RecoveryStage.ORDERED;
        emit RecoveryOrdered(
            id,
            statement.cause,
            statement.run,
            statement.paymentId,
            statement.amountFen,
            signer.agency
        );
    }

    /// @inheritdoc IDisputeDesk
    function bookReceipt(BookReceipt calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        (ReceivableId id, uint128 amountFen) = (statement.receivable, statement.amountFen);
        Receivable storage due = _openReceivable(id, signer);
        _requireRole(signer, Role.BANK);
        _requireKind(signer.agency, AgencyKind.BANK);
        Codes.check(TransferId.unwrap(statement.receipt));
        if (_receipts[statement.receipt]) {
            revert DisputeDesk_ReceiptExists({ receipt: statement.receipt });
        }
        _requireWithin(ReceivableId.unwrap(id), amountFen, due.amountFen - due.receivedFen);

        _receipts[statement.receipt] = true;
        due.receivedFen += amountFen;
        ledger.recover(id, due.run, amountFen);
        emit RecoveryReceived(statement.receipt, id, amountFen, signer.agency);
        if (due.receivedFen == due.amountFen) _end(id, RecoveryStage.REPAID, 0);
    }

    /// @inheritdoc IDisputeDesk
    function closeRecovery(CloseRecovery calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        ReceivableId id = statement.receivable;
        _openReceivable(id, signer);
        _requireRole(signer, Role.BUDGET);
        _requireKind(signer.agency, AgencyKind.FINANCE);
        bool known = statement.how == uint8(RecoveryStage.OFFSET)
            || statement.how == uint8(RecoveryStage.WRITTEN_OFF);
        if (!known) revert DisputeDesk_UnknownClosing({ how: statement.how });
        _requireReason(ReceivableId.unwrap(id), statement.reason);

        _end(id, RecoveryStage(statement.how), statement.reason);
    }

    /// @inheritdoc IDisputeDesk
    function receivable(ReceivableId id) external view returns (Receivable memory) {
        return _receivables[id];
    }

    /// @dev The agency whose decision is final, and one of its deciders.
    function _requireJudge(DisputeId id, Signer memory signer) internal view {
        Dispute storage judged = _disputes[id];
        bool appealed = judged.appellate != NO_AGENCY;
        AgencyId judge = appealed ? judged.appellate : judged.decider;
        _requireRole(signer, appealed ? Role.APPEAL : Role.DECIDE);
        if (signer.agency != judge) {
            revert DisputeDesk_NotAParty({ dispute: id, agency: signer.agency });
        }
    }

    function _disputedPayment(BatchId id) internal view override returns (bytes32) {
        return _disputes[DisputeId.wrap(BatchId.unwrap(id))].paymentId;
    }

    function _requireReason(bytes32 subject, bytes32 reason) internal pure {
        if (reason == 0) revert DisputeDesk_NoReason({ subject: subject });
    }

    function _requireWithin(bytes32 subject, uint128 amountFen, uint128 leftFen) internal pure {
        if (amountFen == 0 || amountFen > leftFen) {
            revert DisputeDesk_AmountOver({
                subject: subject, amountFen: amountFen, leftFen: leftFen
            });
        }
    }

    function _end(ReceivableId id, RecoveryStage stage, bytes32 reason) private {
        _receivables[id].stage = stage;
        emit RecoveryClosed(id, stage, reason);
    }

    /// @dev An upheld dispute about this payment and its judge; or an open fraud and a watchdog.
    function _requireCause(OrderRecovery calldata statement, Signer memory signer) private view {
        bytes32 cause = statement.cause;
        Dispute storage judged = _disputes[DisputeId.wrap(cause)];
        if (judged.stage == DisputeStage.FINAL && judged.outcome == Outcome.UPHELD) {
            _requireJudge(DisputeId.wrap(cause), signer);
            bool same = judged.run == statement.run && judged.paymentId == statement.paymentId;
            if (!same) revert DisputeDesk_NoCause({ cause: cause });
            return;
        }

        Challenge storage proven = _challenges[cause];
        bool about = proven.paymentId == statement.paymentId
            && (proven.run == statement.run || proven.otherRun == statement.run);
        if (!_isOpen(cause) || !about) {
            revert DisputeDesk_NoCause({ cause: cause });
        }
        _requireRole(signer, Role.HOLD);
        AgencyKind kind = registry.kindOf(signer.agency);
        if (kind != AgencyKind.PROCURATORATE) _requireKind(signer.agency, AgencyKind.AUDIT);
    }

    function _checkCredited(
        OrderRecovery calldata statement,
        BatchId batch,
        Placed calldata credited
    ) private view {
        (RunId run, SumRoot memory reported) = _reported(batch);
        bool same = run == statement.run && reported.kind == SumTree.CREDITED
            && credited.line.paymentId == statement.paymentId;
        if (!same) {
            revert DisputeDesk_NotCredited({ batch: batch, paymentId: statement.paymentId });
        }
        _verify(credited, reported);
    }

    function _openReceivable(ReceivableId id, Signer memory signer)
        private
        view
        returns (Receivable storage due)
    {
        due = _receivables[id];
        if (due.stage != RecoveryStage.ORDERED) {
            revert DisputeDesk_NotOpen({ receivable: id, stage: due.stage });
        }
        if (due.orderedBy == signer.person) {
            revert DisputeDesk_SameOrderer({ receivable: id, person: signer.person });
        }
    }

    function _requireKind(AgencyId agency, AgencyKind expected) private view {
        AgencyKind actual = registry.kindOf(agency);
        if (actual != expected) {
            revert DisputeDesk_WrongKind({ agency: agency, expected: expected, actual: actual });
        }
    }
}
