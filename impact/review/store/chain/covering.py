"""Sessions that add a link to the chain for every record they change that it covers; no caller can forget it."""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, event, func, insert, inspect, orm, select, update

from impact.review.store.chain.links import ChainHead, ChainLink, head_after, next_link
from impact.review.store.chain.records import AUDIT, AUDIT_BEFORE, COVERED, Key, audit_digest, body_of
from impact.review.store.tables import AuditRow, HeadRow, LinkRow
from impact.review.values import timestamps

SALT = 16
"""Bytes that keep an erased body from being guessed."""


class CoveringSession(orm.Session):
    """A session that writes: what it changes of accounts, access, reports and the audit log goes into the chain."""


def add(connection: Connection, kind: str, proposal: str, body: Mapping[str, Any], now: datetime) -> ChainLink:
    """Add a link to the chain and return it; others wait until the transaction ends."""
    row = connection.execute(select(HeadRow.seq, HeadRow.hash).with_for_update()).one()
    salted = {**body, "salt": secrets.token_hex(SALT)}
    link = next_link(ChainHead(row.seq, row.hash), kind, proposal, timestamps.to_text(now), salted)
    connection.execute(insert(LinkRow).values(**asdict(link)))
    head = head_after(link)
    connection.execute(update(HeadRow).values(seq=head.seq, hash=head.hash))
    return link


def cover(connection: Connection, now: datetime) -> None:
    """Add links for all that is there, once: what changes from then on shows."""
    last = connection.scalar(select(func.max(AuditRow.id)))
    if last:
        count, digest = audit_digest(connection, last)
        add(connection, AUDIT_BEFORE, "", {"until": last, "count": count, "entries": digest}, now)
    for kind, record in COVERED.items():
        for key, state in list(record.states(connection, None)) if kind != AUDIT else ():
            add(connection, kind, record.proposal_of(key), body_of(key, state), now)


@event.listens_for(CoveringSession, "before_flush")
def _wait(session: orm.Session, _context: Any, _instances: Any) -> None:
    """Hold the chain before the rows, as all others do, so that no two wait for each other."""
    if _changed(session):
        session.connection().execute(select(HeadRow.seq).with_for_update())


@event.listens_for(CoveringSession, "after_flush")
def _record(session: orm.Session, _context: Any) -> None:
    changed = _changed(session)
    if not changed:
        return
    connection, now = session.connection(), datetime.now(UTC)
    for kind, keys in changed.items():
        record = COVERED[kind]
        states = dict(record.states(connection, keys))
        for key in keys:
            if key in states or not record.proposal_of(key):  # what goes with its proposal has the link of its erasure
                add(connection, kind, record.proposal_of(key), body_of(key, states.get(key)), now)


def _changed(session: orm.Session) -> dict[str, list[Key]]:
    """Return the keys of what the session is about to write, or just wrote, by kind."""
    changed: dict[str, list[Key]] = defaultdict(list)
    for row in (*session.new, *session.dirty, *session.deleted):
        for kind, record in COVERED.items():
            if isinstance(row, record.rows) and (row in session.deleted or _touched(row, record.changing)):
                changed[kind].append(record.key_of(row))
    return changed


def _touched(row: Any, names: frozenset[str]) -> bool:
    state = inspect(row)
    return not state.persistent or any(state.attrs[name].history.has_changes() for name in names)
