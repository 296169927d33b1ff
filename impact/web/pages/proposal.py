"""One proposal: what it is, its report, its file, who may see it, how long it is kept, and its end."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from impact.present.lists import counted
from impact.present.second_reader import second_lines
from impact.present.words import if_holds, level_words
from impact.records import Grade, Severity
from impact.review.decide.count import counts
from impact.review.store import analyses, blobs, erasing, proposals
from impact.review.team import folders, news
from impact.review.values.erasure import receipt_row
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import RefusedError
from impact.review.values.users import User
from impact.web.desk.outgoing import choice_of
from impact.web.desk.wording import name_of
from impact.web.pages.intake import file_name
from impact.web.pages.library import signed_of, stage_of
from impact.web.pages.submit import names_in
from impact.web.server import memory
from impact.web.server.attachments import attachment, kind_of
from impact.web.server.middleware import FORGET, SANDBOXED
from impact.web.server.session import Form, Person, note, note_read, text
from impact.web.server.state import Server, server_of
from impact.web.server.templates import page

router = APIRouter(include_in_schema=False)
GRAVEST = 6
"""Mechanisms that the page of a proposal names."""


@router.get("/p/{proposal}")
def show(request: Request, server: Server, person: Person, proposal: str) -> HTMLResponse:
    """Show one proposal."""
    stored = proposals.get(server.store, person, proposal)
    news.open_proposal(server.store, person, stored.id, server.now())
    every = analyses.list_all(server.store, person, stored.id)[::-1]
    shelves = folders.list_all(server.store, person)
    return page(
        request,
        "proposal.html",
        person,
        proposal=stored,
        stage=stage_of(server, stored),
        analyses=every,
        summary=_summary(server.store.files, dict(every[0].files)[analyses.REPORT]) if every else None,
        owns=owns(person, stored),
        folders=shelves,
        mine=any(folder.id == stored.folder and folder.owner == person.name for folder in shelves),
        outgoing=choice_of(dict(every[0].files)) if every else None,
        signed=signed_of(server, person, (stored,)).get(stored.id),
        count=counts(server.store, person, (stored.id,)).get(stored.id),
        beside=proposals.came_with(server.store, person, stored),
    )


@router.get("/p/{proposal}/report")
def report(request: Request, server: Server, person: Person, proposal: str, analysis: int = 0) -> Response:
    """Show report.html; it holds words of a stranger's document, so it may do nothing but be read."""
    whole, data = analyses.fetch_file(server.store, person, proposal, "report.html", _number(analysis))
    note_read(request, person, "read report", whole)
    return Response(data, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": SANDBOXED})


@router.get("/p/{proposal}/files/{name}")
def download(request: Request, person: Person, proposal: str, name: str, analysis: int = 0) -> Response:
    """Give a file of an analysis, or the document itself as "original", to be saved and never shown."""
    server = server_of(request)
    stored = proposals.get(server.store, person, proposal)
    if name == "original":
        data, saved = proposals.original(server.store, person, stored.id), file_name(stored.source)
    else:
        data, saved = analyses.read_file(server.store, person, stored.id, name, _number(analysis)), name
    note_read(request, person, f"download {name}", stored.id)
    return attachment(data, saved, "" if name == "original" else kind_of(name))


@router.post("/p/{proposal}/again")
def again(request: Request, server: Server, person: Person, _form: Form, proposal: str) -> Response:
    """Analyze it once more."""
    stored = proposals.get(server.store, person, proposal)
    proposals.analyze_again(server.store, person, stored.id, {"by": server.settings.by}, server.now())
    server.queued.set()
    note(request, person, "analyze again", stored.id)
    return RedirectResponse(f"/p/{stored.id}", 303)


@router.post("/p/{proposal}/readers")
def readers(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Say who may see it."""
    names = names_in(text(form, "readers")) or () if text(form, "who") == "named" else None
    stored = proposals.restrict(server.store, person, proposal, names, server.now())
    note(request, person, "restrict" if names is not None else "open to all", stored.id)
    return RedirectResponse(f"/p/{stored.id}#settings", 303)


@router.post("/p/{proposal}/keep")
def keep(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Say until when it is kept; the day itself is kept whole."""
    stored = proposals.set_retention(
        server.store, person, proposal, end_of(day_of(text(form, "until")), server.now()), server.now()
    )
    note(request, person, "keep", stored.id)
    return RedirectResponse(f"/p/{stored.id}#settings", 303)


@router.get("/p/{proposal}/erase")
def ask(request: Request, server: Server, person: Person, proposal: str) -> HTMLResponse:
    """Ask once whether to erase it."""
    return page(request, "erase.html", person, proposal=proposals.get(server.store, person, proposal))


@router.post("/p/{proposal}/erase")
def erase(request: Request, server: Server, person: Person, _form: Form, proposal: str) -> Response:
    """Erase it with its files, and show the receipt."""
    stored = proposals.get(server.store, person, proposal)
    try:
        receipt = erasing.erase(server.store, person, stored.id, server.now())
    finally:
        memory.forget()
    note(request, person, "erase", stored.id)
    record = json.dumps(receipt_row(receipt), indent=1)
    answer = page(request, "erased.html", person, receipt=receipt, record=record)
    answer.headers.update(FORGET)
    return answer


def owns(person: User, stored: StoredProposal) -> bool:
    """Return whether a person may restrict, keep and erase a proposal."""
    return person.administers or person.name == stored.submitted_by


def day_of(written: str) -> date | None:
    """Return a day written as 2027-05-03; None where nothing is written.

    Raises:
        RefusedError: If it is no day.
    """
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC).date() if written else None
    except ValueError as error:
        raise RefusedError(f"{written[:20]!r} is not a date", "Write the date as 2027-05-03") from error


def end_of(day: date | None, now: datetime) -> datetime | None:
    """Return the last second of a day (UTC); None for none.

    Raises:
        RefusedError: If it is over, so that a slip of the pen erases nothing.
    """
    if day is None:
        return None
    if day < now.astimezone(UTC).date():
        raise RefusedError(f"{day} is in the past", "Choose today or a later day, or erase the proposal instead")
    return datetime.combine(day, time(23, 59, 59), UTC)


def _number(analysis: int) -> int:
    return analysis if 0 <= analysis < 2**31 else 2**31 - 1


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """What a report found in brief: a count, the first mechanisms, and how many more.

    Attributes:
        rows: Name, level for the looks ("decide" where nothing is firm), the level in words ("high if confirmed"), and
            clauses; firm ones first.
        second: Who read clauses a second time, and what was not read, a sentence each; empty where nobody did.
    """

    headline: str
    rows: tuple[tuple[str, str, str, str], ...]
    more: int
    second: tuple[str, ...] = ()


@lru_cache(maxsize=1000)
def _summary(files: Path, digest: str) -> ReportSummary:
    """Return what the report.json of a digest found; kept, since what a digest stands for never changes."""
    report = analyses.parse_report(blobs.get(files, digest))
    groups: dict[tuple[bool, str], list[Severity]] = defaultdict(list)
    for _, finding in report.findings():
        groups[finding.doubtful, finding.mechanism].append(finding.severity)
    rows = sorted(
        (doubtful, -max(severity.level for severity in severities), -len(severities), mechanism)
        for (doubtful, mechanism), severities in groups.items()
        if not doubtful or (False, mechanism) not in groups
    )
    total = sum(map(len, groups.values()))
    left = sum(len(severities) for (doubtful, _), severities in groups.items() if doubtful)
    undecided = f"; {left} {'needs' if left == 1 else 'need'} review" if 0 < left < total else ""
    headline = f"{counted(total, 'finding')}{undecided}"
    first = tuple(
        _row(mechanism, groups[doubtful, mechanism], doubtful=doubtful) for doubtful, _, _, mechanism in rows[:GRAVEST]
    )
    return ReportSummary(headline, first, max(len(rows) - GRAVEST, 0), tuple(second_lines(report)))


memory.register(_summary.cache_clear)


def _row(mechanism: str, severities: Sequence[Severity], *, doubtful: bool) -> tuple[str, str, str, str]:
    level, firm = max(severity.level for severity in severities), max(severity.firm for severity in severities)
    looks, words = (Grade.DECIDE, if_holds(level)) if doubtful else (level, level_words(level, firm))
    return name_of(mechanism), looks.value, words, counted(len(severities), "clause")
