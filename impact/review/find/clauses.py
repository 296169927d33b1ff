"""Find clauses by their words, of proposals that a person may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, desc, func, select, text

from impact.review.find.marking import Mark, marks_in
from impact.review.store.access import may_see
from impact.review.store.clause_search import CLAUSE_SEARCH, SearchTerm, terms_of
from impact.review.store.indexing import TITLE
from impact.review.store.store import Session, Store
from impact.review.store.tables import ClauseTextRow, ProposalRow
from impact.review.values.users import User

MOST_APART = 3
"""Words for which a clause is shown where no clause has all of them. Source: project judgment; a glance."""

_COLUMNS = (
    ClauseTextRow.proposal,
    ClauseTextRow.clause,
    ClauseTextRow.position,
    ClauseTextRow.number,
    ClauseTextRow.page,
    ClauseTextRow.text,
)


@dataclass(frozen=True, slots=True)
class ClauseHit:
    """A clause that has words of a question.

    Attributes:
        position: Place among all clauses of the report, from 0.
        page: From 1; 0 where pages mean nothing to a reader.
        marks: Where the words are in its text.
    """

    proposal: str
    clause: str
    position: int
    number: str
    page: int
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ClauseHits:
    """The first clauses of a proposal that have words of a question.

    Attributes:
        total: How many clauses have all words; 0 where none has, and the hits have some of them.
    """

    total: int
    hits: tuple[ClauseHit, ...]


def find(  # noqa: PLR0913 (a question)
    store: Store, viewer: User, question: str, proposal: str = "", *, offset: int = 0, limit: int = 50
) -> tuple[int, tuple[ClauseHit, ...]]:
    """Return how many clauses have every word of a question, and a stretch of them, newest proposals first.

    Only proposals that the person may see are searched; only one of them if its id is given. A question without words
    finds nothing.
    """
    terms = terms_of(question)
    if not terms:
        return 0, ()
    conditions = [_has(store, terms), may_see(viewer), ClauseTextRow.position > TITLE]
    conditions += [ProposalRow.id == proposal] if proposal else []
    joined = select(*_COLUMNS).join(ProposalRow, ProposalRow.id == ClauseTextRow.proposal).where(*conditions)
    order = desc(ProposalRow.created), desc(ProposalRow.id), ClauseTextRow.position
    with store.reading() as session:
        count = joined.with_only_columns(func.count(), maintain_column_froms=True)
        total = session.scalar(count) or 0
        rows = session.execute(joined.order_by(*order).offset(offset).limit(limit)).all()
    return total, tuple(ClauseHit(*row, marks_in(row.text, terms)) for row in rows)


def find_within(
    store: Store, viewer: User, question: str, proposals: Iterable[str], most: int
) -> dict[str, ClauseHits]:
    """Return, of these proposals that a person may see, the first clauses with all words of a question, by its id.

    Where no clause of a proposal has all words, it is the first clause with each of the first words.
    """
    terms, wanted = terms_of(question), tuple(proposals)
    if not terms or not wanted:
        return {}
    with store.reading() as session:
        matches = _first(store, session, viewer, terms, wanted, most)
        apart = tuple(proposal for proposal in wanted if proposal not in matches)
        if len(terms) > 1 and apart:
            matches |= _apart(store, session, viewer, terms, apart)
    return matches


def _first(  # noqa: PLR0913, PLR0917 (a question)
    store: Store, session: Session, viewer: User, terms: Sequence[SearchTerm], proposals: Sequence[str], most: int
) -> dict[str, ClauseHits]:
    of_proposal = {"partition_by": ClauseTextRow.proposal}
    place = func.row_number().over(**of_proposal, order_by=ClauseTextRow.position).label("place")  # type: ignore[arg-type]
    total = func.count().over(**of_proposal).label("total")  # type: ignore[arg-type]
    visible: Select[Any] = select(ProposalRow.id).where(may_see(viewer), ProposalRow.id.in_(proposals))
    ranked = select(*_COLUMNS, place, total).where(
        _has(store, terms), ClauseTextRow.position > TITLE, ClauseTextRow.proposal.in_(visible)
    )
    inner = ranked.subquery()
    rows: dict[str, list[Row[Any]]] = defaultdict(list)
    query = select(inner).where(inner.c.place <= most).order_by(inner.c.proposal, inner.c.position)
    for row in session.execute(query):
        rows[row.proposal].append(row)
    return {
        proposal: ClauseHits(of_it[0].total, tuple(_hit(row, terms) for row in of_it))
        for proposal, of_it in rows.items()
    }


def _apart(
    store: Store, session: Session, viewer: User, terms: Sequence[SearchTerm], proposals: Sequence[str]
) -> dict[str, ClauseHits]:
    """Return the first clause with each of the first words, in the order of the text."""
    hits: dict[str, dict[int, ClauseHit]] = defaultdict(dict)
    for term in terms[:MOST_APART]:
        for proposal, matches in _first(store, session, viewer, [term], proposals, 1).items():
            for hit in matches.hits:
                hits[proposal][hit.position] = replace(hit, marks=marks_in(hit.text, terms))
    return {proposal: ClauseHits(0, tuple(by[place] for place in sorted(by))) for proposal, by in hits.items()}


def _has(store: Store, terms: Iterable[SearchTerm]) -> ColumnElement[bool]:
    search = CLAUSE_SEARCH[store.engine.dialect.name]
    return text(search.condition).bindparams(terms=search.to_parameter(terms))  # type: ignore[return-value]


def _hit(row: Row[Any], terms: Iterable[SearchTerm]) -> ClauseHit:
    return ClauseHit(row.proposal, row.clause, row.position, row.number, row.page, row.text, marks_in(row.text, terms))
