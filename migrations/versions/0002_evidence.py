"""The evidence: lines of rosters, runs and batches, kept once they lead to the chain's root.

No foreign key leads to the chain's tables: those are rebuilt, these stay and speak again as soon
as a tree on the chain has their root.
"""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of the evidence."""
    op.execute("""
        CREATE TABLE trees (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 4),
            subject code NOT NULL,
            root digest NOT NULL,
            total_fen fen NOT NULL,
            count u64 NOT NULL CHECK (count > 0),
            UNIQUE (kind, subject, root)
        );
        CREATE TABLE lines (
            tree bigint NOT NULL REFERENCES trees DEFERRABLE INITIALLY DEFERRED,
            position bigint NOT NULL CHECK (position >= 0),
            payment_id digest NOT NULL,
            amount_fen fen NOT NULL,
            record_digest digest NOT NULL,
            duty digest,
            record bytea NOT NULL,
            PRIMARY KEY (tree, position)
        );
        CREATE INDEX lines_by_payment ON lines (payment_id);
        CREATE INDEX lines_by_duty ON lines (duty) WHERE duty IS NOT NULL;
        COMMENT ON COLUMN lines.duty IS
            'digest of payee_ref, programme, element and period: equal for all attempts';
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON lines
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    """)


def downgrade() -> None:
    """Drop them; `fundtrail-service index` loads the lines again from the evidence folder."""
    op.execute("DROP TABLE lines; DROP TABLE trees")
