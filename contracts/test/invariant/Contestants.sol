// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { DisputeDesk } from "../../src/DisputeDesk.sol";
import { FundLedger } from "../../src/FundLedger.sol";
import { Line, Placed, SumRoot } from "../../src/libraries/SumTree.sol";
import {
    Appeal,
    BookReceipt,
    Decide,
    DecideAppeal,
    OpenDispute,
    OrderRecovery,
    OrderReissue
} from "../../src/types/DeskStatements.sol";
import { DisputeStage, Outcome, Receivable } from "../../src/types/Dispute.sol";
import { BatchId, DisputeId, ReceivableId, RunId, TransferId } from "../../src/types/Ids.sol";
import { Cancel, Hold, Lift, Reject } from "../../src/types/LedgerStatements.sol";
import { Batch, Stage } from "../../src/types/Money.sol";
import { AgencyKind } from "../../src/types/Office.sol";
import { SumTrees } from "../SumTrees.sol";
import { Desk } from "../city/Desk.sol";
import { Lines } from "../city/Lines.sol";
import { Witness } from "./Witness.sol";

/// @notice Payees, deciders, banks and watchdogs around a few runs of real lines, in any order; and
/// a ghost of every line in plain Solidity. The last run pays a line of the first one once more.
contract Contestants is Lines, Witness {
    using SumTrees for Line[];

    uint256 public constant RUNS = 3;
    uint256 public constant LINES = 4;

    struct GhostLine {
        uint128 amountFen;
        bool held;
        bool struck;
        bool settled;
        bool credited;
        DisputeId dispute;
        ReceivableId receivable;
        uint128 receivedFen;
        uint128 reissuedFen;
    }

    mapping(uint256 run => mapping(uint256 line => GhostLine)) internal _ghosts;
    mapping(uint256 run => uint32) public blocks;
    mapping(uint256 run => uint256) internal _heldUntil;
    bytes32 private _challenge;
    uint256[] internal _owed;
    uint256 private _number;

    function start() public virtual {
        Desk.setUp();
        _listed(_lines(0, RUNS * LINES, 0));
        for (uint256 r = 0; r < RUNS; r++) {
            Line[] memory lines = _linesOf(r);
            for (uint256 i = 0; i < LINES; i++) {
                _ghosts[r][i].amountFen = lines[i].amountFen;
            }
        }
    }

    // What is asked about

    function book() external view returns (FundLedger) {
        return ledger;
    }

    function bench() external view returns (DisputeDesk) {
        return desk;
    }

    function ghost(uint256 r, uint256 i) external view returns (GhostLine memory) {
        return _ghosts[r][i];
    }

    function runId(uint256 r) public pure returns (RunId) {
        return RunId.wrap(bytes32(abi.encodePacked("run-", bytes1(uint8(0x61 + r)))));
    }

    function stageOf(uint256 r) public view returns (Stage) {
        return ledger.run(runId(r)).stage;
    }

    // What they do

    function step(uint256 r) external act {
        r %= RUNS;
        Line[] memory lines = _linesOf(r);
        Stage stage = stageOf(r);
        skip(1);
        if (stage == Stage.NONE) _prepareRun(runId(r), lines);
        else if (stage == Stage.PREPARED) _approveRun(runId(r), lines);
        else if (stage == Stage.APPROVED) _releaseWhole(r);
        else revert("nothing to do");
    }

    /// @dev The bank reports the first line from `seed` on that it was told to pay.
    function settle(uint256 seed, bool credited) external act {
        for (uint256 n = 0; n < RUNS * LINES; n++) {
            (uint256 r, uint256 i) = _place(seed, n);
            if (_isPayable(r, i)) return _settleLine(r, i, credited);
        }
        revert("nothing to report");
    }

    /// @dev Steps of a payee who is right, up to the money that comes back; about a line that was
    /// credited, where there is one.
    function pursue(uint256 seed, uint8 steps) external act {
        (uint256 r, uint256 i) = _place(seed, 0);
        for (uint256 n = 0; n < RUNS * LINES && !_ghosts[r][i].credited; n++) {
            (r, i) = _place(seed, n);
        }
        for (uint256 n = 0; n <= steps % 4; n++) {
            _pursue(r, i);
        }
    }

    function contest(uint256 seed) external act {
        (uint256 r, uint256 i) = _pick(seed, DisputeStage.NONE);
        _contestLine(r, i);
    }

    function decide(uint256 seed, bool upheld, uint16 window) external act {
        (uint256 r, uint256 i) = _pick(seed, DisputeStage.OPEN);
        _decideLine(r, i, upheld, window);
    }

    function appeal(uint256 seed, bool upheld) external act {
        (uint256 r, uint256 i) = _pick(seed, DisputeStage.DECIDED);
        Appeal memory s = _appealing();
        s.dispute = _ghosts[r][i].dispute;
        _appeal(s, DISPUTER);
        DecideAppeal memory ruling = _ruling(upheld ? 1 : 2);
        ruling.dispute = s.dispute;
        Stage stage = stageOf(r);
        _decideAppeal(ruling, APPELLATE);
        _resolved(r, i, upheld, stage);
    }

    function conclude(uint256 seed) external act {
        (uint256 r, uint256 i) = _pick(seed, DisputeStage.DECIDED);
        _concludeLine(r, i);
    }

    function orderReissue(uint256 seed, uint128 amountFen) external act {
        (uint256 r, uint256 i) = _pick(seed, DisputeStage.FINAL);
        OrderReissue memory s = _reissuing(1 + amountFen % LINE_FEN);
        s.dispute = _ghosts[r][i].dispute;
        _orderReissue(s, DECIDER);
    }

    function orderRecovery(uint256 seed) external act {
        (uint256 r, uint256 i) = _pick(seed, DisputeStage.FINAL);
        _orderRecoveryOf(r, i);
    }

    function bookReceipt(uint256 seed, uint128 amountFen) external act {
        uint256 at = _owed[seed % _owed.length];
        _bookReceiptOf(at / LINES, at % LINES, 1 + amountFen % (LINE_FEN / 2));
    }

    function hold(uint256 r, uint32 forSeconds) external act {
        Hold memory s = _holding(uint64(block.timestamp + forSeconds));
        s.run = runId(r % RUNS);
        _hold(s, AUDITOR);
        _heldUntil[r % RUNS] = s.until;
    }

    function lift(uint256 r) public act {
        skip(1);
        Lift memory s = _lifting();
        s.run = runId(r % RUNS);
        _lift(s, AUDITOR);
        _heldUntil[r % RUNS] = 0;
    }

    function cancel(uint256 r, uint8 seldom) external act {
        require(seldom % 8 == 0, "seldom, or hardly a run were paid");
        _cancelRun(r % RUNS);
    }

    function reject(uint256 r, uint8 seldom) external act {
        require(seldom % 8 == 0, "seldom, or hardly a run were paid");
        Reject memory s = _rejection();
        s.run = runId(r % RUNS);
        _reject(s, CITY_REVIEWER);
    }

    /// @dev What a dispute allowed is paid again, in a run of its own and at once.
    function reissue(uint256 seed) external act {
        (uint256 r, uint256 i) = _pick(seed, DisputeStage.FINAL);
        GhostLine storage line = _ghosts[r][i];
        BatchId allowed = BatchId.wrap(DisputeId.unwrap(line.dispute));
        Batch memory batch = ledger.batch(allowed);
        Line[] memory again = new Line[](1);
        again[0] = _line(r * LINES + i, 1);
        again[0].amountFen = batch.totalFen - batch.reissuedFen;
        RunId run = RunId.wrap(_code("i"));
        _prepareRun(run, again, allowed);
        _approveRun(run, again);
        _releaseRun(run, again[0].amountFen);
        _settleRun(BatchId.wrap(_code("j")), run, 2, again);
        line.reissuedFen += again[0].amountFen;
    }

    /// @dev The last run pays a line of the first one once more: anyone proves it.
    function prove() external act {
        Line[] memory first = _linesOf(0);
        bytes32 paymentId = _paymentId(0, 0);
        _challenge = desk.challengeDuplicate(
            runId(0), _find(first, paymentId), runId(RUNS - 1), _find(_linesOf(RUNS - 1), paymentId)
        );
        if (desk.challenge(_challenge).blockedRun) blocks[0]++;
        if (desk.challenge(_challenge).blockedOtherRun) blocks[RUNS - 1]++;
    }

    function clear() public act {
        skip(1);
        _closeChallenge(_clearance(_challenge), AUDITOR);
        (blocks[0], blocks[RUNS - 1]) = (0, 0);
    }

    function wait(uint32 time) external {
        skip(time % 3 days);
    }

    // Nothing is stuck: whatever happened, these lawful acts end it.

    function windDown() external {
        if (_challenge != 0 && !desk.challenge(_challenge).closed) clear();
        for (uint256 r = 0; r < RUNS; r++) {
            for (uint256 i = 0; i < LINES; i++) {
                _endDispute(r, i);
            }
            if (ledger.standingHold(runId(r), AgencyKind.AUDIT).reason != 0) lift(r);
            Stage stage = stageOf(r);
            if (stage == Stage.RELEASED) {
                for (uint256 i = 0; i < LINES; i++) {
                    if (_isPayable(r, i)) _settleLine(r, i, false);
                }
            } else if (uint8(stage) < uint8(Stage.RELEASED) && stage != Stage.NONE) {
                _cancelRun(r);
            }
        }
        _close(_closing(FUND, "close-1"), CITY_BUDGETER);
        _close(_closing(CITY_FUND, "close-2"), BUDGETER);
        for (uint256 n = 0; n < _owed.length; n++) {
            _repay(_owed[n] / LINES, _owed[n] % LINES);
        }
        (, uint128 lapsingFen) = ledger.fund(CITY_FUND);
        if (lapsingFen != 0) _close(_closing(CITY_FUND, "close-3"), BUDGETER);
    }

    /// @dev What is still owed comes back when the year is over.
    function _repay(uint256 r, uint256 i) private {
        Receivable memory due = desk.receivable(_ghosts[r][i].receivable);
        uint128 leftFen = due.amountFen - due.receivedFen;
        skip(1);
        if (leftFen != 0) _bookReceiptOf(r, i, leftFen);
    }

    /// @dev The `n`th line from `seed` on.
    function _place(uint256 seed, uint256 n) internal pure returns (uint256 r, uint256 i) {
        uint256 at = (seed % (RUNS * LINES) + n) % (RUNS * LINES);
        return (at / LINES, at % LINES);
    }

    /// @dev The first line from `seed` on whose dispute is at `stage`.
    function _pick(uint256 seed, DisputeStage stage) internal view returns (uint256 r, uint256 i) {
        for (uint256 n = 0; n < RUNS * LINES; n++) {
            (r, i) = _place(seed, n);
            if (desk.dispute(_ghosts[r][i].dispute).stage == stage) return (r, i);
        }
        revert("no such dispute");
    }

    function _pursue(uint256 r, uint256 i) private {
        GhostLine storage line = _ghosts[r][i];
        DisputeStage stage = desk.dispute(line.dispute).stage;
        skip(1);
        if (stage == DisputeStage.NONE) _contestLine(r, i);
        else if (stage == DisputeStage.OPEN) _decideLine(r, i, true, 0);
        else if (stage == DisputeStage.DECIDED) _concludeLine(r, i);
        else if (ReceivableId.unwrap(line.receivable) == 0) _orderRecoveryOf(r, i);
        else _bookReceiptOf(r, i, LINE_FEN / 3);
    }

    function _isPayable(uint256 r, uint256 i) internal view returns (bool) {
        GhostLine storage line = _ghosts[r][i];
        bool out = line.held || line.struck || line.settled;
        return stageOf(r) == Stage.RELEASED && !out;
    }

    function _settleLine(uint256 r, uint256 i, bool credited) private {
        Line[] memory one = new Line[](1);
        one[0] = _linesOf(r)[i];
        _settleRun(_batchOf(r, i), runId(r), credited ? 2 : 3, one);
        (_ghosts[r][i].settled, _ghosts[r][i].credited) = (true, credited);
    }

    function _contestLine(uint256 r, uint256 i) private {
        GhostLine storage line = _ghosts[r][i];
        Placed memory placed = _linesOf(r).place(i);
        OpenDispute memory s = _contest(placed);
        (s.run, s.dispute) = (runId(r), DisputeId.wrap(_code("d")));
        _openDispute(s, placed, DISPUTER);
        line.dispute = s.dispute;
        line.held = desk.dispute(s.dispute).held;
    }

    function _orderRecoveryOf(uint256 r, uint256 i) private {
        GhostLine storage line = _ghosts[r][i];
        Line[] memory one = new Line[](1);
        one[0] = _linesOf(r)[i];
        Placed memory credited = one.place(0);
        OrderRecovery memory s = _recovering(DisputeId.unwrap(line.dispute), credited);
        (s.run, s.receivable) = (runId(r), ReceivableId.wrap(_code("v")));
        _orderRecovery(s, _batchOf(r, i), credited, DECIDER);
        line.receivable = s.receivable;
        _owed.push(r * LINES + i);
    }

    function _bookReceiptOf(uint256 r, uint256 i, uint128 amountFen) private {
        GhostLine storage line = _ghosts[r][i];
        BookReceipt memory s = _receipt(_code("x"), amountFen);
        s.receivable = line.receivable;
        _bookReceipt(s, BANKER);
        line.receivedFen += s.amountFen;
    }

    function _decideLine(uint256 r, uint256 i, bool upheld, uint64 window) private {
        Decide memory s = _decision(upheld ? 1 : 2);
        s.dispute = _ghosts[r][i].dispute;
        s.appealUntil = uint64(block.timestamp) + window;
        _decide(s, DECIDER);
    }

    function _concludeLine(uint256 r, uint256 i) private {
        skip(1 days);
        DisputeId dispute = _ghosts[r][i].dispute;
        Stage stage = stageOf(r);
        desk.conclude(dispute);
        _resolved(r, i, desk.dispute(dispute).outcome == Outcome.UPHELD, stage);
    }

    function _releaseWhole(uint256 r) private {
        _releaseRun(runId(r), _dueFen(r));
        _rule(block.timestamp > _heldUntil[r], "what a watchdog holds is not released");
        _rule(blocks[r] == 0, "what is a proven fraud is not released");
    }

    function _endDispute(uint256 r, uint256 i) private {
        DisputeStage stage = desk.dispute(_ghosts[r][i].dispute).stage;
        skip(1);
        if (stage == DisputeStage.OPEN) _decideLine(r, i, i % 2 == 0, 0);
        if (stage == DisputeStage.OPEN || stage == DisputeStage.DECIDED) _concludeLine(r, i);
    }

    function _cancelRun(uint256 r) private {
        skip(1);
        Cancel memory s = _cancellation();
        s.run = runId(r);
        _cancel(s, PREPARER);
    }

    /// @dev What a dispute's end makes of its line: freed, struck, or left where it is.
    function _resolved(uint256 r, uint256 i, bool upheld, Stage stage) private {
        GhostLine storage line = _ghosts[r][i];
        if (!line.held) return;
        line.held = false;
        if (stage == Stage.CANCELLED || stage == Stage.REJECTED) return;
        line.struck = upheld || stage == Stage.RELEASED || stage == Stage.SETTLED;
    }

    function _dueFen(uint256 r) internal view returns (uint128 dueFen) {
        for (uint256 i = 0; i < LINES; i++) {
            GhostLine storage line = _ghosts[r][i];
            if (!line.held && !line.struck) dueFen += line.amountFen;
        }
    }

    function _linesOf(uint256 r) internal pure returns (Line[] memory lines) {
        lines = _lines(r * LINES, LINES, 0);
        if (r == RUNS - 1) {
            lines[LINES - 1] = _line(0, 0);
            _sort(lines);
        }
    }

    function _batchOf(uint256 r, uint256 i) internal pure returns (BatchId) {
        return BatchId.wrap(
            bytes32(abi.encodePacked("b", bytes1(uint8(0x61 + r)), bytes1(uint8(0x61 + i))))
        );
    }

    function _code(bytes1 kind) internal returns (bytes32) {
        return bytes32(abi.encodePacked(kind, bytes(vm.toString(++_number))));
    }
}
