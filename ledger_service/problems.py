"""RFC 9457 problems: one table from the exception tree to what HTTP says.

A problem never repeats what was sent, so a code or a token that was mistyped stays out of answers
and logs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from fundtrail.canonical import canonical
from fundtrail.chain.errors import ContractRefused, DeployError, WrongChain
from fundtrail.errors import ChainError, FormatError, FundtrailError, KeyFileError
from ledger_service import errors

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of problem: status, slug, and what it says."""

    status: int
    slug: str
    zh: str
    en: str


def _kind(status: int, slug: str, zh: str, en: str) -> Kind:
    return Kind(status=status, slug=slug, zh=zh, en=en)


INTERNAL = _kind(500, "internal", "服务内部出错", "The service failed")
INVALID = _kind(422, "invalid-request", "请求格式不对", "The request is not as it must be")

# The nearest class in an exception's ancestry speaks.
PROBLEMS: Mapping[type[Exception], Kind] = {
    errors.NotFound: _kind(404, "not-found", "没有找到", "There is no such thing"),
    errors.CursorError: _kind(400, "bad-cursor", "翻页标记不对", "Not a cursor of this service"),
    errors.CodeUnknown: _kind(404, "code-unknown", "查询码不对", "No slip carries this code"),
    errors.CodeSpent: _kind(
        410, "code-spent", "查询码已用过或已过期", "The code was used or has expired"
    ),
    errors.TokenInvalid: _kind(
        401, "token-invalid", "查询已过期", "No token, or its time has passed"
    ),
    errors.TooManyAttempts: _kind(
        429, "too-many-attempts", "查询太频繁,请稍后再试", "Too many attempts"
    ),
    errors.BodyTooLarge: _kind(413, "body-too-large", "请求内容太大", "The body is too large"),
    errors.NoticeNotLoaded: _kind(
        409, "notice-not-loaded", "公示名单尚未载入", "The roster is not loaded yet"
    ),
    errors.SlipsExist: _kind(409, "slips-exist", "查询码已经生成过", "Slips were made before"),
    errors.ReceiptUnavailable: _kind(
        409, "receipt-unavailable", "暂时不能出具凭证", "No receipt can be made of this payment"
    ),
    errors.GovernorsFileError: _kind(
        400, "bad-governors", "理事文件不对", "Not a file of governors"
    ),
    KeyFileError: _kind(400, "bad-key-file", "密钥文件打不开", "The key file does not open"),
    ContractRefused: _kind(409, "contract-refused", "合约拒绝", "The contract refused"),
    DeployError: _kind(409, "not-deployed", "不能部署", "The deployment cannot go on"),
    WrongChain: _kind(409, "wrong-chain", "不是这条链", "A node of another chain"),
    FormatError: _kind(400, "bad-format", "格式不对", "Not in the expected form"),
    ChainError: _kind(503, "chain-unavailable", "链上节点没有应答", "The chain does not answer"),
    DBAPIError: _kind(
        503, "database-unavailable", "数据库没有应答", "The database does not answer"
    ),
    RequestValidationError: INVALID,
    FundtrailError: INTERNAL,
    Exception: INTERNAL,
}
_HTTP = {
    404: _kind(404, "not-found", "没有这个地址", "There is no such address"),
    405: _kind(405, "method-not-allowed", "不支持这种请求方法", "The method is not allowed"),
}


def kind_of(error: Exception) -> Kind:
    """The kind of problem of an exception."""
    if isinstance(error, HTTPException):
        return _HTTP.get(error.status_code, _kind(error.status_code, "http", "请求失败", "Refused"))
    return next(PROBLEMS[base] for base in type(error).__mro__ if base in PROBLEMS)


def problem_response(error: Exception, request_id: str) -> Response:
    """The answer to an exception."""
    kind = kind_of(error)
    body = canonical(
        {
            "type": f"urn:fundtrail:problem:{kind.slug}",
            "title": f"{kind.zh} {kind.en}",
            "status": kind.status,
            "detail": _detail(error, kind),
            "instance": f"urn:fundtrail:request:{request_id}",
        }
    )
    return Response(body, kind.status, headers=_headers(error), media_type=MEDIA_TYPE)


def add_handlers(app: FastAPI) -> None:
    """Answer every exception of the table with its problem."""

    def answer(request: Request, error: Exception) -> Response:
        request.state.problem = kind_of(error).slug
        return problem_response(error, request.state.request_id)

    for kind in (FundtrailError, DBAPIError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, answer)


def _detail(error: Exception, kind: Kind) -> str:
    """What was expected. Nothing of the caller's own words, and nothing of the inside."""
    if isinstance(error, RequestValidationError):
        places = (".".join(map(str, e["loc"])) + ": " + str(e["type"]) for e in error.errors())
        return "; ".join(places)
    if isinstance(error, errors.NotFound):
        return f"expected a {error.kind} that is on the chain and proved"
    if isinstance(error, errors.ServiceError | FormatError) and kind.status < 500:
        return str(error) if isinstance(error, errors.ServiceError) else kind.en
    return kind.en


def _headers(error: Exception) -> dict[str, str]:
    headers = {"cache-control": "no-store"}
    if isinstance(error, errors.TooManyAttempts):
        headers["retry-after"] = str(error.retry_seconds)
    if isinstance(error, errors.TokenInvalid):
        headers["www-authenticate"] = "Bearer"
    if isinstance(error, HTTPException) and error.headers:
        headers |= dict(error.headers)
    return headers
