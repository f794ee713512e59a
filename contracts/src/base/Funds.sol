// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFundLedger } from "../interfaces/IFundLedger.sol";
import { Codes } from "../libraries/Codes.sol";
import { AgencyId, FUND_LEDGER, FundId, NO_AGENCY, NO_FUND, TransferId } from "../types/Ids.sol";
import { Allot, Close, LedgerStatements, PassOn, Recall } from "../types/LedgerStatements.sol";
import { Fund } from "../types/Money.sol";
import { AgencyKind, Role, Signer } from "../types/Office.sol";
import { Books } from "./Books.sol";

/// @notice The tree of funds: money comes in at the top, is passed down, and goes back up.
abstract contract Funds is Books {
    using LedgerStatements for *;

    /// @inheritdoc IFundLedger
    function allot(Allot calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        (FundId id, uint128 amountFen) = (statement.fund, statement.amountFen);
        Fund storage root = _funds[id];
        _requireCurrent(FUND_LEDGER);
        _requireRole(signer, Role.BUDGET);
        _requireKind(signer.agency, AgencyKind.FINANCE);
        _useTransfer(statement.id);
        _requireAmount(statement.id, amountFen);
        if (root.agency == NO_AGENCY) _openRoot(statement);
        bool same = root.parent == NO_FUND && root.programme == statement.programme
            && root.year == statement.year && root.agency == statement.agency;
        if (!same) revert FundLedger_FundDiffers({ fund: id });
        _requireOpen(id, root);
        _requireRoom(id, root, amountFen);

        root.grantedFen += uint64(amountFen);
        emit Allotted(
            statement.id, id, statement.programme, statement.year, statement.agency, amountFen
        );
    }

    /// @inheritdoc IFundLedger
    function passOn(PassOn calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        (FundId parentId, uint128 amountFen) = (statement.parent, statement.amountFen);
        Fund storage parent = _fund(parentId);
        Fund storage child = _funds[statement.fund];
        _requireRole(signer, Role.BUDGET);
        _requireAgency(parent.agency, signer.agency);
        _useTransfer(statement.id);
        _requireAmount(statement.id, amountFen);
        if (child.agency == NO_AGENCY) _openChild(statement, parent);
        if (child.parent != parentId || child.agency != statement.agency) {
            revert FundLedger_FundDiffers({ fund: statement.fund });
        }
        _requireOpen(statement.fund, child);
        _requireAvailable(parentId, amountFen);
        _requireRoom(statement.fund, child, amountFen);

        parent.passedOnFen += uint64(amountFen);
        child.grantedFen += uint64(amountFen);
        emit PassedOn(statement.id, parentId, statement.fund, statement.agency, amountFen);
    }

    /// @inheritdoc IFundLedger
    function recall(Recall calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        (FundId id, uint128 amountFen) = (statement.fund, statement.amountFen);
        Fund storage child = _fund(id);
        FundId parentId = child.parent;
        if (parentId == NO_FUND) revert FundLedger_NoParent({ fund: id });
        _requireRole(signer, Role.BUDGET);
        _requireAgency(_funds[parentId].agency, signer.agency);
        _useTransfer(statement.id);
        _requireAmount(statement.id, amountFen);
        _requireAvailable(id, amountFen);

        _takeBack(child, uint64(amountFen));
        emit Recalled(statement.id, id, parentId, amountFen);
    }

    /// @inheritdoc IFundLedger
    function close(Close calldata statement, bytes calldata signature) external {
        Signer memory signer = _authorise(statement.hash(), statement.basis, signature);
        FundId id = statement.fund;
        Fund storage closing = _fund(id);
        bool top = closing.parent == NO_FUND;
        uint64 returnedFen = _availableFen(closing);
        _requireRole(signer, Role.BUDGET);
        if (top) _requireKind(signer.agency, AgencyKind.FINANCE);
        else _requireAgency(_funds[closing.parent].agency, signer.agency);
        _useTransfer(statement.id);
        if (closing.committedFen != 0 || closing.openChildren != 0) {
            revert FundLedger_FundBusy({
                fund: id, committedFen: closing.committedFen, openChildren: closing.openChildren
            });
        }
        if (returnedFen == 0) _requireOpen(id, closing);

        _takeBack(closing, returnedFen);
        if (!top && !closing.closed) _funds[closing.parent].openChildren--;
        closing.closed = true;
        emit FundClosed(statement.id, id, returnedFen);
    }

    function _openRoot(Allot calldata statement) private {
        (bool known,,) = registry.termsOf(statement.programme, 0);
        if (!known) revert FundLedger_UnknownProgramme({ programme: statement.programme });
        if (statement.year == 0) revert FundLedger_NoYear({ fund: statement.fund });

        Fund storage root = _openFund(statement.fund, statement.agency);
        root.programme = statement.programme;
        root.year = statement.year;
    }

    function _openChild(PassOn calldata statement, Fund storage parent) private {
        Fund storage child = _openFund(statement.fund, statement.agency);
        child.programme = parent.programme;
        child.year = parent.year;
        child.parent = statement.parent;
        parent.openChildren++;
    }

    function _openFund(FundId id, AgencyId holder) private returns (Fund storage opened) {
        Codes.check(FundId.unwrap(id));
        if (registry.kindOf(holder) == AgencyKind.NONE) {
            revert FundLedger_UnknownAgency({ agency: holder });
        }

        opened = _funds[id];
        opened.agency = holder;
    }

    /// @dev Both sides move; at the top, where there is no other side, the money lapses.
    function _takeBack(Fund storage child, uint64 amountFen) private {
        child.grantedFen -= amountFen;
        if (child.parent != NO_FUND) _funds[child.parent].passedOnFen -= amountFen;
    }

    function _useTransfer(TransferId id) private {
        Codes.check(TransferId.unwrap(id));
        if (_transfers[id]) revert FundLedger_TransferExists({ id: id });

        _transfers[id] = true;
    }

    function _requireAmount(TransferId id, uint128 amountFen) private pure {
        if (amountFen == 0) revert FundLedger_NoAmount({ id: id });
    }
}
