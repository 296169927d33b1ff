"""PostgreSQL forgets the samples of words that its planner took before step 0012."""

from alembic import op
from sqlalchemy import text

from impact.review.store.migrations.versions.v0012_covered import WORDS

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TYPE = text("""
    SELECT format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = CAST(:name AS regclass) AND attname = :column
""")


def upgrade() -> None:
    """Set the type of each column with words to what it is, at which PostgreSQL drops its statistics alone.

    Source: ATExecAlterColumnType and RemoveStatistics in PostgreSQL; a superuser alone may delete from pg_statistic.
    """
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    for table, columns in WORDS.items():
        for column in columns:
            kind = connection.scalar(_TYPE, {"name": table, "column": column})
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}")
