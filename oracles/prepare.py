"""Preparing statements: from what the journal and the evidence hold to a file in the outbox.

A draft that lies in the outbox already is returned as it is, signed or not; `again` makes it anew.
Reviews and approvals are drafted only where the lines in the evidence give the prepared root.
"""

import dataclasses
from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fundtrail.evidence import lines_path, read_lines
from fundtrail.ids import ZERO32, sha256, text_digest
from fundtrail.network import Network
from fundtrail.records import record_from_bytes
from fundtrail.statements import (
    AnchorFeed,
    Approve,
    Basis,
    OpenFeed,
    Prepare,
    PublishNotice,
    Release,
    Review,
    Settle,
    Statement,
)
from fundtrail.sum_tree import TreeKind, sum_root
from oracles.clock import Clock
from oracles.draft import Draft, basis_of, draft_name, read_draft
from oracles.errors import DraftError, NothingToPrepare, RunMismatch
from oracles.feed_log import FeedLog
from oracles.field_value import parse_fields, statement_type
from oracles.journal import Journal
from oracles.kept_statements import find_statement
from oracles.settings import Settings
from oracles.statement_words import subject_of
from oracles.taker import BATCHES
from oracles.tree_file import TreeFiles

LIFE_SECONDS = 30 * 86_400
NOTICE_LEAD_SECONDS = 3_600
NOTICE_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparer:
    """Drafts for one oracle. `document` is the 文号 where none is given."""

    settings: Settings
    network: Network
    evidence: Path
    outbox: Path
    journal: Journal
    feed: FeedLog
    trees: TreeFiles
    clock: Clock

    def notice(
        self,
        notice: str,
        *,
        document: str,
        opens_at: int | None = None,
        days: int = NOTICE_DAYS,
        again: bool = False,
    ) -> Draft:
        """PublishNotice over the roster of `notice`; it opens in an hour unless told otherwise."""
        tree = self.trees.name(TreeKind.ROSTER, notice)
        fields = self._first_fields(TreeKind.ROSTER, notice)
        opens = self.clock() + NOTICE_LEAD_SECONDS if opens_at is None else opens_at
        statement = PublishNotice(
            notice=notice,
            programme=fields["programme"],
            period=fields["period"],
            root=tree.root,
            total_fen=tree.total_fen,
            count=tree.count,
            opens_at=opens,
            closes_at=opens + days * 86_400,
            basis=self.basis(document, tree.digest),
        )
        loose = ("opens_at", "closes_at") if opens_at is None else ()
        return self._write(statement, notice, document, again=again, loose=loose)

    def run(
        self,
        run: str,
        *,
        fund: str,
        notice: str = "",
        reissue_of: str = "",
        document: str,
        again: bool = False,
    ) -> Draft:
        """Prepare over the lines of `run`; a reissue names the returned batch it pays again."""
        tree = self.trees.name(TreeKind.RUN, run)
        statement = Prepare(
            run=run,
            fund=fund,
            notice=notice,
            reissue_of=reissue_of,
            period=self._first_fields(TreeKind.RUN, run)["period"],
            root=tree.root,
            total_fen=tree.total_fen,
            count=tree.count,
            basis=self.basis(document, tree.digest),
        )
        return self._write(statement, run, document, again=again)

    def batch(self, run: str, outcome: str, *, document: str, again: bool = False) -> Draft:
        """Settle over the `credited` or `returned` lines of `run`: batch `<run>-C` or `<run>-B`."""
        suffix, kind = BATCHES[outcome]
        batch = f"{run}-{suffix}"
        tree = self.trees.name(kind, batch)
        statement = Settle(
            batch=batch,
            run=run,
            kind=int(kind),
            root=tree.root,
            total_fen=tree.total_fen,
            count=tree.count,
            basis=self.basis(document, tree.digest),
        )
        return self._write(statement, batch, document, again=again)

    def batches(self, run: str) -> tuple[str, ...]:
        """The outcomes of `run` that the bank has reported lines for."""
        return tuple(
            outcome
            for outcome, (suffix, kind) in BATCHES.items()
            if f"{run}-{suffix}" in self.trees.subjects(kind)
        )

    def review(self, run: str, *, document: str, again: bool = False) -> Draft:
        """Review of what was prepared, after the lines were counted again."""
        prepared = self._prepared(run)
        statement = Review(
            run=run,
            root=prepared.root,
            total_fen=prepared.total_fen,
            basis=self.basis(document, prepared.basis.evidence),
        )
        return self._write(statement, run, document, again=again)

    def approve(self, run: str, *, document: str, seat: int = 1, again: bool = False) -> Draft:
        """Approve for the approver in `seat` (from 1): each signs a statement of their own."""
        subject = run if seat == 1 else f"{run}.{seat}"
        prepared = self._prepared(run)
        # One second of life more for each seat makes statements that are otherwise equal differ.
        basis = self.basis(document, prepared.basis.evidence, life=LIFE_SECONDS + seat - 1)
        statement = Approve(run=run, root=prepared.root, total_fen=prepared.total_fen, basis=basis)
        return self._write(statement, subject, document, again=again)

    def release(self, run: str, *, document: str = "", again: bool = False) -> Draft:
        """Release by the voucher that the feed holds for `run`; its number is the document."""
        found = self.journal.row(
            "SELECT digest, position FROM entries WHERE kind = 'voucher' AND subject = ? "
            "AND position IS NOT NULL ORDER BY position DESC",
            run,
        )
        if found is None:
            raise NothingToPrepare(
                f"没有批次 {run} 的支付凭证; no voucher for run {run!r} in the feed"
            )
        voucher = self.feed.entry(found[1]).fields
        document = document or voucher["number"]
        statement = Release(
            run=run,
            bank=voucher["bank"],
            voucher=text_digest(voucher["number"]),
            amount_fen=int(voucher["amount_fen"]),
            basis=self.basis(document, found[0]),
        )
        texts = {"voucher": voucher["number"]}
        return self._write(statement, run, document, again=again, texts=texts)

    def open_feed(self, *, document: str = "", again: bool = False) -> Draft:
        """OpenFeed of this oracle's feed, with the key that signs its checkpoints."""
        feed, document = self.settings.feed, document or self.settings.document
        statement = OpenFeed(
            feed=feed,
            vkey_digest=sha256(self.feed.reader().key.to_bytes()),
            cadence_seconds=self.settings.cadence_seconds,
            basis=self.basis(document),
        )
        return self._write(statement, feed, document, again=again)

    def anchor(self, *, document: str = "", again: bool = False) -> Draft:
        """AnchorFeed of the checkpoint as it stands."""
        self.feed.settle()
        head = self.feed.reader().checkpoint
        document = document or self.settings.document
        subject = f"{self.settings.feed}-{head.size}"
        if head.size == 0:
            raise NothingToPrepare(
                "数据流还没有记录 the feed has no entries yet: ingest a file first"
            )
        statement = AnchorFeed(
            feed=self.settings.feed,
            size=head.size,
            root=head.root,
            basis=self.basis(document),
        )
        return self._write(statement, subject, document, again=again)

    def statement(
        self,
        type_name: str,
        given: Table[str, str],
        *,
        document: str,
        evidence: bytes = ZERO32,
        again: bool = False,
    ) -> Draft:
        """Any statement from its fields as text; `reason` and `voucher` may be given in words."""
        kind = statement_type(type_name)
        values, texts = parse_fields(kind, given)
        build: Callable[..., Statement] = kind
        statement = build(**values, basis=self.basis(document, evidence))
        return self._write(statement, subject_of(statement), document, again=again, texts=texts)

    def basis(self, document: str, evidence: bytes = ZERO32, life: int = LIFE_SECONDS) -> Basis:
        """A basis from now on, for as long as an officer may take."""
        now = self.clock()
        return Basis(
            evidence=evidence,
            document=text_digest(document),
            signed_at=now,
            deadline=now + life,
        )

    def _write(
        self,
        statement: Statement,
        subject: str,
        document: str,
        *,
        again: bool,
        texts: Table[str, str] | None = None,
        loose: tuple[str, ...] = (),
    ) -> Draft:
        """The draft of `statement`: the one that is there, if it says the same but for `loose`."""
        draft = Draft(
            path=self.outbox / draft_name(statement, subject),
            network=self.network.name,
            statement=statement,
            texts={"document": document, **(texts or {})},
            cites=self._place(basis_of(statement).evidence),
        )
        if again or not draft.path.exists():
            return draft.write()
        held = read_draft(draft.path)
        for name in difference(held.statement, statement):
            if name not in loose:
                raise DraftError(
                    f"{draft.path.name}: 已有同名声明,{name} 不同; there is a draft with another "
                    f"{name} already, use --again to replace it"
                )
        return held

    def _place(self, digest: bytes) -> tuple[str, int] | None:
        query = "SELECT position FROM entries WHERE digest = ? AND position IS NOT NULL"
        position = self.journal.value(query, digest)
        return None if position is None else (self.settings.feed, position)

    def _prepared(self, run: str) -> Prepare:
        """The Prepare of `run`, whose lines must give its root."""
        prepared = find_statement(self.evidence, Prepare, lambda act: act.run == run)
        if prepared is None:
            raise NothingToPrepare(
                f"批次 {run} 尚未编制; no Prepare of run {run!r} in the evidence"
            )
        lines = read_lines(self.evidence / lines_path(TreeKind.RUN, run))
        computed = sum_root((item.line() for item in lines), TreeKind.RUN)
        if computed.root != prepared.root or computed.total_fen != prepared.total_fen:
            raise RunMismatch(
                f"批次 {run} 的明细与编制声明不符: expected root {prepared.root.hex()}, "
                f"computed {computed.root.hex()}"
            )
        return prepared

    def _first_fields(self, kind: TreeKind, subject: str) -> Table[str, Any]:
        lines = read_lines(self.evidence / lines_path(kind, subject))
        return record_from_bytes(next(lines).record).fields


def difference(held: Statement, wanted: Statement) -> list[str]:
    """The fields, but for the basis, in which two statements of one type differ."""
    names = [field.name for field in dataclasses.fields(wanted) if field.name != "basis"]
    return [name for name in names if getattr(held, name) != getattr(wanted, name)]
