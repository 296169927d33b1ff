"""Which words of a clause carried a label, where no cue says it."""

from impact.classify.heads import Heads
from impact.classify.terms import occurrences
from impact.records import Clause, Span, merged

MOST, SHARE = 4, 0.4
"""Pieces of evidence at the most, and the least weight of one, as a share of the heaviest. Source: project judgement;
what a reader takes in at a glance."""


def carried(text: str, clause: Clause, column: int, heads: Heads) -> tuple[Span, ...]:
    """Return the spans of the words that raise a label most, in order; the first sentence if none does.

    What a word adds is its value in the row of the clause times its weight: what leaving it out would take away.
    Function words and numbers are not quoted, whatever they add.

    Args:
        text: The document's.
        clause: The clause.
        column: The label's place in `Heads.labels`.
        heads: What was trained.
    """
    piece, base = clause.span.of(text), clause.span.start
    columns, values = heads.terms.row(piece)
    added = dict(zip(columns.tolist(), (values * heads.arrays["terms"][columns, column]).tolist(), strict=True))
    places: dict[int, Span] = {}
    for term, place in occurrences(piece):
        number = heads.terms.numbers.get(term)
        if number is not None and added.get(number, 0) > 0 and _tells(term):
            places.setdefault(number, place)
    heaviest = sorted(places, key=lambda number: (-added[number], places[number]))[:MOST]
    chosen = [number for number in heaviest if added[number] >= SHARE * added[heaviest[0]]]
    spans = {Span(base + places[number].start, base + places[number].end) for number in chosen}
    return merged(spans, gap=1) or (clause.sentences[0] if clause.sentences else clause.span,)


def _tells(term: str) -> bool:
    """Return whether a term has a word that tells a reader something: no function word, "shall" or number."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return any(not (word in STOP_WORDS or word == "shall" or word.isdigit()) for word in term.split())
