// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { SumTree } from "../../src/libraries/SumTree.sol";
import { Basis } from "../../src/types/Basis.sol";
import {
    AgencyId,
    BatchId,
    DisputeId,
    FundId,
    NO_BATCH,
    NO_FUND,
    ProgrammeId,
    ReceivableId,
    RunId,
    TransferId
} from "../../src/types/Ids.sol";
import {
    Allot,
    Approve,
    Cancel,
    Close,
    PassOn,
    Recall,
    Settle
} from "../../src/types/LedgerStatements.sol";
import { Fund, Run, Stage } from "../../src/types/Money.sol";
import { AgencyKind } from "../../src/types/Office.sol";
import { People } from "../../src/types/People.sol";
import { AnyLedger, AnyRegistry } from "./AnyLedger.sol";
import { Symbolic } from "./Symbolic.sol";

/// @notice The identity of funds, by induction: whatever the books say, if
/// `granted + recovered = passed on + committed + paid + available` holds with every term ≥ 0, then
/// after any act that is not refused it holds again, what leaves one fund is what arrives in the
/// other, and no other field moved. An underflow in a check fails it (contracts/audit/halmos.toml).
contract FundIdentity is Symbolic {
    FundId private constant PARENT = FundId.wrap("parent");
    FundId private constant CHILD = FundId.wrap("child");
    RunId private constant RUN = RunId.wrap("run");
    TransferId private constant TRANSFER = TransferId.wrap("transfer");
    ProgrammeId private constant PROGRAMME = ProgrammeId.wrap("programme");
    AgencyId private constant OFFICE = AgencyId.wrap("office");

    AnyRegistry private _registry = new AnyRegistry();
    AnyLedger private _ledger = new AnyLedger(_registry);

    function check_AvailableIsWhatTheIdentityLeaves(Fund memory f) public {
        _put(CHILD, PARENT, f);
        try _ledger.fund(CHILD) returns (Fund memory, uint128 availableFen) {
            _assertIs(CHILD, f, availableFen);
        } catch {
            assert(false);
        }
    }

    function check_AllotGrantsWhatItSays(Fund memory top, uint128 amountFen, Basis memory basis)
        public
    {
        uint256 availableFen = _open(PARENT, NO_FUND, top);
        _registry.be(AgencyKind.FINANCE);
        Allot memory act = Allot(TRANSFER, PARENT, PROGRAMME, top.year, OFFICE, amountFen, basis);
        try _ledger.allot(act, _signature()) {
            top.grantedFen += uint64(amountFen);
            _assertIs(PARENT, top, availableFen + amountFen);
        } catch { }
    }

    function check_PassOnMovesWhatItSays(
        Fund memory parent,
        Fund memory child,
        uint128 amountFen,
        Basis memory basis
    ) public {
        uint256 parentFen = _open(PARENT, NO_FUND, parent);
        uint256 childFen = _open(CHILD, PARENT, child);
        PassOn memory act = PassOn(TRANSFER, PARENT, CHILD, OFFICE, amountFen, basis);
        try _ledger.passOn(act, _signature()) {
            parent.passedOnFen += uint64(amountFen);
            child.grantedFen += uint64(amountFen);
            _assertIs(PARENT, parent, parentFen - amountFen);
            _assertIs(CHILD, child, childFen + amountFen);
        } catch { }
    }

    function check_RecallMovesBackWhatItSays(
        Fund memory parent,
        Fund memory child,
        uint128 amountFen,
        Basis memory basis
    ) public {
        uint256 parentFen = _open(PARENT, NO_FUND, parent);
        uint256 childFen = _open(CHILD, PARENT, child);
        try _ledger.recall(Recall(TRANSFER, CHILD, amountFen, basis), _signature()) {
            parent.passedOnFen -= uint64(amountFen);
            child.grantedFen -= uint64(amountFen);
            _assertIs(PARENT, parent, parentFen + amountFen);
            _assertIs(CHILD, child, childFen - amountFen);
        } catch { }
    }

    function check_CloseGivesBackWhatIsAvailable(
        Fund memory parent,
        Fund memory child,
        Basis memory basis
    ) public {
        uint256 parentFen = _open(PARENT, NO_FUND, parent);
        uint256 childFen = _open(CHILD, PARENT, child);
        try _ledger.close(Close(TRANSFER, CHILD, basis), _signature()) {
            assert(child.committedFen == 0 && child.openChildren == 0);
            if (!child.closed) parent.openChildren -= 1;
            parent.passedOnFen -= uint64(childFen);
            child.grantedFen -= uint64(childFen);
            child.closed = true;
            _assertIs(PARENT, parent, parentFen + childFen);
            _assertIs(CHILD, child, 0);
        } catch { }
    }

    function check_TheLastApprovalCommitsWhatIsDue(
        Fund memory drawn,
        Run memory run,
        Basis memory basis
    ) public {
        uint256 availableFen = _open(CHILD, PARENT, drawn);
        _stage(run, Stage.REVIEWED);
        try _ledger.approve(Approve(RUN, run.root, run.totalFen, basis), _signature()) {
            bool last = _ledger.run(RUN).stage == Stage.APPROVED;
            assert(last == (run.approvals + 1 == run.required));
            uint64 dueFen = last ? run.totalFen - run.struckFen : 0;
            drawn.committedFen += dueFen;
            drawn.heldFen += last ? run.heldFen : 0;
            _assertIs(CHILD, drawn, availableFen - dueFen);
        } catch { }
    }

    function check_CancelFreesWhatWasCommitted(
        Fund memory drawn,
        Run memory run,
        bytes32 reason,
        Basis memory basis
    ) public {
        uint256 availableFen = _open(CHILD, PARENT, drawn);
        _stage(run, Stage.APPROVED);
        try _ledger.cancel(Cancel(RUN, reason, basis), _signature()) {
            uint64 dueFen = run.totalFen - run.struckFen;
            drawn.committedFen -= dueFen;
            drawn.heldFen -= run.heldFen;
            _assertIs(CHILD, drawn, availableFen + dueFen);
        } catch { }
    }

    function check_SettlementPaysOrReturnsWhatWasCommitted(
        Fund memory drawn,
        Run memory run,
        Settle memory act
    ) public {
        uint256 availableFen = _open(CHILD, PARENT, drawn);
        _stage(run, Stage.RELEASED);
        (act.batch, act.run) = (BatchId.wrap("batch"), RUN);
        try _ledger.settle(act, _signature()) {
            bool credited = act.kind == SumTree.CREDITED;
            assert(credited || act.kind == SumTree.RETURNED);
            uint256 outFen = uint256(run.heldFen) + run.struckFen;
            uint256 toldFen = uint256(run.creditedFen) + run.returnedFen;
            assert(act.totalFen + outFen + toldFen <= run.totalFen);
            drawn.committedFen -= uint64(act.totalFen);
            if (credited) drawn.paidFen += uint64(act.totalFen);
            _assertIs(CHILD, drawn, credited ? availableFen : availableFen + act.totalFen);
        } catch { }
    }

    /// @dev A proven line is at most its run's total, which has 64 bits (SumTree.t.sol).
    function check_ADisputeHoldsAndStrikesOnlyItsLine(
        Fund memory drawn,
        Run memory run,
        uint64 amountFen,
        bool upheld
    ) public {
        uint256 availableFen = _open(CHILD, PARENT, drawn);
        Stage stage = Stage(_oneOf(uint256(run.stage), uint256(type(Stage).max)));
        _stage(run, stage);
        try _ledger.resolveLine(DisputeId.wrap("dispute"), RUN, amountFen, upheld) {
            bool ended = stage == Stage.REJECTED || stage == Stage.CANCELLED;
            bool committed = stage >= Stage.APPROVED && !ended;
            bool struck = committed && (upheld || stage > Stage.APPROVED);
            if (committed) drawn.heldFen -= amountFen;
            if (struck) drawn.committedFen -= amountFen;
            _assertIs(CHILD, drawn, struck ? availableFen + amountFen : availableFen);
        } catch { }
    }

    function check_RecoveredMoneyArrivesOnce(
        Fund memory parent,
        Fund memory child,
        Run memory run,
        uint128 amountFen
    ) public {
        uint256 parentFen = _open(PARENT, NO_FUND, parent);
        uint256 childFen = _open(CHILD, PARENT, child);
        _stage(run, Stage.SETTLED);
        try _ledger.recover(ReceivableId.wrap("receivable"), RUN, amountFen) {
            uint64 above = child.closed ? uint64(amountFen) : 0;
            uint64 here = uint64(amountFen) - above;
            parent.recoveredFen += above;
            child.recoveredFen += here;
            _assertIs(PARENT, parent, parentFen + above);
            _assertIs(CHILD, child, childFen + here);
        } catch { }
    }

    /// @dev Any fund for which the identity holds, and what is available in it.
    function _open(FundId id, FundId parent, Fund memory f) private returns (uint256) {
        _put(id, parent, f);
        (, uint128 availableFen) = _ledger.fund(id);
        return availableFen;
    }

    function _put(FundId id, FundId parent, Fund memory f) private {
        (f.programme, f.agency, f.parent) = (PROGRAMME, OFFICE, parent);
        uint256 heldFen = uint256(f.grantedFen) + f.recoveredFen;
        vm.assume(heldFen <= type(uint64).max);
        vm.assume(uint256(f.passedOnFen) + f.committedFen + f.paidFen <= heldFen);
        _ledger.put(id, f);
    }

    /// @dev Any run of the child fund at this stage. The signer has not acted on it yet.
    function _stage(Run memory run, Stage stage) private {
        (run.fund, run.stage, run.bank) = (CHILD, stage, OFFICE);
        (run.people, run.reissueOf) = (People.wrap(0), NO_BATCH);
        _ledger.put(RUN, run);
    }

    /// @dev The fund is exactly this, and the identity holds with this much available.
    function _assertIs(FundId id, Fund memory expected, uint256 availableFen) private view {
        Fund memory f = _ledger.peek(id);
        assert(f.programme == PROGRAMME && f.agency == OFFICE && f.parent == expected.parent);
        assert(f.year == expected.year && f.closed == expected.closed);
        assert(f.openChildren == expected.openChildren);
        assert(f.heldFen == expected.heldFen);
        assert(f.grantedFen == expected.grantedFen && f.recoveredFen == expected.recoveredFen);
        assert(f.passedOnFen == expected.passedOnFen && f.paidFen == expected.paidFen);
        assert(f.committedFen == expected.committedFen);
        uint256 heldFen = uint256(f.grantedFen) + f.recoveredFen;
        assert(heldFen <= type(uint64).max);
        assert(heldFen == uint256(f.passedOnFen) + f.committedFen + f.paidFen + availableFen);
    }

    /// @dev 65 bytes that halmos takes for anyone's signature.
    function _signature() private pure returns (bytes memory) {
        return abi.encodePacked(bytes32(uint256(1)), bytes32(uint256(1)), uint8(27));
    }
}
