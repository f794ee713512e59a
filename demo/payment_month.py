"""Chapters: files come in, notices stand, runs are made, paid, reported and reissued."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from demo.budget import fund_code
from demo.cast import TREASURY, Officer, district_agency, street_agency
from demo.city import City, Month, Run, Street
from demo.departments import departments, make_folder, open_oracle
from demo.opening import LADDER_FEN
from demo.stage import Stage, at
from fundtrail.money import yuan
from fundtrail.signed_statements import SignedStatement
from fundtrail.statements import Prepare, Release, Review
from oracles.draft import Draft, read_draft
from oracles.oracle import Oracle
from oracles.quarantine import QuarantineEntry

POLICY = Path(__file__).parent / "city" / "policy.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMonth:
    """The month on stage, with the oracles of all departments open."""

    stage: Stage
    city: City
    month: Month
    oracles: dict[str, Oracle]

    @classmethod
    def enter(cls, stack: ExitStack, stage: Stage, city: City, month: Month) -> "PaymentMonth":
        """Make and open the oracles; `stack` closes them."""
        home = stage.evidence.parent
        opened = {
            department.name: stack.enter_context(
                open_oracle(stage, make_folder(home, department, stage.cast, city))
            )
            for department in departments(city)
        }
        return cls(stage=stage, city=city, month=month, oracles=opened)

    # Files and notices.

    def open_registers(self) -> None:
        """Death register, certifications, policy: what other departments know."""
        layout = self.month.layout
        self._ingest("civil", "policy", POLICY, "policy.toml")
        for path in (layout.deaths, layout.deaths_supplement):
            self._ingest("funeral", "deaths", path)
        for path in (layout.certification, layout.certification_supplement):
            self._ingest("hr", "life-certification", path)
        for name in ("civil", "funeral", "hr"):
            self._anchor(name)

    def publish_notices(self) -> None:
        """Seven days on the wall; each street's list as a root on the chain."""
        for street in self.city.streets:
            told = self._told(street) | {"notice": self.notice_code(street)}
            self._ingest("civil", "notice", self.month.layout.notice(street), **told)
        civil, opens = self.oracles["civil"], at(self.city.timetable.notice_opens, 0)
        drafts = [
            civil.prepare.notice(
                self.notice_code(street),
                opens_at=opens,
                document=f"{street.name}公示〔{self.city.month}〕",
            )
            for street in self.city.streets
        ]
        self._anchor("civil")
        for street, draft in zip(self.city.streets, drafts, strict=True):
            self._record("civil", draft, self._street_officer(street, "clerk"), "公示 notice")

    # Runs.

    def prepare_runs(self) -> None:
        """Payment lists become runs; the clerk's second key does not make a second person."""
        for street in self.city.streets:
            told = self._told(street) | {"run": self.city.run_code(street)}
            self._ingest("civil", "roster", self.month.layout.roster(street), **told)
        self._prepare(self.city.streets, reissue=False)

        street = self.city.streets[0]
        prepared = self._statement(self.city.run_code(street), Prepare)
        again = Review(
            run=prepared.run,
            root=prepared.root,
            total_fen=prepared.total_fen,
            basis=self.stage.basis("冒充复核", prepared.basis.evidence),
        )
        clerk = self._street_officer(street, "clerk-again")
        self.stage.refused(clerk, again, "用第二把密钥复核自己编制的批次 reviewing one's own run")

    def review_and_approve(self, streets: tuple[Street, ...], *, reissue: bool) -> None:
        """Another person reviews, one or two others approve, by the amount."""
        for street in streets:
            run, civil = self.run_code(street, reissue=reissue), self.oracles["civil"]
            draft = civil.prepare.review(run, document=f"复核〔{run}〕")
            self._record("civil", draft, self._street_officer(street, "reviewer"), "复核 reviewed")
        for street in streets:
            run, civil = self.run_code(street, reissue=reissue), self.oracles["civil"]
            total = self._statement(run, Prepare).total_fen
            seats = 1 + sum(1 for step in LADDER_FEN if step <= total)
            for seat in range(1, seats + 1):
                draft = civil.prepare.approve(run, document=f"审批〔{run}〕", seat=seat)
                duty = "approver" if seat == 1 else f"approver-{seat}"
                officer = self.stage.cast.officer(district_agency(street.district_code), duty)
                self._record("civil", draft, officer, f"审批 approved {seat}/{seats}")

    def release(self, streets: tuple[Street, ...], *, reissue: bool) -> None:
        """Treasury pays by voucher; the preparing agency cannot, whatever role it was given."""
        layout = self.month.layout
        self._ingest(
            "treasury", "vouchers", layout.vouchers_reissue if reissue else layout.vouchers
        )
        self._anchor("treasury")
        treasurer = self.stage.cast.officer(TREASURY, "treasurer")
        for index, street in enumerate(streets):
            run = self.run_code(street, reissue=reissue)
            draft = self.oracles["treasury"].prepare.release(run)
            if index == 0 and not reissue:
                insider = self._street_officer(street, "misplaced")
                attempt = "编制单位自行拨付 release by the preparing agency"
                self.stage.refused(insider, draft.statement, attempt)
            signed = self._record("treasury", draft, treasurer, "国库拨付 released")
            if index == 0 and not reissue:
                attempt = "同一声明再次登记 the same statement again"
                self.stage.refused_again(treasurer, signed, attempt)

    def settle(self, runs: tuple[Run, ...]) -> None:
        """Banks report every line: credited or returned."""
        for run in runs:
            bank = run.street.bank
            path = self.month.layout.result(bank, run.code)
            self._ingest(bank.folder, "result", path, run=run.code)
            oracle = self.oracles[bank.folder]
            drafts = [
                oracle.prepare.batch(run.code, outcome, document=f"{bank.name}回单〔{run.code}〕")
                for outcome in oracle.prepare.batches(run.code)
            ]
            self._anchor(bank.folder)
            teller = self.stage.cast.officer(bank.code, "teller")
            for draft in drafts:
                credited = draft.path.stem.endswith("-C")
                self._record(
                    bank.folder,
                    draft,
                    teller,
                    "已到账 credited" if credited else "退票 returned",
                )

    def prepare_reissues(self) -> tuple[Street, ...]:
        """What came back is paid again as attempt 1; answers the streets concerned."""
        streets = tuple(run.street for run in self.month.reissues)
        for street in streets:
            told = self._told(street) | {"run": self.run_code(street, reissue=True)}
            self._ingest("civil", "reissue", self.month.layout.reissue(street), **told)
        self._prepare(streets, reissue=True)
        return streets

    # What everybody sees.

    def quarantine(self) -> list[QuarantineEntry]:
        """All quarantine of all oracles."""
        return [entry for oracle in self.oracles.values() for entry in oracle.quarantine()]

    def run_code(self, street: Street, *, reissue: bool) -> str:
        """`190102001-OAA-2026-10`, `…-R1` for the reissue."""
        code = self.city.run_code(street)
        return f"{code}-R1" if reissue else code

    def notice_code(self, street: Street) -> str:
        """`190102001-OAA-2026-10-N`."""
        return f"{self.city.run_code(street)}-N"

    def _prepare(self, streets: tuple[Street, ...], *, reissue: bool) -> None:
        civil = self.oracles["civil"]
        drafts = [
            civil.prepare.run(
                self.run_code(street, reissue=reissue),
                fund=fund_code(self.city, street.code),
                notice=self.notice_code(street),
                reissue_of=f"{self.city.run_code(street)}-B" if reissue else "",
                document=f"{street.name}发放〔{self.run_code(street, reissue=reissue)}〕",
            )
            for street in streets
        ]
        self._anchor("civil")
        for street, draft in zip(streets, drafts, strict=True):
            what = "补发编制 reissue prepared" if reissue else "编制 prepared"
            self._record("civil", draft, self._street_officer(street, "clerk"), what)

    def _ingest(self, name: str, source: str, path: Path, called: str = "", **told: str) -> None:
        oracle, narrator = self.oracles[name], self.stage.narrator
        called = called or self.month.layout.name(path)
        with narrator.progress(called, 1) as bar:
            taken = oracle.ingest(
                source,
                path,
                name=called,
                progress=lambda rows, total: bar.update(
                    bar.task_ids[0], completed=rows, total=total
                ),
                **told,
            )
        if taken.refused:
            narrator.broken(f"{called} 整份隔离 file refused")
        else:
            kept = taken.rows - taken.quarantined
            aside = f",隔离 quarantined {taken.quarantined}" if taken.quarantined else ""
            narrator.say(f"[dim]{called}: {kept} 行 rows{aside}[/dim]")

    def _anchor(self, name: str) -> None:
        oracle = self.oracles[name]
        officer = self.stage.cast.officer(oracle.settings.agency, "oracle")
        for recorded in oracle.anchor(officer.signer):
            opened = recorded.type_name == "OpenFeed"
            what = "数据流开通 feed opened" if opened else "数据流锚定 feed anchored"
            where = f"{what} {recorded.subject}"
            self.stage.narrator.act(
                recorded.block, self.stage.now(), self.stage.who(officer), where
            )

    def _record(self, name: str, draft: Draft, officer: Officer, what: str) -> SignedStatement:
        oracle = self.oracles[name]
        signed = oracle.sign(draft, officer.signer)
        recorded = oracle.submit(signed)
        money = getattr(signed.statement, "total_fen", None)
        if isinstance(signed.statement, Release):
            money = signed.statement.amount_fen
        amount = f" {yuan(money)} 元" if money is not None else ""
        self.stage.narrator.act(
            recorded.block,
            self.stage.now(),
            self.stage.who(officer),
            f"{what} {recorded.subject}{amount}",
        )
        return signed.signed()

    def _statement(self, run: str, kind: type[Prepare]) -> Prepare:
        path = self.oracles["civil"].outbox / f"{kind.type_name()}-{run}.json"
        statement = read_draft(path).statement
        if not isinstance(statement, kind):
            raise TypeError(f"{path.name}: expected {kind.__name__}")
        return statement

    def _told(self, street: Street) -> dict[str, str]:
        return {"region": street.code, "period": self.city.month}

    def _street_officer(self, street: Street, duty: str) -> Officer:
        return self.stage.cast.officer(street_agency(street.code), duty)
