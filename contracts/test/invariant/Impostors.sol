// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IContests } from "../../src/interfaces/IContests.sol";
import { IDisputeDesk } from "../../src/interfaces/IDisputeDesk.sol";
import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { Line, Placed, SumTree } from "../../src/libraries/SumTree.sol";
import {
    BookReceipt,
    Decide,
    OpenDispute,
    OrderRecovery
} from "../../src/types/DeskStatements.sol";
import { DisputeStage, Receivable, RecoveryStage } from "../../src/types/Dispute.sol";
import { DisputeId, NO_AGENCY, ReceivableId } from "../../src/types/Ids.sol";
import { Release } from "../../src/types/LedgerStatements.sol";
import { Stage } from "../../src/types/Money.sol";
import { Role } from "../../src/types/Office.sol";
import { SumTrees } from "../SumTrees.sol";
import { Contestants } from "./Contestants.sol";

/// @notice The contestants, and who would like to be paid, released or judged past them.
contract Impostors is Contestants {
    using SumTrees for Line[];

    uint256 private constant PARTIAL = 0x61;

    function start() public override {
        super.start();
        _seat(_officer(PARTIAL, CITY, Role.DECIDE));
    }

    /// @dev Whoever is not the desk asks the ledger for what only the desk may ask.
    function impersonate(uint8 what, uint256 r) external {
        (DisputeId id, uint128 fen) = (DisputeId.wrap("d"), LINE_FEN);
        bytes[6] memory calls = [
            abi.encodeCall(IContests.contestLine, (id, runId(r % RUNS), fen)),
            abi.encodeCall(IContests.resolveLine, (id, runId(r % RUNS), fen, true)),
            abi.encodeCall(IContests.allowReissue, (id, runId(r % RUNS), fen)),
            abi.encodeCall(IContests.blockRun, (runId(r % RUNS), bytes32("c"))),
            abi.encodeCall(IContests.unblockRun, (runId(r % RUNS), bytes32("c"))),
            abi.encodeCall(IContests.recover, (ReceivableId.wrap("v"), runId(r % RUNS), fen))
        ];
        bytes4 error = IContests.Contests_NotTheDesk.selector;
        _attack(address(ledger), calls[what % calls.length], error, "a desk that is none");
    }

    /// @dev An officer of the opener's agency decides what it opened.
    function judgeOwnCause(uint256 seed) external {
        (bool found, uint256 r, uint256 i) = _find(seed, DisputeStage.OPEN);
        if (!found) return;
        Decide memory s = _decision(1);
        s.dispute = _ghosts[r][i].dispute;
        string memory fields =
            "Decide(bytes32 dispute,uint8 outcome,bytes32 reason,uint64 appealUntil";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), PARTIAL);
        bytes memory call = abi.encodeCall(IDisputeDesk.decide, (s, signature));
        _attack(address(desk), call, IDisputeDesk.DisputeDesk_SameAgency.selector, "an own cause");
    }

    function contestTwice(uint256 seed) external {
        (bool found, uint256 r, uint256 i) = _find(seed, DisputeStage.OPEN);
        if (!found) return;
        Placed memory placed = _linesOf(r).place(i);
        OpenDispute memory s = _contest(placed);
        (s.run, s.dispute) = (runId(r), DisputeId.wrap(_code("d")));
        string memory fields =
            "OpenDispute(bytes32 dispute,bytes32 run,bytes32 paymentId,uint128 amountFen,bytes32 reason";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), DISPUTER);
        bytes memory call = abi.encodeCall(IDisputeDesk.openDispute, (s, placed, signature));
        _attack(
            address(desk), call, IDisputeDesk.DisputeDesk_LineContested.selector, "a line twice"
        );
    }

    /// @dev Two payments that differ are said to be one.
    function forgeDuplicate(uint256 seed) external {
        if (stageOf(0) == Stage.NONE || stageOf(1) == Stage.NONE) return;
        Placed memory line = _linesOf(0).place(seed % LINES);
        Placed memory twin = _linesOf(1).place((seed >> 8) % LINES);
        twin.line.paymentId = line.line.paymentId;
        bytes memory call =
            abi.encodeCall(desk.challengeDuplicate, (runId(0), line, runId(1), twin));
        _attack(address(desk), call, SumTree.SumTree_RootMismatch.selector, "a forged duplicate");
    }

    /// @dev A run that a fraud blocks, or a watchdog holds, is released.
    function releaseContested(uint256 r) external {
        r %= RUNS;
        bool held = block.timestamp <= _heldUntil[r];
        if (stageOf(r) != Stage.APPROVED || (blocks[r] == 0 && !held)) return;
        bytes4 error = blocks[r] != 0
            ? IContests.Contests_RunBlocked.selector
            : IContests.Contests_RunHeld.selector;
        _tryToRelease(r, _dueFen(r), error, "a run that is stopped");
    }

    /// @dev The voucher is for the whole run, whatever disputes took out; or for a fen more.
    function releaseTooMuch(uint256 r) external {
        r %= RUNS;
        bool stopped = blocks[r] != 0 || block.timestamp <= _heldUntil[r];
        if (stageOf(r) != Stage.APPROVED || stopped || _dueFen(r) == 0) return;
        uint128 wholeFen = ledger.run(runId(r)).totalFen;
        uint128 askedFen = wholeFen == _dueFen(r) ? wholeFen + 1 : wholeFen;
        bytes4 error = IFundLedger.FundLedger_VoucherDiffers.selector;
        _tryToRelease(r, askedFen, error, "more than is due");
    }

    function repayTooMuch(uint256 seed) external {
        if (_owed.length == 0) return;
        uint256 at = _owed[seed % _owed.length];
        ReceivableId id = _ghosts[at / LINES][at % LINES].receivable;
        Receivable memory due = desk.receivable(id);
        if (due.stage != RecoveryStage.ORDERED) return;
        BookReceipt memory s = _receipt(_code("x"), due.amountFen - due.receivedFen + 1);
        s.receivable = id;
        string memory fields = "BookReceipt(bytes32 receipt,bytes32 receivable,uint128 amountFen";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), BANKER);
        bytes memory call = abi.encodeCall(IDisputeDesk.bookReceipt, (s, signature));
        _attack(address(desk), call, IDisputeDesk.DisputeDesk_AmountOver.selector, "too much back");
    }

    function recoverTwice(uint256 seed) external {
        if (_owed.length == 0) return;
        uint256 at = _owed[seed % _owed.length];
        GhostLine storage line = _ghosts[at / LINES][at % LINES];
        if (!(desk.dispute(line.dispute).appellate == NO_AGENCY)) return;
        Line[] memory one = new Line[](1);
        one[0] = _linesOf(at / LINES)[at % LINES];
        OrderRecovery memory s = _recovering(DisputeId.unwrap(line.dispute), one.place(0));
        (s.run, s.receivable) = (runId(at / LINES), ReceivableId.wrap(_code("v")));
        string memory fields =
            "OrderRecovery(bytes32 receivable,bytes32 cause,bytes32 run,bytes32 paymentId,uint128 amountFen";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), DECIDER);
        bytes memory call = abi.encodeCall(
            IDisputeDesk.orderRecovery,
            (s, _batchOf(at / LINES, at % LINES), one.place(0), signature)
        );
        bytes4 error = IDisputeDesk.DisputeDesk_RecoveryOrdered.selector;
        _attack(address(desk), call, error, "one payment owed twice");
    }

    function _tryToRelease(uint256 r, uint128 amountFen, bytes4 error, string memory rule) private {
        Release memory s = _voucher();
        (s.run, s.amountFen) = (runId(r), amountFen);
        s.voucher = _code("w");
        string memory fields = "Release(bytes32 run,bytes32 bank,bytes32 voucher,uint128 amountFen";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), TREASURER);
        bytes memory call = abi.encodeCall(IFundLedger.release, (s, signature));
        _attack(address(ledger), call, error, rule);
    }

    function _find(uint256 seed, DisputeStage stage)
        private
        view
        returns (bool found, uint256 r, uint256 i)
    {
        for (uint256 n = 0; n < RUNS * LINES; n++) {
            (r, i) = _place(seed, n);
            if (desk.dispute(_ghosts[r][i].dispute).stage == stage) return (true, r, i);
        }
    }
}
