"""/v1/payee-status: the payee's own answer, by the one-time code of a notice slip.

The code comes in a body and the token in a header, so neither stands in an address or a log.
"""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ledger_service import slips, words
from ledger_service.errors import TokenInvalid, TooManyAttempts
from ledger_service.examples import answers
from ledger_service.models import CodeRequest, PayeeStatus
from ledger_service.payee_status import payee_status
from ledger_service.service import ServiceOf

router = APIRouter(prefix="/v1/payee-status")

Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, description="上次查询得到的令牌 the token of the answer")),
]


@router.post(
    "", summary="凭查询码查询 status by code", responses=answers("payee-status", 404, 410, 429)
)
def by_code(
    request: Request, response: Response, asked: CodeRequest, service: ServiceOf
) -> PayeeStatus:
    """Use the code up and answer; the token repeats the answer for a while."""
    now = service.clock()
    _require_patience(request, service)
    response.headers["cache-control"] = "no-store"
    with service.engine.begin() as connection:
        holder = slips.redeem(connection, asked.code, now)
        found = payee_status(connection, holder.notice, holder.payment_id, service.desk, now)
        expires_at = now + timedelta(seconds=service.settings.token_seconds)
        token = slips.new_token(connection, holder, expires_at)
    return PayeeStatus(
        programme=found.programme,
        notice=holder.notice,
        payments=found.payments,
        token=token,
        token_expires_at=expires_at,
        note=words.PRIVACY,
    )


@router.get("", summary="凭令牌再次查询 status by token", responses=answers("payee-status", 401))
def by_token(response: Response, bearer: Bearer, service: ServiceOf) -> PayeeStatus:
    """The same answer once more, as things stand now."""
    if bearer is None:
        raise TokenInvalid("expected the token of an earlier answer")
    response.headers["cache-control"] = "no-store"
    with service.engine.connect() as connection:
        now = service.clock()
        holder, expires_at = slips.open_token(connection, bearer.credentials, now)
        found = payee_status(connection, holder.notice, holder.payment_id, service.desk, now)
    return PayeeStatus(
        programme=found.programme,
        notice=holder.notice,
        payments=found.payments,
        token=None,
        token_expires_at=expires_at,
        note=words.PRIVACY,
    )


def _require_patience(request: Request, service: ServiceOf) -> None:
    """Count the attempt, in a transaction of its own. Raises TooManyAttempts."""
    caller = request.client.host if request.client else ""
    with service.engine.begin() as connection:
        wait = slips.seconds_to_wait(
            connection, caller, service.clock(), service.settings.attempts_per_minute
        )
    if wait:
        raise TooManyAttempts(retry_seconds=wait)
