"""What lists need of proposals, kept so that they need not read every report and every decision."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty: whoever needs an extract that is missing makes it."""
    op.create_table(
        "extracts",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("proposal", "kind", "content")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("proposal", "kind"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], ondelete="CASCADE"),
    )
    op.create_index("links_by_kind", "links", ["kind", "proposal", "seq"], unique=False)
    op.create_index("clauses_by_id", "clauses", ["proposal", "clause"], unique=False)
