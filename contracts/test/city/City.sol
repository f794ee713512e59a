// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { EvidenceLog } from "../../src/EvidenceLog.sol";
import { FundLedger } from "../../src/FundLedger.sol";
import { Registry } from "../../src/Registry.sol";
import { AgencyId, FundId, NO_AGENCY } from "../../src/types/Ids.sol";
import { Fund } from "../../src/types/Money.sol";
import { AgencyKind, Role } from "../../src/types/Office.sol";
import { Acts } from "./Acts.sol";
import { Refusals } from "./Refusals.sol";

/// @notice A small city: three governors, nine agencies, an officer for every role, two programmes;
/// and how far a run has come, in one call each.
abstract contract City is Acts, Refusals {
    function setUp() public virtual {
        vm.warp(1_790_000_000);
        vm.roll(100);
        _deploy();
        _seatAgencies();
        _seatOfficers();
        _register(_programme(PROGRAMME, NOTICE_SECONDS));
        _register(_programme(UNNOTICED, 0));
    }

    function _deploy() internal virtual {
        address[] memory keys = new address[](3);
        AgencyId[] memory agencies = new AgencyId[](3);
        (keys[0], agencies[0]) = (vm.addr(GOVERNOR_1), FINANCE);
        (keys[1], agencies[1]) = (vm.addr(GOVERNOR_2), AUDIT);
        (keys[2], agencies[2]) = (vm.addr(GOVERNOR_3), PROCURATORATE);
        registry = new Registry(keys, agencies, 2);
        evidence = new EvidenceLog(registry);
        ledger = new FundLedger(registry, evidence);
    }

    function _seatAgencies() private {
        _seat(_agency(FINANCE, AgencyKind.FINANCE, NO_AGENCY));
        _seat(_agency(CITY, AgencyKind.PROGRAMME, NO_AGENCY));
        _seat(_agency(DISTRICT, AgencyKind.PROGRAMME, CITY));
        _seat(_agency(OTHER_DISTRICT, AgencyKind.PROGRAMME, CITY));
        _seat(_agency(TREASURY, AgencyKind.TREASURY, FINANCE));
        _seat(_agency(BANK, AgencyKind.BANK, NO_AGENCY));
        _seat(_agency(OTHER_BANK, AgencyKind.BANK, NO_AGENCY));
        _seat(_agency(AUDIT, AgencyKind.AUDIT, NO_AGENCY));
        _seat(_agency(PROCURATORATE, AgencyKind.PROCURATORATE, NO_AGENCY));
    }

    function _seatOfficers() private {
        _seat(_officer(BUDGETER, FINANCE, Role.BUDGET));
        _seat(_officer(CITY_BUDGETER, CITY, Role.BUDGET));
        _seat(_officer(PREPARER, DISTRICT, Role.PREPARE));
        _seat(_officer(REVIEWER, DISTRICT, Role.REVIEW));
        _seat(_officer(APPROVER, DISTRICT, Role.APPROVE));
        _seat(_officer(APPROVER_2, CITY, Role.APPROVE));
        _seat(_officer(APPROVER_3, CITY, Role.APPROVE));
        _seat(_officer(CITY_REVIEWER, CITY, Role.REVIEW));
        _seat(_officer(TREASURER, TREASURY, Role.TREASURY));
        _seat(_officer(BANKER, BANK, Role.BANK));
        _seat(_officer(OTHER_BANKER, OTHER_BANK, Role.BANK));
        _seat(_officer(ORACLE, CITY, Role.ORACLE));
        _seat(_officer(PUBLISHER, DISTRICT, Role.PUBLISH));
        _seat(_officer(AUDITOR, AUDIT, Role.HOLD));
        _seat(_officer(PROSECUTOR, PROCURATORATE, Role.HOLD));
    }

    /// @dev City and district are funded, the notice is published and has run out.
    function _funded() internal {
        _allot(_allotment(), BUDGETER);
        _passOn(_passing(), CITY_BUDGETER);
        _publish(_notice(), PUBLISHER);
        skip(NOTICE_SECONDS);
    }

    function _prepared() internal {
        _funded();
        _prepare(_preparation(), PREPARER);
    }

    function _reviewed() internal {
        _prepared();
        _review(_review(), REVIEWER);
    }

    function _approved() internal {
        _reviewed();
        _approve(_approval(), APPROVER);
    }

    function _released() internal {
        _approved();
        _release(_voucher(), TREASURER);
    }

    /// @dev The whole run came back.
    function _returned() internal {
        _released();
        _settle(_settlement(3, RUN_FEN, RUN_COUNT), BANKER);
    }

    function _fundTerms(FundId id)
        internal
        view
        returns (uint128 committedFen, uint128 paidFen, uint128 availableFen)
    {
        Fund memory stored;
        (stored, availableFen) = ledger.fund(id);
        return (stored.committedFen, stored.paidFen, availableFen);
    }

    function _stored(FundId id) internal view returns (Fund memory stored) {
        (stored,) = ledger.fund(id);
    }
}
