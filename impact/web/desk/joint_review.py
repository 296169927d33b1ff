"""What comes of all reviewers: conflicts, agreement, signatures, and what a newer analysis changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from impact.present.lists import counted, listed
from impact.review.decide import reading
from impact.review.decide.agreement import OVERALL, ReviewerAgreement
from impact.review.decide.carry_over import CarriedSubject
from impact.review.decide.conflict import Conflict
from impact.review.decide.decided import latest_signed
from impact.review.decide.reading import Desk, may_compare
from impact.review.store import analyses
from impact.review.values.decision import Signature
from impact.review.values.users import User
from impact.web.desk.finding import DeskFinding, beside, findings_of, verdict_words
from impact.web.desk.outgoing import forms
from impact.web.desk.progress import progress_of
from impact.web.desk.wording import corrected, name_of, words
from impact.web.server.session import Person, note
from impact.web.server.state import Server
from impact.web.server.templates import page

router = APIRouter(include_in_schema=False)
QUOTE = 400
"""Characters of a clause that are quoted beside a conflict."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict as it is shown; `finding` is None where the analysis has it no longer."""

    conflict: Conflict
    finding: DeskFinding | None

    @property
    def name(self) -> str:
        """Name of the mechanism or safeguard."""
        return name_of(self.conflict.statuses[0][1].label)

    @property
    def place(self) -> str:
        """Where it stands."""
        return self.finding.place if self.finding else self.conflict.statuses[0][1].clause

    @property
    def difference(self) -> str:
        """How reviewers differ, in words."""
        return words().differences[self.conflict.difference.value]

    @property
    def rows(self) -> list[tuple[str, str, str, str, bool]]:
        """Name, verdict, correction, text of each reviewer, and whether it can be settled as that one decided."""
        return [
            (name, verdict_words(status), corrected(status.correction), status.text, status.decided)
            for name, status in self.conflict.statuses
        ]

    @property
    def settled(self) -> str:
        """What was settled by whom, in words; empty while it is open."""
        status = self.conflict.settled
        fix = corrected(status.correction) if status else ""
        return f"{verdict_words(status)}{f' to {fix}' if fix else ''} by {status.by}" if status else ""


@router.get("/p/{proposal}/desk/together")
def together(  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    request: Request, server: Server, person: Person, proposal: str, new: int = -1, known: int = 0
) -> Response:
    """Show conflicts, agreement and signatures; `new` and `known` say how many decisions were taken from a file."""
    desk = reading.open_desk(server.store, person, proposal)
    report = desk.report
    if not report:
        return RedirectResponse(f"/p/{desk.proposal.id}", 303)
    opened = may_compare(person, desk.blinding)
    agreements = reading.agreement_between(server.store, person, (desk.proposal.id,)) if opened else ()
    findings = findings_of(desk, person, report)
    by_id = {finding.subject.id: finding for finding in findings}
    analysis_files = dict(analyses.get(server.store, person, desk.proposal.id).files)
    disputes = [Dispute(conflict, by_id.get(conflict.subject)) for conflict in desk.conflicts]
    note(request, person, "read comparison", desk.proposal.id)
    return page(
        request,
        "desk_together.html",
        person,
        **frame(desk, person),
        opened=opened,
        unsettled=[dispute for dispute in disputes if dispute.conflict.blocks],
        settled=[dispute for dispute in disputes if dispute.conflict.settled],
        partial=[dispute for dispute in disputes if not dispute.conflict.blocks and not dispute.conflict.settled],
        agreements=_by_name(agreements),
        progress=progress_of(desk, person, findings, server.now()),
        limit=QUOTE,
        blinding=desk.blinding,
        settles=person.decides and person.name in desk.blinding.opened,
        signs=_signs(desk, person),
        versions=versions_of(desk),
        unsigned=not latest_signed(desk),
        forms=forms(),
        imported=f"{counted(new, 'decision')} imported; {known} already present." if new >= 0 else "",
        files=[(name, meaning) for name, meaning in words().files.items() if name in analysis_files],
    )


@router.get("/p/{proposal}/desk/changes")
def changes(request: Request, server: Server, person: Person, proposal: str, since: int = 0) -> HTMLResponse:
    """Show what the latest analysis keeps, loses and brings, with what was decided."""
    desk = reading.open_desk(server.store, person, proposal)
    last = desk.proposal.analyses
    since = since if 1 <= since < last else max(last - 1, 1)
    parts: dict[str, Any] = {"changed": (), "same": 0, "vanished": (), "new": ()}
    report = desk.report
    if report and last > 1:
        comparison = reading.analysis_changes(server.store, person, desk.proposal.id, since)
        changed = [carried for carried in comparison.carried if carried.changed]
        show = partial(beside, paged=report.document.paged)
        parts = {
            "changed": [
                (show(carried.after, carried.status), _differences(carried), carried.asks) for carried in changed
            ],
            "same": len(comparison.carried) - len(changed),
            "vanished": [(show(subject, status), "", False) for subject, status in comparison.vanished],
            "new": [(show(subject, None), "", False) for subject in comparison.new],
        }
    return page(request, "desk_changes.html", person, **frame(desk, person), since=since, last=last, **parts)


@router.get("/agreement")
def agreement(request: Request, server: Server, person: Person) -> HTMLResponse:
    """Show how far reviewers agree, mechanism by mechanism, over all proposals whose decisions a person may see."""
    note(request, person, "read agreement")
    return page(request, "agreement.html", person, agreements=_by_name(reading.agreement_between(server.store, person)))


def frame(desk: Desk, person: User) -> dict[str, Any]:
    """Return what each page of the desk shows of itself; the pages are address and name."""
    base = f"/p/{desk.proposal.id}/desk"
    unsettled = sum(conflict.blocks for conflict in desk.conflicts)
    compare = "Compare and sign" if person.decides else "Compare"
    tabs = [
        (base, "Read and decide"),
        (f"{base}/together", f"{compare} ({unsettled} open)" if unsettled else compare),
        *([(f"{base}/changes", "Changes between analyses")] if desk.proposal.analyses > 1 else []),
        (f"{base}/brief", "Brief"),
    ]
    return {"proposal": desk.proposal, "base": base, "tabs": tabs}


def versions_of(desk: Desk) -> list[tuple[int, list[Signature]]]:
    """Return each signed version by its number, latest first, with its signatures."""
    versions: dict[int, list[Signature]] = {}
    for signature in desk.signatures:
        versions.setdefault(signature.version, []).append(signature)
    return sorted(versions.items(), reverse=True)


def _differences(carried: CarriedSubject) -> str:
    return ", ".join(words().changes[key] for key in carried.changed)


def _signs(desk: Desk, person: User) -> str:
    """Return why a person cannot sign now; empty if they can."""
    state = desk.blinding
    waiting = sorted(set(state.begun) - state.done)
    signed = [signature.seq for signature in desk.signatures if signature.name == person.name]
    reasons = (
        (not person.decides, "Officers can read; reviewers sign."),
        (person.name not in state.opened, "You can sign when you and all other reviewers who began have finished."),
        (bool(waiting), f"You can sign when {listed(waiting)} {'has' if len(waiting) == 1 else 'have'} finished."),
        (any(conflict.blocks for conflict in desk.conflicts), "You can sign when the conflicts are settled."),
        (
            bool(signed) and all(event.seq < signed[-1] for event in desk.events),
            "You have signed the current decisions.",
        ),
    )
    return next((why for holds, why in reasons if holds), "")


def _by_name(agreements: Iterable[ReviewerAgreement]) -> list[tuple[str, ReviewerAgreement]]:
    """Return each mechanism or safeguard by name with how far reviewers agree on it, all together first."""
    names = {OVERALL: "All"}
    return [(names.get(agreement.label) or name_of(agreement.label), agreement) for agreement in agreements]
