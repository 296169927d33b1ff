"""What a question finds within proposals: clauses by their words, findings by the article that they may touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from impact.present.lists import counted
from impact.present.words import if_holds
from impact.records import Grade
from impact.review.find import articles, clauses
from impact.review.find.articles import ArticleFinding
from impact.review.find.clauses import ClauseHit, ClauseHits
from impact.review.store import proposals
from impact.review.values.users import User
from impact.taxonomy import load
from impact.taxonomy.citing import article_in, covers
from impact.web.desk.wording import TextRun, level_of, name_of, place, runs
from impact.web.server.session import Person
from impact.web.server.state import Server, ServerState
from impact.web.server.templates import page

router = APIRouter(include_in_schema=False)
A_PAGE = 50
SHOWN = 3
"""Clauses or findings of a proposal that the list shows. Source: project judgment; more are a link away."""

SNIPPET = 280
"""Characters of a clause in a list. Source: project judgment; three lines."""


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A clause or finding that a question finds, as a list shows it.

    Attributes:
        link: Address of its place on the desk.
        name: Of the mechanism of a finding; empty for a clause.
        looks, level: Of its badge; empty for none.
        remark: What else to know of a finding, in words.
        runs: Its clause, or part of it, with the words found marked.
    """

    link: str
    place: str
    runs: tuple[TextRun, ...]
    name: str = ""
    looks: str = ""
    level: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class MatchList:
    """What a question finds in a proposal.

    Attributes:
        lead: What to say before the lines; empty for nothing.
        more: Words of the link to all of them; empty where the lines are all.
    """

    lines: tuple[MatchLine, ...]
    lead: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Matches:
    """What a question finds in the proposals that a person may see.

    Attributes:
        article: The article that it names; empty where it asks for words.
        words: The article with the rights that it states, or why there is none.
        chosen: Ids of the proposals with findings that may touch the article; None where it names none.
    """

    question: str
    article: str = ""
    words: str = ""
    chosen: tuple[str, ...] | None = None

    def within(self, server: ServerState, viewer: User, listed: Sequence[str]) -> dict[str, MatchList]:
        """Return what it finds in each of the proposals of a list, by id."""
        if self.article:
            findings = articles.find(server.store, viewer, self.article, listed)
            return {proposal: _finding_list(matched) for proposal, matched in findings.items()}
        matched = clauses.find_within(server.store, viewer, self.question, listed, SHOWN)
        return {proposal: _clause_list(hits) for proposal, hits in matched.items()}


def ask(server: ServerState, viewer: User, question: str) -> Matches:
    """Return what a question asks for; by an article, with the proposals that it finds."""
    article = article_in(question)
    if not article:
        return Matches(question)
    matched = articles.proposals_with(server.store, viewer, article)
    return Matches(question, article, _article_words(article), matched)


@router.get("/p/{proposal}/search")
def within(  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    request: Request,
    server: Server,
    person: Person,
    proposal: str,
    q: Annotated[str, Query(max_length=300)] = "",
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> HTMLResponse:
    """Show all clauses of a proposal with the words of a question, or its findings that may touch an article."""
    stored = proposals.get(server.store, person, proposal)
    article = article_in(q)
    if article:
        every = articles.find(server.store, person, article, [stored.id]).get(stored.id, ())
        total, lines = len(every), [_finding_line(finding) for finding in every[start : start + A_PAGE]]
    else:
        total, hits = clauses.find(server.store, person, q, stored.id, offset=start, limit=A_PAGE)
        lines = [_clause_line(hit) for hit in hits]
    return page(
        request,
        "search.html",
        person,
        proposal=stored,
        question=q,
        article=_article_words(article) if article else "",
        total=counted(total, "finding" if article else "clause"),
        lines=lines,
        earlier=_link(stored.id, q, start - A_PAGE) if start else "",
        later=_link(stored.id, q, start + A_PAGE) if start + A_PAGE < total else "",
    )


def _link(proposal: str, question: str, start: int) -> str:
    return f"/p/{proposal}/search?{urlencode({'q': question, 'start': max(start, 0)})}"


def _article_words(article: str) -> str:
    """Return an article with the rights that it states: "ICCPR article 17 (Privacy, ...)"."""
    instrument, _, number = article.partition(" ")
    rights = [right.name for right in load().rights.values() if any(covers(article, ref) for ref in right.articles)]
    named = f" ({'; '.join(rights)})" if rights else ""
    return f"{instrument} article {number}{named}"


def _clause_list(hits: ClauseHits) -> MatchList:
    lead = "" if hits.total else "No single clause has all of these words. They occur in:"
    more = f"All {hits.total} clauses" if hits.total > len(hits.hits) else ""
    return MatchList(tuple(map(_clause_line, hits.hits)), lead, more)


def _finding_list(findings: Sequence[ArticleFinding]) -> MatchList:
    more = f"All {len(findings)} findings" if len(findings) > SHOWN else ""
    return MatchList(tuple(map(_finding_line, findings[:SHOWN])), more=more)


def _clause_line(hit: ClauseHit) -> MatchLine:
    return MatchLine(
        f"/p/{hit.proposal}/desk?view=text&to=c{hit.position}#c{hit.position}",
        _place(hit),
        runs(hit.text, [(start, end, "found") for start, end in hit.marks], SNIPPET),
    )


def _finding_line(finding: ArticleFinding) -> MatchLine:
    level = level_of(finding.status.correction) if finding.status else ""
    level = level or (finding.level.value if finding.level else "")
    if finding.needs_review and finding.level:
        looks, level = Grade.DECIDE.value, if_holds(finding.level)
    else:
        looks = level
    decided = finding.status.verdict.value if finding.status and finding.status.decided else ""
    indirect = "" if finding.link == "primary" else "further right"
    return MatchLine(
        f"/p/{finding.proposal}/desk?{urlencode({'at': finding.subject})}#chosen",
        _place(finding),
        runs(finding.text, [], SNIPPET),
        name_of(finding.label),
        looks,
        level,
        ", ".join(filter(None, (indirect, decided))),
    )


def _place(matched: ClauseHit | ArticleFinding) -> str:
    """Return where a clause is: "7.2, page 4"."""
    return (
        place(matched.number, matched.page, paged=True)
        if matched.page
        else place(matched.number or "clause without number", 0, paged=False)
    )
