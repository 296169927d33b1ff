"""The store remembers where its files are."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the place, not known at first."""
    op.add_column("store", sa.Column("files", sa.Text(), nullable=False, server_default=""))
