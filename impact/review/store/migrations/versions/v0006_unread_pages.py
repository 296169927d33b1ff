"""How many pages a document has, and how many of them could not be read, beside the level."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them, none for what was analyzed before; `migrations.older_analyses` then reads the reports."""
    for table in ("proposals", "analyses"):
        for column in ("pages", "unread"):
            op.add_column(table, sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
