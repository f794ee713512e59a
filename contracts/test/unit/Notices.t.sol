// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IEvidenceLog } from "../../src/interfaces/IEvidenceLog.sol";
import { Codes } from "../../src/libraries/Codes.sol";
import { Notice } from "../../src/types/Evidence.sol";
import { PublishNotice } from "../../src/types/EvidenceStatements.sol";
import { Period, ProgrammeId } from "../../src/types/Ids.sol";
import { AgencyKind, Role } from "../../src/types/Office.sol";
import { City } from "../city/City.sol";

/// @notice Rosters are shown for as long as their programme asks for, once, and not in the past.
contract NoticesTest is City {
    function test_ANoticeRemembersWhoShowedWhat() public {
        _publish(_notice(), PUBLISHER);

        Notice memory shown = evidence.notice(NOTICE);
        assertTrue(shown.agency == DISTRICT);
        assertTrue(shown.programme == PROGRAMME);
        assertTrue(shown.period == PERIOD);
        assertEq(shown.totalFen, RUN_FEN);
        assertEq(shown.count, RUN_COUNT);
        assertEq(shown.closesAt - shown.opensAt, NOTICE_SECONDS);
    }

    function test_AChangedRosterNeedsANewNotice() public {
        _publish(_notice(), PUBLISHER);
        PublishNotice memory s = _notice();
        s.root = keccak256("a roster swapped after its notice");
        _refused(abi.encodeWithSelector(IEvidenceLog.EvidenceLog_NoticeExists.selector, NOTICE));
        _publish(s, PUBLISHER);
    }

    function test_ANoticeInThePastIsRefused() public {
        PublishNotice memory s = _notice();
        s.opensAt -= 1;
        _refused(
            abi.encodeWithSelector(
                IEvidenceLog.EvidenceLog_NoticeBackdated.selector,
                NOTICE,
                s.opensAt,
                block.timestamp
            )
        );
        _publish(s, PUBLISHER);
    }

    function test_ANoticeOneSecondTooShortIsRefused() public {
        PublishNotice memory s = _notice();
        s.closesAt -= 1;
        _refused(_tooShort(NOTICE_SECONDS - 1, NOTICE_SECONDS));
        _publish(s, PUBLISHER);
    }

    function test_ANoticeThatClosesBeforeItOpensIsRefused() public {
        PublishNotice memory s = _notice();
        s.programme = UNNOTICED;
        s.closesAt = s.opensAt - 1;
        _refused(_tooShort(0, 0));
        _publish(s, PUBLISHER);
    }

    function test_ARosterOfNothingIsRefused() public {
        for (uint256 i = 0; i < 3; i++) {
            PublishNotice memory s = _notice();
            if (i == 0) s.count = 0;
            if (i == 1) s.totalFen = 0;
            if (i == 2) s.root = 0;
            _refused(abi.encodeWithSelector(IEvidenceLog.EvidenceLog_EmptyNotice.selector, NOTICE));
            _publish(s, PUBLISHER);
        }
    }

    function test_ARosterOfMoreThanAFundCanHoldIsRefused() public {
        PublishNotice memory s = _notice();
        s.totalFen = uint128(type(uint64).max) + 1;
        _refused(
            abi.encodeWithSelector(IEvidenceLog.EvidenceLog_TooMuch.selector, NOTICE, s.totalFen)
        );
        _publish(s, PUBLISHER);

        s.totalFen--;
        _publish(s, PUBLISHER);
        assertEq(evidence.notice(NOTICE).totalFen, s.totalFen);
    }

    function test_AnUnknownProgrammeIsRefused() public {
        PublishNotice memory s = _notice();
        s.programme = ProgrammeId.wrap("nothing");
        _refused(
            abi.encodeWithSelector(IEvidenceLog.EvidenceLog_UnknownProgramme.selector, s.programme)
        );
        _publish(s, PUBLISHER);
    }

    function test_APeriodThatIsNoMonthIsRefused() public {
        bytes32[5] memory wrong = [bytes32("2026-13"), "2026-00", "2026/10", "2026-1", "2026-10x"];
        for (uint256 i = 0; i < wrong.length; i++) {
            PublishNotice memory s = _notice();
            s.period = Period.wrap(wrong[i]);
            _refused(abi.encodeWithSelector(Codes.Codes_Malformed.selector, wrong[i]));
            _publish(s, PUBLISHER);
        }
    }

    function test_OnlyAPublisherShowsARoster() public {
        _refused(_roleMissing(PREPARER, Role.PUBLISH, Role.PREPARE));
        _publish(_notice(), PREPARER);
    }

    function test_OnlyADepartmentShowsARoster() public {
        _seat(_officer(STRANGER, BANK, Role.PUBLISH));
        _refused(
            abi.encodeWithSelector(
                IEvidenceLog.EvidenceLog_WrongKind.selector,
                BANK,
                AgencyKind.PROGRAMME,
                AgencyKind.BANK
            )
        );
        _publish(_notice(), STRANGER);
    }

    function _tooShort(uint64 shown, uint64 required) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            IEvidenceLog.EvidenceLog_NoticeTooShort.selector, NOTICE, shown, required
        );
    }
}
