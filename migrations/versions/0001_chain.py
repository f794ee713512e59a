"""The chain: what the events of Registry, EvidenceLog and FundLedger said.

Every table but `chain_cursor` and `balances` is append-only; TRUNCATE is what a rebuild uses.
Foreign keys wait for the end of the transaction, because one transaction holds many blocks.
"""

from alembic import op

revision = "0001"
down_revision = None

APPEND_ONLY = (
    "blocks",
    "statements",
    "governor_sets",
    "agencies",
    "officers",
    "revocations",
    "programmes",
    "feeds",
    "anchors",
    "notices",
    "funds",
    "transfers",
    "runs",
    "run_acts",
    "batches",
    "postings",
)

_TABLES = """
CREATE DOMAIN code AS text CHECK (value ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$');
CREATE DOMAIN digest AS bytea CHECK (octet_length(value) = 32);
CREATE DOMAIN address AS text CHECK (value ~ '^0x[0-9a-f]{40}$');
CREATE DOMAIN u64 AS numeric(20, 0) CHECK (value >= 0 AND value < 2::numeric ^ 64);
CREATE DOMAIN fen AS numeric(39, 0) CHECK (value >= 0 AND value < 2::numeric ^ 128);

CREATE TABLE chain_cursor (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    block bigint NOT NULL,
    block_hash digest NOT NULL
);
CREATE TABLE blocks (
    number bigint PRIMARY KEY,
    time bigint NOT NULL
);
CREATE TABLE statements (
    digest digest PRIMARY KEY,
    block bigint NOT NULL REFERENCES blocks DEFERRABLE INITIALLY DEFERRED,
    log_index bigint NOT NULL,
    contract text NOT NULL,
    transaction digest NOT NULL,
    signers text[] NOT NULL CHECK (cardinality(signers) > 0),
    type text,
    evidence digest,
    document digest,
    signed_at bigint,
    line bytea,
    UNIQUE (block, log_index),
    CHECK (num_nulls(type, document, signed_at, line) IN (0, 4))
);
COMMENT ON COLUMN statements.line IS
    'docs/format.md §6, null where a relaying contract hid the statement';

CREATE TABLE governor_sets (
    block bigint NOT NULL REFERENCES blocks DEFERRABLE INITIALLY DEFERRED,
    log_index bigint NOT NULL,
    statement digest REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    threshold smallint NOT NULL,
    keys text[] NOT NULL,
    agencies text[] NOT NULL,
    PRIMARY KEY (block, log_index),
    CHECK (cardinality(keys) = cardinality(agencies) AND threshold <= cardinality(keys))
);
CREATE TABLE agencies (
    code code PRIMARY KEY,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 7),
    parent code REFERENCES agencies DEFERRABLE INITIALLY DEFERRED,
    region u64 NOT NULL,
    name text NOT NULL
);
CREATE TABLE officers (
    key address PRIMARY KEY,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    agency code NOT NULL REFERENCES agencies DEFERRABLE INITIALLY DEFERRED,
    person bigint NOT NULL CHECK (person > 0),
    roles bigint NOT NULL CHECK (roles > 0),
    valid_from u64 NOT NULL,
    valid_until u64 NOT NULL,
    CHECK (valid_from < valid_until)
);
CREATE TABLE revocations (
    key address PRIMARY KEY REFERENCES officers DEFERRABLE INITIALLY DEFERRED,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    reason digest NOT NULL
);
CREATE TABLE programmes (
    code code NOT NULL,
    block bigint NOT NULL REFERENCES blocks DEFERRABLE INITIALLY DEFERRED,
    log_index bigint NOT NULL,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    agency code NOT NULL REFERENCES agencies DEFERRABLE INITIALLY DEFERRED,
    payee_kind smallint NOT NULL CHECK (payee_kind IN (1, 2)),
    notice_seconds u64 NOT NULL,
    ladder_fen numeric(39, 0)[] NOT NULL,
    feeds text[] NOT NULL,
    PRIMARY KEY (code, block, log_index)
);
CREATE TABLE feeds (
    code code PRIMARY KEY,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    agency code NOT NULL REFERENCES agencies DEFERRABLE INITIALLY DEFERRED,
    vkey_digest digest NOT NULL,
    cadence_seconds u64 NOT NULL
);
CREATE TABLE anchors (
    feed code NOT NULL REFERENCES feeds DEFERRABLE INITIALLY DEFERRED,
    size u64 NOT NULL CHECK (size > 0),
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    root digest NOT NULL,
    PRIMARY KEY (feed, size)
);
CREATE TABLE notices (
    code code PRIMARY KEY,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    programme code NOT NULL,
    agency code NOT NULL REFERENCES agencies DEFERRABLE INITIALLY DEFERRED,
    period code NOT NULL,
    root digest NOT NULL,
    total_fen fen NOT NULL,
    count u64 NOT NULL CHECK (count > 0),
    opens_at u64 NOT NULL,
    closes_at u64 NOT NULL CHECK (closes_at > opens_at)
);
CREATE TABLE funds (
    code code PRIMARY KEY,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    programme code NOT NULL,
    year integer NOT NULL CHECK (year > 0),
    agency code NOT NULL REFERENCES agencies DEFERRABLE INITIALLY DEFERRED,
    parent code REFERENCES funds DEFERRABLE INITIALLY DEFERRED CHECK (parent <> code)
);
CREATE INDEX funds_by_parent ON funds (parent);
CREATE TABLE transfers (
    id code PRIMARY KEY,
    block bigint NOT NULL REFERENCES blocks DEFERRABLE INITIALLY DEFERRED,
    log_index bigint NOT NULL,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    parent code REFERENCES funds DEFERRABLE INITIALLY DEFERRED,
    fund code NOT NULL REFERENCES funds DEFERRABLE INITIALLY DEFERRED,
    amount_fen fen NOT NULL CHECK (amount_fen > 0),
    UNIQUE (block, log_index)
);
CREATE INDEX transfers_by_fund ON transfers (fund);
CREATE TABLE runs (
    code code PRIMARY KEY,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    fund code NOT NULL REFERENCES funds DEFERRABLE INITIALLY DEFERRED,
    notice code REFERENCES notices DEFERRABLE INITIALLY DEFERRED,
    reissue_of code,
    period code NOT NULL,
    root digest NOT NULL,
    total_fen fen NOT NULL CHECK (total_fen > 0),
    count u64 NOT NULL CHECK (count > 0)
);
CREATE INDEX runs_by_fund ON runs (fund);
CREATE INDEX runs_by_notice ON runs (notice);
CREATE TABLE batches (
    code code PRIMARY KEY,
    block bigint NOT NULL REFERENCES blocks DEFERRABLE INITIALLY DEFERRED,
    log_index bigint NOT NULL,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    run code NOT NULL REFERENCES runs DEFERRABLE INITIALLY DEFERRED,
    kind smallint NOT NULL CHECK (kind IN (2, 3)),
    root digest NOT NULL,
    total_fen fen NOT NULL CHECK (total_fen > 0),
    count u64 NOT NULL CHECK (count > 0),
    UNIQUE (block, log_index)
);
CREATE INDEX batches_by_run ON batches (run);
ALTER TABLE runs ADD CONSTRAINT runs_reissue_of_fkey
    FOREIGN KEY (reissue_of) REFERENCES batches DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE run_acts (
    run code NOT NULL REFERENCES runs DEFERRABLE INITIALLY DEFERRED,
    block bigint NOT NULL REFERENCES blocks DEFERRABLE INITIALLY DEFERRED,
    log_index bigint NOT NULL,
    statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    act text NOT NULL,
    stage smallint NOT NULL CHECK (stage BETWEEN 1 AND 7),
    officer address NOT NULL REFERENCES officers DEFERRABLE INITIALLY DEFERRED,
    bank code REFERENCES agencies DEFERRABLE INITIALLY DEFERRED,
    batch code REFERENCES batches DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (run, block, log_index),
    CHECK (act IN ('prepare', 'review', 'approve', 'release', 'settle', 'reject')),
    CHECK ((act = 'release') = (bank IS NOT NULL)),
    CHECK ((act = 'settle') = (batch IS NOT NULL))
);
CREATE INDEX run_acts_by_block ON run_acts (block);

CREATE TABLE postings (
    fund code NOT NULL REFERENCES funds DEFERRABLE INITIALLY DEFERRED,
    block bigint NOT NULL REFERENCES blocks DEFERRABLE INITIALLY DEFERRED,
    log_index bigint NOT NULL,
    term text NOT NULL,
    amount_fen numeric(39, 0) NOT NULL CHECK (amount_fen <> 0),
    PRIMARY KEY (fund, block, log_index, term),
    CHECK (term IN ('granted', 'recovered', 'passed_on', 'committed', 'paid', 'available'))
);
CREATE INDEX postings_by_block ON postings (block);
CREATE TABLE balances (
    fund code PRIMARY KEY REFERENCES funds DEFERRABLE INITIALLY DEFERRED,
    granted_fen fen NOT NULL DEFAULT 0,
    recovered_fen fen NOT NULL DEFAULT 0,
    passed_on_fen fen NOT NULL DEFAULT 0,
    committed_fen fen NOT NULL DEFAULT 0,
    paid_fen fen NOT NULL DEFAULT 0,
    available_fen fen NOT NULL DEFAULT 0,
    CONSTRAINT conservation CHECK (
        granted_fen + recovered_fen = passed_on_fen + committed_fen + paid_fen + available_fen
    )
);

CREATE VIEW run_stages AS
    SELECT DISTINCT ON (run) run, stage, block FROM run_acts
    ORDER BY run, run_acts.block DESC, log_index DESC;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: expected no %', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""


def upgrade() -> None:
    """Make the tables of the chain."""
    op.execute(_TABLES)
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Drop them; `fundtrail-service index` makes their rows again from the chain."""
    op.execute("DROP VIEW run_stages")
    for table in ("chain_cursor", "balances", *reversed(APPEND_ONLY)):
        op.execute(f"DROP TABLE {table} CASCADE")
    op.execute("DROP FUNCTION refuse_change")
    for domain in ("code", "digest", "address", "u64", "fen"):
        op.execute(f"DROP DOMAIN {domain}")
