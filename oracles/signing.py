"""Signing a statement file: only on the network that it was made for, and only what can be read.

An unsigned statement is dated when its first signature is put on; from then on its bytes are fixed.
The same officer signing again changes nothing.
"""

from dataclasses import replace

from fundtrail.errors import StatementError
from fundtrail.network import Network
from fundtrail.signers import Signer
from oracles.clock import time_words
from oracles.draft import Draft, basis_of
from oracles.errors import DraftError


def sign_draft(draft: Draft, signer: Signer, network: Network, now: int) -> Draft:
    """The draft with this officer's signature, written to its file.

    Raises DraftError where the statement takes no further signature or has run out. Whether the
    node holds the network is for the caller to check first (`fundtrail.chain.network_check`).
    """
    if draft.network != network.name:
        raise DraftError(
            f"{draft.path.name}: 声明属于另一网络; expected {network.name}, got {draft.network}"
        )
    if not draft.signatures:
        draft = dated(draft, now)
    elif signer.address in draft.signed().signers(network):
        return draft
    elif not draft.governance:
        raise DraftError(f"{draft.path.name}: 已有签名 expected one signature, it has one already")
    basis = basis_of(draft.statement)
    if basis.deadline < now:
        raise DraftError(
            f"{draft.path.name}: 已于 {time_words(basis.deadline)} 失效 its time is over"
        )
    signature = signer.sign(draft.statement.digest(network))
    return draft.with_signature(signature, network).write()


def dated(draft: Draft, now: int) -> Draft:
    """The unsigned draft with `signed_at` now and as long a life as it was given."""
    statement = draft.statement
    basis = basis_of(statement)
    if basis.deadline < basis.signed_at:
        raise StatementError(f"{draft.path.name}: expected a deadline after its date")
    life = basis.deadline - basis.signed_at
    fresh = replace(basis, signed_at=now, deadline=now + life)
    return replace(draft, statement=replace(statement, basis=fresh))  # type: ignore[call-arg]
