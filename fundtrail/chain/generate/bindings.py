"""The source of `bindings.py`: a class per contract, a method per function."""

from eth_utils.crypto import keccak

from fundtrail.chain.artifacts import CONTRACTS, artifact, canonical_type, is_code, signature
from fundtrail.chain.generate.params import (
    FOREIGN,
    Param,
    argument_type,
    enums,
    is_kernel,
    is_statement,
    python_type,
    read,
    snake,
    structs,
    write,
)

_HEAD = '''\
"""Contracts as Python classes. Written by `python -m fundtrail.chain.generate`; not by hand.

A view asks the node and answers with numbers, text codes and frozen dataclasses. An act is the
calldata of a signed statement; `fundtrail.chain.relay` carries it. A view says what the node says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from fundtrail.chain.contract import BoundContract, Function
from fundtrail.chain.event import code_of_word
from fundtrail.chain.rpc import LATEST, Block
from fundtrail.enums import {enums}
from fundtrail.ids import Code, code_to_bytes32
from fundtrail.proofs import Placed
from fundtrail.statements import {statements}
'''


def source() -> str:
    """The whole of `bindings.py`, before it is formatted."""
    functions = {name: _functions(name) for name in CONTRACTS}
    everything = [entry for entries in functions.values() for entry in entries]
    inputs = [param for entry in everything for param in entry["inputs"]]
    outputs = [param for entry in everything for param in entry["outputs"]]
    imports = {
        "{statements}": sorted({python_type(param) for param in inputs if is_statement(param)}),
        "{enums}": sorted(enums(inputs + outputs)),
    }
    head = _HEAD
    for place, names in imports.items():
        head = head.replace(place, ", ".join(names))
    return "\n".join(
        [
            head,
            *_structs(everything).values(),
            *(_function(name, entry) for name, entries in functions.items() for entry in entries),
            "FUNCTIONS: dict[bytes, Function] = {function.selector: function for function in (",
            *(f"    {_constant(n, e)}," for n, entries in functions.items() for e in entries),
            ")}",
            *(_contract(name, entries) for name, entries in functions.items()),
            f"CLASSES: dict[str, type[{' | '.join(functions)}]] = {{",
            *(f"    {name!r}: {name}," for name in functions),
            "}",
        ]
    )


def _functions(name: str) -> list[Param]:
    return [entry for entry in artifact(name).entries("function") if entry["name"] not in FOREIGN]


def _is_view(entry: Param) -> bool:
    return entry["stateMutability"] in ("view", "pure")


def _structs(functions: list[Param]) -> dict[str, str]:
    """Dataclasses by name, each once: what views answer with, then what functions take."""
    found = _answers(functions)
    for entry in functions:
        for struct in structs(entry["inputs"]):
            name, members = _title(struct), struct["components"]
            found.setdefault(name, _dataclass(name, members))
            found[f"{name} values"] = _values_function(name, members)
    return found


def _values_function(name: str, members: list[Param]) -> str:
    values = ", ".join(write(member, f"value.{snake(member['name'])}") for member in members)
    head = f"def _{snake(name)}_values(value: {name}) -> tuple[Any, ...]:"
    return f"{head}\n    return ({values},)\n"


def _answers(functions: list[Param]) -> dict[str, str]:
    """Dataclasses of the structs that views answer with; then of several answers."""
    found: dict[str, str] = {}
    for entry in filter(_is_view, functions):
        for struct in structs(entry["outputs"]):
            if struct is not _lead(entry):
                found.setdefault(_title(struct), _dataclass(_title(struct), struct["components"]))
        if len(entry["outputs"]) > 1 or _lead(entry):
            found.setdefault(_answer_name(entry), _dataclass(_answer_name(entry), _flat(entry)))
    return found


def _lead(entry: Param) -> Param | None:
    """The struct that lends its fields to a view's answer, and its name where it is all of it."""
    first = entry["outputs"][0] if entry["outputs"] else {"type": ""}
    return first if first["type"] == "tuple" and not is_kernel(first) else None


def _flat(entry: Param) -> list[Param]:
    lead = _lead(entry)
    return [*lead["components"], *entry["outputs"][1:]] if lead else entry["outputs"]


def _answer_name(entry: Param) -> str:
    lead = _lead(entry)
    alone = lead is not None and len(entry["outputs"]) == 1
    return _title(lead) if lead and alone else entry["name"][0].upper() + entry["name"][1:]


def _title(struct: Param) -> str:
    return python_type({**struct, "type": "tuple"})


def _dataclass(name: str, members: list[Param]) -> str:
    fields = [f"    {snake(member['name'])}: {python_type(member)}" for member in members]
    head = ["@dataclass(frozen=True, slots=True, kw_only=True)", f"class {name}:"]
    return "\n".join([*head, *fields, "\n"])


def _constant(contract: str, entry: Param) -> str:
    return f"_{snake(contract).upper()}_{snake(entry['name']).upper()}"


def _function(contract: str, entry: Param) -> str:
    inputs = tuple(canonical_type(param) for param in entry["inputs"])
    outputs = tuple(canonical_type(param) for param in entry["outputs"])
    return (
        f"{_constant(contract, entry)} = Function(contract={contract!r}, name={entry['name']!r}, "
        f"selector=bytes.fromhex('{keccak(text=signature(entry))[:4].hex()}'), "
        f"inputs={inputs!r}, outputs={outputs!r})"
    )


def _contract(name: str, functions: list[Param]) -> str:
    head = [f"class {name}(BoundContract):", f'    """The {name} of a network."""', ""]
    head += [f"    NAME: ClassVar[str] = {name!r}", ""]
    methods = [_view(name, e) if _is_view(e) else _act(name, e) for e in functions]
    return "\n".join([*head, *methods])


def _act(contract: str, entry: Param) -> str:
    pairs = _arguments(entry)
    return "\n".join(
        [
            "    @staticmethod",
            f"    def {snake(entry['name'])}("
            + ", ".join(f"{name}: {argument_type(param)}" for name, param in pairs)
            + ") -> bytes:",
            f'        """The calldata of `{entry["name"]}`."""',
            f"        return {_constant(contract, entry)}.calldata({_values(pairs)})",
            "",
        ]
    )


def _arguments(entry: Param) -> list[tuple[str, Param]]:
    """The arguments by the names they have in Python; what is called id in Solidity is a code."""
    names = [snake(param["name"]) for param in entry["inputs"]]
    return [
        ("code" if name == "id" and is_code(param) else name, param)
        for name, param in zip(names, entry["inputs"], strict=True)
    ]


def _values(pairs: list[tuple[str, Param]]) -> str:
    values = [write(param, name) for name, param in pairs]
    return f"({values[0]},)" if len(values) == 1 else f"({', '.join(values)})"


def _view(contract: str, entry: Param) -> str:
    pairs = _arguments(entry)
    arguments = "".join(f"{name}: {argument_type(param)}, " for name, param in pairs)
    single = len(entry["outputs"]) == 1 and not _lead(entry)
    answer = python_type(entry["outputs"][0]) if single else _answer_name(entry)
    return "\n".join(
        [
            f"    def {snake(entry['name'])}(",
            f"        self, {arguments}*, block: Block = LATEST) -> {answer}:",
            f'        """`{signature(entry)}` at `block`."""',
            f"        answer = self._view({_constant(contract, entry)}, {_values(pairs)}, block)",
            f"        return {_read_answer(entry, single=single)}",
            "",
        ]
    )


def _read_answer(entry: Param, *, single: bool) -> str:
    if single:
        value = read(entry["outputs"][0], "answer[0]")
        return value if value != "answer[0]" else f"{python_type(entry['outputs'][0])}(answer[0])"

    lead = _lead(entry)
    places = [f"answer[0][{i}]" for i in range(len(lead["components"]))] if lead else []
    places += [f"answer[{i}]" for i in range(1 if lead else 0, len(entry["outputs"]))]
    fields = (
        f"{snake(member['name'])}={read(member, place)}"
        for member, place in zip(_flat(entry), places, strict=True)
    )
    return f"{_answer_name(entry)}({', '.join(fields)})"
