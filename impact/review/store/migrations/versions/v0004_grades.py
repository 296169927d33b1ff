"""The rank of a proposal by what it is headed by: no longer by levels that doubtful findings alone give."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_RANKS = (
    ("none", "low", 1),
    ("none", "medium", 2),
    ("low", None, 3),
    ("none", "high", 4),
    ("medium", None, 5),
    ("high", None, 6),
)
"""Firm level, gravest level where it decides, and rank; all others have rank 0."""


def upgrade() -> None:
    """Rank what was analyzed before anew; where its firm level was not kept, its level stands for it."""
    table = sa.table("proposals", *map(sa.column, ("level", "firm_level", "level_rank")))
    firm = sa.case((table.c.firm_level == "", table.c.level), else_=table.c.firm_level)
    rules = [
        (firm == is_firm if gravest is None else sa.and_(firm == is_firm, table.c.level == gravest), rank)
        for is_firm, gravest, rank in _RANKS
    ]
    op.execute(table.update().values(level_rank=sa.case(*rules, else_=0)))
