"""The annex of `report.md`, printed on request."""

from collections.abc import Iterable, Iterator

from impact.present.escaping import escaped
from impact.present.lists import counted, listed
from impact.present.places import named
from impact.present.words import words
from impact.records import Advice, Assessment
from impact.report.annex.openness import open_wordings, weak_safeguards
from impact.report.annex.recognition import recognized
from impact.report.markdown.guideline_answers import guideline_lines
from impact.report.markdown.raised import marked_run, raised_lines
from impact.report.quotes.ledger import QuoteLedger
from impact.report.view.amendments import amendment_views
from impact.report.view.concerns import Concern
from impact.report.view.figures import figures_of, performance
from impact.report.view.places import Location
from impact.report.view.subject import ReportSubject

MOST_GROUPS = 8
MOST_WEAK = 4
MOST_WORDINGS = 6
MOST_CHANGES = 5


def annex(subject: ReportSubject, ledger: QuoteLedger) -> Iterator[list[str]]:
    """Yield the sections of the annex."""
    yield titled("Annex: people affected, as named in the text", _affected(subject.advice))
    yield titled("Annex: guideline answers (RFC 9620, section 4)", guideline_lines(subject))
    yield titled("Annex: open-ended wording", _open(subject))
    yield titled("Annex: possible amendments", _changes(subject))
    yield titled(words().raised.title, raised_lines(subject, ledger))
    yield titled("Annex: measured performance", _measured(subject.assessment, subject.concerns))


def titled(title: str, lines: Iterable[str]) -> list[str]:
    """Return the lines of a section below its title; none where it says nothing."""
    body = list(lines)
    return [f"## {title}", "", *body] if body else []


def left(count: int, noun: str, plural: str = "") -> Iterator[str]:
    """Yield how many more there are in the page, if any."""
    if count > 0:
        yield f"- {counted(count, noun, plural)} in the HTML page (format html)"


def _affected(advice: Advice) -> Iterator[str]:
    for group in advice.affected[:MOST_GROUPS]:
        yield f"- {group.name}: {counted(len(group.findings), 'finding')}"


def _open(subject: ReportSubject) -> Iterator[str]:
    weak, loose = weak_safeguards(subject), open_wordings(subject)
    for gap in weak[:MOST_WEAK]:
        yield f"- {gap.name}: {gap.how} See {_named(gap.places)}."
    for wording in loose[:MOST_WORDINGS]:
        names = [f"\u201c{escaped(actor)}\u201d" for actor in wording.subjects]
        actors = f": {listed(names)}" if names else ""
        yield f"- {wording.title}{actors}: {_named(wording.places)}"
    remaining = len(subject.advice.open_terms) - sum(len(wording.asks) for wording in loose[:MOST_WORDINGS])
    yield from left(len(weak[MOST_WEAK:]) + remaining, "further entry", "further entries")


def _named(where: tuple[Location, ...]) -> str:
    more = f" and {len(where) - 4} more" if len(where) > 4 else ""
    return ", ".join(escaped(named(location.full)) for location in where[:4]) + more


def _changes(subject: ReportSubject) -> Iterator[str]:
    changes = amendment_views(subject)
    for concern in subject.firm[:MOST_CHANGES]:
        for change in changes.get(concern.mechanism.id, ())[:1]:
            marked = "".join(map(marked_run, change.parts))
            yield f"- {escaped(change.where.full)}, {change.edit[:1].lower()}{change.edit[1:]} ({change.safeguard}):"
            yield f"  > {marked}"
    shown = sum(bool(changes.get(concern.mechanism.id)) for concern in subject.firm[:MOST_CHANGES])
    yield from left(sum(map(len, changes.values())) - shown, "further change")


def _measured(assessment: Assessment, concerns: tuple[Concern, ...]) -> Iterator[str]:
    yield performance(figures_of(assessment))
    if by_mechanism := recognized(assessment, concerns):
        yield by_mechanism
