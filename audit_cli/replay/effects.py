"""What an act sets off in the contracts, as the rules have it, and as the chain shows it."""

import dataclasses
from collections.abc import Iterator

from audit_cli.chain_view import ChainAct
from audit_cli.replay.fault import STATES, Fault
from fundtrail.chain.event import Event

Effect = tuple[str | int | bytes, ...]
"""The name of an event, then its values in order."""

_PLACE = {field.name for field in dataclasses.fields(Event)}


def check_effects(act: ChainAct, subject: str, expected: list[Effect]) -> Iterator[Fault]:
    """Every effect that the rules ask for, and no other."""
    got = [_effect(event) for event in act.events[1:]]
    if sorted(map(_words, got)) != sorted(map(_words, expected)):
        yield Fault(
            step=STATES,
            subject=subject,
            zh="合约随之记账的内容",
            en="what followed in the contracts",
            expected="; ".join(map(_words, expected)) or "nothing",
            got="; ".join(map(_words, got)) or "nothing",
        )


def _effect(event: Event) -> Effect:
    names = [field.name for field in dataclasses.fields(event) if field.name not in _PLACE]
    return (type(event).__name__, *(getattr(event, name) for name in names))


def _words(effect: Effect) -> str:
    return " ".join(_word(value) for value in effect)


def _word(value: str | int | bytes) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, str) else str(int(value))
