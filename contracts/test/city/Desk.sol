// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { DisputeDesk } from "../../src/DisputeDesk.sol";
import { Placed, SumRoot } from "../../src/libraries/SumTree.sol";
import {
    Appeal,
    BookReceipt,
    CloseChallenge,
    CloseRecovery,
    Decide,
    DecideAppeal,
    OpenDispute,
    OrderRecovery,
    OrderReissue
} from "../../src/types/DeskStatements.sol";
import {
    AgencyId,
    BatchId,
    DISPUTE_DESK,
    DisputeId,
    NO_AGENCY,
    ReceivableId,
    TransferId
} from "../../src/types/Ids.sol";
import { AgencyKind, Role } from "../../src/types/Office.sol";
import { City } from "./City.sol";
import { Signing } from "./Signing.sol";

/// @notice The city with a DisputeDesk that its governors named, and who works there.
abstract contract Desk is City {
    uint256 internal constant DISPUTER = 0x51;
    uint256 internal constant DECIDER = 0x52;
    uint256 internal constant APPELLATE = 0x53;

    AgencyId internal constant DISPUTES = AgencyId.wrap("disputes");
    AgencyId internal constant COURT = AgencyId.wrap("reconsideration");
    DisputeId internal constant DISPUTE = DisputeId.wrap("dispute-1");
    ReceivableId internal constant RECEIVABLE = ReceivableId.wrap("recovery-1");

    DisputeDesk internal desk;

    function setUp() public virtual override {
        super.setUp();
        desk = new DisputeDesk(ledger);
        _name(_naming(DISPUTE_DESK, address(desk)));
        _seat(_agency(DISPUTES, AgencyKind.DISPUTES, NO_AGENCY));
        _seat(_agency(COURT, AgencyKind.DISPUTES, NO_AGENCY));
        _seat(_officer(DISPUTER, CITY, Role.DISPUTE));
        _seat(_officer(DECIDER, DISPUTES, Role.DECIDE));
        _seat(_officer(APPELLATE, COURT, Role.APPEAL));
    }

    // Default statements

    function _contest(Placed memory placed) internal view returns (OpenDispute memory) {
        return OpenDispute({
            dispute: DISPUTE,
            run: RUN,
            paymentId: placed.line.paymentId,
            amountFen: placed.line.amountFen,
            reason: REASON,
            basis: Signing.basis()
        });
    }

    function _decision(uint8 outcome) internal view returns (Decide memory) {
        return Decide({
            dispute: DISPUTE,
            outcome: outcome,
            reason: REASON,
            appealUntil: uint64(block.timestamp + 15 days),
            basis: Signing.basis()
        });
    }

    function _appealing() internal view returns (Appeal memory) {
        return Appeal({ dispute: DISPUTE, reason: REASON, basis: Signing.basis() });
    }

    function _ruling(uint8 outcome) internal view returns (DecideAppeal memory) {
        return DecideAppeal({
            dispute: DISPUTE, outcome: outcome, reason: REASON, basis: Signing.basis()
        });
    }

    function _reissuing(uint128 amountFen) internal view returns (OrderReissue memory) {
        return OrderReissue({ dispute: DISPUTE, amountFen: amountFen, basis: Signing.basis() });
    }

    function _recovering(bytes32 cause, Placed memory placed)
        internal
        view
        returns (OrderRecovery memory)
    {
        return OrderRecovery({
            receivable: RECEIVABLE,
            cause: cause,
            run: RUN,
            paymentId: placed.line.paymentId,
            amountFen: placed.line.amountFen,
            basis: Signing.basis()
        });
    }

    function _receipt(bytes32 code, uint128 amountFen) internal view returns (BookReceipt memory) {
        return BookReceipt({
            receipt: TransferId.wrap(code),
            receivable: RECEIVABLE,
            amountFen: amountFen,
            basis: Signing.basis()
        });
    }

    function _writeOff(uint8 how) internal view returns (CloseRecovery memory) {
        return
            CloseRecovery({
                receivable: RECEIVABLE, how: how, reason: REASON, basis: Signing.basis()
            });
    }

    function _clearance(bytes32 challenge) internal view returns (CloseChallenge memory) {
        return CloseChallenge({ challenge: challenge, reason: REASON, basis: Signing.basis() });
    }

    // Sign and record.

    function _openDispute(OpenDispute memory s, Placed memory placed, uint256 key) internal {
        string memory fields =
            "OpenDispute(bytes32 dispute,bytes32 run,bytes32 paymentId,uint128 amountFen,bytes32 reason";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), key);
        _arm();
        desk.openDispute(s, placed, signature);
    }

    function _decide(Decide memory s, uint256 key) internal {
        string memory fields =
            "Decide(bytes32 dispute,uint8 outcome,bytes32 reason,uint64 appealUntil";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), key);
        _arm();
        desk.decide(s, signature);
    }

    function _appeal(Appeal memory s, uint256 key) internal {
        string memory fields = "Appeal(bytes32 dispute,bytes32 reason";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), key);
        _arm();
        desk.appeal(s, signature);
    }

    function _decideAppeal(DecideAppeal memory s, uint256 key) internal {
        string memory fields = "DecideAppeal(bytes32 dispute,uint8 outcome,bytes32 reason";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), key);
        _arm();
        desk.decideAppeal(s, signature);
    }

    function _conclude() internal {
        _arm();
        desk.conclude(DISPUTE);
    }

    function _orderReissue(OrderReissue memory s, uint256 key) internal {
        string memory fields = "OrderReissue(bytes32 dispute,uint128 amountFen";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), key);
        _arm();
        desk.orderReissue(s, signature);
    }

    function _orderRecovery(
        OrderRecovery memory s,
        BatchId batch,
        Placed memory credited,
        uint256 key
    ) internal {
        string memory fields =
            "OrderRecovery(bytes32 receivable,bytes32 cause,bytes32 run,bytes32 paymentId,uint128 amountFen";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), key);
        _arm();
        desk.orderRecovery(s, batch, credited, signature);
    }

    function _bookReceipt(BookReceipt memory s, uint256 key) internal {
        string memory fields = "BookReceipt(bytes32 receipt,bytes32 receivable,uint128 amountFen";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), key);
        _arm();
        desk.bookReceipt(s, signature);
    }

    function _closeRecovery(CloseRecovery memory s, uint256 key) internal {
        string memory fields = "CloseRecovery(bytes32 receivable,uint8 how,bytes32 reason";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), key);
        _arm();
        desk.closeRecovery(s, signature);
    }

    function _closeChallenge(CloseChallenge memory s, uint256 key) internal {
        string memory fields = "CloseChallenge(bytes32 challenge,bytes32 reason";
        bytes memory signature = _signed(address(desk), fields, abi.encode(s), key);
        _arm();
        desk.closeChallenge(s, signature);
    }
}
