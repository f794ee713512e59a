// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { EvidenceLog } from "../../src/EvidenceLog.sol";
import { FundLedger } from "../../src/FundLedger.sol";
import { Registry } from "../../src/Registry.sol";
import {
    AnchorFeed,
    OpenFeed,
    PublishNotice,
    RotateFeed
} from "../../src/types/EvidenceStatements.sol";
import {
    Allot,
    Approve,
    Cancel,
    Close,
    Hold,
    Lift,
    PassOn,
    Prepare,
    Recall,
    Reject,
    Release,
    Review,
    Settle
} from "../../src/types/LedgerStatements.sol";
import {
    NameContract,
    RegisterProgramme,
    RevokeOfficer,
    SeatAgency,
    SeatOfficer,
    SetGovernors
} from "../../src/types/RegistryStatements.sol";
import { Drafts } from "./Drafts.sol";
import { Signing } from "./Signing.sol";

/// @notice Sign a statement and record it, or see it refused.
abstract contract Acts is Drafts {
    using Signing for bytes32;

    string internal constant ALLOT =
        "Allot(bytes32 id,bytes32 fund,bytes32 programme,uint16 year,bytes32 agency,uint128 amountFen";
    string internal constant SEAT_OFFICER =
        "SeatOfficer(address key,bytes32 agency,uint32 person,uint32 roles,uint64 validFrom,uint64 validUntil";
    string internal constant SET_GOVERNORS =
        "SetGovernors(address[] keys,bytes32[] agencies,uint8 threshold";
    string internal constant ANCHOR_FEED = "AnchorFeed(bytes32 feed,uint64 size,bytes32 root";
    string internal constant PUBLISH_NOTICE =
        "PublishNotice(bytes32 notice,bytes32 programme,bytes32 period,bytes32 root,uint128 totalFen,uint64 count,uint64 opensAt,uint64 closesAt";

    Registry internal registry;
    EvidenceLog internal evidence;
    FundLedger internal ledger;

    bytes private _refusal;

    /// @dev The next act is refused with exactly this error.
    function _refused(bytes memory error) internal {
        _refusal = error;
    }

    function _arm() internal {
        if (_refusal.length == 0) return;
        vm.expectRevert(_refusal);
        delete _refusal;
    }

    /// @dev The governors who sign what is governed.
    function _governors() internal view virtual returns (uint256[] memory keys) {
        keys = new uint256[](2);
        (keys[0], keys[1]) = (GOVERNOR_1, GOVERNOR_2);
    }

    function _seat(SeatAgency memory s) internal {
        string memory fields =
            "SeatAgency(bytes32 agency,uint8 kind,bytes32 parent,uint64 region,string name";
        bytes[] memory signatures = _governed(fields, abi.encode(s));
        _arm();
        registry.seatAgency(s, signatures);
    }

    function _seat(SeatOfficer memory s) internal {
        bytes[] memory signatures = _governed(SEAT_OFFICER, abi.encode(s));
        _arm();
        registry.seatOfficer(s, signatures);
    }

    function _revoke(RevokeOfficer memory s) internal {
        bytes[] memory signatures =
            _governed("RevokeOfficer(address key,bytes32 reason", abi.encode(s));
        _arm();
        registry.revokeOfficer(s, signatures);
    }

    function _register(RegisterProgramme memory s) internal {
        string memory fields =
            "RegisterProgramme(bytes32 programme,bytes32 agency,uint8 payeeKind,uint64 noticeSeconds,uint128[] ladderFen,bytes32[] feeds";
        bytes[] memory signatures = _governed(fields, abi.encode(s));
        _arm();
        registry.registerProgramme(s, signatures);
    }

    function _setGovernors(SetGovernors memory s) internal {
        bytes[] memory signatures = _governed(SET_GOVERNORS, abi.encode(s));
        _arm();
        registry.setGovernors(s, signatures);
    }

    function _open(OpenFeed memory s, uint256 key) internal {
        string memory fields = "OpenFeed(bytes32 feed,bytes32 vkeyDigest,uint64 cadenceSeconds";
        bytes memory signature = _signed(address(evidence), fields, abi.encode(s), key);
        _arm();
        evidence.openFeed(s, signature);
    }

    function _anchor(AnchorFeed memory s, bytes32[] memory proof, uint256 key) internal {
        bytes memory signature = _signed(address(evidence), ANCHOR_FEED, abi.encode(s), key);
        _arm();
        evidence.anchorFeed(s, proof, signature);
    }

    function _publish(PublishNotice memory s, uint256 key) internal {
        bytes memory signature = _signed(address(evidence), PUBLISH_NOTICE, abi.encode(s), key);
        _arm();
        evidence.publishNotice(s, signature);
    }

    function _allot(Allot memory s, uint256 key) internal {
        bytes memory signature = _signedAllot(s, key);
        _arm();
        ledger.allot(s, signature);
    }

    function _signedAllot(Allot memory s, uint256 key) internal view returns (bytes memory) {
        return _signed(address(ledger), ALLOT, abi.encode(s), key);
    }

    function _passOn(PassOn memory s, uint256 key) internal {
        string memory fields =
            "PassOn(bytes32 id,bytes32 parent,bytes32 fund,bytes32 agency,uint128 amountFen";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.passOn(s, signature);
    }

    function _prepare(Prepare memory s, uint256 key) internal {
        string memory fields =
            "Prepare(bytes32 run,bytes32 fund,bytes32 notice,bytes32 reissueOf,bytes32 period,bytes32 root,uint128 totalFen,uint64 count";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.prepare(s, signature);
    }

    function _review(Review memory s, uint256 key) internal {
        string memory fields = "Review(bytes32 run,bytes32 root,uint128 totalFen";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.review(s, signature);
    }

    function _approve(Approve memory s, uint256 key) internal {
        string memory fields = "Approve(bytes32 run,bytes32 root,uint128 totalFen";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.approve(s, signature);
    }

    function _release(Release memory s, uint256 key) internal {
        string memory fields = "Release(bytes32 run,bytes32 bank,bytes32 voucher,uint128 amountFen";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.release(s, signature);
    }

    function _settle(Settle memory s, uint256 key) internal {
        string memory fields =
            "Settle(bytes32 batch,bytes32 run,uint8 kind,bytes32 root,uint128 totalFen,uint64 count";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.settle(s, signature);
    }

    function _reject(Reject memory s, uint256 key) internal {
        string memory fields = "Reject(bytes32 run,bytes32 reason";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.reject(s, signature);
    }

    function _recall(Recall memory s, uint256 key) internal {
        string memory fields = "Recall(bytes32 id,bytes32 fund,uint128 amountFen";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.recall(s, signature);
    }

    function _close(Close memory s, uint256 key) internal {
        string memory fields = "Close(bytes32 id,bytes32 fund";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.close(s, signature);
    }

    function _cancel(Cancel memory s, uint256 key) internal {
        string memory fields = "Cancel(bytes32 run,bytes32 reason";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.cancel(s, signature);
    }

    function _hold(Hold memory s, uint256 key) internal {
        string memory fields = "Hold(bytes32 run,uint64 until,bytes32 reason";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.hold(s, signature);
    }

    function _lift(Lift memory s, uint256 key) internal {
        string memory fields = "Lift(bytes32 run,bytes32 reason";
        bytes memory signature = _signed(address(ledger), fields, abi.encode(s), key);
        _arm();
        ledger.lift(s, signature);
    }

    function _rotate(RotateFeed memory s, uint256 key) internal {
        string memory fields = "RotateFeed(bytes32 feed,bytes32 vkeyDigest,uint64 cadenceSeconds";
        bytes memory signature = _signed(address(evidence), fields, abi.encode(s), key);
        _arm();
        evidence.rotateFeed(s, signature);
    }

    function _name(NameContract memory s) internal {
        bytes[] memory signatures = _governed("NameContract(bytes32 name,address at", abi.encode(s));
        _arm();
        registry.nameContract(s, signatures);
    }

    function _governed(string memory fields, bytes memory encoded)
        internal
        view
        returns (bytes[] memory)
    {
        return Signing.digest(address(registry), fields, encoded).signAll(_governors());
    }

    function _signed(address verifier, string memory fields, bytes memory encoded, uint256 key)
        internal
        view
        returns (bytes memory)
    {
        return Signing.digest(verifier, fields, encoded).sign(key);
    }
}
