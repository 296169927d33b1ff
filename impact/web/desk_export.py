"""The decided report as one file, and the brief of two pages: what stands, what was rejected and what is undecided."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from impact.records import Strength
from impact.report.cleaning import plain
from impact.report.words import counted
from impact.review import reading, signing
from impact.review.decision import Action, Correction, Kind
from impact.review.people import User
from impact.review.reading import Desk
from impact.review.subject import Subject, added, passages, subjects
from impact.taxonomy import load
from impact.web.desk_together import tabs
from impact.web.desk_view import is_paged, quote_of
from impact.web.desk_words import Run, corrected, level_of, name_of, place
from impact.web.doors import SANDBOXED
from impact.web.pages import environment, page
from impact.web.proposal import attachment
from impact.web.site import Here
from impact.web.visitor import Person, note

router = APIRouter(include_in_schema=False)
QUOTE, BRIEF_QUOTE = 900, 260
RANKS = {"high": 0, "medium": 1, "low": 2}
IN_BRIEF = 8
"""Findings that are quoted on the brief, so that it stays within two pages."""


@dataclass(frozen=True, slots=True)
class Row:
    """A finding or safeguard with what holds for it.

    Attributes:
        level: That of a reviewer's numbers where there are some, else the program's.
        by: Names of those whose word it is; `notes`, name and words of each.
    """

    name: str
    label: str
    place: str
    level: str
    quote: tuple[Run, ...]
    enables: str
    ask: str
    verdict: str
    text: str
    correction: str
    by: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    guard: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A report as far as it is decided.

    Attributes:
        stands, rejected, undecided: Findings and safeguards, gravest first.
        version: 0 where nothing is signed; `signatures`, names and times.
    """

    report: Mapping[str, Any]
    stands: tuple[Row, ...]
    rejected: tuple[Row, ...]
    undecided: tuple[Row, ...]
    version: int
    signatures: tuple[tuple[str, str], ...]
    digest: str

    @property
    def counts(self) -> str:
        """The three numbers in words."""
        return (
            f"{counted(len(self.stands), 'item')} decided to stand, {len(self.rejected)} rejected, "
            f"{len(self.undecided)} undecided"
        )


@router.get("/p/{proposal}/desk/report")
def report(here: Here, request: Request, person: Person, proposal: str, version: int = 0, save: int = 0) -> Response:  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    """Give the decided report as one HTML file: as signed, or as it stands where `version` is 0."""
    desk, made = _decided(here, person, proposal, version, QUOTE)
    text = environment().get_template("desk_export.html").render(made=made, one=desk.proposal, style=_style())
    data, name = text.encode("utf-8", "replace"), f"decided-{made.version or 'draft'}.html"
    note(request, person, f"export {name}", desk.proposal.id)
    if save:
        return attachment(data, name)
    return Response(data, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": SANDBOXED})


@router.get("/p/{proposal}/desk/signed/{version}")
def signed(here: Here, request: Request, person: Person, proposal: str, version: int) -> Response:
    """Give a signed version as JSON (`impact-signed/1`, docs/review.md)."""
    held = signing.frozen(here.store, person, proposal, min(max(version, 1), 2**31 - 1))
    note(request, person, f"export signed-{held['version']}.json", proposal)
    return attachment(json.dumps(held, indent=1).encode(), f"signed-{held['version']}.json")


@router.get("/p/{proposal}/desk/brief")
def brief(request: Request, here: Here, person: Person, proposal: str) -> Response:
    """Show two pages to print: what stands, gravest first, what was rejected, and what is open."""
    desk = reading.desk(here.store, person, proposal)
    if not desk.report:
        return RedirectResponse(f"/p/{desk.proposal.id}", 303)
    latest = _latest_signed(desk)
    desk, made = _decided(here, person, proposal, latest, BRIEF_QUOTE)
    note(request, person, "read brief", desk.proposal.id)
    return _brief_page(request, person, desk, made)


def _brief_page(request: Request, person: User, desk: Desk, made: Decided) -> HTMLResponse:
    waiting = [one for one in made.undecided if not one.guard]
    first = [one for one in made.stands if not one.guard] or waiting
    return page(
        request,
        "desk_brief.html",
        person,
        one=desk.proposal,
        base=f"/p/{desk.proposal.id}/desk",
        tabs=tabs(desk, person),
        made=made,
        quoted=_spread(first),
        also=_tally(first),
        rejected=_tally(made.rejected),
        undecided=_tally(made.undecided),
        decided=any(not one.guard for one in made.stands),
        guards=_tally(one for one in made.stands if one.guard),
        silent=_silences(made.report),
    )


def _decided(here: Here, person: User, proposal: str, version: int, limit: int) -> tuple[Desk, Decided]:
    """Return the desk and what is decided: as signed under a version, or as it stands for this person (0)."""
    desk = reading.desk(here.store, person, proposal)
    if not version:
        held = {name: (one.standing, one.by) for name, one in desk.finals.items()} or {
            name: (one, (one.by,)) for name, one in desk.own.items()
        }
        rows = [
            _row(one, {**_said(held[one.id][0]), "by": held[one.id][1]} if one.id in held else {}, desk.report, limit)
            for one in desk.subjects
        ]
        return desk, _sorted(desk.report, rows, 0, (), "")
    frozen = signing.frozen(here.store, person, desk.proposal.id, min(max(version, 1), 2**31 - 1))
    told = {one["subject"]: _thawed(one) for one in frozen["holds"]}
    rows = [_row(one, told.get(one.id, {}), frozen["report"], limit) for one in _subjects(frozen)]
    names = tuple((one["name"], one["time"]) for one in frozen["signatures"])
    return desk, _sorted(frozen["report"], rows, frozen["version"], names, frozen["digest"])


def _subjects(frozen: Mapping[str, Any]) -> tuple[Subject, ...]:
    """Return the subjects of a frozen report with those that reviewers added."""
    listed = {one.id: one for one in subjects(frozen["report"])}
    places = passages(frozen["report"])
    missed = {one["subject"] for one in frozen["events"] if one["action"] == Action.ADD}
    for one in frozen["holds"]:
        if one["subject"] in missed and one["clause"] in places:
            made = added(places[one["clause"]], one["subject"], one["label"], Kind(one["kind"]))
            listed.setdefault(one["subject"], made)
    return tuple(listed.values())


def _said(standing: Any) -> dict[str, Any]:
    return {
        "verdict": standing.verdict.value,
        "text": standing.text,
        "correction": corrected(standing.correction),
        "level": level_of(standing.correction),
        "notes": standing.notes,
    }


def _thawed(row: Mapping[str, Any]) -> dict[str, Any]:
    fix = row["correction"]
    strength = Strength(fix["strength"]) if fix["strength"] else None
    correction = Correction(fix["label"], tuple(fix["severity"]) if fix["severity"] else None, strength)
    notes = tuple((one["name"], one["text"]) for one in row["notes"])
    return {
        **row,
        "correction": corrected(correction),
        "level": level_of(correction),
        "notes": notes,
        "by": tuple(row["by"]),
    }


def _row(one: Subject, told: Mapping[str, Any], report_: Mapping[str, Any], limit: int) -> Row:
    mechanism = load().mechanisms.get(one.label)
    return Row(
        name=name_of(one.label),
        label=one.label,
        place=place(one.number, one.page, paged=is_paged(report_)),
        level=told.get("level") or (one.level.value if one.level else ""),
        quote=quote_of(one, limit),
        enables=f"The clause may enable {mechanism.enables}." if mechanism else "",
        ask=mechanism.questions[0] if mechanism else "",
        verdict=told.get("verdict", "undecided"),
        text=told.get("text", ""),
        correction=told.get("correction", ""),
        by=tuple(told.get("by", ())),
        notes=tuple(told.get("notes", ())),
        guard=one.kind is Kind.SAFEGUARD,
        doubtful=one.doubtful,
    )


def _sorted(
    report_: Mapping[str, Any], rows: Iterable[Row], version: int, names: tuple[tuple[str, str], ...], digest: str
) -> Decided:
    kept: dict[str, list[Row]] = {"stands": [], "rejected": [], "undecided": []}
    for one in rows:
        kept[one.verdict if one.verdict in kept else "stands"].append(one)
    return Decided(
        report_, tuple(kept["stands"]), tuple(kept["rejected"]), tuple(kept["undecided"]), version, names, digest
    )


def _latest_signed(desk: Desk) -> int:
    last = desk.signatures[-1] if desk.signatures else None
    return last.version if last and all(one.seq < last.seq for one in desk.events) else 0


def _spread(rows: list[Row]) -> tuple[Row, ...]:
    """Return the first findings, one of a mechanism, as many as the brief has room for."""
    first: dict[str, Row] = {}
    for one in sorted(rows, key=lambda one: (RANKS.get(one.level, 3), one.doubtful)):
        first.setdefault(one.label, one)
    return tuple(first.values())[:IN_BRIEF]


def _tally(rows: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    """Return names with how often each comes, as they first come."""
    made: dict[str, int] = {}
    for one in rows:
        made[one.name] = made.get(one.name, 0) + 1
    return tuple(made.items())


def _silences(report_: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return mechanisms with the safeguards that the text lacks for them."""
    made: dict[str, list[str]] = {}
    for one in report_.get("silences", ()):
        made.setdefault(name_of(one["mechanism"]), []).append(plain(name_of(one["safeguard"])))
    return tuple((name, "; ".join(each)) for name, each in made.items())[:6]


@cache
def _style() -> Markup:
    return Markup(files("impact.web").joinpath("static", "desk_export.css").read_text("utf-8"))  # noqa: S704 (our own file)
