"""What people have seen: when they first came, and their last visit to each proposal."""

import sqlalchemy as sa
from alembic import op

from impact.review.store.columns import Timestamp

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; what is there when a person next comes is not new to them."""
    op.create_table(
        "arrivals",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time", Timestamp(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "visits",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("proposal", "name")),
        sa.Column("time", Timestamp(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("earlier_time", Timestamp(), nullable=True),
        sa.Column("earlier_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("proposal", "name"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_visits_name"), "visits", ["name"], unique=False)
