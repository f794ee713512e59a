"""One key per person, kept only wrapped by the agency's key. Deleting a row is erasure."""

import os
import sqlite3

from fundtrail.openings import unwrap_person_key, wrap_person_key


class People:
    """Person keys by payee reference, in the journal."""

    def __init__(self, agency_key: bytes) -> None:
        self._agency_key = agency_key

    def key(self, connection: sqlite3.Connection, payee_ref: bytes) -> bytes:
        """The person's 32-byte key, made at random the first time, in the caller's transaction."""
        found = connection.execute(
            "SELECT wrapped FROM people WHERE payee_ref = ?", (payee_ref,)
        ).fetchone()
        if found:
            return unwrap_person_key(self._agency_key, found[0])

        key = os.urandom(32)
        wrapped = wrap_person_key(self._agency_key, key)
        connection.execute("INSERT INTO people VALUES (?, ?)", (payee_ref, wrapped))
        return key
