"""What contests money: holds, disputes, challenges and recoveries; and what goes back up.

A disputed line that may be paid again is a batch without a root, under the code of its dispute,
as in the contract: a run cites either in `reissue_of`. `held` is the part of what is committed that
disputes hold; it stands beside the conservation line, not in it.
"""
# ruff: noqa: S608  # the tables are put together from constants of this file

from alembic import op

revision = "0004"
down_revision = "0003"

APPEND_ONLY = (
    "contract_names",
    "feed_rotations",
    "late_anchors",
    "takebacks",
    "holds",
    "disputes",
    "dispute_acts",
    "line_acts",
    "challenges",
    "challenge_acts",
    "run_blocks",
    "receivables",
    "receipts",
    "recoveries",
    "recovery_closings",
)
_OLDER = (
    "blocks, statements, governor_sets, agencies, officers, revocations, programmes, feeds, "
    "anchors, notices, funds, transfers, runs, run_acts, batches, postings, balances, chain_cursor"
)

# Where a row stands: one log of the chain. Each table below has it.
_PLACE = """
    block bigint NOT NULL REFERENCES blocks DEFERRABLE INITIALLY DEFERRED,
    log_index bigint NOT NULL
"""
_SIGNED = "statement digest NOT NULL REFERENCES statements DEFERRABLE INITIALLY DEFERRED"
_AGENCY = "agency code NOT NULL REFERENCES agencies DEFERRABLE INITIALLY DEFERRED"
_RUN = "run code NOT NULL REFERENCES runs DEFERRABLE INITIALLY DEFERRED"
_FEED = "feed code NOT NULL REFERENCES feeds DEFERRABLE INITIALLY DEFERRED"
_DISPUTE = "dispute code NOT NULL REFERENCES disputes DEFERRABLE INITIALLY DEFERRED"
_CHALLENGE = "challenge digest NOT NULL REFERENCES challenges DEFERRABLE INITIALLY DEFERRED"
_RECEIVABLE = "receivable code NOT NULL REFERENCES receivables DEFERRABLE INITIALLY DEFERRED"

_TABLES = f"""
CREATE TABLE contract_names (
    name code NOT NULL, {_PLACE}, {_SIGNED},
    at address NOT NULL,
    succeeds address NOT NULL,
    PRIMARY KEY (name, block, log_index)
);
CREATE TABLE feed_rotations (
    {_FEED}, {_PLACE}, {_SIGNED},
    vkey_digest digest NOT NULL,
    cadence_seconds u64 NOT NULL,
    PRIMARY KEY (feed, block, log_index)
);
CREATE TABLE late_anchors (
    {_FEED}, {_PLACE}, {_SIGNED},
    late_seconds u64 NOT NULL CHECK (late_seconds > 0),
    PRIMARY KEY (feed, block, log_index)
);
CREATE TABLE takebacks (
    id code PRIMARY KEY, {_PLACE}, {_SIGNED},
    fund code NOT NULL REFERENCES funds DEFERRABLE INITIALLY DEFERRED,
    parent code REFERENCES funds DEFERRABLE INITIALLY DEFERRED,
    amount_fen fen NOT NULL,
    closes boolean NOT NULL,
    UNIQUE (block, log_index),
    CHECK (closes OR (amount_fen > 0 AND parent IS NOT NULL))
);
CREATE INDEX takebacks_by_fund ON takebacks (fund);
CREATE TABLE holds (
    {_RUN}, {_PLACE}, {_SIGNED}, {_AGENCY},
    act text NOT NULL CHECK (act IN ('hold', 'lift')),
    until u64,
    reason digest NOT NULL,
    officer address NOT NULL REFERENCES officers DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (run, block, log_index),
    CHECK ((act = 'hold') = (until IS NOT NULL))
);
COMMENT ON COLUMN holds.until IS 'the last second of the hold; 0: until it is lifted';

CREATE TABLE disputes (
    code code PRIMARY KEY, {_PLACE}, {_SIGNED}, {_RUN},
    payment_id digest NOT NULL,
    amount_fen fen NOT NULL,
    held boolean NOT NULL,
    {_AGENCY},
    reason digest NOT NULL,
    UNIQUE (block, log_index)
);
CREATE INDEX disputes_by_run ON disputes (run, payment_id);
CREATE TABLE dispute_acts (
    {_DISPUTE}, {_PLACE},
    statement digest REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    act text NOT NULL
        CHECK (act IN ('decide', 'appeal', 'decide-appeal', 'conclude', 'order-reissue')),
    agency code REFERENCES agencies DEFERRABLE INITIALLY DEFERRED,
    outcome smallint CHECK (outcome IN (1, 2)),
    reason digest,
    appeal_until u64,
    amount_fen fen,
    PRIMARY KEY (dispute, block, log_index),
    CHECK ((act = 'conclude') = (statement IS NULL)),
    CHECK ((act = 'conclude') = (agency IS NULL)),
    CHECK ((act IN ('decide', 'decide-appeal', 'conclude')) = (outcome IS NOT NULL)),
    CHECK ((act IN ('decide', 'appeal', 'decide-appeal')) = (reason IS NOT NULL)),
    CHECK ((act = 'decide') = (appeal_until IS NOT NULL)),
    CHECK ((act = 'order-reissue') = (amount_fen IS NOT NULL))
);
CREATE UNIQUE INDEX dispute_ends_once ON dispute_acts (dispute) WHERE act = 'conclude';
CREATE TABLE line_acts (
    {_DISPUTE}, {_PLACE}, {_RUN},
    act text NOT NULL CHECK (act IN ('held', 'freed', 'struck', 'reissue-allowed')),
    amount_fen fen NOT NULL,
    PRIMARY KEY (dispute, block, log_index),
    UNIQUE (dispute, act)
);
CREATE INDEX line_acts_by_run ON line_acts (run);

CREATE TABLE challenges (
    id digest PRIMARY KEY, {_PLACE}, {_RUN},
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 8),
    one code NOT NULL,
    other code NOT NULL,
    payment_id digest,
    blocked boolean NOT NULL,
    submitter address NOT NULL,
    UNIQUE (block, log_index)
);
CREATE INDEX challenges_by_run ON challenges (run);
CREATE TABLE challenge_acts (
    {_CHALLENGE}, {_PLACE}, {_SIGNED}, {_AGENCY},
    reason digest NOT NULL,
    PRIMARY KEY (challenge)
);
CREATE TABLE run_blocks (
    {_RUN}, {_CHALLENGE}, {_PLACE},
    act text NOT NULL CHECK (act IN ('block', 'unblock')),
    PRIMARY KEY (run, challenge, act)
);

CREATE TABLE receivables (
    code code PRIMARY KEY, {_PLACE}, {_SIGNED},
    cause digest NOT NULL,
    {_RUN},
    payment_id digest NOT NULL,
    amount_fen fen NOT NULL CHECK (amount_fen > 0),
    {_AGENCY},
    UNIQUE (block, log_index)
);
CREATE INDEX receivables_by_run ON receivables (run);
COMMENT ON COLUMN receivables.cause IS
    'the code of an upheld dispute in 32 bytes, or the id of a challenge';
CREATE TABLE receipts (
    id code PRIMARY KEY, {_PLACE}, {_SIGNED}, {_RECEIVABLE},
    amount_fen fen NOT NULL CHECK (amount_fen > 0),
    {_AGENCY},
    UNIQUE (block, log_index)
);
CREATE TABLE recoveries (
    {_RECEIVABLE}, {_PLACE}, {_RUN},
    fund code NOT NULL REFERENCES funds DEFERRABLE INITIALLY DEFERRED,
    amount_fen fen NOT NULL CHECK (amount_fen > 0),
    PRIMARY KEY (receivable, block, log_index)
);
CREATE TABLE recovery_closings (
    {_RECEIVABLE}, {_PLACE}, {_SIGNED},
    stage smallint NOT NULL CHECK (stage BETWEEN 2 AND 4),
    reason digest,
    PRIMARY KEY (receivable)
);

CREATE VIEW run_lines AS
    SELECT run,
        sum(amount_fen * CASE act WHEN 'held' THEN 1 WHEN 'reissue-allowed' THEN 0 ELSE -1 END)
            AS held,
        coalesce(sum(amount_fen) FILTER (WHERE act = 'struck'), 0) AS struck
    FROM line_acts GROUP BY run;
CREATE VIEW standing_holds AS
    SELECT * FROM (
        SELECT DISTINCT ON (run, agency) * FROM holds
        ORDER BY run, agency, holds.block DESC, log_index DESC
    ) AS latest WHERE act = 'hold';
CREATE VIEW standing_blocks AS
    SELECT run, challenge FROM run_blocks GROUP BY run, challenge HAVING count(*) = 1;

ALTER TABLE balances ADD COLUMN held_fen fen NOT NULL DEFAULT 0;
ALTER TABLE balances ADD CONSTRAINT held_of_committed CHECK (held_fen <= committed_fen);
ALTER TABLE postings DROP CONSTRAINT postings_term_check;
ALTER TABLE postings ADD CONSTRAINT postings_term_check CHECK (term IN
    ('granted', 'recovered', 'passed_on', 'committed', 'paid', 'available', 'held'));
ALTER TABLE run_acts DROP CONSTRAINT run_acts_act_check;
ALTER TABLE run_acts ADD CONSTRAINT run_acts_act_check CHECK (act IN
    ('prepare', 'review', 'approve', 'release', 'settle', 'reject', 'cancel'));
ALTER TABLE batches ALTER COLUMN root DROP NOT NULL;
ALTER TABLE batches ALTER COLUMN statement DROP NOT NULL;
ALTER TABLE batches DROP CONSTRAINT batches_total_fen_check;
ALTER TABLE batches ADD CONSTRAINT batches_total_fen_check CHECK (total_fen > 0 OR root IS NULL);
ALTER TABLE batches ADD CONSTRAINT reissuable_line CHECK (
    (root IS NULL) = (statement IS NULL) AND (root IS NOT NULL OR (kind = 3 AND count = 1))
);
"""


def upgrade() -> None:
    """Make the tables of contests, and let the older ones hold what these bring."""
    op.execute(_TABLES)
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Drop them, and with them the projection: the older tables cannot hold all of its rows.

    `fundtrail-service index` makes the rows again from the chain; evidence and slips stay.
    """
    op.execute(f"TRUNCATE {_OLDER}, {', '.join(APPEND_ONLY)}")
    op.execute("""
        DROP VIEW run_lines, standing_holds, standing_blocks;
        ALTER TABLE batches DROP CONSTRAINT reissuable_line;
        ALTER TABLE batches DROP CONSTRAINT batches_total_fen_check;
        ALTER TABLE batches ADD CONSTRAINT batches_total_fen_check CHECK (total_fen > 0);
        ALTER TABLE batches ALTER COLUMN root SET NOT NULL;
        ALTER TABLE batches ALTER COLUMN statement SET NOT NULL;
        ALTER TABLE run_acts DROP CONSTRAINT run_acts_act_check;
        ALTER TABLE run_acts ADD CONSTRAINT run_acts_act_check CHECK (act IN
            ('prepare', 'review', 'approve', 'release', 'settle', 'reject'));
        ALTER TABLE postings DROP CONSTRAINT postings_term_check;
        ALTER TABLE postings ADD CONSTRAINT postings_term_check CHECK (term IN
            ('granted', 'recovered', 'passed_on', 'committed', 'paid', 'available'));
        ALTER TABLE balances DROP CONSTRAINT held_of_committed;
        ALTER TABLE balances DROP COLUMN held_fen;
    """)
    op.execute(f"DROP TABLE {', '.join(APPEND_ONLY)}")
