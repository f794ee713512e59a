"""/v1: funds, runs and payments. Public on the chain, pseudonymous in the evidence."""

import re
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from fundtrail.enums import Stage
from fundtrail.ids import digest_from_hex
from ledger_service import contest_queries, queries
from ledger_service.etag import EtagRoute
from ledger_service.examples import answers
from ledger_service.models import (
    ChallengeDetail,
    DisputeDetail,
    Fund,
    FundDetail,
    NetworkInfo,
    Page,
    Run,
    RunDetail,
    Trace,
)
from ledger_service.paging import key_of
from ledger_service.payment_receipts import payment_receipt
from ledger_service.service import Reading, ServiceOf
from ledger_service.trace import trace

router = APIRouter(prefix="/v1", route_class=EtagRoute)

_CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$"
_STAGES = [stage.name.lower() for stage in Stage if stage is not Stage.NONE]

Code = Annotated[str, Path(pattern=_CODE, description="编码 code")]
PaymentId = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="支付编号 payment id")]
ChallengeId = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="举证编号 challenge id")]
Cursor = Annotated[str | None, Query(max_length=64, description="上一页的 next")]
Limit = Annotated[int, Query(ge=1, le=200)]
CodeFilter = Annotated[str | None, Query(pattern=_CODE)]
StageFilter = Annotated[str | None, Query(pattern=f"^({'|'.join(_STAGES)})$")]
PeriodFilter = Annotated[str | None, Query(pattern=re.compile(r"^[0-9]{4}-[0-9]{2}$").pattern)]


@router.get("/network", summary="网络 network", responses=answers("network"))
def network(service: ServiceOf) -> NetworkInfo:
    """The network this service reads."""
    names = {name: contract.address for name, contract in service.network.contracts.items()}
    return NetworkInfo(
        name=service.network.name, chain_id=service.network.chain_id, contracts=names
    )


@router.get("/funds", summary="资金列表 funds", responses=answers("funds"))
def funds(read: Reading, cursor: Cursor = None, limit: Limit = 50) -> Page[Fund]:
    """Funds by code, each with its conservation line."""
    return queries.funds(read, after=key_of(cursor), limit=limit)


@router.get("/funds/{code}", summary="一笔资金 one fund", responses=answers("fund", 404))
def fund(read: Reading, code: Code) -> FundDetail:
    """A fund, its children, and what came into it."""
    return queries.fund(read, code)


@router.get("/runs", summary="发放批次列表 runs", responses=answers("runs"))
def runs(
    read: Reading,
    fund: CodeFilter = None,
    stage: StageFilter = None,
    period: PeriodFilter = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[Run]:
    """Runs by code, of one fund, stage or period where asked."""
    wanted = Stage[stage.upper()] if stage else None
    after = key_of(cursor)
    return queries.runs(read, fund=fund, stage=wanted, period=period, after=after, limit=limit)


@router.get("/runs/{code}", summary="一个发放批次 one run", responses=answers("run", 404))
def run(read: Reading, code: Code) -> RunDetail:
    """A run, who did what, what the bank reported, and what stops it."""
    return contest_queries.run_detail(read, code)


@router.get("/disputes/{code}", summary="一件异议 one dispute", responses=answers("dispute", 404))
def dispute(read: Reading, code: Code) -> DisputeDetail:
    """A dispute about one line, each of its acts, and what is to come back."""
    return contest_queries.dispute(read, code)


@router.get(
    "/challenges/{id}", summary="一件举证 one proven fraud", responses=answers("challenge", 404)
)
def challenge(read: Reading, id: ChallengeId) -> ChallengeDetail:
    """A fraud that two proofs showed, the runs it blocks, and each act on it."""
    return contest_queries.challenge(read, digest_from_hex(id))


@router.get(
    "/payments/{payment_id}", summary="一笔支付的全程 trace", responses=answers("payment", 404)
)
def payment(read: Reading, payment_id: PaymentId) -> Trace:
    """Every step of one payment, from the allotment to the payee's account."""
    return trace(read, digest_from_hex(payment_id))


@router.get(
    "/payments/{payment_id}/receipt",
    summary="可离线验证的凭证 receipt",
    responses=answers("receipt", 404, 409),
    response_class=Response,
)
def receipt(service: ServiceOf, read: Reading, payment_id: PaymentId) -> Response:
    """The receipt: `fundtrail-audit receipt FILE` verifies it with network.toml alone."""
    made = payment_receipt(read, service.network, digest_from_hex(payment_id))
    return Response(made.to_bytes(), media_type="application/json")
