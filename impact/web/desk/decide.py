"""What a reviewer does at the desk: every change is a form that is posted, and leads back to where it was made."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from impact.present.lists import counted
from impact.review.decide import reading, record, signing
from impact.review.decide.reading import Desk
from impact.review.decide.status import effective_events
from impact.review.values.decision import Action, SubjectKind
from impact.review.values.refusals import ConflictError, RefusedError, UnknownError
from impact.review.values.users import User
from impact.web.desk.choices import as_decided, draft_of
from impact.web.desk.finding import findings_of
from impact.web.desk.progress import undecided_grave
from impact.web.server.session import Form, Person, note, text
from impact.web.server.state import Server

router = APIRouter(include_in_schema=False)
DISPLAY_FIELDS = ("by", "view", "zoom", "show", "part")
"""Fields that say how the person looks at the desk."""


@router.post("/p/{proposal}/desk/decide")
def decide(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Accept, reject, change, note or add."""
    desk = reading.open_desk(server.store, person, proposal)
    draft = draft_of(form, desk)
    event = record.decide(server.store, person, desk.proposal.id, draft, server.now())
    note(request, person, f"decide: {draft.action.value}", desk.proposal.id)
    return _back(form, desk.proposal.id, event.decision.subject)


@router.post("/p/{proposal}/desk/accept")
def accept(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Accept several safeguards at once; powers are decided one by one."""
    desk = reading.open_desk(server.store, person, proposal)
    named = [name for name in form.getlist("item") if isinstance(name, str)]
    guards = {subject.id for subject in desk.subjects if subject.kind is SubjectKind.SAFEGUARD}
    if not named or not guards.issuperset(named):
        msg = "only safeguards can be accepted together"
        raise RefusedError(msg, "Decide each power by itself")
    drafts = [record.DecisionDraft(Action.ACCEPT, name) for name in dict.fromkeys(named)]
    record.decide_all(server.store, person, desk.proposal.id, drafts, server.now())
    note(request, person, f"decide: accept {len(drafts)} safeguards", desk.proposal.id)
    return _back(form, desk.proposal.id, text(form, "subject"))


@router.post("/p/{proposal}/desk/undo")
def undo(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Take back what was done last, be it on one item or on several; where the form says of what, the last on that."""
    desk = reading.open_desk(server.store, person, proposal)
    of, now = text(form, "of"), server.now()
    if of:
        event = record.undo(server.store, person, desk.proposal.id, now, _last_on(desk, person, of))
    else:
        event = record.undo_act(server.store, person, desk.proposal.id, now)[0]
    note(request, person, "decide: undo", desk.proposal.id)
    return _back(form, desk.proposal.id, _subject_of(desk, event.decision.undoes) or text(form, "subject"))


@router.post("/p/{proposal}/desk/done")
def done(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Say that one is done; when all are, their decisions are opened."""
    desk = reading.open_desk(server.store, person, proposal)
    state = record.finish(server.store, person, desk.proposal.id, server.now())
    note(request, person, "decide: done", desk.proposal.id)
    if person.name in state.opened:
        return RedirectResponse(f"/p/{desk.proposal.id}/desk/together", 303)
    return _back(form, desk.proposal.id, text(form, "subject"))


@router.post("/p/{proposal}/desk/settle")
def settle(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Settle a conflict as one of the reviewers decided, or with a word of one's own."""
    desk = reading.open_desk(server.store, person, proposal)
    name, subject = text(form, "as"), text(form, "subject")
    draft = as_decided(desk, subject, name) if name else draft_of(form, desk)
    record.decide(server.store, person, desk.proposal.id, draft, server.now())
    note(request, person, "decide: settle", desk.proposal.id)
    return RedirectResponse(f"/p/{desk.proposal.id}/desk/together#conflicts", 303)


@router.post("/p/{proposal}/desk/sign")
def sign(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Sign what is decided; where grave findings are undecided, only if the form says how many."""
    desk = reading.open_desk(server.store, person, proposal)
    opened = person.name in desk.blinding.opened
    grave = len(undecided_grave(findings_of(desk, person, desk.report))) if desk.report and opened else 0
    if grave and text(form, "grave") != str(grave):
        msg = f"{counted(grave, 'high-severity finding')} {'is' if grave == 1 else 'are'} undecided"
        raise ConflictError(msg, "Decide on them first, or confirm on the signing page that you sign without them")
    signature = signing.sign(server.store, person, proposal, server.now())
    note(request, person, f"sign version {signature.version}", signature.proposal)
    return RedirectResponse(f"/p/{signature.proposal}/desk/together#versions", 303)


def _back(form: FormData, proposal: str, subject: str) -> RedirectResponse:
    """Return to the desk as the person looked at it, at a finding."""
    fields = {"at": subject, **{name: text(form, name) for name in DISPLAY_FIELDS}}
    query = urlencode({name: value[:400] for name, value in fields.items() if value})
    return RedirectResponse(f"/p/{proposal}/desk?{query}#chosen", 303)


def _last_on(desk: Desk, person: User, subject: str) -> int:
    """Return the number of what a person said last on a finding and has not taken back.

    Raises:
        UnknownError: If there is nothing.
    """
    decisions = (event for event in reversed(effective_events(desk.events)) if event.decision.reviewer == person.name)
    seq = next((event.seq for event in decisions if event.decision.subject == subject), 0)
    if not seq:
        raise UnknownError(
            "you have made no decision on this finding that could be undone", "The list shows your decisions"
        )
    return seq


def _subject_of(desk: Desk, seq: int) -> str:
    return next((event.decision.subject for event in desk.events if event.seq == seq), "")
