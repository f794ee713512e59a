// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Stage } from "../../src/types/Money.sol";
import { Witness } from "./Witness.sol";

/// @notice The ledger once more, in plain Solidity and without signatures: it hears what the
/// contracts took, moves the money itself, and names the rule that an act has broken.
abstract contract GhostLedger is Witness {
    uint256 internal constant TOP = 0;
    uint256 internal constant NONE = type(uint256).max;

    struct GhostFund {
        uint256 parent;
        uint256 grantedFen;
        uint256 passedOnFen;
        uint256 committedFen;
        uint256 paidFen;
        bool opened;
        bool closed;
    }

    /// @param origin The first run of the same lines: itself, or the one that came back.
    /// @param batch The returned batch that it pays again, or none.
    /// @param finallyFen Of an origin: what was credited by it and by all that paid it again.
    struct GhostRun {
        uint256 fund;
        uint256 origin;
        uint256 batch;
        Stage stage;
        uint256 totalFen;
        uint256 required;
        uint256 approvals;
        uint256 creditedFen;
        uint256 returnedFen;
        uint256 finallyFen;
        uint256 settledLines;
        uint32[] people;
    }

    struct GhostBatch {
        uint256 run;
        uint256 returnedFen;
        uint256 reissuedFen;
    }

    GhostFund[] internal _funds;
    GhostRun[] internal _runs;
    GhostBatch[] internal _batches;

    function ghostFund(uint256 f) external view returns (GhostFund memory, uint256 availableFen) {
        return (_funds[f], _available(f));
    }

    function ghostRun(uint256 r) external view returns (GhostRun memory) {
        return _runs[r];
    }

    function funds() external view returns (uint256) {
        return _funds.length;
    }

    function runs() external view returns (uint256) {
        return _runs.length;
    }

    // granted = passed on + committed + paid + available
    function _available(uint256 f) internal view returns (uint256) {
        GhostFund storage fund = _funds[f];
        uint256 gone = fund.passedOnFen + fund.committedFen + fund.paidFen;
        require(gone <= fund.grantedFen, "a fund gave more than it had");
        return fund.grantedFen - gone;
    }

    // Money between funds

    function _granted(uint256 f, uint256 amountFen) internal {
        GhostFund storage fund = _funds[f];
        _rule(!fund.closed, "a closed fund takes no money");
        if (f != TOP) {
            _spend(fund.parent, amountFen);
            _funds[fund.parent].passedOnFen += amountFen;
        }
        fund.grantedFen += amountFen;
        fund.opened = true;
    }

    function _takenBack(uint256 f, uint256 amountFen) internal {
        _spend(f, amountFen);
        _funds[f].grantedFen -= amountFen;
        if (f != TOP) _funds[_funds[f].parent].passedOnFen -= amountFen;
    }

    function _closed(uint256 f) internal {
        GhostFund storage fund = _funds[f];
        _rule(fund.committedFen == 0, "a fund with committed money is not closed");
        for (uint256 child = 0; child < _funds.length; child++) {
            bool below = child != TOP && _funds[child].parent == f && _funds[child].opened;
            _rule(!below || _funds[child].closed, "a fund over an open one is not closed");
        }
        _takenBack(f, _available(f));
        fund.closed = true;
    }

    // The way of a run

    function _prepared(uint256 r, uint256 f, uint256 batch, uint256 totalFen, uint256 required)
        internal
    {
        GhostRun storage run = _runs[r];
        _rule(run.stage == Stage.NONE, "a run is prepared once");
        _rule(!_funds[f].closed, "a closed fund prepares no run");
        _spend(f, totalFen);
        (run.fund, run.origin, run.batch) = (f, r, batch);
        (run.totalFen, run.required, run.stage) = (totalFen, required, Stage.PREPARED);
        if (batch == NONE) return;

        GhostBatch storage back = _batches[batch];
        back.reissuedFen += totalFen;
        _rule(back.reissuedFen <= back.returnedFen, "what came back is paid again once");
        run.origin = _runs[back.run].origin;
    }

    function _reviewed(uint256 r) internal {
        _rule(_runs[r].stage == Stage.PREPARED, "what is prepared is reviewed");
        _runs[r].stage = Stage.REVIEWED;
    }

    function _approved(uint256 r) internal {
        GhostRun storage run = _runs[r];
        _rule(run.stage == Stage.REVIEWED, "what is reviewed is approved");
        if (++run.approvals < run.required) return;
        _spend(run.fund, run.totalFen);
        _funds[run.fund].committedFen += run.totalFen;
        run.stage = Stage.APPROVED;
    }

    function _released(uint256 r) internal {
        _rule(_runs[r].stage == Stage.APPROVED, "what is approved is released");
        _runs[r].stage = Stage.RELEASED;
    }

    function _settled(uint256 r, uint256 amountFen, uint256 lines, bool credited) internal {
        GhostRun storage run = _runs[r];
        GhostFund storage fund = _funds[run.fund];
        _rule(run.stage == Stage.RELEASED, "what is released is settled");
        fund.committedFen -= amountFen;
        run.settledLines += lines;
        if (credited) {
            run.creditedFen += amountFen;
            fund.paidFen += amountFen;
            _runs[run.origin].finallyFen += amountFen;
        } else {
            run.returnedFen += amountFen;
            _batches.push(GhostBatch(r, amountFen, 0));
        }
        uint256 settledFen = run.creditedFen + run.returnedFen;
        _rule(settledFen <= run.totalFen, "no more is settled than was released");
        GhostRun storage origin = _runs[run.origin];
        _rule(origin.finallyFen <= origin.totalFen, "no fen is paid twice");
        if (settledFen == run.totalFen) run.stage = Stage.SETTLED;
    }

    function _rejected(uint256 r) internal {
        Stage stage = _runs[r].stage;
        bool judged = stage == Stage.PREPARED || stage == Stage.REVIEWED;
        _rule(judged, "what is not approved is rejected");
        _ended(r, Stage.REJECTED);
    }

    function _cancelled(uint256 r) internal {
        GhostRun storage run = _runs[r];
        bool before = run.stage == Stage.PREPARED || run.stage == Stage.REVIEWED;
        _rule(before || run.stage == Stage.APPROVED, "what is not released is cancelled");
        if (run.stage == Stage.APPROVED) _funds[run.fund].committedFen -= run.totalFen;
        _ended(r, Stage.CANCELLED);
    }

    /// @dev Whoever prepares, reviews, approves or releases is another person each time.
    function _signedBy(uint256 r, uint32 person) internal {
        _reportedBy(r, person);
        _runs[r].people.push(person);
    }

    /// @dev The bank reports as often as it must, and is none of those either.
    function _reportedBy(uint256 r, uint32 person) internal {
        uint32[] storage people = _runs[r].people;
        for (uint256 i = 0; i < people.length; i++) {
            _rule(people[i] != person, "nobody acts twice on one run");
        }
    }

    function _ended(uint256 r, Stage stage) private {
        GhostRun storage run = _runs[r];
        run.stage = stage;
        if (run.batch != NONE) _batches[run.batch].reissuedFen -= run.totalFen;
    }

    function _spend(uint256 f, uint256 amountFen) private {
        _rule(amountFen <= _available(f), "no fund spends what it has not");
    }
}
