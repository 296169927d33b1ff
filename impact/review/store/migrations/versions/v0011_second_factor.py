"""Second factors, recovery codes, the networks from which people sign in, and an end for every token."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from impact.review.store.columns import Timestamp

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_LASTING = timedelta(days=90)


def upgrade() -> None:
    """Add them, none at first; a token that never expired ends 90 days from now."""
    op.execute("ALTER TABLE store ADD COLUMN second_factor TEXT NOT NULL DEFAULT 'optional'")
    op.execute("ALTER TABLE users ADD COLUMN totp TEXT NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE users ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0")
    op.create_table(
        "recovery_codes",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("digest", "user_name")),
        sa.PrimaryKeyConstraint("digest"),
        sa.ForeignKeyConstraint(["user_name"], ["users.name"], ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_recovery_codes_user_name"), "recovery_codes", ["user_name"], unique=False)
    op.create_table(
        "usual_networks",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("user_name", "network")),
        sa.Column("used", Timestamp(), nullable=False),
        sa.PrimaryKeyConstraint("user_name", "network"),
        sa.ForeignKeyConstraint(["user_name"], ["users.name"], ondelete="CASCADE"),
    )
    tokens = sa.table("tokens", sa.column("expires", Timestamp()))
    op.execute(tokens.update().where(tokens.c.expires.is_(None)).values(expires=datetime.now(UTC) + _LASTING))
