"""What a sentence that was worded anew says otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from impact.compare.edits.chunks import Chunk, SentenceDifference, TermRow
from impact.compare.edits.edit import EditKind, Named
from impact.compare.edits.places import figure_kind
from impact.compare.edits.terms import Term, firmness
from impact.compare.edits.turns import exclusive_only, turn, turning_terms
from impact.grammar.roles import WordRole

_FIGURES = frozenset({"number", "unit", "time"})


def worded_anew(found: SentenceDifference) -> Iterator[Named]:
    """Yield what it says otherwise for sure: a figure, a denial, a strength, who acts, a guard."""
    lost, gained = found.alone
    yield from _figures(found, lost, gained)
    about = any(term.main or term.condition for term in turning_terms(found)) and not exclusive_only(found)
    turned = turn(found) if about and not (_says(lost) and _says(gained)) else None
    if turned:
        yield turned, "", ""
    if _firmness(found, lost, gained):
        yield EditKind.MODALITY, "", ""
    actor = _unnamed(found.old.terms, lost, gained) or _unnamed(found.new.terms, gained, lost)
    if actor:
        yield (EditKind.ACTOR, actor, "") if actor in found.old.sentence else (EditKind.ACTOR, "", actor)
    if not actor and not _says(lost) and not _says(gained) and (_exchanged(found) or _swapped(found)):
        yield EditKind.ACTOR, "", ""
    for side, old in ((lost, True), (gained, False)):
        guard = next((term.words for term in side if term.lifts or (term.guarding and not term.acting)), "")
        if guard:
            yield EditKind.CONDITION, guard if old else "", "" if old else guard
    condition = _conditions(lost, gained)
    if condition and not turned:
        yield (EditKind.CONDITION, condition, "") if lost else (EditKind.CONDITION, "", condition)


def _figures(found: SentenceDifference, lost: Sequence[Term], gained: Sequence[Term]) -> Iterator[Named]:
    rows = (lost, found.old), (gained, found.new)
    sides = ([term for term in side if term.figure in _FIGURES] for side, _ in rows)
    if found.old.durations == found.new.durations != ():
        sides = ([term for term in side if term.figure == "number" and not _timed(term, row)] for side, row in rows)
    for before, after in zip(*sides, strict=False):
        place = found.new.terms.index(after)
        unit = found.new.next_to(slice(place, place + 1))
        kind = figure_kind(Chunk((before,), (after,), before.words, after.words, unit))
        if kind:
            yield kind, before.words, after.words


def _timed(term: Term, row: TermRow) -> bool:
    place = row.terms.index(term)
    after = row.next_to(slice(place, place + 1))
    return after is not None and after.figure == "unit"


def _firmness(found: SentenceDifference, lost: Sequence[Term], gained: Sequence[Term]) -> bool:
    """Return whether another strength is laid down for the same act, and none is denied."""
    before, after = set(firmness(found.old.terms)), set(firmness(found.new.terms))
    denied = any(term.meaning.negates for term in (*found.old.terms, *found.new.terms))
    acts = all(any(term.content and term.kind == "verb" for term in side) for side in (lost, gained))
    return bool(before) and bool(after) and not before & after and not denied and not acts


def _unnamed(sentence: Sequence[Term], side: Sequence[Term], other: Sequence[Term]) -> str:
    """Return who acts, where one side alone names it and nothing else differs: "it is checked"."""
    nouns = [term for term in side if term.content and term.kind == "noun"]
    whole = any(all(term in side for term in actors) for actors in _actors(sentence))
    if not nouns or not whole or _says(other) or not all(term.acting for term in side if term.content):
        return ""
    return nouns[0].words


def _actors(sentence: Sequence[Term]) -> Iterator[list[Term]]:
    """Yield the nouns of each run of terms that say who acts, between verbs."""
    for verb, run in groupby(sentence, lambda term: term.kind == "verb"):
        actors = [term for term in run if term.role is WordRole.ACTOR and term.kind == "noun"]
        if actors and not verb:
            yield actors


def _exchanged(found: SentenceDifference) -> bool:
    """Return whether who acts and who is acted on have changed places: "the host informs the guest"."""
    before, after = (_parts(side.terms) for side in (found.old, found.new))
    if not (before[0] and after[0]) or before[0] & after[0]:
        return False
    return before[0] <= after[1] and after[0] <= before[1]


def _swapped(found: SentenceDifference) -> bool:
    """Return whether two names have changed places, who acts among them, and nothing else has: "A, not B"."""
    sides = found.old.terms, found.new.terms
    if len(sides[0]) != len(sides[1]):
        return False
    apart = [at for at, (before, after) in enumerate(zip(*sides, strict=True)) if before.key != after.key]
    keys = [[side[at].key for at in apart] for side in sides]
    half = len(apart) // 2
    turned = bool(half) and keys[0] == [*keys[1][half:], *keys[1][:half]] and apart[-1] - apart[0] >= len(apart)
    acting = [[side[at].acting for at in apart] for side in sides]
    return turned and acting[0] == acting[1] and any(acting[0]) and all(sides[0][at].kind == "noun" for at in apart)


def _parts(sentence: Sequence[Term]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of the nouns that act in the main statement, and of those that do not."""
    nouns = [term for term in sentence if term.content and term.kind == "noun"]
    acting = frozenset(term.key for term in nouns if term.main and term.role is WordRole.ACTOR)
    return acting, frozenset(term.key for term in nouns if not term.acting)


def _conditions(lost: Sequence[Term], gained: Sequence[Term]) -> str:
    """Return what is new in the conditions of one side, where all that differs is in them and on that side."""
    side, other = (lost, gained) if _says(lost) else (gained, lost)
    new = [term for term in side if term.content]
    if _says(other) or not all(term.condition for term in new) or not any(term.kind == "noun" for term in new):
        return ""
    return next(term.words for term in new if term.kind == "noun")


def _says(side: Iterable[Term]) -> bool:
    return any(term.content for term in side)
