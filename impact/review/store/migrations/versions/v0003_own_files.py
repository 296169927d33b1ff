"""The id of the store, and a record of the files that it wrote."""

import json
import re
from collections.abc import Iterable
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_DIGEST = re.compile(r"[0-9a-f]{64}")


def upgrade() -> None:
    """Give the store its id, and record the files that it refers to."""
    op.create_table("store", sa.Column("id", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("id"))
    op.create_table("files", sa.Column("digest", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("digest"))
    op.execute(sa.table("store", sa.column("id")).insert().values(id=str(uuid4())))
    digests = {*_of_proposals(), *_of_analyses(), *_of_signatures()}
    op.bulk_insert(
        sa.table("files", sa.column("digest")),
        [{"digest": digest} for digest in sorted(digests) if _DIGEST.fullmatch(digest)],
    )


def _of_proposals() -> Iterable[str]:
    return op.get_bind().execute(sa.text("SELECT digest FROM proposals")).scalars()


def _of_analyses() -> Iterable[str]:
    files = op.get_bind().execute(sa.select(sa.table("analyses", sa.column("files", sa.JSON())).c.files)).scalars()
    return (digest for digests in files for digest in digests.values())


def _of_signatures() -> Iterable[str]:
    """Yield the files of signatures; what somebody damaged is for `impact review verify` to tell."""
    statement = "SELECT body FROM links WHERE kind = 'signature' AND body IS NOT NULL"
    for body in op.get_bind().execute(sa.text(statement)).scalars():
        try:
            yield str(json.loads(body)["digest"])
        except (ValueError, TypeError, LookupError):
            continue
