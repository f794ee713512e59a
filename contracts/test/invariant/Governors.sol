// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Registry } from "../../src/Registry.sol";
import { IAuthority } from "../../src/interfaces/IAuthority.sol";
import { IRegistry } from "../../src/interfaces/IRegistry.sol";
import { IStatements } from "../../src/interfaces/IStatements.sol";
import { AgencyId, DISPUTE_DESK, PersonId } from "../../src/types/Ids.sol";
import { Allot } from "../../src/types/LedgerStatements.sol";
import { Officer } from "../../src/types/Office.sol";
import {
    NameContract,
    RevokeOfficer,
    SeatOfficer,
    SetGovernors
} from "../../src/types/RegistryStatements.sol";
import { City } from "../city/City.sol";
import { Signing } from "../city/Signing.sol";
import { Witness } from "./Witness.sol";

/// @notice Governors who seat, rotate, revoke and replace themselves, and whoever would like to be
/// one; with a ghost of every seat in plain Solidity. What is lawful here is always taken.
contract Governors is City, Witness {
    using Signing for bytes32;

    uint256 private constant DEPLOYER = 0xde9;
    uint256 private constant AGENCIES = 5;
    string private constant NAMING = "NameContract(bytes32 name,address at";

    struct Seat {
        uint256 key;
        SeatOfficer signed;
        uint256 seatedBlock;
        uint256 revokedBlock;
    }

    /// @dev What the Registry once said about a key at a block that had passed.
    struct Answer {
        address key;
        uint256 blockNumber;
        bytes32 said;
    }

    Seat[] private _seats;
    Answer[] private _answers;
    uint256[] private _keys;
    address[] private _addresses;
    uint256[] private _former;
    AgencyId[] private _agencies;
    uint8 public threshold;
    uint64 public noticeSeconds = NOTICE_SECONDS;
    address[] public named;
    uint256 private _number;
    uint256 private _firstSigner;
    bytes private _lastAct;

    function start() external {
        (_keys, threshold) = (new uint256[](3), 2);
        (_keys[0], _keys[1], _keys[2]) = (GOVERNOR_1, GOVERNOR_2, GOVERNOR_3);
        (_agencies, _number) = (new AgencyId[](3), 0x10000);
        (_agencies[0], _agencies[1], _agencies[2]) = (FINANCE, AUDIT, PROCURATORATE);
        _addresses = [vm.addr(GOVERNOR_1), vm.addr(GOVERNOR_2), vm.addr(GOVERNOR_3)];
        City.setUp();
        _seated(_officer(BUDGETER, FINANCE, 1), BUDGETER);
    }

    // What is asked about

    function book() external view returns (Registry) {
        return registry;
    }

    function governors() external view returns (address[] memory keys, AgencyId[] memory agencies) {
        return (_addresses, _agencies);
    }

    function seats() external view returns (uint256) {
        return _seats.length;
    }

    function seat(uint256 i) external view returns (Seat memory) {
        return _seats[i];
    }

    function names() external view returns (uint256) {
        return named.length;
    }

    function answers() external view returns (uint256) {
        return _answers.length;
    }

    function isAnsweredAsBefore(uint256 i) external view returns (bool) {
        Answer storage before = _answers[i];
        return _say(before.key, before.blockNumber) == before.said;
    }

    // What governors do. `seed` also says whose signatures are collected.

    function seatOfficer(uint256 seed) external act {
        _signedFrom(seed);
        _seatFresh(uint32(1 + seed % type(uint32).max), seed);
    }

    function rotateOfficer(uint256 seed) external act {
        (bool found, uint256 i) = _live(seed);
        if (!found) return;
        _signedFrom(seed);
        _revokeSeat(i);
        _seatFresh(PersonId.unwrap(_seats[i].signed.person), seed);
    }

    function revokeOfficer(uint256 seed) external act {
        (bool found, uint256 i) = _live(seed);
        if (!found) return;
        _signedFrom(seed);
        _revokeSeat(i);
    }

    function changeGovernors(uint256 seed) external act {
        _signedFrom(seed);
        uint256 count = 2 + seed % (AGENCIES - 1);
        SetGovernors memory s = _succession(count, uint8(2 + (seed >> 8) % (count - 1)));
        uint256[] memory keys = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            bool stays = i < _keys.length && (seed >> (16 + i)) % 2 == 0;
            keys[i] = stays ? _keys[i] : _fresh();
            s.keys[i] = stays ? _addresses[i] : vm.addr(keys[i]);
        }
        _setGovernors(s);
        for (uint256 i = 0; i < _keys.length; i++) {
            if (!_isIn(keys, _keys[i])) _former.push(_keys[i]);
        }
        (_keys, _addresses, _agencies, threshold) = (keys, s.keys, s.agencies, s.threshold);
    }

    function changeTerms(uint256 seed) external act {
        _signedFrom(seed);
        noticeSeconds = uint64(seed % 30 days);
        _register(_programme(PROGRAMME, noticeSeconds));
    }

    function nameContract(uint256 seed) external act {
        address[3] memory all = [address(registry), address(evidence), address(ledger)];
        if (_isNamed(all[seed % 3])) return;
        _signedFrom(seed);
        _name(_naming(DISPUTE_DESK, all[seed % 3]));
        named.push(all[seed % 3]);
    }

    /// @dev Ask about a block that has passed; the answer has to stay what it is.
    function remember(uint256 seed) external {
        address key = _seats[seed % _seats.length].signed.key;
        uint256 blockNumber = 99 + (seed >> 8) % (block.number - 99);
        _answers.push(Answer(key, blockNumber, _say(key, blockNumber)));
        taken++;
    }

    function wait(uint32 time, uint8 blocks) external {
        skip(time % 1 days);
        vm.roll(block.number + 1 + blocks);
    }

    // What nobody may do

    function signTooFew(uint256 seed) external {
        uint256[] memory keys = _signers(seed, threshold - 1);
        _tryToSeat(keys, IRegistry.Registry_SignatureCount.selector, "below the threshold");
    }

    function signTwice(uint256 seed) external {
        uint256[] memory keys = _signers(seed, threshold);
        keys[0] = keys[keys.length - 1];
        _tryToSeat(keys, IRegistry.Registry_SignersNotRising.selector, "one signer for two");
    }

    function signFromOutside(uint256 seed) external {
        uint256[] memory keys = _signers(seed, threshold);
        uint256[3] memory outsiders = [DEPLOYER, BUDGETER, STRANGER];
        bool former = _former.length != 0 && seed % 4 == 3;
        keys[seed % keys.length] = former
            ? _former[(seed >> 8) % _former.length]
            : outsiders[(seed >> 8) % outsiders.length];
        _tryToSeat(keys, IRegistry.Registry_NotGovernor.selector, "who is no governor");
    }

    function deployerAlone() external {
        SeatOfficer memory s = _officer(STRANGER, FINANCE, 1);
        bytes memory call = abi.encodeCall(IRegistry.seatOfficer, (s, new bytes[](0)));
        vm.prank(vm.addr(DEPLOYER));
        (bool done,) = address(registry).call(call);
        _rule(!done, "taken: the deployer, without a signature");
        refused++;
    }

    function replay() external {
        if (_lastAct.length == 0) return;
        _attack(address(registry), _lastAct, IStatements.AlreadyRecorded.selector, "a replay");
    }

    function weaken(uint256 seed) external {
        _signedFrom(seed);
        SetGovernors memory s = _succession(2 + seed % (AGENCIES - 1), uint8((seed >> 8) % 2));
        if ((seed >> 16) % 2 == 0) s.threshold = uint8(s.keys.length + 1);
        _tryToSucceed(s, IRegistry.Registry_Threshold.selector, "an unsafe threshold");
    }

    function shareAnAgency(uint256 seed) external {
        _signedFrom(seed);
        SetGovernors memory s = _succession(2 + seed % (AGENCIES - 1), 2);
        s.agencies[1] = s.agencies[0];
        _tryToSucceed(s, IRegistry.Registry_GovernorAgency.selector, "two of one agency");
    }

    function shareAKey(uint256 seed) external {
        _signedFrom(seed);
        SetGovernors memory s = _succession(2 + seed % (AGENCIES - 1), 2);
        s.keys[1] = s.keys[0];
        _tryToSucceed(s, IRegistry.Registry_GovernorKey.selector, "one key for two");
    }

    /// @dev What was a contract of the network once is not made one again.
    function nameAgain(uint256 seed) external {
        if (named.length == 0) return;
        _signedFrom(seed);
        NameContract memory s = _naming(DISPUTE_DESK, named[seed % named.length]);
        s.basis.document = keccak256(abi.encode(++_number));
        bytes memory call =
            abi.encodeCall(IRegistry.nameContract, (s, _governed(NAMING, abi.encode(s))));
        _attack(address(registry), call, IRegistry.Registry_NamedBefore.selector, "a former name");
    }

    function seatAgain(uint256 seed) external {
        _signedFrom(seed);
        SeatOfficer memory s = _officer(_seats[seed % _seats.length].key, AUDIT, 1);
        s.person = PersonId.wrap(1);
        s.basis.document = keccak256(abi.encode(++_number));
        bytes memory call =
            abi.encodeCall(IRegistry.seatOfficer, (s, _governed(SEAT_OFFICER, abi.encode(s))));
        _attack(address(registry), call, IRegistry.Registry_KeySeated.selector, "a second seat");
    }

    /// @dev Who was revoked signs on.
    function signAfterwards(uint256 seed) external {
        Seat storage left = _seats[seed % _seats.length];
        if (left.revokedBlock == 0) return;
        Allot memory s = _allotment();
        bytes memory call = abi.encodeCall(ledger.allot, (s, _signedAllot(s, left.key)));
        _attack(address(ledger), call, IAuthority.Authority_Revoked.selector, "a revoked key");
    }

    // How

    function _deploy() internal override {
        vm.startPrank(vm.addr(DEPLOYER));
        super._deploy();
        vm.stopPrank();
    }

    function _governors() internal view override returns (uint256[] memory) {
        return _signers(_firstSigner, threshold);
    }

    function _signedFrom(uint256 seed) private {
        _firstSigner = seed >> 128;
        skip(1); // or two equal proposals were one
    }

    /// @dev `count` governors side by side, from `seed` on.
    function _signers(uint256 seed, uint256 count) private view returns (uint256[] memory signers) {
        signers = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            signers[i] = _keys[(seed % _keys.length + i) % _keys.length];
        }
    }

    function _seatFresh(uint32 person, uint256 seed) private {
        uint256 key = _fresh();
        AgencyId[3] memory agencies = [FINANCE, CITY, AUDIT];
        SeatOfficer memory s = _officer(key, agencies[seed % 3], uint32(1 + (seed >> 32) % 4095));
        s.person = PersonId.wrap(person);
        s.validUntil = s.validFrom + 1 + uint64((seed >> 64) % 3 days);
        bytes[] memory signatures = _governed(SEAT_OFFICER, abi.encode(s));
        registry.seatOfficer(s, signatures);
        _lastAct = abi.encodeCall(IRegistry.seatOfficer, (s, signatures));
        _seated(s, key);
    }

    function _seated(SeatOfficer memory s, uint256 key) private {
        Seat storage fresh = _seats.push();
        (fresh.key, fresh.signed, fresh.seatedBlock) = (key, s, block.number);
    }

    function _revokeSeat(uint256 i) private {
        RevokeOfficer memory s = _revocation(_seats[i].key);
        _revoke(s);
        _seats[i].revokedBlock = block.number;
    }

    /// @dev The first seat from `seed` on that is not revoked.
    function _live(uint256 seed) private view returns (bool found, uint256 i) {
        for (uint256 n = 0; n < _seats.length; n++) {
            i = (seed % _seats.length + n) % _seats.length;
            if (_seats[i].revokedBlock == 0) return (true, i);
        }
    }

    /// @dev New keys for `count` agencies.
    function _succession(uint256 count, uint8 threshold_) private returns (SetGovernors memory s) {
        AgencyId[AGENCIES] memory all = [FINANCE, AUDIT, PROCURATORATE, CITY, BANK];
        (s.keys, s.agencies) = (new address[](count), new AgencyId[](count));
        for (uint256 i = 0; i < count; i++) {
            (s.keys[i], s.agencies[i]) = (vm.addr(_fresh()), all[i]);
        }
        (s.threshold, s.basis) = (threshold_, Signing.basis());
    }

    function _tryToSeat(uint256[] memory keys, bytes4 error, string memory rule) private {
        SeatOfficer memory s = _officer(_fresh(), FINANCE, 1);
        bytes[] memory signatures =
            Signing.digest(address(registry), SEAT_OFFICER, abi.encode(s)).signAll(keys);
        bytes memory call = abi.encodeCall(IRegistry.seatOfficer, (s, signatures));
        _attack(address(registry), call, error, rule);
    }

    function _tryToSucceed(SetGovernors memory s, bytes4 error, string memory rule) private {
        bytes memory call =
            abi.encodeCall(IRegistry.setGovernors, (s, _governed(SET_GOVERNORS, abi.encode(s))));
        _attack(address(registry), call, error, rule);
    }

    /// @dev All that a seat says but its revocation, which comes later.
    function _say(address key, uint256 blockNumber) private view returns (bytes32) {
        Officer memory held = registry.officerAt(key, blockNumber);
        held.revokedBlock = 0;
        return keccak256(abi.encode(held));
    }

    function _isNamed(address at) private view returns (bool) {
        for (uint256 i = 0; i < named.length; i++) {
            if (named[i] == at) return true;
        }
        return false;
    }

    function _isIn(uint256[] memory keys, uint256 key) private pure returns (bool) {
        for (uint256 i = 0; i < keys.length; i++) {
            if (keys[i] == key) return true;
        }
        return false;
    }

    function _fresh() private returns (uint256) {
        return ++_number;
    }
}
