"""The language of documents that were not assessed for it, beside the level."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it, empty for what was analyzed before; `migrations.older_analyses` then reads the reports."""
    for table in ("proposals", "analyses"):
        op.add_column(table, sa.Column("unassessed", sa.Text(), nullable=False, server_default=""))
