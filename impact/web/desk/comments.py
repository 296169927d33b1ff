"""Comments at the desk, and what is new there since the last visit."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from impact.present.lists import counted
from impact.review.decide.reading import Desk
from impact.review.team import comments, news
from impact.review.team.news import News
from impact.review.values.comment import LONGEST_COMMENT, FindingComment
from impact.review.values.users import User
from impact.web.desk.decide import DISPLAY_FIELDS
from impact.web.desk.wording import cleaned, name_of
from impact.web.server.session import Form, Person, note, text
from impact.web.server.state import Server, ServerState

router = APIRouter(include_in_schema=False)
HIGHEST = 2**31 - 1


@router.post("/p/{proposal}/desk/comment")
def add(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Comment on a finding or safeguard."""
    comment = comments.add(server.store, person, proposal, text(form, "subject"), text(form, "text"), server.now())
    note(request, person, "comment", comment.proposal)
    return _back(form, comment)


@router.post("/p/{proposal}/desk/comment/remove")
def remove(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Remove a comment of one's own."""
    written = text(form, "seq")
    seq = min(int(written[:10]), HIGHEST) if written.isascii() and written.isdigit() else 0
    comment = comments.remove(server.store, person, proposal, seq, server.now())
    note(request, person, "remove comment", comment.proposal)
    return _back(form, comment)


def discussion(desk: Desk, fresh: News) -> dict[str, Any]:
    """Return what the desk shows of comments and of what is new."""
    by_subject: dict[str, list[FindingComment]] = defaultdict(list)
    for comment in desk.comments:
        by_subject[comment.subject].append(comment)
    listed = {subject.id for subject in desk.subjects}
    left = [comment for subject, remarks in by_subject.items() if subject not in listed for comment in remarks]
    return {
        "left_comments": [(comment, name_of(comment.label)) for comment in left],
        "comments": by_subject,
        "cleaned": cleaned,
        "longest_comment": LONGEST_COMMENT,
        "fresh": fresh.subjects,
        "fresh_comments": {comment.seq for comment in fresh.comments},
        "since": fresh.since,
        "news": news_words(len(fresh.decisions), len(fresh.comments)),
    }


def news_words(decisions: int, remarks: int) -> str:
    """Return what is new of a proposal in words: "3 decisions and 1 comment by others"; empty for nothing."""
    counts = (decisions, "decision"), (remarks, "comment")
    parts = [counted(count, name) for count, name in counts if count]
    return f"{' and '.join(parts)} by others" if parts else ""


def visit(server: ServerState, person: User, proposal: str) -> News:
    """Return what is new at the desk, and note that the person has seen it."""
    return news.visit_desk(server.store, person, proposal, server.now())


def current(server: ServerState, person: User, proposal: str) -> News:
    """Return what is new in the visit that goes on."""
    return news.current(server.store, person, proposal)


def _back(form: FormData, comment: FindingComment) -> RedirectResponse:
    """Return to the desk as the person looked at it, at the finding."""
    fields = {"at": comment.subject, **{name: text(form, name) for name in DISPLAY_FIELDS}}
    query = urlencode({name: value[:400] for name, value in fields.items() if value})
    return RedirectResponse(f"/p/{comment.proposal}/desk?{query}#chosen", 303)
