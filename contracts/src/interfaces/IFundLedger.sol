// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    AgencyId,
    BatchId,
    FundId,
    NoticeId,
    Period,
    PersonId,
    ProgrammeId,
    RunId,
    TransferId
} from "../types/Ids.sol";
import {
    Allot,
    Approve,
    Cancel,
    Close,
    PassOn,
    Prepare,
    Recall,
    Reject,
    Release,
    Review,
    Settle
} from "../types/LedgerStatements.sol";
import { Batch, Fund, Run, Stage } from "../types/Money.sol";
import { AgencyKind } from "../types/Office.sol";
import { IContests } from "./IContests.sol";
import { IEvidenceLog } from "./IEvidenceLog.sol";

/// @title FundLedger: what money did
/// @notice Funds form a tree. For every fund, after every act,
/// `granted + recovered = passed on + committed + paid + available`, no term below zero, and what
/// the children were granted is what the parent passed on.
///
/// A run pays one month out of one fund and goes
/// PREPARED → REVIEWED → APPROVED (money committed) → RELEASED → SETTLED, or to REJECTED.
/// Preparer, reviewer, approvers, treasury officer and bank officer are different people; treasury
/// and bank are other agencies than the fund's.
/// @dev WARNING. The ledger moves no money; banks do. It refuses what does not add up, it cannot
/// see whether a line names the right payee. That is what roots, proofs and the audit are for.
interface IFundLedger is IContests {
    event Allotted(
        TransferId indexed id,
        FundId indexed fund,
        ProgrammeId programme,
        uint16 year,
        AgencyId agency,
        uint128 amountFen
    );
    event PassedOn(
        TransferId indexed id,
        FundId indexed parent,
        FundId indexed fund,
        AgencyId agency,
        uint128 amountFen
    );
    event Recalled(
        TransferId indexed id, FundId indexed fund, FundId indexed parent, uint128 amountFen
    );

    /// @notice The fund is closed; `returnedFen` went back to its parent, or lapsed at the top.
    event FundClosed(TransferId indexed id, FundId indexed fund, uint128 returnedFen);
    event RunPrepared(
        RunId indexed run,
        FundId indexed fund,
        NoticeId indexed notice,
        BatchId reissueOf,
        Period period,
        bytes32 root,
        uint128 totalFen,
        uint64 count,
        address officer
    );
    event RunReviewed(RunId indexed run, address officer);

    /// @notice The run's money is committed when `approvals` reaches `required`.
    event RunApproved(RunId indexed run, address officer, uint8 approvals, uint8 required);
    event RunReleased(
        RunId indexed run,
        AgencyId indexed bank,
        bytes32 voucher,
        uint128 amountFen,
        address officer
    );
    event BatchSettled(
        BatchId indexed batch,
        RunId indexed run,
        uint8 kind,
        bytes32 root,
        uint128 totalFen,
        uint64 count,
        address officer
    );

    /// @notice The bank has answered for every fen of the run.
    event RunSettled(RunId indexed run);
    event RunRejected(RunId indexed run, bytes32 reason, address officer);
    event RunCancelled(RunId indexed run, bytes32 reason, address officer);

    /// @notice The transfer's id was used by a statement with another content.
    error FundLedger_TransferExists(TransferId id);

    /// @notice A transfer moves at least one fen.
    error FundLedger_NoAmount(TransferId id);

    /// @notice No fund holds more than 2^64 − 1 fen.
    error FundLedger_TooMuch(FundId fund, uint128 grantedFen, uint128 amountFen);

    /// @notice A budget has a year.
    error FundLedger_NoYear(FundId fund);

    /// @notice The Registry knows no such programme.
    error FundLedger_UnknownProgramme(ProgrammeId programme);

    /// @notice No agency is seated under this code.
    error FundLedger_UnknownAgency(AgencyId agency);

    /// @notice There is no such fund.
    error FundLedger_UnknownFund(FundId fund);

    /// @notice The fund exists with another programme, year, agency or parent.
    error FundLedger_FundDiffers(FundId fund);

    /// @notice The fund is closed and takes neither money nor runs.
    error FundLedger_FundClosed(FundId fund);

    /// @notice Money is still committed in the fund: `committedFen`; or `openChildren` are open.
    error FundLedger_FundBusy(FundId fund, uint128 committedFen, uint32 openChildren);

    /// @notice The fund is at the top; nobody recalls from it.
    error FundLedger_NoParent(FundId fund);

    /// @notice The fund has less available than was asked for.
    error FundLedger_Overspend(FundId fund, uint128 requestedFen, uint128 availableFen);

    /// @notice The act is for an agency of kind `expected`.
    error FundLedger_WrongKind(AgencyId agency, AgencyKind expected, AgencyKind actual);

    /// @notice The act is for agency `expected`, or for one it answers to where the act allows it.
    error FundLedger_WrongAgency(AgencyId expected, AgencyId actual);

    /// @notice A run has one code, used once.
    error FundLedger_RunExists(RunId run);

    /// @notice A run has lines, a sum and a root.
    error FundLedger_EmptyRun(RunId run);

    /// @notice A run holds at most 2^32 − 1 lines.
    error FundLedger_TooManyLines(RunId run, uint64 count);

    /// @notice The programme asks for a public notice and the run cites none.
    error FundLedger_NoNotice(RunId run, uint64 noticeSeconds);

    /// @notice The notice has not run out yet.
    error FundLedger_NoticeOpen(NoticeId notice, uint64 closesAt);

    /// @notice The notice is unknown, or of another agency, programme or period.
    error FundLedger_NoticeDiffers(RunId run, NoticeId notice);

    /// @notice Only a batch of returned payments can be paid again.
    error FundLedger_NotReturned(BatchId batch);

    /// @notice A reissue keeps fund, notice and period of the run it pays again.
    error FundLedger_ReissueDiffers(RunId run, RunId original);

    /// @notice The batch leaves less to be paid again than was asked for.
    error FundLedger_ReissueOver(BatchId batch, uint128 requestedFen, uint128 remainingFen);

    /// @notice The run is not where the act needs it. A run of stage NONE does not exist.
    error FundLedger_WrongStage(RunId run, Stage expected, Stage actual);

    /// @notice What was signed is not what was prepared.
    error FundLedger_RunDiffers(RunId run, bytes32 root, uint128 totalFen);

    /// @notice This person has acted on the run already.
    error FundLedger_SamePerson(RunId run, PersonId person);

    /// @notice The agency that prepared a run does not release or settle it.
    error FundLedger_SameAgency(RunId run, AgencyId agency);

    /// @notice A voucher is for the whole run, less the lines that disputes hold or struck.
    error FundLedger_VoucherDiffers(RunId run, uint128 dueFen, uint128 amountFen);

    /// @notice Disputes hold or struck every line of the run.
    error FundLedger_NothingToRelease(RunId run);

    /// @notice A release names its voucher.
    error FundLedger_NoVoucher(RunId run);

    /// @notice A batch has one code, used once.
    error FundLedger_BatchExists(BatchId batch);

    /// @notice A batch has lines, a sum and a root.
    error FundLedger_EmptyBatch(BatchId batch);

    /// @notice A batch is credited (2) or returned (3).
    error FundLedger_UnknownBatchKind(uint8 kind);

    /// @notice The batch holds more money than the run has left to settle.
    error FundLedger_BatchOverRun(BatchId batch, uint128 totalFen, uint128 remainingFen);

    /// @notice The batch holds more lines than the run has left to settle. Once every line is
    /// reported, what is left of the money may be reported in lines that were reported before.
    error FundLedger_BatchOverCount(BatchId batch, uint64 count, uint64 remaining);

    /// @notice A refusal says why.
    error FundLedger_NoReason(RunId run);

    /// @notice Appropriate money for a programme and a budget year, or add to it (指标下达).
    /// By a BUDGET officer of a finance bureau.
    function allot(Allot calldata statement, bytes calldata signature) external;

    /// @notice Pass available money down to a fund of another agency, made by the first such act.
    /// By a BUDGET officer of the parent fund's agency.
    function passOn(PassOn calldata statement, bytes calldata signature) external;

    /// @notice Take available money of a fund back to the one above it (收回). Both sides move.
    /// By a BUDGET officer of the parent fund's agency.
    function recall(Recall calldata statement, bytes calldata signature) external;

    /// @notice Close a fund whose children are closed and whose runs have ended (年终结转). What is
    /// available goes back to its parent; at the top it lapses. Where money was recovered later, a
    /// closed fund at the top is closed again. By a BUDGET officer of the parent fund's agency, at
    /// the top of a finance bureau.
    function close(Close calldata statement, bytes calldata signature) external;

    /// @notice Lay a run before the reviewer (编制). By a PREPARE officer of the fund's agency.
    /// The notice it cites has run out. A reissue pays again what one returned batch brought back.
    function prepare(Prepare calldata statement, bytes calldata signature) external;

    /// @notice Second pair of eyes (复核). By a REVIEW officer of the fund's agency or above it.
    function review(Review calldata statement, bytes calldata signature) external;

    /// @notice Approve (审批); the last approver that the amount asks for commits the money.
    /// By an APPROVE officer of the fund's agency or above it.
    function approve(Approve calldata statement, bytes calldata signature) external;

    /// @notice Issue the treasury voucher to a bank (国库集中支付凭证). By a TREASURY officer of a
    /// treasury that is not the fund's agency.
    function release(Release calldata statement, bytes calldata signature) external;

    /// @notice Report what became of some lines (银行回单, 退票). By a BANK officer of the run's
    /// bank. Credited money is paid; returned money is available again.
    function settle(Settle calldata statement, bytes calldata signature) external;

    /// @notice Refuse a run before its last approval. By a REVIEW or APPROVE officer of the fund's
    /// agency or above it who did not prepare it.
    function reject(Reject calldata statement, bytes calldata signature) external;

    /// @notice Give a run up before its release; what it had committed is available again. By a
    /// PREPARE or APPROVE officer of the fund's agency or above it. A held run may be cancelled.
    function cancel(Cancel calldata statement, bytes calldata signature) external;

    /// @notice The EvidenceLog whose notices are cited here.
    function evidenceLog() external view returns (IEvidenceLog);

    /// @notice The fund, and what is available in it. A fund without agency does not exist.
    function fund(FundId id) external view returns (Fund memory, uint128 availableFen);

    /// @notice The run; its stage is NONE where it does not exist.
    function run(RunId id) external view returns (Run memory);

    /// @notice Who acted on the run, in order: preparer, reviewer, approvers, treasurer.
    function actors(RunId id) external view returns (PersonId[] memory);

    /// @notice The batch; its kind is zero where it does not exist.
    function batch(BatchId id) external view returns (Batch memory);
}
