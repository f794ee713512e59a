// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    Appeal,
    BookReceipt,
    CloseChallenge,
    CloseRecovery,
    Decide,
    DecideAppeal,
    DeskStatements,
    OpenDispute,
    OrderRecovery,
    OrderReissue
} from "../src/types/DeskStatements.sol";
import {
    AnchorFeed,
    EvidenceStatements,
    OpenFeed,
    PublishNotice,
    RotateFeed
} from "../src/types/EvidenceStatements.sol";
import {
    Allot,
    Approve,
    Cancel,
    Close,
    Hold,
    LedgerStatements,
    Lift,
    PassOn,
    Prepare,
    Recall,
    Reject,
    Release,
    Review,
    Settle
} from "../src/types/LedgerStatements.sol";
import {
    NameContract,
    RegisterProgramme,
    RegistryStatements,
    RevokeOfficer,
    SeatAgency,
    SeatOfficer,
    SetGovernors
} from "../src/types/RegistryStatements.sol";

/// @notice The EIP-712 struct hash of every statement by the name of its type, from the ABI
/// encoding of its message.
contract StatementHashes {
    using DeskStatements for *;
    using EvidenceStatements for *;
    using LedgerStatements for *;
    using RegistryStatements for *;

    string[] private _types;
    mapping(string name => bytes4) private _selectors;

    constructor() {
        _add("SeatAgency", StatementHashes.seatAgency.selector);
        _add("SeatOfficer", StatementHashes.seatOfficer.selector);
        _add("RevokeOfficer", StatementHashes.revokeOfficer.selector);
        _add("RegisterProgramme", StatementHashes.registerProgramme.selector);
        _add("SetGovernors", StatementHashes.setGovernors.selector);
        _add("NameContract", StatementHashes.nameContract.selector);
        _add("OpenFeed", StatementHashes.openFeed.selector);
        _add("AnchorFeed", StatementHashes.anchorFeed.selector);
        _add("PublishNotice", StatementHashes.publishNotice.selector);
        _add("RotateFeed", StatementHashes.rotateFeed.selector);
        _add("Allot", StatementHashes.allot.selector);
        _add("PassOn", StatementHashes.passOn.selector);
        _add("Prepare", StatementHashes.prepare.selector);
        _add("Review", StatementHashes.review.selector);
        _add("Approve", StatementHashes.approve.selector);
        _add("Release", StatementHashes.release.selector);
        _add("Settle", StatementHashes.settle.selector);
        _add("Reject", StatementHashes.reject.selector);
        _add("Recall", StatementHashes.recall.selector);
        _add("Close", StatementHashes.close.selector);
        _add("Cancel", StatementHashes.cancel.selector);
        _add("Hold", StatementHashes.hold.selector);
        _add("Lift", StatementHashes.lift.selector);
        _add("OpenDispute", StatementHashes.openDispute.selector);
        _add("Decide", StatementHashes.decide.selector);
        _add("Appeal", StatementHashes.appeal.selector);
        _add("DecideAppeal", StatementHashes.decideAppeal.selector);
        _add("OrderReissue", StatementHashes.orderReissue.selector);
        _add("OrderRecovery", StatementHashes.orderRecovery.selector);
        _add("BookReceipt", StatementHashes.bookReceipt.selector);
        _add("CloseRecovery", StatementHashes.closeRecovery.selector);
        _add("CloseChallenge", StatementHashes.closeChallenge.selector);
    }

    function types() external view returns (string[] memory) {
        return _types;
    }

    function hashOf(string calldata name, bytes calldata message) external view returns (bytes32) {
        require(_selectors[name] != 0, string.concat("no hash for ", name));
        (bool done, bytes memory found) =
            address(this).staticcall(bytes.concat(_selectors[name], message));
        require(done, string.concat("not a message of ", name));
        return abi.decode(found, (bytes32));
    }

    function seatAgency(SeatAgency calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function seatOfficer(SeatOfficer calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function revokeOfficer(RevokeOfficer calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function registerProgramme(RegisterProgramme calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function setGovernors(SetGovernors calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function nameContract(NameContract calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function openFeed(OpenFeed calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function anchorFeed(AnchorFeed calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function publishNotice(PublishNotice calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function rotateFeed(RotateFeed calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function allot(Allot calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function passOn(PassOn calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function prepare(Prepare calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function review(Review calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function approve(Approve calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function release(Release calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function settle(Settle calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function reject(Reject calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function recall(Recall calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function close(Close calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function cancel(Cancel calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function hold(Hold calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function lift(Lift calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function openDispute(OpenDispute calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function decide(Decide calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function appeal(Appeal calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function decideAppeal(DecideAppeal calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function orderReissue(OrderReissue calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function orderRecovery(OrderRecovery calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function bookReceipt(BookReceipt calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function closeRecovery(CloseRecovery calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function closeChallenge(CloseChallenge calldata s) external pure returns (bytes32) {
        return s.hash();
    }

    function _add(string memory name, bytes4 selector) private {
        _types.push(name);
        _selectors[name] = selector;
    }
}
