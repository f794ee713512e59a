"""One small wrong change after another in the Solidity of `contracts/src`: the mutants.

Guarantees: the same sources give the same mutants in the same order. Changes only code inside
bodies of functions and numbers of constants; interfaces, types, comments, texts and events' names
stay. Does not know whether a mutant compiles, or whether it changes what the contract does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SWAPS = {
    "==": ("!=",),
    "!=": ("==",),
    "<=": ("<", ">"),
    ">=": (">", "<"),
    "<": ("<=", ">="),
    ">": (">=", "<="),
    "&&": ("||",),
    "||": ("&&",),
    "+=": ("-=", "="),
    "-=": ("+=", "="),
    "++": ("--",),
    "--": ("++",),
    "<<": (">>",),
    ">>": ("<<",),
    "+": ("-",),
    "-": ("+",),
    "*": ("/",),
    "/": ("*",),
    "%": ("*",),
    "&": ("|",),
    "|": ("&",),
    "!": ("",),
    "true": ("false",),
    "false": ("true",),
}
_OPERATOR = re.compile(
    r"==|!=|<=|>=|&&|\|\||\+=|-=|\+\+|--|<<|>>|=>|[-+*/%&|<>!]|\b(?:true|false)\b"
)
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
_BODY = re.compile(r"\b(?:function|constructor|modifier)\b[^;{]*\{")
_CONSTANT = re.compile(r"^ *[\w. ]+ constant \w+ =[^;]*;", re.MULTILINE)
_REFUSAL = re.compile(r"\bif \(")
_CALL = re.compile(r"^ +_(?:require|check)\w*\(", re.MULTILINE)
_CHANGE = re.compile(r"^ +(?:emit |[\w.\[\]]+ (?:[-+]?=) )", re.MULTILINE)
_HIDDEN = re.compile(r"//[^\n]*|/\*.*?\*/|\"[^\"\n]*\"|hex\"[^\"]*\"|0x[0-9a-fA-F]+", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """`text[start:end]` of one file, a path below the project's root, becomes `after`."""

    file: str
    line: int
    start: int
    end: int
    before: str
    after: str

    def __str__(self) -> str:
        before, after = (" ".join(text.split()) for text in (self.before, self.after))
        return f"{self.file}:{self.line}  {before}  →  {after or 'nothing'}"

    @property
    def skips_refusal(self) -> bool:
        """Whether a check is left out, or a condition never holds."""
        check = not self.after and self.before.startswith(("_require", "_check"))
        return check or (self.after == "false" and self.before != "true")

    def apply(self, text: str) -> str:
        """The mutated file."""
        return text[: self.start] + self.after + text[self.end :]


def mutants_of(root: Path) -> list[Mutant]:
    """Every mutant of the contracts below `root`."""
    files = sorted((root / "contracts/src").rglob("*.sol"))
    paths = [file.relative_to(root).as_posix() for file in files]
    return [
        mutant
        for path in paths
        if "/interfaces/" not in path
        for mutant in mutants_in(path, (root / path).read_text(encoding="utf-8"))
    ]


def mutants_in(path: str, text: str) -> Iterator[Mutant]:
    """The mutants of one file, from its top to its end."""
    code = _HIDDEN.sub(lambda found: " " * len(found[0]), text)
    for start, end in _places(code):
        changes = [*_swaps(code, start, end), *_removals(code, start, end)]
        for low, high, after in sorted(changes):
            yield Mutant(
                file=path,
                line=text.count("\n", 0, low) + 1,
                start=low,
                end=high,
                before=text[low:high],
                after=after,
            )


def _places(code: str) -> list[tuple[int, int]]:
    bodies = [(found.end(), _closing(code, found.end() - 1)) for found in _BODY.finditer(code)]
    constants = [
        (found[0].index("=") + found.start(), found.end()) for found in _CONSTANT.finditer(code)
    ]
    return sorted([*bodies, *constants])


def _swaps(code: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for found in _OPERATOR.finditer(code, start, end):
        for after in _SWAPS.get(found[0], ()):
            yield found.start(), found.end(), after
    for found in _NUMBER.finditer(code, start, end):
        yield found.start(), found.end(), str(int(found[0]) + 1)


def _removals(code: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """A condition that never holds; a check, an assignment or an event that is left out."""
    for found in _REFUSAL.finditer(code, start, end):
        yield found.end(), _closing(code, found.end() - 1), "false"
    for pattern in (_CALL, _CHANGE):
        for found in pattern.finditer(code, start, end):
            indent = len(found[0]) - len(found[0].lstrip())
            yield found.start() + indent, code.index(";", found.start()) + 1, ""


def _closing(code: str, opening: int) -> int:
    """Where the bracket at `opening` is closed."""
    depth = 0
    for position in range(opening, len(code)):
        depth += (code[position] in "({") - (code[position] in ")}")
        if depth == 0:
            return position
    raise ValueError(f"expected the bracket at {opening} to be closed")
