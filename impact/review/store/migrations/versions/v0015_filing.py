"""How a proposal came: with which other, and what a list of documents says of it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both, empty for what is there; have PostgreSQL keep no samples of the words of lists."""
    for column in ("came_with", "listed"):
        op.add_column("proposals", sa.Column(column, sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_proposals_came_with", "proposals", ["came_with"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE proposals ALTER COLUMN listed SET STATISTICS 0")
