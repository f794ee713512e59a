"""Lists of payments for tests, lawful ones and such as only a cheat would write."""

import hashlib

from fundtrail.ids import payment_id
from fundtrail.proofs import Placed
from fundtrail.sum_tree import (
    Line,
    SumRoot,
    SumTree,
    TreeKind,
    line_hash,
    node,
    root_hash,
    top_from_inclusion,
)

FEN = 15_000


def duty(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def pays(name: str, attempt: int = 0, *, fen: int = FEN) -> Line:
    """The payment of one duty."""
    return Line(
        payment_id=payment_id(duty(name), attempt),
        amount_fen=fen,
        record_digest=hashlib.sha256(f"{name} {attempt}".encode()).digest(),
    )


def elders(prefix: str, count: int = 5) -> list[Line]:
    """So many people who are paid once."""
    return [pays(f"{prefix}-{number}") for number in range(count)]


def tree_of(*lines: Line, kind: TreeKind = TreeKind.RUN) -> SumTree:
    return SumTree(sorted(lines), kind)


class WildTree(SumTree):
    """Lines in any order, the same one twice if it likes: what the kernel would never build."""

    def __init__(self, lines: list[Line], kind: TreeKind) -> None:
        self.lines = lines
        self._levels = [[(line_hash(line), line.amount_fen) for line in lines]]
        while len(below := self._levels[-1]) > 1:
            level = [node(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
            self._levels.append([*level, *below[len(level) * 2 :]])
        top, total = self._levels[-1][0]
        self.root = SumRoot(kind=kind, top=top, total_fen=total, count=len(lines))


def root_of(placed: Placed, tree: SumTree) -> str:
    """The root that this proof leads to, were it one of `tree`."""
    root = tree.root
    top, total = top_from_inclusion(placed.line, placed.proof, root.count)
    return hex_of(root_hash(root.kind, top, total, root.count))


def mismatch(placed: Placed, tree: SumTree) -> tuple[str, dict[str, str]]:
    """How a contract refuses a line that does not stand in `tree`, the sums being right."""
    computed = root_of(placed, tree)
    return "SumTree_RootMismatch", {"expected": hex_of(tree.root.root), "computed": computed}


def hex_of(word: bytes) -> str:
    return "0x" + word.hex()
