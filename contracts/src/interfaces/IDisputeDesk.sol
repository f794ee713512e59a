// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Placed } from "../libraries/SumTree.sol";
import {
    Appeal,
    BookReceipt,
    CloseRecovery,
    Decide,
    DecideAppeal,
    OpenDispute,
    OrderRecovery,
    OrderReissue
} from "../types/DeskStatements.sol";
import { Dispute, DisputeStage, Outcome, Receivable, RecoveryStage } from "../types/Dispute.sol";
import {
    AgencyId,
    BatchId,
    DisputeId,
    PersonId,
    ReceivableId,
    RunId,
    TransferId
} from "../types/Ids.sol";
import { AgencyKind } from "../types/Office.sol";
import { IChallenges } from "./IChallenges.sol";

/// @title DisputeDesk: what is contested
/// @notice A dispute names one line, proved into its run: OPEN → DECIDED → (APPEALED) → FINAL.
/// Opened before the release it holds exactly the line's amount, and the rest of the run goes on.
/// Who opens, who decides and who hears the appeal are different people of different agencies, and
/// the agency that pays decides nothing.
///
/// A receivable is money that was paid and is to come back: ordered, received, closed; one for a
/// payment of a run, never above what its line credited.
/// @dev WARNING. The desk sees lines and amounts, not reasons: whether a payee is due the money is
/// for those who decide.
interface IDisputeDesk is IChallenges {
    event DisputeOpened(
        DisputeId indexed dispute,
        RunId indexed run,
        bytes32 indexed paymentId,
        uint128 amountFen,
        bool held,
        AgencyId agency,
        bytes32 reason
    );
    event DisputeDecided(
        DisputeId indexed dispute,
        AgencyId agency,
        Outcome outcome,
        bytes32 reason,
        uint64 appealUntil
    );
    event DisputeAppealed(DisputeId indexed dispute, AgencyId agency, bytes32 reason);
    event AppealDecided(
        DisputeId indexed dispute, AgencyId agency, Outcome outcome, bytes32 reason
    );

    /// @notice The outcome is final, and what the dispute held is free or struck.
    event DisputeConcluded(DisputeId indexed dispute, Outcome outcome);
    event ReissueOrdered(DisputeId indexed dispute, AgencyId agency, uint128 amountFen);
    event RecoveryOrdered(
        ReceivableId indexed receivable,
        bytes32 indexed cause,
        RunId indexed run,
        bytes32 paymentId,
        uint128 amountFen,
        AgencyId agency
    );
    event RecoveryReceived(
        TransferId indexed receipt,
        ReceivableId indexed receivable,
        uint128 amountFen,
        AgencyId agency
    );

    /// @notice The receivable is repaid, offset or written off. Repaid needs no reason: it is zero.
    event RecoveryClosed(ReceivableId indexed receivable, RecoveryStage stage, bytes32 reason);

    /// @notice A dispute has one code, used once.
    error DisputeDesk_DisputeExists(DisputeId dispute);

    /// @notice What was signed is not the line that is proved.
    error DisputeDesk_LineDiffers(DisputeId dispute, bytes32 paymentId, uint128 amountFen);

    /// @notice The line is contested by `standing`, or that dispute has ended it.
    error DisputeDesk_LineContested(DisputeId standing);

    /// @notice The dispute is not where the act needs it.
    error DisputeDesk_WrongStage(DisputeId dispute, DisputeStage expected, DisputeStage actual);

    /// @notice There is no outcome of this number.
    error DisputeDesk_UnknownOutcome(uint8 outcome);

    /// @notice This agency opened the dispute, decided it, or pays the run.
    error DisputeDesk_SameAgency(DisputeId dispute, AgencyId agency);

    /// @notice This person opened or decided the dispute.
    error DisputeDesk_SamePerson(DisputeId dispute, PersonId person);

    /// @notice The agency is no party to the dispute, or did not decide it.
    error DisputeDesk_NotAParty(DisputeId dispute, AgencyId agency);

    /// @notice An appeal can be filed until a second between now and `latest`.
    error DisputeDesk_AppealWindow(DisputeId dispute, uint64 appealUntil, uint256 latest);

    /// @notice The time to appeal is over.
    error DisputeDesk_AppealTooLate(DisputeId dispute, uint64 appealUntil);

    /// @notice The time to appeal is not over.
    error DisputeDesk_AppealOpen(DisputeId dispute, uint64 appealUntil);

    /// @notice The dispute was not upheld: it orders nothing.
    error DisputeDesk_NotUpheld(DisputeId dispute);

    /// @notice A reissue was ordered already.
    error DisputeDesk_ReissueOrdered(DisputeId dispute, uint128 amountFen);

    /// @notice The amount is zero, or above what is left: of the line, of the receivable.
    error DisputeDesk_AmountOver(bytes32 subject, uint128 amountFen, uint128 leftFen);

    /// @notice Openings, appeals, decisions and closings say why.
    error DisputeDesk_NoReason(bytes32 subject);

    /// @notice A receivable has one code, used once.
    error DisputeDesk_ReceivableExists(ReceivableId receivable);

    /// @notice Neither an upheld dispute nor an open challenge of this payment of this run.
    error DisputeDesk_NoCause(bytes32 cause);

    /// @notice The payment is to be recovered already.
    error DisputeDesk_RecoveryOrdered(ReceivableId receivable);

    /// @notice The batch did not credit this payment of this run.
    error DisputeDesk_NotCredited(BatchId batch, bytes32 paymentId);

    /// @notice The receivable is not open.
    error DisputeDesk_NotOpen(ReceivableId receivable, RecoveryStage stage);

    /// @notice The act is for an agency of another kind.
    error DisputeDesk_WrongKind(AgencyId agency, AgencyKind expected, AgencyKind actual);

    /// @notice Who ordered a recovery neither books nor closes it.
    error DisputeDesk_SameOrderer(ReceivableId receivable, PersonId person);

    /// @notice A receipt has one code, used once.
    error DisputeDesk_ReceiptExists(TransferId receipt);

    /// @notice There is no such way to close a receivable: 3 offset, 4 written off.
    error DisputeDesk_UnknownClosing(uint8 how);

    /// @notice Dispute a line (争议). By a DISPUTE officer of any agency.
    function openDispute(
        OpenDispute calldata statement,
        Placed calldata placed,
        bytes calldata signature
    ) external;

    /// @notice Decide: 1 upheld, 2 dismissed; parties may appeal until `appealUntil`. By a DECIDE
    /// officer of an agency that neither opened the dispute nor pays the run.
    function decide(Decide calldata statement, bytes calldata signature) external;

    /// @notice Appeal (复议). By a DISPUTE officer of the agency that opened it or of the one that pays.
    function appeal(Appeal calldata statement, bytes calldata signature) external;

    /// @notice Decide an appeal; that is final. By an APPEAL officer of a third agency.
    function decideAppeal(DecideAppeal calldata statement, bytes calldata signature) external;

    /// @notice Make a decision final that nobody appealed in time. By anyone.
    function conclude(DisputeId id) external;

    /// @notice Let the payee of an upheld dispute be paid again, by a run that cites the dispute. By
    /// a DECIDE or APPEAL officer of the agency whose decision is final.
    function orderReissue(OrderReissue calldata statement, bytes calldata signature) external;

    /// @notice Order a credited payment back (追回), shown by its line in a batch. Of an upheld
    /// dispute by an officer of the agency whose decision is final; of a proven fraud by a HOLD
    /// officer of an auditor's or a prosecutor's office.
    function orderRecovery(
        OrderRecovery calldata statement,
        BatchId batch,
        Placed calldata credited,
        bytes calldata signature
    ) external;

    /// @notice Book money that came back; its fund has it available. By a BANK officer of a bank.
    function bookReceipt(BookReceipt calldata statement, bytes calldata signature) external;

    /// @notice Close what will not come back: 3 offset (抵扣), 4 written off (核销). By a BUDGET
    /// officer of a finance bureau.
    function closeRecovery(CloseRecovery calldata statement, bytes calldata signature) external;

    /// @notice The dispute; its stage is NONE where it does not exist.
    function dispute(DisputeId id) external view returns (Dispute memory);

    /// @notice The receivable; its stage is NONE where it does not exist.
    function receivable(ReceivableId id) external view returns (Receivable memory);
}
