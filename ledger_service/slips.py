"""One-time codes of the notice slips, and the short-lived tokens they turn into.

Guarantees: a code is 80 random bits and is kept only as a SHA-256; it is used up by its first use,
in the same transaction as the answer; a caller who tries many codes is slowed down, and is kept
only as a keyed hash for a minute. Whoever holds the slip may read: that is what a slip is for.
"""

import csv
import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from fundtrail.records import record_from_bytes
from ledger_service import queries
from ledger_service.database import driver
from ledger_service.errors import (
    CodeSpent,
    CodeUnknown,
    NoticeNotLoaded,
    SlipsExist,
    TokenInvalid,
)
from ledger_service.queries import Row

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_ALIKE = str.maketrans("ILO", "110")
_SYMBOLS = 16
_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What is printed: the application number, the code and its last day."""

    application: str
    code: str
    notice: str
    period: str
    expires_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """What a code or a token opens: one line of one roster."""

    notice: str
    payment_id: bytes


def make_slips(
    connection: Connection, notice: str, *, now: datetime, days: int, renew: bool = False
) -> list[Slip]:
    """A fresh code for every line of the notice's roster. `renew` voids the codes made before."""
    lines = queries.roster_lines(connection, notice)
    if not lines:
        queries.notice(connection, notice)
        raise NoticeNotLoaded(f"notice {notice}: expected its roster in the evidence, got none")
    if renew:
        connection.execute(
            text("DELETE FROM slip_codes WHERE notice = :notice"), {"notice": notice}
        )
    elif queries.rows(connection, "SELECT 1 FROM slip_codes WHERE notice = :n LIMIT 1", n=notice):
        raise SlipsExist(f"notice {notice}: expected no slips yet, they were made before")

    expires = now + timedelta(days=days)
    slips = [_slip(line, notice, new_code(), expires) for line in lines]
    _keep(connection, notice, expires, zip(slips, lines, strict=True))
    return sorted(slips, key=lambda slip: slip.application)


def write_slips(path: Path, slips: Iterable[Slip]) -> None:
    """A CSV for the printer, readable by its owner only, never over another file."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["申请编号 application", "查询码 code", "公示 notice", "月份 period", "有效期 until"]
        )
        for slip in slips:
            application = _not_a_formula(slip.application)
            writer.writerow([application, slip.code, slip.notice, slip.period, slip.expires_on])
        file.flush()
        os.fsync(file.fileno())


def redeem(connection: Connection, code: str, now: datetime) -> Holder:
    """Use up a code. Raises CodeUnknown or CodeSpent."""
    digest = code_digest(code)
    values = {"digest": digest, "now": now}
    used = connection.execute(
        text(
            "UPDATE slip_codes SET used_at = :now WHERE digest = :digest AND used_at IS NULL "
            "AND expires_at > :now RETURNING digest, notice, payment_id"
        ),
        values,
    ).mappings()
    row = used.first()
    if row is not None and hmac.compare_digest(row["digest"], digest):
        return Holder(notice=row["notice"], payment_id=row["payment_id"])
    if queries.rows(connection, "SELECT 1 FROM slip_codes WHERE digest = :digest", digest=digest):
        raise CodeSpent("expected a code that is not used yet and in its time")
    raise CodeUnknown("expected the code of a notice slip")


def new_token(connection: Connection, holder: Holder, expires_at: datetime) -> str:
    """A token that repeats the read until `expires_at`."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        text(
            "INSERT INTO read_tokens (digest, notice, payment_id, expires_at) "
            "VALUES (:digest, :notice, :payment_id, :expires_at)"
        ),
        {
            "digest": _digest("token", token),
            "notice": holder.notice,
            "payment_id": holder.payment_id,
            "expires_at": expires_at,
        },
    )
    return token


def open_token(connection: Connection, token: str, now: datetime) -> tuple[Holder, datetime]:
    """What the token opens, and until when. Raises TokenInvalid."""
    digest = _digest("token", token)
    query = "SELECT * FROM read_tokens WHERE digest = :digest AND expires_at > :now"
    found = queries.rows(connection, query, digest=digest, now=now)
    if not found or not hmac.compare_digest(found[0]["digest"], digest):
        raise TokenInvalid("expected a token from the last answer, in its time")
    row = found[0]
    return Holder(notice=row["notice"], payment_id=row["payment_id"]), row["expires_at"]


def seconds_to_wait(connection: Connection, caller: str, now: datetime, per_minute: int) -> int:
    """Count one attempt of `caller`; the seconds to wait where there were too many, else zero."""
    seconds = int(now.timestamp())
    minute = seconds // _MINUTE
    connection.execute(text("DELETE FROM attempts WHERE minute < :minute"), {"minute": minute})
    connection.execute(text("DELETE FROM read_tokens WHERE expires_at < :now"), {"now": now})
    count = connection.execute(
        text(
            "INSERT INTO attempts VALUES (:caller, :minute, 1) ON CONFLICT (caller, minute) "
            "DO UPDATE SET count = attempts.count + 1 RETURNING count"
        ),
        {"caller": _caller_digest(connection, caller), "minute": minute},
    ).scalar_one()
    return _MINUTE - seconds % _MINUTE if count > per_minute else 0


def new_code() -> str:
    """16 symbols of 5 random bits in groups of four."""
    symbols = [secrets.choice(_ALPHABET) for _ in range(_SYMBOLS)]
    return "-".join("".join(symbols[i : i + 4]) for i in range(0, _SYMBOLS, 4))


def code_digest(code: str) -> bytes:
    """SHA-256 of a code however it was typed. Raises CodeUnknown for what cannot be a code."""
    plain = unicodedata.normalize("NFKC", code).upper().translate(_ALIKE)
    plain = "".join(symbol for symbol in plain if symbol not in " -_—–")
    if len(plain) != _SYMBOLS or any(symbol not in _ALPHABET for symbol in plain):
        raise CodeUnknown(f"expected a code of {_SYMBOLS} letters and digits")
    return _digest("slip", plain)


def _digest(use: str, secret: str) -> bytes:
    return hashlib.sha256(f"fundtrail {use}\n{secret}".encode()).digest()


def _slip(line: Row, notice: str, code: str, expires: datetime) -> Slip:
    fields = record_from_bytes(line["record"]).fields
    return Slip(
        application=fields["application"],
        code=code,
        notice=notice,
        period=fields["period"],
        expires_on=f"{expires:%Y-%m-%d}",
    )


def _keep(
    connection: Connection, notice: str, expires: datetime, made: Iterable[tuple[Slip, Row]]
) -> None:
    columns = "digest, notice, payment_id, expires_at"
    with driver(connection).cursor().copy(f"COPY slip_codes ({columns}) FROM STDIN") as to:
        for slip, line in made:
            to.write_row((code_digest(slip.code), notice, line["payment_id"], expires))


def _caller_digest(connection: Connection, caller: str) -> bytes:
    connection.execute(
        text("INSERT INTO caller_key (key) VALUES (:key) ON CONFLICT DO NOTHING"),
        {"key": secrets.token_bytes(32)},
    )
    key: bytes = connection.execute(text("SELECT key FROM caller_key")).scalar_one()
    return hmac.digest(key, caller.encode(), "sha256")


def _not_a_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
