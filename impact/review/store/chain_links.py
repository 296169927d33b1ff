"""The chain in the database: one writer at a time adds to its end."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from impact.review.store.chain import COMMENT, ERASE, REMOVAL, ChainFault, ChainHead, ChainLink, canonical, faults
from impact.review.store.chain.comparing import differing
from impact.review.store.chain.covering import add
from impact.review.store.chain.heads import NotedHead
from impact.review.store.columns import HINT
from impact.review.store.store import Store
from impact.review.store.tables import HeadRow, LinkRow, StoreRow, value_of
from impact.review.values import timestamps
from impact.review.values.comment import FindingComment
from impact.review.values.decision import Decision, Event, Signature, from_row, to_row
from impact.review.values.refusals import DamagedError

DECISION, SIGNATURE = "decision", "signature"
_AT_ONCE = 1000


def lock(session: Session) -> HeadRow:
    """Return the end of the chain, kept from all others until the session ends."""
    return session.scalars(select(HeadRow).with_for_update().execution_options(populate_existing=True)).one()


def append(session: Session, kind: str, proposal: str, body: Mapping[str, Any], now: datetime) -> ChainLink:
    """Add a link to the chain."""
    session.flush()
    return add(session.connection(), kind, proposal, body, now)


def append_decision(session: Session, decision: Decision, now: datetime) -> Event:
    """Add a decision to the chain."""
    return _event(append(session, DECISION, decision.proposal, to_row(decision), now), decision)


def events(session: Session, proposal: str) -> tuple[Event, ...]:
    """Return all decisions on a proposal, oldest first; whoever calls sees to it who may read them."""
    return tuple(_event(link, _decision(link, body)) for link, body in _bodies(session, DECISION, proposal))


def signatures(session: Session, proposal: str) -> tuple[Signature, ...]:
    """Return the signatures under a proposal, oldest first."""
    return tuple(_signature(link, body) for link, body in _bodies(session, SIGNATURE, proposal))


def append_comment(session: Session, proposal: str, body: Mapping[str, Any], now: datetime) -> FindingComment:
    """Add a comment to the chain; the body has what `Comment` has of the finding, and the text."""
    return _comment(append(session, COMMENT, proposal, body, now), body)


def remove_comment(session: Session, comment: FindingComment, now: datetime) -> None:
    """Take the text of a comment out of the chain, and add that its author did so."""
    append(session, REMOVAL, comment.proposal, {"comment": comment.seq, "author": comment.author}, now)
    session.execute(update(LinkRow).where(LinkRow.seq == comment.seq).values(body=None))


def comments(session: Session, proposal: str) -> tuple[FindingComment, ...]:
    """Return the comments on a proposal, oldest first; whoever calls sees to it who may read them."""
    return tuple(_comment(link, body) for link, body in _bodies(session, COMMENT, proposal))


def ends(session: Session, kinds: Iterable[str], proposals: Collection[str] | None = None) -> dict[str, int]:
    """Return the number of the last link of these kinds of each of these proposals, or of all."""
    query = select(LinkRow.proposal, func.max(LinkRow.seq)).where(LinkRow.kind.in_(tuple(kinds)))
    if proposals is not None and len(proposals) <= _AT_ONCE:
        query = query.where(LinkRow.proposal.in_(tuple(proposals)))
    return {proposal: end for proposal, end in session.execute(query.group_by(LinkRow.proposal))}  # noqa: C416 (mypy reads rows as no pairs)


def histories(
    session: Session, proposals: Collection[str]
) -> dict[str, tuple[tuple[Event, ...], tuple[Signature, ...]]]:
    """Return decisions and signatures of these proposals, oldest first, by one query; as `events` has it."""
    query = select(LinkRow).where(
        LinkRow.kind.in_((DECISION, SIGNATURE)), LinkRow.proposal.in_(tuple(proposals)), LinkRow.body.is_not(None)
    )
    entries: dict[str, tuple[list[Event], list[Signature]]] = {proposal: ([], []) for proposal in proposals}
    for row in session.scalars(query.order_by(LinkRow.seq)):
        link, body = to_link(row), _loaded(row.body or "")
        decisions, signed = entries[link.proposal]
        if link.kind == DECISION:
            decisions.append(_event(link, _decision(link, body)))
        else:
            signed.append(_signature(link, body))
    return {proposal: (tuple(decisions), tuple(signed)) for proposal, (decisions, signed) in entries.items()}


def comment_hashes(session: Session, proposal: str, until: int | None = None) -> dict[int, str]:
    """Return number and hash of each comment on a proposal that was there when the chain ended with a link, or now."""
    query = select(LinkRow).where(LinkRow.proposal == proposal, LinkRow.kind.in_((COMMENT, REMOVAL)))
    links = session.scalars((query if until is None else query.where(LinkRow.seq <= until)).order_by(LinkRow.seq))
    there: dict[int, str] = {}
    for link in links:
        if link.kind == COMMENT:
            there[link.seq] = link.hash
        elif link.body is not None:
            there.pop(_loaded(link.body)["comment"], None)
    return there


def comments_on(session: Session, proposals: Collection[str]) -> dict[str, tuple[FindingComment, ...]]:
    """Return the comments on these proposals, oldest first, by one query; as `comments` has it."""
    query = select(LinkRow).where(LinkRow.kind == COMMENT, LinkRow.body.is_not(None))
    if len(proposals) <= _AT_ONCE:
        query = query.where(LinkRow.proposal.in_(tuple(proposals)))
    comments: dict[str, list[FindingComment]] = {proposal: [] for proposal in proposals}
    for row in session.scalars(query.order_by(LinkRow.seq)):
        if row.proposal in comments:
            comments[row.proposal].append(_comment(to_link(row), _loaded(row.body or "")))
    return {proposal: tuple(remarks) for proposal, remarks in comments.items()}


def latest_signatures(session: Session, proposals: Iterable[str]) -> dict[str, tuple[Signature, ...]]:
    """Return the signatures under the latest version of each of these proposals that has one, oldest first."""
    query = select(LinkRow).where(
        LinkRow.kind == SIGNATURE, LinkRow.proposal.in_(tuple(proposals)), LinkRow.body.is_not(None)
    )
    latest: dict[str, list[Signature]] = {}
    for row in session.scalars(query.order_by(LinkRow.seq)):
        signature = _signature(to_link(row), _loaded(row.body or ""))
        before = latest.setdefault(signature.proposal, [])
        if before and before[0].version != signature.version:
            before.clear()
        before.append(signature)
    return {proposal: tuple(versions) for proposal, versions in latest.items()}


def signed_digests(session: Session) -> set[str]:
    """Return the digests of all signed files of proposals that are not erased."""
    query = select(LinkRow.body).where(LinkRow.kind == SIGNATURE, LinkRow.body.is_not(None))
    return {str(_loaded(body)["digest"]) for body in session.scalars(query) if body is not None}


def erased_digests(session: Session) -> set[str]:
    """Return the digests of all files of erased proposals."""
    query = select(LinkRow.body).where(LinkRow.kind == ERASE, LinkRow.body.is_not(None))
    return {str(digest) for body in session.scalars(query) for digest in _loaded(body or "").get("files", ())}


def head_of(store: Store) -> NotedHead:
    """Return where the chain ends now, to be noted elsewhere."""
    with store.reading() as session:
        row = session.scalars(select(HeadRow)).one()
        return NotedHead(ChainHead(row.seq, row.hash), session.scalars(select(StoreRow.id)).one())


def before(session: Session, seq: int) -> ChainHead:
    """Return where the chain ended before a link."""
    return ChainHead(seq - 1, session.scalars(select(LinkRow.previous).where(LinkRow.seq == seq)).one())


def departures(store: Store, noted: Iterable[NotedHead]) -> tuple[ChainFault, ...]:
    """Return where the chain does not pass through an end that it had at some time: it was cut, or made anew."""
    with store.reading() as session:
        store_id, end = session.scalars(select(StoreRow.id)).one(), session.scalars(select(HeadRow.seq)).one()
        return tuple(fault for head in noted for fault in _departures(session, head, store_id, end))


def _departures(session: Session, noted: NotedHead, store_id: str, end: int) -> Iterator[ChainFault]:
    head = noted.head
    if noted.store and noted.store != store_id:
        yield ChainFault(head.seq, f"was noted of another store ({noted.store})")
    elif head.seq > end:
        what = f"the chain ends at {end}, but it once went on to {head.seq}: it was cut, or is that of an older backup"
        yield ChainFault(head.seq, what)
    elif not _passes(session, head):
        what = f"the chain does not pass through {head.hash[:12]}, where it once ended: it was made anew"
        yield ChainFault(head.seq, what)


def verify(store: Store, *expected: ChainHead) -> tuple[ChainHead, tuple[ChainFault, ...]]:
    """Return where the chain ends, and all that is wrong with it and with the records that it covers.

    `expected` are ends that the chain had at some time, noted elsewhere: only these show a chain that somebody with
    access to the database made anew from there on.
    """
    with store.reading() as session:
        row = session.scalars(select(HeadRow)).one()
        head = ChainHead(row.seq, row.hash)
        erased = set(session.scalars(select(LinkRow.proposal).where(LinkRow.kind == ERASE)))
        removed = {number for _, number in _removals(session)}
        problems = [*faults(_links(session), head, erased, removed), *_unreadable(session)]
        problems += differing(session.connection())
    problems += departures(store, map(NotedHead, expected))
    return head, tuple(sorted(problems, key=lambda fault: fault.seq))


def _passes(session: Session, expected: ChainHead) -> bool:
    passed = session.scalar(select(LinkRow.hash).where(LinkRow.seq == expected.seq))
    return expected == ChainHead() or passed == expected.hash


def _links(session: Session) -> Iterator[ChainLink]:
    for row in session.scalars(select(LinkRow).order_by(LinkRow.seq).execution_options(yield_per=_AT_ONCE)):
        yield to_link(row)


def _unreadable(session: Session) -> Iterable[ChainFault]:
    """Yield decisions whose content names another proposal than their link, or is none."""
    for link in _links(session):
        if link.body is None or link.kind != DECISION:
            continue
        try:
            fits = from_row(_loaded(link.body)).proposal == link.proposal
        except ValueError:
            fits = False
        if not fits:
            yield ChainFault(link.seq, "its content is no decision on this proposal")


def _removals(session: Session) -> Iterator[tuple[int, int]]:
    """Yield the number of each link that removes a comment, and that of the comment before it."""
    query = select(LinkRow.seq, LinkRow.body).where(LinkRow.kind == REMOVAL, LinkRow.body.is_not(None))
    for seq, body in session.execute(query):
        with suppress(ValueError, LookupError, TypeError):
            number = int(_loaded(body or "")["comment"])
            if number < seq:
                yield seq, number


def _bodies(session: Session, kind: str, proposal: str) -> Iterator[tuple[ChainLink, dict[str, Any]]]:
    query = select(LinkRow).where(LinkRow.proposal == proposal, LinkRow.kind == kind, LinkRow.body.is_not(None))
    for row in session.scalars(query.order_by(LinkRow.seq)):
        yield to_link(row), _loaded(row.body or "")


def _loaded(body: str) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    if not isinstance(content, dict) or canonical(content) != body:
        raise DamagedError("an entry of the chain is not as it was written", HINT)
    return content


def _decision(link: ChainLink, body: Mapping[str, Any]) -> Decision:
    try:
        return from_row(body)
    except (ValueError, LookupError, TypeError) as error:
        raise DamagedError(f"entry {link.seq} of the chain is not as it was written", HINT) from error


def to_link(row: LinkRow) -> ChainLink:
    """Return the value of a row."""
    return value_of(ChainLink, row)


def _event(link: ChainLink, decision: Decision) -> Event:
    return Event(link.seq, link.previous, link.hash, decision)


def _comment(link: ChainLink, body: Mapping[str, Any]) -> FindingComment:
    subject, clause, label, author, text = (body[field] for field in ("subject", "clause", "label", "author", "text"))
    return FindingComment(
        link.seq, link.proposal, subject, clause, label, author, timestamps.from_text(link.time), text, link.hash
    )


def _signature(link: ChainLink, body: Mapping[str, Any]) -> Signature:
    version, name, analysis, digest = (body[field] for field in ("version", "name", "analysis", "digest"))
    return Signature(link.proposal, version, name, timestamps.from_text(link.time), analysis, digest, link.seq)
