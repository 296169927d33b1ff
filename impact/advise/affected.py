"""Who is affected: groups of people whom the text names where it proposes a power, from a documented vocabulary."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from impact.advise.context import Context
from impact.advise.phrases import meant
from impact.records import Affected, Cited, Clause, Reach, Span
from impact.typed import load


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """A group of people and the words that stand for it, see affected.toml."""

    id: str
    name: str
    source: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()

    def named_in(self, text: str, span: Span) -> tuple[Span, ...]:
        """Return where a text names the group within a span: words that mean nothing else there."""
        return meant(self.words, self.unless, text, span)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    groups: dict[str, PeopleGroup]


@cache
def groups() -> tuple[PeopleGroup, ...]:
    """Return the vocabulary, in the order of the file."""
    return tuple(load(_Vocabulary, "impact.advise", "affected.toml").groups.values())


def affected_by(context: Context) -> tuple[Affected, ...]:
    """Return the groups that the text names in the clause, the headings or the title over a finding.

    Groups named in the clause of a finding come first, then those with more findings, then the order of the vocabulary.
    """
    affected = [group for group in (_affected(group, context) for group in groups()) if group]
    return tuple(sorted(affected, key=lambda group: (-len(group.named), -len(group.findings))))


def _affected(group: PeopleGroup, context: Context) -> Affected | None:
    places = group.named_in(context.text, Span(0, len(context.text)))
    findings = [(rated.finding, context.clause_of(rated)) for rated in context.assessment.findings]
    headed = {headings: _in_titles(group, headings) for headings in {clause.headings for _, clause in findings}}
    in_title = _in_titles(group, [context.assessment.proposal.title])
    reach: list[tuple[str, Reach]] = []
    cites: dict[str, Cited] = {}
    for finding, clause in findings:
        if spans := _in_clause(places, clause):
            reach.append((finding.id, Reach.CLAUSE))
            cites[clause.id] = Cited(clause.id, spans)
        elif headed[clause.headings]:
            reach.append((finding.id, Reach.HEADING))
        elif in_title:
            reach.append((finding.id, Reach.TITLE))
    return Affected(group.id, group.name, group.source, tuple(cites.values()), tuple(reach)) if reach else None


def _in_clause(places: Sequence[Span], clause: Clause) -> tuple[Span, ...]:
    """Return those of all places, in the order of the text, that lie in a clause or in its stem."""
    stem = _inside(places, clause.stem) if clause.stem else ()
    return tuple(sorted({*stem, *_inside(places, clause.span)}))


def _inside(places: Sequence[Span], span: Span) -> Sequence[Span]:
    first = bisect_left(places, span.start, key=lambda place: place.start)
    last = bisect_left(places, span.end, key=lambda place: place.start)
    return [place for place in places[first:last] if span.covers(place)]


def _in_titles(group: PeopleGroup, titles: Iterable[str]) -> bool:
    return any(group.named_in(title, Span(0, len(title))) for title in titles)
