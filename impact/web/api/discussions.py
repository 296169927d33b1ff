"""Comments on findings and what is new, for programs."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field

from impact.review.store import proposals
from impact.review.team import comments, news
from impact.review.values.comment import LONGEST_COMMENT, FindingComment
from impact.web.api.endpoints import PROBLEMS, Caller, Proposal
from impact.web.api.values import Id, Strict
from impact.web.server.session import note
from impact.web.server.state import Server

router = APIRouter(prefix="/api/v1", tags=["v1"], responses=PROBLEMS)
Seq = Annotated[int, Path(ge=1, lt=2**31)]


class CommentWish(Strict):
    """What to say on a finding or safeguard, in plain text."""

    subject: Id
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_COMMENT)]


class CommentValue(BaseModel):
    """A comment; `seq` is its number in the chain, `subject` the finding or safeguard."""

    seq: int
    proposal: str
    subject: str
    clause: str
    label: str
    author: str
    time: datetime
    text: str


class NewsValue(BaseModel):
    """What is new of a proposal to you: whether it was submitted since you first came, and what others said of it."""

    proposal: str
    is_new: bool
    decisions: int
    comments: int
    since: datetime | None


@router.get("/proposals/{proposal}/comments")
def list_comments(server: Server, user: Caller, proposal: Proposal) -> list[CommentValue]:
    """Return the comments on findings that you may read, oldest first."""
    return list(map(_value, comments.list_visible(server.store, user, proposal)))


@router.post("/proposals/{proposal}/comments", status_code=201)
def add_comment(request: Request, server: Server, user: Caller, proposal: Proposal, wish: CommentWish) -> CommentValue:
    """Comment on a finding or safeguard; others read it when they may read your decisions."""
    comment = comments.add(server.store, user, proposal, wish.subject, wish.text, server.now())
    note(request, user, "comment", comment.proposal)
    return _value(comment)


@router.delete("/proposals/{proposal}/comments/{seq}", status_code=204)
def remove_comment(request: Request, server: Server, user: Caller, proposal: Proposal, seq: Seq) -> None:
    """Remove a comment of your own."""
    stored = proposals.get(server.store, user, proposal)
    comments.remove(server.store, user, stored.id, seq, server.now())
    note(request, user, "remove comment", stored.id)


@router.get("/news")
def list_news(server: Server, user: Caller) -> list[NewsValue]:
    """Return the proposals with something new to you; what you open on the page counts as seen."""
    news.arrive(server.store, user, server.now())
    return [
        NewsValue(
            proposal=proposal,
            is_new=fresh.is_new,
            decisions=fresh.decisions,
            comments=fresh.comments,
            since=fresh.since,
        )
        for proposal, fresh in news.of(server.store, user).items()
    ]


def _value(comment: FindingComment) -> CommentValue:
    return CommentValue(**asdict(comment))
