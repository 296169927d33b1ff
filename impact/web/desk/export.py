"""The brief of two pages: what stands, what was rejected and what is undecided; and signed versions as data."""

import json
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from impact.present.cleaning import plain
from impact.records import Silence
from impact.report.page import pdf
from impact.review.decide import reading, signing
from impact.review.decide.decided import decided
from impact.web.desk.decided_report import report_of
from impact.web.desk.finding import DeskFinding
from impact.web.desk.joint_review import frame
from impact.web.desk.producing import PrintedPage, produced
from impact.web.desk.wording import name_of
from impact.web.server.attachments import attachment, kind_of
from impact.web.server.session import Person, note
from impact.web.server.state import Server
from impact.web.server.templates import page

router = APIRouter(include_in_schema=False)
QUOTE = 260
RANKS = {"high": 0, "medium": 1, "low": 2}
IN_BRIEF = 8
"""Findings that are quoted on the brief, so that it stays within two pages."""

BRIEF_STYLES = ("app.css", "desk.css")


@router.get("/p/{proposal}/desk/signed/{version}")
def signed(server: Server, request: Request, person: Person, proposal: str, version: int) -> Response:
    """Give a signed version as JSON (`impact-signed/1`, docs/review.md)."""
    frozen = signing.signed_version(server.store, person, proposal, min(max(version, 1), 2**31 - 1))
    note(request, person, f"export signed-{frozen['version']}.json", proposal)
    return attachment(json.dumps(frozen, indent=1).encode(), f"signed-{frozen['version']}.json")


@router.get("/p/{proposal}/desk/brief")
def brief(request: Request, server: Server, person: Person, proposal: str, form: str = "") -> Response:
    """Show two pages to print, or give them as PDF: what stands, gravest first, what was rejected, and what is open."""
    desk = reading.open_desk(server.store, person, proposal)
    if not desk.report:
        return RedirectResponse(f"/p/{desk.proposal.id}", 303)
    report = report_of(decided(server.store, person, desk))
    note(request, person, "read brief", desk.proposal.id)
    standing = [finding for finding in report.stands if finding.is_finding]
    first = standing or [finding for finding in report.undecided if finding.is_finding]
    shown = page(
        request,
        "desk_brief.html",
        person,
        **frame(desk, person),
        report=report,
        quoted=_spread(first),
        limit=QUOTE,
        also=_tally(first),
        rejected=_tally(report.rejected),
        undecided=_tally(report.undecided),
        decided=bool(standing),
        safeguards=_tally(finding for finding in report.stands if not finding.is_finding),
        silent=_silences(report.source.report.silences),
        pdf=pdf.is_there(),
    )
    if form != "pdf":
        return shown
    styles = tuple(files("impact.web").joinpath("static", name).read_text("utf-8") for name in BRIEF_STYLES)
    return attachment(produced(PrintedPage(bytes(shown.body).decode(), styles)), "brief.pdf", kind_of("brief.pdf"))


def _spread(findings: Iterable[DeskFinding]) -> tuple[DeskFinding, ...]:
    """Return the first findings, one a mechanism, as many as the brief has room for; undecided doubtful ones last."""
    first: dict[str, DeskFinding] = {}
    for finding in sorted(findings, key=_rank):
        first.setdefault(finding.decided_label, finding)
    return tuple(first.values())[:IN_BRIEF]


def _rank(finding: DeskFinding) -> tuple[bool, int]:
    level = finding.decided_level
    return finding.decided_level_words != level, RANKS.get(level, 3)


def _tally(findings: Iterable[DeskFinding]) -> tuple[tuple[str, int], ...]:
    """Return names with how often each comes, as they first come."""
    return tuple(Counter(finding.decided_name for finding in findings).items())


def _silences(silences: Iterable[Silence]) -> tuple[tuple[str, str], ...]:
    """Return mechanisms with the safeguards that the text lacks for them."""
    lacking: dict[str, list[str]] = {}
    for silence in silences:
        lacking.setdefault(name_of(silence.mechanism), []).append(plain(name_of(silence.safeguard)))
    return tuple((name, "; ".join(safeguards)) for name, safeguards in lacking.items())[:6]
