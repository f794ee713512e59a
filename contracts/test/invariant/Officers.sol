// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FundLedger } from "../../src/FundLedger.sol";
import { IAuthority } from "../../src/interfaces/IAuthority.sol";
import { IFundLedger } from "../../src/interfaces/IFundLedger.sol";
import { IStatements } from "../../src/interfaces/IStatements.sol";
import {
    AgencyId,
    BatchId,
    FundId,
    NO_BATCH,
    NO_NOTICE,
    PersonId,
    RunId,
    TransferId
} from "../../src/types/Ids.sol";
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
} from "../../src/types/LedgerStatements.sol";
import { Stage } from "../../src/types/Money.sol";
import { Role } from "../../src/types/Office.sol";
import { SeatOfficer } from "../../src/types/RegistryStatements.sol";
import { City } from "../city/City.sol";
import { Signing } from "../city/Signing.sol";
import { GhostLedger } from "./GhostLedger.sol";

/// @notice Officers, honest or not, who try acts in any order, with any key and any amount, some of
/// them from a second seat; over a city, two districts and a street. The ghost hears what was taken.
contract Officers is City, GhostLedger {
    uint256 private constant RUNS = 8;
    uint128 private constant AMOUNT_MAX = 3_000_000;
    uint256 private constant STREET = 3;
    uint256 private constant DISTRICT_BUDGETER = 0xb3;
    // Second seats: their keys end like the person's first one.
    uint256 private constant PREPARER_IN_TREASURY = 0x1a1;
    uint256 private constant REVIEWER_IN_CITY = 0x1a2;
    uint256 private constant APPROVER_IN_BANK = 0x1a3;
    uint256 private constant TREASURER_IN_DISTRICT = 0x1c1;

    BatchId[] private _batchIds;
    uint256 private _number;
    Allot private _lastAllotment;
    bytes private _lastSignature;

    function start() external {
        City.setUp();
        _seat(_officer(DISTRICT_BUDGETER, DISTRICT, Role.BUDGET));
        _seatTwice(PREPARER_IN_TREASURY, TREASURY, Role.TREASURY);
        _seatTwice(REVIEWER_IN_CITY, CITY, Role.APPROVE | Role.REVIEW);
        _seatTwice(APPROVER_IN_BANK, BANK, Role.BANK);
        _seatTwice(TREASURER_IN_DISTRICT, DISTRICT, Role.TREASURY | Role.APPROVE);
        for (uint256 f = 0; f < 4; f++) {
            _funds.push();
            _funds[f].parent = f == STREET ? 1 : TOP;
        }
        for (uint256 r = 0; r < RUNS; r++) {
            _runs.push();
        }
        this.allot(8_000_000, 1);
        this.passOn(0, 4_000_000, 1);
        this.passOn(STREET - 1, 1_000_000, 1);
    }

    function book() external view returns (FundLedger) {
        return ledger;
    }

    function fundId(uint256 f) public pure returns (FundId) {
        bytes32[4] memory codes =
            [bytes32("oaa-2026"), "oaa-2026-east", "oaa-2026-west", "oaa-2026-east-1"];
        return FundId.wrap(codes[f]);
    }

    function runId(uint256 r) public pure returns (RunId) {
        return RunId.wrap(bytes32(abi.encodePacked("run-", bytes1(uint8(0x61 + r)))));
    }

    // Money between funds

    function allot(uint128 amountFen, uint256 who) external act {
        Allot memory s = _allotting(amountFen);
        uint256 key = _key(BUDGETER, who);
        _allot(s, key);
        (_lastAllotment, _lastSignature) = (s, _signedAllot(s, key));
        _granted(TOP, s.amountFen);
    }

    function passOn(uint256 f, uint128 amountFen, uint256 who) external act {
        f = 1 + f % STREET;
        PassOn memory s = _passing();
        (s.id, s.amountFen) = (_next("p"), amountFen % (2 * AMOUNT_MAX));
        (s.parent, s.fund) = (fundId(_funds[f].parent), fundId(f));
        if (f == 2) s.agency = OTHER_DISTRICT;
        _passOn(s, _key(_holder(f), who));
        _granted(f, s.amountFen);
    }

    function recall(uint256 f, uint128 amountFen, uint256 who) external act {
        f = 1 + f % STREET;
        Recall memory s = _recalling(amountFen % AMOUNT_MAX);
        (s.id, s.fund) = (_next("r"), fundId(f));
        _recall(s, _key(_holder(f), who));
        _takenBack(f, s.amountFen);
    }

    function close(uint256 f, uint256 who) external act {
        f = 1 + f % STREET;
        require(who % (f == 1 ? 8 : 3) == 0, "seldom, or there were no money");
        _closeFund(f);
    }

    // The way of a run

    function prepare(uint256 r, uint128 totalFen, uint256 who) external act {
        _prepareFor(r % RUNS, NONE, _fundOf(r % RUNS), totalFen % AMOUNT_MAX, _key(PREPARER, who));
    }

    /// @dev What came back is paid again: all that is left of it, or a part, or a fen too much.
    function prepareAgain(uint256 r, uint256 seed, uint256 who) external act {
        uint256 b = seed % _batches.length;
        uint256 leftFen = _batches[b].returnedFen - _batches[b].reissuedFen;
        uint256[3] memory amounts = [leftFen, leftFen / 2, leftFen + 1];
        uint128 totalFen = uint128(amounts[(seed >> 128) % 3]);
        _prepareFor(r % RUNS, b, _runs[_batches[b].run].fund, totalFen, _key(PREPARER, who));
    }

    function review(uint256 seed, uint256 who) external act {
        _reviewFor(_at(seed, Stage.PREPARED), _key(REVIEWER, who));
    }

    function approve(uint256 seed, uint256 who) external act {
        _approveFor(_at(seed, Stage.REVIEWED), _key(APPROVER + (who / 4) % 3, who));
    }

    function release(uint256 seed, uint256 who) external act {
        _releaseFor(_at(seed, Stage.APPROVED), _key(TREASURER, who));
    }

    function settle(uint256 seed, uint128 amountFen, uint8 count, bool credited, uint256 who)
        external
        act
    {
        uint256 r = _at(seed, Stage.RELEASED);
        _settleFor(r, _part(r, amountFen), _some(r, count), credited, _key(BANKER, who));
    }

    function reject(uint256 seed, uint256 who) external act {
        require(who % 8 < 2, "seldom, or hardly a run were paid");
        uint256 r = _at(seed, Stage.REVIEWED);
        Reject memory s = _rejection();
        s.run = runId(r);
        uint256 key = _key(CITY_REVIEWER, who);
        _reject(s, key);
        _rejected(r);
        _rule(_person(key) != _runs[r].people[0], "who prepared does not reject");
    }

    function cancel(uint256 seed, uint256 who) external act {
        require(who % 8 < 2, "seldom, or hardly a run were paid");
        _cancelFor(_at(seed, Stage.APPROVED), _key(PREPARER, who));
    }

    /// @dev The next step of honest offices with the first run that is not over.
    function advance(uint128 amountFen, uint8 count, bool credited) external act {
        uint256 r = 0;
        while (_runs[r].stage >= Stage.SETTLED) r++;
        Stage stage = _runs[r].stage;
        uint128 totalFen = 1 + amountFen % (AMOUNT_MAX / 2);
        uint256 approver = APPROVER + _runs[r].approvals;
        if (stage == Stage.NONE) _prepareFor(r, NONE, _fundOf(r), totalFen, PREPARER);
        else if (stage == Stage.PREPARED) _reviewFor(r, REVIEWER);
        else if (stage == Stage.REVIEWED) _approveFor(r, approver);
        else if (stage == Stage.APPROVED) _releaseFor(r, TREASURER);
        else _settleFor(r, _part(r, amountFen), _some(r, count), credited, BANKER);
    }

    /// @dev Time goes on, so that two equal statements are not one.
    function wait(uint16 time) external {
        skip(1 + time);
    }

    // What nobody may do

    function replay() external {
        bytes memory call = abi.encodeCall(IFundLedger.allot, (_lastAllotment, _lastSignature));
        _attack(address(ledger), call, IStatements.AlreadyRecorded.selector, "a replay");
    }

    function useATransferTwice(uint128 amountFen) external {
        Allot memory s = _allotting(amountFen);
        (s.id, s.basis.document) = (_lastAllotment.id, keccak256(abi.encode(++_number)));
        _tryToAllot(
            s, _signedAllot(s, BUDGETER), IFundLedger.FundLedger_TransferExists.selector, "an id"
        );
    }

    function malleate(uint128 amountFen) external {
        Allot memory s = _allotting(amountFen);
        (uint8 v, bytes32 r, bytes32 low) =
            vm.sign(BUDGETER, Signing.digest(address(ledger), ALLOT, abi.encode(s)));
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        bytes memory twin = abi.encodePacked(r, order - uint256(low), 55 - v);
        _tryToAllot(s, twin, IStatements.Statements_SignatureMalleable.selector, "a twin");
    }

    function signForAnotherChain(uint128 amountFen, uint64 chainId) external {
        if (chainId == block.chainid) return;
        Allot memory s = _allotting(amountFen);
        bytes32 digest = Signing.digestOn(chainId, address(ledger), ALLOT, abi.encode(s));
        bytes memory signature = Signing.sign(digest, BUDGETER);
        _tryToAllot(s, signature, IAuthority.Authority_NotSeated.selector, "another chain's");
    }

    function fundTheClosed(uint256 f) external {
        f = 1 + f % STREET;
        if (!_funds[f].closed) return;
        PassOn memory s = _passing();
        (s.id, s.parent, s.fund) = (_next("p"), fundId(_funds[f].parent), fundId(f));
        if (f == 2) s.agency = OTHER_DISTRICT;
        string memory fields =
            "PassOn(bytes32 id,bytes32 parent,bytes32 fund,bytes32 agency,uint128 amountFen";
        s.amountFen = 1;
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), _holder(f));
        bytes memory call = abi.encodeCall(IFundLedger.passOn, (s, signature));
        _attack(address(ledger), call, IFundLedger.FundLedger_FundClosed.selector, "a closed fund");
    }

    // Nothing is stuck: whatever happened, these lawful acts end it.

    function windDown() external {
        for (uint256 r = 0; r < RUNS; r++) {
            Stage stage = _runs[r].stage;
            skip(1);
            if (stage == Stage.RELEASED) {
                _settleFor(r, uint128(_leftFen(r)), 1, r % 2 == 0, BANKER);
            } else if (stage != Stage.NONE && stage < Stage.RELEASED) {
                _cancelFor(r, PREPARER);
            }
        }
        for (uint256 n = 1; n <= _funds.length; n++) {
            uint256 f = _funds.length - n; // from the street up
            GhostFund storage fund = _funds[f];
            if (fund.opened && (!fund.closed || _available(f) != 0)) _closeFund(f);
        }
    }

    // How

    function _prepareFor(uint256 r, uint256 batch, uint256 f, uint128 totalFen, uint256 key)
        private
    {
        Prepare memory s = _preparation();
        (s.run, s.fund, s.totalFen, s.notice) = (runId(r), fundId(f), totalFen, NO_NOTICE);
        s.reissueOf = batch == NONE ? NO_BATCH : _batchIds[batch];
        _prepare(s, key);
        _prepared(r, f, batch, totalFen, totalFen >= FIRST_STEP_FEN ? 2 : 1);
        _signedBy(r, _person(key));
    }

    function _reviewFor(uint256 r, uint256 key) private {
        Review memory s = _review();
        (s.run, s.totalFen) = (runId(r), uint128(_runs[r].totalFen));
        _review(s, key);
        _reviewed(r);
        _signedBy(r, _person(key));
    }

    function _approveFor(uint256 r, uint256 key) private {
        Approve memory s = _approval();
        (s.run, s.totalFen) = (runId(r), uint128(_runs[r].totalFen));
        _approve(s, key);
        _approved(r);
        _signedBy(r, _person(key));
    }

    function _releaseFor(uint256 r, uint256 key) private {
        Release memory s = _voucher();
        (s.run, s.amountFen) = (runId(r), uint128(_runs[r].totalFen));
        _release(s, key);
        _released(r);
        _rule(key == TREASURER, "a treasury, of another agency, releases");
        _signedBy(r, _person(key));
    }

    function _settleFor(uint256 r, uint128 amountFen, uint64 count, bool credited, uint256 key)
        private
    {
        Settle memory s = _settlement(credited ? 2 : 3, amountFen, count);
        (s.run, s.batch) = (runId(r), BatchId.wrap(TransferId.unwrap(_next("b"))));
        _settle(s, key);
        _settled(r, amountFen, count, credited);
        if (!credited) _batchIds.push(s.batch);
        _reportedBy(r, _person(key));
        bool ofTheBank = key == BANKER || key == APPROVER_IN_BANK;
        _rule(ofTheBank, "the bank of the voucher reports");
    }

    function _cancelFor(uint256 r, uint256 key) private {
        Cancel memory s = _cancellation();
        s.run = runId(r);
        _cancel(s, key);
        _cancelled(r);
    }

    function _closeFund(uint256 f) private {
        Close memory s = _closing(fundId(f), TransferId.unwrap(_next("c")));
        _close(s, f == TOP ? BUDGETER : _holder(f));
        _closed(f);
    }

    /// @dev All that is left of a run's voucher, half of it, or anything.
    function _part(uint256 r, uint128 amountFen) private view returns (uint128) {
        uint256[3] memory parts = [_leftFen(r), _leftFen(r) / 2, amountFen % AMOUNT_MAX];
        return uint128(parts[(amountFen >> 64) % 3]);
    }

    /// @dev One line, all that no batch has reported, or any number.
    function _some(uint256 r, uint8 count) private view returns (uint64) {
        uint256 told = _runs[r].settledLines;
        uint256[3] memory some = [1, told < RUN_COUNT ? RUN_COUNT - told : 1, count % RUN_COUNT];
        return uint64(some[count % 3]);
    }

    function _leftFen(uint256 r) private view returns (uint256) {
        return _runs[r].totalFen - _runs[r].creditedFen - _runs[r].returnedFen;
    }

    /// @dev Three times out of four the first run that is there, else any.
    function _at(uint256 seed, Stage stage) private view returns (uint256 r) {
        if (seed % 4 == 0) return (seed / 4) % RUNS;
        while (r < RUNS && _runs[r].stage != stage) r++;
        require(r < RUNS, "no such run");
    }

    function _tryToAllot(Allot memory s, bytes memory signature, bytes4 error, string memory rule)
        private
    {
        bytes memory call = abi.encodeCall(IFundLedger.allot, (s, signature));
        _attack(address(ledger), call, error, rule);
    }

    function _allotting(uint128 amountFen) private returns (Allot memory s) {
        s = _allotment();
        (s.programme, s.id, s.amountFen) = (UNNOTICED, _next("a"), amountFen % (4 * AMOUNT_MAX) + 1);
    }

    function _seatTwice(uint256 key, AgencyId agency, uint32 roles) private {
        SeatOfficer memory s = _officer(key, agency, roles);
        s.person = PersonId.wrap(_person(key));
        _seat(s);
    }

    /// @dev Officers of the city carry their key as their person number.
    function _person(uint256 key) private pure returns (uint32) {
        return uint32(key % 0x100);
    }

    /// @dev Who passes money on to fund `f`, and takes it back.
    function _holder(uint256 f) private pure returns (uint256) {
        return f == STREET ? DISTRICT_BUDGETER : CITY_BUDGETER;
    }

    function _fundOf(uint256 r) private pure returns (uint256) {
        return r % 4 == 3 ? STREET : 1;
    }

    /// @dev Three times out of four whose office it is, else anybody, a stranger too.
    function _key(uint256 honest, uint256 seed) private pure returns (uint256) {
        if (seed % 4 != 0) return honest;
        uint256[16] memory keys = [
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
            STRANGER,
            PREPARER_IN_TREASURY,
            REVIEWER_IN_CITY,
            APPROVER_IN_BANK,
            TREASURER_IN_DISTRICT
        ];
        return keys[(seed / 4) % keys.length];
    }

    function _next(bytes1 kind) private returns (TransferId) {
        bytes memory digits = bytes(vm.toString(++_number));
        return TransferId.wrap(bytes32(abi.encodePacked(kind, digits)));
    }
}
