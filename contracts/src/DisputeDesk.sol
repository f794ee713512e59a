// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Challenges } from "./base/Challenges.sol";
import { Recoveries } from "./base/Recoveries.sol";
import { IDisputeDesk } from "./interfaces/IDisputeDesk.sol";
import { IFundLedger } from "./interfaces/IFundLedger.sol";
import { Codes } from "./libraries/Codes.sol";
import { Placed, SumRoot } from "./libraries/SumTree.sol";
import {
    Appeal,
    Decide,
    DecideAppeal,
    DeskStatements,
    OpenDispute,
    OrderReissue
} from "./types/DeskStatements.sol";
import { Dispute, DisputeStage, Outcome } from "./types/Dispute.sol";
import { AgencyId, DISPUTE_DESK, DisputeId, RunId } from "./types/Ids.sol";
import { Role, Signer } from "./types/Office.sol";

/// @title DisputeDesk
/// @notice See IDisputeDesk. Frauds are judged in Challenges, money comes back in Recoveries; here
/// is the way of a dispute.
contract DisputeDesk is Recoveries {
    using DeskStatements for *;

    /// @dev An appeal window longer than any law's would only hold the money.
    uint64 private constant APPEAL_WINDOW_MAX = 366 days;

    mapping(RunId run => mapping(uint64 index => DisputeId)) private _standing;

    constructor(IFundLedger ledger_) Challenges(ledger_) { }

    /// @inheritdoc IDisputeDesk
    function openDispute(
        OpenDispute calldata statement,
        Placed calldata placed,
        bytes calldata signature
    ) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        (DisputeId id, uint64 index) = (statement.dispute, placed.inclusion.index);
        _requireCurrent(DISPUTE_DESK);
        _requireRole(signer, Role.DISPUTE);
        Codes.check(DisputeId.unwrap(id));
        if (_disputes[id].stage != DisputeStage.NONE) {
            revert DisputeDesk_DisputeExists({ dispute: id });
        }
        _requireReason(DisputeId.unwrap(id), statement.reason);
        _requireUncontested(_standing[statement.run][index]);
        AgencyId payer = _checkLine(statement, placed);

        _standing[statement.run][index] = id;
        Dispute storage opened = _disputes[id];
        opened.run = statement.run;
        opened.paymentId = statement.paymentId;
        opened.payer = payer;
        opened.opener = signer.agency;
        opened.openedBy = signer.person;
        opened.amountFen = statement.amountFen;
        opened.index = index;
        opened.stage = DisputeStage.OPEN;
        opened.held = ledger.contestLine(id, statement.run, statement.amountFen);
        _tellOpened(statement, signer.agency);
    }

    /// @inheritdoc IDisputeDesk
    function decide(Decide calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        DisputeId id = statement.dispute;
        Dispute storage judged = _disputeAt(id, DisputeStage.OPEN);
        _requireRole(signer, Role.DECIDE);
        _requireImpartial(id, signer);
        Outcome outcome = _outcome(statement.outcome);
        _requireReason(DisputeId.unwrap(id), statement.reason);
        uint256 latest = block.timestamp + APPEAL_WINDOW_MAX;
        if (statement.appealUntil < block.timestamp || statement.appealUntil > latest) {
            revert DisputeDesk_AppealWindow({
                dispute: id, appealUntil: statement.appealUntil, latest: latest
            });
        }

        judged.decider = signer.agency;
        judged.decidedBy = signer.person;
        judged.appealUntil = statement.appealUntil;
        judged.outcome = outcome;
        judged.stage = DisputeStage.DECIDED;
        emit DisputeDecided(id, signer.agency, outcome, statement.reason, statement.appealUntil);
    }

    /// @inheritdoc IDisputeDesk
    function appeal(Appeal calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        DisputeId id = statement.dispute;
        Dispute storage contested = _disputeAt(id, DisputeStage.DECIDED);
        _requireRole(signer, Role.DISPUTE);
        if (signer.agency != contested.opener && signer.agency != contested.payer) {
            revert DisputeDesk_NotAParty({ dispute: id, agency: signer.agency });
        }
        _requireReason(DisputeId.unwrap(id), statement.reason);
        if (block.timestamp > contested.appealUntil) {
            revert DisputeDesk_AppealTooLate({ dispute: id, appealUntil: contested.appealUntil });
        }

        contested.stage = DisputeStage.APPEALED;
        emit DisputeAppealed(id, signer.agency, statement.reason);
    }

    /// @inheritdoc IDisputeDesk
    function decideAppeal(DecideAppeal calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        DisputeId id = statement.dispute;
        Dispute storage judged = _disputeAt(id, DisputeStage.APPEALED);
        _requireRole(signer, Role.APPEAL);
        _requireImpartial(id, signer);
        Outcome outcome = _outcome(statement.outcome);
        _requireReason(DisputeId.unwrap(id), statement.reason);

        judged.appellate = signer.agency;
        judged.outcome = outcome;
        emit AppealDecided(id, signer.agency, outcome, statement.reason);
        _conclude(id, judged);
    }

    /// @inheritdoc IDisputeDesk
    function conclude(DisputeId id) external {
        Dispute storage judged = _disputeAt(id, DisputeStage.DECIDED);
        if (block.timestamp <= judged.appealUntil) {
            revert DisputeDesk_AppealOpen({ dispute: id, appealUntil: judged.appealUntil });
        }

        _conclude(id, judged);
    }

    /// @inheritdoc IDisputeDesk
    function orderReissue(OrderReissue calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        (DisputeId id, uint128 amountFen) = (statement.dispute, statement.amountFen);
        Dispute storage upheld = _disputeAt(id, DisputeStage.FINAL);
        if (upheld.outcome != Outcome.UPHELD) revert DisputeDesk_NotUpheld({ dispute: id });
        _requireJudge(id, signer);
        if (upheld.reissueFen != 0) {
            revert DisputeDesk_ReissueOrdered({ dispute: id, amountFen: upheld.reissueFen });
        }
        _requireWithin(DisputeId.unwrap(id), amountFen, upheld.amountFen);

        upheld.reissueFen = amountFen;
        ledger.allowReissue(id, upheld.run, amountFen);
        emit ReissueOrdered(id, signer.agency, amountFen);
    }

    /// @inheritdoc IDisputeDesk
    function dispute(DisputeId id) external view returns (Dispute memory) {
        return _disputes[id];
    }

    function _conclude(DisputeId id, Dispute storage judged) private {
        judged.stage = DisputeStage.FINAL;
        if (judged.held) {
            bool upheld = judged.outcome == Outcome.UPHELD;
            bool freed = ledger.resolveLine(id, judged.run, judged.amountFen, upheld);
            if (freed) _standing[judged.run][judged.index] = DisputeId.wrap(0);
        } else if (judged.outcome == Outcome.DISMISSED) {
            _standing[judged.run][judged.index] = DisputeId.wrap(0);
        }
        emit DisputeConcluded(id, judged.outcome);
    }

    function _tellOpened(OpenDispute calldata statement, AgencyId opener) private {
        emit DisputeOpened(
            statement.dispute,
            statement.run,
            statement.paymentId,
            statement.amountFen,
            _disputes[statement.dispute].held,
            opener,
            statement.reason
        );
    }

    /// @dev What was signed is a line of the run; and who pays it.
    function _checkLine(OpenDispute calldata statement, Placed calldata placed)
        private
        view
        returns (AgencyId payer)
    {
        (bytes32 paymentId, uint128 amountFen) = (placed.line.paymentId, placed.line.amountFen);
        if (statement.paymentId != paymentId || statement.amountFen != amountFen) {
            revert DisputeDesk_LineDiffers({
                dispute: statement.dispute, paymentId: paymentId, amountFen: amountFen
            });
        }

        SumRoot memory root;
        (root,,, payer) = ledger.judged(statement.run);
        _verify(placed, root);
    }

    /// @dev Neither a party, nor whoever decided before; a person of another agency each time.
    function _requireImpartial(DisputeId id, Signer memory signer) private view {
        Dispute storage judged = _disputes[id];
        bool sameAgency = signer.agency == judged.opener || signer.agency == judged.decider
            || signer.agency == judged.payer;
        if (sameAgency) revert DisputeDesk_SameAgency({ dispute: id, agency: signer.agency });
        if (signer.person == judged.openedBy || signer.person == judged.decidedBy) {
            revert DisputeDesk_SamePerson({ dispute: id, person: signer.person });
        }
    }

    function _disputeAt(DisputeId id, DisputeStage expected)
        private
        view
        returns (Dispute storage found)
    {
        found = _disputes[id];
        if (found.stage != expected) {
            revert DisputeDesk_WrongStage({ dispute: id, expected: expected, actual: found.stage });
        }
    }

    function _requireUncontested(DisputeId standing) private pure {
        if (DisputeId.unwrap(standing) != 0) {
            revert DisputeDesk_LineContested({ standing: standing });
        }
    }

    function _outcome(uint8 outcome) private pure returns (Outcome) {
        if (outcome == 0 || outcome > uint8(type(Outcome).max)) {
            revert DisputeDesk_UnknownOutcome({ outcome: outcome });
        }
        return Outcome(outcome);
    }
}
