"""Whether the records that the chain covers are those of its links."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from impact.review.store.chain.links import ERASE, ChainFault
from impact.review.store.chain.records import AUDIT, AUDIT_BEFORE, COVERED, Key, State, audit_digest, read_body
from impact.review.store.tables import LinkRow

_AT_ONCE = 1000
Known = dict[Key, tuple[int, State | None]]


def differing(connection: Connection) -> Iterator[ChainFault]:
    """Yield what the database has otherwise than the last link of it, what it lacks, and what it has without a link."""
    erased = set(connection.scalars(select(LinkRow.proposal).where(LinkRow.kind == ERASE)))
    recorded: dict[str, Known] = {kind: {} for kind in COVERED}
    skipped = 0
    for seq, kind, body in _bodies(connection):
        try:
            if kind == AUDIT_BEFORE:
                skipped = max(skipped, int(body["until"]))
                if audit_digest(connection, int(body["until"])) != (body["count"], body["entries"]):
                    what = f"the entries of the audit log up to {body['until']} are not those that were recorded"
                    yield ChainFault(seq, what)
            else:
                key, state = read_body(body)
                recorded[kind][key] = seq, state
        except (LookupError, TypeError, ValueError):
            yield ChainFault(seq, f"its content is no {kind} record")
    for kind in COVERED:
        yield from _differing(connection, kind, recorded[kind], erased, skipped if kind == AUDIT else 0)


def _differing(connection: Connection, kind: str, known: Known, erased: set[str], skipped: int) -> Iterator[ChainFault]:
    record, left = COVERED[kind], {**known}
    for key, state in record.states(connection, None):
        if isinstance(key, int) and key <= skipped:
            continue
        seq, recorded = left.pop(key, (0, None))
        if not seq:
            yield ChainFault(seq, f"{record.name(key)} is in the database, but not in the chain")
        elif recorded != state:
            yield ChainFault(seq, f"{record.name(key)} was changed outside of impact{_which(recorded, state)}")
    for key, (seq, recorded) in left.items():
        if recorded is not None and record.proposal_of(key) not in erased:
            yield ChainFault(seq, f"{record.name(key)} was removed outside of impact")


def _which(recorded: State | None, state: State) -> str:
    if recorded is None:
        return ": it had been deleted"
    names = sorted(name for name in {*recorded, *state} if recorded.get(name) != state.get(name))
    return f" ({', '.join(names)})"


def _bodies(connection: Connection) -> Iterator[tuple[int, str, dict[str, Any]]]:
    query = select(LinkRow.seq, LinkRow.kind, LinkRow.body).where(
        LinkRow.kind.in_((*COVERED, AUDIT_BEFORE)), LinkRow.body.is_not(None)
    )
    for seq, kind, body in connection.execute(query.order_by(LinkRow.seq).execution_options(yield_per=_AT_ONCE)):
        try:
            content = json.loads(body or "")
        except ValueError:
            content = None
        if isinstance(content, dict):  # the digest of the link tells of any other
            yield seq, kind, content
