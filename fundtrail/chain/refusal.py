"""Why a contract refused. `fundtrail.chain.reverts` reads one out of revert bytes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a contract refused.

    `args` are the error's own: codes as text, numbers in decimal, bytes as 0x hex, by their names
    in the ABI. `zh` and `en` are whole sentences.
    """

    name: str
    args: Mapping[str, str]
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} {self.en} [{self.name}]"
