"""What must be told with a file because it does not say it: run, notice, region, period."""

from collections.abc import Callable
from collections.abc import Mapping as Table

from fundtrail.errors import CodeError
from fundtrail.ids import code, period
from oracles.errors import ContextError
from oracles.mapping import Mapping

_CHECKS: dict[str, Callable[[str], str]] = {"run": code, "notice": code, "period": period}


def check_context(mapping: Mapping, told: Table[str, str]) -> dict[str, str]:
    """`told` in the mapping's order. Raises ContextError unless exactly its names are there."""
    for name in told:
        if name not in mapping.context:
            raise ContextError(
                f"{name}: 来源 {mapping.name} 不需要此项; {mapping.name} is told "
                f"{list(mapping.context)}, got {name!r}"
            )
    for name in mapping.context:
        if not told.get(name):
            raise ContextError(
                f"{name}: 来源 {mapping.name} 需要此项; expected --set {name}=…, got none"
            )
        try:
            _CHECKS.get(name, str)(told[name])
        except CodeError as error:
            raise ContextError(f"{name}: {error}") from error
    return {name: told[name] for name in mapping.context}
