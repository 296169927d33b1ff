"""What comes of all reviewers: conflicts, agreement, signatures, and what a newer analysis changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from impact.present.words import counted
from impact.review.decide import reading
from impact.review.decide.agreement import OVERALL, ReviewerAgreement
from impact.review.decide.carry_over import CarriedSubject
from impact.review.decide.conflict import Conflict
from impact.review.decide.reading import Desk, may_compare
from impact.review.decide.status import DecisionStatus
from impact.review.store import analyses
from impact.review.values.proposal import Analysis
from impact.review.values.subject import Subject
from impact.review.values.users import User
from impact.web.desk.files import forms
from impact.web.desk.view import conflict_rows, is_paged, items_of, left_words, progress_of, quote_of, verdict_words
from impact.web.desk.wording import TextRun, corrected, name_of, place, words
from impact.web.server.session import Person, note
from impact.web.server.state import Server
from impact.web.server.templates import page

router = APIRouter(include_in_schema=False)
QUOTE = 400
"""Characters of a clause that are quoted beside a conflict."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict as it is shown; `quote` is empty where the analysis has the finding no longer."""

    subject: str
    name: str
    place: str
    quote: tuple[TextRun, ...]
    says: str
    rows: tuple[tuple[str, str, str, str, bool], ...]
    blocks: bool
    settled: str


@router.get("/p/{proposal}/desk/together")
def together(  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    request: Request, server: Server, person: Person, proposal: str, new: int = -1, known: int = 0
) -> Response:
    """Show conflicts, agreement and signatures; `new` and `known` say how many decisions were taken from a file."""
    desk = reading.open_desk(server.store, person, proposal)
    if not desk.report:
        return RedirectResponse(f"/p/{desk.proposal.id}", 303)
    opened = may_compare(person, desk.blinding)
    agreed = reading.agreement_between(server.store, person, (desk.proposal.id,)) if opened else ()
    disputes = [_dispute(conflict, desk) for conflict in desk.conflicts]
    progress = progress_of(desk, person, items_of(desk, person))
    note(request, person, "read comparison", desk.proposal.id)
    return page(
        request,
        "desk_together.html",
        person,
        **_frame(desk, person),
        opened=opened,
        open_ones=[dispute for dispute in disputes if dispute.blocks],
        settled=[dispute for dispute in disputes if dispute.settled],
        partial=[dispute for dispute in disputes if not dispute.blocks and not dispute.settled],
        agreed=_shown(agreed),
        progress=progress,
        told=left_words(progress),
        opening=desk.blinding,
        settles=person.decides and person.name in desk.blinding.opened,
        signs=_signs(desk, person),
        versions=versions_of(desk),
        forms=forms(),
        took=f"{counted(new, 'decision')} taken in; {known} here already." if new >= 0 else "",
        made=_files(analyses.get(server.store, person, desk.proposal.id)),
        words=words(),
    )


@router.get("/p/{proposal}/desk/changes")
def changes(request: Request, server: Server, person: Person, proposal: str, since: int = 0) -> HTMLResponse:
    """Show what the latest analysis keeps, loses and brings, with what was decided."""
    desk = reading.open_desk(server.store, person, proposal)
    last = desk.proposal.analyses
    since = since if 1 <= since < last else max(last - 1, 1)
    renewal = reading.analysis_changes(server.store, person, desk.proposal.id, since) if last > 1 else None
    parts: dict[str, Any] = {"carried": (), "same": 0, "vanished": (), "new": ()}
    if renewal:
        parts = {
            "carried": [_carried(one, desk) for one in renewal.carried if one.changed],
            "same": sum(not one.changed for one in renewal.carried),
            "vanished": [(*_named(one, desk), _stood(standing)) for one, standing in renewal.vanished],
            "new": [_named(one, desk) for one in renewal.new],
        }
    return page(request, "desk_changes.html", person, **_frame(desk, person), since=since, last=last, **parts)


@router.get("/agreement")
def agreement(request: Request, server: Server, person: Person) -> HTMLResponse:
    """Show how far reviewers agree, mechanism by mechanism, over all proposals whose decisions a person may see."""
    note(request, person, "read agreement")
    return page(request, "agreement.html", person, agreed=_shown(reading.agreement_between(server.store, person)))


def tabs(desk: Desk, person: User) -> tuple[tuple[str, str], ...]:
    """Return the pages of the desk: address and name."""
    base = f"/p/{desk.proposal.id}/desk"
    open_ = sum(conflict.blocks for conflict in desk.conflicts)
    compare = "Compare and sign" if person.decides else "Compare"
    made = [(base, "Read and decide"), (f"{base}/together", f"{compare} ({open_} open)" if open_ else compare)]
    if desk.proposal.analyses > 1:
        made.append((f"{base}/changes", "What a newer analysis changed"))
    return (*made, (f"{base}/brief", "Brief"))


def versions_of(desk: Desk) -> tuple[tuple[int, str, tuple[tuple[str, Any], ...]], ...]:
    """Return each signed version, latest first: number, digest, names with times."""
    made: dict[int, tuple[str, list[tuple[str, Any]]]] = {}
    for signature in desk.signatures:
        made.setdefault(signature.version, (signature.digest, []))[1].append((signature.name, signature.time))
    return tuple((number, digest, tuple(names)) for number, (digest, names) in sorted(made.items(), reverse=True))


def _files(latest: Analysis) -> list[tuple[str, str]]:
    """Return name and words of each file that the latest analysis made, in the order in which they are offered."""
    there = dict(latest.files)
    return [(name, told) for name, told in words()["files"].items() if name in there]


def _frame(desk: Desk, person: User) -> dict[str, Any]:
    return {"proposal": desk.proposal, "base": f"/p/{desk.proposal.id}/desk", "tabs": tabs(desk, person)}


def _signs(desk: Desk, person: User) -> str:
    """Return why a person cannot sign now; empty if they can."""
    state = desk.blinding
    waiting = sorted(set(state.begun) - state.done)
    signed = [signature.seq for signature in desk.signatures if signature.name == person.name]
    reasons = (
        (not person.decides, "Officers read; reviewers sign."),
        (person.name not in state.opened, "You can sign when you and all others who began are done."),
        (bool(waiting), f"Wait for {', '.join(waiting)}, who began to read."),
        (any(conflict.blocks for conflict in desk.conflicts), "Settle the conflicts first."),
        (bool(signed) and all(event.seq < signed[-1] for event in desk.events), "You have signed what is decided."),
    )
    return next((why for holds, why in reasons if holds), "")


def _dispute(one: Conflict, desk: Desk) -> Dispute:
    subject = next((subject for subject in desk.subjects if subject.id == one.subject), None)
    standing = one.statuses[0][1]
    now = one.settled
    fix = corrected(now.correction) if now else ""
    return Dispute(
        subject=one.subject,
        name=name_of(standing.label),
        place=_named(subject, desk)[1] if subject else standing.clause,
        quote=quote_of(subject, QUOTE) if subject else (),
        says=words()["differences"][one.difference.value],
        rows=conflict_rows(one),
        blocks=one.blocks,
        settled=f"{verdict_words(now)}{f' to {fix}' if fix else ''} by {now.by}" if now else "",
    )


def _named(one: Subject, desk: Desk) -> tuple[str, str, str]:
    """Return name, place and level of a finding."""
    where = place(one.number, one.page, paged=is_paged(desk.report))
    return name_of(one.label), where, one.level.value if one.level else ""


def _carried(one: CarriedSubject, desk: Desk) -> tuple[str, str, str, str, str, bool]:
    """Return name, place, level, what changed, what was decided, and whether to look again."""
    names = words()["changes"]
    return (*_named(one.after, desk), ", ".join(names[each] for each in one.changed), _stood(one.status), one.asks)


def _stood(standing: DecisionStatus | None) -> str:
    if standing is None or not standing.decided:
        return "undecided"
    return f"{verdict_words(standing)}{f': {standing.text}' if standing.text else ''}"


def _shown(agreed: Iterable[ReviewerAgreement]) -> list[tuple[str, dict[str, Any]]]:
    """Return each mechanism or safeguard by name with how far reviewers agree on it, all together first."""
    return [(name_of(one.label) if one.label != OVERALL else "All together", _percents(one)) for one in agreed]


def _percents(one: ReviewerAgreement) -> dict[str, Any]:
    """Return an agreement as it is shown."""
    return {
        "units": one.units,
        "alpha": _figure(one.alpha),
        "pairs": [(f"{pair.first} and {pair.second}", f"{pair.same:.0%}", _figure(pair.kappa)) for pair in one.pairs],
    }


def _figure(number: float | None) -> str:
    return "not defined" if number is None else f"{number:.2f}".replace("-", "\N{MINUS SIGN}")
