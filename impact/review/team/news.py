"""What is new to a person since their last visit: proposals, decisions and comments of others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from impact.review.decide import summary
from impact.review.decide.blinding import Blinding, blinding_of, visible_events
from impact.review.decide.status import effective_events
from impact.review.decide.summary import ReviewSummary
from impact.review.store import chain_links
from impact.review.store.access import find_row, may_see
from impact.review.store.chain import COMMENT
from impact.review.store.store import Store
from impact.review.store.tables import ArrivalRow, HeadRow, ProposalRow, VisitRow
from impact.review.team import comments
from impact.review.values.comment import FindingComment
from impact.review.values.decision import Event, Signature
from impact.review.values.users import User

PAUSE = timedelta(minutes=30)
"""After which a further opening is another visit. Source: project judgment, as long as web statistics have it."""

_NOBODY = Blinding((), frozenset(), frozenset(), 1, signed=False)
"""How far the reviewers of a proposal are on which nothing was decided."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new at the desk of a proposal to a person.

    Attributes:
        decisions, comments: Of others, which they could not read at their last visit.
        since: When that was; None where there was none.
    """

    decisions: tuple[Event, ...] = ()
    comments: tuple[FindingComment, ...] = ()
    since: datetime | None = None

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.decisions or self.comments)

    @property
    def subjects(self) -> frozenset[str]:
        """Ids of the findings with a new decision or comment."""
        decided = {event.decision.subject for event in self.decisions}
        return frozenset(decided | {comment.subject for comment in self.comments})


@dataclass(frozen=True, slots=True)
class NewsCount:
    """How much is new of a proposal to a person.

    Attributes:
        is_new: Whether somebody else submitted it since they first came, and they never opened it.
        decisions, comments, since: As in `News`, counted.
    """

    is_new: bool = False
    decisions: int = 0
    comments: int = 0
    since: datetime | None = None

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return self.is_new or self.decisions > 0 or self.comments > 0


@dataclass(frozen=True, slots=True)
class _Record:
    """All that was said of a proposal, in the order of the chain."""

    readings: int
    events: tuple[Event, ...]
    signatures: tuple[Signature, ...]
    comments: tuple[FindingComment, ...]

    def visible(self, viewer: User, until: int) -> tuple[tuple[Event, ...], tuple[FindingComment, ...]]:
        """Return the decisions and comments that a person could read when the chain ended with this number."""
        events = tuple(event for event in self.events if event.seq <= until)
        blinding = self._blinding(events, until)
        remarks = tuple(comment for comment in self.comments if comment.seq <= until)
        return visible_events(events, viewer, blinding), comments.visible(remarks, viewer, blinding)

    def _blinding(self, events: Iterable[Event], until: int) -> Blinding:
        signed = any(signature.seq <= until for signature in self.signatures)
        return blinding_of(events, self.readings, signed=signed)


def arrive(store: Store, viewer: User, now: datetime) -> None:
    """Note when a person first comes; what is there already is not new to them."""
    with store.reading() as session:
        if session.get(ArrivalRow, viewer.name):
            return
    with store.writing() as session:
        chain_links.lock(session)  # so that only one of two requests adds it
        _arrival(session, viewer, now)


def see_all(store: Store, viewer: User, now: datetime) -> None:
    """Note that nothing of what is there is new to a person any more."""
    with store.writing() as session:
        head = chain_links.lock(session).seq
        arrival = _arrival(session, viewer, now)
        arrival.time, arrival.seq = now, head
        for visit in session.scalars(select(VisitRow).where(VisitRow.name == viewer.name)):
            visit.seq = visit.earlier_seq = head


def open_proposal(store: Store, viewer: User, proposal: str, now: datetime) -> None:
    """Note that a person has opened a proposal, without its decisions and comments.

    Raises:
        UnknownError: If there is no such proposal, or this person may not see it.
    """
    with store.reading() as session:
        row = find_row(session, viewer, proposal)
        if session.get(VisitRow, (row.id, viewer.name)):
            return
    with store.writing() as session:
        chain_links.lock(session)
        _visit(session, viewer, find_row(session, viewer, proposal).id, now)


def visit_desk(store: Store, viewer: User, proposal: str, now: datetime) -> News:
    """Return what is new of a proposal to a person, and note that they have seen it.

    Openings with less than `PAUSE` between them are one visit, in which the same remains new.

    Raises:
        UnknownError: As `open_proposal`.
    """
    with store.writing() as session:
        head = chain_links.lock(session).seq
        row = find_row(session, viewer, proposal)
        visit = _visit(session, viewer, row.id, now)
        if now - visit.time >= PAUSE:
            visit.earlier_seq, visit.earlier_time = visit.seq, visit.time
        visit.seq, visit.time = head, now
        return _news(session, viewer, row, visit.earlier_seq, head, visit.earlier_time)


def current(store: Store, viewer: User, proposal: str) -> News:
    """Return what is new in the visit that goes on; raises as `open_proposal`."""
    with store.reading() as session:
        row = find_row(session, viewer, proposal)
        visit = session.get(VisitRow, (row.id, viewer.name))
        head = session.scalars(select(HeadRow.seq)).one()
        return _news(session, viewer, row, visit.earlier_seq, head, visit.earlier_time) if visit else News()


def of(store: Store, viewer: User, proposals: Sequence[str] | None = None) -> dict[str, NewsCount]:
    """Return what is new of these proposals, or of all that a person may see, by id, where there is any."""
    with store.reading() as session:
        arrival = session.get(ArrivalRow, viewer.name)
        if arrival is None or (proposals is not None and not proposals):
            return {}
        chosen = [may_see(viewer)] + ([ProposalRow.id.in_(tuple(proposals))] if proposals is not None else [])
        new = set(session.scalars(select(ProposalRow.id).where(*chosen, *_new(viewer, arrival))))
        visits = {row.proposal: row for row in session.scalars(select(VisitRow).where(VisitRow.name == viewer.name))}
        readings = select(ProposalRow.id, ProposalRow.readings).where(*chosen)
        wanted = {name: number for name, number in session.execute(readings)}  # noqa: C416 (mypy reads rows as no pairs)
        seen = {name: visits[name].seq if name in visits else arrival.seq for name in wanted}
        ends = chain_links.ends(session, (*summary.LINKS, COMMENT), wanted)
        unseen = {name: wanted[name] for name, end in ends.items() if name in wanted and end > seen[name]}
        remarks, summaries = chain_links.comments_on(session, unseen), summary.read(session, unseen)
    counts = {
        name: NewsCount(
            name in new,
            summaries[name].fresh(viewer, seen[name]) if name in summaries else 0,
            _unread(remarks.get(name, ()), viewer, summaries.get(name), seen[name]),
            visits[name].time if name in visits else None,
        )
        for name in wanted
        if name in new or name in unseen
    }
    return {name: count for name, count in counts.items() if count}


def count_new(store: Store, viewer: User) -> int:
    """Return how many proposals others submitted since a person first came that they never opened."""
    with store.reading() as session:
        arrival = session.get(ArrivalRow, viewer.name)
        if arrival is None:
            return 0
        query = select(func.count()).select_from(ProposalRow).where(may_see(viewer), *_new(viewer, arrival))
        return session.scalar(query) or 0


def _new(viewer: User, arrival: ArrivalRow) -> tuple[ColumnElement[bool], ...]:
    opened = exists().where(VisitRow.proposal == ProposalRow.id, VisitRow.name == viewer.name)
    return ProposalRow.created > arrival.time, ProposalRow.submitted_by != viewer.name, ~opened


def _unread(remarks: Iterable[FindingComment], viewer: User, review_summary: ReviewSummary | None, seen: int) -> int:
    """Return how many comments of others a person may read who could not when the chain ended with a link."""
    now = review_summary.blinding() if review_summary else _NOBODY
    then = review_summary.blinding(seen) if review_summary else _NOBODY
    return sum(
        now.shows_comments(viewer, remark.author)
        and (remark.seq > seen or not then.shows_comments(viewer, remark.author))
        for remark in remarks
        if remark.author != viewer.name
    )


def _news(  # noqa: PLR0913, PLR0917 (all of a visit)
    session: Session, viewer: User, row: ProposalRow, seen: int, head: int, since: datetime | None
) -> News:
    signatures, remarks = chain_links.signatures(session, row.id), chain_links.comments(session, row.id)
    record = _Record(row.readings, chain_links.events(session, row.id), signatures, remarks)
    events_before, comments_before = record.visible(viewer, seen)
    events, remarks = record.visible(viewer, head)
    earlier = {event.seq for event in events_before}
    decisions = tuple(
        event
        for event in effective_events(events)
        if event.seq not in earlier and event.decision.reviewer != viewer.name and event.decision.subject
    )
    read = {comment.seq for comment in comments_before}
    fresh = tuple(comment for comment in remarks if comment.seq not in read and comment.author != viewer.name)
    return News(decisions=decisions, comments=fresh, since=since)


def _arrival(session: Session, viewer: User, now: datetime) -> ArrivalRow:
    """Return when a person first came; now, if they never did."""
    arrival = session.get(ArrivalRow, viewer.name)
    if arrival is None:
        head = session.scalars(select(HeadRow.seq)).one()
        arrival = ArrivalRow(name=viewer.name, time=now, seq=head)
        session.add(arrival)
        session.flush()
    return arrival


def _visit(session: Session, viewer: User, proposal: str, now: datetime) -> VisitRow:
    """Return the last visit of a person to a proposal; one that begins now, if there was none."""
    visit = session.get(VisitRow, (proposal, viewer.name))
    if visit is None:
        seq = _arrival(session, viewer, now).seq
        visit = VisitRow(proposal=proposal, name=viewer.name, time=now, seq=seq, earlier_time=None, earlier_seq=seq)
        session.add(visit)
        session.flush()
    return visit
