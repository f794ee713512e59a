// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

// The names of things. A code is 1 to 31 ASCII characters, then zero bytes (docs/format.md, 1);
// in the ABI each of these is its underlying type, in the sources none is mistaken for another.

type AgencyId is bytes32;

type ProgrammeId is bytes32;

type FundId is bytes32;

type TransferId is bytes32;

type RunId is bytes32;

type BatchId is bytes32;

type NoticeId is bytes32;

type FeedId is bytes32;

type DisputeId is bytes32;

type ReceivableId is bytes32;

/// @dev What a contract is in its network: `FundLedger`, `DisputeDesk`.
type ContractName is bytes32;

/// @dev A month, `YYYY-MM`.
type Period is bytes32;

/// @dev The number of a human being in the personnel register. Two keys of one person carry one.
type PersonId is uint32;

AgencyId constant NO_AGENCY = AgencyId.wrap(0);
ProgrammeId constant NO_PROGRAMME = ProgrammeId.wrap(0);
FundId constant NO_FUND = FundId.wrap(0);
RunId constant NO_RUN = RunId.wrap(0);
BatchId constant NO_BATCH = BatchId.wrap(0);
NoticeId constant NO_NOTICE = NoticeId.wrap(0);
ContractName constant EVIDENCE_LOG = ContractName.wrap("EvidenceLog");
ContractName constant FUND_LEDGER = ContractName.wrap("FundLedger");
ContractName constant DISPUTE_DESK = ContractName.wrap("DisputeDesk");
PersonId constant NO_PERSON = PersonId.wrap(0);

using { sameAgency as ==, otherAgency as != } for AgencyId global;
using { sameProgramme as ==, otherProgramme as != } for ProgrammeId global;
using { sameFund as ==, otherFund as != } for FundId global;
using { sameRun as ==, otherRun as != } for RunId global;
using { sameBatch as ==, otherBatch as != } for BatchId global;
using { sameNotice as ==, otherNotice as != } for NoticeId global;
using { samePeriod as ==, otherPeriod as != } for Period global;
using { samePerson as ==, otherPerson as != } for PersonId global;

function sameAgency(AgencyId a, AgencyId b) pure returns (bool) {
    return AgencyId.unwrap(a) == AgencyId.unwrap(b);
}

function otherAgency(AgencyId a, AgencyId b) pure returns (bool) {
    return AgencyId.unwrap(a) != AgencyId.unwrap(b);
}

function sameProgramme(ProgrammeId a, ProgrammeId b) pure returns (bool) {
    return ProgrammeId.unwrap(a) == ProgrammeId.unwrap(b);
}

function otherProgramme(ProgrammeId a, ProgrammeId b) pure returns (bool) {
    return ProgrammeId.unwrap(a) != ProgrammeId.unwrap(b);
}

function sameFund(FundId a, FundId b) pure returns (bool) {
    return FundId.unwrap(a) == FundId.unwrap(b);
}

function otherFund(FundId a, FundId b) pure returns (bool) {
    return FundId.unwrap(a) != FundId.unwrap(b);
}

function sameRun(RunId a, RunId b) pure returns (bool) {
    return RunId.unwrap(a) == RunId.unwrap(b);
}

function otherRun(RunId a, RunId b) pure returns (bool) {
    return RunId.unwrap(a) != RunId.unwrap(b);
}

function sameBatch(BatchId a, BatchId b) pure returns (bool) {
    return BatchId.unwrap(a) == BatchId.unwrap(b);
}

function otherBatch(BatchId a, BatchId b) pure returns (bool) {
    return BatchId.unwrap(a) != BatchId.unwrap(b);
}

function sameNotice(NoticeId a, NoticeId b) pure returns (bool) {
    return NoticeId.unwrap(a) == NoticeId.unwrap(b);
}

function otherNotice(NoticeId a, NoticeId b) pure returns (bool) {
    return NoticeId.unwrap(a) != NoticeId.unwrap(b);
}

function samePeriod(Period a, Period b) pure returns (bool) {
    return Period.unwrap(a) == Period.unwrap(b);
}

function otherPeriod(Period a, Period b) pure returns (bool) {
    return Period.unwrap(a) != Period.unwrap(b);
}

function samePerson(PersonId a, PersonId b) pure returns (bool) {
    return PersonId.unwrap(a) == PersonId.unwrap(b);
}

function otherPerson(PersonId a, PersonId b) pure returns (bool) {
    return PersonId.unwrap(a) != PersonId.unwrap(b);
}
