"""Find findings by the article of the International Bill of Human Rights that they may touch."""

import re
from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Select, desc, func, or_, select

from impact.records import Level, ReviewVerdict
from impact.review.decide.count import known_to
from impact.review.decide.status import DecisionStatus
from impact.review.store import chain_links
from impact.review.store.access import may_see
from impact.review.store.store import Session, Store
from impact.review.store.tables import ClauseTextRow, LinkRow, ProposalRow, TouchRow
from impact.review.values.decision import Action, SubjectKind
from impact.review.values.users import User
from impact.taxonomy import load

_NUMBER = r"(?P<number>[1-9]\d?(?:\s*\(\w{1,3}\))*)"
_ARTICLE = r"(?:art(?:icle|\.)?\s*)?"
_CHANGING = (Action.REJECT, Action.CORRECT, Action.ADD)
"""Decisions by which a finding may no longer touch what the program found, or touch what it did not find."""

MOST_KNOWN = 20_000
"""Proposals whose decisions are kept for a person, least recently asked for first out. Source: project judgement;
1,000 proposals for 20 people."""

_KNOWN: OrderedDict[Hashable, tuple[DecisionStatus, ...]] = OrderedDict()
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class ArticleFinding:
    """A finding that may touch an article.

    Attributes:
        subject: Id of the finding.
        position: Place of its clause among all clauses of the report, from 0.
        page: From 1; 0 where pages mean nothing to a reader.
        label: The mechanism as it stands after decisions.
        link: "primary" or "secondary".
        level: As the program rates it; None for what a reviewer added.
        doubtful: Whether the program leaves it to a reader.
        status: What was decided, as far as the person may read it; None where nothing was.
    """

    proposal: str
    subject: str
    clause: str
    position: int
    number: str
    page: int
    text: str
    label: str
    link: str
    level: Level | None
    doubtful: bool
    status: DecisionStatus | None = None

    @property
    def needs_review(self) -> bool:
        """Whether it is doubtful and nobody has decided it."""
        return self.doubtful and not (self.status and self.status.decided)

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """Place among others: firm ones first, then by link, level and place in the text."""
        return self.needs_review, self.link != "primary", -(self.level or Level.NONE), self.position


def article_in(question: str) -> str:
    """Return the article that a question names, as "ICCPR 17" or "ICCPR 2(3)"; empty where it is no such question.

    It names the instrument, by its initials or in full, and a number, in either order.
    """
    plain = " ".join(question.replace(",", " ").split())
    named = next(filter(None, (pattern.fullmatch(plain) for pattern in _patterns())), None)
    if named is None:
        return ""
    written = named["instrument"].casefold()
    instrument = next(
        key for key, text in load().instruments.items() if written in {key.casefold(), text.name.casefold()}
    )
    return f"{instrument} {''.join(named['number'].split()).casefold()}"


def find(store: Store, viewer: User, article: str, proposal: str = "") -> dict[str, tuple[ArticleFinding, ...]]:
    """Return the findings that may touch an article, of proposals that a person may see, by id of the proposal.

    Newest proposals come first; it is only one of them if its id is given. Rejected findings are left out, as far as
    the person may read what was decided; corrected and added ones count by the mechanism that the reviewer named.
    """
    matches: dict[str, dict[str, ArticleFinding]] = defaultdict(dict)
    chosen = [may_see(viewer), *([ProposalRow.id == proposal] if proposal else [])]
    with store.reading() as session:
        for finding in _reported(session, chosen, article):
            before = matches[finding.proposal].get(finding.subject)
            if before is None or finding.rank < before.rank:
                matches[finding.proposal][finding.subject] = finding
        for row, end in session.execute(_changed_rows(chosen)).all():
            statuses = _known_statuses(store, session, viewer, row, end)
            _decide(session, row.id, statuses, article, matches[row.id])
    return {
        name: tuple(sorted(findings.values(), key=lambda finding: finding.rank))
        for name, findings in matches.items()
        if findings
    }


def covers(article: str, reference: str) -> bool:
    """Return whether one of an article and a reference is the other or a part of it: "ICCPR 19" and "ICCPR 19(3)"."""
    return article == reference or article.startswith(f"{reference}(") or reference.startswith(f"{article}(")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = [re.escape(name) for key, named in load().instruments.items() for name in (key, named.name)]
    instrument = rf"(?:of\s|in\s)?(?:the\s)?(?P<instrument>{'|'.join(names)})"
    orders = (rf"{instrument}\s*{_ARTICLE}{_NUMBER}", rf"{_ARTICLE}{_NUMBER}\s*{instrument}")
    return tuple(re.compile(order, re.IGNORECASE) for order in orders)


def _reported(session: Session, chosen: list[ColumnElement[bool]], article: str) -> Iterator[ArticleFinding]:
    """Yield what reports say, one a finding and article that fits."""
    clause = (ClauseTextRow.proposal == TouchRow.proposal) & (ClauseTextRow.position == TouchRow.position)
    query = (
        select(TouchRow, ClauseTextRow.clause, ClauseTextRow.number, ClauseTextRow.page, ClauseTextRow.text)
        .join(ProposalRow, ProposalRow.id == TouchRow.proposal)
        .join(ClauseTextRow, clause)
        .where(*chosen, _covered(article))
        .order_by(desc(ProposalRow.created), desc(ProposalRow.id), TouchRow.position)
    )
    for touch, name, number, page, text in session.execute(query):
        yield ArticleFinding(
            proposal=touch.proposal,
            subject=touch.finding,
            clause=name,
            position=touch.position,
            number=number,
            page=page,
            text=text,
            label=touch.mechanism,
            link=touch.link,
            level=Level(touch.level),
            doubtful=touch.doubtful,
        )


def _covered(article: str) -> ColumnElement[bool]:
    """Return what `covers` does, for the database."""
    cuts = [place for place, character in enumerate(article) if character == "("]
    wider = [article, *(article[:place] for place in cuts)]
    return or_(TouchRow.article.in_(wider), TouchRow.article.startswith(f"{article}(", autoescape=True))


def _changed_rows(chosen: list[ColumnElement[bool]]) -> Select[Any]:
    """Return the query for the proposals with a decision that may change what their findings touch.

    With each comes the number of the last link of its chain.
    """
    written = or_(*(LinkRow.body.contains(f'"action":"{action.value}"', autoescape=True) for action in _CHANGING))
    changed = select(LinkRow.proposal).where(LinkRow.kind == chain_links.DECISION, written)
    end = select(func.max(LinkRow.seq)).where(LinkRow.proposal == ProposalRow.id).scalar_subquery()
    newest = desc(ProposalRow.created), desc(ProposalRow.id)
    return select(ProposalRow, end).where(*chosen, ProposalRow.id.in_(changed)).order_by(*newest)


def _known_statuses(
    store: Store, session: Session, viewer: User, row: ProposalRow, end: int
) -> tuple[DecisionStatus, ...]:
    """Return the decisions on findings that a person may read; kept, since a chain up to a link never changes."""
    key = store.files, viewer.name, viewer.role, row.id, row.readings, end
    with _LOCK:
        known = _KNOWN.pop(key, None)
    if known is None:
        statuses = known_to(session, viewer, row)[1].values()
        decided = (status for status in statuses if status.decided and status.kind is SubjectKind.FINDING)
        known = tuple(replace(status, text="", notes=()) for status in decided)  # words go when a proposal is erased
    with _LOCK:
        _KNOWN[key] = known
        while len(_KNOWN) > MOST_KNOWN:
            _KNOWN.popitem(last=False)
    return known


def _decide(
    session: Session,
    proposal: str,
    statuses: Iterable[DecisionStatus],
    article: str,
    findings: dict[str, ArticleFinding],
) -> None:
    """Take out of the findings of a proposal what was rejected, and correct and add what was corrected and added."""
    for status in statuses:
        before = findings.pop(status.subject, None)
        if not status.stands:
            continue
        if before and status.effective_label == before.label:
            findings[status.subject] = replace(before, status=status)
        elif status.correction.label or status.verdict is ReviewVerdict.ADDED:
            findings.update(_renamed(session, proposal, status, article, before))


def _renamed(
    session: Session, proposal: str, status: DecisionStatus, article: str, before: ArticleFinding | None
) -> Iterator[tuple[str, ArticleFinding]]:
    """Yield a finding under the mechanism that a reviewer named, if that touches the article and it is still there."""
    link = _link_of(status.effective_label, article)
    if not link:
        return
    reported = select(TouchRow.finding).where(TouchRow.proposal == proposal, TouchRow.finding == status.subject)
    if status.verdict is not ReviewVerdict.ADDED and session.scalars(reported).first() is None:
        return
    query = select(ClauseTextRow).where(ClauseTextRow.proposal == proposal, ClauseTextRow.clause == status.clause)
    clause = session.scalars(query).first()
    if clause is None:
        return
    yield (
        status.subject,
        ArticleFinding(
            proposal=proposal,
            subject=status.subject,
            clause=clause.clause,
            position=clause.position,
            number=clause.number,
            page=clause.page,
            text=clause.text,
            label=status.effective_label,
            link=link,
            level=before.level if before else None,
            doubtful=False,
            status=status,
        ),
    )


def _link_of(label: str, article: str) -> str:
    """Return by which link a mechanism may touch an article; empty if by none."""
    taxonomy = load()
    mechanism = taxonomy.mechanisms.get(label)
    for kind, links in (("primary", mechanism.primary), ("secondary", mechanism.secondary)) if mechanism else ():
        if any(covers(article, reference) for link in links for reference in taxonomy.rights[link.right].articles):
            return kind
    return ""
