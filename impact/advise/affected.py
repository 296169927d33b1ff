"""Who is affected: groups of people whom the text names where it proposes a power, from a documented vocabulary."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from impact.advise.phrases import meant
from impact.records import Affected, Assessment, Cited, Clause, Reach, Span
from impact.typed import load


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people and the words that stand for it, see affected.toml."""

    id: str
    name: str
    source: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    groups: dict[str, Group]


@cache
def groups() -> tuple[Group, ...]:
    """Return the vocabulary, in the order of the file.

    Raises:
        DataError: If the file is damaged.
    """
    return tuple(load(_Vocabulary, "impact.advise", "affected.toml").groups.values())


def affected_by(assessment: Assessment) -> tuple[Affected, ...]:
    """Return the groups that the text names in the clause, the headings or the title over a finding.

    Groups named in the clause of a finding come first, then those with more findings, then the order of the vocabulary.
    """
    found = [one for group in groups() if (one := _affected(group, assessment))]
    return tuple(sorted(found, key=lambda one: (-len(one.named), -len(one.findings))))


def named(group: Group, text: str, span: Span) -> tuple[Span, ...]:
    """Return where a text names a group within a span: words of the group that mean nothing else there."""
    return meant(group.words, group.unless, text, span)


def _affected(group: Group, assessment: Assessment) -> Affected | None:
    text, title = assessment.document.text, assessment.proposal.title
    every = named(group, text, Span(0, len(text)))
    under = {
        headings: _says(group, headings)
        for headings in {assessment.clause(rated.finding.clause).headings for rated in assessment.findings}
    }
    everywhere = _says(group, [title])
    reach: list[tuple[str, Reach]] = []
    cites: dict[str, Cited] = {}
    for rated in assessment.findings:
        clause = assessment.clause(rated.finding.clause)
        if spans := _in_clause(every, clause):
            reach.append((rated.finding.id, Reach.CLAUSE))
            cites[clause.id] = Cited(clause.id, spans)
        elif under[clause.headings]:
            reach.append((rated.finding.id, Reach.HEADING))
        elif everywhere:
            reach.append((rated.finding.id, Reach.TITLE))
    return Affected(group.id, group.name, group.source, tuple(cites.values()), tuple(reach)) if reach else None


def _in_clause(every: Sequence[Span], clause: Clause) -> tuple[Span, ...]:
    """Return those of all places, in the order of the text, that lie in a clause or in its stem."""
    stem = _inside(every, clause.stem) if clause.stem else ()
    return tuple(sorted({*stem, *_inside(every, clause.span)}))


def _inside(every: Sequence[Span], span: Span) -> Sequence[Span]:
    first = bisect_left(every, span.start, key=lambda one: one.start)
    last = bisect_left(every, span.end, key=lambda one: one.start)
    return [one for one in every[first:last] if span.covers(one)]


def _says(group: Group, titles: Iterable[str]) -> bool:
    return any(named(group, title, Span(0, len(title))) for title in titles)
