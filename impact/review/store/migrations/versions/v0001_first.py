"""The first tables."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from impact.review.store.columns import Timestamp
from impact.review.store.search import SEARCH

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_PARENTS = {"user_name": "users.name", "proposal": "proposals.id"}


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


def _columns(kind: type[TypeEngine[Any]], *names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind(), nullable=nullable) for name in names]


def _table(  # noqa: PLR0913 (all of a table)
    name: str,
    *columns: Iterable[sa.Column[Any]],
    key: Sequence[str] = ("id",),
    of: str = "",
    unique: Sequence[str] = (),
    rule: str | None = None,
    indexed: Iterable[str] = (),
) -> None:
    """Make a table; its rows go with the user or proposal that the column `of` names; `rule` names what is unique."""
    constraints: list[sa.Constraint] = [sa.PrimaryKeyConstraint(*key)]
    constraints += [sa.ForeignKeyConstraint([of], [_PARENTS[of]], ondelete="CASCADE")] if of else []
    constraints += [sa.UniqueConstraint(*unique, name=rule)] if unique else []
    op.create_table(name, *chain.from_iterable(columns), *constraints)
    for column in indexed:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _users_and_keys() -> None:
    _table(
        "users",
        _columns(sa.Text, "name", "key", "role", "password"),
        _columns(sa.Boolean, "active"),
        _columns(Timestamp, "created"),
        key=["name"],
        unique=["key"],
    )
    sessions = _columns(sa.Text, "digest", "user_name"), _columns(Timestamp, "created", "expires")
    _table("sessions", *sessions, key=["digest"], of="user_name", indexed=["expires", "user_name"])
    _table(
        "tokens",
        _columns(sa.Integer, "id"),
        _columns(sa.Text, "digest", "user_name", "label"),
        _columns(Timestamp, "created"),
        _columns(Timestamp, "expires", "used", nullable=True),
        of="user_name",
        unique=["digest"],
        indexed=["user_name"],
    )


def _records() -> None:
    number, time = _columns(sa.Integer, "id"), _columns(Timestamp, "time")
    _table("failures", number, _columns(sa.Text, "key"), time, indexed=["key", "time"])
    number, time = _columns(sa.Integer, "id"), _columns(Timestamp, "time")
    _table("audit", number, time, _columns(sa.Text, "who", "action", "about", "source"), indexed=["time"])


def _proposals() -> None:
    _table(
        "proposals",
        _columns(sa.Text, "id", "digest", "source", "title", "number", "body", "group_name"),
        _columns(sa.JSON, "organizations"),
        _columns(sa.Text, "level"),
        _columns(sa.Integer, "level_rank"),
        _columns(sa.Text, "state", "reason", "hint", "submitted_by"),
        _columns(sa.Boolean, "restricted"),
        _columns(sa.Integer, "readings", "analyses"),
        _columns(Timestamp, "created", "updated"),
        _columns(Timestamp, "keep_until", nullable=True),
        indexed=["created", "digest", "group_name", "keep_until", "state"],
    )
    _table("readers", _columns(sa.Text, "proposal", "name"), key=["proposal", "name"], of="proposal")
    facets = ["proposal", "kind", "value"]
    _table("facets", _columns(sa.Text, *facets), key=facets, of="proposal")
    op.create_index("facets_by_value", "facets", ["kind", "value"], unique=False)


def _analyses() -> None:
    _table(
        "analyses",
        _columns(sa.Integer, "id"),
        _columns(sa.Text, "proposal"),
        _columns(sa.Integer, "number"),
        _columns(sa.Text, "level", "tool", "taxonomy"),
        _columns(sa.JSON, "models"),
        _columns(sa.Text, "made_at"),
        _columns(sa.JSON, "files"),
        of="proposal",
        unique=["proposal", "number"],
        rule="analyses_number",
    )
    _table(
        "jobs",
        _columns(sa.Integer, "id"),
        _columns(sa.Text, "proposal", "state"),
        _columns(sa.JSON, "options"),
        _columns(sa.Text, "stage"),
        _columns(sa.Integer, "attempts"),
        _columns(sa.Text, "worker"),
        _columns(Timestamp, "queued_at"),
        _columns(Timestamp, "started_at", nullable=True),
        of="proposal",
        indexed=["proposal", "state"],
    )


def _chain() -> None:
    _table(
        "links",
        [sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False)],
        _columns(sa.Text, "kind", "proposal", "time", "digest", "previous", "hash"),
        _columns(sa.Text, "body", nullable=True),
        key=["seq"],
        unique=["hash"],
        indexed=["proposal"],
    )
    number = [sa.Column("id", sa.Integer(), autoincrement=False, nullable=False)]
    _table("head", number, _columns(sa.Integer, "seq"), _columns(sa.Text, "hash"))
