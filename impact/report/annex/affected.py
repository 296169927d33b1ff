"""Groups of people by mechanisms found."""

from dataclasses import dataclass

from impact.present.cleaning import clipped, plain
from impact.present.lists import inside
from impact.records import Affected, Cited, Reach, Span
from impact.report.view.places import Location, Places
from impact.report.view.subject import ReportSubject

PLACES, LIMIT = 2, 60
"""Places of a group that are named, and characters of the words that name it there."""

NEAR = {"clause": "in the clause", "heading": "in a heading over it", "title": "in the title alone"}


@dataclass(frozen=True, slots=True)
class AffectedRow:
    """One group: a cell a concern ("clause", "heading", "title" or ""), the number of findings, and what names it.

    `near` says in words what all cells say ("in the clause") or is empty; then `powers` say it one by one.
    """

    name: str
    source: str
    cells: tuple[str, ...]
    near: str
    powers: tuple[str, ...]
    findings: int
    named: tuple[tuple[Location, str], ...]


def affected_rows(subject: ReportSubject) -> tuple[AffectedRow, ...]:
    """Return one row a group, in the order of the advice; each cell says where the group is named nearest."""
    return tuple(_row(subject, group) for group in subject.advice.affected)


def _row(subject: ReportSubject, group: Affected) -> AffectedRow:
    reach, text, at, concerns = dict(group.findings), subject.assessment.document.text, subject.at, subject.firm
    order = list(Reach)
    cells = []
    for concern in concerns:
        reaches = [reach[judged.finding.id] for judged in concern.findings if judged.finding.id in reach]
        cells.append(min(reaches, key=order.index).value if reaches else "")
    ordered = sorted(group.cites, key=lambda cite: _naming(cite, at) != at.clause(cite.clause).span)
    names = tuple((at.where(cite.clause), _names(cite, text)) for cite in ordered[:PLACES])
    alike = len(near := {cell for cell in cells if cell}) == 1
    powers = (
        inside(concern.mechanism.name) + ("" if alike else f" ({NEAR[cell]})")
        for concern, cell in zip(concerns, cells, strict=True)
        if cell
    )
    named = NEAR[near.pop()] if alike else ""
    return AffectedRow(group.name, group.source, tuple(cells), named, tuple(powers), len(group.findings), names)


def _names(cite: Cited, text: str) -> str:
    """Return the words that name a group, different ones once."""
    names = dict.fromkeys(plain(span.of(text)) for span in cite.evidence)
    return clipped(", ".join(names), LIMIT)


def _naming(cite: Cited, at: Places) -> Span:
    """Return the words that name a group: those of the clause, or those of its stem where the clause does not."""
    clause = at.clause(cite.clause)
    is_in_clause = any(span.meets(clause.span) for span in cite.evidence)
    return clause.span if is_in_clause or clause.stem is None else clause.stem
