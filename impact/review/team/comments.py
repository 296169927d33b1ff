"""Comments of reviewers on findings: links of the chain, read by whoever may read the decisions of their authors."""

from collections.abc import Iterable
from datetime import datetime

from impact.review.decide import reading
from impact.review.decide.blinding import Blinding, blinding_of
from impact.review.store import chain_links
from impact.review.store.access import find_row
from impact.review.store.columns import clean
from impact.review.store.store import Session, Store
from impact.review.store.tables import ProposalRow
from impact.review.values.comment import LONGEST_COMMENT, FindingComment
from impact.review.values.refusals import ForbiddenError, RefusedError, UnknownError
from impact.review.values.users import User


def add(  # noqa: PLR0913, PLR0917 (all of a comment)
    store: Store, by: User, proposal: str, subject: str, text: str, now: datetime
) -> FindingComment:
    """Comment on a finding or safeguard.

    Raises:
        UnknownError: If there is no such proposal or finding.
        ForbiddenError: If this person does not decide.
        RefusedError: If there is no text, or too much.
    """
    if not by.decides:
        msg = f"{by.name} has the role of {by.role.value} and cannot comment"
        raise ForbiddenError(msg, "Ask an administrator for the role of reviewer")
    words = clean("\n".join(text.split("\r\n"))).strip()
    if not words or len(words) > LONGEST_COMMENT:
        raise RefusedError(
            f"a comment has 1 to {LONGEST_COMMENT:,} characters", "Write a shorter text, or several comments"
        )
    desk = reading.open_desk(store, by, proposal)
    about = next((listed for listed in desk.subjects if listed.id == subject), None)
    if about is None:
        msg = f"{desk.proposal.id} has no finding or safeguard {subject!r}"
        raise UnknownError(msg, "The desk lists the findings and safeguards")
    body = {"subject": about.id, "clause": about.clause, "label": about.label, "author": by.name, "text": words}
    with store.writing() as session:
        chain_links.lock(session)
        row = find_row(session, by, desk.proposal.id)
        return chain_links.append_comment(session, row.id, body, now)


def remove(store: Store, by: User, proposal: str, seq: int, now: datetime) -> FindingComment:
    """Remove a comment of one's own: its text goes, and the record says that there was one.

    Raises:
        UnknownError: If this person has no comment of this number on the proposal.
    """
    with store.writing() as session:
        chain_links.lock(session)
        row = find_row(session, by, proposal)
        authored = (comment for comment in chain_links.comments(session, row.id) if comment.author == by.name)
        removed = next((comment for comment in authored if comment.seq == seq), None)
        if removed is None:
            raise UnknownError(f"you have no comment {seq} on {row.id}", "The desk shows your comments")
        chain_links.remove_comment(session, removed, now)
        return removed


def list_visible(store: Store, viewer: User, proposal: str) -> tuple[FindingComment, ...]:
    """Return the comments on a proposal that a person may read, oldest first.

    Raises:
        UnknownError: If there is no such proposal, or this person may not see it.
    """
    with store.reading() as session:
        row = find_row(session, viewer, proposal)
        return visible(chain_links.comments(session, row.id), viewer, _blinding(session, row))


def visible(comments: Iterable[FindingComment], viewer: User, blinding: Blinding) -> tuple[FindingComment, ...]:
    """Return the comments that a person may read."""
    return tuple(comment for comment in comments if blinding.shows_comments(viewer, comment.author))


def _blinding(session: Session, row: ProposalRow) -> Blinding:
    signed = bool(chain_links.signatures(session, row.id))
    return blinding_of(chain_links.events(session, row.id), row.readings, signed=signed)
