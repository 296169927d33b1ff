"""What the text leaves open, as reports show it: safeguards that bind nobody, and words that leave a power open."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from impact.present.lists import inside, listed
from impact.records import Cited, OpenTerm, SafeguardGap, SafeguardStanding, Span, merged
from impact.report.quotes.quote import Piece
from impact.report.view.places import Location, Places
from impact.report.view.subject import ReportSubject

QUOTES = 2
LIMIT = 300
ENTRIES = 12
OTHERS = 12

Quotation = tuple[Location, tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class WeakSafeguard:
    """What no clause makes binding although clauses speak of it: one safeguard, or several of the same clauses.

    Attributes:
        powers: Name and anchor of each power found that it would match, gravest first.
        power: The clause that shows the gravest of them.
        quotes: A few of the clauses that speak of the safeguard, the weak words marked.
        places: Places of all, in the order of the text.
        denied: Whether the text rules the safeguard out at the gravest of them.
    """

    name: str
    several: bool
    how: str
    powers: tuple[tuple[str, str], ...]
    power: Quotation
    quotes: tuple[Quotation, ...]
    others: tuple[Location, ...]
    places: tuple[Location, ...]
    denied: bool


@dataclass(frozen=True, slots=True)
class OpenWording:
    """Words that leave a power open, quoted with what to ask; several actors where the same clauses name them.

    Attributes:
        title: What is open; for powers without an end or conditions with the name of the power.
        loose: The advice it shows, or the first of several.
        subjects: The actors; empty for other kinds.
        asks: What to ask, of each actor.
        quotes: A few of its clauses, the words marked.
        others: Places of some further clauses.
        more: How many places are neither quoted nor named.
        places: Places of all, in the order of the text.
    """

    title: str
    loose: OpenTerm
    subjects: tuple[str, ...]
    asks: tuple[str, ...]
    quotes: tuple[Quotation, ...]
    others: tuple[Location, ...]
    more: int
    places: tuple[Location, ...]


def weak_safeguards(subject: ReportSubject) -> tuple[WeakSafeguard, ...]:
    """Return the safeguards that are left out in words or weakly worded, those of the gravest powers first."""
    return tuple(_unbinding(group, subject) for group in gaps_alike(subject.advice.gaps))


def gaps_alike(gaps: Iterable[SafeguardGap]) -> list[list[list[SafeguardGap]]]:
    """Return what is not merely absent by safeguard, with those together that the same clauses treat alike."""
    by_safeguard: dict[str, list[SafeguardGap]] = {}
    for gap in gaps:
        if gap.standing is not SafeguardStanding.ABSENT and not gap.stated_by_power:
            by_safeguard.setdefault(gap.safeguard, []).append(gap)
    groups: dict[Hashable, list[list[SafeguardGap]]] = {}
    for gaps_of_safeguard in by_safeguard.values():
        first = gaps_of_safeguard[0]
        powers = tuple(gap.mechanism for gap in gaps_of_safeguard)
        clauses = frozenset(cite.clause for cite in first.cites)
        groups.setdefault((powers, first.standing, first.weak, first.power, clauses), []).append(gaps_of_safeguard)
    return list(groups.values())


def cited(cites: Iterable[Cited]) -> list[Cited]:
    """Return citations of clauses, each clause once with all that is marked in it."""
    marks: dict[str, list[Span]] = {}
    for cite in cites:
        marks.setdefault(cite.clause, []).extend(cite.evidence)
    return [Cited(clause, tuple(merged(spans))) for clause, spans in marks.items()]


def open_wordings(subject: ReportSubject) -> tuple[OpenWording, ...]:
    """Return the loose ends, of at most `ENTRIES`, in the order of the advice; actors of the same clauses together."""
    groups: dict[Hashable, list[OpenTerm]] = {}
    for term in subject.advice.open_terms[:ENTRIES]:
        clauses = frozenset(cite.clause for cite in term.cites)
        groups.setdefault((term.kind, clauses) if term.subject else term, []).append(term)
    return tuple(_open(group, subject) for group in groups.values())


def further(cites: Sequence[Cited], quoted: Sequence[Cited], at: Places) -> list[Location]:
    """Return where the clauses stand that are cited and not quoted, in the order of the text, a number once."""
    shown = {at.where(cited.clause).full for cited in quoted}
    return list(at.of(cite.clause for cite in cites if at.where(cite.clause).full not in shown))


def _unbinding(group: list[list[SafeguardGap]], subject: ReportSubject) -> WeakSafeguard:
    at, taxonomy = subject.at, subject.taxonomy
    first, several = group[0][0], len(group) > 1
    names = [taxonomy.safeguards[gaps[0].safeguard].name for gaps in group]
    powers = tuple((inside(taxonomy.mechanisms[gap.mechanism].name), f"m-{gap.mechanism}") for gap in group[0])
    cites = cited(cite for gaps in group for cite in gaps[0].cites)
    return WeakSafeguard(
        name="; ".join([names[0], *map(inside, names[1:])]),
        several=several,
        how=_how(first, "them" if several else "it"),
        powers=powers,
        power=_line(first.power, at),
        quotes=tuple(_line(cite, at) for cite in cites[:QUOTES]),
        others=tuple(further(cites, cites[:QUOTES], at)[:OTHERS]),
        places=at.of(cite.clause for cite in cites),
        denied=first.standing is SafeguardStanding.DENIED,
    )


def _how(gap: SafeguardGap, it: str) -> str:
    if gap.standing is SafeguardStanding.WEAK:
        return f"Each clause that provides {it} uses weak words: {listed(gap.weak)}."
    if gap.standing is SafeguardStanding.DENIED:
        return f"No clause provides {it}, and the text excludes {it} where it provides for the power."
    be = "they are" if it == "them" else "it is"
    return f"No clause provides {it}; where the text refers to {it}, {be} {listed(gap.weak)}."


def _open(group: Sequence[OpenTerm], subject: ReportSubject) -> OpenWording:
    at, mechanisms = subject.at, subject.taxonomy.mechanisms
    first, cites = group[0], cited(cite for term in group for cite in term.cites)
    title = f"{first.name}: {inside(mechanisms[first.mechanism].name)}" if first.mechanism else first.name
    quoted = cites[:QUOTES]
    others = further(cites, quoted, at)
    return OpenWording(
        title=title,
        loose=first,
        subjects=tuple(term.subject for term in group if term.subject),
        asks=tuple(term.ask for term in group),
        quotes=tuple(_line(cite, at) for cite in quoted),
        others=tuple(others[:OTHERS]),
        more=max(0, len(others) - OTHERS),
        places=at.of(cite.clause for cite in cites),
    )


def _line(cited: Cited, at: Places) -> Quotation:
    return at.passage(cited.clause, cited.evidence, LIMIT)
