"""Examples of the OpenAPI document: `examples.json`, real answers that a test asks for again."""

import json
from functools import cache
from importlib import resources
from typing import Any

from ledger_service.models import Problem
from ledger_service.problems import MEDIA_TYPE

_PROBLEMS = {
    401: "令牌无效 token invalid",
    404: "没有找到 not found",
    409: "暂时不能 conflict",
    410: "已用过 gone",
    429: "太频繁 too many attempts",
}


@cache
def examples() -> dict[str, Any]:
    """Example answers by name."""
    file = resources.files("ledger_service").joinpath("examples.json")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def answers(name: str, *problems: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: its example, and the problems it may answer with."""
    content = {"application/json": {"example": examples().get(name, {})}}
    found: dict[int | str, dict[str, Any]] = {200: {"content": content}}
    for status in problems:
        found[status] = {
            "description": _PROBLEMS[status],
            "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
        }
    return found
