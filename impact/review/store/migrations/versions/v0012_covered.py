"""The chain covers accounts, access, files of reports and the audit log; erasing knows what it still has to do."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from impact.review.store.chain.covering import cover

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WORDS = {
    "clauses": ("text",),
    "clause_words": ("words",),
    "texts": ("words",),
    "links": ("body",),
    "extracts": ("content",),
    "proposals": ("title", "source", "number", "organizations"),
}
"""Columns with words of documents or of reviewers, by table."""


def upgrade() -> None:
    """Add links for what is there; have PostgreSQL keep no samples of words outside of the tables."""
    connection = op.get_bind()
    op.add_column("head", sa.Column("purged", sa.Integer(), nullable=False, server_default="0"))
    if connection.dialect.name == "postgresql":
        for table, columns in WORDS.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
    cover(connection, datetime.now(UTC))
