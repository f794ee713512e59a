"""Health, metrics, and the pages that list the API. No page loads anything from elsewhere."""

from importlib import resources
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, select_autoescape

from ledger_service import metrics
from ledger_service.models import Live, Ready
from ledger_service.service import ServiceOf

router = APIRouter()
_METHODS = ("get", "post")


@router.get("/health/live", summary="服务是否运行 live")
def live() -> Live:
    """The process answers."""
    return Live(status="ok")


@router.get("/health/ready", summary="是否跟上链 ready")
def ready(service: ServiceOf, response: Response) -> Ready:
    """503 while the index is further behind the chain than it may be, or cannot go on."""
    state = service.index
    fits = state.lag is not None and state.lag <= service.settings.lag_blocks_max
    ok = fits and state.problem is None
    response.status_code = 200 if ok else 503
    return Ready(
        status="ok" if ok else "behind",
        chain_head=state.head,
        indexed_block=state.indexed,
        lag_blocks=state.lag,
        trees_refused=sorted(state.refused),
        problem=state.problem,
    )


@router.get("/health", include_in_schema=False)
def health(service: ServiceOf, response: Response) -> Ready:
    """The same as /health/ready."""
    return ready(service, response)


@router.get("/metrics", summary="Prometheus 指标 metrics", response_class=Response)
def scrape(service: ServiceOf) -> Response:
    """Prometheus text."""
    return Response(service.metrics.text(), media_type=metrics.CONTENT_TYPE)


@router.get("/", include_in_schema=False)
def index_page(request: Request, service: ServiceOf) -> HTMLResponse:
    """What there is to ask, Chinese first."""
    return _page("index.html", network=service.network, operations=_operations(request))


@router.get("/docs", include_in_schema=False)
def docs_page(request: Request) -> HTMLResponse:
    """Every endpoint with its parameters and an example."""
    return _page("docs.html", operations=_operations(request))


@router.get("/style.css", include_in_schema=False)
def style() -> Response:
    """The style of both pages."""
    text = resources.files("ledger_service").joinpath("pages/style.css").read_text("utf-8")
    return Response(text, media_type="text/css; charset=utf-8")


def _page(name: str, **values: Any) -> HTMLResponse:
    loader = PackageLoader("ledger_service", "pages")
    pages = Environment(loader=loader, autoescape=select_autoescape())
    return HTMLResponse(pages.get_template(name).render(**values))


def _operations(request: Request) -> list[dict[str, Any]]:
    """The operations of the OpenAPI document, as the pages show them."""
    schema = request.app.openapi()
    return [
        {"method": method.upper(), "path": path, "example": _example(operation), **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in _METHODS
    ]


def _example(operation: dict[str, Any]) -> Any:
    content = operation["responses"]["200"].get("content", {})
    return content.get("application/json", {}).get("example")
