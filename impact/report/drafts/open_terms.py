"""What a review says of weak and open wording, the clauses of one matter under one quote of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from impact.present.lists import inside, listed
from impact.present.places import also_in
from impact.records import Cited, OpenTerm, SafeguardGap, SafeguardStanding
from impact.report.annex.openness import OTHERS, cited, further, gaps_alike
from impact.report.quotes.abridged import abridged
from impact.report.quotes.quote import Piece
from impact.report.script import DraftLine, heading, paragraph, quote
from impact.report.view.places import Location, Places, in_clauses
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Taxonomy

MOST_LOOSE = 14
SHORT = 240


def loose(subject: ReportSubject) -> Iterator[DraftLine]:
    """Yield what is weak, ruled out or open: what is said of the same clauses under one quote of them."""
    advice, at, taxonomy = subject.advice, subject.at, subject.taxonomy
    weak = gaps_alike(advice.gaps)
    if weak or advice.open_terms:
        yield heading("Weak and open wording")
    for group in weak:
        yield _passage(cited(cite for gaps in group for cite in gaps[0].cites)[0], at)
        yield paragraph(_unbound(group, taxonomy), "Impact")
    by_question: dict[tuple[str, str], list[OpenTerm]] = {}
    for term in advice.open_terms[:MOST_LOOSE]:
        by_question.setdefault((term.name, term.ask), []).append(term)
    groups: dict[tuple[str, frozenset[str]], list[OpenTerm]] = {}
    for (name, _), terms in by_question.items():
        groups.setdefault((name, frozenset(term.cites[0].clause for term in terms)), []).extend(terms)
    quoted, grounds = set[str](), set[str]()
    for (name, _), terms in groups.items():
        for line in _opened(name, terms, taxonomy, at, grounds):
            words = "".join(run.text for run in line.runs)
            yield _again(line) if words and words in quoted else line
            quoted.add(words)


def _opened(name: str, terms: list[OpenTerm], taxonomy: Taxonomy, at: Places, grounds: set[str]) -> Iterator[DraftLine]:
    """Yield the clauses quoted for some loose ends of one kind, why they matter, and what to ask.

    Why is said once: `grounds` holds what was said, and grows.
    """
    quoted = cited(term.cites[0] for term in terms)
    yield from (_passage(passage, at) for passage in quoted)
    cites = list({cite.clause: cite for term in terms for cite in reversed(term.cites)}.values())
    others = further(cites, quoted, at)
    beside = f" {also(others[:OTHERS], max(0, len(others) - OTHERS))}" if others else ""
    powers = dict.fromkeys(inside(taxonomy.mechanisms[term.mechanism].name) for term in terms if term.mechanism)
    about = f"{name}: {'; '.join(powers)}" if powers else name
    ground = "" if terms[0].ground in grounds else f" {terms[0].ground}"
    grounds.add(terms[0].ground)
    yield paragraph(f"{about}.{ground}{beside}", "Impact")
    for ask in dict.fromkeys(term.ask for term in terms):
        yield paragraph(ask, "Question")


def _again(line: DraftLine) -> DraftLine:
    """Return a quote of words that are quoted above: only those that are marked."""
    marked = " \u2026 ".join(run.text for run in line.runs if run.marked)
    again = Piece(marked or abridged(line.runs))
    return replace(line, label=f"{line.label}, quoted above", runs=(again,), stem="", code=False)


def _passage(cited: Cited, at: Places) -> DraftLine:
    where, runs = at.passage(cited.clause, cited.evidence, SHORT)
    return quote(where, at.clause(cited.clause), runs, at.stem(cited.clause))


def _unbound(group: list[list[SafeguardGap]], taxonomy: Taxonomy) -> str:
    """Return what the text does with safeguards that it rules out, or that bind nobody."""
    first, several = group[0][0], len(group) > 1
    names = listed([taxonomy.safeguards[gaps[0].safeguard].phrase for gaps in group])
    powers = listed([inside(taxonomy.mechanisms[gap.mechanism].name) for gap in group[0]])
    if first.standing is SafeguardStanding.DENIED:
        return f"The text excludes {names}, which would counter {powers}."
    guards = "are safeguards" if several else "is a safeguard"
    them = "them" if several else "it"
    capital = f"{names[:1].upper()}{names[1:]}"
    return f"{capital} {guards} against {powers}, but the text does not make {them} binding ({listed(first.weak)})."


def also(others: Sequence[Location], more: int) -> str:
    """Return where else something stands."""
    places = ", ".join(in_clauses([place.full for place in others])) + (f" and {more} more" if more else "")
    return f"{also_in(others[0].full)} {places}."
