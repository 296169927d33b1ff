"""What the places say in which a sentence was changed."""

from collections.abc import Iterator, Sequence

from impact.compare.edits.chunks import TIMES, Chunk, SentenceDifference, opposites
from impact.compare.edits.edit import EditKind, Named
from impact.compare.edits.figures import seconds
from impact.compare.edits.terms import AGENTS, Term, firmness, strengths
from impact.compare.edits.turns import beside, exclusive_only, reversed_in, turn, turning_terms
from impact.compare.vocabulary import vocabulary

_REFUSING = frozenset({"permit", "comply"})
"""Matters whose contrary is to do nothing with what comes: to refuse, to ignore."""
_ASKING = "request"
"""Matter of asking somebody, who then decides."""
_RELATIVE = ("who ", "whose ", "which ", "that ")
_ONLY = "?only"
"""Key of what leaves one thing alone."""
_OWNING = ("'s", "s'")
_WITHIN = frozenset({"in", "during", "at", "for", "under", "on", "amid", "outside", "within", "by", "after", "upon"})
"""Words before a time or a state."""


def in_places(found: SentenceDifference) -> Iterator[Named]:
    """Yield the kind of each place of a sentence that was changed in places; none for other words for the same.

    Where "only" goes and the rule covers something else besides, it is what the rule covers that has changed.
    """
    rows = list(_in_places(found))
    wider = any(kind is EditKind.OBJECT for kind, _, _ in rows)
    yield from (row for row in rows if not (wider and row[0] is EditKind.CONDITION and _exclusive(row)))


def _exclusive(row: Named) -> bool:
    return f"{row[1]}{row[2]}".lower().strip(" ,") in vocabulary().conditions.alike[1]


def _in_places(found: SentenceDifference) -> Iterator[Named]:
    if exclusive_only(found):
        return
    timed = (
        found.old.durations != found.new.durations
        or not found.new.durations
        or any(_timed(chunk, found) or _bounded(chunk) for chunk in found.chunks)
    )
    turned, turning = turn(found), frozenset(term.span for term in turning_terms(found))
    lasts = False
    for chunk in found.chunks:
        alone = lone(chunk, found)
        here = [term for term in chunk.terms if term.span in turning]
        reverses = (
            turned if here and _about(here, alone) and not (_rescheduled(chunk) or _timed(chunk, found)) else None
        )
        kind = _kind(chunk, alone, found, reverses)
        if kind and not (lasts and kind is EditKind.CONDITION) and (timed or kind is not EditKind.PERIOD):
            yield kind, chunk.old_words, chunk.new_words
        lasts = lasts or kind is EditKind.PERIOD


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
    near = [*chunk.terms, *([chunk.after] if chunk.after else []), *(chunk.behind[:2] if _bounded(chunk) else [])]
    return EditKind.PERIOD if any(term.figure in TIMES for term in near) else EditKind.NUMBER


def _bounded(chunk: Chunk) -> bool:
    """Return whether one bound of a figure stands in the place of another: "up to" and "at least"."""
    return bool(chunk.old and chunk.new) and all(term.figure == "bound" for term in chunk.terms)


def lone(chunk: Chunk, found: SentenceDifference) -> list[Term]:
    """Return the terms of a place with a content of which the other sentence has nothing."""
    sides = ((chunk.old, found.old, found.new), (chunk.new, found.new, found.old))
    return [
        term
        for terms, sentence, other in sides
        for term in terms
        if term.content and term.kind != "function" and (beside(term, sentence.terms) or not other.has(term))
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
    acting = alone and not restricting and not _appended(chunk) and (_acting(chunk, alone) or _impersonal(chunk))
    if acting or _asking(chunk, found):
        return EditKind.ACTOR
    if _lasting(chunk) or _rescheduled(chunk) or _timed(chunk, found):
        return EditKind.PERIOD
    timed = all(any(term.figure in TIMES for term in side) for side in (chunk.old, chunk.new))
    guarded = restricting or any(term.guarding and not term.acting for term in alone) or _circumstance(chunk, found)
    if _opened(chunk) or guarded or (not timed and any(_hanging(side, alone) for side in (chunk.old, chunk.new))):
        return EditKind.CONDITION
    return EditKind.POLARITY if _refused(chunk, alone) else _measured(chunk, alone, found)


def _rescheduled(chunk: Chunk) -> bool:
    """Return whether a stretch of time with a figure stands in the place of "beforehand" and the like."""
    sides = ((chunk.old, chunk.new), (chunk.new, chunk.old))
    return any(
        any(term.figure == "unit" for term in timed)
        and bool(other)
        and all(term.meaning.sense == "before" or term.figure in TIMES for term in other)
        for timed, other in sides
    )


def timing(gone: str, come: str, behind: Sequence[Term], *, sole: bool) -> bool:
    """Return whether an act is put on another side of a time, or of an event: "within 24 hours", "after 24 hours".

    An event that is told by a clause is a condition: "after the bell has rung".

    Args:
        gone: What stood before the time in the old sentence.
        come: What does in the new one.
        behind: The terms behind it.
        sole: Whether nothing else has changed, so that it is the same event.
    """
    lists, words = vocabulary().numbers, {gone.lower(), come.lower()}
    if len(words) == 1 or not words <= lists.moments:
        return False
    figures = [term.figure for term in behind]
    quantity = bool(figures) and (figures[0] in TIMES or (figures[0] == "number" and bool(TIMES & set(figures))))
    return quantity or (sole and words <= lists.sequels and not any(term.kind == "verb" for term in behind))


def _timed(chunk: Chunk, found: SentenceDifference) -> bool:
    if any(term.attributive for term in chunk.terms):
        return False
    return timing(chunk.old_words, chunk.new_words, chunk.behind, sole=len(found.chunks) == 1)


def _circumstance(chunk: Chunk, found: SentenceDifference) -> bool:
    """Return whether a time or state in which alone a rule applies has come or gone, or a part of a condition."""
    terms, row = (chunk.old, found.old) if chunk.old else (chunk.new, found.new)
    words = chunk.old_words or chunk.new_words
    first = words.lower().split(" ", 1)[0]
    if bool(chunk.old) == bool(chunk.new) or not terms:
        return False
    if first in ("and", "or"):
        before = row.terms[: row.terms.index(terms[0])]
        opened = next((at for at, term in enumerate(before) if term.meaning.opens), 0)
        ruled = any(term.main and term.kind == "verb" and not term.condition for term in before[opened:])
        return bool(opened) and not ruled and any(term.kind == "verb" for term in terms)
    nouns = [term for term in terms if term.kind == "noun" and not term.acting]
    return first in _WITHIN and any(term.lemma in vocabulary().conditions.circumstances for term in nouns[:2])


def _opened(chunk: Chunk) -> bool:
    """Return whether a condition was opened or closed in a place; "after" and the like do so where all of it is new."""
    both = bool(chunk.old and chunk.new)
    openers = [term for term in chunk.terms if term.meaning.opens and not (both and term.meaning.sense)]
    if both and all(any(term.kind == "noun" for term in side if not term.acting) for side in (chunk.old, chunk.new)):
        return any(term.key != _ONLY for term in openers)
    return bool(openers)


def _appended(chunk: Chunk) -> bool:
    """Return whether all of a place is a condition that has come or gone."""
    side = chunk.old or chunk.new
    return bool(chunk.old) != bool(chunk.new) and side[0].meaning.opens


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
    if not nouns or not placed or counted or any(term.condition for term in nouns if term.acting):
        return False
    swapped = all(any(term in side and term.acting for term in nouns) for side in (chunk.old, chunk.new))
    return swapped or all(term.acting for term in nouns)


def _impersonal(chunk: Chunk) -> bool:
    """Return whether "it is" stands at the beginning in the place of who acts."""
    sides = ((chunk.old, chunk.new, chunk.new_words), (chunk.new, chunk.old, chunk.old_words))
    return chunk.early and any(
        any(term.kind == "noun" for term in side) and not other and words.lower().startswith("it ")
        for side, other, words in sides
    )


def _asking(chunk: Chunk, found: SentenceDifference) -> bool:
    """Return whether another one asks, agrees or orders: "at the request of the owner", "the owner's consent"."""
    acts = vocabulary().conditions.acts
    named = all(any(term.kind == "noun" for term in side) for side in (chunk.old, chunk.new))
    if not named or any(term.figure or term.meaning.opens or term.lemma in acts for term in chunk.terms):
        return False
    at = found.new.terms.index(chunk.new[0])
    before, after = found.new.terms[at - 1], chunk.after
    between = found.new.sentence[before.span.end : chunk.new[0].span.start].split()
    words = before.words.lower().split()
    behind = bool(at) and any(word in acts for word in (before.lemma, *words)) and "of" in (*words, *between[:1])
    nouns = [term for term in chunk.terms if term.kind == "noun"]
    asked = before.kind == "verb" and before.meaning.sense == _ASKING
    if bool(at) and asked and all(noun.lemma.endswith(AGENTS) for noun in nouns):
        return True
    return behind or (after is not None and after.lemma in acts and chunk.new_words.endswith(_OWNING))


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
    other = any(opposites(removed.lemma, added.lemma) for removed in chunk.old for added in chunk.new)
    parted = all(any(_participle(term) for term in side) for side in (chunk.old, chunk.new))
    named = other or parted or any(term.kind == "noun" or joined or term.words.lower() in qualities for term in nouns)
    return EditKind.OBJECT if named else None


def _participle(term: Term) -> bool:
    """Return whether a term says by a verb what kind of thing a noun is: "inferred data"."""
    return term.attributive and bool(term.lemma) and term.words.lower().endswith(("ed", "ing"))


def _hanging(side: Sequence[Term], unlike: Sequence[Term]) -> bool:
    """Return whether the first noun of a side, or all of it, is part of a condition."""
    new = [term for term in side if term in unlike and term.kind in ("noun", "verb", "number")]
    noun = next((term for term in new if term.kind == "noun"), None)
    return bool(new) and ((noun is not None and noun.condition) or all(term.condition for term in new))
