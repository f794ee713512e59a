"""One oracle: a folder with oracle.toml, a journal, keys and an outbox; the owner of one feed.

    with Oracle.open(folder, passphrase=…) as oracle:
        oracle.ingest("roster", path, run="…", region="…", period="2026-10")
        oracle.anchor()
        draft = oracle.prepare.run("…", fund="…", notice="…", document="…")
        oracle.submit(oracle.sign(draft, officer))

Guarantees: each call can be made again after a kill at any point and then does what is left to do.
Ingesting needs no node; anchoring, signing and submitting do.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from fundtrail.chain.bindings import EvidenceLog, Feed, FundLedger
from fundtrail.chain.network_check import check_network
from fundtrail.chain.relay import Relayer
from fundtrail.chain.rpc import Rpc
from fundtrail.network import Network, load_network
from fundtrail.openings import unwrap_person_key
from fundtrail.signed_statements import SignedStatement
from fundtrail.signers import Signer
from fundtrail.statements import AnchorFeed
from fundtrail.tiles import FeedWriter
from oracles.acts import Acts, Recorded
from oracles.citation import cited
from oracles.clock import Clock, chain_clock, wall_clock
from oracles.contested_line import Contest, LinesFile, contested_line, line_words
from oracles.draft import Draft, basis_of
from oracles.errors import DraftError, JournalError, NotAnchored
from oracles.feed_log import FeedLog
from oracles.intake import Progress, Reading, Received, known_file, receive, silent
from oracles.journal import Journal
from oracles.keyring import Keyring
from oracles.mapping import Mapping
from oracles.mapping_file import load_mapping
from oracles.naming import Namer
from oracles.outgoing import Beside, Outgoing, Patience
from oracles.prepare import Preparer
from oracles.quarantine import QuarantineEntry, quarantine
from oracles.settings import Settings, load_settings
from oracles.signing import sign_draft
from oracles.statement_words import describe
from oracles.tree_file import TreeFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of a file. `already` says that it had been taken before and nothing changed."""

    source: str
    name: str
    rows: int
    quarantined: int
    refused: bool
    already: bool
    entries: int
    quarantine: tuple[QuarantineEntry, ...]


class Oracle:
    """An open oracle folder; one process at a time."""

    def __init__(
        self,
        *,
        settings: Settings,
        network: Network,
        evidence: Path,
        passphrase: str,
        clock: Clock | None,
        patience: Patience,
    ) -> None:
        self.settings, self.network, self.evidence = settings, network, evidence
        self.keyring = Keyring(settings, passphrase)
        self._clock, self._patience = clock, patience
        self._network_checked = False
        self.outbox = settings.folder / "outbox"
        self.journal = Journal(settings.folder)
        self._origin = network.origin(settings.feed)
        folder = evidence / "feeds" / self._origin
        self.feed = FeedLog(self.journal, folder, lambda: self._feed_writer(folder))

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        passphrase: str,
        network: Network | Path | None = None,
        evidence: Path | None = None,
        clock: Clock | None = None,
        patience: Patience | None = None,
    ) -> Self:
        """Open `folder`; what is not given comes from its oracle.toml.

        Raises SettingsError, NetworkFileError, or OracleBusy where another process is at work.

        Without `clock` statements take the later of this machine's time and the chain head's, and
        provenance this machine's.
        """
        settings = load_settings(folder)
        if not isinstance(network, Network):
            network = load_network(network or settings.path(settings.network))
        return cls(
            settings=settings,
            network=network,
            evidence=evidence or settings.path(settings.evidence),
            passphrase=passphrase,
            clock=clock,
            patience=patience or Patience(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the journal and the connection to the node."""
        self.journal.close()
        if "rpc" in self.__dict__:
            self.rpc.close()

    # Files.

    def ingest(
        self,
        source: str,
        path: Path,
        *,
        name: str | None = None,
        progress: Progress = silent,
        **told: str,
    ) -> Ingested:
        """Take a file of `source` into journal, evidence and feed. Idempotent by its digest.

        `name` is how the file is called in records and quarantine (default: its file name). `told`
        is the mapping's context: run, notice, region, period. Rows that fail are in `.quarantine`;
        so is the file itself where it cannot be read (`.refused`).
        """
        mapping = self.mapping(source)
        received = receive(path, name or path.name, source, mapping, told)
        self.feed.settle()
        file = known_file(self.journal, received, mapping)
        already = file is not None
        if file is None:
            file = self._read(mapping, received, progress)
        self._namer.name(file, path, self.keyring.secret("agency") if mapping.sealed else None)
        return self._ingested(file, already=already)

    def mapping(self, source: str) -> Mapping:
        """The checked mapping file of a source."""
        return load_mapping(self.settings.mapping_path(source))

    def quarantine(self, source: str = "") -> tuple[QuarantineEntry, ...]:
        """Everything in quarantine, of all sources or one."""
        return tuple(quarantine(self.journal, source=source))

    def person_key(self, payee_ref: bytes) -> bytes | None:
        """The key of one person's openings, None where none was made or it was destroyed."""
        wrapped = self.journal.value("SELECT wrapped FROM people WHERE payee_ref = ?", payee_ref)
        return unwrap_person_key(self.keyring.secret("agency"), wrapped) if wrapped else None

    # Statements.

    @cached_property
    def prepare(self) -> Preparer:
        """Makes drafts: `.notice`, `.run`, `.batch`, `.review`, `.approve`, `.release`, …"""
        return Preparer(
            settings=self.settings,
            network=self.network,
            evidence=self.evidence,
            outbox=self.outbox,
            journal=self.journal,
            feed=self.feed,
            trees=self._trees,
            clock=self.now,
        )

    def words(
        self, draft: Draft, *, lines: Path | None = None, batch: str = ""
    ) -> list[tuple[str, str]]:
        """The draft as an officer reads it before signing.

        A dispute or a recovery is read with its line, proved from `lines` or from the evidence.
        Raises LineMismatch, RunMismatch or NothingToPrepare where that cannot be.
        """
        statement, file = draft.statement, self._lines_file(lines, batch)
        rows = describe(statement, draft.texts, cited(draft, self.network, self.evidence))
        return [*rows, *line_words(statement, file, FundLedger(self.network, self.rpc))]

    def sign(self, draft: Draft, signer: Signer) -> Draft:
        """The draft with this officer's signature. Raises CodeMismatch on another network."""
        self.check_network()
        return sign_draft(draft, signer, self.network, self.now())

    def submit(self, draft: Draft, *, lines: Path | None = None, batch: str = "") -> Recorded:
        """Record a signed draft and keep it. Raises ContractRefused or NotAnchored.

        `lines` and `batch` are for disputes and recoveries, as for `words`.
        """
        if draft.network != self.network.name:
            raise DraftError(
                f"{draft.path.name}: 声明属于另一网络; expected {self.network.name}, "
                f"got {draft.network}"
            )
        return self.submit_signed(draft.signed(), lines=lines, batch=batch)

    def submit_signed(
        self, signed: SignedStatement, *, lines: Path | None = None, batch: str = ""
    ) -> Recorded:
        """As `submit`, for a statement that came some other way than through the outbox."""
        self.check_network()
        self._require_anchored(signed)
        file = self._lines_file(lines, batch)
        return self.outgoing.submit(signed, lambda item: self._beside(item, file))

    def resume(self) -> list[Recorded]:
        """Bring everything that is under way to its end: the feed's append and all acts."""
        self.feed.settle()
        return self.outgoing.carry_all()

    def anchor(self, officer: Signer | None = None, *, document: str = "") -> list[Recorded]:
        """Open the feed if it is not open, then anchor its checkpoint if it has grown.

        Signed by `officer`, or by the key that oracle.toml names as `officer`.
        """
        self.feed.settle()
        self.outgoing.carry_all()
        signer = officer or self.keyring.signer("officer")
        recorded = []
        if not self.anchored().agency:
            draft = self.prepare.open_feed(document=document)
            recorded.append(self.submit(self.sign(draft, signer)))
        size, anchored = self.feed.reader().checkpoint.size, self.anchored().size
        if anchored > size:
            raise JournalError(f"链上锚定 {anchored} 条,数据流只有 {size} 条 the feed lost entries")
        if anchored < size:
            draft = self.prepare.anchor(document=document)
            recorded.append(self.submit(self.sign(draft, signer)))
        return recorded

    def anchored(self) -> Feed:
        """The feed's head on the chain; its agency is empty where it was never opened."""
        return EvidenceLog(self.network, self.rpc).feed(self.settings.feed)

    def now(self) -> int:
        """The time for statements."""
        return self._clock() if self._clock else chain_clock(self.rpc)()

    def check_network(self) -> None:
        """Raise WrongChain or CodeMismatch unless the node holds this network; asked once."""
        if not self._network_checked:
            check_network(self.network, self.rpc)
            self._network_checked = True

    # The node, opened when first needed.

    @cached_property
    def rpc(self) -> Rpc:
        """The connection to the network's nodes."""
        return Rpc(self.network.rpc_urls)

    @cached_property
    def outgoing(self) -> Outgoing:
        """What carries acts to the chain, with the relayer's key."""
        return Outgoing(
            acts=Acts(self.journal),
            network=self.network,
            rpc=self.rpc,
            relayer=Relayer(self.network, self.rpc, self.keyring.signer("relayer")),
            evidence=self.evidence,
            proof=lambda signed: self._beside(signed, self._lines_file()),
            patience=self._patience,
        )

    def _read(self, mapping: Mapping, received: Received, progress: Progress) -> int:
        reading = Reading(
            journal=self.journal,
            settings=self.settings,
            keyring=self.keyring,
            evidence=self.evidence,
            clock=self._clock or wall_clock,
            mapping=mapping,
            received=received,
        )
        return reading.read(progress)

    def _ingested(self, file: int, *, already: bool) -> Ingested:
        found = self.journal.row(
            "SELECT source, name, rows, quarantined, refused FROM files WHERE id = ?", file
        )
        if found is None:
            raise JournalError(f"expected file {file} in the journal, got none")
        source, name, rows, quarantined, refused = found
        return Ingested(
            source=source,
            name=name,
            rows=rows,
            quarantined=quarantined,
            refused=bool(refused),
            already=already,
            entries=self.journal.value("SELECT count(*) FROM entries WHERE file = ?", file),
            quarantine=tuple(quarantine(self.journal, file=file)),
        )

    @cached_property
    def _namer(self) -> Namer:
        return Namer(
            journal=self.journal, settings=self.settings, evidence=self.evidence, feed=self.feed
        )

    @cached_property
    def _trees(self) -> TreeFiles:
        return TreeFiles(
            journal=self.journal,
            settings=self.settings,
            evidence=self.evidence,
            feed=self.feed,
            clock=self._clock or wall_clock,
        )

    def _feed_writer(self, folder: Path) -> FeedWriter:
        return FeedWriter(folder, self._origin, self.keyring.feed())

    def _lines_file(self, path: Path | None = None, batch: str = "") -> LinesFile:
        return LinesFile(evidence=self.evidence, path=path, batch=batch)

    def _beside(self, signed: SignedStatement, lines: LinesFile) -> Beside:
        """The proof that the contract asks for beside this statement, if any."""
        statement = signed.statement
        if isinstance(statement, AnchorFeed):
            return self._growth(statement)
        if isinstance(statement, Contest):
            line = contested_line(statement, lines, FundLedger(self.network, self.rpc))
            return Beside(line=line.placed, batch=line.batch)
        return Beside()

    def _growth(self, statement: AnchorFeed) -> Beside:
        reader = self.feed.reader()
        if (statement.feed, statement.size) != (self.settings.feed, reader.checkpoint.size):
            raise DraftError(
                f"数据流已增长: expected an anchor of {self.settings.feed} at "
                f"{reader.checkpoint.size} entries, got {statement.feed} at {statement.size}; "
                "prepare it again"
            )
        return Beside(consistency=reader.consistency(min(self.anchored().size, statement.size)))

    def _require_anchored(self, signed: SignedStatement) -> None:
        """An entry of our own feed must lie under its last anchor before a statement cites it."""
        digest = basis_of(signed.statement).evidence
        position = self.journal.value("SELECT position FROM entries WHERE digest = ?", digest)
        if position is not None and self.anchored().size <= position:
            raise NotAnchored(
                f"{signed.statement.type_name()}: 依据的记录(第 {position} 条)尚未锚定; "
                f"entry {position} is not anchored yet, run anchor first"
            )
