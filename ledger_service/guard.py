"""The guard around every request: id, log line, metrics, security headers, size of the body.

It logs the route's template, never the address; an exception that nobody expected is answered as
a problem and logged by type and place.
"""

import secrets
import time
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ledger_service.errors import BodyTooLarge
from ledger_service.logs import where
from ledger_service.problems import problem_response
from ledger_service.service import Service

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "interest-cohort=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """ASGI middleware. The service is looked up when a request comes, after the start."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        return await _Exchange(scope, receive, send).run(self._app)


class _Exchange:
    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._service: Service = scope["app"].state.service
        self._id = secrets.token_hex(8)
        self._status, self._started = 0, time.monotonic()
        self._body: Message | None = None
        scope.setdefault("state", {})["request_id"] = self._id

    async def run(self, app: ASGIApp) -> None:
        try:
            self._body = await self._read_body()
            await app(self._scope, self._receive_body, self._send_guarded)
        except BodyTooLarge as error:
            await self._refuse(error)
        except Exception as error:  # noqa: BLE001  # whatever it is, the caller gets a problem
            failed = {"request": self._id, "problem": where(error)}
            self._service.log.error("request-failed", **failed)  # noqa: TRY400  # no message
            await self._refuse(error)
        finally:
            self._account()

    async def _read_body(self) -> Message:
        """The whole body, read before anything else is done with it. Raises BodyTooLarge."""
        bytes_max = self._service.settings.body_bytes_max
        length = dict(self._scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > bytes_max:
            raise BodyTooLarge(bytes_max)

        body, more = b"", True
        while more:
            message = await self._receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > bytes_max:
                raise BodyTooLarge(bytes_max)
        return {"type": "http.request", "body": body, "more_body": False}

    async def _receive_body(self) -> Message:
        body, self._body = self._body, None
        return body or await self._receive()

    async def _send_guarded(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            added = SECURITY_HEADERS | {"x-request-id": self._id}
            message["headers"] = [
                *message["headers"],
                *((name.encode(), value.encode()) for name, value in added.items()),
            ]
        await self._send(message)

    async def _refuse(self, error: Exception) -> None:
        if self._status:
            return  # the answer had begun
        response = problem_response(error, self._id)
        await response(self._scope, self._receive, self._send_guarded)

    def _account(self) -> None:
        seconds = time.monotonic() - self._started
        route: Any = self._scope.get("route")
        template = getattr(route, "path", "unmatched")
        method = self._scope["method"] if self._scope["method"] in METHODS else "other"
        metrics = self._service.metrics
        metrics.requests.labels(method, template, self._status).inc()
        metrics.seconds.labels(template).observe(seconds)
        self._service.log.info(
            "request",
            request=self._id,
            method=method,
            route=template,
            status=self._status,
            problem=self._scope["state"].get("problem"),
            milliseconds=round(seconds * 1000),
        )
