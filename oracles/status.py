"""What `fundtrail-oracle status` shows: journal, feed and quarantine, as one plain object."""

from typing import Any

from fundtrail.chain.errors import NodeError
from fundtrail.sum_tree import TreeKind
from oracles.oracle import Oracle


def status(oracle: Oracle, *, ask_chain: bool = True) -> dict[str, Any]:
    """Files, trees, acts, the feed's head and its last anchor, and how much is in quarantine."""
    return {
        "agency": oracle.settings.agency,
        "feed": _feed(oracle, ask_chain=ask_chain),
        "files": _files(oracle),
        "trees": _trees(oracle),
        "acts": _acts(oracle),
        "outbox": sorted(path.name for path in oracle.outbox.glob("*.json")),
        "quarantined": sum(1 for _ in oracle.quarantine()),
    }


def _feed(oracle: Oracle, *, ask_chain: bool) -> dict[str, Any]:
    origin = oracle.network.origin(oracle.settings.feed)
    shown: dict[str, Any] = {"origin": origin, "entries": 0, "root": "", "anchored": None}
    if oracle.feed.begun():
        head = oracle.feed.reader().checkpoint
        shown |= {"entries": head.size, "root": head.root.hex()}
    if ask_chain:
        try:
            shown["anchored"] = oracle.anchored().size
        except NodeError as error:
            shown["node"] = str(error)
    return shown


def _files(oracle: Oracle) -> list[dict[str, Any]]:
    query = (
        "SELECT source, name, sha256, rows, quarantined, refused, state, collected_at "
        "FROM files ORDER BY id"
    )
    return [
        {
            "source": row[0],
            "name": row[1],
            "sha256": row[2].hex(),
            "rows": row[3],
            "quarantined": row[4],
            "refused": bool(row[5]),
            "state": row[6],
            "collected_at": row[7],
        }
        for row in oracle.journal.rows(query)
    ]


def _trees(oracle: Oracle) -> list[dict[str, Any]]:
    query = (
        "SELECT lines.tree, lines.subject, count(*), sum(amount_fen), "
        "coalesce(trees.state, 'journal'), trees.root FROM lines LEFT JOIN trees "
        "ON trees.tree = lines.tree AND trees.subject = lines.subject "
        "GROUP BY lines.tree, lines.subject ORDER BY lines.tree, lines.subject"
    )
    return [
        {
            "tree": TreeKind(row[0]).name.lower(),
            "subject": row[1],
            "count": row[2],
            "total_fen": str(row[3]),
            "state": row[4],
            "root": row[5].hex() if row[5] else "",
        }
        for row in oracle.journal.rows(query)
    ]


def _acts(oracle: Oracle) -> list[dict[str, Any]]:
    query = "SELECT type, subject, state, digest, hash, block, refusal FROM acts ORDER BY rowid"
    return [
        {
            "type": row[0],
            "subject": row[1],
            "state": row[2],
            "statement": row[3].hex(),
            "transaction": row[4].hex() if row[4] else "",
            "block": row[5],
            "refusal": row[6],
        }
        for row in oracle.journal.rows(query)
    ]
