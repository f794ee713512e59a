"""What a statement rests on, in words: the feed entry that it cites, read from the evidence."""

from pathlib import Path

from fundtrail.errors import EvidenceError
from fundtrail.money import fen_from_json, yuan
from fundtrail.network import Network
from fundtrail.records import Record, record_digest, record_from_bytes
from fundtrail.tiles import FeedReader
from oracles.draft import Draft, basis_of
from oracles.errors import DraftError

_TREES = {"run": "发放批次", "roster": "公示名册", "credited": "入账批次", "returned": "退票批次"}


def cited(draft: Draft, network: Network, evidence: Path) -> str:
    """The cited entry in words, empty where it is not at hand.

    Raises DraftError where the entry at that place is another one than the statement cites.
    """
    if draft.cites is None:
        return ""
    feed, position = draft.cites
    digest = basis_of(draft.statement).evidence
    try:
        reader = FeedReader(evidence / "feeds" / network.origin(feed))
        entry = next(reader.entries(position), None)
    except EvidenceError:
        return ""
    if entry is None or record_digest(entry) != digest:
        raise DraftError(
            f"{draft.path.name}: {feed} 第 {position} 条不是声明所依据的记录; expected the record "
            f"{digest.hex()} at entry {position}"
        )
    return f"{feed} 第 {position} 条 entry: {_words(record_from_bytes(entry))}"


def _words(record: Record) -> str:
    fields = record.fields
    if record.kind == "lines":
        total = yuan(fen_from_json(fields["total_fen"]))
        tree = f"{_TREES[fields['tree']]} {fields['tree']}"
        return f"{tree} {fields['subject']}, {fields['count']} 笔 lines, {total} 元"
    if record.kind == "voucher":
        amount = yuan(fen_from_json(fields["amount_fen"]))
        return f"支付凭证 voucher {fields['number']}, {amount} 元, {fields['run']}"
    return record.kind
