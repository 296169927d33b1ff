"""Where clauses stand, in words: by official number, with the page where pages mean something."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from impact.present.cleaning import clipped, plain
from impact.present.lists import begun, numeral, ranges
from impact.present.naming_words import first_words, quoted
from impact.present.section_numbers import first_heading, is_appendix, number_alone, operation_of, says_section
from impact.present.words import words
from impact.records import BlockKind, Clause, Document

CLAUSE, CLAUSES, PAGE = "clause ", "clauses ", "p. "
LED = re.compile(rf"{CLAUSES}|(?:[A-Z]\.)?\d|[A-Z](?=$|, )")
NUMBERED = re.compile(r"(?:[A-Z]\.)?\d|[A-Z](?=$|, item| \()")
FIGURED = re.compile(r"(?:[A-Z]\.)?\d")
UNDER, UNDER_SEVERAL = "section ", "sections "
PART = "the "
"""What stands before the name of a part in a sentence: "the Abstract"."""
PASSAGE, ROW, OPENING = "the passage beginning ", "the table row ", "opening paragraphs"
"""What stands before the first words of a clause, or of a row; name of what stands before the first section."""
UNNUMBERED, LISTED = "unnumbered", ", item "
ITEMS = ";"
"""What stands between places of which one has a comma of its own."""
TITLE, QUESTION = 80, 200
"""Characters of a heading in the name of a place, and of one that asks something. Source: project judgment."""
OPENS = 5_000
"""Characters in which paragraphs before the first section are opening ones. Source: project judgment; a page or two."""
UNBREAKABLE = re.compile(r"\b(p\.|clauses?|Annex|Appendix) (?=\d|[A-Z]\b)|(?<=\w) (?=\(p\. \d)")
ITEM = re.compile(r"^((?:[A-Z]\.)?\d[\w.]*?|[A-Z])\.?((?: \d+\.?)+)(?=$| )")
"""The number of a clause and those of an item below it, which mere blanks would leave unclear."""
HEADED = re.compile("\\b(sections?) (\u201c)")
BRACKETED = re.compile(rf" \(({re.escape(PAGE)}[^()]*)\)(?P<more> and )?")


class PlaceKind(StrEnum):
    """What the name of a clause is: its official number, else its part, its page, its heading or its first words.

    A part is what any document may have, such as the abstract. The number may be that of a section.
    """

    NUMBER = "number"
    SECTION = "section"
    PAGE = "page"
    PART = "part"
    HEADING = "heading"
    WORDS = "words"
    ROW = "row"


PAGED = frozenset({PlaceKind.NUMBER, PlaceKind.PART})
"""Kinds of names that are followed by the page."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """The name of a clause: "7.2.1 b)", "4", "Abstract", "\u201cScope\u201d"."""

    kind: PlaceKind
    text: str


def number(official: str) -> str:
    """Return the official number of a clause, or words that say that there is none."""
    return cited_number(official) or UNNUMBERED


def cited_number(official: str) -> str:
    """Return an official number as a sentence cites it: "2.3.9, item 5.6" for "2.3.9 5. 6.", "7.2.1 b)" as it is."""
    return ITEM.sub(
        lambda found: found[1] + LISTED + ".".join(found[2].replace(".", "").split()), plain(official).rstrip(".")
    )


def place_name(clause: Clause, document: Document) -> PlaceName:
    """Return the name of a clause; a page only where pages mean something to a reader."""
    if operation := operation_of(clause.headings) if document.format == "yaml" else "":
        return PlaceName(PlaceKind.HEADING, quoted(clipped(plain(operation), TITLE)))
    below = number_alone(clause, document)
    if official := cited_number(below):
        if item := _item_alone(clause, below, document):
            return PlaceName(PlaceKind.HEADING, item)
        official = f"{'Appendix ' * is_appendix(official, clause, document)}{official}{_apart(clause, document)}"
        is_section = FIGURED.match(official) is not None and says_section(document)
        return PlaceName(PlaceKind.SECTION if is_section else PlaceKind.NUMBER, official)
    return _section_name(clause, document)


def _apart(clause: Clause, document: Document) -> str:
    """Return what tells a number from an earlier one alike: " of \u201cRules\u201d"; empty where it is the first."""
    if document.paged or not re.match(rf"{re.escape(clause.number)}~\d", clause.id):
        return ""
    title = first_heading(document)
    above = (heading for heading in map(plain, clause.headings) if heading.rstrip(" :") != title)
    outer = next((heading for heading in above if not heading[:1].isdigit()), "")
    return f" of {quoted(clipped(outer, TITLE))}" if outer else ""


def _section_name(clause: Clause, document: Document) -> PlaceName:
    """Return the name of a clause without a number."""
    whole = plain(clause.title).rstrip(" :")
    title = clipped(whole, QUESTION if whole.endswith("?") else TITLE)
    shared = is_part(title) or (not document.paged and title.casefold() in words().reading.shared)
    if shared and (above := _section_above(clause, document)):
        return PlaceName(PlaceKind.HEADING, quoted(f"{clipped(above, TITLE)}: {title}"))
    if is_part(title):
        return PlaceName(PlaceKind.PART, title.capitalize())
    if document.paged:
        return PlaceName(PlaceKind.PAGE, str(clause.page))
    if title and not _is_document_title(clause, document):
        title = begun(title) if title in words().reading.abouts else title
        return PlaceName(PlaceKind.HEADING, quoted(title))
    return _below_no_heading(clause, document)


def _item_alone(clause: Clause, below: str, document: Document) -> str:
    """Return how an item is cited whose section has no number: "\u201cScope\u201d item 2(i)"; empty for all others.

    Lists of other sections begin with the same number; where there are pages, they tell them apart.
    """
    parts = plain(below).replace(".", " ").split()
    whole = below == clause.number
    numbered = not parts or (
        whole and any(re.match(rf"{re.escape(parts[0])}(?!\w)", plain(heading)) for heading in clause.headings)
    )
    if document.paged or numbered or not clause.title or _is_document_title(clause, document):
        return ""
    name = quoted(clipped(plain(clause.title).rstrip(" :"), TITLE))
    return f"{name}{LISTED[1:]}{parts[0]}{''.join(f'({part})' for part in parts[1:])}"


def _below_no_heading(clause: Clause, document: Document) -> PlaceName:
    """Return the name of a clause without a section: that it is at the beginning, before the first; else its words.

    Those of a row of a table are its first cell.
    """
    if clause.span.start < OPENS and any(
        block.kind is BlockKind.HEADING and block.span.start >= clause.span.end for block in document.blocks
    ):
        return PlaceName(PlaceKind.PART, OPENING)
    cells = next((block.cells for block in document.blocks if block.span.covers(clause.span)), ())
    begun_cells = (document.quote(cell) for cell in cells if cell.end > clause.span.start)
    if cell := next(filter(str.strip, begun_cells), ""):
        return PlaceName(PlaceKind.ROW, quoted(first_words(plain(cell))))
    return PlaceName(PlaceKind.WORDS, quoted(first_words(plain(document.quote(clause.span)))))


def _section_above(clause: Clause, document: Document) -> str:
    """Return the heading above that of a clause, of which other parts may have one alike; empty below the title."""
    if len(clause.headings) < 2:
        return ""
    above = plain(clause.headings[-2]).rstrip(" :")
    return "" if len(clause.headings) == 2 and above == first_heading(document) else above


def _is_document_title(clause: Clause, document: Document) -> bool:
    """Return whether the only heading of a clause is the title of its document, which names no place in it."""
    if len(clause.headings) != 1 or plain(clause.headings[0]).rstrip(" :") != first_heading(document):
        return False
    return sum(block.kind is BlockKind.HEADING and block.level <= 1 for block in document.blocks) <= 1


def is_part(name: str) -> bool:
    """Return whether a name is that of a part that any document may have, without a number: "Abstract (p. 1)"."""
    return name.partition(f" ({PAGE}")[0].casefold() in words().reading.parts


def place(clause: Clause, document: Document) -> str:
    """Return where a clause stands: "7.2.1 b) (p. 4)", without the page where pages mean nothing to a reader.

    Without number and page it is its section, or its first words: "Abstract", "section \u201cScope\u201d".
    """
    name = place_name(clause, document)
    page = f" ({PAGE}{clause.page})" if document.paged else ""
    leads = {PlaceKind.SECTION: UNDER, PlaceKind.PAGE: PAGE, PlaceKind.HEADING: UNDER}
    leads |= {PlaceKind.WORDS: PASSAGE, PlaceKind.ROW: ROW}
    return f"{leads.get(name.kind, '')}{name.text}{page if name.kind in PAGED else ''}"


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A place in a list: its position among the places given, the words before it, and what is left to name it."""

    at: int
    before: str
    name: str

    @property
    def lead(self) -> str:
        """The words before it as `unbroken` leaves them."""
        return unbroken(f"{self.before}{self.name}")[: len(self.before)]


def arranged(places: Sequence[str], more: int = 0) -> list[ListedPlace]:
    """Return places as a sentence lists them: "clauses 4 and 5 (p. 2), the Abstract, and section \u201cScope\u201d".

    Args:
        places: As `place` names them.
        more: How many further ones the sentence goes on to count, so that the last of these has no "and" before it.
    """
    numbered = [at for at, name in enumerate(places) if NUMBERED.match(name)]
    sections = [at for at, name in enumerate(places) if name.startswith(UNDER)]
    figured = [at for at in sections if FIGURED.match(places[at], len(UNDER))]
    headed = [at for at in sections if at not in figured]
    others = [at for at in range(len(places)) if at not in {*numbered, *sections}]
    between = [PART if is_part(places[at]) else "" for at in others]
    under = [UNDER_SEVERAL if len(group) > 1 else UNDER for group in (figured, headed)]
    leads = [CLAUSES if len(numbered) > 1 else CLAUSE, under[0], *between, under[1]]
    groups = [numbered, figured, *([at] for at in others), headed]
    filled = [(lead, group) for lead, group in zip(leads, groups, strict=True) if group]
    comma = "" if len(filled) < 2 or all(len(group) < 2 for _, group in filled) else ITEMS if has_items(places) else ","
    out: list[ListedPlace] = []
    for number, (lead, group) in enumerate(filled, 1):
        outer = _glue(number, len(filled), more, comma)
        inner = ITEMS * has_items([places[at] for at in group])
        for position, at in enumerate(group, 1):
            left = more * (len(filled) == 1)
            before = f"{outer}{lead}" if position == 1 else _glue(position, len(group), left, inner)
            out.append(ListedPlace(at, before, places[at].removeprefix(UNDER)))
    return out


def _glue(position: int, count: int, more: int, comma: str = "") -> str:
    """Return what stands before an item of a list, or of a list of lists with commas of their own."""
    if position == 1:
        return ""
    if position == count and not more:
        return f"{comma} and "
    return f"{comma} " if comma == ITEMS else ", "


def placed(places: Sequence[str], more: int = 0) -> str:
    """Return places as `arranged` lists them, and how many more there are: "clauses 4, 5 and three more"."""
    return "".join(f"{place.before}{place.name}" for place in arranged(places, more)) + (
        f"{ITEMS * has_items(places)} and {numeral(more)} more" * (more > 0)
    )


def has_items(places: Iterable[str]) -> bool:
    """Return whether one of the places is an item with a comma of its own: "2.3.9, item 6"."""
    return any(LISTED in place for place in places)


def named(place: str) -> str:
    """Return a place with what it is before a mere number: "clause 5.1 (p. 8)"."""
    return f"{CLAUSE}{place}" if NUMBERED.match(place) else place


def within(*places: str) -> str:
    """Return "in", or "on" before places that are mere pages."""
    return "on" if all(place.startswith(PAGE) for place in places) else "in"


def with_article(places: str) -> str:
    """Return places as a sentence has them: "the section \u201cScope\u201d" for "section \u201cScope\u201d"."""
    return HEADED.sub(r"the \1 \2", places)


def also_in(place: str) -> str:
    """Return "Also in", or "Also on" before a place that is a mere page."""
    return f"Also {within(place)}"


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
        groups.setdefault(name.text if name.kind in PAGED else place(clause, document), []).append(clause)
    return {_joined(name, group, document): group[0] for name, group in groups.items()}


def _joined(name: str, clauses: Sequence[Clause], document: Document) -> str:
    if document.paged and (plain(clauses[0].number) or is_part(name)):
        return f"{name} ({PAGE}{ranges(clause.page for clause in clauses)})"
    return name
