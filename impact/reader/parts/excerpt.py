"""The clauses of a document that are read together: all where they fit, else those that matter most, in parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from impact.reader.inquiry import LONGEST, Chances, chance_of_any, likely_in, safe_text
from impact.reader.legible import legible
from impact.records import Clause, Proposal, Span, Strength
from impact.taxonomy.values import Taxonomy

PART, PARTS = 20_000, 5
"""Most bytes of UTF-8 of the clauses in a part, and most parts of a document; each is asked about once a theme. Source:
project judgment; with the lists and an answer a part fits into a context of 16,384 tokens, in Chinese too."""

PROBABLE = 0.5
"""Least chance at which a clause counts as one that may give a safeguard. Source: project judgment."""

_TITLE, _BODY, _HEADING, _OUTLINE = 200, 60, 120, 1_500
"""Characters of a title, a body, the headings of a clause and those of the document. Source: project judgment."""

_STRENGTHS = {Strength.MUST: 0.03, Strength.SHOULD: 0.02, Strength.MAY: 0.01}
"""What is added to the chance of a rule, so that of clauses alike rules come first. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class ExcerptClause:
    """A clause of an excerpt: its id and span in the document, and legibly its words and those of its headings."""

    clause: str
    span: Span
    text: str
    heading: str

    @property
    def size(self) -> int:
        """Bytes of the text in UTF-8."""
        return len(self.text.encode())


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a document that one question is about.

    Attributes:
        clauses: In the order of the text, without those that address their reader.
        number: Number of the part, from 1.
        parts: How many there are.
        title: Title of the document; it, `body` and `outline` leave out what addresses its reader.
        body: Body that the document was written for.
        outline: Headings of the whole document, where it has more than one part.
        elsewhere: Safeguards that clauses of other parts may give, in the order of the taxonomy.
        theme: What it is asked about, such as the theme of some guidelines.
        turn: How often the same was asked before.

    Raises:
        ValueError: If it has no clauses.
    """

    clauses: tuple[ExcerptClause, ...]
    number: int
    parts: int
    title: str
    body: str
    outline: str
    elsewhere: tuple[str, ...]
    theme: str
    turn: int = 0

    def __post_init__(self) -> None:
        if not self.clauses:
            raise ValueError("an excerpt has clauses")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its clauses in the question, in their order: "c1", "c2"."""
        return tuple(f"c{number}" for number in range(1, len(self.clauses) + 1))


def excerpts(
    proposal: Proposal, clauses: Sequence[Clause], chances: Chances | None, taxonomy: Taxonomy, themes: Iterable[str]
) -> tuple[Excerpt, ...]:
    """Return the parts in which a document is read, each once for each of the themes; none of one without words.

    Without chances clauses are ranked only by how binding they are.
    """
    readable = _readable(proposal, clauses)
    parts = _parts(_chosen(readable, clauses, chances), readable)
    likely = likely_in(chances or {})
    guards = [_guards(part, likely, taxonomy) for part in parts]
    title, body = safe_text(proposal.title)[:_TITLE], safe_text(proposal.body)[:_BODY]
    headings = (readable[place].heading for place in sorted(readable))
    asked = tuple(themes)
    outline = "; ".join(heading for heading, _ in groupby(headings) if heading)
    return tuple(
        Excerpt(
            tuple(readable[place] for place in part),
            number,
            len(parts),
            title,
            body,
            outline[:_OUTLINE] if len(parts) > 1 else "",
            tuple(
                guard
                for guard in taxonomy.safeguards
                if any(guard in other for at, other in enumerate(guards, 1) if at != number)
            ),
            theme,
        )
        for number, part in enumerate(parts, 1)
        for theme in asked
    )


def _readable(proposal: Proposal, clauses: Sequence[Clause]) -> dict[int, ExcerptClause]:
    """Return by 0-based place the assessed clauses that may be shown.

    Left out are those that address their reader, since all clauses of a part stand in one question.
    """
    readable, text = {}, proposal.document.text
    for place, clause in enumerate(clauses):
        words = safe_text(clause.span.of(text)) if clause.assessed and len(clause.span) <= LONGEST else ""
        if words:
            heading = " > ".join(filter(None, map(safe_text, clause.headings[-2:])))[:_HEADING]
            readable[place] = ExcerptClause(clause.id, clause.span, words, legible(heading))
    return readable


def _chosen(readable: dict[int, ExcerptClause], clauses: Sequence[Clause], chances: Chances | None) -> list[int]:
    """Return the places of the clauses that are read, in order: what matters most, as far as there is room."""
    likely = likely_in(chances or {})

    def worth(place: int) -> float:
        return chance_of_any(likely.get(place, {})) + _STRENGTHS.get(clauses[place].strength, 0.0)

    room, chosen = PART * PARTS, []
    for place in sorted(readable, key=lambda place: (-worth(place), place)):
        room -= readable[place].size
        if room < 0:
            break
        chosen.append(place)
    while len(_filled(sorted(chosen), readable, PART)) > PARTS:
        chosen.pop()
    return sorted(chosen)


def _parts(places: list[int], readable: dict[int, ExcerptClause]) -> list[list[int]]:
    """Return places in parts of about the same length."""
    total = sum(readable[place].size for place in places)
    number = len(_filled(places, readable, PART))
    even = ceil(total / number) if number else PART
    return next(
        (
            parts
            for limit in (even + step * PART // 20 for step in range(21))
            if len(parts := _filled(places, readable, min(PART, limit))) <= number
        ),
        _filled(places, readable, PART),
    )


def _filled(places: list[int], readable: dict[int, ExcerptClause], limit: int) -> list[list[int]]:
    """Return places in parts of at most so many bytes, but for a clause that is longer by itself."""
    parts: list[list[int]] = []
    size = 0
    for place in places:
        length = readable[place].size
        if not parts or size + length > limit:
            parts.append([])
            size = 0
        parts[-1].append(place)
        size += length
    return parts


def _guards(part: Sequence[int], likely: dict[int, dict[str, float]], taxonomy: Taxonomy) -> frozenset[str]:
    """Return the safeguards that clauses of a part may give."""
    return frozenset(
        guard
        for guard in taxonomy.safeguards
        if any(likely.get(place, {}).get(guard, 0.0) >= PROBABLE for place in part)
    )
