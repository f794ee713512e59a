"""ETags: a read whose bytes the caller has already is answered 304 without them (RFC 9110)."""

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute


class EtagRoute(APIRoute):
    """A route whose answers carry the digest of their bytes."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle: Callable[[Request], Any] = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            response: Response = await handle(request)
            if response.status_code != 200 or request.method != "GET":
                return response
            tag = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
            response.headers["etag"] = tag
            response.headers["cache-control"] = "no-cache"
            if tag in _tags(request):
                return Response(status_code=304, headers={"etag": tag, "cache-control": "no-cache"})
            return response

        return tagged


def _tags(request: Request) -> list[str]:
    asked = request.headers.get("if-none-match", "")
    return [tag.strip().removeprefix("W/") for tag in asked.split(",")]
