"""Folders of proposals, such as the contributions to a meeting."""

import sqlalchemy as sa
from alembic import op

from impact.review.store.columns import Timestamp

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them, none at first, and let a proposal be in one."""
    op.create_table(
        "folders",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("id", "name", "group_name", "begins", "ends", "owner")
        ),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("created", Timestamp(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "folder_readers",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("folder", "name")),
        sa.PrimaryKeyConstraint("folder", "name"),
        sa.ForeignKeyConstraint(["folder"], ["folders.id"], ondelete="CASCADE"),
    )
    op.execute("ALTER TABLE proposals ADD COLUMN folder TEXT REFERENCES folders (id)")
    op.create_index(op.f("ix_proposals_folder"), "proposals", ["folder"], unique=False)
