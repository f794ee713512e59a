"""One ABI parameter in Python: its name, its type, and how its value is read and written."""

import keyword
import re
from collections.abc import Iterator
from typing import Any

from fundtrail.chain.artifacts import is_code, is_enum, type_name
from fundtrail.statements import STATEMENTS

Param = dict[str, Any]

_PLAIN = {"string": "str", "bool": "bool", "bytes": "bytes", "address": "str", "bytes32": "bytes"}
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

# What OpenZeppelin's EIP712 adds to every ABI and nobody here calls or emits (ERC-5267).
FOREIGN = {"eip712Domain", "EIP712DomainChanged"}


def snake(name: str) -> str:
    """`amountFen` → `amount_fen`; a keyword gets an underscore."""
    plain = _WORDS.sub("_", name).lower()
    return plain + "_" if keyword.iskeyword(plain) else plain


def is_statement(param: Param) -> bool:
    """Whether the parameter is a statement of the kernel."""
    return type_name(param) in STATEMENTS


def is_proof(param: Param) -> bool:
    """Whether the parameter is a line with its place, which the kernel has a class for."""
    return type_name(param) == "Placed"


def is_kernel(param: Param) -> bool:
    """Whether the kernel has the class of the parameter, and not the generated module."""
    return is_statement(param) or is_proof(param)


def python_type(param: Param) -> str:
    """The annotation of a parameter."""
    if element := _element(param):
        return f"tuple[{python_type(element)}, ...]"
    if is_code(param):
        return "Code"
    if is_enum(param) or param["type"] == "tuple":
        return type_name(param)
    return "int" if param["type"].startswith("uint") else _PLAIN[param["type"]]


def argument_type(param: Param) -> str:
    """The annotation of what a caller gives: any sequence for an array, any text for a code."""
    if element := _element(param):
        return f"Sequence[{argument_type(element)}]"
    return "str" if is_code(param) else python_type(param)


def read(param: Param, value: str) -> str:
    """The expression that makes eth_abi's `value` one of `python_type`."""
    if element := _element(param):
        item = read(element, "item")
        return f"tuple({value})" if item == "item" else f"tuple({item} for item in {value})"
    if is_code(param):
        return f"code_of_word({value})"
    if is_enum(param):
        return f"{type_name(param)}({value})"
    return f"_{snake(type_name(param))}({value})" if param["type"] == "tuple" else value


def write(param: Param, value: str) -> str:
    """The expression that makes a caller's `value` what eth_abi takes."""
    if element := _element(param):
        item = write(element, "item")
        return value if item == "item" else f"[{item} for item in {value}]"
    if is_code(param):
        return f"code_to_bytes32({value})"
    if is_kernel(param):
        return f"{value}.values()"
    return f"_{snake(type_name(param))}_values({value})" if param["type"] == "tuple" else value


def enums(params: list[Param]) -> set[str]:
    """The names of the enumerations among `params` and inside their structs."""
    inner = [member for param in params for member in param.get("components", ())]
    return {type_name(param) for param in params if is_enum(param)} | (
        enums(inner) if inner else set()
    )


def structs(params: list[Param]) -> Iterator[Param]:
    """The structs among `params` and inside them that the kernel has not, inner ones first."""
    for param in params:
        if param["type"].startswith("tuple") and not is_kernel(param):
            yield from structs(param["components"])
            yield param


def _element(param: Param) -> Param | None:
    """The element of an array, or None for anything else."""
    match = re.fullmatch(r"(.+)\[\d*\]", param["type"])
    if match is None:
        return None
    inner = re.sub(r"\[\d*\]$", "", str(param.get("internalType", param["type"])))
    return {**param, "type": match.group(1), "internalType": inner}
