"""The source of `event_types.py`: a dataclass and a decoder of fixed-width words per event."""

from eth_utils.crypto import keccak

from fundtrail.chain.artifacts import (
    CONTRACTS,
    artifact,
    canonical_type,
    is_code,
    is_enum,
    signature,
    type_name,
)
from fundtrail.chain.generate.params import FOREIGN, Param, enums, python_type, read, snake

_HEAD = '''\
"""Events as frozen dataclasses. Written by `python -m fundtrail.chain.generate`; not by hand.

`EVENT_TYPES` finds the decoder of a log by contract and topic.
"""

from dataclasses import dataclass

from eth_abi.abi import decode

from fundtrail.chain.event import Event, EventType, Place, code_of_topic, code_of_word
from fundtrail.enums import {enums}
from fundtrail.ids import Code
'''


def source() -> str:
    """The whole of `event_types.py`, before it is formatted."""
    events = {name: _events(name) for name in CONTRACTS}
    once = {event["name"]: event for entries in events.values() for event in entries}
    names = sorted(enums([param for event in once.values() for param in event["inputs"]]))
    table = ["EVENT_TYPES: dict[str, dict[str, EventType]] = {"]
    for name, entries in events.items():
        table += [f"{name!r}: {{", *(f"{_topic(e)!r}: {_constant(e)}," for e in entries), "},"]
    return "\n".join(
        [
            _HEAD.replace("{enums}", ", ".join(names)),
            *(_dataclass(event) for event in once.values()),
            *(_decoder(event) for event in once.values()),
            *(_event_type(event) for event in once.values()),
            *table,
            "}",
        ]
    )


def _events(name: str) -> list[Param]:
    return [entry for entry in artifact(name).entries("event") if entry["name"] not in FOREIGN]


def _topic(event: Param) -> str:
    return "0x" + keccak(text=signature(event)).hex()


def _constant(event: Param) -> str:
    return "_" + snake(event["name"]).upper()


def _data(event: Param) -> list[Param]:
    return [param for param in event["inputs"] if not param["indexed"]]


def _is_fixed(event: Param) -> bool:
    return all(p["type"][-1] != "]" and p["type"] not in ("string", "bytes") for p in _data(event))


def _dataclass(event: Param) -> str:
    fields = [f"    {snake(param['name'])}: {python_type(param)}" for param in event["inputs"]]
    head = ["@dataclass(frozen=True, slots=True, kw_only=True)", f"class {event['name']}(Event):"]
    return "\n".join([*head, f'    """`{signature(event)}`."""', "", *fields, "\n"])


def _event_type(event: Param) -> str:
    topics = 1 + sum(param["indexed"] for param in event["inputs"])
    width = 32 * len(_data(event)) if _is_fixed(event) else None
    return (
        f"{_constant(event)} = EventType(name={event['name']!r}, topics={topics}, width={width}, "
        f"decode=_{snake(event['name'])})"
    )


def _decoder(event: Param) -> str:
    """A function of one expression: the words of the log, each cut out by its place."""
    fixed, topics, words = _is_fixed(event), 0, 0
    fields = []
    for param in event["inputs"]:
        if param["indexed"]:
            topics += 1
            value = _from_topic(param, f"topics[{topics}]")
        elif fixed:
            value, words = _from_word(param, 32 * words), words + 1
        else:
            value, words = read(param, f"values[{words}]"), words + 1
        fields.append(f"{snake(param['name'])}={value}")

    types = [canonical_type(param) for param in _data(event)]
    return "\n".join(
        [
            f"def _{snake(event['name'])}(",
            f"    at: Place, {_used('topics', topics)}: list[str],",
            f"    {_used('data', words)}: bytes) -> {event['name']}:",
            *([] if fixed else [f"    values = decode({types!r}, data)"]),
            "    contract, block, log_index, transaction, block_time = at",
            f"    return {event['name']}(",
            "        contract=contract, block=block, log_index=log_index,",
            "        transaction=transaction, block_time=block_time,",
            f"        {', '.join(fields)})",
            "",
        ]
    )


def _used(name: str, reads: int) -> str:
    return name if reads else f"_{name}"


def _from_topic(param: Param, topic: str) -> str:
    if is_code(param):
        return f"code_of_topic({topic})"
    if param["type"] == "address":
        return f"'0x' + {topic}[26:]"
    if param["type"] == "bytes32":
        return f"bytes.fromhex({topic}[2:])"
    return _number(param, f"int({topic}, 16)")


def _from_word(param: Param, start: int) -> str:
    word = f"data[{start}:{start + 32}]"
    if is_code(param):
        return f"code_of_word({word})"
    if param["type"] == "address":
        return f"'0x' + data[{start + 12}:{start + 32}].hex()"
    if param["type"] == "bytes32":
        return word
    return _number(param, f"int.from_bytes({word}, 'big')")


def _number(param: Param, value: str) -> str:
    if is_enum(param):
        return f"{type_name(param)}({value})"
    return f"bool({value})" if param["type"] == "bool" else value
