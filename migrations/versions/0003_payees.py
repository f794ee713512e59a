"""The payees' way in: one-time codes of the notice slips, short-lived tokens, attempts counted.

Codes and tokens are kept as SHA-256 of at least 80 random bits, callers as a keyed hash.
"""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of the payees' way in."""
    op.execute("""
        CREATE TABLE slip_codes (
            digest digest PRIMARY KEY,
            notice code NOT NULL,
            payment_id digest NOT NULL,
            expires_at timestamptz NOT NULL,
            used_at timestamptz,
            UNIQUE (notice, payment_id)
        );
        CREATE TABLE read_tokens (
            digest digest PRIMARY KEY,
            notice code NOT NULL,
            payment_id digest NOT NULL,
            expires_at timestamptz NOT NULL
        );
        CREATE TABLE attempts (
            caller digest NOT NULL,
            minute bigint NOT NULL,
            count integer NOT NULL,
            PRIMARY KEY (caller, minute)
        );
        CREATE TABLE caller_key (
            one boolean PRIMARY KEY DEFAULT true CHECK (one),
            key digest NOT NULL
        );
    """)


def downgrade() -> None:
    """Drop them. Slips that are printed and not used yet are void after this."""
    op.execute("DROP TABLE slip_codes, read_tokens, attempts, caller_key")
