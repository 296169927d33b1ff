"""Search for programs: clauses by their words, findings by the article that they may touch."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from impact.review.find import articles, clauses
from impact.review.values.refusals import RefusedError
from impact.taxonomy.citing import article_in
from impact.web.api.endpoints import PROBLEMS, Caller
from impact.web.api.values import LevelName
from impact.web.server.state import Server

router = APIRouter(prefix="/api/v1/search", tags=["v1"], responses=PROBLEMS)
Question = Annotated[str, Field(max_length=300)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Limit = Annotated[int, Field(ge=1, le=1000)]


class ClausesQuery(BaseModel):
    """Which clauses to find: those with every word of `text`, or with every phrase that stands in quotation marks."""

    text: Question
    proposal: Annotated[str, Field(max_length=64)] = ""
    offset: Offset = 0
    limit: Limit = 50


class FindingsQuery(BaseModel):
    """Which findings to find: those that may touch an article, named as "ICCPR 17" or "UDHR 12"."""

    article: Question
    offset: Offset = 0
    limit: Limit = 50


class ClauseHitValue(BaseModel):
    """A clause with the words sought; `marks` are their first and last characters (half-open) in its text."""

    proposal: str
    clause: str
    number: str
    page: int
    text: str
    marks: list[tuple[int, int]]
    url: str


class ClauseHitsValue(BaseModel):
    """A stretch of the clauses found, newest proposals first, and how many there are in all."""

    total: int
    clauses: list[ClauseHitValue]


class ArticleFindingValue(BaseModel):
    """A finding that may touch the article; `level` is null for one that a reviewer added."""

    proposal: str
    finding: str
    clause: str
    number: str
    page: int
    text: str
    label: str
    link: Literal["primary", "secondary"]
    level: LevelName | None
    doubtful: bool
    verdict: str
    url: str


class ArticleFindingsValue(BaseModel):
    """A stretch of the findings that may touch an article, and how many there are; rejected ones are left out."""

    article: str
    total: int
    findings: list[ArticleFindingValue]


@router.get("/clauses")
def search_clauses(server: Server, user: Caller, wishes: Annotated[ClausesQuery, Query()]) -> ClauseHitsValue:
    """Find clauses by their words."""
    total, hits = clauses.find(
        server.store, user, wishes.text, wishes.proposal, offset=wishes.offset, limit=wishes.limit
    )
    found = [
        ClauseHitValue(
            proposal=hit.proposal,
            clause=hit.clause,
            number=hit.number,
            page=hit.page,
            text=hit.text,
            marks=list(hit.marks),
            url=f"/p/{hit.proposal}/desk?view=text&to=c{hit.position}#c{hit.position}",
        )
        for hit in hits
    ]
    return ClauseHitsValue(total=total, clauses=found)


@router.get("/findings")
def search_findings(server: Server, user: Caller, wishes: Annotated[FindingsQuery, Query()]) -> ArticleFindingsValue:
    """Find findings by the article that they may touch."""
    article = article_in(wishes.article)
    if not article:
        raise RefusedError("this names no article", "Name an instrument and a number, such as ICCPR 17 or UDHR 12")
    found = [finding for listed in articles.find(server.store, user, article).values() for finding in listed]
    stretch = found[wishes.offset : wishes.offset + wishes.limit]
    return ArticleFindingsValue(article=article, total=len(found), findings=list(map(_value, stretch)))


def _value(finding: articles.ArticleFinding) -> ArticleFindingValue:
    return ArticleFindingValue(
        proposal=finding.proposal,
        finding=finding.subject,
        clause=finding.clause,
        number=finding.number,
        page=finding.page,
        text=finding.text,
        label=finding.label,
        link="primary" if finding.link == "primary" else "secondary",
        level=finding.level.value if finding.level else None,
        doubtful=finding.doubtful,
        verdict=finding.status.verdict.value if finding.status else "undecided",
        url=f"/p/{finding.proposal}/desk?at={finding.subject}#chosen",
    )
