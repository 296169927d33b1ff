"""The level that firm findings alone give, beside the gravest level."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it, empty for what was analyzed before."""
    for table in ("proposals", "analyses"):
        op.add_column(table, sa.Column("firm_level", sa.Text(), nullable=False, server_default=""))
