// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FundLedger } from "../../src/FundLedger.sol";
import { BatchId, NO_BATCH, NoticeId, RunId, TransferId } from "../../src/types/Ids.sol";
import {
    Allot,
    Approve,
    Cancel,
    PassOn,
    Prepare,
    Recall,
    Reject,
    Release,
    Review,
    Settle
} from "../../src/types/LedgerStatements.sol";
import { Stage } from "../../src/types/Money.sol";
import { City } from "../city/City.sol";
import { Signing } from "../city/Signing.sol";

/// @notice Officers, honest or not, who try acts in any order, with any key and any amount; and a
/// ghost ledger in plain Solidity that hears only what the contracts took.
contract Officers is City {
    uint256 private constant RUNS = 4;
    uint128 private constant AMOUNT_MAX = 3_000_000;

    struct Ghost {
        Stage stage;
        uint128 totalFen;
        uint128 creditedFen;
        uint128 returnedFen;
        uint256[] keys;
    }

    uint256 public taken;
    uint128 public allottedFen;
    uint128 public passedOnFen;
    mapping(uint256 index => Ghost) private _ghosts;
    uint256 private _number;

    function start() external {
        City.setUp();
        Allot memory s = _allotment();
        s.programme = UNNOTICED;
        _allot(s, BUDGETER);
        _passOn(_passing(), CITY_BUDGETER);
        (allottedFen, passedOnFen) = (CITY_FEN, FUND_FEN);
    }

    function ghost(uint256 index) external view returns (Ghost memory) {
        return _ghosts[index % RUNS];
    }

    function book() external view returns (FundLedger) {
        return ledger;
    }

    function banker() external pure returns (uint256) {
        return BANKER;
    }

    function runs() external pure returns (uint256) {
        return RUNS;
    }

    function runId(uint256 index) public pure returns (RunId) {
        return RunId.wrap(bytes32(abi.encodePacked("run-", bytes1(uint8(0x61 + index % RUNS)))));
    }

    function allot(uint128 amountFen, uint256 who) external {
        Allot memory s = _allotment();
        s.programme = UNNOTICED;
        (s.id, s.amountFen) = (_next("a"), _bounded(amountFen));
        _allot(s, _key(BUDGETER, who));
        allottedFen += s.amountFen;
        taken++;
    }

    function passOn(uint128 amountFen, uint256 who) external {
        PassOn memory s = _passing();
        (s.id, s.amountFen) = (_next("p"), _bounded(amountFen));
        _passOn(s, _key(CITY_BUDGETER, who));
        passedOnFen += s.amountFen;
        taken++;
    }

    function recall(uint128 amountFen, uint256 who) external {
        Recall memory s = Recall({
            id: _next("r"), fund: FUND, amountFen: _bounded(amountFen), basis: _allotment().basis
        });
        string memory fields = "Recall(bytes32 id,bytes32 fund,uint128 amountFen";
        bytes32 digest = Signing.digest(address(ledger), fields, abi.encode(s));
        ledger.recall(s, Signing.sign(digest, _key(CITY_BUDGETER, who)));
        passedOnFen -= s.amountFen;
        taken++;
    }

    function prepare(uint256 index, uint128 totalFen, uint256 who) external {
        Prepare memory s = _preparation();
        (s.run, s.totalFen) = (runId(index), _bounded(totalFen));
        (s.notice, s.reissueOf) = (NoticeId.wrap(0), NO_BATCH);
        uint256 key = _key(PREPARER, who);
        _prepare(s, key);
        Ghost storage made = _ghosts[index % RUNS];
        (made.stage, made.totalFen) = (Stage.PREPARED, s.totalFen);
        made.keys.push(key);
        taken++;
    }

    function review(uint256 index, uint256 who) external {
        Review memory s = _review();
        (s.run, s.totalFen) = (runId(index), _ghosts[index % RUNS].totalFen);
        uint256 key = _key(REVIEWER, who);
        _review(s, key);
        _moved(index, Stage.REVIEWED, key);
    }

    function approve(uint256 index, uint256 who) external {
        Approve memory s = _approval();
        (s.run, s.totalFen) = (runId(index), _ghosts[index % RUNS].totalFen);
        uint256 key = _key(APPROVER + (who / 4) % 3, who);
        _approve(s, key);
        _moved(index, ledger.run(s.run).stage, key);
    }

    function release(uint256 index, uint256 who) external {
        Release memory s = _voucher();
        (s.run, s.amountFen) = (runId(index), _ghosts[index % RUNS].totalFen);
        uint256 key = _key(TREASURER, who);
        _release(s, key);
        _moved(index, Stage.RELEASED, key);
    }

    function settle(uint256 index, uint128 amountFen, bool credited, uint256 who) external {
        Ghost storage paid = _ghosts[index % RUNS];
        Settle memory s = _settlement(credited ? 2 : 3, 1 + amountFen % AMOUNT_MAX, 1);
        (s.run, s.batch) = (runId(index), BatchId.wrap(TransferId.unwrap(_next("b"))));
        uint256 key = _key(BANKER, who);
        _settle(s, key);
        if (credited) paid.creditedFen += s.totalFen;
        else paid.returnedFen += s.totalFen;
        _moved(index, ledger.run(s.run).stage, key);
    }

    function reject(uint256 index, uint256 who) external {
        if (who % 8 > 1) return; // or hardly a run would be paid
        Reject memory s = _rejection();
        s.run = runId(index);
        _reject(s, _key(CITY_REVIEWER, who));
        _ghosts[index % RUNS].stage = Stage.REJECTED;
        taken++;
    }

    function cancel(uint256 index, uint256 who) external {
        if (who % 8 > 1) return; // or hardly a run would be paid
        Cancel memory s = Cancel({ run: runId(index), reason: REASON, basis: _allotment().basis });
        string memory fields = "Cancel(bytes32 run,bytes32 reason";
        bytes32 digest = Signing.digest(address(ledger), fields, abi.encode(s));
        ledger.cancel(s, Signing.sign(digest, _key(PREPARER, who)));
        _ghosts[index % RUNS].stage = Stage.CANCELLED;
        taken++;
    }

    /// @dev The next step of an honest office, so that runs come to their end.
    function advance(uint256 index, uint128 amountFen, bool credited) external {
        Stage stage = _ghosts[index % RUNS].stage;
        if (stage == Stage.NONE) this.prepare(index, amountFen, 1);
        else if (stage == Stage.PREPARED) this.review(index, 1);
        else if (stage == Stage.REVIEWED) this.approve(index, 1 + 4 * (amountFen % 3));
        else if (stage == Stage.APPROVED) this.release(index, 1);
        else if (stage == Stage.RELEASED) this.settle(index, amountFen, credited, 1);
    }

    /// @dev Time goes on, so that two equal statements are not one.
    function wait(uint16 time) external {
        skip(1 + time);
    }

    function _moved(uint256 index, Stage stage, uint256 key) private {
        Ghost storage run = _ghosts[index % RUNS];
        run.stage = stage;
        run.keys.push(key);
        taken++;
    }

    /// @dev Three times out of four whose office it is, else anybody, a stranger too.
    function _key(uint256 honest, uint256 seed) private pure returns (uint256) {
        if (seed % 4 != 0) return honest;
        uint256[12] memory keys = [
            BUDGETER,
            CITY_BUDGETER,
            PREPARER,
            REVIEWER,
            APPROVER,
            APPROVER_2,
            APPROVER_3,
            CITY_REVIEWER,
            TREASURER,
            BANKER,
            OTHER_BANKER,
            STRANGER
        ];
        return keys[(seed / 4) % keys.length];
    }

    function _bounded(uint128 amountFen) private pure returns (uint128) {
        return amountFen % AMOUNT_MAX;
    }

    function _next(bytes1 kind) private returns (TransferId) {
        bytes memory digits = bytes(vm.toString(++_number));
        return TransferId.wrap(bytes32(abi.encodePacked(kind, digits)));
    }
}
