"""What the places say in which a sentence was changed."""

from collections.abc import Iterator, Sequence

from impact.compare.edits.chunks import Chunk, SentenceDifference
from impact.compare.edits.edit import EditKind, Named
from impact.compare.edits.figures import seconds
from impact.compare.edits.terms import Term, firmness, strengths
from impact.compare.edits.turns import exclusive_only, reversed_in, turn, turning_terms
from impact.compare.vocabulary import vocabulary

_REFUSING = frozenset({"permit", "comply"})
"""Matters whose contrary is to do nothing with what comes: to refuse, to ignore."""
_RELATIVE = ("who ", "whose ", "which ", "that ")
_TIMES = frozenset({"unit", "time"})


def in_places(found: SentenceDifference) -> Iterator[Named]:
    """Yield the kind of each place of a sentence that was changed in places; none for other words for the same."""
    if exclusive_only(found):
        return
    turned, turning = turn(found), frozenset(term.span for term in turning_terms(found))
    for chunk in found.chunks:
        alone = _lone(chunk, found)
        here = [term for term in chunk.terms if term.span in turning]
        kind = _kind(chunk, alone, found, turned if here and _about(here, alone) else None)
        if kind:
            yield kind, chunk.old_words, chunk.new_words


def _about(turning: Sequence[Term], alone: Sequence[Term]) -> bool:
    """Return whether a denial is of what the other sentence says: nothing is new but a verb that denies another."""
    verbs = any(term.kind == "verb" for term in turning)
    return not any(term.kind == "noun" or (term.kind == "verb" and not verbs) for term in alone)


def figure_kind(chunk: Chunk) -> EditKind | None:
    """Return whether a figure or a time has changed; none where both are as long: 60 minutes and one hour."""
    unit = chunk.after.words if chunk.after and chunk.after.figure == "unit" else ""
    before, after = seconds(f"{chunk.old_words} {unit}"), seconds(f"{chunk.new_words} {unit}")
    if before is not None and before == after:
        return None
    near = [*chunk.terms, *([chunk.after] if chunk.after else [])]
    return EditKind.PERIOD if any(term.figure in _TIMES for term in near) else EditKind.NUMBER


def _lone(chunk: Chunk, found: SentenceDifference) -> list[Term]:
    """Return the terms of a place with a content of which the other sentence has nothing."""
    sides = ((chunk.old, found.new), (chunk.new, found.old))
    return [
        term
        for terms, other in sides
        for term in terms
        if term.content and term.kind != "function" and not other.has(term)
    ]


def _kind(chunk: Chunk, alone: Sequence[Term], found: SentenceDifference, turned: EditKind | None) -> EditKind | None:
    """Return the kind of a change in one place; none if it is other words for the same.

    Args:
        chunk: The place.
        alone: Its terms with a content of which the other sentence has nothing.
        found: All that differs.
        turned: What was turned round in this place, if anything was.
    """
    if turned or any(term.meaning.default for term in chunk.terms):
        return turned or EditKind.POLARITY
    if _rebound(chunk, found):
        return EditKind.MODALITY
    restricting = _restricting(chunk, alone)
    if alone and not restricting and (_acting(chunk, alone) or _impersonal(chunk)):
        return EditKind.ACTOR
    if _lasting(chunk):
        return EditKind.PERIOD
    timed = all(any(term.figure in _TIMES for term in side) for side in (chunk.old, chunk.new))
    guarded = restricting or any(term.guarding and not term.acting for term in alone)
    if _opened(chunk) or guarded or (not timed and any(_hanging(side, alone) for side in (chunk.old, chunk.new))):
        return EditKind.CONDITION
    return EditKind.POLARITY if _refused(chunk, alone) else _measured(chunk, alone, found)


def _opened(chunk: Chunk) -> bool:
    """Return whether a condition was opened or closed in a place; "after" and the like do so where all of it is new."""
    both = bool(chunk.old and chunk.new)
    return any(term.meaning.opens and not (both and term.meaning.sense) for term in chunk.terms)


def _restricting(chunk: Chunk, alone: Sequence[Term]) -> bool:
    """Return whether a clause has come or gone that says to whom a rule applies: "who has proved an age"."""
    words = chunk.old_words if chunk.old else chunk.new_words
    one_sided = bool(chunk.old) != bool(chunk.new)
    return bool(alone) and one_sided and words.lower().startswith(_RELATIVE)


def _refused(chunk: Chunk, alone: Sequence[Term]) -> bool:
    """Return whether a refusal stands in the place of another act, of which the vocabulary has no contrary."""
    verbs = [[term for term in side if term.kind == "verb" and term.content] for side in (chunk.old, chunk.new)]
    if [len(side) for side in verbs] != [1, 1] or any(term.kind == "noun" for term in alone):
        return False
    refusals = [term.meaning.opposite and term.meaning.sense in _REFUSING for side in verbs for term in side]
    acts = [term for side in verbs for term in side if not term.meaning.opposite and not term.meaning.negates]
    return sum(refusals) == 1 and bool(acts)


def _rebound(chunk: Chunk, found: SentenceDifference) -> bool:
    """Return whether another strength, with what explains it, stands in the place of the old one, or of none."""
    before, after = strengths(chunk.old), strengths(chunk.new)
    if before == after or _as_firm(chunk, found):
        return False
    bare = [not any(term.content for term in side) for side in (chunk.old, chunk.new)]
    return (bool(before and after) and all(bare)) or (bare[0] and bool(after)) or (bare[1] and bool(before))


def _as_firm(chunk: Chunk, found: SentenceDifference) -> bool:
    """Return whether both sentences bind as firmly, in whichever words, or a place says the contrary of itself."""
    sides = (firmness(found.old.terms), firmness(found.new.terms))
    return sides[0] == sides[1] or reversed_in(chunk.old, chunk.new)


def _measured(chunk: Chunk, alone: Sequence[Term], found: SentenceDifference) -> EditKind | None:
    """Return whether a figure, a strength or what is acted on has changed in a place."""
    figured = [any(term.figure for term in side) for side in (chunk.old, chunk.new)]
    counted = any(term.figure == "number" for term in chunk.terms) and chunk.after and chunk.after.figure == "unit"
    firmness = strengths(chunk.old) != strengths(chunk.new) and not _as_firm(chunk, found)
    if alone:
        kind = figure_kind(chunk) if all(figured) or counted else _object(chunk, alone)
        return kind or (EditKind.MODALITY if firmness else None)
    if strengths(chunk.old) != strengths(chunk.new):
        return EditKind.MODALITY if firmness else None
    return figure_kind(chunk) if any(figured) else None


def _acting(chunk: Chunk, alone: Sequence[Term]) -> bool:
    """Return whether the nouns that have changed are who acts, at the beginning or in the place of others."""
    nouns = [term for term in alone if term.kind in ("noun", "adjective", "number")]
    placed = chunk.early or bool(chunk.old and chunk.new)
    counted = any(term.figure for term in chunk.terms)
    return bool(nouns) and placed and not counted and all(term.acting and not term.condition for term in nouns)


def _impersonal(chunk: Chunk) -> bool:
    """Return whether "it is" stands at the beginning in the place of who acts."""
    sides = ((chunk.old, chunk.new, chunk.new_words), (chunk.new, chunk.old, chunk.old_words))
    return chunk.early and any(
        any(term.kind == "noun" for term in side) and not other and words.lower().startswith("it ")
        for side, other, words in sides
    )


def _lasting(chunk: Chunk) -> bool:
    """Return whether a stretch of time with a figure stands in the place of one without: "at any time"."""
    sides = ((chunk.old, chunk.new_words), (chunk.new, chunk.old_words))
    return any(any(term.figure == "unit" for term in side) and _spanning(words) for side, words in sides)


def _spanning(words: str) -> bool:
    bare = f" {words.lower().rstrip('.;,')} "
    return any(f" {span} " in bare for span in vocabulary().numbers.spans)


def _object(chunk: Chunk, alone: Sequence[Term]) -> EditKind | None:
    """Return whether what a rule covers has changed: a noun, or an adjective that says what kind of it."""
    nouns = [term for term in alone if term.kind in ("noun", "adjective", "number")]
    qualities = vocabulary().qualities.words
    joined = bool({"and", "or"} & set(f"{chunk.old_words} {chunk.new_words}".split()))
    named = any(term.kind == "noun" or joined or term.words.lower() in qualities for term in nouns)
    return EditKind.OBJECT if named else None


def _hanging(side: Sequence[Term], unlike: Sequence[Term]) -> bool:
    """Return whether the first noun of a side, or all of it, is part of a condition."""
    new = [term for term in side if term in unlike and term.kind in ("noun", "verb", "number")]
    noun = next((term for term in new if term.kind == "noun"), None)
    return bool(new) and ((noun is not None and noun.condition) or all(term.condition for term in new))
