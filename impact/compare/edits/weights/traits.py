"""What speaks for one kind of change of a sentence or another: traits, weighed by models/changes."""

from collections import Counter
from collections.abc import Iterator, Sequence

from impact.compare.edits.chunks import SentenceDifference, TermRow, difference
from impact.compare.edits.edit import Named
from impact.compare.edits.editorial import editorial
from impact.compare.edits.terms import Term
from impact.compare.edits.weights.words import measured_in_words, shown_by_words
from impact.trait_weights import Traits

MOST = 3
"""Terms or rows of one sort that are counted. Source: project judgment; more say no more."""


def traits_of(old: TermRow, new: TermRow, rows: Sequence[Named]) -> Traits:
    """Return what speaks for each kind of change of one sentence.

    Args:
        old: The sentence before.
        new: The sentence after.
        rows: What rules say of the change, the first kind first.
    """
    found = difference(old, new)
    counts: Counter[str] = Counter()
    for signs in (_ruled(rows), _terms(found), _meanings(found)):
        counts.update(signs)
    shown = {*_said(old, new, found), *shown_by_words(old.sentence, new.sentence)}
    return {
        **{name: float(min(count, MOST)) for name, count in counts.items()},
        **dict.fromkeys(sorted(shown), 1.0),
        **_shape(found),
        **measured_in_words(old.sentence, new.sentence),
    }


def _ruled(rows: Sequence[Named]) -> Iterator[str]:
    for place, (kind, _, _) in enumerate(rows):
        yield f"rule {kind.value}"
        if not place:
            yield f"first {kind.value}"


def _terms(found: SentenceDifference) -> Iterator[str]:
    """Yield what each term is of which the other sentence has nothing."""
    for side, terms in zip(("lost", "gained"), found.alone, strict=True):
        for term in terms:
            if term.content:
                yield f"{side} {term.kind}"
                yield f"{term.kind} {term.role.value}"
                yield from _places(term)


def _places(term: Term) -> Iterator[str]:
    if term.condition:
        yield "in condition"
    if term.acting:
        yield f"acting {term.kind}"
    if term.attributive:
        yield "attributive"
    if term.main and term.kind == "verb":
        yield "main verb"
    if term.kind == "noun" and not (term.condition or term.acting):
        yield "object"


def _meanings(found: SentenceDifference) -> Iterator[str]:
    """Yield what the changed terms mean."""
    for term in (term for chunk in found.chunks for term in chunk.terms):
        meaning = term.meaning
        if meaning.strength:
            yield "strength"
        if meaning.negates:
            yield "denial"
        if meaning.opens:
            yield "opener"
        if term.figure:
            yield f"figure {term.figure}"
        if term.guarding:
            yield "guard"


def _said(old: TermRow, new: TermRow, found: SentenceDifference) -> Iterator[str]:
    denials = sum(term.meaning.negates for row in (old, new) for term in row.terms)
    content = [any(term.content for term in side) for side in found.alone]
    signs = {
        "recast": found.recast,
        "editorial": editorial(old.sentence, new.sentence),
        "odd denials": denials % 2 == 1,
        "turned": any(new.contradicted(term) for term in found.lost if term.content),
        "other duration": old.durations != new.durations,
        "one side": content[0] != content[1],
        "nothing new": not any(content),
    }
    yield from (name for name, holds in signs.items() if holds)


def _shape(found: SentenceDifference) -> Traits:
    """Return how much of what is said has changed, and in how many places."""
    content = sum(term.content for row in (found.old, found.new) for term in row.terms)
    old, new = ({term.key for term in side} for side in _changed(found))
    return {
        "share alone": sum(term.content for side in found.alone for term in side) / max(content, 1),
        "places": min(len(found.chunks), 2 * MOST),
        "moved": len(old & new),
    }


def _changed(found: SentenceDifference) -> tuple[list[Term], list[Term]]:
    return (
        [term for chunk in found.chunks for term in chunk.old],
        [term for chunk in found.chunks for term in chunk.new],
    )
