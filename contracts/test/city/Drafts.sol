// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    AnchorFeed,
    OpenFeed,
    PublishNotice,
    RotateFeed
} from "../../src/types/EvidenceStatements.sol";
import {
    AgencyId,
    BatchId,
    ContractName,
    FeedId,
    FundId,
    NO_BATCH,
    NoticeId,
    Period,
    PersonId,
    ProgrammeId,
    RunId,
    TransferId
} from "../../src/types/Ids.sol";
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
import { AgencyKind } from "../../src/types/Office.sol";
import {
    NameContract,
    RegisterProgramme,
    RevokeOfficer,
    SeatAgency,
    SeatOfficer
} from "../../src/types/RegistryStatements.sol";
import { Signing } from "./Signing.sol";
import { Test } from "forge-std/Test.sol";

/// @notice The names of a small city, and one statement of each kind that stands as it is and is
/// for the test to spoil.
abstract contract Drafts is Test {
    uint256 internal constant GOVERNOR_1 = 0x901;
    uint256 internal constant GOVERNOR_2 = 0x902;
    uint256 internal constant GOVERNOR_3 = 0x903;

    uint256 internal constant BUDGETER = 0xb1;
    uint256 internal constant CITY_BUDGETER = 0xb2;
    uint256 internal constant PREPARER = 0xa1;
    uint256 internal constant REVIEWER = 0xa2;
    uint256 internal constant APPROVER = 0xa3;
    uint256 internal constant APPROVER_2 = 0xa4;
    uint256 internal constant APPROVER_3 = 0xa5;
    uint256 internal constant CITY_REVIEWER = 0xa6;
    uint256 internal constant TREASURER = 0xc1;
    uint256 internal constant BANKER = 0xd1;
    uint256 internal constant OTHER_BANKER = 0xd2;
    uint256 internal constant ORACLE = 0xe1;
    uint256 internal constant PUBLISHER = 0xe2;
    uint256 internal constant AUDITOR = 0xf1;
    uint256 internal constant PROSECUTOR = 0xf2;
    uint256 internal constant STRANGER = 0xbad;

    AgencyId internal constant FINANCE = AgencyId.wrap("finance");
    AgencyId internal constant CITY = AgencyId.wrap("civil-affairs");
    AgencyId internal constant DISTRICT = AgencyId.wrap("district-east");
    AgencyId internal constant OTHER_DISTRICT = AgencyId.wrap("district-west");
    AgencyId internal constant TREASURY = AgencyId.wrap("treasury");
    AgencyId internal constant BANK = AgencyId.wrap("bank-a");
    AgencyId internal constant OTHER_BANK = AgencyId.wrap("bank-b");
    AgencyId internal constant AUDIT = AgencyId.wrap("audit");
    AgencyId internal constant PROCURATORATE = AgencyId.wrap("procuratorate");

    ProgrammeId internal constant PROGRAMME = ProgrammeId.wrap("OAA");
    ProgrammeId internal constant UNNOTICED = ProgrammeId.wrap("PENSION");
    FundId internal constant CITY_FUND = FundId.wrap("oaa-2026");
    FundId internal constant FUND = FundId.wrap("oaa-2026-east");
    NoticeId internal constant NOTICE = NoticeId.wrap("notice-2026-10-east");
    FeedId internal constant FEED = FeedId.wrap("civil-affairs");
    RunId internal constant RUN = RunId.wrap("run-2026-10-east");
    BatchId internal constant BATCH = BatchId.wrap("batch-1");
    Period internal constant PERIOD = Period.wrap("2026-10");

    uint64 internal constant NOTICE_SECONDS = 7 days;
    uint128 internal constant FIRST_STEP_FEN = 1_000_000;
    uint128 internal constant SECOND_STEP_FEN = 10_000_000;
    uint128 internal constant CITY_FEN = 100_000_000;
    uint128 internal constant FUND_FEN = 20_000_000;
    uint128 internal constant RUN_FEN = 500_000;
    uint64 internal constant RUN_COUNT = 50;
    bytes32 internal constant ROOT = keccak256("root of the run");
    bytes32 internal constant REASON = keccak256("reason");

    function _agency(AgencyId id, AgencyKind kind, AgencyId parent)
        internal
        view
        returns (SeatAgency memory)
    {
        return SeatAgency({
            agency: id,
            kind: uint8(kind),
            parent: parent,
            region: 310_100,
            name: unicode"云州市",
            basis: Signing.basis()
        });
    }

    function _officer(uint256 key, AgencyId agency, uint32 roles)
        internal
        view
        returns (SeatOfficer memory)
    {
        return SeatOfficer({
            key: vm.addr(key),
            agency: agency,
            person: PersonId.wrap(uint32(key)),
            roles: roles,
            validFrom: uint64(block.timestamp),
            validUntil: uint64(block.timestamp + 365 days),
            basis: Signing.basis()
        });
    }

    function _revocation(uint256 key) internal view returns (RevokeOfficer memory) {
        return RevokeOfficer({ key: vm.addr(key), reason: REASON, basis: Signing.basis() });
    }

    function _programme(ProgrammeId id, uint64 noticeSeconds)
        internal
        view
        returns (RegisterProgramme memory)
    {
        uint128[] memory ladderFen = new uint128[](2);
        (ladderFen[0], ladderFen[1]) = (FIRST_STEP_FEN, SECOND_STEP_FEN);
        FeedId[] memory feeds = new FeedId[](1);
        feeds[0] = FEED;
        return RegisterProgramme({
            programme: id,
            agency: CITY,
            payeeKind: 1,
            noticeSeconds: noticeSeconds,
            ladderFen: ladderFen,
            feeds: feeds,
            basis: Signing.basis()
        });
    }

    function _opening() internal view returns (OpenFeed memory) {
        return OpenFeed({
            feed: FEED,
            vkeyDigest: keccak256("vkey"),
            cadenceSeconds: 1 days,
            basis: Signing.basis()
        });
    }

    function _anchor(uint64 size, bytes32 root) internal view returns (AnchorFeed memory) {
        return AnchorFeed({ feed: FEED, size: size, root: root, basis: Signing.basis() });
    }

    function _notice() internal view returns (PublishNotice memory) {
        return PublishNotice({
            notice: NOTICE,
            programme: PROGRAMME,
            period: PERIOD,
            root: keccak256("root of the roster"),
            totalFen: RUN_FEN,
            count: RUN_COUNT,
            opensAt: uint64(block.timestamp),
            closesAt: uint64(block.timestamp) + NOTICE_SECONDS,
            basis: Signing.basis()
        });
    }

    function _allotment() internal view returns (Allot memory) {
        return Allot({
            id: TransferId.wrap("allot-1"),
            fund: CITY_FUND,
            programme: PROGRAMME,
            year: 2026,
            agency: CITY,
            amountFen: CITY_FEN,
            basis: Signing.basis()
        });
    }

    function _passing() internal view returns (PassOn memory) {
        return PassOn({
            id: TransferId.wrap("pass-1"),
            parent: CITY_FUND,
            fund: FUND,
            agency: DISTRICT,
            amountFen: FUND_FEN,
            basis: Signing.basis()
        });
    }

    function _preparation() internal view returns (Prepare memory) {
        return Prepare({
            run: RUN,
            fund: FUND,
            notice: NOTICE,
            reissueOf: NO_BATCH,
            period: PERIOD,
            root: ROOT,
            totalFen: RUN_FEN,
            count: RUN_COUNT,
            basis: Signing.basis()
        });
    }

    function _review() internal view returns (Review memory) {
        return Review({ run: RUN, root: ROOT, totalFen: RUN_FEN, basis: Signing.basis() });
    }

    function _approval() internal view returns (Approve memory) {
        return Approve({ run: RUN, root: ROOT, totalFen: RUN_FEN, basis: Signing.basis() });
    }

    function _voucher() internal view returns (Release memory) {
        return Release({
            run: RUN,
            bank: BANK,
            voucher: keccak256("voucher 1"),
            amountFen: RUN_FEN,
            basis: Signing.basis()
        });
    }

    function _settlement(uint8 kind, uint128 totalFen, uint64 count)
        internal
        view
        returns (Settle memory)
    {
        return Settle({
            batch: BATCH,
            run: RUN,
            kind: kind,
            root: keccak256("root of the batch"),
            totalFen: totalFen,
            count: count,
            basis: Signing.basis()
        });
    }

    function _rejection() internal view returns (Reject memory) {
        return Reject({ run: RUN, reason: REASON, basis: Signing.basis() });
    }

    function _recalling(uint128 amountFen) internal view returns (Recall memory) {
        return Recall({
            id: TransferId.wrap("recall-1"),
            fund: FUND,
            amountFen: amountFen,
            basis: Signing.basis()
        });
    }

    function _closing(FundId fund, bytes32 id) internal view returns (Close memory) {
        return Close({ id: TransferId.wrap(id), fund: fund, basis: Signing.basis() });
    }

    function _cancellation() internal view returns (Cancel memory) {
        return Cancel({ run: RUN, reason: REASON, basis: Signing.basis() });
    }

    function _holding(uint64 until) internal view returns (Hold memory) {
        return Hold({ run: RUN, until: until, reason: REASON, basis: Signing.basis() });
    }

    function _lifting() internal view returns (Lift memory) {
        return Lift({ run: RUN, reason: REASON, basis: Signing.basis() });
    }

    function _rotation() internal view returns (RotateFeed memory) {
        return RotateFeed({
            feed: FEED,
            vkeyDigest: keccak256("vkey 2"),
            cadenceSeconds: 2 days,
            basis: Signing.basis()
        });
    }

    function _naming(ContractName name, address at) internal view returns (NameContract memory) {
        return NameContract({ name: name, at: at, basis: Signing.basis() });
    }
}
