"""Find findings by the article of the International Bill of Human Rights that they may touch."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import ColumnElement, desc, or_, select

from impact.records import Level, ReviewVerdict
from impact.review.decide import summary
from impact.review.decide.status import DecisionStatus
from impact.review.store.access import clauses_of, may_see, reported_of
from impact.review.store.store import Session, Store
from impact.review.store.tables import ClauseTextRow, ProposalRow, TouchRow
from impact.review.values.decision import SubjectKind
from impact.review.values.users import User
from impact.taxonomy import load
from impact.taxonomy.citing import covers, wider

_TOUCH = (
    TouchRow.proposal,
    TouchRow.finding,
    TouchRow.position,
    TouchRow.mechanism,
    TouchRow.link,
    TouchRow.level,
    TouchRow.doubtful,
)
_CLAUSE = (ClauseTextRow.clause, ClauseTextRow.number, ClauseTextRow.page, ClauseTextRow.text)


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


def find(
    store: Store, viewer: User, article: str, chosen: Collection[str] | None = None
) -> dict[str, tuple[ArticleFinding, ...]]:
    """Return the findings that may touch an article, of proposals that a person may see, by id of the proposal.

    Newest proposals come first; only those chosen are looked at, if any are named. Rejected findings are left out, as
    far as the person may read what was decided; corrected and added ones count by the mechanism that the reviewer
    named.
    """
    return {
        name: tuple(sorted(findings.values(), key=lambda finding: finding.rank))
        for name, findings in _matches(store, viewer, article, chosen).items()
    }


def proposals_with(store: Store, viewer: User, article: str) -> tuple[str, ...]:
    """Return the ids of the proposals of which `find` returns findings, newest first, without reading any clause."""
    return tuple(_matches(store, viewer, article, None, bare=True))


def _matches(
    store: Store, viewer: User, article: str, chosen: Collection[str] | None, *, bare: bool = False
) -> dict[str, dict[str, ArticleFinding]]:
    """Return the findings by id, by proposal; `bare` ones have no clause, nor what was said of confirmed ones."""
    conditions = [may_see(viewer), *([ProposalRow.id.in_(tuple(chosen))] if chosen is not None else [])]
    newest = desc(ProposalRow.created), desc(ProposalRow.id)
    with store.reading() as session:
        listed = select(ProposalRow.id, ProposalRow.readings).where(*conditions).order_by(*newest)
        readings = {name: wanted for name, wanted in session.execute(listed)}  # noqa: C416 (mypy reads rows as no pairs)
        matches: dict[str, dict[str, ArticleFinding]] = {name: {} for name in readings}
        for finding in _reported(session, conditions, article, bare=bare):
            before = matches[finding.proposal].get(finding.subject)
            if before is None or finding.rank < before.rank:
                matches[finding.proposal][finding.subject] = finding
        renamed = list[_Renaming]()
        for name, review_summary in summary.read(session, readings).items():
            skipped = ReviewVerdict.ACCEPTED if bare else None
            statuses = review_summary.statuses(viewer, SubjectKind.FINDING, but=skipped)
            renamed += _decide(name, statuses, article, matches[name])
        for finding in _renamed(session, renamed):
            matches[finding.proposal][finding.subject] = finding
    return {name: findings for name, findings in matches.items() if findings}


def _reported(
    session: Session, conditions: list[ColumnElement[bool]], article: str, *, bare: bool
) -> Iterator[ArticleFinding]:
    """Yield what reports say, one a finding and article that fits."""
    clause = (ClauseTextRow.proposal == TouchRow.proposal) & (ClauseTextRow.position == TouchRow.position)
    query = select(*_TOUCH, *(() if bare else _CLAUSE)).join(ProposalRow, ProposalRow.id == TouchRow.proposal)
    query = (query if bare else query.join(ClauseTextRow, clause)).where(*conditions, _covered(article))
    for row in session.execute(query.order_by(TouchRow.proposal, TouchRow.position)):
        proposal, subject, position, label, link, level, doubtful, *about = row
        name, number, page, text = about or ("", "", 0, "")
        yield ArticleFinding(proposal, subject, name, position, number, page, text, label, link, Level(level), doubtful)


def _covered(article: str) -> ColumnElement[bool]:
    """Return what `covers` does, for the database."""
    return or_(TouchRow.article.in_(wider(article)), TouchRow.article.startswith(f"{article}(", autoescape=True))


@dataclass(frozen=True, slots=True)
class _Renaming:
    """A finding that may touch the article under the mechanism that a reviewer named, with what it was before."""

    proposal: str
    status: DecisionStatus
    link: str
    before: ArticleFinding | None


def _decide(
    proposal: str, statuses: Iterable[DecisionStatus], article: str, findings: dict[str, ArticleFinding]
) -> Iterator[_Renaming]:
    """Take out of the findings of a proposal what was rejected and renamed; yield what was renamed or added."""
    for status in statuses:
        before = findings.pop(status.subject, None)
        if not status.stands:
            continue
        if before and status.effective_label == before.label:
            findings[status.subject] = replace(before, status=status)
        elif status.correction.label or status.verdict is ReviewVerdict.ADDED:
            link = _link_of(status.effective_label, article)
            if link:
                yield _Renaming(proposal, status, link, before)


def _renamed(session: Session, renamings: Sequence[_Renaming]) -> Iterator[ArticleFinding]:
    """Yield findings under the mechanism that a reviewer named, if they are still there."""
    clauses = clauses_of(session, ((renaming.proposal, renaming.status.clause) for renaming in renamings))
    unknown = [renaming for renaming in renamings if not renaming.before]
    corrected = [
        (renaming.proposal, renaming.status.subject)
        for renaming in unknown
        if renaming.status.verdict is not ReviewVerdict.ADDED
    ]
    reported = reported_of(session, corrected)
    for renaming in renamings:
        status, before = renaming.status, renaming.before
        clause = clauses.get((renaming.proposal, status.clause))
        is_there = before or status.verdict is ReviewVerdict.ADDED or (renaming.proposal, status.subject) in reported
        if clause and is_there:
            yield ArticleFinding(
                proposal=renaming.proposal,
                subject=status.subject,
                clause=clause.clause,
                position=clause.position,
                number=clause.number,
                page=clause.page,
                text=clause.text,
                label=status.effective_label,
                link=renaming.link,
                level=before.level if before else None,
                doubtful=False,
                status=status,
            )


@lru_cache(maxsize=1000)
def _link_of(label: str, article: str) -> str:
    """Return by which link a mechanism may touch an article; empty if by none."""
    taxonomy = load()
    mechanism = taxonomy.mechanisms.get(label)
    for kind, links in (("primary", mechanism.primary), ("secondary", mechanism.secondary)) if mechanism else ():
        if any(covers(article, reference) for link in links for reference in taxonomy.rights[link.right].articles):
            return kind
    return ""
