// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Line, Placed, SumRoot, SumTree } from "../../src/libraries/SumTree.sol";
import { PublishNotice } from "../../src/types/EvidenceStatements.sol";
import { BatchId, NO_BATCH, NoticeId, RunId } from "../../src/types/Ids.sol";
import { Approve, Prepare, Release, Review, Settle } from "../../src/types/LedgerStatements.sol";
import { SumTrees } from "../SumTrees.sol";
import { Desk } from "./Desk.sol";

/// @notice Runs, rosters and batches that have lines: real trees, and each act for any of them.
abstract contract Lines is Desk {
    using SumTrees for Line[];

    uint256 internal constant DUTIES = 7;
    uint128 internal constant LINE_FEN = 10_000;

    NoticeId internal constant ROSTER = NoticeId.wrap("roster-2026-10-east");
    RunId internal constant OTHER_RUN = RunId.wrap("run-2026-10-east-2");
    BatchId internal constant OTHER_BATCH = BatchId.wrap("batch-2");

    // SHA256(0x07 ‖ duty_id ‖ attempt u32)
    function _paymentId(uint256 duty, uint32 attempt) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x07), _dutyId(duty), attempt));
    }

    function _dutyId(uint256 duty) internal pure returns (bytes32) {
        return keccak256(abi.encode("duty", duty));
    }

    function _line(uint256 duty, uint32 attempt) internal pure returns (Line memory) {
        return Line({
            paymentId: _paymentId(duty, attempt),
            amountFen: LINE_FEN + uint128(duty),
            recordDigest: keccak256(abi.encode("record", duty, attempt))
        });
    }

    /// @dev Attempt `attempt` of the duties from `first`, `count` of them, in order.
    function _lines(uint256 first, uint256 count, uint32 attempt)
        internal
        pure
        returns (Line[] memory lines)
    {
        lines = new Line[](count);
        for (uint256 i = 0; i < count; i++) {
            lines[i] = _line(first + i, attempt);
        }
        _sort(lines);
    }

    function _sort(Line[] memory lines) internal pure {
        for (uint256 i = 1; i < lines.length; i++) {
            for (uint256 j = i; j > 0 && lines[j].paymentId < lines[j - 1].paymentId; j--) {
                (lines[j], lines[j - 1]) = (lines[j - 1], lines[j]);
            }
        }
    }

    /// @dev Where the line of `paymentId` stands.
    function _find(Line[] memory lines, bytes32 paymentId) internal pure returns (Placed memory) {
        for (uint256 i = 0; i < lines.length; i++) {
            if (lines[i].paymentId == paymentId) return lines.place(i);
        }
        revert("no such line");
    }

    /// @dev The neighbours that show `paymentId` to be absent.
    function _absence(Line[] memory lines, bytes32 paymentId)
        internal
        pure
        returns (Placed[] memory neighbours)
    {
        uint256 above = 0;
        while (above < lines.length && lines[above].paymentId < paymentId) above++;
        bool edge = above == 0 || above == lines.length;
        neighbours = new Placed[](edge ? 1 : 2);
        if (edge) neighbours[0] = lines.place(above == 0 ? 0 : above - 1);
        else (neighbours[0], neighbours[1]) = (lines.place(above - 1), lines.place(above));
    }

    function _rootOfRun(Line[] memory lines) internal pure returns (SumRoot memory) {
        return SumTrees.rootOf(SumTree.RUN, lines);
    }

    /// @dev A roster of all duties was shown and has run out; city and district are funded.
    function _listed() internal {
        _listed(_lines(0, DUTIES, 0));
    }

    function _listed(Line[] memory lines) internal {
        _allot(_allotment(), BUDGETER);
        _passOn(_passing(), CITY_BUDGETER);
        SumRoot memory root = SumTrees.rootOf(SumTree.ROSTER, lines);
        PublishNotice memory s = _notice();
        (s.notice, s.root, s.totalFen, s.count) = (ROSTER, root.root, root.totalFen, root.count);
        _publish(s, PUBLISHER);
        skip(NOTICE_SECONDS);
    }

    function _prepareRun(RunId run, Line[] memory lines, BatchId reissueOf) internal {
        SumRoot memory root = _rootOfRun(lines);
        Prepare memory s = _preparation();
        (s.run, s.notice, s.reissueOf) = (run, ROSTER, reissueOf);
        (s.root, s.totalFen, s.count) = (root.root, root.totalFen, root.count);
        _prepare(s, PREPARER);
    }

    function _prepareRun(RunId run, Line[] memory lines) internal {
        _prepareRun(run, lines, NO_BATCH);
    }

    function _approveRun(RunId run, Line[] memory lines) internal {
        SumRoot memory root = _rootOfRun(lines);
        Review memory reviewed = _review();
        (reviewed.run, reviewed.root, reviewed.totalFen) = (run, root.root, root.totalFen);
        _review(reviewed, REVIEWER);
        Approve memory approved = _approval();
        (approved.run, approved.root, approved.totalFen) = (run, root.root, root.totalFen);
        _approve(approved, APPROVER);
    }

    function _releaseRun(RunId run, uint128 amountFen) internal {
        Release memory s = _voucher();
        (s.run, s.amountFen) = (run, amountFen);
        _release(s, TREASURER);
    }

    /// @dev Prepared, approved and released whole.
    function _payRun(RunId run, Line[] memory lines) internal {
        _prepareRun(run, lines);
        _approveRun(run, lines);
        _releaseRun(run, _rootOfRun(lines).totalFen);
    }

    function _settleRun(BatchId batch, RunId run, uint8 kind, Line[] memory lines) internal {
        SumRoot memory root = SumTrees.rootOf(kind, lines);
        Settle memory s = _settlement(kind, root.totalFen, root.count);
        (s.batch, s.run, s.root) = (batch, run, root.root);
        _settle(s, BANKER);
    }
}
