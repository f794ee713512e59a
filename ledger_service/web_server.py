"""The web server: uvicorn around the application, on a socket that is bound before it starts.

It says where it answers once it does, and ends on Ctrl-C or SIGTERM with everything it started.
"""

import logging
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from ledger_service.errors import ServiceError


class AddressInUse(ServiceError):
    """The address cannot be listened on."""


class StartFailed(ServiceError):
    """The application did not start."""


class WebServer(uvicorn.Server):
    """A server that calls `on_started` with its URL, once, when it answers."""

    def __init__(
        self, app: FastAPI, *, on_started: Callable[[str], None], trusted_proxies: str = ""
    ) -> None:
        logging.getLogger("uvicorn.error").disabled = True  # the guard logs, without values
        config = uvicorn.Config(
            app,
            access_log=False,
            log_config=None,
            server_header=False,
            lifespan="on",
            proxy_headers=bool(trusted_proxies),
            forwarded_allow_ips=trusted_proxies or None,
            timeout_graceful_shutdown=5,
        )
        super().__init__(config)
        self._on_started, self._url = on_started, ""

    def serve_on(self, listener: socket.socket) -> None:
        """Serve until stopped. Raises StartFailed where the application did not start."""
        host, port = listener.getsockname()[:2]
        self._url = f"http://{host}:{port}"
        try:
            self.run(sockets=[listener])
        except KeyboardInterrupt:
            return  # Ctrl-C, raised again by uvicorn after everything has stopped
        except SystemExit:
            raise StartFailed("expected the service to start, it did not") from None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._on_started(self._url)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises AddressInUse."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise AddressInUse(f"{host}:{port}: {error.strerror or error}") from error
    return listener
