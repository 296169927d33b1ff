"""Where clauses stand, in words: by official number, with the page where pages mean something."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from impact.present.cleaning import clipped, plain
from impact.present.lists import ranges
from impact.records import Clause, Document

CLAUSES = "clauses "
LED = re.compile(rf"{CLAUSES}|(?:[A-Z]\.)?\d")
BARE = re.compile(r"\d+(?: \(|\Z)")
PAGE = "p. "
UNDER = "a passage under "
UNDER_SEVERAL = "passages under "
UNPLACED = "an unnumbered passage"
UNNUMBERED = "unnumbered"
TITLE = 60
"""Characters of a heading in the name of a place. Source: project judgment."""
UNBREAKABLE = re.compile(r"\b(p\.|clauses?|Annex) (?=\d|[A-Z]\b)|(?<=\w) (?=\(p\. \d)")
BRACKETED = re.compile(rf" \(({re.escape(PAGE)}[^()]*)\)(?P<more> and )?")


class PlaceKind(StrEnum):
    """What the name of a clause is: its official number, else its page, else its heading, else nothing of its own."""

    NUMBER = "number"
    PAGE = "page"
    HEADING = "heading"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PlaceName:
    """The name of a clause: "7.2.1 b)", "4", "\u201cScope\u201d" or "an unnumbered passage"."""

    kind: PlaceKind
    text: str


def number(official: str) -> str:
    """Return the official number of a clause, or words that say that there is none."""
    return plain(official).rstrip(".") or UNNUMBERED


def place_name(clause: Clause, document: Document) -> PlaceName:
    """Return the name of a clause; a page only where pages mean something to a reader."""
    if official := plain(clause.number).rstrip("."):
        return PlaceName(PlaceKind.NUMBER, official)
    if document.paged:
        return PlaceName(PlaceKind.PAGE, str(clause.page))
    if title := clipped(plain(clause.title).rstrip(" :"), TITLE):
        return PlaceName(PlaceKind.HEADING, f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}")
    return PlaceName(PlaceKind.NONE, UNPLACED)


def place(clause: Clause, document: Document) -> str:
    """Return where a clause stands: "7.2.1 b) (p. 4)", without the page where pages mean nothing to a reader.

    Without number and page it is under its heading: "a passage under \u201cScope\u201d".
    """
    name = place_name(clause, document)
    page = f" ({PAGE}{clause.page})" if document.paged else ""
    leads = {PlaceKind.PAGE: PAGE, PlaceKind.HEADING: UNDER}
    return f"{leads.get(name.kind, '')}{name.text}{page if name.kind is PlaceKind.NUMBER else ''}"


def under_once(places: Sequence[str]) -> list[str]:
    """Return places with those under headings last, led by one "passages under" where there are several."""
    headed = [place.removeprefix(UNDER) for place in places if place.startswith(UNDER)]
    rest = [place for place in places if not place.startswith(UNDER)]
    lead = UNDER if len(headed) == 1 else UNDER_SEVERAL
    return [*rest, *(f"{lead if at == 0 else ''}{place}" for at, place in enumerate(headed))]


def named(place: str) -> str:
    """Return a place with what it is before a number without a point, which says so little: "clause 5 (p. 8)"."""
    return f"clause {place}" if BARE.match(place) else place


def also_in(place: str) -> str:
    """Return "Also in", or "Also on" before a place that is a mere page."""
    return f"Also {'on' if place.startswith(PAGE) else 'in'}"


def unbroken(text: str) -> str:
    """Return a text with places in which no line ends before a page or the number of a page, a clause or an annex."""
    return UNBREAKABLE.sub(lambda match: f"{match[1] or ''}\N{NO-BREAK SPACE}", text)


def unbracketed(text: str) -> str:
    """Return a text with places as they stand in brackets: "7.2, p. 4" for "7.2 (p. 4)"."""
    return BRACKETED.sub(lambda match: f", {match[1]}{', and ' if match['more'] else ''}", text)


def bracketed(places: Iterable[str]) -> str:
    """Return several places as they stand in brackets: "clause 7.2, p. 4; clause 8, p. 5", or "clauses 7.2, 8"."""
    phrases = [unbracketed(place) for place in places]
    if not any("," in phrase for phrase in phrases):
        return ", ".join(phrases)
    if any(phrase.startswith(CLAUSES) for phrase in phrases):
        phrases = [f"clause {phrase.removeprefix(CLAUSES)}" if LED.match(phrase) else phrase for phrase in phrases]
    return "; ".join(phrases)


def standing(clauses: Iterable[Clause], document: Document) -> dict[str, Clause]:
    """Return where clauses stand, pages of one number joined, each with its first clause: "7.2 (p. 4, 9)"."""
    groups: dict[str, list[Clause]] = {}
    for clause in clauses:
        name = place_name(clause, document)
        groups.setdefault(name.text if name.kind is PlaceKind.NUMBER else place(clause, document), []).append(clause)
    return {_joined(name, group, document): group[0] for name, group in groups.items()}


def _joined(name: str, clauses: Sequence[Clause], document: Document) -> str:
    if document.paged and plain(clauses[0].number):
        return f"{name} ({PAGE}{ranges(clause.page for clause in clauses)})"
    return name
