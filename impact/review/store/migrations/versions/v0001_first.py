"""The first tables."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from impact.review.store.search import SEARCH
from impact.review.store.tables import Timestamp

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them, with the chain's empty head and the table of words."""
    _users_and_keys()
    _records()
    _proposals()
    _analyses()
    _chain()
    head = sa.table("head", sa.column("id"), sa.column("seq"), sa.column("hash"))
    op.execute(head.insert().values(id=1, seq=0, hash="0" * 64))
    for statement in SEARCH[op.get_bind().dialect.name].create:
        op.execute(statement)


def _columns(kind: type[TypeEngine[Any]], *names: str) -> Iterator[sa.Column[Any]]:
    """Yield columns of one type that are never null."""
    for name in names:
        yield sa.Column(name, kind(), nullable=False)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _users_and_keys() -> None:
    op.create_table(
        "users",
        *_columns(sa.Text, "name", "key", "role", "password"),
        *_columns(sa.Boolean, "active"),
        *_columns(Timestamp, "created"),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "sessions",
        *_columns(sa.Text, "digest", "user_name"),
        *_columns(Timestamp, "created", "expires"),
        sa.ForeignKeyConstraint(["user_name"], ["users.name"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest"),
    )
    _index("sessions", "expires", "user_name")
    op.create_table(
        "tokens",
        *_columns(sa.Integer, "id"),
        *_columns(sa.Text, "digest", "user_name", "label"),
        *_columns(Timestamp, "created"),
        sa.Column("expires", Timestamp(), nullable=True),
        sa.Column("used", Timestamp(), nullable=True),
        sa.ForeignKeyConstraint(["user_name"], ["users.name"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    _index("tokens", "user_name")


def _records() -> None:
    op.create_table(
        "failures",
        *_columns(sa.Integer, "id"),
        *_columns(sa.Text, "key"),
        *_columns(Timestamp, "time"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("failures", "key", "time")
    op.create_table(
        "audit",
        *_columns(sa.Integer, "id"),
        *_columns(Timestamp, "time"),
        *_columns(sa.Text, "who", "action", "about", "source"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("audit", "time")


def _proposals() -> None:
    op.create_table(
        "proposals",
        *_columns(sa.Text, "id", "digest", "source", "title", "number", "body", "group_name"),
        *_columns(sa.JSON, "organizations"),
        *_columns(sa.Text, "level"),
        *_columns(sa.Integer, "level_rank"),
        *_columns(sa.Text, "state", "reason", "hint", "submitted_by"),
        *_columns(sa.Boolean, "restricted"),
        *_columns(sa.Integer, "readings", "analyses"),
        *_columns(Timestamp, "created", "updated"),
        sa.Column("keep_until", Timestamp(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("proposals", "created", "digest", "group_name", "keep_until", "state")
    op.create_table(
        "readers",
        *_columns(sa.Text, "proposal", "name"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("proposal", "name"),
    )
    op.create_table(
        "facets",
        *_columns(sa.Text, "proposal", "kind", "value"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("proposal", "kind", "value"),
    )
    op.create_index("facets_by_value", "facets", ["kind", "value"], unique=False)


def _analyses() -> None:
    op.create_table(
        "analyses",
        *_columns(sa.Integer, "id"),
        *_columns(sa.Text, "proposal"),
        *_columns(sa.Integer, "number"),
        *_columns(sa.Text, "level", "tool", "taxonomy"),
        *_columns(sa.JSON, "models"),
        *_columns(sa.Text, "made_at"),
        *_columns(sa.JSON, "files"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("proposal", "number", name="analyses_number"),
    )
    op.create_table(
        "jobs",
        *_columns(sa.Integer, "id"),
        *_columns(sa.Text, "proposal", "state"),
        *_columns(sa.JSON, "options"),
        *_columns(sa.Text, "stage"),
        *_columns(sa.Integer, "attempts"),
        *_columns(sa.Text, "worker"),
        *_columns(Timestamp, "queued_at"),
        sa.Column("started_at", Timestamp(), nullable=True),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("jobs", "proposal", "state")


def _chain() -> None:
    op.create_table(
        "links",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        *_columns(sa.Text, "kind", "proposal", "time", "digest", "previous", "hash"),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("hash"),
    )
    _index("links", "proposal")
    op.create_table(
        "head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *_columns(sa.Integer, "seq"),
        *_columns(sa.Text, "hash"),
        sa.PrimaryKeyConstraint("id"),
    )
