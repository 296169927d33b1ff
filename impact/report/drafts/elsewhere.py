"""Where else a text has a power than in the clauses that the contribution quotes, and which further powers it has."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from impact.present.lists import counted, inside, listed
from impact.present.places import also_in, standing
from impact.records import Assessment, Finding, Level
from impact.report.script import DraftLine, paragraph, subheading
from impact.report.view.concerns import Concern, named_places
from impact.report.view.places import Places, in_clauses

PLACES, ALSO = 6, 3
"""Places named for one power, and beside its quotes. Source: project judgment."""


def further_powers(
    assessment: Assessment, concerns: tuple[Concern, ...], quoted: Container[str]
) -> Iterator[DraftLine]:
    """Yield the lesser powers with their places, which the discussion leaves out; not those that it has `quoted`."""
    left = [(concern, tuple(clause for clause in concern.clauses if clause.id not in quoted)) for concern in concerns]
    named = [
        f"{inside(concern.mechanism.name)} in {named_places(replace(concern, clauses=clauses), assessment, PLACES)}"
        for concern, clauses in left
        if clauses
    ]
    if named:
        yield subheading("Further powers")
        yield paragraph(f"Also found, but not discussed here: {'; '.join(named)}.")


def also_grave(assessment: Assessment, concern: Concern, quoted: Iterable[str], at: Places) -> Iterator[DraftLine]:
    """Yield where else a power is as grave, but for clauses that have neither number nor page.

    A clause that has a power beside it with which it weighs more comes first, however grave.
    """
    pairs = {name for compound in assessment.compounds if compound.firm is not Level.NONE for name in compound.findings}
    paired = _shared((rated.finding for rated in assessment.findings if rated.finding.id in pairs), at)
    grave = {rated.finding.clause for rated in concern.surest if rated.severity.level is concern.level}
    quoted_places = {at.where(clause).full for clause in quoted}
    clauses = map(at.clause, dict.fromkeys(rated.finding.clause for rated in concern.surest))
    placed = [
        clause
        for clause in clauses
        if (clause.number or at.where(clause.id).page) and at.where(clause.id).full not in quoted_places
    ]
    chosen = [clause for clause in placed if clause.id in grave or clause.number in paired]
    others = list(standing(sorted(chosen, key=lambda clause: clause.number not in paired), assessment.document))
    if not others:
        return
    numbers = {*(at.clause(clause).number for clause in quoted), *(clause.number for clause in chosen)} - {""}
    rest = (clause for clause in placed if clause not in chosen and clause.number not in numbers)
    left, as_grave = len(standing(rest, assessment.document)), all(clause.id in grave for clause in chosen)
    named = in_clauses(others[:ALSO])
    beyond = len(others[ALSO:]) + (0 if as_grave else left)
    more = [f"{beyond} more"] if beyond else []
    less = f" The power is less grave in {counted(left, 'further place')}." if left and as_grave else ""
    yield paragraph(f"{also_in(named[0])} {listed([*named, *more]).rstrip('.')}.{less}")


def _shared(findings: Iterable[Finding], at: Places) -> set[str]:
    """Return the numbers of clauses in which firm findings of more than one mechanism stand."""
    powers = {(at.clause(finding.clause).number, finding.mechanism) for finding in findings if not finding.doubtful}
    counts = Counter(number for number, _ in powers if number)
    return {number for number, count in counts.items() if count > 1}
