"""Clauses to search in, and the articles that findings may touch."""

import sqlalchemy as sa
from alembic import op

from impact.review.store.clause_search import CLAUSE_SEARCH

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them, empty for what was analyzed before; `impact.review.store.indexing` then reads the reports."""
    op.create_table(
        "clauses",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("proposal", "clause", "number", "text")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("position", "page")),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], ondelete="CASCADE"),
        sa.UniqueConstraint("proposal", "position", name="clauses_position"),
    )
    op.create_table(
        "touches",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("proposal", "finding", "article", "link")),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("mechanism", "level")),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("proposal", "finding", "article"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_touches_article"), "touches", ["article"], unique=False)
    for statement in CLAUSE_SEARCH[op.get_bind().dialect.name].create:
        op.execute(statement)
