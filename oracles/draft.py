"""Statement files in the outbox: what travels from the oracle to the officers and back.

One JSON file per statement, with the texts whose digests it carries, so that an officer can read
what is signed. Governance statements collect several signatures, in rising order of signers.
"""

import json
import re
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fundtrail.errors import FundtrailError, StatementError
from fundtrail.ids import code, text_digest
from fundtrail.network import Network
from fundtrail.signed_statements import SignedStatement, recover
from fundtrail.statements import Basis, Statement, statement_from_message
from oracles.durable import write_whole
from oracles.errors import DraftError

VERSION = 1
_KEYS = {"version", "network", "type", "message", "texts", "cites", "signatures"}
TEXTS = ("document", "reason", "voucher")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A statement with the signatures it has so far. `texts` are what its digests stand for.

    `cites` is where its evidence stands, (feed, position), or None where that is not known here.
    """

    path: Path
    network: str
    statement: Statement
    texts: Table[str, str] = field(default_factory=dict)
    cites: tuple[str, int] | None = None
    signatures: tuple[bytes, ...] = ()

    @property
    def governance(self) -> bool:
        """Whether several governors sign it."""
        return self.statement.contract == "Registry"

    def signed(self) -> SignedStatement:
        """The signed statement. Raises DraftError without a signature."""
        if not self.signatures:
            raise DraftError(f"{self.path.name}: 尚未签名 expected a signature, got none")
        return SignedStatement(statement=self.statement, signatures=self.signatures)

    def with_signature(self, signature: bytes, network: Network) -> "Draft":
        """This draft with one more signature, in the order in which the contract wants them."""
        digest = self.statement.digest(network)
        both = sorted((*self.signatures, signature), key=lambda item: recover(digest, item))
        return replace(self, signatures=tuple(both))

    def write(self) -> "Draft":
        """Write the file, whole."""
        data = {
            "version": VERSION,
            "network": self.network,
            "type": self.statement.type_name(),
            "message": self.statement.message(),
            "texts": dict(self.texts),
            "cites": {"feed": self.cites[0], "position": self.cites[1]} if self.cites else {},
            "signatures": ["0x" + signature.hex() for signature in self.signatures],
        }
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        write_whole(self.path, text.encode())
        return self


def read_draft(path: Path) -> Draft:
    """A statement file. Raises DraftError naming the file and what is wrong in it."""
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DraftError(f"{path.name}: 没有这个声明文件 no such statement file") from None
    except (ValueError, OSError) as error:
        raise DraftError(f"{path.name}: 不是声明文件 not a statement file: {error}") from error
    if not isinstance(data, dict) or set(data) != _KEYS or data["version"] != VERSION:
        raise DraftError(f"{path.name}: expected version {VERSION} with the keys {sorted(_KEYS)}")

    try:
        draft = Draft(
            path=path,
            network=str(data["network"]),
            statement=statement_from_message(data["type"], data["message"]),
            texts=_texts(data["texts"]),
            cites=_cites(data["cites"]),
            signatures=tuple(_signature(item) for item in data["signatures"]),
        )
        _check_texts(draft)
    except FundtrailError as error:
        raise DraftError(f"{path.name}: {error}") from error
    return draft


def basis_of(statement: Statement) -> Basis:
    """What the act rests on and when it holds; every statement type ends with one."""
    basis: Basis = getattr(statement, "basis")  # noqa: B009
    return basis


def draft_name(statement: Statement, subject: str) -> str:
    """`Prepare-190102001-OAA-2026-10.json`."""
    return f"{statement.type_name()}-{subject}.json"


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not set(value) <= set(TEXTS):
        raise StatementError(f"texts: expected some of {TEXTS}, got {value!r}")
    return {name: str(text) for name, text in value.items()}


def _cites(value: Any) -> tuple[str, int] | None:
    if value == {}:
        return None
    if not isinstance(value, dict) or set(value) != {"feed", "position"}:
        raise StatementError(f"cites: expected feed and position, got {value!r}")
    if type(value["position"]) is not int or value["position"] < 0:
        raise StatementError(f"cites.position: expected a number, got {value['position']!r}")
    return code(value["feed"]), value["position"]


def _signature(item: Any) -> bytes:
    if not isinstance(item, str) or not re.fullmatch(r"0x[0-9a-f]{130}", item):
        raise StatementError(f"signatures: expected 0x and 130 hex digits, got {item!r}")
    return bytes.fromhex(item[2:])


def _check_texts(draft: Draft) -> None:
    """What an officer reads must be what the digests in the statement stand for."""
    held = {"document": basis_of(draft.statement).document}
    held |= {name: getattr(draft.statement, name, b"") for name in ("reason", "voucher")}
    for name, text in draft.texts.items():
        if held[name] != text_digest(text):
            raise StatementError(
                f"texts.{name}: 与声明中的摘要不符; expected a text of digest {held[name].hex()}"
            )
